/* The call has ended and the library was unloaded, while a look-up that hangs still runs in it: this program has its
 * own getaddrinfo(), which answers when it is told to. Nothing may crash then, and the look-up's thread has to end.
 * usage: unload_lookup SERVER-URL TOKEN-FILE LIBRARY (exports its symbols: link with -rdynamic)
 */
#include "expect.h"
#include <netdb.h>
#include <unistd.h>
#include "asking.h"
#include "loaded.h"
#include "own_state.h"

static int told_to_answer[2]; /* a pipe: each byte lets one look-up end */

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **answer)
{
    char byte;

    (void)node;
    (void)service;
    (void)hints;
    (void)answer;
    return read(told_to_answer[0], &byte, 1) == 1 ? EAI_NONAME : EAI_SYSTEM;
}

int main(int argc, char **argv)
{
    asking from;
    loaded library;
    qls_client *client;
    qls_result *result;
    int threads;

    require(argc == 4, "usage: unload_lookup SERVER-URL TOKEN-FILE LIBRARY");
    asking_start(&from, 3, argv);
    from.server = "https://licenses.invalid";
    threads = own_threads();
    require(pipe(told_to_answer) == 0, "pipe");
    for (int i = 0; i < 2; i++) {
        loaded_open(&library, argv[3], RTLD_NOW | RTLD_LOCAL);
        client = loaded_client(&library, &from);
        EXPECT_INT(library.client_set_timeout_ms(client, 200), QLS_OK);
        result = library.check(client, from.token, ASKING_CONSUMERS);
        EXPECT_STR(library.result_get(result, "/status"), "QLS_TIMEOUT");
        EXPECT_STR(library.result_get(result, "/cause"), "deadline");
        EXPECT_INT(library.result_is_allowed(result, asking_verdicts[0].component), 0);
        library.result_free(result);
        library.client_free(client);
        loaded_close(&library);
        EXPECT_INT(own_threads(), threads + 1);
        require(write(told_to_answer[1], "", 1) == 1, "write");
        own_expect_threads(threads);
    }
    return expect_exit_code();
}
