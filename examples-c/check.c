/* check: asks a license server which components may be installed, and prints the verdicts as a table.
 *
 * Copy this program to start the check of an installer. It makes one client, asks once for all components, and
 * cleans up in one place. CONSUMERS.json is the component list; consumers.json beside this file is an example.
 * The token comes from a file or from the signed-in Qt account. It is never an argument of the program, because
 * every user of the machine can read arguments.
 *
 * Exit codes: 0 all allowed, 1 some denied or unknown; exit_code.h has the others.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exit_code.h"
#include "qls_precheck.h"
#include "read_text.h"

enum { ALL_ALLOWED = 0, NOT_ALL_ALLOWED = 1 };

static int usage(void)
{
    fputs("usage: check [--server URL] [--token-file FILE] [--ca-file FILE] [--plain-http] CONSUMERS.json\n"
          "  --server URL       the license server (default: https://qls.qt.io)\n"
          "  --token-file FILE  holds the token (default: the token of the signed-in Qt account)\n"
          "  --ca-file FILE     certificates in PEM that are trusted too\n"
          "  --plain-http       let the token travel unencrypted (loopback always may)\n"
          "exit codes: 0 all allowed\n"
          "            1 some denied or unknown\n" NO_ANSWER_CODES,
          stderr);
    return USAGE;
}

/* Prints one line per requested component, in the order of the request, and says whether all are allowed. They are not
 * where there is none: whoever asks for nothing has lost the list.
 */
static int print_verdicts(const qls_result *result)
{
    static const char *const words[] = {"unknown", "denied", "allowed"}; /* indexed by qls_verdict */
    size_t count = qls_result_component_count(result);
    int component_width = (int)strlen("COMPONENT"), consumer_width = (int)strlen("CONSUMER");
    const char *component, *consumer; /* They belong to the result: valid until it is freed, and never freed by us. */
    int exit_code = ALL_ALLOWED;

    if (count == 0) {
        fputs("check: the list of consumers is empty: it asks for nothing\n", stderr);
        return REFUSED;
    }
    for (size_t i = 0; i < count; i++) {
        qls_result_component(result, i, &component, &consumer);
        if ((int)strlen(component) > component_width) {
            component_width = (int)strlen(component);
        }
        if ((int)strlen(consumer) > consumer_width) {
            consumer_width = (int)strlen(consumer);
        }
    }
    printf("%-*s  %-*s  VERDICT\n", component_width, "COMPONENT", consumer_width, "CONSUMER");
    for (size_t i = 0; i < count; i++) {
        qls_verdict verdict = qls_result_component(result, i, &component, &consumer);
        printf("%-*s  %-*s  %s\n", component_width, component, consumer_width, consumer, words[verdict]);
        if (verdict != QLS_VERDICT_ALLOWED) { /* unknown is not allowed either */
            exit_code = NOT_ALL_ALLOWED;
        }
    }
    return exit_code;
}

int main(int argc, char **argv)
{
    const char *server = NULL, *token_file = NULL, *ca_file = NULL, *consumers_file = NULL;
    int32_t plain_http = 0;
    char *token = NULL, *consumers = NULL;
    qls_client *client = NULL;
    qls_result *result = NULL;
    int exit_code = REFUSED;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--server") == 0 && i + 1 < argc) {
            server = argv[++i];
        } else if (strcmp(argv[i], "--token-file") == 0 && i + 1 < argc) {
            token_file = argv[++i];
        } else if (strcmp(argv[i], "--ca-file") == 0 && i + 1 < argc) {
            ca_file = argv[++i];
        } else if (strcmp(argv[i], "--plain-http") == 0) {
            plain_http = 1;
        } else if (argv[i][0] != '-' && consumers_file == NULL) {
            consumers_file = argv[i];
        } else {
            return usage();
        }
    }
    if (consumers_file == NULL) {
        return usage();
    }

    consumers = read_text(consumers_file, "the list of consumers");
    if (consumers == NULL || (token_file != NULL && (token = read_token(token_file)) == NULL)) {
        goto cleanup; /* the reason has been printed */
    }
    client = qls_client_new(); /* never NULL; NULL for the URL or the file below means the default */
    if (qls_client_set_server(client, server) != QLS_OK
        || qls_client_set_ca_file(client, ca_file) != QLS_OK
        || qls_client_set_allow_plain_http(client, plain_http) != QLS_OK) {
        /* qls_check() below sends nothing then, and its result says which setting was refused and why. */
        fputs("check: a setting was refused\n", stderr);
    }

    /* Blocks until there is an answer or the time is up, which is 30 seconds unless set otherwise. In a program
     * with a window, call it from a worker thread. We have to free the result, and still the client and strings.
     */
    result = qls_check(client, token, consumers);
    if (qls_result_status(result) == QLS_OK) {
        exit_code = print_verdicts(result);
    } else {
        const char *cause = qls_result_get(result, "/cause");
        fprintf(stderr, "check: %s: %s (cause: %s)\n", qls_status_name(qls_result_status(result)),
                qls_result_message(result), cause != NULL ? cause : "none");
        exit_code = exit_code_of(result);
    }

cleanup:
    qls_result_free(result); /* both free functions accept NULL */
    qls_client_free(client);
    free(token);
    free(consumers);
    return exit_code;
}
