/* What the header promises about arguments of operations: which tokens, consumers and further members are sent, which
 * are refused before anything is sent, and which place a message names.
 */
#include "expect.h"
#include "answering.h"

#define TOKEN "a-token"
#define CONSUMERS "[{\"consumer_id\":\"qtcreator\",\"component_id\":\"9876\"}]"
/* A complete consumer, with the members that a test tries; `members` starts with a comma. */
#define WITH(members) "[{\"consumer_id\":\"qtcreator\",\"component_id\":\"9876\"" members "}]"

/* Expects how an operation ended. It was sent if the status is QLS_BAD_REQUEST, since that is the server's only
 * answer. Frees the result.
 */
static void expect_end(int line, answering *server, qls_result *result, qls_status expected)
{
    expect_caller = line;
    EXPECT_STATUS(result, expected);
    EXPECT_INT(answering_connections(server), expected == QLS_BAD_REQUEST ? 1 : 0);
    EXPECT_INT(qls_result_http_status(result), expected == QLS_BAD_REQUEST ? 400 : 0);
    EXPECT_INT(qls_result_is_allowed(result, "9876"), 0);
    expect_caller = 0;
    qls_result_free(result);
}
#define expect_check(server, client, token, consumers, expected) \
    expect_end(__LINE__, (server), qls_check((client), (token), (consumers)), (expected))
#define expect_list(server, client, token, extra, expected) \
    expect_end(__LINE__, (server), qls_list((client), (token), (extra)), (expected))

/* The string `unit` repeated `count` times, between two other strings; the caller frees it. */
static char *repeated(const char *before, const char *unit, size_t count, const char *after)
{
    size_t unit_size = strlen(unit), before_size = strlen(before);
    char *text = malloc(before_size + count * unit_size + strlen(after) + 1);

    require(text != NULL, "malloc");
    memcpy(text, before, before_size);
    for (size_t i = 0; i < count; i++) {
        memcpy(text + before_size + i * unit_size, unit, unit_size);
    }
    strcpy(text + before_size + count * unit_size, after);
    return text;
}

static void damaged_tokens_are_refused_and_never_shown(answering *server, const qls_client *client)
{
    static const char *const refused[] = {
        "", "secret-part\r", "secret-part\n", "secret-part\r\nX-Injected: 1", "secret\tpart",
        "secret\001part", "secret-part\177", "secret-part-\xc3\xa9", " secret-part",
        "secret-part ", "secret part", "secret-part\xff", "Bearer secret-part",
    };
    char *longest = repeated("", "s", 32 * 1024, ""), *too_long = repeated("", "s", 32 * 1024 + 1, "");

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        qls_result *result = qls_check(client, refused[i], CONSUMERS);
        expect_row = refused[i];
        EXPECT_STATUS(result, QLS_INVALID_TOKEN);
        EXPECT(strstr(qls_result_json(result, NULL), "secret") == NULL);
        EXPECT(strstr(qls_result_message(result), "secret") == NULL);
        qls_result_free(result);
        expect_list(server, client, refused[i], NULL, QLS_INVALID_TOKEN);
    }
    expect_row = NULL;
    expect_check(server, client, too_long, CONSUMERS, QLS_INVALID_TOKEN);
    expect_check(server, client, longest, CONSUMERS, QLS_BAD_REQUEST);
    expect_check(server, client, "no-jwt-at-all", CONSUMERS, QLS_BAD_REQUEST);
    free(longest);
    free(too_long);
}

