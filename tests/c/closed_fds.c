/* A host without standard streams, as a service or a graphical installer may be. Its sockets and files get the numbers
 * 0 to 2, so nothing may be written to the standard streams: it would go into them.
 * usage: closed_fds SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include <fcntl.h>
#include <unistd.h>
#include "asking.h"

enum { ASIDE = 100 };

int main(int argc, char **argv)
{
    asking from;
    qls_client *client;
    qls_result *check, *again, *list;

    asking_start(&from, argc, argv);
    require(fcntl(STDERR_FILENO, F_DUPFD, ASIDE) == ASIDE, "F_DUPFD");
    for (int stream = 0; stream <= 2; stream++) {
        close(stream);
    }
    /* No check may report here: the report would go into a socket. */
    client = qls_client_new();
    qls_client_set_server(client, from.server);
    check = qls_check(client, from.token, ASKING_CONSUMERS);
    again = qls_check(client, from.token, ASKING_CONSUMERS);
    list = qls_list(client, from.token, NULL);
    qls_client_free(client);
    require(fcntl(0, F_GETFD) < 0 && fcntl(1, F_GETFD) < 0 && fcntl(2, F_GETFD) < 0, "closed streams");
    require(dup2(ASIDE, STDERR_FILENO) == STDERR_FILENO, "dup2");

    asking_expect_verdicts(check);
    asking_expect_verdicts(again);
    EXPECT_STATUS(list, QLS_OK);
    qls_result_free(check);
    qls_result_free(again);
    qls_result_free(list);
    return expect_exit_code();
}
