/* The exit codes of the examples for what is no answer. Those for an answer are in each program. */
#ifndef EXIT_CODE_H
#define EXIT_CODE_H

#include "qls_precheck.h"

#define NO_ANSWER_CODES \
    "            2 could not ask: the network or the server failed; trying again may help\n" \
    "            3 refused: a file, the token or a setting cannot be used, or the server says no\n" \
    "            64 usage\n"

enum { NO_ANSWER = 2, REFUSED = 3, USAGE = 64 };

/* The exit code for a result whose status is not QLS_OK. */
static inline int exit_code_of(const qls_result *result)
{
    switch (qls_result_status(result)) {
    case QLS_INVALID_ARGUMENT:
        return USAGE;
    case QLS_RESOLVE_FAILED:
    case QLS_CONNECT_FAILED:
    case QLS_PROXY_FAILED:
    case QLS_TLS_FAILED:
    case QLS_TIMEOUT:
    case QLS_CANCELLED:
    case QLS_CONNECTION_LOST:
    case QLS_RATE_LIMITED:
    case QLS_SERVER_ERROR:
    case QLS_UNEXPECTED_REPLY:
    case QLS_INTERNAL:
        return NO_ANSWER;
    default:
        return REFUSED;
    }
}

#endif
