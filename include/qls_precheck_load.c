/* Compile this file into a program that loads the library instead of linking it: see qls_precheck_load.h. C99 and
 * C++11, for every compiler that the program itself is for.
 */
#if defined(__GNUC__) && !defined(_WIN32)
/* Another copy of these functions in the same process, the library's own among them, never stands in for this one. */
#pragma GCC visibility push(hidden)
#endif
#include "qls_precheck_load.h"
#if defined(__GNUC__) && !defined(_WIN32)
#pragma GCC visibility pop
#endif

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef _WIN32
#include <windows.h>
#else
#include <dlfcn.h>
#endif
#if defined(__ELF__) && defined(__LP64__)
#include <elf.h>
#endif

/* generated from qls_precheck.h and docs/result-json.md: UPDATE_HEADER=1 cargo test --test load what_is_made */

struct functions {
    qls_client *(*client_new)(void);
    void (*client_free)(qls_client *client);
    void (*client_cancel)(const qls_client *client);
    qls_result *(*check)(const qls_client *client, const char *token, const char *consumers_json);
    qls_result *(*list)(const qls_client *client, const char *token, const char *extra_json);
    qls_result *(*diagnose)(const qls_client *client, const char *token);
    qls_status (*result_status)(const qls_result *result);
    int32_t (*result_http_status)(const qls_result *result);
    const char *(*result_message)(const qls_result *result);
    const char *(*result_server_code)(const qls_result *result);
    const char *(*result_json)(const qls_result *result, size_t *len);
    size_t (*result_component_count)(const qls_result *result);
    qls_verdict (*result_component)(const qls_result *result, size_t i, const char **component_id,
        const char **consumer_id);
    int32_t (*result_is_allowed)(const qls_result *result, const char *component_id);
    size_t (*result_count)(const qls_result *result, const char *json_pointer);
    const char *(*result_get)(const qls_result *result, const char *json_pointer);
    void (*result_free)(qls_result *result);
    qls_status (*client_set_server)(qls_client *client, const char *url);
    qls_status (*client_set_allow_plain_http)(qls_client *client, int32_t allow);
    qls_status (*client_set_timeout_ms)(qls_client *client, uint32_t timeout_ms);
    qls_status (*client_set_connect_timeout_ms)(qls_client *client, uint32_t timeout_ms);
    qls_status (*client_set_retries)(qls_client *client, uint32_t retries);
    qls_status (*client_set_proxy)(qls_client *client, const char *url);
    qls_status (*client_set_ca_file)(qls_client *client, const char *path);
    qls_status (*client_set_ca_pem)(qls_client *client, const char *pem);
    qls_status (*client_set_trust)(qls_client *client, int32_t trust);
    qls_status (*client_set_user_agent)(qls_client *client, const char *product);
    qls_status (*client_set_log)(qls_client *client, qls_log_fn function, void *userdata, int32_t max_level);
    const char *(*status_name)(int32_t status);
    const char *(*status_text)(int32_t status);
    const char *(*version)(void);
    uint32_t (*abi_version)(void);
};

