/* A host with little memory: it may take KIB KiB more once it has asked SERVER-URL/small. Then it asks SERVER-URL/reply,
 * and reads what comes of it. Prints the status and the cause. With "each" it reads each value in each /licenses/N/a, and
 * says if one was not found. With a proxy's address it asks through that, also where a token would travel unencrypted.
 * usage: little_memory SERVER-URL TOKEN-FILE check|list KIB [each|PROXY-URL]
 */
#include "expect.h"
#include <sys/resource.h>
#include "asking.h"

static qls_result *ask(asking *from, const char *path, const char *operation, const char *proxy)
{
    const char *server = from->server;
    char url[256];
    qls_client *client;
    qls_result *result;

    snprintf(url, sizeof url, "%s/%s", server, path);
    from->server = url;
    client = asking_client(from);
    if (proxy != NULL) {
        EXPECT_INT(qls_client_set_proxy(client, proxy), QLS_OK);
        EXPECT_INT(qls_client_set_allow_plain_http(client, 1), QLS_OK);
    }
    result = strcmp(operation, "list") == 0 ? qls_list(client, from->token, NULL)
                                            : qls_check(client, from->token, ASKING_CONSUMERS);
    qls_client_free(client);
    from->server = server;
    return result;
}

/* Limits the memory to what the process has now and so much more. */
static void limit_memory(long kib)
{
    FILE *status = fopen("/proc/self/status", "r");
    struct rlimit limit;
    char line[256];
    long size = 0;

    require(status != NULL, "/proc/self/status");
    while (fgets(line, sizeof line, status) != NULL) {
        sscanf(line, "VmSize: %ld", &size);
    }
    fclose(status);
    require(size > 0, "VmSize");
    limit.rlim_cur = limit.rlim_max = (rlim_t)(size + kib) * 1024;
    require(setrlimit(RLIMIT_AS, &limit) == 0, "setrlimit");
}

/* Where there is no memory for a value, it is not found. What was found once stays. */
static void read_licenses(const qls_result *result)
{
    char pointer[64];

    for (size_t i = 0; i < qls_result_count(result, "/licenses"); i += 1 + i / 50) {
        const char *value;

        snprintf(pointer, sizeof pointer, "/licenses/%zu", i);
        value = qls_result_get(result, pointer);
        EXPECT(value == NULL || value[0] == '{');
        snprintf(pointer, sizeof pointer, "/licenses/%zu/a", i);
        value = qls_result_get(result, pointer);
        EXPECT(value == NULL || qls_result_get(result, pointer) == value);
    }
}

/* By its number, which is an item's index and a member's key. Returns how many were not found. */
static size_t read_each(const qls_result *result)
{
    char pointer[64];
    size_t missing = 0;

    for (size_t i = 0, licenses = qls_result_count(result, "/licenses"); i < licenses; i++) {
        size_t count;

        snprintf(pointer, sizeof pointer, "/licenses/%zu/a", i);
        count = qls_result_count(result, pointer);
        for (size_t j = 0; j + 1 < count; j++) {
            const char *value;

            snprintf(pointer, sizeof pointer, "/licenses/%zu/a/%zu", i, j);
            value = qls_result_get(result, pointer);
            EXPECT(value == NULL || strcmp(value, "1") == 0);
            missing += value == NULL;
        }
    }
    return missing;
}

int main(int argc, char **argv)
{
    asking from;
    qls_result *result;
    const char *cause, *proxy = argc == 6 && strcmp(argv[5], "each") != 0 ? argv[5] : NULL;
    size_t length;

    require(argc == 5 || argc == 6, "usage: little_memory SERVER-URL TOKEN-FILE check|list KIB [each|PROXY-URL]");
    asking_start(&from, 3, argv);
    qls_result_free(ask(&from, "small", argv[3], proxy));
    limit_memory(atol(argv[4]));
    result = ask(&from, "reply", argv[3], proxy);
    cause = qls_result_get(result, "/cause");
    printf("%s %s", qls_status_name(qls_result_status(result)), cause == NULL ? "none" : cause);
    if (argc == 6 && proxy == NULL) {
        size_t missing = read_each(result);

        if (missing > 0) {
            printf(", %zu values missing", missing);
        }
    }
    printf("\n");
    require(qls_result_json(result, &length)[0] == '{', "the JSON");
    read_licenses(result);
    for (size_t i = 0; i < qls_result_component_count(result); i++) {
        EXPECT_INT(qls_result_is_allowed(result, asking_verdicts[i].component), 0);
    }
    qls_result_free(result);
    return expect_exit_code();
}
