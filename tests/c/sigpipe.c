/* The peer closes the connection while 20 MB are being sent. SIGPIPE is left at its default, which ends the process.
 * The library must not raise the signal, and must not change how it is handled.
 * usage: sigpipe SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include <signal.h>
#include "asking.h"

enum { CONSUMERS = 20000, PADDING = 1000 };

static char *large_list(void)
{
    static const size_t room = (size_t)CONSUMERS * (PADDING + 100);
    char *list = malloc(room), *end = list;

    require(list != NULL, "malloc");
    for (int i = 0; i < CONSUMERS; i++) {
        end += sprintf(end, "%c{\"component_id\":\"c%d\",\"consumer_id\":\"x\",\"padding\":\"%0*d\"}",
                       i == 0 ? '[' : ',', i, PADDING, 0);
    }
    strcpy(end, "]");
    return list;
}

int main(int argc, char **argv)
{
    asking from;
    qls_client *client;
    qls_result *result;
    struct sigaction action, after;
    char *list;

    asking_start(&from, argc, argv);
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    require(sigaction(SIGPIPE, &action, NULL) == 0, "sigaction");
    list = large_list();
    client = asking_client(&from);
    EXPECT_INT(qls_client_set_retries(client, 1), QLS_OK);
    for (int i = 0; i < 3; i++) {
        result = qls_check(client, from.token, list);
        EXPECT_STATUS(result, QLS_CONNECTION_LOST);
        EXPECT_STR(qls_result_get(result, "/cause"), "connection-closed");
        EXPECT(strstr(qls_result_json(result, NULL), from.token) == NULL);
        EXPECT_INT(qls_result_component_count(result), CONSUMERS);
        EXPECT_INT(qls_result_component(result, CONSUMERS - 1, NULL, NULL), QLS_VERDICT_UNKNOWN);
        EXPECT_INT(qls_result_is_allowed(result, "c0"), 0);
        qls_result_free(result);
    }
    qls_client_free(client);
    free(list);
    require(sigaction(SIGPIPE, NULL, &after) == 0, "sigaction");
    EXPECT(after.sa_handler == SIG_DFL);
    return expect_exit_code();
}