static const struct {
    const char *name;
    size_t offset;
} wanted[] = {
    {"qls_client_new", offsetof(struct functions, client_new)},
    {"qls_client_free", offsetof(struct functions, client_free)},
    {"qls_client_cancel", offsetof(struct functions, client_cancel)},
    {"qls_check", offsetof(struct functions, check)},
    {"qls_list", offsetof(struct functions, list)},
    {"qls_diagnose", offsetof(struct functions, diagnose)},
    {"qls_result_status", offsetof(struct functions, result_status)},
    {"qls_result_http_status", offsetof(struct functions, result_http_status)},
    {"qls_result_message", offsetof(struct functions, result_message)},
    {"qls_result_server_code", offsetof(struct functions, result_server_code)},
    {"qls_result_json", offsetof(struct functions, result_json)},
    {"qls_result_component_count", offsetof(struct functions, result_component_count)},
    {"qls_result_component", offsetof(struct functions, result_component)},
    {"qls_result_is_allowed", offsetof(struct functions, result_is_allowed)},
    {"qls_result_count", offsetof(struct functions, result_count)},
    {"qls_result_get", offsetof(struct functions, result_get)},
    {"qls_result_free", offsetof(struct functions, result_free)},
    {"qls_client_set_server", offsetof(struct functions, client_set_server)},
    {"qls_client_set_allow_plain_http", offsetof(struct functions, client_set_allow_plain_http)},
    {"qls_client_set_timeout_ms", offsetof(struct functions, client_set_timeout_ms)},
    {"qls_client_set_connect_timeout_ms", offsetof(struct functions, client_set_connect_timeout_ms)},
    {"qls_client_set_retries", offsetof(struct functions, client_set_retries)},
    {"qls_client_set_proxy", offsetof(struct functions, client_set_proxy)},
    {"qls_client_set_ca_file", offsetof(struct functions, client_set_ca_file)},
    {"qls_client_set_ca_pem", offsetof(struct functions, client_set_ca_pem)},
    {"qls_client_set_trust", offsetof(struct functions, client_set_trust)},
    {"qls_client_set_user_agent", offsetof(struct functions, client_set_user_agent)},
    {"qls_client_set_log", offsetof(struct functions, client_set_log)},
    {"qls_status_name", offsetof(struct functions, status_name)},
    {"qls_status_text", offsetof(struct functions, status_text)},
    {"qls_version", offsetof(struct functions, version)},
    {"qls_abi_version", offsetof(struct functions, abi_version)},
};

static const struct {
    int32_t status;
    const char *name;
} statuses[] = {
    {QLS_OK, "QLS_OK"},
    {QLS_INVALID_ARGUMENT, "QLS_INVALID_ARGUMENT"},
    {QLS_INVALID_CONSUMERS, "QLS_INVALID_CONSUMERS"},
    {QLS_INVALID_TOKEN, "QLS_INVALID_TOKEN"},
    {QLS_TOKEN_NOT_FOUND, "QLS_TOKEN_NOT_FOUND"},
    {QLS_CONFIGURATION, "QLS_CONFIGURATION"},
    {QLS_RESOLVE_FAILED, "QLS_RESOLVE_FAILED"},
    {QLS_CONNECT_FAILED, "QLS_CONNECT_FAILED"},
    {QLS_PROXY_FAILED, "QLS_PROXY_FAILED"},
    {QLS_TLS_UNTRUSTED, "QLS_TLS_UNTRUSTED"},
    {QLS_TLS_FAILED, "QLS_TLS_FAILED"},
    {QLS_TIMEOUT, "QLS_TIMEOUT"},
    {QLS_CANCELLED, "QLS_CANCELLED"},
    {QLS_CONNECTION_LOST, "QLS_CONNECTION_LOST"},
    {QLS_REJECTED, "QLS_REJECTED"},
    {QLS_BAD_REQUEST, "QLS_BAD_REQUEST"},
    {QLS_UNAUTHORIZED, "QLS_UNAUTHORIZED"},
    {QLS_NOT_FOUND, "QLS_NOT_FOUND"},
    {QLS_RATE_LIMITED, "QLS_RATE_LIMITED"},
    {QLS_SERVER_ERROR, "QLS_SERVER_ERROR"},
    {QLS_UNEXPECTED_REPLY, "QLS_UNEXPECTED_REPLY"},
    {QLS_REPLY_TOO_LARGE, "QLS_REPLY_TOO_LARGE"},
    {QLS_INTERNAL, "QLS_INTERNAL"},
};

enum kind { STATUS, STATUS_CODE, MESSAGE, CAUSE, EMPTY, NOTHING };

static const struct {
    const char *json_pointer;
    enum kind kind;
} members[] = {
    {"/operation", NOTHING},
    {"/status", STATUS},
    {"/status_code", STATUS_CODE},
    {"/http_status", NOTHING},
    {"/server_code", NOTHING},
    {"/message", MESSAGE},
    {"/cause", CAUSE},
    {"/server", NOTHING},
    {"/token_source", NOTHING},
    {"/components", EMPTY},
    {"/licenses", EMPTY},
    {"/diagnosis", EMPTY},
};

#define JSON(status, code, cause, message) \
    "{\"operation\":null," \
    "\"status\":\"" status "\"," \
    "\"status_code\":" code "," \
    "\"http_status\":null," \
    "\"server_code\":null," \
    "\"message\":\"" message "\"," \
    "\"cause\":" cause "," \
    "\"server\":null," \
    "\"token_source\":null," \
    "\"components\":[]," \
    "\"licenses\":[]," \
    "\"diagnosis\":[]}"

