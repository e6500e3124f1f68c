/* Trust on Windows: a CA is trusted when it is in the current user's store.
 * usage: windows_store SERVER-URL TOKEN-FILE CA-FILE-IN-DER     puts the CA there and asks
 *        windows_store SERVER-URL TOKEN-FILE CA-FILE-IN-DER CAUSE WORD    does the same; the server has to be refused
 *                                                               with this cause, and with this word in a diagnosis
 *        windows_store SERVER-URL TOKEN-FILE                    asks without the CA
 * Each needs a process of its own, because Wine reads the store once. The CA stays in the tests' own Wine prefix. The
 * system chooses the reason of a refusal: for an unknown CA, Wine also complains about a missing revocation list.
 */
#include "expect.h"
#include "asking.h"

#include <wincrypt.h>

/* A client with a connect timeout of two seconds. The revocation list takes longer to arrive. */
static qls_client *impatient(const asking *from)
{
    qls_client *client = asking_client(from);

    EXPECT_INT(qls_client_set_connect_timeout_ms(client, 2000), QLS_OK);
    return client;
}

static void expect_refused(const asking *from, const char *cause, const char *word)
{
    qls_client *client = impatient(from);
    /* Once: what Wine says of a revoked certificate it says once in a process. */
    qls_result *result =
        cause != NULL ? qls_diagnose(client, from->token) : qls_check(client, from->token, ASKING_CONSUMERS);

    EXPECT_STATUS(result, QLS_TLS_UNTRUSTED);
    if (cause != NULL) {
        EXPECT_STR(qls_result_get(result, "/cause"), cause);
        EXPECT_IN(qls_result_message(result), word);
        EXPECT_IN(qls_result_message(result), " can mend this: ");
    }
    for (size_t i = 0; i < ASKING_COUNT; i++) {
        EXPECT_INT(qls_result_is_allowed(result, asking_verdicts[i].component), 0);
    }
    qls_result_free(result);
    qls_client_free(client);
}

static void expect_believed(const asking *from)
{
    qls_client *client = impatient(from);
    qls_result *result = qls_check(client, from->token, ASKING_CONSUMERS);

    asking_expect_verdicts(result);
    qls_result_free(result);

    /* Only given certificates count, so the CA in the system's store does not. */
    EXPECT_INT(qls_client_set_trust(client, QLS_TRUST_GIVEN_ONLY), QLS_OK);
    result = qls_check(client, from->token, ASKING_CONSUMERS);
    EXPECT_STATUS(result, QLS_CONFIGURATION);
    EXPECT_STR(qls_result_get(result, "/cause"), "no-trust-store");
    qls_result_free(result);
    qls_client_free(client);
}

static void add(PCCERT_CONTEXT ca)
{
    HCERTSTORE store = CertOpenSystemStoreA(0, "ROOT");

    require(store != NULL, "CertOpenSystemStore");
    require(CertAddCertificateContextToStore(store, ca, CERT_STORE_ADD_ALWAYS, NULL), "CertAddCertificate");
    require(CertCloseStore(store, 0), "CertCloseStore"); /* saves it */
}

static PCCERT_CONTEXT read_certificate(const char *path)
{
    unsigned char der[8192];
    FILE *file = fopen(path, "rb");
    PCCERT_CONTEXT certificate;
    size_t length;

    require(file != NULL, path);
    length = fread(der, 1, sizeof der, file);
    require(length > 0 && feof(file) && fclose(file) == 0, path);
    certificate = CertCreateCertificateContext(X509_ASN_ENCODING, der, (DWORD)length);
    require(certificate != NULL, "CertCreateCertificateContext");
    return certificate;
}

int main(int argc, char **argv)
{
    asking from;

    asking_start(&from, argc < 3 ? argc : 3, argv);
    if (argc == 3) {
        expect_refused(&from, NULL, NULL);
    } else {
        PCCERT_CONTEXT ca = read_certificate(argv[3]);

        add(ca);
        if (argc == 6) {
            expect_refused(&from, argv[4], argv[5]);
        } else {
            expect_believed(&from);
        }
        CertFreeCertificateContext(ca);
    }
    return expect_exit_code();
}
