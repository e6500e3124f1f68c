/* Functions of POSIX that Windows has under other names. Only expect.h includes this. */
#ifndef ON_WINDOWS_H
#define ON_WINDOWS_H

#include <winsock2.h>
#include <ws2tcpip.h>

#define flockfile(file) _lock_file(file)
#define funlockfile(file) _unlock_file(file)
#define MSG_NOSIGNAL 0
#define SHUT_WR SD_SEND
#define SHUT_RDWR SD_BOTH

static inline int setenv(const char *name, const char *value, int overwrite)
{
    (void)overwrite;
    return _putenv_s(name, value);
}

static inline int unsetenv(const char *name)
{
    return _putenv_s(name, "");
}

/* On Windows sockets have to be set up first. */
static inline void sockets_start(void)
{
    WSADATA about;

    if (WSAStartup(MAKEWORD(2, 2), &about) != 0) {
        fprintf(stderr, "WSAStartup failed\n");
        exit(2);
    }
}

#endif
