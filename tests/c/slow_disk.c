/* A host with a file on a disk that does not answer: the first thread that opens the file waits until the end. Another
 * thread uses the same client meanwhile, and gets its answer.
 * usage: slow_disk SERVER-URL TOKEN-FILE FILE [CA-FILE]   FILE is the one that the disk keeps back
 */
#include "opening.h"
#include "expect.h"
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>
#include "asking.h"

static const char *kept_back;
static sem_t waits, go_on;

static void opening(const char *path)
{
    static int opened;

    if (kept_back != NULL && strcmp(path, kept_back) == 0 && __sync_fetch_and_add(&opened, 1) == 0) {
        sem_post(&waits);
        sem_wait(&go_on);
    }
}

typedef struct use {
    const asking *from;
    const qls_client *client;
} use;

static void *ask(void *argument)
{
    const use *use = argument;
    qls_result *result = qls_check(use->client, use->from->token, ASKING_CONSUMERS);

    asking_expect_verdicts(result);
    qls_result_free(result);
    return NULL;
}

int main(int argc, char **argv)
{
    asking from;
    use use = {&from, NULL};
    qls_client *client;
    pthread_t thread;

    require(argc == 4 || argc == 5, "usage: slow_disk SERVER-URL TOKEN-FILE FILE [CA-FILE]");
    asking_start(&from, 3, argv);
    require(sem_init(&waits, 0, 0) == 0 && sem_init(&go_on, 0, 0) == 0, "sem_init");
    use.client = client = asking_client(&from);
    EXPECT_INT(qls_client_set_ca_file(client, argc == 5 ? argv[4] : NULL), QLS_OK);
    kept_back = argv[3];
    require(pthread_create(&thread, NULL, ask, &use) == 0, "pthread_create");
    require(sem_wait(&waits) == 0, "sem_wait");
    alarm(20); /* ends this program if the other call waits for the file too */
    ask(&use);
    alarm(0);
    sem_post(&go_on);
    require(pthread_join(thread, NULL) == 0, "pthread_join");
    qls_client_free(client);
    return expect_exit_code();
}
