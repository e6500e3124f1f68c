// The log as a C++ callable: every kind of callable, how long it is borrowed, and what happens if it throws.
#include "asking.hpp"

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

static asking from;

struct Line {
    qls::Log level;
    std::string text;
};
static std::vector<Line> lines;

static void keep(qls::Log level, const char *message)
{
    lines.push_back(Line{level, message});
}

// How many lines came since the last call of this. No line may be too detailed, be empty or hold the token.
static std::size_t heard(qls::Log max_level)
{
    const std::size_t count = lines.size();

    for (const Line &line : lines) {
        EXPECT(line.level >= qls::Log::error && line.level <= max_level);
        EXPECT(!line.text.empty() && line.text.find(from.token) == std::string::npos);
    }
    lines.clear();
    return count;
}

static void ask(const qls::Client &client)
{
    expect_verdicts(client.check(from.token, ASKING_CONSUMERS));
}

struct Counting {
    int calls;
    void operator()(qls::Log, const char *) { calls++; }
};

struct Constant {
    void operator()(qls::Log level, const char *message) const { keep(level, message); }
};

// Its operator& gives no usable address.
struct Masked {
    void operator()(qls::Log level, const char *message) const { keep(level, message); }
    Masked *operator&() const { return nullptr; }
};

static void every_callable_will_do()
{
    qls::Client client = client_of(from);
    std::size_t traced = 0;

    auto lambda = [&traced](qls::Log level, const char *message) {
        keep(level, message);
        traced++;
    };
    ask(client.set_log(lambda, qls::Log::trace));
    EXPECT(traced >= 3);
    EXPECT_INT(heard(qls::Log::trace), traced);

    std::function<void(qls::Log, const char *)> function = keep;
    ask(client.set_log(function, qls::Log::info));
    EXPECT(heard(qls::Log::info) >= 2);

    const Constant constant = Constant();
    ask(client.set_log(constant, qls::Log::info));
    EXPECT(heard(qls::Log::info) >= 2);

    const Masked masked = Masked();
    ask(client.set_log(masked, qls::Log::info));
    EXPECT(heard(qls::Log::info) >= 2);

    // Parameters may be of types that the arguments convert to; what it returns is ignored.
    auto generous = [](qls::Log level, const std::string &message) {
        keep(level, message.c_str());
        return std::unique_ptr<int>();
    };
    ask(client.set_log(generous, qls::Log::info));
    EXPECT(heard(qls::Log::info) >= 2);

    ask(client.set_log(keep, qls::Log::info));
    EXPECT(heard(qls::Log::info) >= 2);
    ask(client.set_log(&keep, qls::Log::debug));
    EXPECT(heard(qls::Log::debug) >= 3);
    ask(client.set_log(+[](qls::Log level, const char *message) noexcept { keep(level, message); }, qls::Log::info));
    EXPECT(heard(qls::Log::info) >= 2);
}

static void a_log_that_was_unset_hears_nothing()
{
    std::unique_ptr<Counting> counting(new Counting{0});
    qls::Client client = client_of(from);
    client.set_log(*counting, qls::Log::trace);

    ask(client);
    EXPECT(counting->calls >= 3);
    client.unset_log();
    counting.reset(); // Valgrind would see a use of it
    ask(client);
    ask(client.set_log(keep, qls::Log::trace));
    EXPECT(heard(qls::Log::trace) >= 3);
    ask(client.set_log(nullptr, qls::Log::trace));
    EXPECT_INT(heard(qls::Log::trace), 0);
}

// The client calls the object itself, not a copy, also after the client was moved.
static void the_object_is_borrowed_and_stays_with_the_client()
{
    Counting counting{0};
    qls::Client first = client_of(from);
    first.set_log(counting, qls::Log::info);
    qls::Client second = std::move(first);

    ask(second);
    const int calls = counting.calls;
    EXPECT(calls >= 2);
    first = std::move(second);
    ask(first);
    EXPECT_INT(counting.calls, 2 * calls);
}

static void the_log_may_cancel_and_ask()
{
    qls::Client client = client_of(from);
    int depth = 0;

    auto asking_again = [&client, &depth](qls::Log, const char *) {
        if (depth++ == 0) {
            ask(client);
        }
    };
    ask(client.set_log(asking_again, qls::Log::info));
    EXPECT(depth > 2);
    auto cancelling = [&client](qls::Log, const char *) { client.cancel(); };
    client.set_log(cancelling, qls::Log::info);
    EXPECT_RESULT(client.check(from.token, ASKING_CONSUMERS), qls::Status::cancelled);
    EXPECT_RESULT(client.list(from.token), qls::Status::cancelled);
}

#ifdef __cpp_exceptions
static void throw_string(qls::Log, const char *message)
{
    keep(qls::Log::trace, message);
    throw std::string(message);
}

static void what_it_throws_is_swallowed_and_the_operation_goes_on()
{
    qls::Client client = client_of(from);
    int thrown = 0;

    auto throwing = [&thrown](qls::Log, const char *) { throw ++thrown; };
    ask(client.set_log(throwing, qls::Log::trace));
    EXPECT(thrown >= 3);
    ask(client.set_log(throw_string, qls::Log::trace));
    EXPECT(heard(qls::Log::trace) >= 3);
}
#endif

int main(int argc, char **argv)
{
    asking_start(&from, argc, argv);
    every_callable_will_do();
    a_log_that_was_unset_hears_nothing();
    the_object_is_borrowed_and_stays_with_the_client();
    the_log_may_cancel_and_ask();
#ifdef __cpp_exceptions
    what_it_throws_is_swallowed_and_the_operation_goes_on();
#endif
    return expect_exit_code();
}
