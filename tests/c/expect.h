/* How the C test programs check and report. A failed check prints file:line, what was expected and what came, and the
 * program goes on; main() ends with `return expect_exit_code();`. Checks may be used in any thread. Include this header
 * first, because it asks the system headers for POSIX.
 */
#ifndef EXPECT_H
#define EXPECT_H

#ifndef _POSIX_C_SOURCE
#define _POSIX_C_SOURCE 200809L
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include "on_windows.h"
#endif
#include "qls_precheck.h"

#define EXPECT(condition) \
    expect_report(__FILE__, __LINE__, (condition) != 0, #condition, "to hold", "it does not")
#define EXPECT_INT(got, expected) \
    expect_int(__FILE__, __LINE__, #got, (long long)(got), (long long)(expected))
#define EXPECT_STR(got, expected) expect_str(__FILE__, __LINE__, #got, (got), (expected))
#define EXPECT_IN(text, part) expect_in(__FILE__, __LINE__, #text, (text), (part))
#define EXPECT_STATUS(result, expected) expect_status(__FILE__, __LINE__, #result, (result), (expected))

/* The row of a table that is being checked, and the line that called a checking function. If they are set, a failure
 * prints them too. Only for the main thread.
 */
static const char *expect_row;
static int expect_caller;
static int expect_failures; /* guarded by the lock of stderr */
enum { EXPECT_SHOWN = 20 }; /* more are only counted, so that a loop does not hide the first ones */

static inline void expect_report(const char *file, int line, int holds, const char *what,
                                 const char *expected, const char *got)
{
    if (holds) {
        return;
    }
    flockfile(stderr);
    if (++expect_failures > EXPECT_SHOWN) {
        funlockfile(stderr);
        return;
    }
    fprintf(stderr, "%s:%d: %s\n  expected: %s\n  got:      %s\n", file, line, what, expected, got);
    if (expect_row != NULL) {
        fprintf(stderr, "  row:      %s\n", expect_row);
    }
    if (expect_caller != 0) {
        fprintf(stderr, "  called:   from line %d\n", expect_caller);
    }
    funlockfile(stderr);
}

static inline void expect_int(const char *file, int line, const char *what, long long got, long long expected)
{
    char expected_text[32], got_text[32];

    snprintf(expected_text, sizeof expected_text, "%lld", expected);
    snprintf(got_text, sizeof got_text, "%lld", got);
    expect_report(file, line, got == expected, what, expected_text, got_text);
}

/* Both may be NULL, which is equal only to NULL. */
static inline void expect_str(const char *file, int line, const char *what, const char *got,
                              const char *expected)
{
    int equal = got == NULL || expected == NULL ? got == expected : strcmp(got, expected) == 0;

    expect_report(file, line, equal, what, expected != NULL ? expected : "NULL", got != NULL ? got : "NULL");
}

static inline void expect_in(const char *file, int line, const char *what, const char *text,
                             const char *part)
{
    int found = text != NULL && strstr(text, part) != NULL;

    expect_report(file, line, found, what, part, text != NULL ? text : "NULL");
}

/* If the status is another one, prints its name and the result's message. */
static inline void expect_status(const char *file, int line, const char *what, const qls_result *result,
                                 qls_status expected)
{
    qls_status got = qls_result_status(result);
    char text[512];

    snprintf(text, sizeof text, "%s: %s", qls_status_name(got), qls_result_message(result));
    expect_report(file, line, got == expected, what, qls_status_name(expected), text);
}

static inline int expect_exit_code(void)
{
    if (expect_failures > EXPECT_SHOWN) {
        fprintf(stderr, "%d checks failed; the first %d are shown\n", expect_failures, EXPECT_SHOWN);
    }
    return expect_failures == 0 ? 0 : 1;
}

/* For what the test itself needs from the system. If that fails, the test cannot go on. */
static inline void require(int works, const char *what)
{
    if (!works) {
        perror(what);
        exit(2);
    }
}

#endif
