/* Canceling in a signal handler, where only an atomic store is safe, and in the log callback.
 * usage: cancel SILENT-SERVER TOKEN-FILE ANSWERING-SERVER
 * The first server accepts and never answers; the second allows the component that is asked for.
 */
#include "expect.h"

#include <signal.h>
#include <sys/time.h>
#include <time.h>

#define CONSUMERS "[{\"component_id\":\"9876\",\"consumer_id\":\"qtcreator\"}]"

enum { RACES = 400 };

typedef struct cancelling {
    qls_client *client;
    int lines, at;
} cancelling;

static const char *silent, *answering;
static char token[4096];
static qls_client *volatile signalled;

static void on_alarm(int number)
{
    (void)number;
    qls_client_cancel(signalled);
}

static double seconds(void)
{
    struct timespec now;

    require(clock_gettime(CLOCK_MONOTONIC, &now) == 0, "clock_gettime");
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Raises SIGALRM once, after so many microseconds; 0 stops it. */
static void alarm_after(long microseconds)
{
    struct itimerval timer = {{0, 0}, {microseconds / 1000000, microseconds % 1000000}};

    require(setitimer(ITIMER_REAL, &timer, NULL) == 0, "setitimer");
}

/* Its timeout is long, so a call that ends soon was canceled. */
static qls_client *make_client(const char *server)
{
    qls_client *client = qls_client_new();

    EXPECT_INT(qls_client_set_server(client, server), QLS_OK);
    EXPECT_INT(qls_client_set_timeout_ms(client, 60000), QLS_OK);
    return client;
}

static void expect_cancelled(const qls_result *result)
{
    EXPECT_STATUS(result, QLS_CANCELLED);
    EXPECT_STR(qls_result_get(result, "/cause"), "cancelled");
    EXPECT_INT(qls_result_is_allowed(result, "9876"), 0);
    EXPECT(strstr(qls_result_json(result, NULL), token) == NULL);
}

static void expect_later_calls_cancelled(const qls_client *client)
{
    qls_result *result = qls_check(client, token, CONSUMERS);

    expect_cancelled(result);
    qls_result_free(result);
    result = qls_list(client, token, NULL);
    expect_cancelled(result);
    qls_result_free(result);
}

static void a_signal_handler_ends_a_call(long microseconds)
{
    qls_client *client = make_client(silent);
    qls_result *result;
    double start = seconds();

    signalled = client;
    alarm_after(microseconds);
    result = qls_check(client, token, CONSUMERS);
    EXPECT(seconds() - start < 2.0 + (double)microseconds / 1e6);
    expect_cancelled(result);
    qls_result_free(result);
    expect_later_calls_cancelled(client);
    qls_client_free(client);
}

/* Wherever the handler interrupts the call, it ends with an answer or as canceled. */
static void a_signal_handler_races_the_answer(void)
{
    int cancelled = 0, answered = 0;

    for (long i = 0; i < RACES; i++) {
        qls_client *client = make_client(answering);
        qls_result *result;

        signalled = client;
        alarm_after(1 + i * 10 * (i % 7));
        result = qls_check(client, token, CONSUMERS);
        if (qls_result_status(result) == QLS_OK) {
            answered++;
            EXPECT_INT(qls_result_is_allowed(result, "9876"), 1);
        } else {
            cancelled++;
            expect_cancelled(result);
        }
        alarm_after(0);
        qls_result_free(result);
        qls_client_free(client);
    }
    printf("%d cancelled, %d answered\n", cancelled, answered);
    EXPECT(cancelled > 0);
    EXPECT(answered > 0);
}

static void on_line(void *userdata, int32_t level, const char *message)
{
    cancelling *how = userdata;

    (void)level;
    EXPECT(strstr(message, token) == NULL);
    if (++how->lines == how->at) {
        qls_client_cancel(how->client);
    }
}

/* Cancels when the log line of this number comes; returns the number of lines. */
static int the_log_callback_ends_a_call(int at)
{
    cancelling how = {make_client(answering), 0, at};
    qls_result *result;
    int lines;

    EXPECT_INT(qls_client_set_log(how.client, on_line, &how, QLS_LOG_TRACE), QLS_OK);
    result = qls_check(how.client, token, CONSUMERS);
    lines = how.lines;
    if (qls_result_status(result) != QLS_OK || at == 1) {
        expect_cancelled(result);
    } else {
        EXPECT_INT(qls_result_is_allowed(result, "9876"), 1);
    }
    qls_result_free(result);
    if (lines >= at) {
        expect_later_calls_cancelled(how.client);
    }
    qls_client_free(how.client);
    return lines;
}

int main(int argc, char **argv)
{
    struct sigaction action;
    FILE *file;
    int at = 1;

    if (argc != 4) {
        fprintf(stderr, "usage: %s SILENT-SERVER TOKEN-FILE ANSWERING-SERVER\n", argv[0]);
        return 64;
    }
    silent = argv[1];
    answering = argv[3];
    file = fopen(argv[2], "r");
    require(file != NULL, argv[2]);
    require(fgets(token, sizeof token, file) != NULL, argv[2]);
    token[strcspn(token, "\r\n")] = '\0';
    require(fclose(file) == 0, argv[2]);
    memset(&action, 0, sizeof action);
    action.sa_handler = on_alarm;
    require(sigaction(SIGALRM, &action, NULL) == 0, "sigaction");

    a_signal_handler_ends_a_call(300000);
    for (long i = 0; i < 20; i++) {
        a_signal_handler_ends_a_call(1 + i * 500);
    }
    a_signal_handler_races_the_answer();
    /* Cancels at the first line, the second, and so on, until there is no line of that number. */
    while (the_log_callback_ends_a_call(at) >= at && at < 100) {
        at++;
    }
    EXPECT(at > 2 && at < 100);
    return expect_exit_code();
}
