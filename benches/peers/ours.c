/* The pre-check with this library. */
#include "peer.h"
#include "qls_precheck.h"

static qls_client *client;
static const char *token;

PEER_EXPORT long answer(const char *consumers) {
    qls_result *result = qls_check(client, token, consumers);
    long allowed = 0;
    if (qls_result_status(result) != QLS_OK) {
        fprintf(stderr, "%s\n", qls_result_message(result));
        allowed = -1;
    } else {
        for (size_t i = 0; i < qls_result_component_count(result); i++) {
            allowed += qls_result_component(result, i, NULL, NULL) == QLS_VERDICT_ALLOWED;
        }
    }
    qls_result_free(result);
    return allowed;
}

int main(int argc, char **argv) {
    if (argc != 3) peer_fail("ours URL FILE");
    token = peer_token();
    client = qls_client_new();
    qls_client_set_server(client, argv[1]);
    int status = peer_obey(argv[2], answer);
    qls_client_free(client);
    return status;
}
