// Reads the consumers of the first license in a reply, in two ways: one by one with qls_result_get(), and by parsing
// the same JSON once with nlohmann/json and walking it.
//
// It is called as `reading URL`, with the token in BENCH_TOKEN. Each line on its standard input is a number of turns. A
// turn asks for the licenses, and prints how many consumers were read and how long each way took, in nanoseconds.
#include "peer.h"
#include "qls_precheck.h"

#include <nlohmann/json.hpp>

#include <string>

namespace {

// A build that looks for each consumer from the start of the JSON would take most of a minute.
const long long LOOP_LIMIT = 3'000'000'000;

// How many bytes the ids of consumers have together, which shows that both ways have read the same.
struct Read {
    std::size_t consumers, bytes;
};

Read one_by_one(const qls_result *result, long long start) {
    Read read = {0, 0};
    const std::size_t count = qls_result_count(result, "/licenses/0/consumers");
    char pointer[64];
    while (read.consumers < count && peer_clock() - start < LOOP_LIMIT) {
        std::snprintf(pointer, sizeof pointer, "/licenses/0/consumers/%zu/consumer_id", read.consumers);
        read.bytes += std::strlen(qls_result_get(result, pointer));
        read.consumers++;
    }
    return read;
}

Read parsed(const char *text, std::size_t length) {
    Read read = {0, 0};
    const nlohmann::json outcome = nlohmann::json::parse(text, text + length);
    for (const nlohmann::json &consumer : outcome.at("licenses").at(0).at("consumers")) {
        read.bytes += consumer.at("consumer_id").get_ref<const std::string &>().size();
        read.consumers++;
    }
    return read;
}

void turn(const qls_client *client, const char *token) {
    qls_result *result = qls_list(client, token, nullptr);
    if (qls_result_status(result) != QLS_OK) peer_fail(qls_result_message(result));
    const long long start = peer_clock();
    const Read looped = one_by_one(result, start);
    const long long end = peer_clock();
    std::size_t length = 0;
    const char *text = qls_result_json(result, &length);
    const long long parsing = peer_clock();
    const Read walked = parsed(text, length);
    const long long done = peer_clock();
    const bool stopped = end - start >= LOOP_LIMIT;
    if (!stopped && (looped.consumers != walked.consumers || looped.bytes != walked.bytes)) {
        peer_fail("the two ways have read different consumers");
    }
    std::printf("%zu %lld %lld\n", walked.consumers, end - start, done - parsing);
    qls_result_free(result);
}

}  // namespace

int main(int argc, char **argv) {
    if (argc != 2) peer_fail("call me with URL");
    const char *token = peer_token();
    qls_client *client = qls_client_new();
    qls_client_set_server(client, argv[1]);
    char line[32];
    while (std::fgets(line, sizeof line, stdin) != nullptr) {
        for (long turns = std::strtol(line, nullptr, 10); turns > 0; turns--) turn(client, token);
        std::fflush(stdout);
    }
    qls_client_free(client);
    return 0;
}
