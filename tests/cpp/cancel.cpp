// Canceling from another thread, while several threads use the client. The server reads requests and never answers.
#include "asking.hpp"

#include <chrono>
#include <thread>
#include <vector>

using Clock = std::chrono::steady_clock;

static asking from;

static void expect_cancelled(const qls::Result &result)
{
    EXPECT_RESULT(result, qls::Status::cancelled);
    EXPECT_STR(result.get("/cause"), "cancelled");
    EXPECT(!result.is_allowed("tools.creator"));
}

// It does not matter how far each caller has come when cancel() is called.
static void another_thread_ends_a_call(unsigned callers)
{
    qls::Client client = client_of(from);
    client.set_retries(0);
    std::vector<std::thread> threads;
    std::vector<qls::Result> results(callers);

    for (unsigned i = 0; i < callers; i++) {
        threads.emplace_back([&client, &results, i] {
            results[i] = i % 2 == 0 ? client.check(from.token, ASKING_CONSUMERS) : client.list(from.token);
        });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    const qls::Client &shared = client;
    const Clock::time_point start = Clock::now();
    shared.cancel();
    for (std::thread &thread : threads) {
        thread.join();
    }
    EXPECT(Clock::now() - start < std::chrono::seconds(20)); // the timeout is two minutes; Valgrind is slow
    for (const qls::Result &result : results) {
        expect_cancelled(result);
    }
    expect_cancelled(client.check(from.token, ASKING_CONSUMERS));
    expect_cancelled(client.list(from.token));
    client = client_of(from);
    client.set_timeout(std::chrono::milliseconds(50));
    EXPECT_RESULT(client.list(from.token), qls::Status::timeout);
}

int main(int argc, char **argv)
{
    asking_start(&from, argc, argv);
    another_thread_ends_a_call(1);
    another_thread_ends_a_call(4);
    return expect_exit_code();
}
