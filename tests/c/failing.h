/* Expects what every failed check has in common: a status and a cause, no component allowed, and the token nowhere.
 * Include expect.h and asking.h first.
 */
#ifndef FAILING_H
#define FAILING_H

#define EXPECT_FAILED(result, status, cause, from) failing_expect(__LINE__, (result), (status), (cause), (from))

/* Frees the result. */
static inline void failing_expect(int line, qls_result *result, qls_status status, const char *cause,
                                  const asking *from)
{
    expect_caller = line;
    EXPECT_STATUS(result, status);
    EXPECT_STR(qls_result_get(result, "/cause"), cause);
    EXPECT(qls_result_message(result)[0] != '\0');
    EXPECT(strstr(qls_result_message(result), from->token) == NULL);
    EXPECT(strstr(qls_result_json(result, NULL), from->token) == NULL);
    for (size_t i = 0; i < ASKING_COUNT; i++) {
        EXPECT_INT(qls_result_component(result, i, NULL, NULL), QLS_VERDICT_UNKNOWN);
        EXPECT_INT(qls_result_is_allowed(result, asking_verdicts[i].component), 0);
    }
    expect_caller = 0;
    qls_result_free(result);
}

#endif
