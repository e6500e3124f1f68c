/* Loads, calls and unloads the library, again and again. The library stays in memory, so unloading takes nothing away
 * that a thread may still need, and each cycle finds it as the last one left it.
 * usage: unload SERVER-URL TOKEN-FILE LIBRARY CYCLES
 */
#define _GNU_SOURCE /* RTLD_NOLOAD */
#include "expect.h"
#include "asking.h"
#include "loaded.h"
#include "own_state.h"

int main(int argc, char **argv)
{
    asking from;
    loaded library;
    int cycles, descriptors, threads;

    require(argc == 5, "usage: unload SERVER-URL TOKEN-FILE LIBRARY CYCLES");
    asking_start(&from, 3, argv);
    cycles = atoi(argv[4]);
    require(cycles > 0, "CYCLES");
    descriptors = own_descriptors();
    threads = own_threads();
    for (int i = 0; i < cycles; i++) {
        qls_client *client;

        loaded_open(&library, argv[3], RTLD_NOW | RTLD_LOCAL);
        client = loaded_client(&library, &from);
        loaded_expect_answers(&library, client, &from);
        library.client_free(client);
        loaded_close(&library);
    }
    EXPECT(dlopen(argv[3], RTLD_NOW | RTLD_NOLOAD) != NULL);
    EXPECT_INT(own_descriptors(), descriptors);
    own_expect_threads(threads);
    return expect_exit_code();
}
