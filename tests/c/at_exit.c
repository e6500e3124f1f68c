/* Calls while the process ends, in a handler of atexit() that was registered before the library was used. It calls with
 * a client of its own, with one that main() made, and with NULL. It prints a line, to show that it ran.
 * usage: at_exit SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include <unistd.h>
#include "asking.h"

static asking from;
static qls_client *made_by_main;

static void ask(const qls_client *client)
{
    qls_result *result = qls_check(client, from.token, ASKING_CONSUMERS);

    asking_expect_verdicts(result);
    qls_result_free(result);
}

static void at_exit(void)
{
    qls_client *own = asking_client(&from);
    qls_result *result;

    ask(own);
    ask(made_by_main);
    qls_client_free(own);
    qls_client_free(made_by_main);
    /* The list is empty, so no request goes to the default server. */
    result = qls_check(NULL, from.token, "[]");
    EXPECT_STATUS(result, QLS_OK);
    qls_result_free(result);
    if (expect_failures != 0) {
        _exit(1);
    }
    puts("asked at exit");
    fflush(stdout);
}

int main(int argc, char **argv)
{
    asking_start(&from, argc, argv);
    require(atexit(at_exit) == 0, "atexit");
    made_by_main = asking_client(&from);
    ask(made_by_main);
    return expect_exit_code();
}
