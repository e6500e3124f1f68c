/* What the header promises about the library and the client: names and texts for any integer, NULL clients, what
 * setters refuse, and that a client with a refused setting sends nothing until the same setter succeeds.
 */
#include "expect.h"
#include "answering.h"

#define CONSUMERS "[{\"consumer_id\":\"qtcreator\",\"component_id\":\"9876\"}]"

static void the_library_names_itself(void)
{
    EXPECT(qls_version() != NULL && qls_version()[0] >= '0' && qls_version()[0] <= '9');
    EXPECT_INT(qls_abi_version(), QLS_ABI_VERSION);
}

static void every_status_has_its_number_name_and_text(void)
{
#define STATUS(name, number) {name, number, #name}
    static const struct { int32_t constant, number; const char *name; } rows[] = {
        STATUS(QLS_OK, 0),
        STATUS(QLS_INVALID_ARGUMENT, 1000),
        STATUS(QLS_INVALID_CONSUMERS, 1001),
        STATUS(QLS_INVALID_TOKEN, 1002),
        STATUS(QLS_TOKEN_NOT_FOUND, 1003),
        STATUS(QLS_CONFIGURATION, 1004),
        STATUS(QLS_RESOLVE_FAILED, 2000),
        STATUS(QLS_CONNECT_FAILED, 2001),
        STATUS(QLS_PROXY_FAILED, 2002),
        STATUS(QLS_TLS_UNTRUSTED, 2003),
        STATUS(QLS_TLS_FAILED, 2004),
        STATUS(QLS_TIMEOUT, 2005),
        STATUS(QLS_CANCELLED, 2006),
        STATUS(QLS_CONNECTION_LOST, 2007),
        STATUS(QLS_REJECTED, 3000),
        STATUS(QLS_BAD_REQUEST, 3001),
        STATUS(QLS_UNAUTHORIZED, 3002),
        STATUS(QLS_NOT_FOUND, 3003),
        STATUS(QLS_RATE_LIMITED, 3004),
        STATUS(QLS_SERVER_ERROR, 3005),
        STATUS(QLS_UNEXPECTED_REPLY, 3006),
        STATUS(QLS_REPLY_TOO_LARGE, 3007),
        STATUS(QLS_INTERNAL, 9000),
    };
#undef STATUS
    static const int32_t unknown[] = {INT32_MIN, -1, 1, 42, 999, 1005, 2999, 3999, 9001, INT32_MAX};

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *text = qls_status_text(rows[i].number);
        expect_row = rows[i].name;
        EXPECT_INT(rows[i].constant, rows[i].number);
        EXPECT_STR(qls_status_name(rows[i].number), rows[i].name);
        EXPECT(text != NULL && text[0] != '\0');
        EXPECT(qls_status_text(rows[i].number) == text); /* static: the same one every time */
    }
    expect_row = NULL;
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        const char *name = qls_status_name(unknown[i]), *text = qls_status_text(unknown[i]);
        EXPECT(name != NULL && name[0] != '\0');
        EXPECT(text != NULL && text[0] != '\0');
        for (size_t known = 0; name != NULL && known < sizeof rows / sizeof rows[0]; known++) {
            EXPECT(strcmp(name, rows[known].name) != 0);
        }
    }
}

static void a_null_client_is_refused_by_setters_and_freed_without_effect(void)
{
    qls_client_free(NULL);
    qls_result_free(NULL);
    EXPECT_INT(qls_client_set_server(NULL, "http://127.0.0.1"), QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_allow_plain_http(NULL, 1), QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_timeout_ms(NULL, 1000), QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_connect_timeout_ms(NULL, 1000), QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_user_agent(NULL, "Example/1.0"), QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_retries(NULL, 1), QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_proxy(NULL, ""), QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_ca_file(NULL, "ca.pem"), QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_ca_pem(NULL, "-----BEGIN"), QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_trust(NULL, QLS_TRUST_SYSTEM), QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_log(NULL, NULL, NULL, QLS_LOG_INFO), QLS_INVALID_ARGUMENT);
    qls_client_cancel(NULL);
}