/* Changes the environment. That is safe: the only other thread is the server's, which does not read it. */
static void without_a_token_the_signed_in_account_is_taken(answering *server, const qls_client *client)
{
    qls_client *foreign = qls_client_new();
    qls_result *result;

    require(setenv("HOME", "/nonexistent", 1) == 0, "setenv");
    require(setenv("APPDATA", "/nonexistent", 1) == 0, "setenv");
    require(unsetenv("XDG_DATA_HOME") == 0, "unsetenv");
    require(unsetenv("QT_INSTALLER_JWT_TOKEN") == 0, "unsetenv");
    expect_check(server, client, NULL, CONSUMERS, QLS_TOKEN_NOT_FOUND);
    expect_list(server, client, NULL, NULL, QLS_TOKEN_NOT_FOUND);

    require(setenv("QT_INSTALLER_JWT_TOKEN", "secret-part", 1) == 0, "setenv");
    result = qls_check(client, NULL, CONSUMERS);
    EXPECT_STATUS(result, QLS_BAD_REQUEST);
    EXPECT_STR(qls_result_get(result, "/token_source"), "environment");
    EXPECT_INT(answering_connections(server), 1);
    qls_result_free(result);
    result = qls_check(client, TOKEN, CONSUMERS);
    EXPECT_STATUS(result, QLS_BAD_REQUEST);
    EXPECT_STR(qls_result_get(result, "/token_source"), "argument");
    EXPECT_INT(answering_connections(server), 1);
    qls_result_free(result);

    EXPECT_INT(qls_client_set_server(foreign, "https://licenses.example.com"), QLS_OK);
    result = qls_check(foreign, NULL, CONSUMERS);
    EXPECT_STATUS(result, QLS_TOKEN_NOT_FOUND);
    EXPECT_STR(qls_result_get(result, "/cause"), "account-token-foreign-server");
    EXPECT(strstr(qls_result_json(result, NULL), "secret-part") == NULL);
    qls_result_free(result);
    qls_client_free(foreign);
    require(unsetenv("QT_INSTALLER_JWT_TOKEN") == 0, "unsetenv");
}

static void consumers_are_read_strictly(answering *server, const qls_client *client)
{
    static const char *const refused[] = {
        "", " ", "nonsense", "null", "true", "1", "\"text\"", "{}", "[1]", "[null]", "[[]]", "[{}]",
        "[", "[{]", "[{}", CONSUMERS "x", CONSUMERS CONSUMERS, CONSUMERS ",", "\xef\xbb\xbf" CONSUMERS,
        "[[\"qtcreator\",\"9876\"]]", /* an array in place of an object */
        "[{\"consumer_id\":\"qtcreator\"}]", "[{\"component_id\":\"9876\"}]",
        "[{\"consumer_id\":\"\",\"component_id\":\"9876\"}]",
        "[{\"consumer_id\":\"qtcreator\",\"component_id\":\"\"}]",
        "[{\"consumer_id\":\"qtcreator\",\"component_id\":9876}]",
        "[{\"consumer_id\":null,\"component_id\":\"9876\"}]",
        WITH(",\"consumer_version\":6"), WITH(",\"consumer_version\":null"),
        WITH(",\"consumer_installation_schema\":true"), WITH(",\"consumer_supported_features\":[]"),
        WITH(",\"consumer_build_timestamp\":20241212"),
        WITH(",\"consumer_id\":\"qtcreator\""), WITH(",\"consumer\\u005fid\":\"other\""),
        "[{\"consumer_id\":\"\\ud800\",\"component_id\":\"9876\"}]",
        "[{\"consumer_id\":\"qt\\u0000\",\"component_id\":\"9876\"}]", WITH(",\"\\udc00\":1"),
        WITH(",\"further\":01"), WITH(",\"further\":'x'"), WITH(","), WITH(",\"further\":NaN"),
        "{\"consumers\":1}", "{\"consumers\":{}}", "{\"consumers\":null}", "{\"user_id\":\"x\"}",
        "{\"consumers\":[],\"consumers\":" CONSUMERS "}",
        "{\"operation\":\"check\",\"consumers\":" CONSUMERS "}",
        "{\"operation\":\"list\",\"consumers\":[]}",
    };
    static const char *const sent[] = {
        CONSUMERS, " \r\n\t" CONSUMERS "\n",
        WITH(",\"consumer_version\":\"6.0.1\",\"consumer_installation_schema\":\"commercial\","
             "\"consumer_supported_features\":\"host_platform, target_platform\","
             "\"consumer_build_timestamp\":\"2024-12-12\""),
        WITH(",\"consumer_version\":\"\",\"consumer_build_timestamp\":\"\""),
        WITH(",\"number\":123456789012345678901234567890,\"large\":1e400,\"none\":null"),
        WITH(",\"further\":1,\"further\":1"), "{\"user_id\":1,\"user_id\":1,\"consumers\":" CONSUMERS "}",
        WITH(",\"inside\":{\"twice\":1,\"twice\":\"\\ud800\",\"nul\":\"\\u0000\"}"), /* not ours to judge */
        WITH(",\"further\":1,\"further\":1"), "{\"user_id\":1,\"user_id\":1,\"consumers\":" CONSUMERS "}",
        "[{\"consumer_id\":\"qtcr\\u00e9ator\",\"component_id\":\"\xc3\xa9\xf0\x9f\x98\x80\"}]",
        "{\"consumers\":" CONSUMERS "}",
        "{\"user_id\":\"x\",\"consumers\":" CONSUMERS ",\"further\":{\"a\":[1]}}",
    };

    expect_check(server, client, TOKEN, NULL, QLS_INVALID_ARGUMENT);
    expect_check(server, client, TOKEN, "[{\"consumer_id\":\"\xff\",\"component_id\":\"9876\"}]",
                 QLS_INVALID_ARGUMENT);
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        expect_row = refused[i];
        expect_check(server, client, TOKEN, refused[i], QLS_INVALID_CONSUMERS);
    }
    for (size_t i = 0; i < sizeof sent / sizeof sent[0]; i++) {
        expect_row = sent[i];
        expect_check(server, client, TOKEN, sent[i], QLS_BAD_REQUEST);
    }
    expect_row = NULL;
}

