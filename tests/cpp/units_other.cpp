#include "units.hpp"

#include <utility>

qls::Client configured(qls::Client client, LogFunction &log)
{
    return std::move(client.set_timeout(std::chrono::minutes(2)).set_log(log, qls::Log::trace));
}

qls::Result asked(const qls::Client &client, const char *token, const char *consumers)
{
    return client.check(token, consumers);
}

qls::Status status_of(const qls::Result &result)
{
    return result.status();
}

const char *(*other_status_name())(qls::Status)
{
    return qls::status_name;
}