/* Makes one check and one list: both must end with `expected`. */
#define expect_both(client, expected) expect_both_at(__LINE__, (client), (expected))
static void expect_both_at(int line, const qls_client *client, qls_status expected)
{
    qls_result *check = qls_check(client, "a-token", CONSUMERS);
    qls_result *list = qls_list(client, "a-token", NULL);

    expect_caller = line;
    EXPECT_STATUS(check, expected);
    EXPECT_STATUS(list, expected);
    if (expected < 3000) {
        EXPECT_INT(qls_result_http_status(check), 0);
        EXPECT_INT(qls_result_http_status(list), 0);
    }
    EXPECT_STR(qls_result_get(check, "/status"), qls_status_name(expected));
    EXPECT(qls_result_message(check)[0] != '\0');
    EXPECT_INT(qls_result_is_allowed(check, "9876"), 0);
    expect_caller = 0;
    qls_result_free(check);
    qls_result_free(list);
}

static void ignore_line(void *userdata, int32_t level, const char *message)
{
    (void)userdata, (void)level, (void)message;
}

/* For each setter: when it refuses and that is ignored, calls are stopped; when it succeeds, they go through again. */
static void a_refused_setting_stops_the_client_until_it_is_mended(void)
{
    answering server;
    qls_client *client = qls_client_new();
    qls_result *first, *second;

    answering_start(&server, ANSWER_400);
    EXPECT_INT(qls_client_set_server(client, server.url), QLS_OK);
    expect_both(client, QLS_BAD_REQUEST);
    EXPECT_INT(answering_connections(&server), 2);

    EXPECT_INT(qls_client_set_timeout_ms(client, 0), QLS_INVALID_ARGUMENT);
    expect_both(client, QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_timeout_ms(client, UINT32_MAX), QLS_OK);
    expect_both(client, QLS_BAD_REQUEST);
    EXPECT_INT(answering_connections(&server), 2);

    EXPECT_INT(qls_client_set_connect_timeout_ms(client, 0), QLS_INVALID_ARGUMENT);
    expect_both(client, QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_connect_timeout_ms(client, UINT32_MAX), QLS_OK);
    expect_both(client, QLS_BAD_REQUEST);
    EXPECT_INT(answering_connections(&server), 2);

    EXPECT_INT(qls_client_set_user_agent(client, "Example\r\nX-Injected: 1"), QLS_INVALID_ARGUMENT);
    expect_both(client, QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_user_agent(client, "\xff\xfe"), QLS_INVALID_ARGUMENT);
    expect_both(client, QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_user_agent(client, "ExampleInstaller/1.2"), QLS_OK);
    EXPECT_INT(qls_client_set_user_agent(client, NULL), QLS_OK); /* the default again */
    expect_both(client, QLS_BAD_REQUEST);
    EXPECT_INT(answering_connections(&server), 2);

    EXPECT_INT(qls_client_set_proxy(client, "gopher://127.0.0.1"), QLS_INVALID_ARGUMENT);
    expect_both(client, QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_proxy(client, ""), QLS_OK);
    EXPECT_INT(qls_client_set_ca_file(client, ""), QLS_INVALID_ARGUMENT);
    expect_both(client, QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_ca_file(client, NULL), QLS_OK);
    EXPECT_INT(qls_client_set_ca_pem(client, ""), QLS_INVALID_ARGUMENT);
    expect_both(client, QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_ca_pem(client, NULL), QLS_OK);
    EXPECT_INT(qls_client_set_trust(client, 2), QLS_INVALID_ARGUMENT);
    expect_both(client, QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_trust(client, QLS_TRUST_SYSTEM), QLS_OK);
    EXPECT_INT(qls_client_set_log(client, ignore_line, NULL, 6), QLS_INVALID_ARGUMENT);
    expect_both(client, QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_log(client, NULL, NULL, 6), QLS_OK); /* no log: its level does not matter */
    expect_both(client, QLS_BAD_REQUEST);
    EXPECT_INT(answering_connections(&server), 2);

    /* After the refused address the earlier, good one is not used either. */
    EXPECT_INT(qls_client_set_server(client, "ftp://127.0.0.1"), QLS_INVALID_ARGUMENT);
    expect_both(client, QLS_INVALID_ARGUMENT);

    /* The success of another setter changes nothing, and every call gives the same reason. */
    EXPECT_INT(qls_client_set_user_agent(client, "ExampleInstaller/1.2"), QLS_OK);
    first = qls_check(client, "a-token", CONSUMERS);
    second = qls_check(client, "a-token", CONSUMERS);
    EXPECT_STATUS(first, QLS_INVALID_ARGUMENT);
    EXPECT_STR(qls_result_message(first), qls_result_message(second));
    qls_result_free(first);
    qls_result_free(second);

    /* Two refused settings: when one setter succeeds, the other one still stops the client. */
    EXPECT_INT(qls_client_set_timeout_ms(client, 0), QLS_INVALID_ARGUMENT);
    EXPECT_INT(qls_client_set_server(client, server.url), QLS_OK);
    expect_both(client, QLS_INVALID_ARGUMENT);
    EXPECT_INT(answering_connections(&server), 0);
    EXPECT_INT(qls_client_set_timeout_ms(client, 30000), QLS_OK);
    expect_both(client, QLS_BAD_REQUEST);
    EXPECT_INT(answering_connections(&server), 2);

    qls_client_free(client);
    answering_stop(&server);
}

