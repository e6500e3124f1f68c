/* load: loads the library while it runs, from a file that it is told, and asks for one component.
 *
 * For installers that carry the library as a file instead of being linked with it. Compile this program together with
 * qls_precheck_load.c, which lies beside the headers. The library has to come from a folder that nobody else may write
 * to: here its path is an argument, an installer knows it. The token is the signed-in Qt account's.
 *
 * Exit codes: 0 allowed, 1 denied or unknown; exit_code.h has the others. Without a library it is 3.
 */
#include <stdio.h>
#include <string.h>

#include "exit_code.h"
#include "qls_precheck_load.h"

enum { ALLOWED = 0, NOT_ALLOWED = 1 };

static int usage(void)
{
    fputs("usage: load LIBRARY [--server URL]\n"
          "  LIBRARY        the absolute path of libqls_precheck.so or qls_precheck.dll\n"
          "  --server URL   the license server (default: https://qls.qt.io)\n"
          "exit codes: 0 allowed\n"
          "            1 denied or unknown\n" NO_ANSWER_CODES,
          stderr);
    return USAGE;
}

int main(int argc, char **argv)
{
    static const char consumers[] =
        "[{\"component_id\": \"qt.tools.qtcreator\", \"consumer_id\": \"qtcreator\"}]";
    qls_client *client = NULL;
    qls_result *loaded = NULL, *result = NULL;
    int exit_code;

    if (argc != 2 && !(argc == 4 && strcmp(argv[2], "--server") == 0)) {
        return usage();
    }

    /* First of all: what is made while nothing is loaded stays of no use. The result says which file it was about and
     * what is wrong with it. A program may leave out this check: every later result says the same.
     */
    loaded = qls_load(argv[1]);
    if (qls_result_status(loaded) != QLS_OK) {
        fprintf(stderr, "load: %s\n", qls_result_message(loaded));
        exit_code = exit_code_of(loaded);
        goto cleanup;
    }
    fprintf(stderr, "load: qls_precheck %s\n", qls_version());

    /* From here on nothing differs from a program that is linked with the library. */
    client = qls_client_new();
    qls_client_set_server(client, argc == 4 ? argv[3] : NULL);
    result = qls_check(client, NULL, consumers);
    if (qls_result_status(result) == QLS_OK) {
        exit_code = qls_result_is_allowed(result, "qt.tools.qtcreator") ? ALLOWED : NOT_ALLOWED;
        puts(exit_code == ALLOWED ? "allowed" : "not allowed");
    } else {
        fprintf(stderr, "load: %s\n", qls_result_message(result));
        exit_code = exit_code_of(result);
    }

cleanup:
    qls_result_free(result); /* both free functions accept NULL */
    qls_client_free(client);
    qls_result_free(loaded);
    return exit_code;
}
