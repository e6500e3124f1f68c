/* Makes a client, checks, lists and frees: then the process has the same descriptors and threads as before. A tracer
 * looks at the part between the two calls of access().
 * usage: leaves_nothing SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include <unistd.h>
#include "asking.h"
#include "own_state.h"

static void ask(const asking *from)
{
    qls_client *client = asking_client(from);
    qls_result *check = qls_check(client, from->token, ASKING_CONSUMERS);
    qls_result *list = qls_list(client, from->token, NULL);

    asking_expect_verdicts(check);
    EXPECT_STATUS(list, QLS_OK);
    EXPECT_INT(qls_result_count(list, "/licenses"), 3);
    qls_result_free(check);
    qls_result_free(list);
    qls_client_free(client);
}

int main(int argc, char **argv)
{
    asking from;
    int descriptors, threads;

    asking_start(&from, argc, argv);
    descriptors = own_descriptors();
    threads = own_threads();
    access("/the-asking-begins", F_OK);
    ask(&from);
    access("/the-asking-ends", F_OK);
    EXPECT_INT(own_descriptors(), descriptors);
    own_expect_threads(threads);
    /* Twice: what is set up once for the process must not be mistaken for something that each client leaves behind. */
    for (int i = 0; i < 5; i++) {
        ask(&from);
    }
    EXPECT_INT(own_descriptors(), descriptors);
    own_expect_threads(threads);
    return expect_exit_code();
}