static void addresses_are_checked_when_they_are_set(void)
{
    static const char *const refused[] = {
        "", " ", "127.0.0.1", "qls.qt.io", "//qls.qt.io", "http:", "http://", "https://", "https:///path",
        "ftp://127.0.0.1", "file:///etc/passwd",
        "http://127.0.0.1:", "http://127.0.0.1:0", "http://127.0.0.1:65536", "http://127.0.0.1:99999",
        "http://127.0.0.1:-1", "http://127.0.0.1:http", "http://[::1]:0", "https://qls.qt.io:/path",
        "http://user@127.0.0.1", "http://user:password@127.0.0.1", "http://:@127.0.0.1",
        "http://127.0.0.1/?query=1", "http://127.0.0.1?query", "http://127.0.0.1/#part",
        "http://127.0.0.1#part",
        "http://127.0.0.1\r\n", "http://127.0.0.1/a\r\nX-Injected: 1", "http://127.0.0.1/a\nb",
        "http://127.0.0.1 ", " http://127.0.0.1", "http://127.0.0.1/a b", "http://127.0 .0.1",
        "http://127.0.0.1/\xff",
    };
    static const char *const accepted[] = {
        "https://qls.qt.io", "https://qls.qt.io/", "https://qls.qt.io.", "HTTPS://QLS.QT.IO:443",
        "https://licenses.example.com:8080/qls", "https://licenses.example.com/a/b/",
        "http://127.0.0.1:65535", "http://[::1]", "http://[::1]:8080/qls", "http://localhost",
    };
    qls_client *client = qls_client_new();

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        expect_row = refused[i];
        EXPECT_INT(qls_client_set_server(client, refused[i]), QLS_INVALID_ARGUMENT);
        expect_both(client, QLS_INVALID_ARGUMENT);
    }
    for (size_t i = 0; i < sizeof accepted / sizeof accepted[0]; i++) {
        expect_row = accepted[i];
        EXPECT_INT(qls_client_set_server(client, accepted[i]), QLS_OK);
    }
    expect_row = NULL;
    EXPECT_INT(qls_client_set_server(client, NULL), QLS_OK); /* the default again */
    qls_client_free(client);
}

/* Every other test shows that plain http to loopback is always allowed. */
static void plain_http_needs_a_permission(void)
{
    qls_client *client = qls_client_new();
    qls_result *result;

    EXPECT_INT(qls_client_set_server(client, "http://licenses.example.com"), QLS_OK); /* syntax only */
    expect_both(client, QLS_CONFIGURATION);

    /* No host has this address (RFC 5737), so the token is not sent anywhere when plain http is allowed. */
    EXPECT_INT(qls_client_set_server(client, "http://192.0.2.1"), QLS_OK);
    expect_both(client, QLS_CONFIGURATION);
    EXPECT_INT(qls_client_set_allow_plain_http(client, -1), QLS_OK); /* every number but 0 is true */
    EXPECT_INT(qls_client_set_timeout_ms(client, 300), QLS_OK);
    result = qls_check(client, "a-token", CONSUMERS);
    EXPECT(qls_result_status(result) != QLS_CONFIGURATION); /* which other status depends on the network here */
    qls_result_free(result);
    EXPECT_INT(qls_client_set_allow_plain_http(client, 0), QLS_OK);
    expect_both(client, QLS_CONFIGURATION);
    qls_client_free(client);
}

int main(void)
{
    the_library_names_itself();
    every_status_has_its_number_name_and_text();
    a_null_client_is_refused_by_setters_and_freed_without_effect();
    a_refused_setting_stops_the_client_until_it_is_mended();
    addresses_are_checked_when_they_are_set();
    plain_http_needs_a_permission();
    return expect_exit_code();
}