/* end of what is generated */

/* How it went: what qls_load() returns, and what an operation gives while nothing is loaded. Such results are kept for
 * good, so that their texts may be read by many threads while another tries again; equal ones are kept once.
 */
struct qls_result {
    struct qls_result *older;
    qls_status status;
    const char *cause; /* NULL after a success */
    const char *message;
    const char *json;
};

#define KEPT(older, cause, message) \
    {older, QLS_CONFIGURATION, cause, message, JSON("QLS_CONFIGURATION", "1004", "\"" cause "\"", message)}
#define NOT_LOADED "library-not-loaded"
#define TOO_OLD "library-too-old"

static struct qls_result out_of_memory =
    KEPT(NULL, NOT_LOADED, "the library of the license check was not loaded: there is too little memory");
static struct qls_result made_too_early =
    KEPT(&out_of_memory, NOT_LOADED,
         "the client was made while the library of the license check was not loaded: make it after qls_load()");
static struct qls_result not_requested =
    KEPT(&made_too_early, NOT_LOADED,
         "the library of the license check is not loaded: the program did not call qls_load() before");

/* What qls_client_new() gives while nothing is loaded. */
struct qls_client {
    int unused;
};
static struct qls_client unusable_client = {0};

/* What was loaded. */
struct library {
    struct functions functions;
    char path[1];
};

/* Pointers that many threads read and change, without a lock: qls_client_cancel() runs in signal handlers. */
static void *volatile newest_result = &not_requested; /* of all that are kept */
static void *volatile last_failure = &not_requested;
static void *volatile library_in_use = NULL; /* a struct library; set once */

/* C99 has no atomics: these are the system's on Windows, and the compiler's elsewhere. */
static void *read_pointer(void *volatile *place)
{
#ifdef _WIN32
    return InterlockedCompareExchangePointer(place, NULL, NULL);
#else
    return __atomic_load_n(place, __ATOMIC_ACQUIRE);
#endif
}

