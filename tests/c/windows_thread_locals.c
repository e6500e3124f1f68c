/* The library keeps something for every thread that calls it, and so does this program: neither touches the other's,
 * and what the library keeps is given back where a thread ends. The server has to be named: only what looks a name up
 * waits for another thread, and keeps memory for that.
 * usage: windows_thread_locals SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include <pthread.h>
#include "asking.h"

enum { THREADS = 8, ROUNDS = 8 };

static asking from;
static __thread char own_text[1024] = "as it was compiled in";
static __thread const char *own_pointer;

static void *ask(void *argument)
{
    const char *number = argument;
    qls_client *client;
    qls_result *result;

    EXPECT(own_pointer == NULL);
    EXPECT_STR(own_text, "as it was compiled in");
    strcpy(own_text, number);
    own_pointer = number;
    client = asking_client(&from);
    result = qls_check(client, from.token, ASKING_CONSUMERS);
    asking_expect_verdicts(result);
    qls_result_free(result);
    qls_client_free(client);
    EXPECT_STR(own_text, number);
    EXPECT(own_pointer == number);
    return NULL;
}

static void run_threads(void)
{
    static char numbers[THREADS][8];
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++) {
        snprintf(numbers[i], sizeof numbers[i], "%d", i);
        require(pthread_create(&threads[i], NULL, ask, numbers[i]) == 0, "pthread_create");
    }
    for (int i = 0; i < THREADS; i++) {
        require(pthread_join(threads[i], NULL) == 0, "pthread_join");
    }
}

/* In the heap of the process, from which the library takes its memory. */
static int blocks_in_use(void)
{
    PROCESS_HEAP_ENTRY entry;
    int count = 0;

    entry.lpData = NULL;
    require(HeapLock(GetProcessHeap()), "HeapLock");
    while (HeapWalk(GetProcessHeap(), &entry)) {
        count += (entry.wFlags & PROCESS_HEAP_ENTRY_BUSY) != 0;
    }
    HeapUnlock(GetProcessHeap());
    require(count > 0, "HeapWalk");
    return count;
}

int main(int argc, char **argv)
{
    int before, more;

    asking_start(&from, argc, argv);
    run_threads();
    run_threads(); /* What is made once is there now. */
    before = blocks_in_use();
    for (int i = 0; i < ROUNDS; i++) {
        run_threads();
    }
    more = blocks_in_use() - before;
    if (more >= THREADS * ROUNDS) {
        fprintf(stderr, "%d threads have left %d blocks\n", THREADS * ROUNDS, more);
    }
    EXPECT(more < THREADS * ROUNDS);
    return expect_exit_code();
}
