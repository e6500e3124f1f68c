/* A DLL that somebody has put beside a program, by the name of one of Windows' own. It says so when it is loaded. */
#include <windows.h>

#include <stdio.h>

BOOL WINAPI DllMain(HINSTANCE instance, DWORD reason, void *reserved)
{
    (void)instance, (void)reserved;
    if (reason == DLL_PROCESS_ATTACH) {
        puts("a planted DLL was loaded");
        fflush(stdout);
    }
    return TRUE;
}
