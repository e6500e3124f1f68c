/* Stands in for Windows' winhttp.dll, of which Wine 8 lacks the newer functions for automatic proxies. They do here what
 * Microsoft documents: the script is fetched, Wine's own engine runs it, and everything that it names is told. What
 * automatic detection finds is the script at the address in the environment variable QLS_TEST_WPAD; without it the network
 * has none. For tests only.
 */
#include <windows.h>

#include <stdio.h>
#include <string.h>
#include <winhttp.h>

enum { MOST_ENTRIES = 8, MAX_SCRIPT = 65536 };

/* One resolver, and its only question. */
typedef struct resolver {
    WINHTTP_STATUS_CALLBACK callback;
    DWORD_PTR context;
    char script[2048], url[2048];
    WINHTTP_PROXY_RESULT_ENTRY entries[MOST_ENTRIES];
    WCHAR hosts[MOST_ENTRIES][256];
    DWORD count;
} resolver;

typedef struct script_buffer {
    DWORD size;
    char *text;
    DWORD length;
} script_buffer;

typedef BOOL(WINAPI *initialize_fn)(DWORD, char *, char *, void *, script_buffer *);
typedef BOOL(WINAPI *deinitialize_fn)(char *, DWORD);
typedef BOOL(WINAPI *ask_fn)(const char *, DWORD, char *, DWORD, char **, DWORD *);
typedef void *(WINAPI *open_fn)(const char *, DWORD, const char *, const char *, DWORD);
typedef void *(WINAPI *open_url_fn)(void *, const char *, const char *, DWORD, DWORD, DWORD_PTR);
typedef BOOL(WINAPI *read_fn)(void *, void *, DWORD, DWORD *);
typedef BOOL(WINAPI *close_fn)(void *);

static void *function(const char *dll, const char *name)
{
    return (void *)GetProcAddress(LoadLibraryA(dll), name);
}

/* Returns its length, or 0. */
static DWORD fetch(const char *address, char *text)
{
    void *session = ((open_fn)function("wininet.dll", "InternetOpenA"))("test", 1, NULL, NULL, 0);
    /* Neither from the cache nor into it. */
    void *reply = ((open_url_fn)function("wininet.dll", "InternetOpenUrlA"))(session, address, NULL, 0, 0x84000000, 0);
    DWORD length = 0, some = 0;

    while (reply != NULL && length < MAX_SCRIPT &&
           ((read_fn)function("wininet.dll", "InternetReadFile"))(reply, text + length, MAX_SCRIPT - length, &some) &&
           some > 0) {
        length += some;
    }
    ((close_fn)function("wininet.dll", "InternetCloseHandle"))(reply);
    ((close_fn)function("wininet.dll", "InternetCloseHandle"))(session);
    return length;
}

/* Reads an answer such as "PROXY a:1; DIRECT". */
static void read_answer(resolver *to, char *answer)
{
    char kind[16], host[256];
    unsigned port;
    char *part;

    for (part = strtok(answer, ";"); part != NULL && to->count < MOST_ENTRIES; part = strtok(NULL, ";")) {
        WINHTTP_PROXY_RESULT_ENTRY *entry = &to->entries[to->count];
        int read = sscanf(part, " %15s %255[^:]:%u", kind, host, &port);

        if (read == 3) {
            entry->fProxy = TRUE;
            entry->ProxyScheme = strcmp(kind, "PROXY") == 0   ? INTERNET_SCHEME_HTTP
                                 : strcmp(kind, "HTTPS") == 0 ? INTERNET_SCHEME_HTTPS
                                                              : 4 /* SOCKS, which MinGW's header lacks */;
            MultiByteToWideChar(CP_UTF8, 0, host, -1, to->hosts[to->count], 256);
            entry->pwszProxy = to->hosts[to->count];
            entry->ProxyPort = (INTERNET_PORT)port;
            to->count++;
        } else if (read >= 1 && strcmp(kind, "DIRECT") == 0) {
            to->count++;
        }
    }
}

/* Wine's engine knows one script at a time. */
static SRWLOCK engine = SRWLOCK_INIT;

static DWORD run(resolver *to, script_buffer *script)
{
    char host[256], *answer;
    DWORD length;
    BOOL answered;

    sscanf(to->url, "%*[^/]//%255[^:/]", host);
    if (!((initialize_fn)function("jsproxy.dll", "InternetInitializeAutoProxyDll"))(0, NULL, NULL, NULL, script)) {
        return ERROR_WINHTTP_BAD_AUTO_PROXY_SCRIPT;
    }
    answered = ((ask_fn)function("jsproxy.dll", "InternetGetProxyInfo"))(to->url, (DWORD)strlen(to->url), host,
                                                                      (DWORD)strlen(host), &answer, &length);
    if (answered) {
        read_answer(to, answer);
        GlobalFree(answer);
    }
    ((deinitialize_fn)function("jsproxy.dll", "InternetDeInitializeAutoProxyDll"))(NULL, 0);
    return answered ? 0 : ERROR_WINHTTP_SCRIPT_EXECUTION_ERROR;
}

