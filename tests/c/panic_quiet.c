/* Panics inside the library while standard error is closed, or is a pipe that nobody reads. Writing there would raise
 * SIGPIPE, which is left at its default and would end the process. Needs the library with the feature panic-test. In
 * the end this prints to standard output that everything was as expected; nothing else may write there.
 * usage: panic_quiet SERVER-URL TOKEN-FILE open|closed|broken
 */
#include "expect.h"
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>
#include "asking.h"

static asking from;

static void *ask(void *argument)
{
    qls_result *result = qls_check(argument, from.token, ASKING_CONSUMERS);
    int *status = malloc(sizeof *status);

    require(status != NULL, "malloc");
    *status = (int)qls_result_status(result);
    qls_result_free(result);
    return status;
}

static int asked_on_a_thread(qls_client *client)
{
    pthread_t thread;
    void *status;
    int got;

    require(pthread_create(&thread, NULL, ask, client) == 0, "pthread_create");
    require(pthread_join(thread, &status) == 0, "pthread_join");
    got = *(int *)status;
    free(status);
    return got;
}

int main(int argc, char **argv)
{
    qls_client *client;
    int ends[2], here, there, afterwards;
    int32_t allowed;
    qls_result *result;

    require(argc == 4, "usage: panic_quiet SERVER-URL TOKEN-FILE open|closed|broken");
    asking_start(&from, 3, argv);
    require(signal(SIGPIPE, SIG_DFL) != SIG_ERR, "signal");
    client = asking_client(&from);
    if (strcmp(argv[3], "closed") == 0) {
        close(STDERR_FILENO);
    } else if (strcmp(argv[3], "broken") == 0) {
        require(pipe(ends) == 0, "pipe");
        require(dup2(ends[1], STDERR_FILENO) == STDERR_FILENO, "dup2");
        close(ends[0]);
        close(ends[1]);
    }
    /* From here on no check may print: only the exit status says whether all was well. */
    setenv("QLS_PANIC", "qls_check", 1);
    result = qls_check(client, from.token, ASKING_CONSUMERS);
    here = (int)qls_result_status(result);
    allowed = qls_result_is_allowed(result, asking_verdicts[0].component);
    qls_result_free(result);
    there = asked_on_a_thread(client);
    unsetenv("QLS_PANIC");
    afterwards = asked_on_a_thread(client);
    qls_client_free(client);
    if (here != QLS_INTERNAL || allowed || there != QLS_INTERNAL || afterwards != QLS_OK) {
        printf("here %d, allowed %d, there %d, afterwards %d\n", here, (int)allowed, there, afterwards);
        return 1;
    }
    puts("all quiet");
    return 0;
}
