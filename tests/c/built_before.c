/* built_before URL TOKEN: uses all that 0.1.0 had, and prints what it finds wrong. tests/abi.rs compiles it with the
 * headers of releases, and runs it with today's library. It has to stay as it is: programs like it are out there.
 */
#include <stdio.h>
#include <string.h>

#include "qls_precheck.h"

static int failed;

#define EXPECT(condition) \
    do { \
        if (!(condition)) { \
            printf("line %d: not true: %s\n", __LINE__, #condition); \
            failed = 1; \
        } \
    } while (0)

static const char consumers[] = "[{\"consumer_id\": \"qtcreator\", \"component_id\": \"creator\"},"
                                " {\"consumer_id\": \"axivion_suite\", \"component_id\": \"axivion\"}]";

static void count_lines(void *userdata, int32_t level, const char *message)
{
    EXPECT(level >= QLS_LOG_ERROR && level <= QLS_LOG_TRACE && message[0] != '\0');
    ++*(int *)userdata;
}

static void the_client_can_be_set(qls_client *client, const char *url, int *lines)
{
    EXPECT(qls_client_set_server(client, url) == QLS_OK);
    EXPECT(qls_client_set_allow_plain_http(client, 1) == QLS_OK);
    EXPECT(qls_client_set_timeout_ms(client, 60000) == QLS_OK);
    EXPECT(qls_client_set_connect_timeout_ms(client, 30000) == QLS_OK);
    EXPECT(qls_client_set_retries(client, 1) == QLS_OK);
    EXPECT(qls_client_set_proxy(client, "") == QLS_OK);
    EXPECT(qls_client_set_ca_file(client, NULL) == QLS_OK);
    EXPECT(qls_client_set_ca_pem(client, NULL) == QLS_OK);
    EXPECT(qls_client_set_trust(client, QLS_TRUST_GIVEN_ONLY) == QLS_OK);
    EXPECT(qls_client_set_trust(client, QLS_TRUST_SYSTEM) == QLS_OK);
    EXPECT(qls_client_set_user_agent(client, "Example/1.2") == QLS_OK);
    EXPECT(qls_client_set_log(client, count_lines, lines, QLS_LOG_TRACE) == QLS_OK);
}

static void verdicts_can_be_read(const qls_result *result)
{
    const char *component = NULL, *consumer = NULL;

    EXPECT(qls_result_status(result) == QLS_OK);
    EXPECT(qls_result_http_status(result) == 200);
    EXPECT(qls_result_message(result) != NULL);
    EXPECT(qls_result_server_code(result) == NULL); /* errors have one */
    EXPECT(qls_result_component_count(result) == 2);
    EXPECT(qls_result_component(result, 0, &component, &consumer) == QLS_VERDICT_ALLOWED);
    EXPECT(strcmp(component, "creator") == 0 && strcmp(consumer, "qtcreator") == 0);
    EXPECT(qls_result_component(result, 1, &component, &consumer) == QLS_VERDICT_DENIED);
    EXPECT(qls_result_component(result, 2, &component, &consumer) == QLS_VERDICT_UNKNOWN);
    EXPECT(qls_result_is_allowed(result, "creator") && !qls_result_is_allowed(result, "axivion"));
}

static void the_json_has_its_members(const qls_result *result)
{
    static const char *const members[] = {"operation", "status", "status_code", "http_status", "server_code", "message",
                                          "cause", "server", "token_source", "components", "licenses"};
    size_t i, length = 0;
    const char *json = qls_result_json(result, &length);
    char quoted[32];

    EXPECT(strlen(json) == length);
    for (i = 0; i < sizeof members / sizeof members[0]; i++) {
        snprintf(quoted, sizeof quoted, "\"%s\":", members[i]);
        if (strstr(json, quoted) == NULL) {
            printf("no member %s in %s\n", members[i], json);
            failed = 1;
        }
    }
    EXPECT(strcmp(qls_result_get(result, "/operation"), "check") == 0);
    EXPECT(strcmp(qls_result_get(result, "/status"), "QLS_OK") == 0);
    EXPECT(strcmp(qls_result_get(result, "/status_code"), "0") == 0);
    EXPECT(strcmp(qls_result_get(result, "/http_status"), "200") == 0);
    EXPECT(strcmp(qls_result_get(result, "/token_source"), "argument") == 0);
    EXPECT(qls_result_count(result, "/components") == 2 && qls_result_count(result, "/licenses") == 0);
    EXPECT(strcmp(qls_result_get(result, "/components/0/component_id"), "creator") == 0);
    EXPECT(strcmp(qls_result_get(result, "/components/0/consumer_id"), "qtcreator") == 0);
    EXPECT(strcmp(qls_result_get(result, "/components/1/verdict"), "denied") == 0);
}

int main(int argc, char **argv)
{
    int lines = 0;
    qls_client *client = qls_client_new();
    qls_result *result;

    EXPECT(argc == 3);
    EXPECT(qls_abi_version() >= QLS_ABI_VERSION);
    EXPECT(qls_version()[0] != '\0');
    EXPECT(strcmp(qls_status_name(QLS_TIMEOUT), "QLS_TIMEOUT") == 0 && qls_status_text(QLS_TIMEOUT)[0] != '\0');

    the_client_can_be_set(client, argv[1], &lines);
    result = qls_check(client, argv[2], consumers);
    verdicts_can_be_read(result);
    the_json_has_its_members(result);
    qls_result_free(result);

    result = qls_list(client, argv[2], NULL);
    EXPECT(qls_result_status(result) == QLS_OK && qls_result_count(result, "/licenses") > 0);
    EXPECT(qls_result_get(result, "/licenses/0/license_info/license_id") != NULL);
    qls_result_free(result);
    EXPECT(lines > 0);

    qls_client_cancel(client);
    result = qls_check(client, argv[2], consumers);
    EXPECT(qls_result_status(result) == QLS_CANCELLED);
    EXPECT(strcmp(qls_result_get(result, "/cause"), "cancelled") == 0);
    qls_result_free(result);
    qls_client_free(client);
    if (!failed) {
        puts("as before");
    }
    return failed;
}
