// Setters return the client and do not throw, so the next operation has to report what was refused, and send nothing.
// Prints how many requests the server must have seen.
#include "asking.hpp"

#include <chrono>
#include <cmath>
#include <string>

static asking from;
static int sent;

static void expect_refused(const qls::Client &client, const char *part)
{
    const qls::Result check = client.check(from.token, ASKING_CONSUMERS);

    EXPECT_RESULT(check, qls::Status::invalid_argument);
    EXPECT_IN(check.message(), part);
    EXPECT(!check.is_allowed("tools.creator"));
    EXPECT_RESULT(client.list(from.token), qls::Status::invalid_argument);
}

static void expect_asks(const qls::Client &client)
{
    expect_verdicts(client.check(from.token, ASKING_CONSUMERS));
    sent++;
}

static void each_refused_setter_stops_the_client_until_it_succeeds()
{
    qls::Client client = client_of(from);
    auto ignoring = [](qls::Log, const char *) {};

    expect_asks(client);
    expect_refused(client.set_server("gopher://127.0.0.1"), "gopher");
    expect_asks(client.set_server(from.server));
    expect_refused(client.set_timeout(std::chrono::seconds(0)), "time");
    expect_asks(client.set_timeout(std::chrono::minutes(2)));
    expect_refused(client.set_connect_timeout(std::chrono::seconds(0)), "time");
    expect_asks(client.set_connect_timeout(std::chrono::minutes(1)));
    expect_refused(client.set_proxy("gopher://127.0.0.1"), "proxy");
    expect_asks(client.set_proxy(""));
    expect_refused(client.set_ca_file(""), "CA");
    expect_asks(client.set_ca_file(nullptr));
    expect_refused(client.set_ca_pem(""), "CA");
    expect_asks(client.set_ca_pem(nullptr));
    expect_refused(client.set_trust(static_cast<qls::Trust>(7)), "7");
    expect_asks(client.set_trust(qls::Trust::system));
    expect_refused(client.set_user_agent("Example\r\nX-Injected: 1"), "user agent");
    expect_asks(client.set_user_agent("ExampleInstaller/1.2"));
    expect_refused(client.set_log(ignoring, static_cast<qls::Log>(9)), "9");
    expect_asks(client.unset_log());
    expect_asks(client.set_retries(0).set_allow_plain_http(false));
}

// Later setters in a chain, or moving the client, do not make up for a refusal.
static void a_refusal_goes_along_with_a_chain()
{
    qls::Client client;
    client.set_server("no address").set_timeout(std::chrono::minutes(2)).set_retries(1).set_proxy(nullptr);

    expect_refused(client, "no address");
    qls::Client moved = std::move(client);
    expect_refused(moved, "no address");
    expect_asks(moved.set_server(from.server));
}

// A time that does not fit counts as the longest one. Cut to 32 bits, 2^32 ms would be 0 ms and 2^32 + 1 ms would be 1.
static void long_times_are_the_longest()
{
    qls::Client client = client_of(from);

    expect_asks(client.set_timeout(std::chrono::milliseconds(4294967295)));
    expect_asks(client.set_timeout(std::chrono::milliseconds(4294967296)));
    expect_asks(client.set_timeout(std::chrono::milliseconds(4294967297)));
    expect_asks(client.set_timeout(std::chrono::milliseconds::max()));
    expect_asks(client.set_timeout(std::chrono::hours::max()));
    expect_asks(client.set_connect_timeout(std::chrono::hours::max()));
    expect_asks(client.set_timeout(std::chrono::duration<double>(HUGE_VAL)));
    expect_asks(client.set_timeout(std::chrono::duration<double, std::ratio<60>>(1.5)));
}

static void times_that_are_none_are_refused()
{
    qls::Client client = client_of(from);

    expect_refused(client.set_timeout(std::chrono::milliseconds(-1)), "time");
    expect_refused(client.set_timeout(std::chrono::hours::min()), "time");
    expect_refused(client.set_timeout(std::chrono::duration<double>(std::nan(""))), "time");
    expect_refused(client.set_connect_timeout(std::chrono::milliseconds(-4294967295)), "time");
}

// A positive time must not become 0 ms, which would be refused.
static void short_times_are_rounded_up()
{
    qls::Client client = client_of(from);

    EXPECT_RESULT(client.set_timeout(std::chrono::nanoseconds(1)).check(from.token, "[]"), qls::Status::ok);
    EXPECT_RESULT(client.set_timeout(std::chrono::microseconds(1001)).check(from.token, "[]"), qls::Status::ok);
}

int main(int argc, char **argv)
{
    asking_start(&from, argc, argv);
    each_refused_setter_stops_the_client_until_it_succeeds();
    a_refusal_goes_along_with_a_chain();
    long_times_are_the_longest();
    times_that_are_none_are_refused();
    short_times_are_rounded_up();
    std::printf("sent %d\n", sent);
    return expect_exit_code();
}
