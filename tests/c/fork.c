/* A host that forks after a call. Parent and child go on with the same client, each over a connection of its own. Every
 * request names who asks, so that the server knows whose connection it came by. Then it forks while another thread of
 * the parent waits for an answer, which the server gives only after the child has asked.
 * usage: fork SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>
#include "asking.h"

static void ask(const asking *from, const qls_client *client, const char *who)
{
    char extra[64];
    qls_result *result;

    snprintf(extra, sizeof extra, "{\"who\":\"%s\"}", who);
    result = qls_list(client, from->token, extra);
    expect_row = who;
    EXPECT_STATUS(result, QLS_OK);
    expect_row = NULL;
    qls_result_free(result);
}

/* The exit status of a child says whether its checks passed. */
static void expect_child(pid_t child)
{
    int status;

    require(waitpid(child, &status, 0) == child, "waitpid");
    EXPECT_INT(status, 0);
}

static pid_t forked(void)
{
    pid_t child = fork();

    require(child >= 0, "fork");
    if (child == 0) {
        alarm(60); /* ends a child that hangs, because it inherited a held lock */
    }
    return child;
}

struct slow {
    const asking *from;
    const qls_client *client;
    int written; /* a pipe: the log's first line shows that the call has begun */
};

static void told(void *userdata, int32_t level, const char *line)
{
    const struct slow *slow = userdata;

    if (level == QLS_LOG_DEBUG && strstr(line, "connected") != NULL) {
        require(write(slow->written, "", 1) == 1, "write");
    }
}

static void *ask_slowly(void *argument)
{
    const struct slow *slow = argument;

    ask(slow->from, slow->client, "slow");
    return NULL;
}

static void fork_after_a_call(const asking *from)
{
    qls_client *client = asking_client(from);
    pid_t child;

    ask(from, client, "parent-1");
    ask(from, client, "parent-2");
    child = forked();
    if (child == 0) {
        ask(from, client, "child-1");
        ask(from, client, "child-2");
        qls_client_free(client);
        _exit(expect_exit_code());
    }
    expect_child(child);
    ask(from, client, "parent-3");
    qls_client_free(client);
}

static void fork_during_a_call(const asking *from)
{
    qls_client *client = asking_client(from);
    struct slow slow;
    pthread_t thread;
    int ends[2];
    char byte;
    pid_t child;

    require(pipe(ends) == 0, "pipe");
    slow.from = from;
    slow.client = client;
    slow.written = ends[1];
    EXPECT_INT(qls_client_set_log(client, told, &slow, QLS_LOG_DEBUG), QLS_OK);
    require(pthread_create(&thread, NULL, ask_slowly, &slow) == 0, "pthread_create");
    require(read(ends[0], &byte, 1) == 1, "read");
    child = forked();
    if (child == 0) {
        qls_client *own = asking_client(from);

        ask(from, client, "child-meanwhile");
        ask(from, own, "child-alone");
        qls_client_free(own);
        _exit(expect_exit_code());
    }
    expect_child(child);
    require(pthread_join(thread, NULL) == 0, "pthread_join");
    ask(from, client, "parent-afterwards");
    qls_client_free(client);
    close(ends[0]);
    close(ends[1]);
}

int main(int argc, char **argv)
{
    asking from;

    asking_start(&from, argc, argv);
    fork_after_a_call(&from);
    fork_during_a_call(&from);
    return expect_exit_code();
}
