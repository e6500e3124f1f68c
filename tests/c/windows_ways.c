/* Several ways to a server, of which none leads there, or not the first: whose failure counts, and who can mend it.
 * usage: windows_ways WINHTTP-DLL
 * The argument is the stand-in of winhttp.c, which tells all that a script says. The server is this machine under its own
 * name, which has to have an address: by that, unlike by the name localhost, proxies lead to it as well.
 */
#include "expect.h"
#include "proxy_scripts.h"

#define TUNNEL "HTTP/1.1 200 OK\r\n\r\n"
#define WANTS_PASSWORD "HTTP/1.1 407 Who?\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"
#define CORRECT_SCRIPT "The network's administrator can mend this: correct the script"
#define NO_PROXY_THERE \
    CORRECT_SCRIPT ", if there is no such proxy any more; if there is one, see that it runs, and can be reached from " \
                   "this computer; the user checks a VPN."

static char own_name[256];
static struct sockaddr_in own_address;

/* Servers listen at the address of that name alone. */
static void find_this_machine(void)
{
    struct addrinfo wanted, *found;

    require(gethostname(own_name, sizeof own_name) == 0, "gethostname");
    memset(&wanted, 0, sizeof wanted);
    wanted.ai_family = AF_INET;
    require(getaddrinfo(own_name, NULL, &wanted, &found) == 0, "an address of this machine's own name");
    memcpy(&own_address, found->ai_addr, sizeof own_address);
    freeaddrinfo(found);
}

/* An address of a server at this port. */
static const char *here(const char *scheme, int port)
{
    static char url[320];

    snprintf(url, sizeof url, "%s://%s:%d", scheme, own_name, port);
    return url;
}

