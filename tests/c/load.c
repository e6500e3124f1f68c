/* qls_precheck_load.c with every file that is no library for it, and then with one that is: what each function gives
 * meanwhile, that nothing is sent, and that what was made before stays safe.
 * usage: load SERVER-URL TOKEN-FILE LIBRARY [FILE CAUSE WORDS]...
 * Each FILE is refused with this cause, and its message has these words.
 */
#include "expect.h"
#include "asking.h"
#include "qls_precheck_load.h"

static void never(void *userdata, int32_t level, const char *line)
{
    (void)userdata;
    (void)level;
    EXPECT_STR(line, NULL);
}

/* A result that some function gave while nothing was loaded, with this cause and these words in its message. */
static void expect_unloaded(const qls_result *result, const char *cause, const char *words)
{
    static const char *const nothing[] = {"/operation", "/http_status", "/server_code", "/server", "/token_source"};
    const char *component = "unset", *consumer = "unset", *message = qls_result_message(result);
    const char *json = qls_result_json(result, NULL);
    size_t length = 0;

    EXPECT(result != NULL);
    EXPECT_STATUS(result, QLS_CONFIGURATION);
    EXPECT_IN(message, words);
    EXPECT(strlen(message) <= 2000);
    EXPECT_INT(qls_result_http_status(result), 0);
    EXPECT_STR(qls_result_server_code(result), NULL);
    EXPECT(qls_result_json(result, &length) == json);
    EXPECT_INT(length, strlen(json));
    EXPECT_IN(json, "\"status\":\"QLS_CONFIGURATION\",\"status_code\":1004,");
    EXPECT_STR(qls_result_get(result, ""), json);
    EXPECT_STR(qls_result_get(result, "/status"), "QLS_CONFIGURATION");
    EXPECT_STR(qls_result_get(result, "/status_code"), "1004");
    EXPECT_STR(qls_result_get(result, "/message"), message);
    EXPECT_STR(qls_result_get(result, "/cause"), cause);
    EXPECT_STR(qls_result_get(result, "/components"), "[]");
    EXPECT_STR(qls_result_get(result, "/licenses"), "[]");
    for (size_t i = 0; i < sizeof nothing / sizeof nothing[0]; i++) {
        EXPECT_STR(qls_result_get(result, nothing[i]), "null");
    }
    EXPECT_STR(qls_result_get(result, "/"), NULL);
    EXPECT_STR(qls_result_get(result, "status"), NULL);
    EXPECT_STR(qls_result_get(result, "/components/0"), NULL);
    EXPECT_STR(qls_result_get(result, NULL), NULL);
    EXPECT(qls_result_count(result, "") >= 12);
    EXPECT_INT(qls_result_count(result, "/components"), 0);
    EXPECT_INT(qls_result_count(result, NULL), 0);
    EXPECT_INT(qls_result_component_count(result), 0);
    EXPECT_INT(qls_result_component(result, 0, &component, &consumer), QLS_VERDICT_UNKNOWN);
    EXPECT_STR(component, NULL);
    EXPECT_STR(consumer, NULL);
    EXPECT_INT(qls_result_component(result, 0, NULL, NULL), QLS_VERDICT_UNKNOWN);
    EXPECT_INT(qls_result_is_allowed(result, "tools.creator"), 0);
    EXPECT_INT(qls_result_is_allowed(result, NULL), 0);
}

/* The operations, with a client and without. */
static void expect_unanswered(const qls_client *client, const asking *from, const char *cause, const char *words)
{
    qls_result *results[3];

    results[0] = qls_check(client, from->token, ASKING_CONSUMERS);
    results[1] = qls_list(client, NULL, NULL);
    results[2] = qls_diagnose(client, NULL);
    for (size_t i = 0; i < sizeof results / sizeof results[0]; i++) {
        expect_unloaded(results[i], cause, words);
        qls_result_free(results[i]);
    }
}

