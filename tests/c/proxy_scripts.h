/* Scripts that choose proxies, for the programs that test them. Scripts and proxies are on loopback, and the servers have
 * names that nobody has (RFC 6761). A proxy here refuses every tunnel, which shows that it was asked. Include expect.h first.
 */
#ifndef PROXY_SCRIPTS_H
#define PROXY_SCRIPTS_H

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

static inline const char *at(const answering *proxy)
{
    return proxy->url + strlen("http://");
}

/* The script's function ends with this body, in which %1$s and its like stand for the two proxies and the one that is
 * gone. WinHTTP remembers scripts by their addresses, so each has another.
 */
static inline void script_start(script *to, const char *body)
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

static inline void script_stop(script *of)
{
    set_text("AutoConfigURL", NULL);
    SetEnvironmentVariableA("QLS_TEST_WPAD", NULL);
    set_detection(0);
    answering_stop(&of->server);
}

static char log_text[4096];

static inline void keep(void *kept, int32_t level, const char *line)
{
    (void)level;
    strncat(kept, line, sizeof log_text - 1 - strlen(kept));
}

static inline qls_client *client_for(const char *server)
{
    qls_client *client = qls_client_new();

    EXPECT_INT(qls_client_set_server(client, server), QLS_OK);
    EXPECT_INT(qls_client_set_timeout_ms(client, 60000), QLS_OK);
    EXPECT_INT(qls_client_set_retries(client, 0), QLS_OK);
    log_text[0] = '\0';
    EXPECT_INT(qls_client_set_log(client, keep, log_text, QLS_LOG_DEBUG), QLS_OK);
    return client;
}

static inline qls_result *ask(const char *server)
{
    qls_client *client = client_for(server);
    qls_result *result = qls_check(client, "a-token", CONSUMERS);

    EXPECT_INT(qls_result_is_allowed(result, "9876"), 0);
    qls_client_free(client);
    return result;
}

/* Asked through this proxy, or directly if it is NULL. */
static inline void expect_way(const char *server, answering *through)
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

/* Begins a program: with the proxies, and with the stand-in of winhttp.c, if its path is given. What is asked for
 * winhttp.dll from then on gets that one.
 */
static inline void scripts_begin(const char *winhttp)
{
    answering leaving;

    sockets_start();
    settings_begin();
    answering_start(&first, REFUSAL);
    answering_start(&second, REFUSAL);
    answering_start(&leaving, REFUSAL);
    snprintf(gone, sizeof gone, "%s", at(&leaving));
    answering_stop(&leaving);
    if (winhttp != NULL) {
        require(LoadLibraryA(winhttp) != NULL, winhttp);
    }
}

static inline void scripts_end(void)
{
    answering_stop(&second);
    answering_stop(&first);
    settings_end();
}

#endif
