/* A host that forks while another of its threads is at some point of the process's first request. The child makes a
 * client of its own, and gets its answer. The point is given as a number of calls of malloc(): the thread is stopped in
 * its Nth call until the fork is done.
 * usage: fork_anywhere SERVER-URL TOKEN-FILE CA-FILE N     N from 1 on; prints "over" if there were fewer calls
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "expect.h"
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/wait.h>
#include <unistd.h>
#include "asking.h"

static __thread int until_held_up; /* 0: never */
static sem_t held_up, go_on;
static const char *ca_file;

/* The library calls these functions: the program's symbols come before libc's. */
void *malloc(size_t size)
{
    static void *(*real)(size_t);

    if (real == NULL) {
        *(void **)&real = dlsym(RTLD_NEXT, "malloc");
    }
    if (until_held_up > 0 && --until_held_up == 0) {
        sem_post(&held_up);
        sem_wait(&go_on);
    }
    return real(size);
}

static qls_client *new_client(const asking *from)
{
    qls_client *client = asking_client(from);

    EXPECT_INT(qls_client_set_ca_file(client, ca_file), QLS_OK);
    EXPECT_INT(qls_client_set_trust(client, QLS_TRUST_GIVEN_ONLY), QLS_OK);
    return client;
}

static void ask(const asking *from, const qls_client *client)
{
    qls_result *result = qls_check(client, from->token, ASKING_CONSUMERS);

    asking_expect_verdicts(result);
    qls_result_free(result);
}

typedef struct first {
    const asking *from;
    const qls_client *client;
    int n, was_held_up;
} first;

static void *ask_first(void *argument)
{
    first *first = argument;

    until_held_up = first->n;
    ask(first->from, first->client);
    first->was_held_up = until_held_up == 0;
    until_held_up = 0;
    if (!first->was_held_up) {
        sem_post(&held_up);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    asking from;
    first first = {&from, NULL, 0, 0};
    pthread_t thread;
    qls_client *client;
    pid_t child;
    int status;

    require(argc == 5, "usage: fork_anywhere SERVER-URL TOKEN-FILE CA-FILE N");
    asking_start(&from, 3, argv);
    ca_file = argv[3];
    first.n = atoi(argv[4]);
    require(first.n > 0, "N");
    require(sem_init(&held_up, 0, 0) == 0 && sem_init(&go_on, 0, 0) == 0, "sem_init");
    first.client = client = new_client(&from);
    require(pthread_create(&thread, NULL, ask_first, &first) == 0, "pthread_create");
    require(sem_wait(&held_up) == 0, "sem_wait");
    child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        qls_client *own;

        alarm(20); /* ends a child that hangs, because it waits for a thread that exists only in the parent */
        own = new_client(&from);
        ask(&from, own);
        qls_client_free(own);
        _exit(expect_exit_code());
    }
    require(waitpid(child, &status, 0) == child, "waitpid");
    EXPECT_INT(status, 0);
    sem_post(&go_on);
    require(pthread_join(thread, NULL) == 0, "pthread_join");
    qls_client_free(client);
    if (!first.was_held_up) {
        puts("over");
    }
    return expect_exit_code();
}
