/* Two plug-ins of one host each bring a copy of the library. Their clients are used alternately, and what happens to
 * one copy (canceling, unloading) does not affect the other.
 * usage: two_copies SERVER-URL TOKEN-FILE LIBRARY COPY
 */
#include "expect.h"
#include "asking.h"
#include "loaded.h"

static void use_both(const asking *from, const char *first_path, const char *second_path, int flags)
{
    loaded first, second;
    qls_client *of_first, *of_second, *cancelled;
    qls_result *result;

    loaded_open(&first, first_path, flags);
    loaded_open(&second, second_path, flags);
    EXPECT(first.handle != second.handle);
    EXPECT(first.check != second.check);
    of_first = loaded_client(&first, from);
    of_second = loaded_client(&second, from);
    for (int i = 0; i < 3; i++) {
        loaded_expect_answers(&first, of_first, from);
        loaded_expect_answers(&second, of_second, from);
    }
    cancelled = loaded_client(&first, from);
    first.client_cancel(cancelled);
    result = first.check(cancelled, from->token, ASKING_CONSUMERS);
    EXPECT_STR(first.result_get(result, "/status"), "QLS_CANCELLED");
    EXPECT_STR(first.result_get(result, "/cause"), "cancelled");
    EXPECT_INT(first.result_is_allowed(result, asking_verdicts[0].component), 0);
    loaded_expect_answers(&second, of_second, from);
    first.result_free(result);
    first.client_free(cancelled);

    first.client_free(of_first);
    loaded_close(&first);
    loaded_expect_answers(&second, of_second, from);
    second.client_free(of_second);
    loaded_close(&second);
}

int main(int argc, char **argv)
{
    asking from;

    require(argc == 5, "usage: two_copies SERVER-URL TOKEN-FILE LIBRARY COPY");
    asking_start(&from, 3, argv);
    use_both(&from, argv[3], argv[4], RTLD_NOW | RTLD_LOCAL);
    use_both(&from, argv[4], argv[3], RTLD_LAZY | RTLD_GLOBAL);
    return expect_exit_code();
}
