/* Threads that load the library while others use it, loaded or not; and a child of a process that forks meanwhile.
 * usage: load_threads SERVER-URL TOKEN-FILE LIBRARY
 */
#include "expect.h"
#include <pthread.h>
#ifndef _WIN32
#include <signal.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>
#endif
#include "asking.h"
#include "qls_precheck_load.h"

enum { THREADS = 16 };

static asking from;
static const char *library;

/* Until it is loaded there is no verdict, and afterwards there is the right one: nothing in between. */
static void *ask_until_it_answers(void *unused)
{
    (void)unused;
    for (;;) {
        qls_client *client = qls_client_new();
        qls_result *result;
        qls_status status;

        qls_client_set_server(client, from.server);
        qls_client_set_timeout_ms(client, 120000);
        qls_client_set_connect_timeout_ms(client, 60000);
        result = qls_check(client, from.token, ASKING_CONSUMERS);
        status = qls_result_status(result);
        if (status == QLS_OK) {
            asking_expect_verdicts(result);
        } else {
            EXPECT_INT(status, QLS_CONFIGURATION);
            EXPECT(!qls_result_is_allowed(result, "tools.creator"));
            EXPECT_STR(qls_result_get(result, "/message"), qls_result_message(result));
        }
        qls_client_cancel(client);
        qls_result_free(result);
        qls_client_free(client);
        if (status == QLS_OK || expect_failures > 0) {
            return NULL;
        }
    }
}

static void *fail_and_load(void *number)
{
    char missing[64];

    snprintf(missing, sizeof missing, "relative-%d", *(const int *)number);
    for (int i = 0; i < 20; i++) {
        EXPECT_STATUS(qls_load(missing), QLS_CONFIGURATION);
    }
    EXPECT_STATUS(qls_load(library), QLS_OK);
    EXPECT(qls_abi_version() >= QLS_ABI_VERSION);
    return NULL;
}

#ifndef _WIN32
static void fork_and_load(void)
{
    pid_t child = fork();
    int status = 0;

    if (child == 0) {
        if (qls_result_status(qls_load(library)) == QLS_OK && qls_abi_version() >= QLS_ABI_VERSION) {
            kill(getpid(), SIGKILL); /* at its exit Valgrind would count what the other threads had in hand */
        }
        _exit(1);
    }
    require(child > 0 && waitpid(child, &status, 0) == child, "fork");
    EXPECT(WIFSIGNALED(status));
}
#endif

int main(int argc, char **argv)
{
    pthread_t threads[THREADS];
    int numbers[THREADS];

    require(argc == 4, "usage: load_threads SERVER-URL TOKEN-FILE LIBRARY");
    asking_start(&from, 3, argv);
    library = asking_path(argv[3]);
    for (int i = 0; i < THREADS; i++) {
        numbers[i] = i;
        require(pthread_create(&threads[i], NULL, i % 2 == 0 ? ask_until_it_answers : fail_and_load, &numbers[i]) == 0,
                "pthread_create");
    }
#ifndef _WIN32
    fork_and_load();
#endif
    for (int i = 0; i < THREADS; i++) {
        require(pthread_join(threads[i], NULL) == 0, "pthread_join");
    }
    return expect_exit_code();
}