static void a_message_names_the_place(const qls_client *client)
{
    static const struct { const char *consumers, *message; } rows[] = {
        {"[{\"consumer_id\":\"a\",\"component_id\":\"b\"},"
         "{\"consumer_id\":\"a\",\"component_id\":\"b\",\"consumer_version\":6}]",
         "consumers[1].consumer_version: expected a string, found a number"},
        {"{\"consumers\":[{\"consumer_id\":[],\"component_id\":\"b\"}]}", "consumers[0].consumer_id"},
        {"[{\"consumer_id\":\"a\",\"component_id\":\"\"}]", "consumers[0].component_id"},
        {"[{\"consumer_id\":\"a\",\"component_id\":\"b\"},{\"consumer_id\":\"a\"}]", "consumers[1]"},
        {"[{\"consumer_id\":\"a\",\"component_id\":\"b\"},7]", "consumers[1]"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        qls_result *result = qls_check(client, TOKEN, rows[i].consumers);
        EXPECT_STATUS(result, QLS_INVALID_CONSUMERS);
        EXPECT_IN(qls_result_message(result), rows[i].message);
        EXPECT_STR(qls_result_get(result, "/message"), qls_result_message(result));
        qls_result_free(result);
    }
}

static void an_empty_list_succeeds_without_a_request(answering *server, const qls_client *client)
{
    static const char *const empty[] = {
        "[]", " [ ] ", "{\"consumers\":[]}", "{\"user_id\":\"x\",\"consumers\":[]}",
    };

    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++) {
        qls_result *result = qls_check(client, TOKEN, empty[i]);
        expect_row = empty[i];
        EXPECT_STATUS(result, QLS_OK);
        EXPECT_INT(qls_result_http_status(result), 0);
        EXPECT_INT(qls_result_component_count(result), 0);
        EXPECT_INT(answering_connections(server), 0);
        qls_result_free(result);
    }
    expect_row = NULL;
}