/* Puts `value` where `expected` stands, and says whether it stood there. */
static int replace_pointer(void *volatile *place, void *expected, void *value)
{
#ifdef _WIN32
    return InterlockedCompareExchangePointer(place, value, expected) == expected;
#else
    return __atomic_compare_exchange_n(place, &expected, value, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
#endif
}

static const struct functions *loaded(void)
{
    const struct library *library = (const struct library *)read_pointer(&library_in_use);

    return library != NULL ? &library->functions : NULL;
}

/* The library's functions for a client: NULL where nothing is loaded, or was not when the client was made. */
static const struct functions *for_client(const qls_client *client)
{
    return client != &unusable_client ? loaded() : NULL;
}

/* The library's functions for a result: NULL for those that are kept here, and where nothing is loaded. */
static const struct functions *for_result(const qls_result *result)
{
    const qls_result *kept = (const qls_result *)read_pointer(&newest_result);

    while (kept != NULL && kept != result) {
        kept = kept->older;
    }
    return kept == NULL ? loaded() : NULL;
}

/* What an operation gives that cannot be handed to the library. */
static qls_result *unanswered(void)
{
    return loaded() != NULL ? &made_too_early : (qls_result *)read_pointer(&last_failure);
}

/* The number of bytes of the character that begins here, or 0 where none does: not in UTF-8. */
static size_t character_length(const unsigned char *at)
{
    size_t length = at[0] < 0x80 ? 1 : at[0] < 0xC2 ? 0 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : at[0] < 0xF5 ? 4 : 0;

    if ((at[0] == 0xE0 && at[1] < 0xA0) || (at[0] == 0xF0 && at[1] < 0x90) /* longer than need be */
        || (at[0] == 0xED && at[1] > 0x9F) || (at[0] == 0xF4 && at[1] > 0x8F)) { /* surrogates, and beyond the last */
        return 0;
    }
    for (size_t i = 1; i < length; i++) {
        if (at[i] < 0x80 || at[i] > 0xBF) {
            return 0;
        }
    }
    return length;
}

/* The character that begins here, if the library would not show it either: a control character, or one that changes how the
 * text around it looks, or is invisible. Otherwise 0.
 */
static unsigned long deceiving(const unsigned char *at)
{
    static const struct {
        unsigned long first, last;
    } all[] = {
        {0x01, 0x1F},       {0x7F, 0x9F},       {0xAD, 0xAD},       {0x34F, 0x34F},     {0x61C, 0x61C},
        {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200F},   {0x2028, 0x202E},
        {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
        {0xFFF0, 0xFFFB},   {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
    };
    size_t length = character_length(at);
    unsigned long character = length == 0 ? 0UL : length == 1 ? at[0] : at[0] & (0xFFUL >> (length + 1));

    for (size_t i = 1; i < length; i++) {
        character = character << 6 | (at[i] & 0x3FUL);
    }
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        if (character >= all[i].first && character <= all[i].last) {
            return character;
        }
    }
    return 0;
}

/* The number of bytes of what looks like a token here, or 0. One that was given in place of a path is shown to nobody. */
static size_t token_length(const char *text, const char *at)
{
    static const char base64[] = "-_.ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    size_t length = strncmp(at, "eyJ", 3) == 0 ? strspn(at, base64) : 0;
    int in_a_word = at != text && strchr(base64 + 3, at[-1]) != NULL;

    return length >= 20 && !in_a_word ? length : 0;
}

/* Messages are one paragraph of at most 2000 bytes, in UTF-8 whatever the system says. */
struct message {
    size_t length;
    char text[2001];
};

/* Appends a text as the library shows what comes from outside: no more than `limit` bytes, of which the last are dots where
 * something was left out, without tokens, and with escapes for what could deceive a reader.
 */
static void append(struct message *message, const char *part, size_t limit)
{
    size_t room = sizeof message->text - 1 - message->length, most = message->length + (limit < room ? limit : room);

    for (const char *at = part; *at != '\0';) {
        const unsigned char *bytes = (const unsigned char *)at;
        size_t used = character_length(bytes), token = token_length(part, at), length;
        char shown[32] = "?";

        if (token > 0) {
            used = token;
            snprintf(shown, sizeof shown, "[token]");
        } else if (*at == '\n' || *at == '\r' || *at == '\t') {
            snprintf(shown, sizeof shown, "\\%c", *at == '\n' ? 'n' : *at == '\r' ? 'r' : 't');
        } else if (deceiving(bytes) > 0) {
            snprintf(shown, sizeof shown, "\\u{%lx}", deceiving(bytes));
        } else if (used > 0) {
            memcpy(shown, at, used);
            shown[used] = '\0';
        } else {
            used = 1;
        }
        length = strlen(shown);
        if (message->length + length > most) {
            while (message->length + 3 > most || ((unsigned char)message->text[message->length] & 0xC0) == 0x80) {
                message->length--;
            }
            memcpy(message->text + message->length, "...", 4);
            message->length += 3;
            return;
        }
        memcpy(message->text + message->length, shown, length + 1);
        message->length += length;
        at += used;
    }
}

/* Appends a path that was given, in quotes. */
static void quote(struct message *message, const char *path, size_t limit)
{
    append(message, "\"", 1);
    append(message, path, limit);
    append(message, "\"", 1);
}

/* A result that is kept: the one that says the same already, or a new one. */
static qls_result *keep(qls_status status, const char *cause, const struct message *message)
{
    char escaped[2 * sizeof message->text], *texts, *to = escaped;
    qls_result *result = (qls_result *)read_pointer(&newest_result);
    size_t json_size;

    for (; result != NULL; result = result->older) {
        if (result->status == status && strcmp(result->message, message->text) == 0) {
            return result;
        }
    }
    for (const char *at = message->text; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\') {
            *to++ = '\\';
        }
        *to++ = *at;
    }
    *to = '\0';
    json_size = sizeof JSON("QLS_CONFIGURATION", "1004", "\"library-not-loaded\"", "") + strlen(escaped);
    result = (qls_result *)malloc(sizeof *result + message->length + 1 + json_size);
    if (result == NULL) {
        return &out_of_memory;
    }
    texts = (char *)(result + 1);
    memcpy(texts, message->text, message->length + 1);
    result->status = status;
    result->cause = cause;
    result->message = texts;
    result->json = texts += message->length + 1;
    if (status == QLS_OK) {
        snprintf(texts, json_size, JSON("QLS_OK", "0", "null", "%s"), escaped);
    } else {
        snprintf(texts, json_size, JSON("QLS_CONFIGURATION", "1004", "\"%s\"", "%s"), escaped, cause);
    }
    do {
        result->older = (qls_result *)read_pointer(&newest_result);
    } while (!replace_pointer(&newest_result, result->older, result));
    return result;
}

/* Remembers why nothing is loaded. */
static qls_result *failed(qls_result *result)
{
    while (!replace_pointer(&last_failure, read_pointer(&last_failure), result)) {
    }
    return result;
}

enum {
    SHOWN = 1000, /* bytes of a path in a message */
    REFUSED = 60  /* of what cannot be one */
};

#ifdef _WIN32
static int is_absolute(const char *path)
{
    int drive = ((path[0] >= 'A' && path[0] <= 'Z') || (path[0] >= 'a' && path[0] <= 'z')) && path[1] == ':';

    return drive ? path[2] == '\\' || path[2] == '/' : path[0] == '\\' && path[1] == '\\';
}

static void append_system_message(struct message *message, DWORD error)
{
    const DWORD how = FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS | FORMAT_MESSAGE_MAX_WIDTH_MASK;
    wchar_t wide[512];
    char text[2048];

    if (error == ERROR_BAD_EXE_FORMAT) { /* Windows' own words have a gap for the name */
        append(message, "it is no library, or damaged, or made for another kind of machine", SHOWN);
    } else if (FormatMessageW(how, NULL, error, 0, wide, sizeof wide / sizeof wide[0], NULL) != 0
               && WideCharToMultiByte(CP_UTF8, 0, wide, -1, text, (int)sizeof text, NULL, NULL) != 0) {
        append(message, text, 500);
    }
    snprintf(text, sizeof text, " (error %lu)", (unsigned long)error);
    append(message, text, SHOWN);
}

static void *open_library(const char *path, struct message *message)
{
    int length = MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, NULL, 0);
    wchar_t *wide = length > 0 ? (wchar_t *)malloc(((size_t)length + 1) * sizeof *wide) : NULL;
    int dot = 0;
    HMODULE module;
    DWORD mode, error;

    if (wide == NULL) {
        append(message, length > 0 ? "there is too little memory" : "the path is not UTF-8", SHOWN);
        return NULL;
    }
    MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, path, -1, wide, length);
    for (wchar_t *at = wide; *at != L'\0'; at++) {
        if (*at == L'/') { /* the loader understands the other ones alone */
            *at = L'\\';
        }
        dot = *at == L'.' || (dot && *at != L'\\');
    }
    if (!dot) { /* or Windows takes a file whose name has .dll besides */
        wide[length - 1] = L'.';
        wide[length] = L'\0';
    }
    SetThreadErrorMode(SEM_FAILCRITICALERRORS, &mode); /* no window about a damaged file */
    module = LoadLibraryExW(wide, NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
    error = GetLastError();
    SetThreadErrorMode(mode, NULL);
    free(wide);
    if (module == NULL) {
        append_system_message(message, error);
    }
    return (void *)module;
}

