/* Where Windows enters a program: what has to be initialized is, then main() is called. */
typedef void (*initializer)(void);

int main(int, char **, char **);
__declspec(dllimport) void _set_app_type(int type);
__declspec(dllimport) int _configure_narrow_argv(int mode);
__declspec(dllimport) int _initialize_narrow_environment(void);
__declspec(dllimport) char **_get_initial_narrow_environment(void);
__declspec(dllimport) int *__p___argc(void);
__declspec(dllimport) char ***__p___argv(void);
__declspec(dllimport) void _initterm(const initializer *begin, const initializer *end);
__declspec(dllimport) int _initterm_e(const initializer *begin, const initializer *end);
__declspec(dllimport) int _crt_atexit(void (*function)(void));
__declspec(dllimport) void exit(int code);

/* Between these the compilers put what runs before main(): in C, and in C++. */
#pragma section(".CRT$XIA", read)
#pragma section(".CRT$XIZ", read)
#pragma section(".CRT$XCA", read)
#pragma section(".CRT$XCZ", read)
__declspec(allocate(".CRT$XIA")) static const initializer c_begin = 0;
__declspec(allocate(".CRT$XIZ")) static const initializer c_end = 0;
__declspec(allocate(".CRT$XCA")) static const initializer cpp_begin = 0;
__declspec(allocate(".CRT$XCZ")) static const initializer cpp_end = 0;

/* Every program is linked with it. */
#pragma comment(lib, "kernel32")

enum { CONSOLE = 1, UNEXPANDED_ARGUMENTS = 1 };

void mainCRTStartup(void)
{
    _set_app_type(CONSOLE);
    _configure_narrow_argv(UNEXPANDED_ARGUMENTS);
    _initialize_narrow_environment();
    if (_initterm_e(&c_begin, &c_end) != 0) {
        exit(255);
    }
    _initterm(&cpp_begin, &cpp_end);
    exit(main(*__p___argc(), *__p___argv(), _get_initial_narrow_environment()));
}

int atexit(void (*function)(void))
{
    return _crt_atexit(function);
}
