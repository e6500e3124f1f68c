/* A disk as a test wants it: the library opens files by open64(), and the program's symbols come before libc's. Include it
 * first, and define opening(), which is called before each file is opened.
 */
#ifndef OPENING_H
#define OPENING_H

#define _GNU_SOURCE /* RTLD_NEXT */
#include <dlfcn.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>

static void opening(const char *path);

int open64(const char *path, int flags, ...)
{
    static int (*real)(const char *, int, ...);
    va_list arguments;
    mode_t mode;

    va_start(arguments, flags);
    mode = (flags & O_CREAT) != 0 ? va_arg(arguments, mode_t) : 0;
    va_end(arguments);
    if (real == NULL) {
        *(void **)&real = dlsym(RTLD_NEXT, "open64");
    }
    opening(path);
    return real(path, flags, mode);
}

#endif
