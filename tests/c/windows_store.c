/* Whom Windows trusts: a CA in the current user's store is believed as long as it is there.
 * usage: windows_store SERVER-URL TOKEN-FILE CA-FILE-IN-DER
 * Which reason a refusal has is the system's business: Wine names a missing revocation list for an unknown CA too.
 */
#include "expect.h"
#include "asking.h"

#include <wincrypt.h>

static void expect_refused(const asking *from)
{
    qls_client *client = asking_client(from);
    qls_result *result = qls_check(client, from->token, ASKING_CONSUMERS);

    EXPECT_STATUS(result, QLS_TLS_UNTRUSTED);
    for (size_t i = 0; i < ASKING_COUNT; i++) {
        EXPECT_INT(qls_result_is_allowed(result, asking_verdicts[i].component), 0);
    }
    qls_result_free(result);
    qls_client_free(client);
}

static void expect_believed(const asking *from)
{
    qls_client *client = asking_client(from);
    qls_result *result = qls_check(client, from->token, ASKING_CONSUMERS);

    asking_expect_verdicts(result);
    qls_result_free(result);

    /* Only those that were given: the system's are none of them. */
    EXPECT_INT(qls_client_set_trust(client, QLS_TRUST_GIVEN_ONLY), QLS_OK);
    result = qls_check(client, from->token, ASKING_CONSUMERS);
    EXPECT_STATUS(result, QLS_CONFIGURATION);
    EXPECT_STR(qls_result_get(result, "/cause"), "no-trust-store");
    qls_result_free(result);
    qls_client_free(client);
}

int main(int argc, char **argv)
{
    asking from;
    unsigned char der[8192];
    FILE *file;
    size_t length;
    HCERTSTORE store;
    PCCERT_CONTEXT ca = NULL;

    require(argc == 4, "usage: windows_store SERVER-URL TOKEN-FILE CA-FILE-IN-DER");
    asking_start(&from, 3, argv);
    file = fopen(argv[3], "rb");
    require(file != NULL, argv[3]);
    length = fread(der, 1, sizeof der, file);
    require(length > 0 && feof(file) && fclose(file) == 0, argv[3]);

    expect_refused(&from);
    store = CertOpenSystemStoreA(0, "ROOT");
    require(store != NULL, "CertOpenSystemStore");
    require(CertAddEncodedCertificateToStore(store, X509_ASN_ENCODING, der, (DWORD)length, CERT_STORE_ADD_ALWAYS, &ca),
            "CertAddEncodedCertificateToStore");
    expect_believed(&from);
    require(CertDeleteCertificateFromStore(ca), "CertDeleteCertificateFromStore");
    CertCloseStore(store, 0);
    expect_refused(&from);
    return expect_exit_code();
}
