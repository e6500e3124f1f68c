/* A host that has used up its descriptors. Whatever the call was about to open, it says that there are none left, and
 * nothing is allowed. The same client works again as soon as there are some.
 * usage: few_descriptors SERVER-URL TOKEN-FILE tls|plain
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#include "asking.h"
#include "failing.h"

/* Lets the process open `free` more; what is open stays usable. */
static void leave(rlim_t used, rlim_t free)
{
    struct rlimit limit;

    require(getrlimit(RLIMIT_NOFILE, &limit) == 0, "getrlimit");
    limit.rlim_cur = used + free;
    require(setrlimit(RLIMIT_NOFILE, &limit) == 0, "setrlimit");
}

int main(int argc, char **argv)
{
    asking from;
    qls_client *client;
    qls_result *result;
    int lowest, needed;

    require(argc == 4, "usage: few_descriptors SERVER-URL TOKEN-FILE tls|plain");
    asking_start(&from, 3, argv);
    lowest = open("/dev/null", O_RDONLY);
    require(lowest >= 0, "/dev/null");
    close(lowest);
    /* The connection needs one, and the trust store while it is read. */
    needed = strcmp(argv[3], "tls") == 0 ? 2 : 1;
    client = asking_client(&from);
    for (int left = 0; left < needed; left++) {
        leave((rlim_t)lowest, (rlim_t)left);
        EXPECT_FAILED(qls_check(client, from.token, ASKING_CONSUMERS), QLS_CONNECT_FAILED, "no-descriptors", &from);
    }
    leave((rlim_t)lowest, (rlim_t)needed);
    result = qls_check(client, from.token, ASKING_CONSUMERS);
    asking_expect_verdicts(result);
    qls_result_free(result);
    qls_client_free(client);
    EXPECT_INT(open("/dev/null", O_RDONLY), lowest); /* all were closed again */
    return expect_exit_code();
}
