/* Compiled, with qls_precheck_load.c, into a program that was written for the linked library: loads QLS_TEST_LIBRARY
 * before the program begins.
 */
#include <stdio.h>
#include <stdlib.h>

#include "qls_precheck_load.h"

__attribute__((constructor)) static void load_first(void)
{
    qls_result *loaded = qls_load(QLS_TEST_LIBRARY);

    if (qls_result_status(loaded) != QLS_OK) {
        fprintf(stderr, "%s\n", qls_result_message(loaded));
        exit(2);
    }
    qls_result_free(loaded);
}
