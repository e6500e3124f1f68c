/* Proxies that a script chooses: one that the Internet Options name, and one that the network has.
 * usage: windows_autoproxy [WINHTTP-DLL]
 * Without the argument Wine's own WinHTTP is asked, though a DLL of that name may lie beside the program. With it the
 * stand-in of winhttp.c is, which tells all that a script says.
 *
 * Scripts and proxies are on loopback, and the servers have names that nobody has (RFC 6761). A proxy here refuses every
 * tunnel, which shows that it was asked.
 */
#include "expect.h"
#include "answering.h"
#include "internet_options.h"

#define CONSUMERS "[{\"consumer_id\":\"qtcreator\",\"component_id\":\"9876\"}]"
#define REFUSAL "HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
#define SERVER "https://licenses.invalid"

/* Two proxies, and a place where a third has been. */
static answering first, second;
static char gone[32];

/* A server that has a script. */
typedef struct script {
    answering server;
    char text[2048];
    char url[128];
} script;

static const char *at(const answering *proxy)
{
    return proxy->url + strlen("http://");
}

/* The script's function ends with this body, in which %1$s and its like stand for the two proxies and the one that is
 * gone. WinHTTP remembers scripts by their addresses, so each has another.
 */
static void script_start(script *to, const char *body)
{
    static int number;
    const char *places[3] = {at(&first), at(&second), gone};
    char *end = to->text;

    end += sprintf(end, "%s", ANSWER_200 "function FindProxyForURL(url, host) { ");
    for (; *body != '\0'; body++) {
        if (*body == '$') {
            end += sprintf(end, "%s", places[*++body - '1']);
        } else {
            *end++ = *body;
        }
    }
    strcpy(end, " }");
    answering_start(&to->server, to->text);
    snprintf(to->url, sizeof to->url, "%s/%d.pac", to->server.url, ++number);
}

static void script_stop(script *of)
{
    set_text("AutoConfigURL", NULL);
    SetEnvironmentVariableA("QLS_TEST_WPAD", NULL);
    set_detection(0);
    answering_stop(&of->server);
}

static char log_text[4096];

static void keep(void *kept, int32_t level, const char *line)
{
    (void)level;
    strncat(kept, line, sizeof log_text - 1 - strlen(kept));
}

static qls_client *client_for(const char *server)
{
    qls_client *client = qls_client_new();

    EXPECT_INT(qls_client_set_server(client, server), QLS_OK);
    EXPECT_INT(qls_client_set_timeout_ms(client, 60000), QLS_OK);
    EXPECT_INT(qls_client_set_retries(client, 0), QLS_OK);
    log_text[0] = '\0';
    EXPECT_INT(qls_client_set_log(client, keep, log_text, QLS_LOG_DEBUG), QLS_OK);
    return client;
}

static qls_result *ask(const char *server)
{
    qls_client *client = client_for(server);
    qls_result *result = qls_check(client, "a-token", CONSUMERS);

    EXPECT_INT(qls_result_is_allowed(result, "9876"), 0);
    qls_client_free(client);
    return result;
}

/* Asked through this proxy, or directly if it is NULL. */
static void expect_way(const char *server, answering *through)
{
    qls_result *result = ask(server);

    expect_row = server;
    EXPECT_STATUS(result, through != NULL ? QLS_PROXY_FAILED : QLS_RESOLVE_FAILED);
    EXPECT_STR(qls_result_get(result, "/cause"), through != NULL ? "proxy-refused" : "name-not-found");
    EXPECT_INT(answering_connections(&first), through == &first);
    EXPECT_INT(answering_connections(&second), through == &second);
    expect_row = NULL;
    qls_result_free(result);
}

static void a_script_decides_by_host_and_url(void)
{
    script chooses;
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
    answering_connections(&first);
    EXPECT(answering_connections(&chooses.server) > 0);
    /* What the program, the environment or loopback decides needs no script. */
    require(setenv("HTTPS_PROXY", second.url, 1) == 0, "setenv");
    expect_way(SERVER, &second);
    require(unsetenv("HTTPS_PROXY") == 0, "unsetenv");
    result = ask("https://127.0.0.1:1");
    EXPECT_STR(qls_result_get(result, "/cause"), "connection-refused");
    qls_result_free(result);
    script_stop(&chooses);
}