static void close_library(void *handle)
{
    FreeLibrary((HMODULE)handle);
}

static void *find(void *handle, const char *name)
{
    FARPROC function = GetProcAddress((HMODULE)handle, name);
    void *address;

    memcpy(&address, &function, sizeof address);
    return address;
}
#else
static int is_absolute(const char *path)
{
    return path[0] == '/';
}

/* Two flaws that dlopen() is bad at: of a file that was cut off glibc makes a SIGBUS, and one that was made for another
 * machine it calls missing. NULL where there is neither.
 */
static const char *flaw(const char *path)
{
    const char *found = NULL;
#if defined(__ELF__) && defined(__LP64__)
#if defined(__x86_64__)
    const Elf64_Half machine = EM_X86_64;
#elif defined(__aarch64__)
    const Elf64_Half machine = EM_AARCH64;
#else
    const Elf64_Half machine = EM_NONE; /* dlopen() alone knows */
#endif
    FILE *file = fopen(path, "rbe"); /* e: not for a program that another thread starts */
    Elf64_Ehdr header;
    Elf64_Phdr segment;
    long size;

    if (file == NULL) {
        return NULL;
    }
    if (fread(&header, sizeof header, 1, file) == 1 && memcmp(header.e_ident, ELFMAG, SELFMAG) == 0
        && header.e_ident[EI_CLASS] == ELFCLASS64) {
        if (machine != EM_NONE && header.e_machine != machine) {
            found = "it was made for another kind of machine";
        }
        size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
        for (long i = 0; found == NULL && i < (long)header.e_phnum; i++) {
            if (fseek(file, (long)header.e_phoff + i * (long)sizeof segment, SEEK_SET) != 0
                || fread(&segment, sizeof segment, 1, file) != 1
                || (segment.p_type == PT_LOAD && segment.p_offset + segment.p_filesz > (Elf64_Off)size)) {
                found = "it was cut off: its end is missing";
            }
        }
    }
    fclose(file);
#else
    (void)path;
#endif
    return found;
}

