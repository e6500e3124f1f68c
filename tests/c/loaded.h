/* For programs that load the library at run time: finds its functions by dlsym() or GetProcAddress(). Include expect.h
 * and asking.h first. EXPECT_STATUS and asking_expect_verdicts() call a library that is linked, so they cannot be used
 * here; the answers of the loaded one are compared by plain checks.
 */
#ifndef LOADED_H
#define LOADED_H

#ifdef _WIN32
#include <windows.h>
#define dlopen(path, flags) ((void)(flags), (void *)LoadLibraryA(path))
#define dlsym(handle, name) ((void *)(intptr_t)GetProcAddress((HMODULE)(handle), (name)))
#define dlclose(handle) (FreeLibrary((HMODULE)(handle)) ? 0 : -1)
#define dlerror() "LoadLibrary failed"
#else
#include <dlfcn.h>
#endif

typedef struct loaded {
    void *handle;
    uint32_t (*abi_version)(void);
    qls_client *(*client_new)(void);
    qls_status (*client_set_server)(qls_client *, const char *);
    qls_status (*client_set_timeout_ms)(qls_client *, uint32_t);
    void (*client_cancel)(const qls_client *);
    void (*client_free)(qls_client *);
    qls_result *(*check)(const qls_client *, const char *, const char *);
    qls_result *(*list)(const qls_client *, const char *, const char *);
    const char *(*result_get)(const qls_result *, const char *);
    qls_verdict (*result_component)(const qls_result *, size_t, const char **, const char **);
    int32_t (*result_is_allowed)(const qls_result *, const char *);
    size_t (*result_count)(const qls_result *, const char *);
    void (*result_free)(qls_result *);
} loaded;

static inline void loaded_open(loaded *library, const char *path, int flags)
{
    library->handle = dlopen(path, flags);
    if (library->handle == NULL) {
        fprintf(stderr, "%s\n", dlerror());
        exit(2);
    }
/* POSIX promises that a pointer to a function survives this; ISO C has no other way to write it. */
#define LOADED(name) *(void **)&library->name = dlsym(library->handle, "qls_" #name)
    LOADED(abi_version);
    LOADED(client_new);
    LOADED(client_set_server);
    LOADED(client_set_timeout_ms);
    LOADED(client_cancel);
    LOADED(client_free);
    LOADED(check);
    LOADED(list);
    LOADED(result_get);
    LOADED(result_component);
    LOADED(result_is_allowed);
    LOADED(result_count);
    LOADED(result_free);
#undef LOADED
    EXPECT_INT(library->abi_version(), QLS_ABI_VERSION);
}

static inline void loaded_close(loaded *library)
{
    require(dlclose(library->handle) == 0, "dlclose");
}

static inline qls_client *loaded_client(const loaded *library, const asking *from)
{
    qls_client *client = library->client_new();

    EXPECT_INT(library->client_set_server(client, from->server), QLS_OK);
    EXPECT_INT(library->client_set_timeout_ms(client, 120000), QLS_OK);
    return client;
}

/* Both operations with one client: every verdict, and the licenses. */
static inline void loaded_expect_answers(const loaded *library, const qls_client *client, const asking *from)
{
    qls_result *result = library->check(client, from->token, ASKING_CONSUMERS);

    EXPECT_STR(library->result_get(result, "/status"), "QLS_OK");
    for (size_t i = 0; i < ASKING_COUNT; i++) {
        EXPECT_INT(library->result_component(result, i, NULL, NULL), asking_verdicts[i].verdict);
        EXPECT_INT(library->result_is_allowed(result, asking_verdicts[i].component),
                   asking_verdicts[i].verdict == QLS_VERDICT_ALLOWED);
    }
    library->result_free(result);
    result = library->list(client, from->token, NULL);
    EXPECT_STR(library->result_get(result, "/status"), "QLS_OK");
    EXPECT_INT(library->result_count(result, "/licenses"), 3);
    library->result_free(result);
}

#endif