static void expect_unheard(const char *url, const char *why)
{
    qls_result *result = ask(SERVER);

    expect_row = url;
    EXPECT_STATUS(result, QLS_RESOLVE_FAILED);
    EXPECT_STR(qls_result_get(result, "/cause"), "proxy-autoconfig");
    EXPECT_IN(qls_result_message(result), url);
    EXPECT_IN(qls_result_message(result), why);
    EXPECT_IN(log_text, url);
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
    expect_unheard(url, "(it cannot be downloaded)");

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

/* A place where connections are accepted, and never answered. */
typedef struct silence {
    answering_socket listener;
    char url[64];
} silence;

static void silence_start(silence *server)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->listener = socket(AF_INET, SOCK_STREAM, 0);
    require(bind(server->listener, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    require(listen(server->listener, 16) == 0, "listen");
    require(getsockname(server->listener, (struct sockaddr *)&address, &length) == 0, "getsockname");
    snprintf(server->url, sizeof server->url, "http://127.0.0.1:%d", (int)ntohs(address.sin_port));
}

/* Sets a script there, each time another one. */
typedef void set_fn(const char *url);

static void set_silent(const silence *server, set_fn *set)
{
    static int number;
    char url[96];

    snprintf(url, sizeof url, "%s/%d.dat", server->url, ++number);
    set(url);
}

typedef struct cancelling {
    qls_client *client;
    answering_socket listener, connection;
    ULONGLONG at;
} cancelling;

/* Cancels as soon as the script is asked for. */
static void *cancel_when_asked(void *argument)
{
    cancelling *with = argument;

    with->connection = accept(with->listener, NULL, NULL);
    with->at = GetTickCount64();
    qls_client_cancel(with->client);
    return NULL;
}

/* The bounds are those of a busy machine. */
static void expect_bounded(silence *silent, set_fn *set, const char *named)
{
    cancelling with;
    pthread_t thread;
    ULONGLONG began;
    qls_result *result;
    qls_client *client = client_for(SERVER);

    expect_row = named;
    /* The way without it is gone after three seconds. */
    set_silent(silent, set);
    began = GetTickCount64();
    result = qls_check(client, "a-token", CONSUMERS);
    EXPECT(GetTickCount64() - began >= 2900 && GetTickCount64() - began < 30000);
    printf("%s: given up after %d ms\n", named, (int)(GetTickCount64() - began));
    EXPECT_STATUS(result, QLS_RESOLVE_FAILED);
    EXPECT_STR(qls_result_get(result, "/cause"), "proxy-autoconfig");
    EXPECT_IN(qls_result_message(result), named);
    EXPECT_IN(qls_result_message(result), "(no answer within 3000 ms)");
    qls_result_free(result);
    qls_client_free(client);
    closesocket(accept(silent->listener, NULL, NULL));

    /* Of a shorter call it has half. */
    set_silent(silent, set);
    client = client_for(SERVER);
    EXPECT_INT(qls_client_set_timeout_ms(client, 1000), QLS_OK);
    began = GetTickCount64();
    result = qls_check(client, "a-token", CONSUMERS);
    printf("%s: of a second, after %d ms\n", named, (int)(GetTickCount64() - began));
    EXPECT(GetTickCount64() - began < 10000);
    EXPECT_IN(log_text, "(no answer within ");
    EXPECT_INT(qls_result_status(result) / 1000, 2);
    qls_result_free(result);
    qls_client_free(client);
    closesocket(accept(silent->listener, NULL, NULL));

    set_silent(silent, set);
    with.client = client = client_for(SERVER);
    with.listener = silent->listener;
    require(pthread_create(&thread, NULL, cancel_when_asked, &with) == 0, "pthread_create");
    result = qls_check(client, "a-token", CONSUMERS);
    printf("%s: canceled, returned after %d ms\n", named, (int)(GetTickCount64() - with.at));
    EXPECT(GetTickCount64() - with.at < 10000);
    require(pthread_join(thread, NULL) == 0, "pthread_join");
    EXPECT_STATUS(result, QLS_CANCELLED);
    EXPECT_IN(qls_result_message(result), "canceled while asking which proxies lead to the server");
    qls_result_free(result);
    qls_client_free(client);
    closesocket(with.connection);
    expect_row = NULL;
}

static void set_script(const char *url)
{
    set_text("AutoConfigURL", url);
}

static void a_silent_script_is_not_waited_for(void)
{
    silence silent;

    silence_start(&silent);
    expect_bounded(&silent, set_script, silent.url);
    set_text("AutoConfigURL", NULL);
    closesocket(silent.listener);
}

static void set_detected(const char *url)
{
    SetEnvironmentVariableA("QLS_TEST_WPAD", url);
}

static void a_silent_detection_is_not_waited_for(void)
{
    silence silent;
    script chooses;

    silence_start(&silent);
    set_detection(1);
    expect_bounded(&silent, set_detected, "proxies could not be detected automatically");

    /* It does not keep the script from being heard. */
    script_start(&chooses, "return 'PROXY $2';");
    set_text("AutoConfigURL", chooses.url);
    expect_way(SERVER, &second);
    script_stop(&chooses);
    closesocket(silent.listener);
}

static void a_network_without_a_script_is_no_failure(void)
{
    set_detection(1);
    expect_way(SERVER, NULL);
    set_detection(0);
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
    {"return 'PROXY $3; DIRECT';", NULL, QLS_RESOLVE_FAILED, "name-not-found", {"$3", "licenses.invalid", NULL}},
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

/* A proxy that accepts a connection and says nothing leaves time for the next. */
static void a_silent_proxy_leaves_time_for_the_next(void)
{
    silence silent;
    script chooses;
    char body[128];
    qls_result *result;
    qls_client *client = client_for(SERVER);

    silence_start(&silent);
    snprintf(body, sizeof body, "return 'PROXY %s; PROXY $2';", silent.url + strlen("http://"));
    script_start(&chooses, body);
    set_text("AutoConfigURL", chooses.url);
    EXPECT_INT(qls_client_set_timeout_ms(client, 8000), QLS_OK);
    result = qls_check(client, "a-token", CONSUMERS);
    EXPECT_STATUS(result, QLS_PROXY_FAILED);
    EXPECT_STR(qls_result_get(result, "/cause"), "proxy-refused");
    EXPECT_INT(answering_connections(&second), 1);
    qls_result_free(result);
    qls_client_free(client);
    script_stop(&chooses);
    closesocket(silent.listener);
}

/* A tunnel, and what the server at its end answers by plain http: HTTP 400. */
#define TUNNEL "HTTP/1.1 200 OK\r\n\r\n" ANSWER_400

/* The script is asked again only after a connection has failed. */
static void an_answer_is_kept_while_connections_succeed(void)
{
    answering good;
    script chooses;
    char body[128];
    qls_client *client = client_for("http://licenses.invalid");

    answering_start(&good, TUNNEL);
    snprintf(body, sizeof body, "return 'PROXY %s';", at(&good));
    script_start(&chooses, body);
    set_text("AutoConfigURL", chooses.url);
    EXPECT_INT(qls_client_set_allow_plain_http(client, 1), QLS_OK);
    for (int i = 0; i < 3; i++) {
        qls_result *result = qls_check(client, "a-token", CONSUMERS);

        EXPECT_STATUS(result, QLS_BAD_REQUEST);
        EXPECT_INT(answering_connections(&good), 1); /* the server closes each */
        EXPECT_INT(answering_connections(&chooses.server), i == 0);
        qls_result_free(result);
    }
    answering_stop(&good);
    for (int i = 0; i < 2; i++) {
        qls_result *result = qls_check(client, "a-token", CONSUMERS);

        EXPECT_STATUS(result, QLS_PROXY_FAILED);
        EXPECT_INT(answering_connections(&chooses.server), i);
        qls_result_free(result);
    }
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
    answering leaving;

    sockets_start();
    settings_begin();
    answering_start(&first, REFUSAL);
    answering_start(&second, REFUSAL);
    answering_start(&leaving, REFUSAL);
    snprintf(gone, sizeof gone, "%s", at(&leaving));
    answering_stop(&leaving);
    if (argc > 1) {
        /* What is asked for winhttp.dll from now on gets this one. */
        require(LoadLibraryA(argv[1]) != NULL, argv[1]);
        a_silent_detection_is_not_waited_for();
        what_the_network_has_comes_first();
        ways_are_tried_in_their_order();
        a_silent_proxy_leaves_time_for_the_next();
        an_answer_is_kept_while_connections_succeed();
    }
    a_script_decides_by_host_and_url();
    a_script_that_cannot_be_had_is_named();
    a_silent_script_is_not_waited_for();
    a_network_without_a_script_is_no_failure();
    if (argc == 1) {
        what_lies_beside_the_program_is_not_loaded();
    }
    answering_stop(&second);
    answering_stop(&first);
    settings_end();
    return expect_exit_code();
}