static void *open_library(const char *path, struct message *message)
{
    const char *error = flaw(path);
    void *handle = error == NULL ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;

    if (handle == NULL) {
        size_t length = strlen(path);
        error = error != NULL ? error : dlerror();
        error = error != NULL ? error : "the system does not say why";
        if (strncmp(error, path, length) == 0 && strncmp(error + length, ": ", 2) == 0) {
            error += length + 2; /* the path stands in the message already */
        }
        append(message, error, 500);
    }
    return handle;
}

static void close_library(void *handle)
{
    dlclose(handle);
}

static void *find(void *handle, const char *name)
{
    return dlsym(handle, name);
}
#endif

/* Finds every function. NULL, or the cause, and the message goes on with what is wrong. */
static const char *take_functions(void *handle, struct functions *functions, struct message *message)
{
    uint32_t (*abi_version)(void);
    const char *(*version)(void);
    char numbers[96];
    void *address = find(handle, "qls_abi_version");

    if (address == NULL) {
        append(message, " is another library than qls_precheck: it has no function qls_abi_version", SHOWN);
        return NOT_LOADED;
    }
    memcpy(&abi_version, &address, sizeof address);
    if (abi_version() < QLS_ABI_VERSION) {
        address = find(handle, "qls_version");
        memcpy(&version, &address, sizeof address);
        append(message, " is too old for this program: it is qls_precheck ", SHOWN);
        append(message, address != NULL ? version() : "without a version", 100);
        snprintf(numbers, sizeof numbers, " with interface %lu, and interface %lu or newer is needed",
                 (unsigned long)abi_version(), (unsigned long)QLS_ABI_VERSION);
        append(message, numbers, SHOWN);
        return TOO_OLD;
    }
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        address = find(handle, wanted[i].name);
        if (address == NULL) {
            append(message, " is not complete: it has no function ", SHOWN);
            append(message, wanted[i].name, SHOWN);
            return TOO_OLD;
        }
        memcpy((char *)functions + wanted[i].offset, &address, sizeof address);
    }
    return NULL;
}

static qls_result *in_use(const struct library *library, const char *path)
{
    struct message message = {0, ""};

    quote(&message, path, is_absolute(path) ? SHOWN : REFUSED);
    if (strcmp(library->path, path) == 0) {
        append(&message, " is loaded: qls_precheck ", SHOWN);
        append(&message, library->functions.version(), SHOWN);
        return keep(QLS_OK, NULL, &message);
    }
    append(&message, " was not loaded, since another library is in use, and stays: ", SHOWN);
    quote(&message, library->path, 700);
    return keep(QLS_CONFIGURATION, NOT_LOADED, &message);
}

qls_result *qls_load(const char *path)
{
    const struct library *used = (const struct library *)read_pointer(&library_in_use);
    struct message message = {0, ""};
    struct library *library;
    const char *cause;
    void *handle;

    if (path == NULL) {
        append(&message, "the library of the license check was not loaded: its path is NULL", SHOWN);
        return failed(keep(QLS_CONFIGURATION, NOT_LOADED, &message));
    }
    if (used != NULL) {
        return in_use(used, path);
    }
    quote(&message, path, is_absolute(path) ? SHOWN : REFUSED);
    if (!is_absolute(path)) {
        append(&message, " was not loaded: the path of the license check's library has to be absolute", SHOWN);
        return failed(keep(QLS_CONFIGURATION, NOT_LOADED, &message));
    }
    library = (struct library *)malloc(sizeof *library + strlen(path));
    if (library == NULL) {
        return failed(&out_of_memory);
    }
    memcpy(library->path, path, strlen(path) + 1);
    append(&message, ": ", SHOWN);
    handle = open_library(path, &message);
    if (handle == NULL) {
        append(&message, ". The license check's library has to be there, complete, and made for this kind of machine.",
               SHOWN);
        free(library);
        return failed(keep(QLS_CONFIGURATION, NOT_LOADED, &message));
    }
    message.length -= 2;
    cause = take_functions(handle, &library->functions, &message);
    if (cause != NULL) {
        append(&message, ". Put the library there that this program was built with.", SHOWN);
        close_library(handle);
        free(library);
        return failed(keep(QLS_CONFIGURATION, cause, &message));
    }
    if (!replace_pointer(&library_in_use, NULL, library)) { /* another thread was faster */
        close_library(handle);
        free(library);
    }
    return in_use((const struct library *)read_pointer(&library_in_use), path);
}