static DWORD find_ways(resolver *to)
{
    script_buffer script = {sizeof script, malloc(MAX_SCRIPT), 0};
    DWORD error = ERROR_WINHTTP_UNABLE_TO_DOWNLOAD_SCRIPT;

    script.length = fetch(to->script, script.text);
    if (script.length > 0) {
        AcquireSRWLockExclusive(&engine);
        error = run(to, &script);
        ReleaseSRWLockExclusive(&engine);
    }
    free(script.text);
    return error;
}

static DWORD WINAPI work(void *argument)
{
    resolver *of = argument;
    WINHTTP_ASYNC_RESULT result = {API_GET_PROXY_FOR_URL, 0};

    result.dwError = of->script[0] != '\0' ? find_ways(of) : ERROR_WINHTTP_AUTODETECTION_FAILED;
    if (result.dwError == 0) {
        of->callback(of, of->context, WINHTTP_CALLBACK_STATUS_GETPROXYFORURL_COMPLETE, NULL, 0);
    } else {
        of->callback(of, of->context, WINHTTP_CALLBACK_STATUS_REQUEST_ERROR, &result, sizeof result);
    }
    return 0;
}

static int is_session;

HINTERNET WINAPI WinHttpOpen(LPCWSTR agent, DWORD access, LPCWSTR proxy, LPCWSTR bypass, DWORD flags)
{
    (void)agent, (void)proxy, (void)bypass;
    return access == WINHTTP_ACCESS_TYPE_NO_PROXY && flags == WINHTTP_FLAG_ASYNC ? &is_session : NULL;
}

DWORD WINAPI WinHttpCreateProxyResolver(HINTERNET session, HINTERNET *made)
{
    *made = session == &is_session ? calloc(1, sizeof(resolver)) : NULL;
    return *made != NULL ? 0 : ERROR_INVALID_HANDLE;
}

WINHTTP_STATUS_CALLBACK WINAPI WinHttpSetStatusCallback(HINTERNET of, WINHTTP_STATUS_CALLBACK callback, DWORD wanted,
                                                        DWORD_PTR reserved)
{
    (void)reserved;
    ((resolver *)of)->callback =
        wanted == (WINHTTP_CALLBACK_FLAG_GETPROXYFORURL_COMPLETE | WINHTTP_CALLBACK_FLAG_REQUEST_ERROR) ? callback : NULL;
    return NULL;
}

DWORD WINAPI WinHttpGetProxyForUrlEx(HINTERNET of, PCWSTR url, WINHTTP_AUTOPROXY_OPTIONS *options, DWORD_PTR context)
{
    resolver *asked = of;
    HANDLE thread;

    asked->context = context;
    WideCharToMultiByte(CP_UTF8, 0, url, -1, asked->url, sizeof asked->url, NULL, NULL);
    if (options->dwFlags == WINHTTP_AUTOPROXY_AUTO_DETECT && options->dwAutoDetectFlags != 0) {
        GetEnvironmentVariableA("QLS_TEST_WPAD", asked->script, sizeof asked->script);
    } else if (options->dwFlags == WINHTTP_AUTOPROXY_CONFIG_URL) {
        WideCharToMultiByte(CP_UTF8, 0, options->lpszAutoConfigUrl, -1, asked->script, sizeof asked->script, NULL, NULL);
    } else {
        return ERROR_INVALID_PARAMETER;
    }
    thread = CreateThread(NULL, 0, work, asked, 0, NULL);
    CloseHandle(thread);
    return thread != NULL ? ERROR_IO_PENDING : ERROR_WINHTTP_INTERNAL_ERROR;
}

DWORD WINAPI WinHttpGetProxyResult(HINTERNET of, WINHTTP_PROXY_RESULT *result)
{
    result->cEntries = ((resolver *)of)->count;
    result->pEntries = ((resolver *)of)->entries;
    return 0;
}

VOID WINAPI WinHttpFreeProxyResult(WINHTTP_PROXY_RESULT *result)
{
    memset(result, 0, sizeof *result);
}

BOOL WINAPI WinHttpCloseHandle(HINTERNET of)
{
    if (of != &is_session) {
        free(of);
    }
    return TRUE;
}

/* The older function is not called where the newer one works. */
BOOL WINAPI WinHttpGetProxyForUrl(HINTERNET session, LPCWSTR url, WINHTTP_AUTOPROXY_OPTIONS *options,
                                  WINHTTP_PROXY_INFO *info)
{
    (void)session, (void)url, (void)options, (void)info;
    SetLastError(ERROR_INVALID_PARAMETER);
    return FALSE;
}
