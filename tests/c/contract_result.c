/* What the header promises about results: NULL results, indices out of range, the JSON and its pointers, and how long
 * texts live. The server's replies are written here byte for byte, so that every kind of value is in them.
 */
#include "expect.h"
#include "answering.h"

static qls_result *ask(const char *answer, const char *consumers)
{
    answering server;
    qls_client *client = qls_client_new();
    qls_result *result;

    answering_start(&server, answer);
    EXPECT_INT(qls_client_set_server(client, server.url), QLS_OK);
    result = consumers != NULL ? qls_check(client, "a-token", consumers) : qls_list(client, "a-token", NULL);
    EXPECT_STATUS(result, QLS_OK);
    qls_client_free(client); /* the result outlives its client */
    answering_stop(&server);
    return result;
}

static void accessors_accept_a_null_result(void)
{
    const char *component = "unset", *consumer = "unset";
    size_t length = 42;

    EXPECT_INT(qls_result_status(NULL), QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_result_http_status(NULL), 0);
    EXPECT_STR(qls_result_message(NULL), "");
    EXPECT_STR(qls_result_server_code(NULL), NULL);
    EXPECT_STR(qls_result_json(NULL, &length), "");
    EXPECT_INT(length, 0);
    EXPECT_STR(qls_result_json(NULL, NULL), "");
    EXPECT_INT(qls_result_component_count(NULL), 0);
    EXPECT_INT(qls_result_component(NULL, 0, &component, &consumer), QLS_VERDICT_UNKNOWN);
    EXPECT_STR(component, NULL);
    EXPECT_STR(consumer, NULL);
    EXPECT_INT(qls_result_component(NULL, SIZE_MAX, NULL, NULL), QLS_VERDICT_UNKNOWN);
    EXPECT_INT(qls_result_is_allowed(NULL, "9876"), 0);
    EXPECT_INT(qls_result_is_allowed(NULL, NULL), 0);
    EXPECT_INT(qls_result_count(NULL, ""), 0);
    EXPECT_STR(qls_result_get(NULL, ""), NULL);
    EXPECT_STR(qls_result_get(NULL, NULL), NULL);
    qls_result_free(NULL);
}

static void operations_never_return_null(void)
{
    qls_result *check = qls_check(NULL, NULL, NULL), *list = qls_list(NULL, "", "[]");

    EXPECT(check != NULL);
    EXPECT_STATUS(check, QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_result_http_status(check), 0);
    EXPECT_STR(qls_result_server_code(check), NULL);
    EXPECT(list != NULL);
    EXPECT_INT(qls_result_status(list) / 1000, 1);
    qls_result_free(check);
    qls_result_free(list);

    check = qls_check(NULL, "a-token", "[]"); /* a client with default settings, and no request */
    EXPECT_STATUS(check, QLS_OK);
    qls_result_free(check);
}

static void the_json_has_every_member_in_its_order(void)
{
    static const char *const members[] = {
        "operation", "status", "status_code", "http_status", "server_code", "message", "cause", "server",
        "token_source", "components", "licenses", "diagnosis",
    };
    static const size_t member_count = sizeof members / sizeof members[0];
    qls_result *results[2];

    results[0] = qls_check(NULL, "a-token", "[]"); /* a success */
    results[1] = qls_list(NULL, "a-token", "[]");  /* and a failure */
    for (size_t i = 0; i < 2; i++) {
        size_t length = 0;
        const char *json = qls_result_json(results[i], &length);
        const char *at = json;

        EXPECT_INT(strlen(json), length);
        EXPECT(qls_result_json(results[i], NULL) == json);
        EXPECT_STR(qls_result_get(results[i], ""), json); /* the whole outcome */
        EXPECT_INT(qls_result_count(results[i], ""), member_count);
        for (size_t m = 0; m < member_count && at != NULL; m++) {
            char quoted[32];
            snprintf(quoted, sizeof quoted, "\"%s\":", members[m]);
            at = strstr(at, quoted);
            expect_row = members[m];
            EXPECT(at != NULL);
        }
        expect_row = NULL;
    }
    EXPECT_STR(qls_result_get(results[0], "/operation"), "check");
    EXPECT_STR(qls_result_get(results[0], "/status"), "QLS_OK");
    EXPECT_STR(qls_result_get(results[0], "/status_code"), "0");
    EXPECT_STR(qls_result_get(results[0], "/components"), "[]");
    EXPECT_STR(qls_result_get(results[0], "/licenses"), "[]");
    EXPECT_STR(qls_result_get(results[0], "/server_code"), "null");
    EXPECT_STR(qls_result_get(results[1], "/operation"), "list");
    EXPECT_STR(qls_result_get(results[1], "/status"), "QLS_INVALID_ARGUMENT");
    EXPECT_STR(qls_result_get(results[1], "/status_code"), "1000");
    EXPECT_STR(qls_result_get(results[1], "/message"), qls_result_message(results[1]));
    qls_result_free(results[0]);
    qls_result_free(results[1]);
}

