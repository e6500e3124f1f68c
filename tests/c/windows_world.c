/* What other programs on Windows do to a process and its files.
 * usage: windows_world SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include "asking.h"

#include <windows.h>

static char folder[MAX_PATH];

static void path_of(char *path, const char *name)
{
    snprintf(path, MAX_PATH, "%s\\%s", folder, name);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");

    require(file != NULL, path);
    require(fputs(text, file) >= 0 && fclose(file) == 0, path);
}

/* Opens a file as a virus scanner does: for itself alone. */
static HANDLE held(const char *path)
{
    HANDLE file = CreateFileA(path, GENERIC_READ, 0, NULL, OPEN_EXISTING, 0, NULL);

    require(file != INVALID_HANDLE_VALUE, path);
    return file;
}

static DWORD WINAPI let_go_soon(void *file)
{
    Sleep(500);
    CloseHandle(file);
    return 0;
}

static HANDLE held_for_a_moment(const char *path)
{
    HANDLE thread = CreateThread(NULL, 0, let_go_soon, held(path), 0, NULL);

    require(thread != NULL, "CreateThread");
    return thread;
}

static void joined(HANDLE thread)
{
    require(WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0, "WaitForSingleObject");
    CloseHandle(thread);
}

/* A plug-in of the host may do so. */
static void winsock_ended_once_too_often(const asking *from)
{
    qls_client *client = asking_client(from);

    for (int round = 0; round < 2; round++) {
        qls_result *result = qls_check(client, from->token, ASKING_CONSUMERS);

        asking_expect_verdicts(result); /* over a new connection, and the second time after a kept one was lost */
        qls_result_free(result);
        while (WSACleanup() == 0) {
        }
        EXPECT_INT(WSAGetLastError(), WSANOTINITIALISED);
        result = qls_check(client, from->token, ASKING_CONSUMERS);
        asking_expect_verdicts(result);
        qls_result_free(result);
    }
    qls_client_free(client);
}

static void a_ca_file_that_is_held_for_a_moment(const asking *from)
{
    char path[MAX_PATH];
    qls_client *client = asking_client(from);
    qls_result *result;
    HANDLE file;

    path_of(path, "ca.pem");
    write_file(path, "no certificate");
    EXPECT_INT(qls_client_set_ca_file(client, path), QLS_OK);
    file = held_for_a_moment(path);
    result = qls_check(client, from->token, ASKING_CONSUMERS);
    EXPECT_STATUS(result, QLS_CONFIGURATION);
    EXPECT_STR(qls_result_get(result, "/cause"), "ca-invalid"); /* so it was read */
    qls_result_free(result);
    joined(file);

    EXPECT_INT(qls_client_set_timeout_ms(client, 2000), QLS_OK);
    file = held(path);
    result = qls_check(client, from->token, ASKING_CONSUMERS);
    EXPECT_STATUS(result, QLS_TIMEOUT);
    EXPECT_IN(qls_result_message(result), "ca.pem, which another program keeps to itself");
    qls_result_free(result);
    CloseHandle(file);
    DeleteFileA(path);
    qls_client_free(client);
}

static void an_account_file_that_is_held_for_a_moment(const asking *from)
{
    char qt[MAX_PATH], path[MAX_PATH], text[64 * 1024];
    qls_client *client = asking_client(from);
    qls_result *result;
    HANDLE file;

    path_of(qt, "Qt");
    path_of(path, "Qt\\qtaccount.ini");
    require(CreateDirectoryA(qt, NULL), qt);
    snprintf(text, sizeof text, "[qtaccount]\r\nJWT=%s\r\n", from->token); /* upper and lower case are the same here */
    write_file(path, text);
    require(setenv("APPDATA", folder, 1) == 0, "setenv");
    file = held_for_a_moment(path);
    result = qls_check(client, NULL, ASKING_CONSUMERS);
    asking_expect_verdicts(result);
    EXPECT_STR(qls_result_get(result, "/token_source"), "account-file");
    qls_result_free(result);
    joined(file);
    DeleteFileA(path);
    RemoveDirectoryA(qt);
    qls_client_free(client);
}

static void without_appdata_the_known_folder_is_asked(const asking *from)
{
    qls_client *client = asking_client(from);
    qls_result *result;

    require(unsetenv("APPDATA") == 0, "unsetenv");
    result = qls_check(client, NULL, ASKING_CONSUMERS);
    EXPECT_STATUS(result, QLS_TOKEN_NOT_FOUND);
    EXPECT_STR(qls_result_get(result, "/cause"), "account-file-missing");
    EXPECT_IN(qls_result_message(result), "QT_INSTALLER_JWT_TOKEN");
    EXPECT_IN(qls_result_message(result), "C:\\");
    EXPECT_IN(qls_result_message(result), "\\Qt\\qtaccount.ini (not there)");
    qls_result_free(result);
    qls_client_free(client);
}

int main(int count, char **arguments)
{
    asking from;
    char name[32];

    asking_start(&from, count, arguments);
    require(GetTempPathA(sizeof folder, folder) > 0, "GetTempPath");
    snprintf(name, sizeof name, "qls-world-%lu", GetCurrentProcessId());
    strncat(folder, name, sizeof folder - strlen(folder) - 1);
    require(CreateDirectoryA(folder, NULL), folder);
    winsock_ended_once_too_often(&from);
    a_ca_file_that_is_held_for_a_moment(&from);
    an_account_file_that_is_held_for_a_moment(&from);
    without_appdata_the_known_folder_is_asked(&from);
    RemoveDirectoryA(folder);
    return expect_exit_code();
}
