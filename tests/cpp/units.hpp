// What the two files of the program `units` share. One may be compiled with exceptions and the other without.
#ifndef UNITS_HPP
#define UNITS_HPP

#include <functional>

#include "qls_precheck.hpp"

using LogFunction = std::function<void(qls::Log, const char *)>;

// In units_other.cpp.
qls::Client configured(qls::Client client, LogFunction &log);
qls::Result asked(const qls::Client &client, const char *token, const char *consumers);
qls::Status status_of(const qls::Result &result);
const char *(*other_status_name())(qls::Status);

#endif