/* What the functions give for a result that is kept here, and for NULL. */

static qls_status own_result_status(const qls_result *result)
{
    return result != NULL ? result->status : QLS_INVALID_ARGUMENT;
}

static const char *own_result_message(const qls_result *result)
{
    return result != NULL ? result->message : "";
}

static const char *own_result_json(const qls_result *result, size_t *len)
{
    const char *json = result != NULL ? result->json : "";

    if (len != NULL) {
        *len = strlen(json);
    }
    return json;
}

static qls_verdict own_result_component(const qls_result *result, size_t i, const char **component_id,
                                        const char **consumer_id)
{
    (void)result;
    (void)i;
    if (component_id != NULL) {
        *component_id = NULL;
    }
    if (consumer_id != NULL) {
        *consumer_id = NULL;
    }
    return QLS_VERDICT_UNKNOWN;
}

static size_t own_result_count(const qls_result *result, const char *json_pointer)
{
    return result != NULL && json_pointer != NULL && json_pointer[0] == '\0' ? sizeof members / sizeof members[0] : 0;
}

static const char *own_result_get(const qls_result *result, const char *json_pointer)
{
    if (result == NULL || json_pointer == NULL) {
        return NULL;
    }
    if (json_pointer[0] == '\0') {
        return result->json;
    }
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        if (strcmp(json_pointer, members[i].json_pointer) != 0) {
            continue;
        }
        switch (members[i].kind) {
        case STATUS: return result->status == QLS_OK ? "QLS_OK" : "QLS_CONFIGURATION";
        case STATUS_CODE: return result->status == QLS_OK ? "0" : "1004";
        case MESSAGE: return result->message;
        case CAUSE: return result->cause != NULL ? result->cause : "null";
        case EMPTY: return "[]";
        case NOTHING: return "null";
        }
    }
    return NULL;
}

static const char *own_status_name(int32_t status)
{
    for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++) {
        if (statuses[i].status == status) {
            return statuses[i].name;
        }
    }
    return "QLS_UNKNOWN";
}

static const char *own_status_text(int32_t status)
{
    (void)status;
    return "The license check could not begin: a part of it is missing.";
}

/* generated from qls_precheck.h: UPDATE_HEADER=1 cargo test --test load what_is_made */

qls_client *qls_client_new(void)
{
    const struct functions *library = loaded();

    return library != NULL ? library->client_new() : &unusable_client;
}

void qls_client_free(qls_client *client)
{
    const struct functions *library = for_client(client);

    if (library != NULL) {
        library->client_free(client);
    }
}

void qls_client_cancel(const qls_client *client)
{
    const struct functions *library = for_client(client);

    if (library != NULL) {
        library->client_cancel(client);
    }
}

qls_result *qls_check(const qls_client *client, const char *token, const char *consumers_json)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->check(client, token, consumers_json) : unanswered();
}

qls_result *qls_list(const qls_client *client, const char *token, const char *extra_json)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->list(client, token, extra_json) : unanswered();
}

qls_result *qls_diagnose(const qls_client *client, const char *token)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->diagnose(client, token) : unanswered();
}

qls_status qls_result_status(const qls_result *result)
{
    const struct functions *library = for_result(result);

    return library != NULL ? library->result_status(result) : own_result_status(result);
}

int32_t qls_result_http_status(const qls_result *result)
{
    const struct functions *library = for_result(result);

    return library != NULL ? library->result_http_status(result) : 0;
}

