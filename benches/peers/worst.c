/* One call to a server that sends a reply of the worst kind, and what a host may do with the result.
 *
 * It is called as `worst URL OPERATION FILE [KIB]`, with the token in BENCH_TOKEN and the consumers in FILE. It asks
 * URL/small first, so that what every call needs does not count, and then URL/reply; with KIB, it may take so much more
 * memory from then on, and reads fewer licenses. It prints the status, the cause, and the memory in KiB that the call and then the reading took at
 * their peaks, above the peak before. */
#include "peer.h"
#include "qls_precheck.h"

#include <sys/resource.h>

static long kib(const char *format) {
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long value = -1;
    while (status != NULL && fgets(line, sizeof line, status) != NULL) sscanf(line, format, &value);
    if (value < 0) peer_fail("/proc/self/status does not tell the memory");
    fclose(status);
    return value;
}

static long peak(void) {
    return kib("VmHWM: %ld");
}

static void limit(long more) {
    struct rlimit limit;
    limit.rlim_cur = limit.rlim_max = (rlim_t)(kib("VmSize: %ld") + more) * 1024;
    if (setrlimit(RLIMIT_AS, &limit) != 0) peer_fail("setrlimit");
}

static qls_result *ask(const char *url, const char *path, int lists, const char *consumers) {
    char address[256];
    snprintf(address, sizeof address, "%s/%s", url, path);
    qls_client *client = qls_client_new();
    qls_client_set_server(client, address);
    qls_client_set_timeout_ms(client, 600000);
    qls_result *result =
        lists ? qls_list(client, peer_token(), NULL) : qls_check(client, peer_token(), consumers);
    qls_client_free(client);
    return result;
}

/* Reads the JSON, and up to so many licenses in a loop as people write it: of each /licenses/N/a up to so many values by
 * their numbers, or itself if it has none. */
static void read_each(const qls_result *result, size_t most) {
    char pointer[64];
    size_t length = 0;
    qls_result_json(result, &length);
    for (size_t i = 0; i < most && i < qls_result_count(result, "/licenses"); i++) {
        snprintf(pointer, sizeof pointer, "/licenses/%zu/a", i);
        size_t count = qls_result_count(result, pointer);
        if (count == 0) qls_result_get(result, pointer);
        for (size_t j = 0; j < most && j < count; j++) {
            snprintf(pointer, sizeof pointer, "/licenses/%zu/a/%zu", i, j);
            qls_result_get(result, pointer);
        }
    }
    for (size_t i = 0; i < qls_result_component_count(result); i++) {
        const char *component, *consumer;
        qls_result_component(result, i, &component, &consumer);
        qls_result_is_allowed(result, component);
    }
}

int main(int argc, char **argv) {
    if (argc != 4 && argc != 5) peer_fail("call me with URL OPERATION FILE [KIB]");
    int lists = strcmp(argv[2], "list") == 0;
    char *consumers = peer_read(argv[3]);
    qls_result_free(ask(argv[1], "small", lists, consumers));
    if (argc == 5) limit(strtol(argv[4], NULL, 10));
    long before = peak();
    long long start = peer_clock();
    qls_result *result = ask(argv[1], "reply", lists, consumers);
    long long asked = peer_clock();
    long called = peak();
    const char *cause = qls_result_get(result, "/cause");
    printf("%s %s ", qls_status_name(qls_result_status(result)), cause == NULL ? "none" : cause);
    long long reading = peer_clock();
    read_each(result, argc == 5 ? 100000 : (size_t)-1);
    printf("%ld %ld %lld %lld\n", called - before, peak() - before, asked - start, peer_clock() - reading);
    qls_result_free(result);
    free(consumers);
    return 0;
}
