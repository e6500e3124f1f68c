/* A thread loads the library, calls it, unloads it and ends, so that thread-local values of the library are cleaned up
 * after it was unloaded. Then the main thread does the same, and exits.
 * usage: unload_thread SERVER-URL TOKEN-FILE LIBRARY
 */
#include "expect.h"
#include <pthread.h>
#include "asking.h"
#include "loaded.h"

enum { THREADS = 20 };

static asking from;
static const char *path;

static void *load_call_unload(void *argument)
{
    loaded library;
    qls_client *client;

    loaded_open(&library, path, RTLD_NOW | RTLD_LOCAL);
    client = loaded_client(&library, &from);
    loaded_expect_answers(&library, client, &from);
    library.client_free(client);
    loaded_close(&library);
    return argument;
}

int main(int argc, char **argv)
{
    require(argc == 4, "usage: unload_thread SERVER-URL TOKEN-FILE LIBRARY");
    asking_start(&from, 3, argv);
    path = argv[3];
    for (int i = 0; i < THREADS; i++) {
        pthread_t thread;

        require(pthread_create(&thread, NULL, load_call_unload, NULL) == 0, "pthread_create");
        require(pthread_join(thread, NULL) == 0, "pthread_join");
    }
    load_call_unload(NULL);
    return expect_exit_code();
}
