/* A host that loads the library with RTLD_GLOBAL and calls it on a thread with the smallest promised stack.
 * usage: global SERVER-URL TOKEN-FILE LIBRARY
 */
#define _GNU_SOURCE /* RTLD_DEFAULT */
#include "expect.h"
#include <pthread.h>
#include "asking.h"
#include "loaded.h"

enum { STACK = 256 * 1024 };

static asking from;
static const char *path;

static void *ask(void *argument)
{
    loaded library;
    qls_client *client;
    qls_result *(*found)(const qls_client *, const char *, const char *);

    loaded_open(&library, path, RTLD_NOW | RTLD_GLOBAL);
    *(void **)&found = dlsym(RTLD_DEFAULT, "qls_check");
    EXPECT(found == library.check);
    client = loaded_client(&library, &from);
    loaded_expect_answers(&library, client, &from);
    library.client_free(client);
    loaded_close(&library);
    return argument;
}

int main(int argc, char **argv)
{
    pthread_attr_t attributes;
    pthread_t thread;

    require(argc == 4, "usage: global SERVER-URL TOKEN-FILE LIBRARY");
    asking_start(&from, 3, argv);
    path = argv[3];
    require(pthread_attr_init(&attributes) == 0, "pthread_attr_init");
    require(pthread_attr_setstacksize(&attributes, STACK) == 0, "pthread_attr_setstacksize");
    require(pthread_create(&thread, &attributes, ask, NULL) == 0, "pthread_create");
    require(pthread_join(thread, NULL) == 0, "pthread_join");
    require(pthread_attr_destroy(&attributes) == 0, "pthread_attr_destroy");
    return expect_exit_code();
}
