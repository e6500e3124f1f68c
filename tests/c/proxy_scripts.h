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

enum { TRIES = 20 };

/* Two proxies, and the place of a third, where nobody answers and nobody else can. */
static answering first, second;
static answering_socket deserted;
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

/* Whether the last client heard its script. On a busy machine that may take longer than a call waits. */
static inline int was_heard(void)
{
    return strstr(log_text, "(no answer within ") == NULL && strstr(log_text, "(earlier questions ") == NULL;
}

/* What a call that is asked does with its client. */
typedef qls_result *asking_fn(qls_client *client);

static inline qls_result *check(qls_client *client)
{
    return qls_check(client, "a-token", CONSUMERS);
}

/* Asks once. The connections of earlier calls do not count any more. */
static inline qls_result *ask_once(const char *server, asking_fn *how)
{
    qls_client *client = client_for(server);
    qls_result *result;

    answering_connections(&first);
    answering_connections(&second);
    result = how(client);
    qls_client_free(client);
    return result;
}

/* Asks until the script is heard. */
static inline qls_result *ask_by(const char *server, asking_fn *how)
{
    qls_result *result = ask_once(server, how);

    for (int tries = 0; !was_heard() && tries < TRIES; tries++) {
        qls_result_free(result);
        result = ask_once(server, how);
    }
    EXPECT_INT(qls_result_is_allowed(result, "9876"), 0);
    return result;
}

static inline qls_result *ask(const char *server)
{
    return ask_by(server, check);
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

/* A socket at a port of loopback that is its own, which is written down as host:port. It does not listen yet. */
static inline answering_socket loopback_socket(char *place, size_t size)
{
    struct sockaddr_in address;
    socklen_t length = sizeof address;
    answering_socket made = socket(AF_INET, SOCK_STREAM, 0);

    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(made != INVALID_SOCKET, "socket");
    require(bind(made, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    require(getsockname(made, (struct sockaddr *)&address, &length) == 0, "getsockname");
    snprintf(place, size, "127.0.0.1:%d", (int)ntohs(address.sin_port));
    return made;
}

/* Begins a program: with the proxies, and with the stand-in of winhttp.c, if its path is given. What is asked for
 * winhttp.dll from then on gets that one.
 */
static inline void scripts_begin(const char *winhttp)
{
    sockets_start();
    settings_begin();
    answering_start(&first, REFUSAL);
    answering_start(&second, REFUSAL);
    deserted = loopback_socket(gone, sizeof gone);
    if (winhttp != NULL) {
        require(LoadLibraryA(winhttp) != NULL, winhttp);
    }
}

static inline void scripts_end(void)
{
    closesocket(deserted);
    answering_stop(&second);
    answering_stop(&first);
    settings_end();
}

#endif
