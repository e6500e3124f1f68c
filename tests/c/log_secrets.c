/* Prints every log line, the message and the JSON of a check through a proxy that refuses the password. The test that
 * runs this looks for secrets in the output.
 * usage: log_secrets PROXY-URL TOKEN-FILE
 */
#include "expect.h"
#include "asking.h"
#include "failing.h"

static void print(void *userdata, int32_t level, const char *line)
{
    printf("%s %d %s\n", (const char *)userdata, (int)level, line);
}

int main(int argc, char **argv)
{
    asking from;
    qls_client *client;
    qls_result *result;

    asking_start(&from, argc, argv);
    client = qls_client_new();
    EXPECT_INT(qls_client_set_server(client, "https://licenses.invalid"), QLS_OK);
    EXPECT_INT(qls_client_set_proxy(client, from.server), QLS_OK);
    EXPECT_INT(qls_client_set_log(client, print, "log", QLS_LOG_TRACE), QLS_OK);
    result = qls_check(client, from.token, ASKING_CONSUMERS);
    printf("message %s\njson %s\n", qls_result_message(result), qls_result_json(result, NULL));
    EXPECT_FAILED(result, QLS_PROXY_FAILED, "proxy-auth-required", &from);
    qls_client_free(client);
    return expect_exit_code();
}
