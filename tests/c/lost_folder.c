/* A host whose current folder was deleted, as happens to installers that were started from a mounted or temporary
 * folder.
 * usage: lost_folder SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include <unistd.h>
#include "asking.h"
#include "failing.h"

int main(int argc, char **argv)
{
    char folder[] = "/tmp/qls-lost-folder-XXXXXX", here[64];
    asking from;
    qls_client *client;
    qls_result *result;

    asking_start(&from, argc, argv);
    require(mkdtemp(folder) != NULL, "mkdtemp");
    require(chdir(folder) == 0, "chdir");
    require(rmdir(folder) == 0, "rmdir");
    require(getcwd(here, sizeof here) == NULL, "a deleted folder has a name");

    client = asking_client(&from);
    result = qls_check(client, from.token, ASKING_CONSUMERS);
    asking_expect_verdicts(result);
    qls_result_free(result);
    result = qls_list(client, from.token, NULL);
    EXPECT_STATUS(result, QLS_OK);
    qls_result_free(result);

    /* A relative path cannot be found from here. */
    EXPECT_INT(qls_client_set_ca_file(client, "ca.pem"), QLS_OK);
    EXPECT_FAILED(qls_check(client, from.token, ASKING_CONSUMERS), QLS_CONFIGURATION, "ca-file-unreadable", &from);
    qls_client_free(client);
    return expect_exit_code();
}
