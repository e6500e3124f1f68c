/* Scripts, networks and proxies that are silent. No call waits for them longer than it says, or after a cancel.
 * usage: windows_autoproxy_silent [WINHTTP-DLL]
 * The argument is that of windows_autoproxy.
 */
#include "expect.h"
#include "proxy_scripts.h"

/* A place where connections are accepted, and never answered. */
typedef struct silence {
    answering_socket listener;
    char url[64];
} silence;

static void silence_start(silence *server)
{
    char place[32];

    server->listener = loopback_socket(place, sizeof place);
    require(listen(server->listener, 16) == 0, "listen");
    snprintf(server->url, sizeof server->url, "http://%s", place);
}

/* Whoever has waited there waits no longer. */
static void silence_ends(const silence *server)
{
    closesocket(accept(server->listener, NULL, NULL));
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
static void expect_bounded(silence *silent, set_fn *set, const char *named, const char *cause)
{
    cancelling with;
    pthread_t thread;
    ULONGLONG began;
    const char *within;
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
    EXPECT_STR(qls_result_get(result, "/cause"), cause);
    EXPECT_IN(qls_result_message(result), named);
    EXPECT_IN(qls_result_message(result), "(no answer within 3000 ms)");
    qls_result_free(result);
    qls_client_free(client);
    silence_ends(silent);

    /* Of a shorter call it has half. */
    set_silent(silent, set);
    client = client_for(SERVER);
    EXPECT_INT(qls_client_set_timeout_ms(client, 4000), QLS_OK);
    began = GetTickCount64();
    result = qls_check(client, "a-token", CONSUMERS);
    printf("%s: of four seconds, after %d ms\n", named, (int)(GetTickCount64() - began));
    EXPECT(GetTickCount64() - began < 30000);
    within = strstr(log_text, "(no answer within ");
    EXPECT(within != NULL && atoi(within + strlen("(no answer within ")) <= 2000);
    EXPECT_INT(qls_result_status(result) / 1000, 2);
    qls_result_free(result);
    qls_client_free(client);
    silence_ends(silent);

    set_silent(silent, set);
    with.client = client = client_for(SERVER);
    with.listener = silent->listener;
    require(pthread_create(&thread, NULL, cancel_when_asked, &with) == 0, "pthread_create");
    result = qls_check(client, "a-token", CONSUMERS);
    printf("%s: canceled, returned after %d ms\n", named, (int)(GetTickCount64() - with.at));
    EXPECT(GetTickCount64() - with.at < 30000);
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
    expect_bounded(&silent, set_script, silent.url, "proxy-autoconfig");
    set_text("AutoConfigURL", NULL);
    closesocket(silent.listener);
}

static qls_result *check_for_a_second(qls_client *client)
{
    EXPECT_INT(qls_client_set_timeout_ms(client, 1000), QLS_OK);
    return check(client);
}

/* Whoever tries again and again does not fill the process with threads. When the silence ends, scripts are heard again. */
static void at_most_four_questions_are_under_way(void)
{
    silence silent;
    script chooses;
    int calls = 0, busy = 0;

    silence_start(&silent);
    while (!busy && calls < 2 * TRIES) {
        set_silent(&silent, set_script);
        qls_result_free(ask_once(SERVER, check_for_a_second));
        busy = strstr(log_text, "(earlier questions are still without an answer)") != NULL;
        calls++;
    }
    EXPECT(busy && calls > 4);
    for (int i = 0; i < 4; i++) {
        silence_ends(&silent);
    }
    script_start(&chooses, "return 'PROXY $2';");
    set_text("AutoConfigURL", chooses.url);
    expect_way(SERVER, &second);
    script_stop(&chooses);
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
    qls_result *result = NULL;

    silence_start(&silent);
    set_detection(1);
    /* Nobody knows whether there is a script. */
    expect_bounded(&silent, set_detected, "proxies could not be detected automatically", "name-not-found");

    /* It does not keep the script from being heard. */
    script_start(&chooses, "return 'PROXY $2';");
    set_text("AutoConfigURL", chooses.url);
    for (int tries = 0; tries == 0 || (!was_heard() && tries < TRIES); tries++) {
        qls_result_free(result);
        set_silent(&silent, set_detected);
        result = ask_once(SERVER, check);
        silence_ends(&silent);
    }
    EXPECT_STATUS(result, QLS_PROXY_FAILED);
    EXPECT_STR(qls_result_get(result, "/cause"), "proxy-refused");
    EXPECT_INT(answering_connections(&second), 1);
    qls_result_free(result);
    script_stop(&chooses);
    closesocket(silent.listener);
}

/* The time for a script, for the silent proxy and for the one behind it. */
static qls_result *check_in_time_for_two(qls_client *client)
{
    EXPECT_INT(qls_client_set_timeout_ms(client, 12000), QLS_OK);
    return check(client);
}

/* A proxy that accepts a connection and says nothing leaves time for the next. */
static void a_silent_proxy_leaves_time_for_the_next(void)
{
    silence silent;
    script chooses;
    char body[128];
    qls_result *result;

    silence_start(&silent);
    snprintf(body, sizeof body, "return 'PROXY %s; PROXY $2';", silent.url + strlen("http://"));
    script_start(&chooses, body);
    set_text("AutoConfigURL", chooses.url);
    result = ask_by(SERVER, check_in_time_for_two);
    EXPECT_STATUS(result, QLS_PROXY_FAILED);
    EXPECT_STR(qls_result_get(result, "/cause"), "proxy-refused");
    EXPECT_INT(answering_connections(&second), 1);
    qls_result_free(result);
    script_stop(&chooses);
    closesocket(silent.listener);
}

int main(int argc, char **argv)
{
    scripts_begin(argc > 1 ? argv[1] : NULL);
    a_silent_script_is_not_waited_for();
    at_most_four_questions_are_under_way();
    if (argc > 1) {
        a_silent_detection_is_not_waited_for();
        a_silent_proxy_leaves_time_for_the_next();
    }
    scripts_end();
    return expect_exit_code();
}
