/* Asks through a proxy that wants the signed-in user, and prints the cause and the message with which that ends.
 * usage: windows_negotiate set PROXY
 *        windows_negotiate hurry|cancel PROXY
 *        windows_negotiate script|detected SCRIPT-URL WINHTTP-DLL
 * The program sets the proxy; or a script names it, at an address that the Internet Options have, or that automatic
 * detection finds by the stand-in of winhttp.c. With "hurry" it has 9 seconds, with "cancel" two minutes, but cancels
 * when it reads something.
 *
 * Windows' store of credentials has a name and a password for the proxy proxy.localhost, so that NTLM is possible there.
 */
#include "expect.h"
#include "internet_options.h"

#include <pthread.h>
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

static ULONGLONG began;

static void *cancel_when_told(void *client)
{
    getchar();
    began = GetTickCount64();
    qls_client_cancel(client);
    return NULL;
}

int main(int argc, char **argv)
{
    qls_client *client;
    pthread_t thread;
    qls_result *result = NULL;
    const char *cause;

    require(argc >= 3, "arguments");
    sockets_start();
    /* The store is in the registry key that is this process's own now. */
    settings_begin();
    let_ntlm_be_possible();
    client = qls_client_new();
    EXPECT_INT(qls_client_set_server(client, "https://licenses.invalid"), QLS_OK);
    EXPECT_INT(qls_client_set_retries(client, 0), QLS_OK);
    began = GetTickCount64();
    if (argc == 3) {
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
    if (strcmp(argv[1], "hurry") == 0) {
        /* Less than it has for connecting, so that the call's own time is what ends. */
        EXPECT_INT(qls_client_set_timeout_ms(client, 9000), QLS_OK);
    } else if (strcmp(argv[1], "cancel") == 0) {
        EXPECT_INT(qls_client_set_timeout_ms(client, 120000), QLS_OK);
        EXPECT_INT(qls_client_set_connect_timeout_ms(client, 120000), QLS_OK);
        require(pthread_create(&thread, NULL, cancel_when_told, client) == 0, "pthread_create");
    }
    /* On a busy machine the script may take longer than a call waits for it. */
    for (int tries = 0; result == NULL && tries < 20; tries++) {
        result = qls_check(client, "a-token", "[{\"consumer_id\":\"qtcreator\",\"component_id\":\"9876\"}]");
        if (strstr(qls_result_message(result), "(no answer within ") != NULL) {
            qls_result_free(result);
            result = NULL;
        }
    }
    if (strcmp(argv[1], "hurry") == 0 || strcmp(argv[1], "cancel") == 0) {
        /* A silent KDC is given up after 27 seconds. */
        EXPECT(GetTickCount64() - began < 26000);
    }
    EXPECT_INT(qls_result_is_allowed(result, "9876"), 0);
    cause = qls_result_get(result, "/cause");
    printf("%s: %s\n", cause != NULL ? cause : "no cause", qls_result_message(result));
    qls_result_free(result);
    qls_client_free(client);
    settings_end();
    return expect_exit_code();
}
