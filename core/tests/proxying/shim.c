/* Preloaded into a child process: no name is looked up outside of this file and nothing is connected to outside
 * of this machine, and both are written down. So a test sees which way a client wants to go. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void note(const char *what, const char *about)
{
    const char *path = getenv("QLS_SHIM_LOG");
    char line[512];
    int file, length = snprintf(line, sizeof line, "%s %s\n", what, about);
    if (path == NULL || length <= 0 || (size_t)length >= sizeof line)
        return;
    file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || write(file, line, (size_t)length) != length)
        abort();
    close(file);
}

/* QLS_SHIM_HOSTS: names, separated by spaces, that are this machine's; those with "two." in front have it twice. */
static int is_known(const char *name)
{
    const char *hosts = getenv("QLS_SHIM_HOSTS");
    char wanted[300], known[2000];
    if (hosts == NULL)
        return 0;
    snprintf(wanted, sizeof wanted, " %s ", name);
    snprintf(known, sizeof known, " %s ", hosts);
    return strstr(known, wanted) != NULL;
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints, struct addrinfo **found)
{
    int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);
    unsigned char address[16];
    int error, twice = 0;
    *(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
    if (name != NULL && inet_pton(AF_INET, name, address) != 1 && inet_pton(AF_INET6, name, address) != 1) {
        note("lookup", name);
        if (!is_known(name))
            return EAI_NONAME;
        twice = strncmp(name, "two.", 4) == 0;
        name = "127.0.0.1";
    }
    error = real(name, service, hints, found);
    if (error == 0 && twice && (*found)->ai_next == NULL)
        error = real(name, service, hints, &(*found)->ai_next);
    return error;
}

static int is_here(const struct sockaddr *address, char *text)
{
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const void *)address;
        inet_ntop(AF_INET, &in->sin_addr, text, INET6_ADDRSTRLEN);
        return (ntohl(in->sin_addr.s_addr) >> 24) == 127;
    }
    if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in = (const void *)address;
        inet_ntop(AF_INET6, &in->sin6_addr, text, INET6_ADDRSTRLEN);
        return IN6_IS_ADDR_LOOPBACK(&in->sin6_addr);
    }
    strcpy(text, "local");
    return 1;
}

int connect(int fd, const struct sockaddr *address, socklen_t length)
{
    int (*real)(int, const struct sockaddr *, socklen_t);
    char text[INET6_ADDRSTRLEN] = "";
    *(void **)&real = dlsym(RTLD_NEXT, "connect");
    if (is_here(address, text))
        return real(fd, address, length);
    note("connect", text);
    errno = ECONNREFUSED;
    return -1;
}
