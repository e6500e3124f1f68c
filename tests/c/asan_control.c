/* Reads a result after it was freed, inside the library. The sanitizer has to report it: otherwise its silence in the
 * other programs would prove nothing.
 * usage: asan_control
 */
#include "expect.h"

int main(void)
{
    qls_result *result = qls_check(NULL, "token", "[]");

    EXPECT_STATUS(result, QLS_OK);
    qls_result_free(result);
    printf("%d\n", (int)qls_result_http_status(result));
    return 0;
}
