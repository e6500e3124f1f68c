// What the C++ programs share: they check, report and are started as the C programs are (../c/expect.h, asking.h).
#ifndef ASKING_HPP
#define ASKING_HPP

#include "../c/expect.h"

#include "../c/asking.h"

#include "qls_precheck.hpp"

// Checks a status, and tells the result's message where it is another.
#define EXPECT_RESULT(result, expected) expect_result(__FILE__, __LINE__, #result, (result), (expected))

inline void expect_result(const char *file, int line, const char *what, const qls::Result &result, qls::Status expected)
{
    expect_status(file, line, what, result.native_handle(), static_cast<qls_status>(expected));
}

// A client for the server that the program was started with. Its time is generous, since Valgrind is slow.
inline qls::Client client_of(const asking &from)
{
    return qls::Client().set_server(from.server).set_timeout(std::chrono::minutes(2)).set_connect_timeout(
        std::chrono::minutes(1));
}

inline void expect_verdicts(const qls::Result &result)
{
    asking_expect_verdicts(result.native_handle());
}

#endif
