/* For programs that read the licenses of standin/licenses/demo.json. Include expect.h first.
 */
#ifndef READING_H
#define READING_H

/* Reads all there is in the result of a list, in each way that there is. */
static inline void reading_expect_licenses(const qls_result *result)
{
    static const char *const ids[] = {"10000001", "10000002", "10000003"};
    char pointer[64];
    size_t length;
    const char *json = qls_result_json(result, &length);

    EXPECT_STATUS(result, QLS_OK);
    EXPECT_INT(strlen(json), length);
    EXPECT_INT(qls_result_count(result, "/licenses"), sizeof ids / sizeof ids[0]);
    for (size_t i = 0; i < qls_result_count(result, "/licenses"); i++) {
        snprintf(pointer, sizeof pointer, "/licenses/%zu/license_info/license_id", i);
        EXPECT_STR(qls_result_get(result, pointer), ids[i]);
        snprintf(pointer, sizeof pointer, "/licenses/%zu", i);
        EXPECT_INT(qls_result_get(result, pointer)[0], '{');
    }
    EXPECT_STR(qls_result_get(result, "/status"), "QLS_OK");
}

#endif
