/* The header promises that 256 KiB of stack suffice. On such a thread this makes a check, a list, and a check with very
 * deeply nested consumers.
 * usage: smallstack SERVER-URL TOKEN-FILE
 */
#include "expect.h"
#include <pthread.h>
#include "asking.h"

enum { STACK = 256 * 1024, DEPTH = 100000 };

static void *ask(void *argument)
{
    const asking *from = argument;
    qls_client *client = asking_client(from);
    qls_result *result = qls_check(client, from->token, ASKING_CONSUMERS);
    char *deep = malloc(DEPTH + 1);

    asking_expect_verdicts(result);
    qls_result_free(result);

    result = qls_list(client, from->token, NULL);
    EXPECT_STATUS(result, QLS_OK);
    EXPECT_STR(qls_result_get(result, "/licenses/0/license_info/license_id"), "10000001");
    qls_result_free(result);

    require(deep != NULL, "malloc");
    memset(deep, '[', DEPTH);
    deep[DEPTH] = '\0';
    result = qls_check(client, from->token, deep);
    EXPECT_STATUS(result, QLS_INVALID_CONSUMERS);
    qls_result_free(result);
    free(deep);
    qls_client_free(client);
    return NULL;
}

int main(int argc, char **argv)
{
    asking from;
    pthread_attr_t attributes;
    pthread_t thread;

    asking_start(&from, argc, argv);
    require(pthread_attr_init(&attributes) == 0, "pthread_attr_init");
    require(pthread_attr_setstacksize(&attributes, STACK) == 0, "pthread_attr_setstacksize");
    require(pthread_create(&thread, &attributes, ask, &from) == 0, "pthread_create");
    require(pthread_join(thread, NULL) == 0, "pthread_join");
    require(pthread_attr_destroy(&attributes) == 0, "pthread_attr_destroy");
    return expect_exit_code();
}
