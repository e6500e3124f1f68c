// The loops that hosts write over a result, in C and in C++.
//
// It is called as `loops URL OPERATION FILE`, with the token in BENCH_TOKEN and the consumers in FILE. It asks once for
// each loop, and prints its name and the processor time that it took, in nanoseconds, with a tab between them. A loop
// reads a result of its own, so that none finds what another has prepared.
#include "peer.h"
#include "qls_precheck.hpp"

#include <string>
#include <vector>

namespace {

struct Asking {
    std::string server, consumers;
    bool lists;

    qls::Result ask() const {
        qls::Client client;
        client.set_server(server).set_timeout(std::chrono::minutes(10));
        qls::Result result = lists ? client.list(peer_token()) : client.check(peer_token(), consumers);
        if (!result.ok()) peer_fail(result.message());
        return result;
    }
};

long long processor_time() {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

// Measures a loop, which returns how many things it has read.
template <class Loop>
void measure(const Asking &asking, const char *name, Loop loop) {
    const qls::Result result = asking.ask();
    const long long start = processor_time();
    const std::size_t read = loop(result);
    const long long end = processor_time();
    if (read == 0) peer_fail(name);
    std::printf("%s\t%lld\n", name, end - start);
}

// Reads `before`NUMBER`behind` for each item of an array, as a loop in C does.
std::size_t get_each(const qls_result *result, const char *array, const char *behind) {
    char pointer[128];
    std::size_t read = 0;
    for (std::size_t i = 0; i < qls_result_count(result, array); i++) {
        std::snprintf(pointer, sizeof pointer, "%s/%zu%s", array, i, behind);
        read += qls_result_get(result, pointer) != nullptr;
    }
    return read;
}

// The same in C++.
std::size_t get_each(const qls::Result &result, const std::string &array, const char *behind) {
    std::size_t read = 0;
    for (std::size_t i = 0; i < result.count(array); i++) {
        read += result.get(array + '/' + std::to_string(i) + behind) != nullptr;
    }
    return read;
}

void over_licenses(const Asking &asking) {
    measure(asking, "`qls_result_get`, each license as a whole", [](const qls::Result &result) {
        return get_each(result.native_handle(), "/licenses", "");
    });
    measure(asking, "`qls_result_get`, a member of each license", [](const qls::Result &result) {
        return get_each(result.native_handle(), "/licenses", "/license_info/license_id");
    });
    measure(asking, "C++ `get`, a member of each license", [](const qls::Result &result) {
        return get_each(result, "/licenses", "/license_info/license_id");
    });
    measure(asking, "`qls_result_get`, each consumer of a license", [](const qls::Result &result) {
        return get_each(result.native_handle(), "/licenses/0/consumers", "/consumer_id");
    });
    measure(asking, "C++ `get`, each consumer of a license", [](const qls::Result &result) {
        return get_each(result, "/licenses/0/consumers", "/consumer_id");
    });
}

void over_components(const Asking &asking) {
    measure(asking, "`qls_result_component`, then `qls_result_is_allowed`", [](const qls::Result &owner) {
        const qls_result *result = owner.native_handle();
        std::size_t read = 0;
        for (std::size_t i = 0; i < qls_result_component_count(result); i++) {
            const char *component, *consumer;
            qls_result_component(result, i, &component, &consumer);
            read += qls_result_is_allowed(result, component) + 1;
        }
        return read;
    });
    measure(asking, "C++ `component`, then `is_allowed`", [](const qls::Result &result) {
        std::size_t read = 0;
        for (std::size_t i = 0; i < result.component_count(); i++) {
            read += result.is_allowed(result.component(i).component_id) + 1;
        }
        return read;
    });
    measure(asking, "`qls_result_get`, each component", [](const qls::Result &result) {
        return get_each(result.native_handle(), "/components", "/component_id");
    });
    measure(asking, "`qls_result_get`, each component, backward", [](const qls::Result &owner) {
        const qls_result *result = owner.native_handle();
        char pointer[128];
        std::size_t read = 0;
        for (std::size_t i = qls_result_count(result, "/components"); i-- > 0;) {
            std::snprintf(pointer, sizeof pointer, "/components/%zu/verdict", i);
            read += qls_result_get(result, pointer) != nullptr;
        }
        return read;
    });
}

}  // namespace

int main(int argc, char **argv) {
    if (argc != 4) peer_fail("call me with URL OPERATION FILE");
    char *consumers = peer_read(argv[3]);
    const Asking asking = {argv[1], consumers, strcmp(argv[2], "list") == 0};
    asking.lists ? over_licenses(asking) : over_components(asking);
    free(consumers);
    return 0;
}