static void huge_and_deep_inputs_end_in_a_status(answering *server, const qls_client *client)
{
    static const size_t limit = (size_t)64 * 1024 * 1024;
#define UP_TO_FURTHER "[{\"consumer_id\":\"a\",\"component_id\":\"b\",\"further\":"
    static const struct { const char *before, *unit, *after; size_t count; qls_status expected; } rows[] = {
        {"", "[", "", 100000, QLS_INVALID_CONSUMERS},
        {"", "{\"consumers\":", "", 100000, QLS_INVALID_CONSUMERS},
        {UP_TO_FURTHER, "[", "", 100000, QLS_INVALID_CONSUMERS},
        {UP_TO_FURTHER, "{\"a\":", "", 100000, QLS_INVALID_CONSUMERS},
        {UP_TO_FURTHER "\"", "x", "\"}]", 1000000, QLS_BAD_REQUEST},
        {"[", "{\"consumer_id\":\"qtcreator\",\"component_id\":\"9876\"},",
         "{\"consumer_id\":\"a\",\"component_id\":\"b\"}]", 100000, QLS_BAD_REQUEST},
    };
#undef UP_TO_FURTHER
    char *text;

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        text = repeated(rows[i].before, rows[i].unit, rows[i].count, rows[i].after);
        expect_row = rows[i].unit;
        expect_check(server, client, TOKEN, text, rows[i].expected);
        free(text);
    }
    expect_row = NULL;
    text = repeated("[", " ", limit - 2, "]");
    expect_check(server, client, TOKEN, text, QLS_OK);
    free(text);
    text = repeated("[", " ", limit - 1, "]");
    expect_check(server, client, TOKEN, text, QLS_INVALID_CONSUMERS);
    free(text);
    text = repeated("", "[", 100000, "");
    expect_list(server, client, TOKEN, text, QLS_INVALID_ARGUMENT);
    free(text);
}

static void further_members_of_list_are_an_object(answering *server, const qls_client *client)
{
    static const char *const refused[] = {
        "", "nonsense", "null", "[]", "\"text\"", "{} {}", "{\"operation\":\"check\"}",
        "{\"opera\\u0074ion\":1}", "\xef\xbb\xbf{}", "{\"a\":\"\xff\"}",
        "{\"\\ud800\":1}", "{\"a\":1",
    };
    static const char *const sent[] = {
        NULL, "{}", " {} ", "{\"user_id\":\"x\"}", "{\"number\":1e400,\"inside\":{\"twice\":1,\"twice\":2}}",
        "{\"a\":1,\"a\":1}",
    };

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        expect_row = refused[i];
        expect_list(server, client, TOKEN, refused[i], QLS_INVALID_ARGUMENT);
    }
    for (size_t i = 0; i < sizeof sent / sizeof sent[0]; i++) {
        expect_row = sent[i];
        expect_list(server, client, TOKEN, sent[i], QLS_BAD_REQUEST);
    }
    expect_row = NULL;
}

int main(void)
{
    answering server;
    qls_client *client = qls_client_new();

    answering_start(&server, ANSWER_400);
    EXPECT_INT(qls_client_set_server(client, server.url), QLS_OK);
    EXPECT_INT(qls_client_set_timeout_ms(client, 600000), QLS_OK); /* 64 MiB are read, and Valgrind is slow */
    EXPECT_INT(qls_client_set_connect_timeout_ms(client, 60000), QLS_OK);
    damaged_tokens_are_refused_and_never_shown(&server, client);
    without_a_token_the_signed_in_account_is_taken(&server, client);
    consumers_are_read_strictly(&server, client);
    a_message_names_the_place(client);
    an_empty_list_succeeds_without_a_request(&server, client);
    huge_and_deep_inputs_end_in_a_status(&server, client);
    further_members_of_list_are_an_object(&server, client);
    qls_client_free(client);
    answering_stop(&server);
    return expect_exit_code();
}