const char *qls_result_message(const qls_result *result)
{
    const struct functions *library = for_result(result);

    return library != NULL ? library->result_message(result) : own_result_message(result);
}

const char *qls_result_server_code(const qls_result *result)
{
    const struct functions *library = for_result(result);

    return library != NULL ? library->result_server_code(result) : NULL;
}

const char *qls_result_json(const qls_result *result, size_t *len)
{
    const struct functions *library = for_result(result);

    return library != NULL ? library->result_json(result, len) : own_result_json(result, len);
}

size_t qls_result_component_count(const qls_result *result)
{
    const struct functions *library = for_result(result);

    return library != NULL ? library->result_component_count(result) : 0;
}

qls_verdict qls_result_component(const qls_result *result, size_t i, const char **component_id,
        const char **consumer_id)
{
    const struct functions *library = for_result(result);

    return library != NULL ? library->result_component(result, i, component_id, consumer_id)
        : own_result_component(result, i, component_id, consumer_id);
}

int32_t qls_result_is_allowed(const qls_result *result, const char *component_id)
{
    const struct functions *library = for_result(result);

    return library != NULL ? library->result_is_allowed(result, component_id) : 0;
}

size_t qls_result_count(const qls_result *result, const char *json_pointer)
{
    const struct functions *library = for_result(result);

    return library != NULL ? library->result_count(result, json_pointer) : own_result_count(result, json_pointer);
}

const char *qls_result_get(const qls_result *result, const char *json_pointer)
{
    const struct functions *library = for_result(result);

    return library != NULL ? library->result_get(result, json_pointer) : own_result_get(result, json_pointer);
}

void qls_result_free(qls_result *result)
{
    const struct functions *library = for_result(result);

    if (library != NULL) {
        library->result_free(result);
    }
}

qls_status qls_client_set_server(qls_client *client, const char *url)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->client_set_server(client, url) : QLS_CONFIGURATION;
}

qls_status qls_client_set_allow_plain_http(qls_client *client, int32_t allow)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->client_set_allow_plain_http(client, allow) : QLS_CONFIGURATION;
}

qls_status qls_client_set_timeout_ms(qls_client *client, uint32_t timeout_ms)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->client_set_timeout_ms(client, timeout_ms) : QLS_CONFIGURATION;
}

qls_status qls_client_set_connect_timeout_ms(qls_client *client, uint32_t timeout_ms)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->client_set_connect_timeout_ms(client, timeout_ms) : QLS_CONFIGURATION;
}

qls_status qls_client_set_retries(qls_client *client, uint32_t retries)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->client_set_retries(client, retries) : QLS_CONFIGURATION;
}

qls_status qls_client_set_proxy(qls_client *client, const char *url)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->client_set_proxy(client, url) : QLS_CONFIGURATION;
}

qls_status qls_client_set_ca_file(qls_client *client, const char *path)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->client_set_ca_file(client, path) : QLS_CONFIGURATION;
}

qls_status qls_client_set_ca_pem(qls_client *client, const char *pem)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->client_set_ca_pem(client, pem) : QLS_CONFIGURATION;
}

qls_status qls_client_set_trust(qls_client *client, int32_t trust)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->client_set_trust(client, trust) : QLS_CONFIGURATION;
}

qls_status qls_client_set_user_agent(qls_client *client, const char *product)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->client_set_user_agent(client, product) : QLS_CONFIGURATION;
}

qls_status qls_client_set_log(qls_client *client, qls_log_fn function, void *userdata, int32_t max_level)
{
    const struct functions *library = for_client(client);

    return library != NULL ? library->client_set_log(client, function, userdata, max_level) : QLS_CONFIGURATION;
}

const char *qls_status_name(int32_t status)
{
    const struct functions *library = loaded();

    return library != NULL ? library->status_name(status) : own_status_name(status);
}

const char *qls_status_text(int32_t status)
{
    const struct functions *library = loaded();

    return library != NULL ? library->status_text(status) : own_status_text(status);
}

const char *qls_version(void)
{
    const struct functions *library = loaded();

    return library != NULL ? library->version() : "";
}

uint32_t qls_abi_version(void)
{
    const struct functions *library = loaded();

    return library != NULL ? library->abi_version() : 0;
}

/* end of what is generated */
