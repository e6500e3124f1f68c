/* A host that has set its locale. Neither the locale's letters (in Turkish, I is not the capital of i) nor its decimal
 * comma change what is sent and read.
 * usage: locale SERVER-URL TOKEN-FILE LOCALE
 */
#include "expect.h"
#include <locale.h>
#include "asking.h"
#include "failing.h"

int main(int argc, char **argv)
{
    asking from;
    qls_client *client;
    qls_result *result;

    require(argc == 4, "usage: locale SERVER-URL TOKEN-FILE LOCALE");
    asking_start(&from, 3, argv);
    require(setlocale(LC_ALL, argv[3]) != NULL, argv[3]);
    client = asking_client(&from);
    result = qls_check(client, from.token, ASKING_CONSUMERS);
    asking_expect_verdicts(result);
    qls_result_free(result);
    result = qls_list(client, from.token, NULL);
    EXPECT_STATUS(result, QLS_OK);
    EXPECT_STR(qls_result_get(result, "/licenses/0/license_info/priority"), "100");
    qls_result_free(result);
    /* Upper and lower case of scheme and host are the same, by the rules of ASCII. */
    EXPECT_INT(qls_client_set_server(client, "HTTP://LICENSES.INVALID"), QLS_OK);
    EXPECT_FAILED(qls_check(client, from.token, ASKING_CONSUMERS), QLS_CONFIGURATION, "plain-http-refused", &from);
    qls_client_free(client);
    EXPECT_STR(setlocale(LC_ALL, NULL), argv[3]);
    return expect_exit_code();
}