static void verdicts_stand_in_the_order_of_the_request(void)
{
    static const struct { const char *component, *consumer; qls_verdict verdict; int allowed; } rows[] = {
        {"tools.creator", "qtcreator", QLS_VERDICT_ALLOWED, 1},
        {"qt.framework", "qtframework", QLS_VERDICT_DENIED, 0},
        {"tools.creator", "qtcreator", QLS_VERDICT_ALLOWED, 1}, /* twice: one verdict, shown for each */
        {"tools.unanswered", "squish_tester", QLS_VERDICT_UNKNOWN, 0},
        {"mixed", "qtcreator", QLS_VERDICT_ALLOWED, 0}, /* two consumers: both must be allowed */
        {"mixed", "qtframework", QLS_VERDICT_DENIED, 0},
    };
    static const size_t row_count = sizeof rows / sizeof rows[0];
    qls_result *result = ask(
        ANSWER_200 "{\"status\":true,\"message\":\"Checked\",\"data\":["
        "{\"component_id\":\"mixed\",\"consumer_id\":\"qtframework\",\"installtion_allowed\":false},"
        "{\"component_id\":\"mixed\",\"consumer_id\":\"qtcreator\",\"installtion_allowed\":true},"
        "{\"component_id\":\"qt.framework\",\"consumer_id\":\"qtframework\",\"installtion_allowed\":false},"
        "{\"component_id\":\"tools.creator\",\"consumer_id\":\"qtcreator\",\"installtion_allowed\":true},"
        "{\"component_id\":\"never.requested\",\"consumer_id\":\"qtcreator\",\"installtion_allowed\":true}]}",
        "[{\"component_id\":\"tools.creator\",\"consumer_id\":\"qtcreator\"},"
        "{\"component_id\":\"qt.framework\",\"consumer_id\":\"qtframework\"},"
        "{\"component_id\":\"tools.creator\",\"consumer_id\":\"qtcreator\"},"
        "{\"component_id\":\"tools.unanswered\",\"consumer_id\":\"squish_tester\"},"
        "{\"component_id\":\"mixed\",\"consumer_id\":\"qtcreator\"},"
        "{\"component_id\":\"mixed\",\"consumer_id\":\"qtframework\"}]");
    const char *component = "unset", *consumer = "unset";
    char *huge = malloc(1000001);

    EXPECT_INT(qls_result_http_status(result), 200);
    EXPECT_STR(qls_result_message(result), "Checked");
    EXPECT_STR(qls_result_server_code(result), NULL);
    EXPECT_INT(qls_result_component_count(result), row_count);
    EXPECT_INT(qls_result_count(result, "/components"), row_count);
    for (size_t i = 0; i < row_count; i++) {
        EXPECT_INT(qls_result_component(result, i, &component, &consumer), rows[i].verdict);
        EXPECT_STR(component, rows[i].component);
        EXPECT_STR(consumer, rows[i].consumer);
        EXPECT_INT(qls_result_component(result, i, NULL, NULL), rows[i].verdict);
        EXPECT_INT(qls_result_is_allowed(result, rows[i].component), rows[i].allowed);
    }
    EXPECT_STR(qls_result_get(result, "/components/0/verdict"), "allowed");
    EXPECT_STR(qls_result_get(result, "/components/1/verdict"), "denied");
    EXPECT_STR(qls_result_get(result, "/components/3/verdict"), "unknown");

    EXPECT_INT(qls_result_component(result, row_count, &component, NULL), QLS_VERDICT_UNKNOWN);
    EXPECT_STR(component, NULL);
    EXPECT_INT(qls_result_component(result, SIZE_MAX, NULL, &consumer), QLS_VERDICT_UNKNOWN);
    EXPECT_STR(consumer, NULL);

    require(huge != NULL, "malloc");
    memset(huge, 'x', 1000000);
    huge[1000000] = '\0';
    EXPECT_INT(qls_result_is_allowed(result, huge), 0);
    EXPECT_STR(qls_result_get(result, huge), NULL);
    huge[0] = '/';
    EXPECT_STR(qls_result_get(result, huge), NULL);
    EXPECT_INT(qls_result_count(result, huge), 0);
    free(huge);

    EXPECT_INT(qls_result_is_allowed(result, NULL), 0);
    EXPECT_INT(qls_result_is_allowed(result, ""), 0);
    EXPECT_INT(qls_result_is_allowed(result, "\xff"), 0);
    EXPECT_INT(qls_result_is_allowed(result, "never.requested"), 0);
    EXPECT_INT(qls_result_is_allowed(result, "TOOLS.CREATOR"), 0);
    EXPECT_INT(qls_result_is_allowed(result, "tools.creator "), 0);
    qls_result_free(result);
}

