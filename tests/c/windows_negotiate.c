/* Asks through a proxy that wants the signed-in user, and prints the cause and the message with which that ends.
 * usage: windows_negotiate set PROXY
 *        windows_negotiate script|detected SCRIPT-URL WINHTTP-DLL
 * The program sets the proxy; or a script names it, at an address that the Internet Options have, or that automatic
 * detection finds by the stand-in of winhttp.c.
 *
 * Windows' store of credentials has a name and a password for the proxy proxy.localhost, so that NTLM is possible there.
 */
#include "expect.h"
#include "internet_options.h"

#include <wincred.h>

static void let_ntlm_be_possible(void)
{
    WCHAR password[] = L"open-sesame";
    CREDENTIALW credential;

    memset(&credential, 0, sizeof credential);
    credential.Type = CRED_TYPE_DOMAIN_PASSWORD;
    credential.TargetName = L"proxy.localhost";
    credential.UserName = L"EXAMPLE\\paula";
    credential.CredentialBlob = (BYTE *)password;
    credential.CredentialBlobSize = sizeof password - sizeof password[0];
    credential.Persist = CRED_PERSIST_SESSION;
    require(CredWriteW(&credential, 0), "CredWriteW");
}

int main(int argc, char **argv)
{
    qls_client *client;
    qls_result *result;
    const char *cause;

    require(argc >= 3, "arguments");
    sockets_start();
    /* The store is in the registry key that is this process's own now. */
    settings_begin();
    let_ntlm_be_possible();
    client = qls_client_new();
    EXPECT_INT(qls_client_set_server(client, "https://licenses.invalid"), QLS_OK);
    EXPECT_INT(qls_client_set_retries(client, 0), QLS_OK);
    if (strcmp(argv[1], "set") == 0) {
        EXPECT_INT(qls_client_set_proxy(client, argv[2]), QLS_OK);
    } else {
        require(argc == 4 && LoadLibraryA(argv[3]) != NULL, "the stand-in of winhttp.dll");
        if (strcmp(argv[1], "script") == 0) {
            set_text("AutoConfigURL", argv[2]);
        } else {
            SetEnvironmentVariableA("QLS_TEST_WPAD", argv[2]);
            set_detection(1);
        }
    }
    result = qls_check(client, "a-token", "[{\"consumer_id\":\"qtcreator\",\"component_id\":\"9876\"}]");
    EXPECT_INT(qls_result_is_allowed(result, "9876"), 0);
    cause = qls_result_get(result, "/cause");
    printf("%s: %s\n", cause != NULL ? cause : "no cause", qls_result_message(result));
    qls_result_free(result);
    qls_client_free(client);
    settings_end();
    return expect_exit_code();
}
