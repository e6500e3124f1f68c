/* Asks once or many times and prints the outcomes. It is for tests of faults that need a process of their own: its
 * resolver, threads, clock or descriptors do not work as usual.
 * usage: ask SERVER TIMEOUT-MS TOKEN-FILE CONSUMERS [NAME=VALUE...]
 *   connect-timeout=MS retries=N proxy=URL plain-http=1 ca-file=PATH   the setters
 *   cancel-after=MS    another thread cancels each call
 *   repeat=N           asks N times, each time with a new client
 *   last=MS            asks once more at the end, with this timeout
 *   descriptors=N      RLIMIT_NOFILE while asking
 * Each call prints lines "status NAME", "cause WORD", "http NUMBER", "ms NUMBER", "allowed NUMBER", "message TEXT",
 * "json TEXT". At the end come "threads NUMBER", the highest number of threads after a call, and "clock NUMBER", the
 * seconds between two readings of the wall clock.
 */
#include "expect.h"

#include <dirent.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <time.h>

typedef struct settings {
    const char *server, *consumers, *proxy, *ca_file;
    unsigned timeout, connect_timeout, retries, cancel_after, repeat, last, descriptors;
    int plain_http;
    char token[4096];
} settings;

typedef struct canceller {
    const qls_client *client;
    unsigned after;
} canceller;

static double milliseconds(clockid_t clock)
{
    struct timespec now;

    require(clock_gettime(clock, &now) == 0, "clock_gettime");
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The number of threads of this process; 0 if the system does not tell it. */
static unsigned threads(void)
{
    unsigned number = 0;
    struct dirent *entry;
    DIR *tasks = opendir("/proc/self/task");

    while (tasks != NULL && (entry = readdir(tasks)) != NULL) {
        number += entry->d_name[0] != '.';
    }
    if (tasks != NULL) {
        closedir(tasks);
    }
    return number;
}

static void *cancel_later(void *argument)
{
    const canceller *how = argument;
    struct timespec pause = {how->after / 1000, (long)(how->after % 1000) * 1000000};

    nanosleep(&pause, NULL);
    qls_client_cancel(how->client);
    return NULL;
}

/* Sets the limit only while asking, so that it limits the library and not the rest of this program. */
static void limit_descriptors(rlim_t number)
{
    struct rlimit limit;

    require(getrlimit(RLIMIT_NOFILE, &limit) == 0, "getrlimit");
    limit.rlim_cur = number;
    require(setrlimit(RLIMIT_NOFILE, &limit) == 0, "setrlimit");
}

static qls_client *make_client(const settings *how, unsigned timeout)
{
    qls_client *client = qls_client_new();

    EXPECT_INT(qls_client_set_server(client, how->server), QLS_OK);
    EXPECT_INT(qls_client_set_timeout_ms(client, timeout), QLS_OK);
    EXPECT_INT(qls_client_set_connect_timeout_ms(client, how->connect_timeout), QLS_OK);
    EXPECT_INT(qls_client_set_retries(client, how->retries), QLS_OK);
    EXPECT_INT(qls_client_set_proxy(client, how->proxy), QLS_OK);
    EXPECT_INT(qls_client_set_ca_file(client, how->ca_file), QLS_OK);
    EXPECT_INT(qls_client_set_allow_plain_http(client, how->plain_http), QLS_OK);
    return client;
}

static void report(const qls_result *result, double took)
{
    const char *cause = qls_result_get(result, "/cause"), *component;
    unsigned allowed = 0;

    for (size_t i = 0; i < qls_result_component_count(result); i++) {
        allowed += qls_result_component(result, i, &component, NULL) == QLS_VERDICT_ALLOWED
                   || qls_result_is_allowed(result, component);
    }
    printf("status %s\ncause %s\nhttp %d\nms %.0f\nallowed %u\nmessage %s\njson %s\n",
           qls_status_name(qls_result_status(result)), cause, (int)qls_result_http_status(result), took, allowed,
           qls_result_message(result), qls_result_json(result, NULL));
}

static void ask(const settings *how, unsigned timeout)
{
    qls_client *client = make_client(how, timeout);
    canceller canceller = {client, how->cancel_after};
    pthread_t thread;
    qls_result *result;
    double start;

    if (how->cancel_after != 0) {
        require(pthread_create(&thread, NULL, cancel_later, &canceller) == 0, "pthread_create");
    }
    if (how->descriptors != 0) {
        limit_descriptors(how->descriptors);
    }
    start = milliseconds(CLOCK_MONOTONIC);
    result = qls_check(client, how->token, how->consumers);
    start = milliseconds(CLOCK_MONOTONIC) - start;
    if (how->descriptors != 0) {
        limit_descriptors(256);
    }
    if (how->cancel_after != 0) {
        require(pthread_join(thread, NULL) == 0, "pthread_join");
    }
    report(result, start);
    qls_result_free(result);
    qls_client_free(client);
}

static void read_token(settings *how, const char *path)
{
    FILE *file = fopen(path, "r");

    require(file != NULL, path);
    require(fgets(how->token, sizeof how->token, file) != NULL, path);
    how->token[strcspn(how->token, "\r\n")] = '\0';
    require(fclose(file) == 0, path);
}

/* The value of an argument NAME=VALUE; NULL if it has another name. */
static const char *value_of(const char *argument, const char *name)
{
    size_t length = strlen(name);

    return strncmp(argument, name, length) == 0 && argument[length] == '=' ? argument + length + 1 : NULL;
}

static int read_number(const char *argument, const char *name, unsigned *number)
{
    const char *value = value_of(argument, name);

    if (value != NULL) {
        *number = (unsigned)strtoul(value, NULL, 10);
    }
    return value != NULL;
}

static void read_option(settings *how, const char *argument)
{
    const char *value;
    unsigned number;

    if ((value = value_of(argument, "proxy")) != NULL) {
        how->proxy = value;
    } else if ((value = value_of(argument, "ca-file")) != NULL) {
        how->ca_file = value;
    } else if (read_number(argument, "plain-http", &number)) {
        how->plain_http = number != 0;
    } else if (!read_number(argument, "connect-timeout", &how->connect_timeout)
               && !read_number(argument, "retries", &how->retries)
               && !read_number(argument, "cancel-after", &how->cancel_after)
               && !read_number(argument, "repeat", &how->repeat) && !read_number(argument, "last", &how->last)
               && !read_number(argument, "descriptors", &how->descriptors)) {
        fprintf(stderr, "unknown option: %s\n", argument);
        exit(64);
    }
}

int main(int argc, char **argv)
{
    settings how = {0};
    unsigned most = 0, now;
    double leap;

    if (argc < 5) {
        fprintf(stderr, "usage: %s SERVER TIMEOUT-MS TOKEN-FILE CONSUMERS [NAME=VALUE...]\n", argv[0]);
        return 64;
    }
    how.server = argv[1];
    how.timeout = (unsigned)strtoul(argv[2], NULL, 10);
    read_token(&how, argv[3]);
    how.consumers = argv[4];
    how.connect_timeout = 60000;
    how.repeat = 1;
    for (int i = 5; i < argc; i++) {
        read_option(&how, argv[i]);
    }
    for (unsigned i = 0; i < how.repeat; i++) {
        ask(&how, how.timeout);
        now = threads();
        most = now > most ? now : most;
    }
    if (how.last != 0) {
        ask(&how, how.last);
    }
    leap = milliseconds(CLOCK_REALTIME);
    leap = milliseconds(CLOCK_REALTIME) - leap;
    printf("threads %u\nclock %.0f\n", most, (leap < 0 ? -leap : leap) / 1e3);
    return expect_exit_code();
}
