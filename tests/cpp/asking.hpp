// What the C++ programs share. They use the macros and the command line of the C programs: ../c/expect.h, asking.h.
#ifndef ASKING_HPP
#define ASKING_HPP

#include "../c/expect.h"

#include "../c/asking.h"

#include "qls_precheck.hpp"

// Expects a status; if it is another one, prints the result's message too.
#define EXPECT_RESULT(result, expected) expect_result(__FILE__, __LINE__, #result, (result), (expected))

inline void expect_result(const char *file, int line, const char *what, const qls::Result &result, qls::Status expected)
{
    expect_status(file, line, what, result.native_handle(), static_cast<qls_status>(expected));
}

// A client for the server that is named on the command line. Its timeouts are long because Valgrind is slow.
inline qls::Client client_of(const asking &from)
{
    qls::Client client;
    client.set_server(from.server).set_timeout(std::chrono::minutes(2)).set_connect_timeout(std::chrono::minutes(1));
    return client;
}

inline void expect_verdicts(const qls::Result &result)
{
    asking_expect_verdicts(result.native_handle());
}

#endif
