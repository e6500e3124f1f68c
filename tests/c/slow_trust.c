/* A host with a slow disk: reading the system's certificates takes longer than a connection may, and is no part of making
 * one.
 * usage: slow_trust SERVER-URL TOKEN-FILE FILE   FILE has the system's certificates
 */
#include "opening.h"
#include "expect.h"
#include <unistd.h>
#include "asking.h"

enum { CONNECT_TIMEOUT_MS = 1000, DISK_MS = 1500 };

static const char *slow;
static int read_slowly;

static void opening(const char *path)
{
    if (slow != NULL && strcmp(path, slow) == 0) {
        read_slowly = 1;
        usleep(DISK_MS * 1000);
    }
}

int main(int argc, char **argv)
{
    asking from;
    qls_client *client;
    qls_result *result;

    require(argc == 4, "usage: slow_trust SERVER-URL TOKEN-FILE FILE");
    asking_start(&from, 3, argv);
    client = asking_client(&from);
    EXPECT_INT(qls_client_set_connect_timeout_ms(client, CONNECT_TIMEOUT_MS), QLS_OK);
    slow = argv[3];
    result = qls_check(client, from.token, ASKING_CONSUMERS);
    EXPECT(read_slowly);
    asking_expect_verdicts(result);
    qls_result_free(result);
    qls_client_free(client);
    return expect_exit_code();
}