/* Every function while nothing is loaded. Returns the client, which stays of no use. */
static qls_client *expect_nothing_loaded(const asking *from, const char *cause, const char *words)
{
    qls_client *client = qls_client_new();

    EXPECT(client != NULL);
    EXPECT_INT(qls_client_set_server(client, from->server), QLS_CONFIGURATION);
    EXPECT_INT(qls_client_set_allow_plain_http(client, 0), QLS_CONFIGURATION);
    EXPECT_INT(qls_client_set_timeout_ms(client, 1000), QLS_CONFIGURATION);
    EXPECT_INT(qls_client_set_connect_timeout_ms(client, 1000), QLS_CONFIGURATION);
    EXPECT_INT(qls_client_set_retries(client, 0), QLS_CONFIGURATION);
    EXPECT_INT(qls_client_set_proxy(client, ""), QLS_CONFIGURATION);
    EXPECT_INT(qls_client_set_ca_file(client, NULL), QLS_CONFIGURATION);
    EXPECT_INT(qls_client_set_ca_pem(client, NULL), QLS_CONFIGURATION);
    EXPECT_INT(qls_client_set_trust(client, QLS_TRUST_SYSTEM), QLS_CONFIGURATION);
    EXPECT_INT(qls_client_set_user_agent(client, "Test/1"), QLS_CONFIGURATION);
    EXPECT_INT(qls_client_set_log(client, never, NULL, QLS_LOG_TRACE), QLS_CONFIGURATION);
    EXPECT_INT(qls_client_set_server(NULL, NULL), QLS_CONFIGURATION);
    expect_unanswered(client, from, cause, words);
    expect_unanswered(NULL, from, cause, words);
    qls_client_cancel(client);
    qls_client_cancel(NULL);

    EXPECT_INT(qls_result_status(NULL), QLS_INVALID_ARGUMENT);
    EXPECT_STR(qls_result_message(NULL), "");
    EXPECT_STR(qls_result_json(NULL, NULL), "");
    EXPECT_STR(qls_result_get(NULL, ""), NULL);
    EXPECT_INT(qls_result_count(NULL, ""), 0);
    qls_result_free(NULL);
    qls_client_free(NULL);

    EXPECT_STR(qls_status_name(QLS_OK), "QLS_OK");
    EXPECT_STR(qls_status_name(QLS_INTERNAL), "QLS_INTERNAL");
    EXPECT_STR(qls_status_name(12345), "QLS_UNKNOWN");
    EXPECT_IN(qls_status_text(QLS_CONFIGURATION), "license check");
    EXPECT_STR(qls_version(), "");
    EXPECT_INT(qls_abi_version(), 0);
    return client;
}

static void refuses(const char *path, const char *cause, const char *words, const asking *from)
{
    qls_result *refused = qls_load(path);

    expect_row = path != NULL ? path : "NULL";
    expect_unloaded(refused, cause, words);
    EXPECT_STR(qls_result_message(qls_load(path)), qls_result_message(refused)); /* again: the same */
    qls_client_free(expect_nothing_loaded(from, cause, words));
    qls_result_free(refused);
    expect_unloaded(refused, cause, words); /* kept for good: other threads may have the same one */
    expect_row = NULL;
}

static void a_long_path_stays_within_the_message(const asking *from)
{
    char *path = malloc(100001);

    require(path != NULL, "malloc");
    memset(path, 'x', 100000);
    path[100000] = '\0';
    refuses(path, "library-not-loaded", "xxxxxxx...\" was not loaded", from);
    EXPECT(strlen(qls_result_message(qls_load(path))) < 200);
#ifdef _WIN32
    memcpy(path, "C:/", 3);
#else
    path[0] = '/';
#endif
    refuses(path, "library-not-loaded", "xxxxxxx...\": ", from);
    refuses(path, "library-not-loaded", "has to be there", from);
    free(path);
    /* The message is UTF-8 and one line, whatever the path is. */
    refuses("a\xff\n\xed\xa0\x80" "b\"\\", "library-not-loaded", "\"a?\\n???b\"\\\" was not loaded", from);
    EXPECT_IN(qls_result_json(qls_load("a\"\\"), NULL), "\"message\":\"\\\"a\\\"\\\\\\\" was not loaded");
}

