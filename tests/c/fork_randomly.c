/* A host that forks at random moments, 500 times, while its other threads make clients, ask, and read a result for the
 * first time. Each child reads that result, and asks with the shared client and with one of its own.
 * usage: fork_randomly SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include <pthread.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "asking.h"
#include "reading.h"

enum { FORKS = 500, READERS = 2 };

typedef struct host {
    asking from;
    const qls_client *client;
    const qls_result *checked, *listed; /* those of this turn */
    pthread_barrier_t turn;             /* two stops a turn: readers begin, readers are done */
} host;

static void read_results(const host *host)
{
    asking_expect_verdicts(host->checked);
    reading_expect_licenses(host->listed);
}

static void *read_each(void *argument)
{
    host *host = argument;

    for (int i = 0; i < FORKS; i++) {
        pthread_barrier_wait(&host->turn);
        read_results(host);
        pthread_barrier_wait(&host->turn);
    }
    return NULL;
}

static void ask(const host *host, const qls_client *client)
{
    qls_result *result = qls_check(client, host->from.token, ASKING_CONSUMERS);

    asking_expect_verdicts(result);
    qls_result_free(result);
}

static void ask_anew(const host *host)
{
    qls_client *client = asking_client(&host->from);

    ask(host, client);
    qls_client_free(client);
}

static void *ask_each(void *argument)
{
    host *host = argument;

    for (int i = 0; i < FORKS; i++) {
        pthread_barrier_wait(&host->turn);
        ask_anew(host);
        ask(host, host->client);
        pthread_barrier_wait(&host->turn);
    }
    return NULL;
}

/* Waits up to 4 ms, in which the other threads do most of what they do in a turn. */
static void wait_a_moment(void)
{
    struct timespec moment = {0, rand() % 4000000};

    nanosleep(&moment, NULL);
}

int main(int argc, char **argv)
{
    static host host;
    pthread_t threads[READERS + 1];
    qls_client *client;

    asking_start(&host.from, argc, argv);
    srand((unsigned)time(NULL) ^ (unsigned)getpid());
    host.client = client = asking_client(&host.from);
    require(pthread_barrier_init(&host.turn, NULL, READERS + 2) == 0, "pthread_barrier_init");
    for (int i = 0; i <= READERS; i++) {
        require(pthread_create(&threads[i], NULL, i < READERS ? read_each : ask_each, &host) == 0, "pthread_create");
    }
    for (int i = 0; i < FORKS; i++) {
        qls_result *checked = qls_check(client, host.from.token, ASKING_CONSUMERS);
        qls_result *listed = qls_list(client, host.from.token, NULL);
        int status;
        pid_t child;

        host.checked = checked;
        host.listed = listed;
        pthread_barrier_wait(&host.turn);
        wait_a_moment();
        child = fork();
        require(child >= 0, "fork");
        if (child == 0) {
            alarm(20); /* ends a child that hangs */
            read_results(&host);
            ask(&host, host.client);
            ask_anew(&host);
            _exit(expect_exit_code());
        }
        require(waitpid(child, &status, 0) == child, "waitpid");
        EXPECT_INT(status, 0);
        pthread_barrier_wait(&host.turn);
        qls_result_free(checked);
        qls_result_free(listed);
    }
    for (int i = 0; i <= READERS; i++) {
        require(pthread_join(threads[i], NULL) == 0, "pthread_join");
    }
    qls_client_free(client);
    return expect_exit_code();
}
