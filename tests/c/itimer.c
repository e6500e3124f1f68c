/* A host with an interval timer, whose signals interrupt every system call that the library waits in.
 *
 * usage: itimer SERVER-URL TOKEN-FILE CA-FILE|- INTERVAL-MS restart|interrupt answers|silent|deaf
 * A server that "answers" is the stand-in, a "silent" one reads and never answers, a "deaf" one does not even read.
 */
#include "expect.h"
#include "asking.h"

#include <signal.h>
#include <sys/time.h>
#include <time.h>

static volatile sig_atomic_t ticks;

static void tick(int number)
{
    (void)number;
    ticks++;
}

static void start_ticking(long interval_ms, int restart)
{
    struct sigaction action;
    struct itimerval interval;

    memset(&action, 0, sizeof action);
    action.sa_handler = tick;
    action.sa_flags = restart ? SA_RESTART : 0;
    require(sigaction(SIGALRM, &action, NULL) == 0, "sigaction");
    interval.it_interval.tv_sec = 0;
    interval.it_interval.tv_usec = interval_ms * 1000;
    interval.it_value = interval.it_interval;
    require(setitimer(ITIMER_REAL, &interval, NULL) == 0, "setitimer");
}

static double now(void)
{
    struct timespec time;

    require(clock_gettime(CLOCK_MONOTONIC, &time) == 0, "clock_gettime");
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* A list of one consumer, of 20 MB. */
static char *large_consumers(void)
{
    static const char head[] = "[{\"component_id\":\"tools.creator\",\"consumer_id\":\"qtcreator\",\"padding\":\"";
    static const char tail[] = "\"}]";
    const size_t padding = 20000000;
    char *json = malloc(sizeof head + padding + sizeof tail);

    require(json != NULL, "malloc");
    memcpy(json, head, sizeof head - 1);
    memset(json + sizeof head - 1, 'x', padding);
    memcpy(json + sizeof head - 1 + padding, tail, sizeof tail);
    return json;
}

static void ordinary_calls_succeed(const asking *from, qls_client *client)
{
    const double end = now() + 1.0;
    int calls = 0;

    while (now() < end) {
        qls_result *list = qls_list(client, from->token, NULL);
        qls_result *check = qls_check(client, from->token, ASKING_CONSUMERS);

        EXPECT_STATUS(list, QLS_OK);
        asking_expect_verdicts(check);
        qls_result_free(list);
        qls_result_free(check);
        /* A setter closes the kept connection, so every third pair of calls makes a new one. */
        if (++calls % 3 == 0) {
            EXPECT_INT(qls_client_set_retries(client, 0), QLS_OK);
        }
    }
    EXPECT(calls >= 3);
}

/* The call ends at its timeout: the signals neither end it early nor keep it from ending. */
static void the_deadline_ends_it(const asking *from, qls_client *client, const char *consumers)
{
    const double timeout = 1.0, slack = 2.0;
    double start, took;
    qls_result *result;

    EXPECT_INT(qls_client_set_timeout_ms(client, (uint32_t)(timeout * 1000)), QLS_OK);
    start = now();
    result = qls_check(client, from->token, consumers);
    took = now() - start;
    EXPECT_STATUS(result, QLS_TIMEOUT);
    EXPECT_STR(qls_result_get(result, "/cause"), "deadline");
    EXPECT_INT(qls_result_is_allowed(result, "tools.creator"), 0);
    EXPECT(strstr(qls_result_json(result, NULL), from->token) == NULL);
    EXPECT(took >= timeout);
    EXPECT(took < timeout + slack);
    qls_result_free(result);
}

int main(int argc, char **argv)
{
    asking from;
    qls_client *client;

    if (argc != 7) {
        fprintf(stderr, "usage: %s SERVER-URL TOKEN-FILE CA-FILE|- INTERVAL-MS restart|interrupt "
                        "answers|silent|deaf\n", argv[0]);
        return 64;
    }
    asking_start(&from, 3, argv);
    client = asking_client(&from);
    EXPECT_INT(qls_client_set_proxy(client, ""), QLS_OK);
    EXPECT_INT(qls_client_set_retries(client, 0), QLS_OK);
    if (strcmp(argv[3], "-") != 0) {
        EXPECT_INT(qls_client_set_ca_file(client, argv[3]), QLS_OK);
        EXPECT_INT(qls_client_set_trust(client, QLS_TRUST_GIVEN_ONLY), QLS_OK);
    }
    start_ticking(atol(argv[4]), strcmp(argv[5], "restart") == 0);
    if (strcmp(argv[6], "answers") == 0) {
        ordinary_calls_succeed(&from, client);
    } else if (strcmp(argv[6], "silent") == 0) {
        the_deadline_ends_it(&from, client, ASKING_CONSUMERS);
    } else {
        char *consumers = large_consumers();

        the_deadline_ends_it(&from, client, consumers);
        free(consumers);
    }
    /* Without signals this would have tested nothing. */
    EXPECT(ticks > 20);
    qls_client_free(client);
    return expect_exit_code();
}
