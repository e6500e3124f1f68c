/* Lets each export panic, one after the other. It has to return the value that its documentation names, the process
 * lives, and the next call works. Needs the library with the feature panic-test, which panics in the export that the
 * environment variable QLS_PANIC names. Prints the names of the exports.
 * usage: panic_exports SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include <unistd.h>
#include "asking.h"

static asking from;

static void begin(const char *export)
{
    puts(export);
    expect_row = export;
    require(setenv("QLS_PANIC", export, 1) == 0, "setenv");
}

static void end(void)
{
    require(unsetenv("QLS_PANIC") == 0, "unsetenv");
    expect_row = NULL;
}

/* Evaluates `call` while `export` panics, and expects `value`, which the call would not give otherwise. */
#define BROKEN_INT(export, call, value) \
    do { \
        long long got; \
        begin(#export); \
        got = (long long)(call); \
        end(); \
        expect_row = #export; \
        EXPECT_INT(got, value); \
        expect_row = NULL; \
        EXPECT((long long)(call) != (value)); \
    } while (0)
#define BROKEN_STR(export, call, value) \
    do { \
        const char *got, *whole; \
        begin(#export); \
        got = (call); \
        end(); \
        whole = (call); \
        expect_row = #export; \
        EXPECT_STR(got, value); \
        EXPECT(whole != NULL && ((value) == NULL || strcmp(whole, (value) == NULL ? "" : (value)) != 0)); \
        expect_row = NULL; \
    } while (0)

static void nothing(void *userdata, int32_t level, const char *line)
{
    (void)userdata;
    (void)level;
    (void)line;
}

static void library_and_setters(qls_client *client)
{
    static const char *const no_text = NULL;

    BROKEN_STR(qls_version, qls_version(), "");
    BROKEN_INT(qls_abi_version, qls_abi_version(), 0);
    BROKEN_STR(qls_status_name, qls_status_name(QLS_OK), "QLS_INTERNAL");
    BROKEN_STR(qls_status_text, qls_status_text(QLS_OK), "");
    BROKEN_INT(qls_client_set_server, qls_client_set_server(client, from.server), QLS_INTERNAL);
    BROKEN_INT(qls_client_set_allow_plain_http, qls_client_set_allow_plain_http(client, 0), QLS_INTERNAL);
    BROKEN_INT(qls_client_set_timeout_ms, qls_client_set_timeout_ms(client, 60000), QLS_INTERNAL);
    BROKEN_INT(qls_client_set_connect_timeout_ms, qls_client_set_connect_timeout_ms(client, 60000), QLS_INTERNAL);
    BROKEN_INT(qls_client_set_retries, qls_client_set_retries(client, 1), QLS_INTERNAL);
    BROKEN_INT(qls_client_set_proxy, qls_client_set_proxy(client, ""), QLS_INTERNAL);
    BROKEN_INT(qls_client_set_ca_file, qls_client_set_ca_file(client, no_text), QLS_INTERNAL);
    BROKEN_INT(qls_client_set_ca_pem, qls_client_set_ca_pem(client, no_text), QLS_INTERNAL);
    BROKEN_INT(qls_client_set_trust, qls_client_set_trust(client, QLS_TRUST_SYSTEM), QLS_INTERNAL);
    BROKEN_INT(qls_client_set_user_agent, qls_client_set_user_agent(client, "Test/1"), QLS_INTERNAL);
    BROKEN_INT(qls_client_set_log, qls_client_set_log(client, nothing, NULL, QLS_LOG_TRACE), QLS_INTERNAL);
}

/* The result of an operation if even making a result failed. */
static void expect_broken_result(qls_result *result)
{
    size_t length = 0;

    EXPECT(result != NULL);
    EXPECT_STATUS(result, QLS_INTERNAL);
    EXPECT_INT(qls_result_http_status(result), 0);
    EXPECT_IN(qls_result_message(result), "defect");
    EXPECT_STR(qls_result_server_code(result), NULL);
    EXPECT_IN(qls_result_json(result, &length), "\"status\":\"QLS_INTERNAL\",\"status_code\":9000");
    EXPECT_IN(qls_result_json(result, NULL), "\"cause\":\"internal\"");
    EXPECT_INT(length, strlen(qls_result_json(result, NULL)));
    EXPECT(strstr(qls_result_json(result, NULL), from.token) == NULL);
    EXPECT_INT(qls_result_component_count(result), 0);
    EXPECT_INT(qls_result_component(result, 0, NULL, NULL), QLS_VERDICT_UNKNOWN);
    EXPECT_INT(qls_result_is_allowed(result, asking_verdicts[0].component), 0);
    EXPECT_INT(qls_result_count(result, "/components"), 0);
    EXPECT_STR(qls_result_get(result, "/status"), "QLS_INTERNAL");
    EXPECT_STR(qls_result_get(result, "/status_code"), "9000");
    EXPECT_STR(qls_result_get(result, "/cause"), "internal");
    EXPECT_STR(qls_result_get(result, "/message"), qls_result_message(result));
    EXPECT_STR(qls_result_get(result, "/server"), "null");
    EXPECT_STR(qls_result_get(result, ""), qls_result_json(result, NULL));
    EXPECT_STR(qls_result_get(result, "/nothing"), NULL);
    qls_result_free(result);
    qls_result_free(result); /* it is static: freeing does nothing */
}

static void operations(const qls_client *client)
{
    qls_result *result;

    begin("qls_check");
    result = qls_check(client, from.token, ASKING_CONSUMERS);
    end();
    expect_broken_result(result);
    begin("qls_list");
    result = qls_list(client, from.token, NULL);
    end();
    expect_broken_result(result);
    begin("qls_diagnose");
    result = qls_diagnose(client, from.token);
    end();
    expect_broken_result(result);
    result = qls_check(client, from.token, ASKING_CONSUMERS);
    asking_expect_verdicts(result);
    qls_result_free(result);
}

static void accessors(const qls_client *client)
{
    const char *creator = asking_verdicts[0].component;
    qls_result *result = qls_check(client, from.token, ASKING_CONSUMERS);
    qls_result *refused = qls_check(client, "no-token-of-this-server", ASKING_CONSUMERS);
    const char *component = creator, *consumer = creator;
    size_t length = 1;

    asking_expect_verdicts(result);
    begin("qls_result_json");
    qls_result_json(result, &length);
    begin("qls_result_component");
    qls_result_component(result, 0, &component, &consumer);
    end();
    EXPECT_INT(length, 0); /* out-parameters are always set */
    EXPECT_STR(component, NULL);
    EXPECT_STR(consumer, NULL);
    BROKEN_INT(qls_result_status, qls_result_status(result), QLS_INTERNAL);
    BROKEN_INT(qls_result_http_status, qls_result_http_status(result), 0);
    BROKEN_STR(qls_result_message, qls_result_message(result), "");
    BROKEN_STR(qls_result_server_code, qls_result_server_code(refused), NULL);
    BROKEN_STR(qls_result_json, qls_result_json(result, NULL), "");
    BROKEN_INT(qls_result_component_count, qls_result_component_count(result), 0);
    BROKEN_INT(qls_result_component, qls_result_component(result, 0, NULL, NULL), QLS_VERDICT_UNKNOWN);
    BROKEN_INT(qls_result_is_allowed, qls_result_is_allowed(result, creator), 0);
    BROKEN_INT(qls_result_count, qls_result_count(result, "/components"), 0);
    BROKEN_STR(qls_result_get, qls_result_get(result, "/status"), NULL);
    begin("qls_result_free");
    qls_result_free(refused);
    end();
    EXPECT_INT(qls_result_http_status(refused), 401); /* the panic kept it from being freed */
    qls_result_free(refused);
    qls_result_free(result);
}

/* What qls_client_new() returns if even making a client failed. */
static void broken_client(void)
{
    qls_client *client;

    begin("qls_client_new");
    client = qls_client_new();
    end();
    EXPECT(client != NULL);
    EXPECT_INT(qls_client_set_server(client, from.server), QLS_INTERNAL);
    EXPECT_INT(qls_client_set_log(client, NULL, NULL, 0), QLS_INTERNAL);
    qls_client_cancel(client);
    for (int i = 0; i < 2; i++) {
        qls_result *result = i == 0 ? qls_check(client, from.token, ASKING_CONSUMERS) : qls_list(client, from.token, NULL);

        EXPECT_STATUS(result, QLS_INTERNAL);
        EXPECT_STR(qls_result_get(result, "/cause"), "internal");
        EXPECT_INT(qls_result_is_allowed(result, asking_verdicts[0].component), 0);
        qls_result_free(result);
    }
    qls_client_free(client);
    qls_client_free(client); /* it is static: freeing does nothing */
}

static void cancel_and_free(qls_client *client)
{
    qls_result *result;

    begin("qls_client_cancel");
    qls_client_cancel(client);
    end();
    begin("qls_client_free");
    qls_client_free(client);
    end();
    /* The panic kept both from being done. */
    result = qls_check(client, from.token, ASKING_CONSUMERS);
    asking_expect_verdicts(result);
    qls_result_free(result);
    qls_client_free(client);
}

int main(int argc, char **argv)
{
    qls_client *client;

    asking_start(&from, argc, argv);
    client = asking_client(&from);
    library_and_setters(client);
    operations(client);
    accessors(client);
    broken_client();
    cancel_and_free(client);
    return expect_exit_code();
}
