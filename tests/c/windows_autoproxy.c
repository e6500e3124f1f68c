/* Proxies that a script chooses: one that the Internet Options name, and one that the network has.
 * usage: windows_autoproxy [WINHTTP-DLL]
 * Without the argument Wine's own WinHTTP is asked, though a DLL of that name may lie beside the program. With it the
 * stand-in of winhttp.c is, which tells all that a script says.
 */
#include "expect.h"
#include "proxy_scripts.h"

static void a_script_decides_by_host_and_url(void)
{
    script chooses, needless;
    qls_client *client;
    qls_result *result;

    script_start(&chooses, "if (url == 'https://licenses.invalid/') return 'PROXY $1';"
                           "if (host == 'others.invalid' && url.substring(0, 5) == 'http:') return 'PROXY $2';"
                           "if (url == 'https://others.invalid:8443/') return 'PROXY $2';"
                           "return 'DIRECT';");
    set_text("AutoConfigURL", chooses.url);
    expect_way(SERVER, &first);
    expect_way("https://LICENSES.invalid/a/path", &first);
    expect_way("https://others.invalid:8443", &second);
    expect_way("https://others.invalid", NULL);
    result = ask(SERVER);
    EXPECT_IN(qls_result_message(result), "(named by the script ");
    EXPECT_IN(qls_result_message(result), chooses.url);
    qls_result_free(result);
    EXPECT(answering_connections(&chooses.server) > 0);
    script_stop(&chooses);

    /* What the program, the environment or loopback decides needs no script. */
    script_start(&needless, "return 'PROXY $1';");
    set_text("AutoConfigURL", needless.url);
    answering_connections(&second);
    client = client_for(SERVER);
    EXPECT_INT(qls_client_set_proxy(client, second.url), QLS_OK);
    result = qls_check(client, "a-token", CONSUMERS);
    EXPECT_IN(qls_result_message(result), "(set explicitly)");
    EXPECT_INT(answering_connections(&second), 1);
    qls_result_free(result);
    qls_client_free(client);
    require(setenv("HTTPS_PROXY", second.url, 1) == 0, "setenv");
    expect_way(SERVER, &second);
    require(unsetenv("HTTPS_PROXY") == 0, "unsetenv");
    result = ask("https://127.0.0.1:1");
    EXPECT_STR(qls_result_get(result, "/cause"), "connection-refused");
    qls_result_free(result);
    EXPECT_INT(answering_connections(&needless.server), 0);
    script_stop(&needless);
}

static qls_result *diagnosis(qls_client *client)
{
    return qls_diagnose(client, "a-token");
}

#define CONCLUSION \
    "The server was not reached directly, and the script that chooses this network's proxies could not be asked. The " \
    "network's administrator can mend this: see that the script can be had, or name the proxy, which the user then sets " \
    "by hand or in HTTPS_PROXY."

static void expect_unheard(const char *url, const char *why)
{
    qls_result *result = ask(SERVER);

    expect_row = url;
    EXPECT_STATUS(result, QLS_RESOLVE_FAILED);
    EXPECT_STR(qls_result_get(result, "/cause"), "proxy-autoconfig");
    EXPECT_IN(qls_result_message(result), url);
    EXPECT_IN(qls_result_message(result), why);
    EXPECT_IN(log_text, url);
    qls_result_free(result);

    result = ask_by(SERVER, diagnosis);
    EXPECT_STR(qls_result_get(result, "/cause"), "proxy-autoconfig");
    EXPECT_STR(qls_result_message(result), CONCLUSION);
    EXPECT_IN(qls_result_json(result, NULL), why);
    expect_row = NULL;
    qls_result_free(result);
}

