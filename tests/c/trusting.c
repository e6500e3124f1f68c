/* HTTPS with a private CA, given as a file whose path needs Unicode and as text, with both kinds of trust.
 * usage: trusting SERVER-URL TOKEN-FILE FOLDER
 * The folder has the server's CA in ca.pem and in the file named below, and another CA in other.pem.
 */
#include "expect.h"
#include "asking.h"

#define FILE_NAME "Zertifikate f\xc3\xbcr \xe6\x97\xa5\xe6\x9c\xac.pem" /* UTF-8 */

static const int32_t trusts[] = {QLS_TRUST_SYSTEM, QLS_TRUST_GIVEN_ONLY};

static void join(char *path, size_t size, const char *folder, const char *name)
{
    int length = snprintf(path, size, "%s/%s", folder, name);

    require(length > 0 && (size_t)length < size, "snprintf");
}

static void read_text(char *text, size_t size, const char *folder, const char *name)
{
    char path[1024];
    FILE *file;
    size_t length;

    join(path, sizeof path, folder, name);
    file = fopen(path, "r");
    require(file != NULL, path);
    length = fread(text, 1, size - 1, file);
    require(length > 0 && feof(file), path);
    text[length] = '\0';
    require(fclose(file) == 0, path);
}

static void a_given_ca_is_believed(const asking *from, const char *folder)
{
    char path[1024], pem[8192];

    join(path, sizeof path, folder, FILE_NAME);
    read_text(pem, sizeof pem, folder, "ca.pem");
    for (size_t i = 0; i < sizeof trusts / sizeof trusts[0]; i++) {
        for (int text = 0; text <= 1; text++) {
            qls_client *client = asking_client(from);
            qls_result *result;

            EXPECT_INT(qls_client_set_trust(client, trusts[i]), QLS_OK);
            EXPECT_INT(text ? qls_client_set_ca_pem(client, pem) : qls_client_set_ca_file(client, path), QLS_OK);
            result = qls_check(client, from->token, ASKING_CONSUMERS);
            expect_row = text ? "given as text" : "given as a file";
            asking_expect_verdicts(result);
            expect_row = NULL;
            qls_result_free(result);
            qls_client_free(client);
        }
    }
}

static void another_ca_is_not_enough(const asking *from, const char *folder)
{
    char pem[8192];

    read_text(pem, sizeof pem, folder, "other.pem");
    for (size_t i = 0; i < sizeof trusts / sizeof trusts[0]; i++) {
        qls_client *client = asking_client(from);
        qls_result *result;

        EXPECT_INT(qls_client_set_trust(client, trusts[i]), QLS_OK);
        EXPECT_INT(qls_client_set_ca_pem(client, pem), QLS_OK);
        result = qls_check(client, from->token, ASKING_CONSUMERS);
        EXPECT_STATUS(result, QLS_TLS_UNTRUSTED);
        EXPECT_INT(qls_result_is_allowed(result, asking_verdicts[0].component), 0);
        qls_result_free(result);
        qls_client_free(client);
    }
}

static void a_missing_file_is_named(const asking *from, const char *folder)
{
    char path[1024];
    qls_client *client = asking_client(from);
    qls_result *result;

    join(path, sizeof path, folder, "fehlt f\xc3\xbcr immer.pem");
    EXPECT_INT(qls_client_set_ca_file(client, path), QLS_OK);
    result = qls_check(client, from->token, ASKING_CONSUMERS);
    EXPECT_STATUS(result, QLS_CONFIGURATION);
    EXPECT_STR(qls_result_get(result, "/cause"), "ca-file-unreadable");
    EXPECT_IN(qls_result_message(result), path);
    qls_result_free(result);
    qls_client_free(client);
}

int main(int argc, char **argv)
{
    asking from;

    require(argc == 4, "usage: trusting SERVER-URL TOKEN-FILE FOLDER");
    asking_start(&from, 3, argv);
    a_given_ca_is_believed(&from, argv[3]);
    another_ca_is_not_enough(&from, argv[3]);
    a_missing_file_is_named(&from, argv[3]);
    return expect_exit_code();
}
