/* A host that forks while another of its threads is at some point of using the library. The child gets its answers all
 * the same. The point is given as a number of calls of malloc(): the thread is stopped in its Nth call until the fork is
 * done.
 * usage: fork_anywhere SERVER-URL TOKEN-FILE CA-FILE WHAT N   N from 1 on; prints "over" if there were fewer calls
 * WHAT is what the thread does:
 *   first   it is the first in the process to use the library: makes a client and asks
 *   call    makes the first call of a client, which the child uses too
 *   read    is the first to read results, which the child reads too
 */
#define _GNU_SOURCE /* RTLD_NEXT */
#include "expect.h"
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <sys/wait.h>
#include <unistd.h>
#include "asking.h"
#include "reading.h"

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

static void ask_anew(const asking *from)
{
    qls_client *client = new_client(from);

    ask(from, client);
    qls_client_free(client);
}

typedef struct use {
    const asking *from;
    const qls_client *client;           /* NULL: each makes its own */
    const qls_result *checked, *listed; /* NULL: nothing is read */
    int n, was_held_up;
} use;

static void use_library(const use *use)
{
    if (use->checked != NULL) {
        asking_expect_verdicts(use->checked);
        reading_expect_licenses(use->listed);
    } else if (use->client != NULL) {
        ask(use->from, use->client);
    } else {
        ask_anew(use->from);
    }
}

static void *use_first(void *argument)
{
    use *first = argument;

    until_held_up = first->n;
    use_library(first);
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
    use use = {&from, NULL, NULL, NULL, 0, 0};
    qls_client *client = NULL;
    qls_result *checked = NULL, *listed = NULL;
    pthread_t thread;
    pid_t child;
    int status;

    require(argc == 6, "usage: fork_anywhere SERVER-URL TOKEN-FILE CA-FILE first|call|read N");
    asking_start(&from, 3, argv);
    ca_file = argv[3];
    use.n = atoi(argv[5]);
    require(use.n > 0, "N");
    require(sem_init(&held_up, 0, 0) == 0 && sem_init(&go_on, 0, 0) == 0, "sem_init");
    if (strcmp(argv[4], "first") != 0) {
        use.client = client = new_client(&from);
    }
    if (strcmp(argv[4], "read") == 0) {
        use.checked = checked = qls_check(client, from.token, ASKING_CONSUMERS);
        use.listed = listed = qls_list(client, from.token, NULL);
    }
    require(pthread_create(&thread, NULL, use_first, &use) == 0, "pthread_create");
    require(sem_wait(&held_up) == 0, "sem_wait");
    child = fork();
    require(child >= 0, "fork");
    if (child == 0) {
        alarm(20); /* ends a child that hangs, because it waits for a thread that exists only in the parent */
        use_library(&use);
        ask_anew(&from);
        _exit(expect_exit_code());
    }
    require(waitpid(child, &status, 0) == child, "waitpid");
    EXPECT_INT(status, 0);
    sem_post(&go_on);
    require(pthread_join(thread, NULL) == 0, "pthread_join");
    qls_result_free(checked);
    qls_result_free(listed);
    qls_client_free(client);
    if (!use.was_held_up) {
        puts("over");
    }
    return expect_exit_code();
}