static void a_script_that_cannot_be_had_is_named(void)
{
    script missing, broken;
    char url[64];
    qls_result *result;

    snprintf(url, sizeof url, "http://%s/proxy.pac", gone);
    set_text("AutoConfigURL", url);
    expect_unheard(url, "(no script can be downloaded)");

    script_start(&missing, "");
    missing.server.answer = "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    set_text("AutoConfigURL", missing.url);
    expect_unheard(missing.url, "could not be asked (");
    script_stop(&missing);

    script_start(&broken, "return nothing.at.all;");
    set_text("AutoConfigURL", broken.url);
    expect_unheard(broken.url, "could not be asked (");

    /* The manual setting is used in its place, and nothing is said where that works. */
    set_number("ProxyEnable", 1);
    set_text("ProxyServer", at(&first));
    result = ask(SERVER);
    EXPECT_STATUS(result, QLS_PROXY_FAILED);
    EXPECT_IN(qls_result_message(result), "(set in the Internet Options)");
    EXPECT(strstr(qls_result_message(result), ".pac") == NULL);
    EXPECT_IN(log_text, broken.url);
    EXPECT_INT(answering_connections(&first), 1);
    qls_result_free(result);
    set_number("ProxyEnable", 0);
    script_stop(&broken);
}

static void a_network_without_a_script_is_no_failure(void)
{
    set_detection(1);
    expect_way(SERVER, NULL);
    set_detection(0);
}

/* Where every name leads to one server, so does the one at which a script is looked for: nobody has said that there is
 * one. A script that was found, and has an error, may be what stands in the way.
 */
static void a_script_that_was_found_is_told_from_a_server(void)
{
    static const struct {
        const char *body, *answer, *cause, *why;
    } rows[] = {
        {"", "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n", "name-not-found",
         "(no script can be downloaded)"},
        {"return nothing.at.all;", NULL, "proxy-autoconfig", "(the script has an error)"},
    };

    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        script found;
        qls_result *result;

        script_start(&found, rows[i].body);
        if (rows[i].answer != NULL) {
            found.server.answer = rows[i].answer;
        }
        SetEnvironmentVariableA("QLS_TEST_WPAD", found.url);
        set_detection(1);
        result = ask(SERVER);
        expect_row = rows[i].why;
        EXPECT_STATUS(result, QLS_RESOLVE_FAILED);
        EXPECT_STR(qls_result_get(result, "/cause"), rows[i].cause);
        EXPECT_IN(qls_result_message(result), "proxies could not be detected automatically");
        EXPECT_IN(qls_result_message(result), rows[i].why);
        expect_row = NULL;
        qls_result_free(result);
        script_stop(&found);
    }
}

static void what_the_network_has_comes_first(void)
{
    script detected, named;
    qls_result *result;

    script_start(&detected, "return host == 'licenses.invalid' ? 'PROXY $1' : 'DIRECT';");
    script_start(&named, "return 'PROXY $2';");
    SetEnvironmentVariableA("QLS_TEST_WPAD", detected.url);
    set_text("AutoConfigURL", named.url);
    expect_way(SERVER, &second);
    set_detection(1);
    expect_way("https://others.invalid", NULL);
    result = ask(SERVER);
    EXPECT_STATUS(result, QLS_PROXY_FAILED);
    EXPECT_IN(qls_result_message(result), "(found by automatic detection)");
    EXPECT_INT(answering_connections(&first), 1);
    EXPECT_INT(answering_connections(&second), 0);
    qls_result_free(result);
    answering_stop(&named.server);
    script_stop(&detected);
}

/* What a script says, and through which proxy the server is asked; how a call ends that finds no way. */
typedef struct answer {
    const char *body;
    answering *through;
    qls_status status;
    const char *cause, *named[3];
} answer;

