/* Many threads may use a const object: 16 threads share a client, 16 threads have one each, and many read one result.
 * usage: threads SERVER-URL TOKEN-FILE (start the server without a rate limit)
 */
#include "expect.h"
#include <pthread.h>
#include "asking.h"

enum { THREADS = 16, CALLS = 20, READS = 200 };

static void run_threads(void *(*run)(void *), void *argument)
{
    pthread_t threads[THREADS];

    for (size_t i = 0; i < THREADS; i++) {
        require(pthread_create(&threads[i], NULL, run, argument) == 0, "pthread_create");
    }
    for (size_t i = 0; i < THREADS; i++) {
        require(pthread_join(threads[i], NULL) == 0, "pthread_join");
    }
}

typedef struct shared_client {
    const asking *from;
    const qls_client *client;
} shared_client;

static void *check_with_the_shared_client(void *argument)
{
    const shared_client *shared = argument;

    for (size_t i = 0; i < CALLS; i++) {
        qls_result *result = qls_check(shared->client, shared->from->token, ASKING_CONSUMERS);
        asking_expect_verdicts(result);
        qls_result_free(result);
    }
    return NULL;
}

static void *check_with_an_own_client(void *argument)
{
    const asking *from = argument;
    qls_client *client = asking_client(from);
    shared_client own;

    own.from = from;
    own.client = client;
    check_with_the_shared_client(&own);
    qls_client_free(client);
    return NULL;
}

typedef struct shared_result {
    const qls_result *result;
    pthread_mutex_t lock;
    const char *first; /* guarded by lock: the pointer that the first reader got, which all others have to get too */
} shared_result;

static void *read_the_shared_result(void *argument)
{
    static const char *const ids[] = {"10000001", "10000002", "10000003"};
    static const size_t id_count = sizeof ids / sizeof ids[0];
    shared_result *shared = argument;
    char pointer[64];

    for (size_t i = 0; i < READS; i++) {
        const char *text = qls_result_get(shared->result, "/licenses/0/license_info");

        pthread_mutex_lock(&shared->lock);
        if (shared->first == NULL) {
            shared->first = text;
        }
        EXPECT(text != NULL && text == shared->first);
        pthread_mutex_unlock(&shared->lock);

        snprintf(pointer, sizeof pointer, "/licenses/%d/license_info/license_id", (int)(i % id_count));
        EXPECT_STR(qls_result_get(shared->result, pointer), ids[i % id_count]);
        snprintf(pointer, sizeof pointer, "/nowhere/%d", (int)i);
        EXPECT_STR(qls_result_get(shared->result, pointer), NULL);
        EXPECT_INT(qls_result_count(shared->result, "/licenses"), id_count);
        EXPECT_INT(strlen(qls_result_json(shared->result, NULL)) > 0, 1);
    }
    return NULL;
}

int main(int argc, char **argv)
{
    asking from;
    qls_client *client;
    qls_result *result;
    shared_client clients;
    shared_result results;

    asking_start(&from, argc, argv);
    client = asking_client(&from);
    clients.from = &from;
    clients.client = client;
    run_threads(check_with_the_shared_client, &clients);
    run_threads(check_with_an_own_client, &from);

    result = qls_list(client, from.token, NULL);
    EXPECT_STATUS(result, QLS_OK);
    results.result = result;
    results.first = NULL;
    require(pthread_mutex_init(&results.lock, NULL) == 0, "pthread_mutex_init");
    run_threads(read_the_shared_result, &results);
    pthread_mutex_destroy(&results.lock);
    qls_result_free(result);
    qls_client_free(client);
    return expect_exit_code();
}
