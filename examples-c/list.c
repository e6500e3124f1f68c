/* list: prints the licenses of a Qt account.
 *
 * It shows how to read any member of a reply without a JSON library. qls_result_count() gives the number of
 * elements, and qls_result_get() gives one value by its JSON pointer (RFC 6901), such as
 * "/licenses/0/license_info/model". Licenses differ from each other, so every member may be missing.
 *
 * Exit codes: 0 licenses printed, 1 the account has none; exit_code.h has the others.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "exit_code.h"
#include "print_text.h"
#include "qls_precheck.h"
#include "read_text.h"

enum { LICENSES_PRINTED = 0, NO_LICENSES = 1 };

static int usage(void)
{
    fputs("usage: list [--server URL] [--token-file FILE] [--plain-http]\n"
          "  --server URL       the license server (default: https://qls.qt.io)\n"
          "  --token-file FILE  holds the token (default: the token of the signed-in Qt account)\n"
          "  --plain-http       let the token travel unencrypted (loopback always may)\n"
          "exit codes: 0 licenses printed\n"
          "            1 no licenses\n" NO_ANSWER_CODES,
          stderr);
    return USAGE;
}

/* The text of the member `name` below `place`; `missing` if the reply has no such member, null or "". The text
 * belongs to the result: it is valid until the result is freed, and never freed by us.
 */
static const char *member(const qls_result *result, const char *place, const char *name, const char *missing)
{
    char pointer[128];
    int length = snprintf(pointer, sizeof pointer, "%s/%s", place, name);
    const char *text = length > 0 && (size_t)length < sizeof pointer ? qls_result_get(result, pointer) : NULL;

    return text == NULL || text[0] == '\0' || strcmp(text, "null") == 0 ? missing : text;
}

/* Prints our words and behind them the server's. */
static void print(const char *words, const char *text)
{
    fputs(words, stdout);
    print_text(text);
}

static void print_license(const qls_result *result, size_t index)
{
    char place[64]; /* has room for two indices of at most 20 digits, and the names between them */
    size_t consumers;

    snprintf(place, sizeof place, "/licenses/%zu", index);
    print("license ", member(result, place, "license_info/license_id", "without an id"));
    print("\n  model     ", member(result, place, "license_info/model", "-"));
    print("\n  type      ", member(result, place, "license_info/type", "-"));
    print("\n  schema    ", member(result, place, "license_info/schema", "-"));
    print("\n  valid     ", member(result, place, "license_info/valid_from", "-"));
    print(" to ", member(result, place, "license_info/valid_to", "-"));
    putchar('\n');

    snprintf(place, sizeof place, "/licenses/%zu/consumers", index);
    consumers = qls_result_count(result, place); /* 0 if there is no such member */
    for (size_t i = 0; i < consumers; i++) {
        snprintf(place, sizeof place, "/licenses/%zu/consumers/%zu", index, i);
        print("  consumer  ", member(result, place, "consumer_id", "-"));
        print(" ", member(result, place, "consumer_version", "(any version)"));
        putchar('\n');
    }
}

int main(int argc, char **argv)
{
    const char *server = NULL, *token_file = NULL;
    int32_t plain_http = 0;
    char *token = NULL;
    qls_client *client = NULL;
    qls_result *result = NULL;
    size_t licenses;
    int exit_code = REFUSED;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--server") == 0 && i + 1 < argc) {
            server = argv[++i];
        } else if (strcmp(argv[i], "--token-file") == 0 && i + 1 < argc) {
            token_file = argv[++i];
        } else if (strcmp(argv[i], "--plain-http") == 0) {
            plain_http = 1;
        } else {
            return usage();
        }
    }

    if (token_file != NULL && (token = read_token(token_file)) == NULL) {
        goto cleanup; /* the reason has been printed */
    }
    client = qls_client_new(); /* never NULL */
    if (qls_client_set_server(client, server) != QLS_OK
        || qls_client_set_allow_plain_http(client, plain_http) != QLS_OK) {
        /* qls_list() below sends nothing then, and its result says which setting was refused and why. */
        fputs("list: a setting was refused\n", stderr);
    }

    result = qls_list(client, token, NULL); /* blocks; NULL: nothing to add to the request */
    if (qls_result_status(result) != QLS_OK) {
        fprintf(stderr, "list: %s: %s (cause: %s)\n", qls_status_name(qls_result_status(result)),
                qls_result_message(result), member(result, "", "cause", "none"));
        exit_code = exit_code_of(result);
        goto cleanup;
    }
    licenses = qls_result_count(result, "/licenses");
    for (size_t i = 0; i < licenses; i++) {
        print_license(result, i);
    }
    exit_code = licenses > 0 ? LICENSES_PRINTED : NO_LICENSES;

cleanup:
    qls_result_free(result); /* both free functions accept NULL */
    qls_client_free(client);
    free(token);
    return exit_code;
}
