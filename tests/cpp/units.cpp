// Two files that include the header, linked into one program, pass objects to each other.
#include "units.hpp"

#include "asking.hpp"

#include <string>
#include <utility>

static asking from;

static void objects_pass_from_file_to_file()
{
    int lines = 0;
    LogFunction log = [&lines](qls::Log, const char *) { lines++; };
    qls::Client client;
    client.set_server(from.server);
    client = configured(std::move(client), log);
    const qls::Result result = asked(client, from.token, ASKING_CONSUMERS);

    expect_verdicts(result);
    EXPECT(status_of(result) == result.status());
    EXPECT(lines >= 3);
    EXPECT(other_status_name() == static_cast<const char *(*)(qls::Status)>(qls::status_name));
}

// Both files set a log of the same type, so the linker could take one file's function for both.
static void what_a_log_throws_here_is_swallowed()
{
#ifdef __cpp_exceptions
    int lines = 0;
    LogFunction log = [&lines](qls::Log, const char *message) {
        lines++;
        throw std::string(message);
    };
    qls::Client client = client_of(from);
    client.set_log(log, qls::Log::trace);

    expect_verdicts(asked(client, from.token, ASKING_CONSUMERS));
    EXPECT(lines >= 3);
#endif
}

int main(int argc, char **argv)
{
    asking_start(&from, argc, argv);
    objects_pass_from_file_to_file();
    what_a_log_throws_here_is_swallowed();
    return expect_exit_code();
}
