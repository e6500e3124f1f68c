/* The log: which lines come, on which thread, what they contain, and what the log's function may call.
 * usage: callbacks SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include <pthread.h>
#include <unistd.h>
#include "asking.h"
#include "failing.h"

enum { LEVELS = QLS_LOG_TRACE, THREADS = 4 };

static asking from;

/* What is counted and kept during one operation. */
typedef struct heard {
    pthread_t caller;
    qls_client *client;
    int lines[LEVELS + 1];
    int32_t max_level;
    int depth; /* of calls that the callback makes */
    int nested;
} heard;

static void expect_proper_line(const heard *state, int32_t level, const char *line)
{
    EXPECT(pthread_equal(pthread_self(), state->caller));
    EXPECT(level >= QLS_LOG_ERROR && level <= state->max_level);
    EXPECT(line != NULL && line[0] != '\0');
    EXPECT(strchr(line, '\n') == NULL && strchr(line, '\r') == NULL);
    EXPECT(strstr(line, from.token) == NULL);
}

static void count(void *userdata, int32_t level, const char *line)
{
    heard *state = userdata;

    expect_proper_line(state, level, line);
    if (level >= 1 && level <= LEVELS) {
        state->lines[level]++;
    }
}

static void start(heard *state, qls_log_fn function, int32_t max_level)
{
    memset(state, 0, sizeof *state);
    state->caller = pthread_self();
    state->max_level = max_level;
    state->client = asking_client(&from);
    EXPECT_INT(qls_client_set_log(state->client, function, state, max_level), QLS_OK);
}

static void expect_check(const qls_client *client)
{
    qls_result *result = qls_check(client, from.token, ASKING_CONSUMERS);

    asking_expect_verdicts(result);
    qls_result_free(result);
}

static void each_level_has_the_lines_up_to_it(void)
{
    int all[LEVELS + 1] = {0};

    for (int32_t max = QLS_LOG_TRACE; max >= QLS_LOG_ERROR; max--) {
        heard state;

        start(&state, count, max);
        expect_check(state.client);
        for (int32_t level = QLS_LOG_ERROR; level <= max; level++) {
            if (max == QLS_LOG_TRACE) {
                all[level] = state.lines[level];
            }
            EXPECT_INT(state.lines[level], all[level]);
        }
        qls_client_free(state.client);
    }
    EXPECT_INT(all[QLS_LOG_ERROR], 0); /* nothing failed */
    EXPECT_INT(all[QLS_LOG_WARN], 0);
    EXPECT(all[QLS_LOG_INFO] >= 2); /* what is asked, and the outcome */
    EXPECT(all[QLS_LOG_DEBUG] >= 1);
}

static void a_failure_is_an_error_line(void)
{
    heard state;

    start(&state, count, QLS_LOG_TRACE);
    EXPECT_INT(qls_client_set_server(state.client, "http://127.0.0.1:1"), QLS_OK);
    EXPECT_INT(qls_client_set_retries(state.client, 1), QLS_OK);
    EXPECT_FAILED(qls_check(state.client, from.token, ASKING_CONSUMERS), QLS_CONNECT_FAILED, "connection-refused", &from);
    EXPECT_INT(state.lines[QLS_LOG_ERROR], 1);
    EXPECT_INT(state.lines[QLS_LOG_WARN], 1); /* one retry */
    qls_client_free(state.client);
}

static void a_log_that_was_unset_hears_nothing(void)
{
    heard state;

    start(&state, count, QLS_LOG_TRACE);
    EXPECT_INT(qls_client_set_log(state.client, NULL, &state, 0), QLS_OK);
    expect_check(state.client);
    for (int level = 0; level <= LEVELS; level++) {
        EXPECT_INT(state.lines[level], 0);
    }
    qls_client_free(state.client);
}

/* Each line of the outer call makes an inner call. The lines of inner calls are only counted. */
static void ask_again(void *userdata, int32_t level, const char *line)
{
    heard *state = userdata;

    expect_proper_line(state, level, line);
    if (state->depth > 0) {
        return;
    }
    state->depth++;
    state->nested++;
    expect_check(state->client);
    EXPECT_STR(qls_status_name(QLS_TIMEOUT), "QLS_TIMEOUT");
    state->depth--;
}

