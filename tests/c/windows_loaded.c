/* The DLL, loaded by LoadLibrary(): it answers, it stays loaded after its first use, and it has version information.
 * usage: windows_loaded SERVER-URL TOKEN-FILE DLL
 */
#include "expect.h"
#include "asking.h"
#include "loaded.h"

static HMODULE where_it_is(const char *path)
{
    HMODULE module = NULL;

    GetModuleHandleExA(GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT, path, &module);
    return module;
}

static void it_answers_and_stays(const asking *from, const char *path)
{
    loaded library;
    qls_client *client;

    loaded_open(&library, path, 0); /* asks for the ABI version, which is the first use */
    client = loaded_client(&library, from);
    loaded_expect_answers(&library, client, from);
    library.client_free(client);
    for (int i = 0; i < 3; i++) {
        FreeLibrary((HMODULE)library.handle); /* more often than it was loaded */
    }
    EXPECT(where_it_is(path) == (HMODULE)library.handle);
}

/* A DLL that was not used is unloaded. Canceling NULL does not count as a use: a signal handler may do that before
 * every other call, or in the middle of the first one.
 */
static void unused_it_can_be_unloaded(const char *path)
{
    void (*cancel)(const qls_client *);
    void *handle = dlopen(path, 0);

    require(handle != NULL, path);
    *(void **)&cancel = dlsym(handle, "qls_client_cancel");
    cancel(NULL);
    EXPECT(where_it_is(path) != NULL);
    EXPECT_INT(dlclose(handle), 0);
    EXPECT(where_it_is(path) == NULL);
}

static void its_resource_has_its_version(const char *path)
{
    DWORD unused, size = GetFileVersionInfoSizeA(path, &unused);
    char *about = malloc(size), numbers[64], *text;
    VS_FIXEDFILEINFO *fixed;
    UINT length;
    const char *(*version)(void);
    void *handle = dlopen(path, 0);

    require(size > 0 && about != NULL && GetFileVersionInfoA(path, 0, size, about), "no version resource");
    require(handle != NULL, path);
    *(void **)&version = dlsym(handle, "qls_version");
    require(VerQueryValueA(about, "\\", (void **)&fixed, &length), "no fixed information");
    snprintf(numbers, sizeof numbers, "%u.%u.%u", (unsigned)HIWORD(fixed->dwProductVersionMS),
             (unsigned)LOWORD(fixed->dwProductVersionMS), (unsigned)HIWORD(fixed->dwProductVersionLS));
    EXPECT_STR(numbers, version());
    require(VerQueryValueA(about, "\\StringFileInfo\\040904B0\\ProductVersion", (void **)&text, &length), "no text");
    EXPECT_STR(text, version());
    require(VerQueryValueA(about, "\\StringFileInfo\\040904B0\\OriginalFilename", (void **)&text, &length), "no text");
    EXPECT_STR(text, "qls_precheck.dll");
    free(about);
    dlclose(handle);
}

int main(int argc, char **argv)
{
    asking from;

    require(argc == 4, "usage: windows_loaded SERVER-URL TOKEN-FILE DLL");
    asking_start(&from, 3, argv);
    unused_it_can_be_unloaded(argv[3]);
    it_answers_and_stays(&from, argv[3]);
    its_resource_has_its_version(argv[3]);
    return expect_exit_code();
}