static void pointers_reach_everything_and_nothing_else(void)
{
    static const struct { const char *pointer, *text; size_t count; } rows[] = {
        {"/licenses", NULL, 1}, /* a text too, checked below */
        {"/licenses/0/license_info", "{\"license_id\":\"10612076\",\"priority\":100}", 2},
        {"/licenses/0/license_info/license_id", "10612076", 0},
        {"/licenses/0/license_info/priority", "100", 0},
        {"/licenses/0/a~1b", "slash", 0},
        {"/licenses/0/m~0n", "tilde", 0},
        {"/licenses/0/~01", "tilde one", 0},
        {"/licenses/0/", "empty name", 0},
        {"/licenses/0/ ", "blank", 0},
        {"/licenses/0/\xc3\xa9", "accent", 0},
        {"/licenses/0/number", "123456789012345678901234567890", 0},
        {"/licenses/0/large", "1e400", 0},
        {"/licenses/0/true", "true", 0},
        {"/licenses/0/null", "null", 0},
        {"/licenses/0/text", "line\nbreak \"quoted\" \xc3\xa9\xf0\x9f\x98\x80", 0},
        {"/licenses/0/inside/nul", "\"a\\u0000b\"", 0}, /* decoded it would end early */
        {"/licenses/0/list", "[10,20,30]", 3},
        {"/licenses/0/list/0", "10", 0},
        {"/licenses/0/list/2", "30", 0},
        {"/licenses/0/object", "{\"0\":\"zero\"}", 1},
        {"/licenses/0/object/0", "zero", 0},
        {"/licenses/0/none", "[]", 0},
    };
    static const char *const absent[] = {
        "/", "/nope", "no-slash", "licenses", "#/licenses", " /licenses", "/licenses/", "/licenses/1",
        "/licenses/-", "/licenses/00", "/licenses/0/list/01", "/licenses/0/list/-", "/licenses/0/list/-1",
        "/licenses/0/list/+1", "/licenses/0/list/1x", "/licenses/0/list/3", "/licenses/0/list/",
        "/licenses/0/list/18446744073709551616", "/licenses/0/list/0/0", "/licenses/0/text/0",
        "/licenses/0/a/b", "/licenses/0/m~n", "/licenses/0/m~", "/licenses/0/m~2n", "/licenses/0/LIST",
        "/licenses/0/object/00", "/licenses/0/\xff", "/components/01", "/components/-", "/components/0",
        "/status/0",
    };
    qls_result *result = ask(
        ANSWER_200 "{\"status\":true,\"message\":\"Fetched\",\"licenses\":[{"
        "\"license_info\":{\"license_id\":\"10612076\",\"priority\":100},\"a/b\":\"slash\",\"m~n\":\"tilde\","
        "\"~1\":\"tilde one\",\"\":\"empty name\",\" \":\"blank\",\"\xc3\xa9\":\"accent\","
        "\"number\":123456789012345678901234567890,\"large\":1e400,\"true\":true,\"null\":null,"
        "\"text\":\"line\\nbreak \\\"quoted\\\" \\u00e9\\ud83d\\ude00\",\"inside\":{\"nul\":\"a\\u0000b\"},"
        "\"list\":[10,20,30],\"object\":{\"0\":\"zero\"},\"none\":[]}]}", NULL);
    char again[64];

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *text = qls_result_get(result, rows[i].pointer);
        expect_row = rows[i].pointer;
        EXPECT(text != NULL);
        if (rows[i].text != NULL) {
            EXPECT_STR(text, rows[i].text);
        }
        EXPECT_INT(qls_result_count(result, rows[i].pointer), rows[i].count);
        /* A pointer in another buffer: the text is the same. */
        snprintf(again, sizeof again, "%s", rows[i].pointer);
        EXPECT(qls_result_get(result, again) == text);
    }
    for (size_t i = 0; i < sizeof absent / sizeof absent[0]; i++) {
        expect_row = absent[i];
        EXPECT_STR(qls_result_get(result, absent[i]), NULL);
        EXPECT_INT(qls_result_count(result, absent[i]), 0);
    }
    expect_row = NULL;
    EXPECT_STR(qls_result_get(result, NULL), NULL);
    EXPECT_INT(qls_result_count(result, NULL), 0);
    EXPECT_IN(qls_result_json(result, NULL), qls_result_get(result, "/licenses"));
    EXPECT_INT(qls_result_component_count(result), 0);
    qls_result_free(result);
}

static void the_servers_code_and_message_are_kept(void)
{
    answering server;
    qls_client *client = qls_client_new();
    qls_result *result;

    answering_start(&server, "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"
                             "{\"status\":false,\"code\":\"1234\",\"message\":\"Bad request\"}");
    EXPECT_INT(qls_client_set_server(client, server.url), QLS_OK);
    result = qls_list(client, "a-token", NULL);
    EXPECT_STATUS(result, QLS_BAD_REQUEST);
    EXPECT_INT(qls_result_http_status(result), 400);
    EXPECT_STR(qls_result_server_code(result), "1234");
    EXPECT_STR(qls_result_get(result, "/server_code"), "1234");
    EXPECT_IN(qls_result_message(result), "Bad request");
    qls_result_free(result);
    qls_client_free(client);
    answering_stop(&server);
}

int main(void)
{
    accessors_accept_a_null_result();
    operations_never_return_null();
    the_json_has_every_member_in_its_order();
    verdicts_stand_in_the_order_of_the_request();
    pointers_reach_everything_and_nothing_else();
    the_servers_code_and_message_are_kept();
    return expect_exit_code();
}