static void the_callback_may_ask_with_the_same_client(void)
{
    heard state;

    start(&state, ask_again, QLS_LOG_TRACE);
    expect_check(state.client);
    EXPECT(state.nested >= 3);
    expect_check(state.client);
    qls_client_free(state.client);
}

static qls_result *earlier;

static void read_result(void *userdata, int32_t level, const char *line)
{
    heard *state = userdata;

    expect_proper_line(state, level, line);
    state->nested++;
    asking_expect_verdicts(earlier);
    EXPECT_STR(qls_result_get(earlier, "/operation"), "check");
    EXPECT_INT(qls_result_count(earlier, "/components"), ASKING_COUNT);
    EXPECT_INT(qls_result_http_status(earlier), 200);
    EXPECT(qls_result_message(earlier)[0] != '\0');
    EXPECT(qls_result_json(earlier, NULL)[0] == '{');
}

static void the_callback_may_read_results(void)
{
    heard state;

    start(&state, read_result, QLS_LOG_TRACE);
    EXPECT_INT(qls_client_set_log(state.client, NULL, NULL, 0), QLS_OK);
    earlier = qls_check(state.client, from.token, ASKING_CONSUMERS);
    EXPECT_INT(qls_client_set_log(state.client, read_result, &state, QLS_LOG_TRACE), QLS_OK);
    expect_check(state.client);
    EXPECT(state.nested >= 3);
    qls_result_free(earlier);
    qls_client_free(state.client);
}

static void cancel(void *userdata, int32_t level, const char *line)
{
    heard *state = userdata;

    expect_proper_line(state, level, line);
    state->nested++;
    qls_client_cancel(state->client);
}

static void the_callback_may_cancel(void)
{
    heard state;

    start(&state, cancel, QLS_LOG_INFO); /* the first line comes before anything is sent */
    EXPECT_FAILED(qls_check(state.client, from.token, ASKING_CONSUMERS), QLS_CANCELLED, "cancelled", &from);
    EXPECT(state.nested >= 1);
    EXPECT_FAILED(qls_check(state.client, from.token, ASKING_CONSUMERS), QLS_CANCELLED, "cancelled", &from);
    qls_client_free(state.client);
}

/* The threads that are inside a call with a client that many threads share. */
static pthread_key_t in_call;

static void expect_caller_s_thread(void *userdata, int32_t level, const char *line)
{
    EXPECT(userdata == &in_call);
    EXPECT(pthread_getspecific(in_call) != NULL);
    EXPECT(level >= QLS_LOG_ERROR && level <= QLS_LOG_TRACE);
    EXPECT(strstr(line, from.token) == NULL);
}

static void *ask_some_times(void *argument)
{
    for (int i = 0; i < 5; i++) {
        pthread_setspecific(in_call, argument);
        expect_check(argument);
        pthread_setspecific(in_call, NULL);
    }
    return NULL;
}

static void lines_come_on_the_thread_that_asks(void)
{
    qls_client *client = asking_client(&from);
    pthread_t threads[THREADS];

    require(pthread_key_create(&in_call, NULL) == 0, "pthread_key_create");
    EXPECT_INT(qls_client_set_log(client, expect_caller_s_thread, &in_call, QLS_LOG_TRACE), QLS_OK);
    for (int i = 0; i < THREADS; i++) {
        require(pthread_create(&threads[i], NULL, ask_some_times, client) == 0, "pthread_create");
    }
    for (int i = 0; i < THREADS; i++) {
        require(pthread_join(threads[i], NULL) == 0, "pthread_join");
    }
    pthread_key_delete(in_call);
    qls_client_free(client);
}

int main(int argc, char **argv)
{
    asking_start(&from, argc, argv);
    alarm(300); /* ends this program if it hangs, because a lock is held while the callback runs */
    each_level_has_the_lines_up_to_it();
    a_failure_is_an_error_line();
    a_log_that_was_unset_hears_nothing();
    the_callback_may_ask_with_the_same_client();
    the_callback_may_read_results();
    the_callback_may_cancel();
    lines_come_on_the_thread_that_asks();
    return expect_exit_code();
}