static const answer answers[] = {
    {"return 'PROXY $3; PROXY $2';", &second, QLS_PROXY_FAILED, "proxy-refused", {"$2", NULL}},
    {"return 'PROXY $3; PROXY $3; PROXY $1; PROXY $2';", &first, QLS_PROXY_FAILED, "proxy-refused", {"$1", NULL}},
    /* A proxy that answers decides. */
    {"return 'PROXY $1; PROXY $2; DIRECT';", &first, QLS_PROXY_FAILED, "proxy-refused", {"$1", NULL}},
    /* Where the way out is a proxy, no name is known without it: that says less than a proxy which is gone. */
    {"return 'PROXY $3; DIRECT';", NULL, QLS_PROXY_FAILED, "connection-refused", {"$3", "licenses.invalid", NULL}},
    {"return 'DIRECT; PROXY $3';", NULL, QLS_PROXY_FAILED, "connection-refused", {"$3", "licenses.invalid", NULL}},
    {"return 'DIRECT; PROXY $2';", &second, QLS_PROXY_FAILED, "proxy-refused", {"$2", NULL}},
    {"return 'PROXY $3';", NULL, QLS_PROXY_FAILED, "connection-refused", {"$3", "has to correct the script", NULL}},
    /* SOCKS is version 4 here, which is not supported: it is passed over, and never taken for none. */
    {"return 'SOCKS $2; PROXY $1';", &first, QLS_PROXY_FAILED, "proxy-refused", {"$1", NULL}},
    {"return 'SOCKS $1';", NULL, QLS_CONFIGURATION, "proxy-setting-invalid", {"named by the script", NULL}},
};

static void ways_are_tried_in_their_order(void)
{
    for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
        const answer *row = &answers[i];
        const char *places[3] = {at(&first), at(&second), gone};
        script chooses;
        qls_result *result;

        script_start(&chooses, row->body);
        set_text("AutoConfigURL", chooses.url);
        result = ask(SERVER);
        expect_row = row->body;
        EXPECT_STATUS(result, row->status);
        EXPECT_STR(qls_result_get(result, "/cause"), row->cause);
        EXPECT_INT(answering_connections(&first), row->through == &first);
        EXPECT_INT(answering_connections(&second), row->through == &second);
        for (size_t j = 0; row->named[j] != NULL; j++) {
            const char *part = row->named[j];

            EXPECT_IN(qls_result_message(result), part[0] == '$' ? places[part[1] - '1'] : part);
        }
        expect_row = NULL;
        qls_result_free(result);
        script_stop(&chooses);
    }
}

/* A step of a diagnosis of what the script says. */
static void expect_step(const qls_result *result, int step, const char *name, const char *state, const char *cause)
{
    char place[32];

    snprintf(place, sizeof place, "/diagnosis/%d/step", step);
    EXPECT_STR(qls_result_get(result, place), name);
    expect_row = name;
    snprintf(place, sizeof place, "/diagnosis/%d/state", step);
    EXPECT_STR(qls_result_get(result, place), state);
    snprintf(place, sizeof place, "/diagnosis/%d/cause", step);
    EXPECT_STR(qls_result_get(result, place), cause);
    expect_row = NULL;
}

static qls_result *diagnose(const char *body)
{
    script chooses;
    qls_result *result;

    script_start(&chooses, body);
    set_text("AutoConfigURL", chooses.url);
    result = ask_by(SERVER, diagnosis);
    script_stop(&chooses);
    return result;
}

/* A step that failed on one way is not told as done, whichever way the conclusion is about. */
static void a_diagnosis_tells_each_way(void)
{
    qls_result *result = diagnose("return 'PROXY $3; DIRECT';");

    EXPECT_STATUS(result, QLS_PROXY_FAILED);
    expect_step(result, 3, "name", "failed", "name-not-found");
    expect_step(result, 4, "connection", "failed", "connection-refused");
    expect_step(result, 5, "tunnel", "skipped", "null");
    EXPECT_IN(qls_result_message(result), "Nobody accepts connections at the proxy");
    EXPECT_IN(qls_result_message(result), gone);
    qls_result_free(result);

    /* The second proxy closes every connection. */
    first.answer = "";
    result = diagnose("return 'PROXY $3; PROXY $1';");
    EXPECT_STATUS(result, QLS_PROXY_FAILED);
    expect_step(result, 4, "connection", "failed", "connection-refused");
    expect_step(result, 5, "tunnel", "failed", "connection-closed");
    qls_result_free(result);

    result = diagnose("return 'PROXY $1; DIRECT';");
    EXPECT_STATUS(result, QLS_PROXY_FAILED);
    expect_step(result, 3, "name", "failed", "name-not-found");
    expect_step(result, 4, "connection", "ok", "null");
    expect_step(result, 5, "tunnel", "failed", "connection-closed");
    EXPECT_IN(qls_result_message(result), "ends the connection instead of answering");
    qls_result_free(result);
    first.answer = REFUSAL;
}

