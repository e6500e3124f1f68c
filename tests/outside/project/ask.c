/* ask URL TOKEN_FILE [LIBRARY]: prints whether two components may be installed. As in a project that has nothing of
 * qls_precheck but what is installed. With LOADS the library is loaded.
 */
#include <stdio.h>
#include <string.h>

#ifdef LOADS
#include "qls_precheck_load.h"
#else
#include "qls_precheck.h"
#endif

static const char consumers[] = "[{\"consumer_id\": \"qtcreator\", \"component_id\": \"qt.tools.qtcreator\"},"
                                " {\"consumer_id\": \"axivion_suite\", \"component_id\": \"qt.tools.axivion\"}]";

int main(int argc, char **argv)
{
    char token[4096];
    FILE *file = argc >= 3 ? fopen(argv[2], "r") : NULL;
    qls_client *client;
    qls_result *result;
    int answered;

    if (file == NULL || fgets(token, sizeof token, file) == NULL) {
        fputs("usage: ask URL TOKEN_FILE [LIBRARY]\n", stderr);
        return 64;
    }
    fclose(file);
    token[strcspn(token, "\n")] = '\0';

#ifdef LOADS
    qls_result_free(qls_load(argc == 4 ? argv[3] : NULL)); /* what went wrong is told below */
#endif
    client = qls_client_new();
    qls_client_set_server(client, argv[1]);
    result = qls_check(client, token, consumers);
    answered = qls_result_status(result) == QLS_OK;
    if (answered) {
        printf("qtcreator %d\n", (int)qls_result_is_allowed(result, "qt.tools.qtcreator"));
        printf("axivion %d\n", (int)qls_result_is_allowed(result, "qt.tools.axivion"));
    } else {
        fprintf(stderr, "ask: %s\n", qls_result_message(result));
    }
    qls_result_free(result);
    qls_client_free(client);
    return answered ? 0 : 2;
}