static answering_socket bound(int *port)
{
    struct sockaddr_in address = own_address;
    socklen_t length = sizeof address;
    answering_socket made = socket(AF_INET, SOCK_STREAM, 0);

    require(bind(made, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    require(getsockname(made, (struct sockaddr *)&address, &length) == 0, "getsockname");
    *port = ntohs(address.sin_port);
    return made;
}

/* A server that sends this as soon as somebody connects. */
static int serve(answering *server, const char *answer)
{
    int port;

    server->answer = answer;
    server->connections = 0;
    server->listener = bound(&port);
    require(listen(server->listener, 16) == 0, "listen");
    require(pthread_mutex_init(&server->lock, NULL) == 0, "pthread_mutex_init");
    require(pthread_create(&server->thread, NULL, answering_run, server) == 0, "pthread_create");
    return port;
}

/* A port that swallows what is sent to it: nobody takes the connections that wait there already. */
enum { WAITING = 4 };
typedef struct swallowing {
    answering_socket listener, waiting[WAITING];
    int port;
} swallowing;

static void swallow(swallowing *here)
{
    struct sockaddr_in address = own_address;
    u_long nonblocking = 1;

    here->listener = bound(&here->port);
    require(listen(here->listener, 0) == 0, "listen");
    address.sin_port = htons((u_short)here->port);
    for (int i = 0; i < WAITING; i++) {
        here->waiting[i] = socket(AF_INET, SOCK_STREAM, 0);
        ioctlsocket(here->waiting[i], FIONBIO, &nonblocking);
        connect(here->waiting[i], (struct sockaddr *)&address, sizeof address);
    }
}

static void swallowing_stop(swallowing *here)
{
    for (int i = 0; i < WAITING; i++) {
        closesocket(here->waiting[i]);
    }
    closesocket(here->listener);
}

/* Of each call, in milliseconds. */
static uint32_t connect_timeout = 20000;

static void prepare(qls_client *client)
{
    EXPECT_INT(qls_client_set_allow_plain_http(client, 1), QLS_OK);
    EXPECT_INT(qls_client_set_connect_timeout_ms(client, connect_timeout), QLS_OK);
}

static qls_result *checked(qls_client *client)
{
    prepare(client);
    return check(client);
}

static qls_result *diagnosed(qls_client *client)
{
    prepare(client);
    return qls_diagnose(client, "a-token");
}

/* What comes of it where a script with this body chooses the ways to the server. */
static qls_result *by(const char *body, const char *server, asking_fn *how)
{
    qls_result *result;
    script chooses;

    script_start(&chooses, body);
    set_text("AutoConfigURL", chooses.url);
    result = ask_by(server, how);
    script_stop(&chooses);
    expect_row = body;
    return result;
}

static void done(qls_result *result)
{
    expect_row = NULL;
    qls_result_free(result);
}

/* How the steps from "name" to "reply" ended, as in "ok failed skipped skipped skipped". */
static void expect_states(const qls_result *result, const char *states)
{
    char found[128] = "", place[32];

    for (int step = 3; step <= 7; step++) {
        snprintf(place, sizeof place, "/diagnosis/%d/state", step);
        strcat(strcat(found, step > 3 ? " " : ""), qls_result_get(result, place));
    }
    EXPECT_STR(found, states);
}

static int count(const char *text, const char *part)
{
    int found = 0;

    while ((text = strstr(text, part)) != NULL) {
        found++;
        text++;
    }
    return found;
}

/* A way that failed for the same reason is not blamed for what happened on the one that led on. */
static void the_way_that_led_on_counts(void)
{
    answering server;
    int port = serve(&server, "");
    qls_result *result;

    first.answer = "";
    result = by("return 'PROXY $1; DIRECT';", here("http", port), diagnosed);
    EXPECT_STATUS(result, QLS_CONNECTION_LOST);
    expect_states(result, "ok ok failed skipped failed");
    EXPECT_IN(qls_result_message(result), "The connection to the server ");
    EXPECT_IN(qls_result_message(result), "broke before the answer was complete");
    done(result);
    first.answer = REFUSAL;
    answering_stop(&server);
}

/* Where the way out is a proxy, nobody is reached without it. */
static void a_proxy_that_is_gone_counts_before_a_direct_way(void)
{
    static const char *const bodies[] = {"return 'PROXY $3; DIRECT';", "return 'DIRECT; PROXY $3';"};
    swallowing server;

    swallow(&server);
    connect_timeout = 3000;
    for (int i = 0; i < 2; i++) {
        qls_result *result = by(bodies[i], here("http", server.port), checked);

        EXPECT_STATUS(result, QLS_PROXY_FAILED);
        EXPECT_STR(qls_result_get(result, "/cause"), "connection-refused");
        EXPECT_IN(qls_result_message(result), "has to correct the script (tried besides: no connection within 3000 ms");
        done(result);
    }
    connect_timeout = 20000;
    swallowing_stop(&server);
}

/* A tunnel that breaks shows that the proxy works, and the direct way is none here. */
static void what_breaks_behind_a_proxy_counts_before_the_others(void)
{
    int port;
    answering_socket refusing = bound(&port);
    qls_result *result;

    first.answer = TUNNEL;
    result = by("return 'PROXY $3; PROXY $1; DIRECT';", here("https", port), diagnosed);
    EXPECT_STATUS(result, QLS_CONNECTION_LOST);
    EXPECT_STR(qls_result_get(result, "/cause"), "connection-closed");
    expect_states(result, "ok failed ok failed skipped");
    EXPECT_IN(qls_result_message(result), "was cut as soon as it was made");
    EXPECT(strstr(qls_result_message(result), "tried besides") == NULL);
    done(result);
    first.answer = REFUSAL;

    /* A proxy that is not known here may be that of another network. */
    result = by("return 'PROXY proxy.invalid:3128; DIRECT';", here("http", port), checked);
    EXPECT_STATUS(result, QLS_CONNECT_FAILED);
    EXPECT_STR(qls_result_get(result, "/cause"), "connection-refused");
    EXPECT_IN(qls_result_message(result), "proxy.invalid");
    done(result);
    closesocket(refusing);
}

/* Makes a tunnel after a while, in which nothing comes back. */
static void *tunnel_to_nobody(void *argument)
{
    answering_socket connection = accept(*(answering_socket *)argument, NULL, NULL);
    char request[4096];

    Sleep(800);
    send(connection, TUNNEL, (int)strlen(TUNNEL), 0);
    while (recv(connection, request, sizeof request, 0) > 0) {
    }
    closesocket(connection);
    return NULL;
}

/* Each way has a connect timeout of its own: which step took long on one says nothing about another. */
static void the_slowest_step_is_one_of_the_same_way(void)
{
    swallowing server;
    char place[32], body[96];
    answering_socket proxy = loopback_socket(place, sizeof place);
    pthread_t thread;
    qls_result *result;

    swallow(&server);
    require(listen(proxy, 1) == 0, "listen");
    require(pthread_create(&thread, NULL, tunnel_to_nobody, &proxy) == 0, "pthread_create");
    snprintf(body, sizeof body, "return 'PROXY %s; DIRECT';", place);
    connect_timeout = 4000;
    result = by(body, here("https", server.port), diagnosed);
    EXPECT_STATUS(result, QLS_TIMEOUT);
    expect_states(result, "ok failed ok failed skipped");
    EXPECT_IN(qls_result_message(result), "accepts connections, but does not answer the TLS handshake");
    done(result);
    connect_timeout = 20000;
    closesocket(proxy);
    pthread_join(thread, NULL);
    swallowing_stop(&server);
}

typedef struct conclusion {
    const char *body, *answer, *cause, *words[2];
} conclusion;

static const conclusion conclusions[] = {
    {"return 'PROXY $3';", REFUSAL, "connection-refused", {"Nobody accepts connections at the proxy ", NO_PROXY_THERE}},
    {"return 'PROXY proxy.invalid:3128';", REFUSAL, "name-not-found", {" is not known here.", NO_PROXY_THERE}},
    {"return 'PROXY $1';", "220 Mail here\r\n", "proxy-invalid-reply", {"is no such proxy", CORRECT_SCRIPT "."}},
    {"return 'HTTPS $1';", REFUSAL, "not-tls", {"does not speak TLS", CORRECT_SCRIPT ": most proxies"}},
    {"return 'PROXY $1';", "HTTP/1.1 404 Not Found\r\n\r\n", "proxy-refused",
     {"HTTP 404", CORRECT_SCRIPT ", if that is the address of a web server"}},
    {"return 'SOCKS $1';", REFUSAL, "proxy-setting-invalid", {"named by the script", CORRECT_SCRIPT "; or the user"}},
    {"return 'PROXY $1';", WANTS_PASSWORD, "proxy-auth-required",
     {"requires a user name and a password", "The user can mend this: set this proxy explicitly, with both in its address."}},
    {"return 'PROXY $3; PROXY $1';", WANTS_PASSWORD, "proxy-auth-required",
     {"requires a user name and a password", "The user can mend this: set this proxy explicitly, with both in its address."}},
};

/* What a script names, nobody at this computer can correct. */
static void who_writes_the_script_is_asked_to_correct_it(void)
{
    for (size_t i = 0; i < sizeof conclusions / sizeof conclusions[0]; i++) {
        const conclusion *row = &conclusions[i];
        qls_result *result;

        first.answer = row->answer;
        result = by(row->body, SERVER, diagnosed);
        EXPECT_STR(qls_result_get(result, "/cause"), row->cause);
        EXPECT_IN(qls_result_message(result), row->words[0]);
        EXPECT_IN(qls_result_message(result), row->words[1]);
        done(result);
    }
    first.answer = REFUSAL;
}

static void each_failure_is_told_once(void)
{
    qls_result *result = by("return 'PROXY $3; DIRECT';", SERVER, diagnosed);

    EXPECT_INT(count(qls_result_get(result, "/diagnosis/3/message"), "cannot look up licenses.invalid"), 1);
    EXPECT_INT(count(qls_result_get(result, "/diagnosis/4/message"), "cannot connect to "), 1);
    EXPECT_INT(count(qls_result_get(result, "/diagnosis/4/message"), "licenses.invalid"), 0);
    done(result);
}

#define LICENSES ANSWER_200 "{\"status\":true,\"message\":\"\",\"licenses\":[{}]}"

static void a_direct_way_behind_a_proxy_is_called_so(void)
{
    answering server;
    int port = serve(&server, LICENSES);
    qls_result *result = by("return 'PROXY $3; DIRECT';", here("http", port), diagnosed);

    EXPECT_STATUS(result, QLS_OK);
    expect_states(result, "ok ok skipped skipped ok");
    EXPECT_IN(qls_result_get(result, "/diagnosis/4/message"), gone);
    EXPECT_STR(qls_result_get(result, "/diagnosis/5/message"), "not needed: the way is direct");
    done(result);

    /* The step keeps what happened at the proxy, and nothing is wrong all the same. */
    first.answer = "";
    result = by("return 'PROXY $1; DIRECT';", here("http", port), diagnosed);
    EXPECT_STATUS(result, QLS_OK);
    expect_states(result, "ok ok failed skipped ok");
    EXPECT_STR(qls_result_get(result, "/cause"), "null");
    EXPECT_IN(qls_result_message(result), "All is well");
    done(result);
    first.answer = REFUSAL;
    answering_stop(&server);
}

int main(int argc, char **argv)
{
    require(argc == 2, "the path of a winhttp.dll");
    scripts_begin(argv[1]);
    find_this_machine();
    the_way_that_led_on_counts();
    a_proxy_that_is_gone_counts_before_a_direct_way();
    what_breaks_behind_a_proxy_counts_before_the_others();
    the_slowest_step_is_one_of_the_same_way();
    who_writes_the_script_is_asked_to_correct_it();
    each_failure_is_told_once();
    a_direct_way_behind_a_proxy_is_called_so();
    scripts_end();
    return expect_exit_code();
}