/* A path is shown as the library shows what comes from outside: with escapes for what could deceive a reader, and without
 * a token, which somebody gave in its place.
 */
static void a_path_neither_deceives_nor_tells_a_token(const asking *from)
{
    const char *cause = "library-not-loaded";

    refuses("J\xc3\xbcrgen\xe2\x80\xae\xf3\xa0\x81\x81", cause, "\"J\xc3\xbcrgen\\u{202e}\\u{e0041}\" was", from);
    refuses("a\r\n\t\033[2J", cause, "\"a\\r\\n\\t\\u{1b}[2J\" was", from);
    refuses("eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl", cause, "\"[token]\" was not loaded", from);
    refuses("/no where/eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl/a", cause, "\"/no where/[token]/a\"", from);
    refuses("a-eyJhbGciOiJSUzI1NiJ9", cause, "\"a-[token]\"", from);
    refuses("xeyJhbGciOiJSUzI1NiJ9", cause, "\"xeyJhbGciOiJSUzI1NiJ9\"", from);
    refuses("eyJhbGciOiJSUzI1.so", cause, "\"eyJhbGciOiJSUzI1.so\"", from);
}

static void answers(const char *path, const char *other, const asking *from, qls_client *early)
{
    qls_result *loaded = qls_load(path), *result;
    qls_client *client = asking_client(from);

    EXPECT_STATUS(loaded, QLS_OK);
    EXPECT_IN(qls_result_message(loaded), path);
    EXPECT_IN(qls_result_message(loaded), qls_version());
    EXPECT_STR(qls_result_get(loaded, "/cause"), "null");
    EXPECT_IN(qls_result_json(loaded, NULL), "\"status\":\"QLS_OK\",\"status_code\":0,");
    EXPECT_INT(qls_result_is_allowed(loaded, "tools.creator"), 0);
    EXPECT(qls_abi_version() >= QLS_ABI_VERSION);
    EXPECT(qls_load(path) == loaded);
    expect_unloaded(qls_load(other), "library-not-loaded", "another library is in use");
    expect_unloaded(qls_load(NULL), "library-not-loaded", "NULL");

    result = qls_check(client, from->token, ASKING_CONSUMERS);
    asking_expect_verdicts(result);
    qls_client_free(client);
    qls_result_free(result);

    /* Not a client with the defaults, which would send the token elsewhere. */
    expect_unanswered(early, from, "library-not-loaded", "make it after qls_load()");
    EXPECT_INT(qls_client_set_server(early, from->server), QLS_CONFIGURATION);
    qls_client_cancel(early);
    qls_client_free(early);
    qls_result_free(loaded);
}

int main(int argc, char **argv)
{
    asking from;
    qls_client *early;

    require(argc >= 4 && argc % 3 == 1, "usage: load SERVER-URL TOKEN-FILE LIBRARY [FILE CAUSE WORDS]...");
    asking_start(&from, 3, argv);
    early = expect_nothing_loaded(&from, "library-not-loaded", "did not call qls_load()");
    refuses(NULL, "library-not-loaded", "NULL", &from);
    refuses("", "library-not-loaded", "absolute", &from);
    for (int i = 4; i < argc; i += 3) {
        refuses(asking_path(argv[i]), argv[i + 1], argv[i + 2], &from);
    }
    a_long_path_stays_within_the_message(&from);
    a_path_neither_deceives_nor_tells_a_token(&from);
    answers(asking_path(argv[3]), argc > 4 ? argv[4] : "/elsewhere", &from, early);
    return expect_exit_code();
}