/* A tunnel, and what the server at its end answers by plain http: HTTP 400. */
#define TUNNEL "HTTP/1.1 200 OK\r\n\r\n" ANSWER_400

/* The first answer that a client gets by a proxy, of a script that it alone has asked. */
static qls_result *first_answer(qls_client **client, script *chooses, answering *proxy)
{
    char body[128];

    snprintf(body, sizeof body, "return 'PROXY %s';", at(proxy));
    for (int tries = 0;; tries++) {
        qls_result *result;

        script_start(chooses, body);
        set_text("AutoConfigURL", chooses->url);
        *client = client_for("http://licenses.invalid");
        EXPECT_INT(qls_client_set_allow_plain_http(*client, 1), QLS_OK);
        result = check(*client);
        if (was_heard() || tries == TRIES) {
            return result;
        }
        qls_result_free(result);
        qls_client_free(*client);
        script_stop(chooses);
    }
}

/* The script is asked again only after a connection has failed. */
static void an_answer_is_kept_while_connections_succeed(void)
{
    answering good;
    script chooses;
    qls_client *client;
    qls_result *result;

    answering_start(&good, TUNNEL);
    result = first_answer(&client, &chooses, &good);
    for (int i = 0; i < 4; i++) {
        if (i > 0) {
            qls_result_free(result);
            result = check(client);
        }
        EXPECT_STATUS(result, i < 3 ? QLS_BAD_REQUEST : QLS_PROXY_FAILED);
        EXPECT_INT(answering_connections(&chooses.server), i == 0);
        if (i < 3) {
            EXPECT_INT(answering_connections(&good), 1); /* the server closes each */
        }
        if (i == 2) {
            answering_stop(&good);
        }
    }
    for (int tries = 0; tries == 0 || (!was_heard() && tries < TRIES); tries++) {
        qls_result_free(result);
        log_text[0] = '\0';
        result = check(client);
    }
    EXPECT_STATUS(result, QLS_PROXY_FAILED);
    EXPECT(answering_connections(&chooses.server) > 0);
    qls_result_free(result);
    qls_client_free(client);
    script_stop(&chooses);
}

static void what_lies_beside_the_program_is_not_loaded(void)
{
    char path[MAX_PATH] = "", folder[MAX_PATH] = "";

    GetModuleFileNameA(GetModuleHandleA("winhttp.dll"), path, sizeof path);
    GetSystemDirectoryA(folder, sizeof folder);
    EXPECT(folder[0] != '\0' && _strnicmp(path, folder, strlen(folder)) == 0);
}

int main(int argc, char **argv)
{
    scripts_begin(argc > 1 ? argv[1] : NULL);
    if (argc > 1) {
        what_the_network_has_comes_first();
        a_script_that_was_found_is_told_from_a_server();
        ways_are_tried_in_their_order();
        a_diagnosis_tells_each_way();
        an_answer_is_kept_while_connections_succeed();
    }
    a_script_decides_by_host_and_url();
    a_script_that_cannot_be_had_is_named();
    a_network_without_a_script_is_no_failure();
    if (argc == 1) {
        what_lies_beside_the_program_is_not_loaded();
    }
    scripts_end();
    return expect_exit_code();
}
