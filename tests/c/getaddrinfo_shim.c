/* Preloaded (LD_PRELOAD) into programs of the tests, to let the system fail in ways that a real one does not on demand.
 * SHIM_ANSWER    the result of every look-up: addresses ("127.0.0.2,127.0.0.1"), or one of silent, nothing, noname,
 *                again, fail (once, and after that no name exists), nodata, descriptors, memory; without it no name
 *                exists. Names are never looked up for real.
 * SHIM_DELAY_MS  how long an answer takes
 * SHIM_THREADS   "none": no thread can be made
 * SHIM_CLOCK     "leaping": the wall clock jumps a day forward or back at every reading; a number: it is so many
 *                seconds fast
 * SHIM_CONNECT   "real": connections are left to the system; only for addresses to which it sends nothing;
 *                "timedout": every connection fails with a timeout; "timedout-away": every one but to loopback;
 *                "forbidden": this machine permits none
 * If SHIM_CONNECT is not set, connections to anything but loopback are refused and reported on standard error, because
 * nothing may leave the machine.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int is(const char *variable, const char *value)
{
    const char *set = getenv(variable);

    return set != NULL && strcmp(set, value) == 0;
}

static void pause_for(unsigned long milliseconds)
{
    struct timespec pause = {(time_t)(milliseconds / 1000), (long)(milliseconds % 1000) * 1000000};

    while (nanosleep(&pause, &pause) != 0 && errno == EINTR) {
    }
}

/* The chain of the addresses in a list, in the same order. */
static int numeric(const char *list, const struct addrinfo *hints, struct addrinfo **result)
{
    struct addrinfo mine = {0}, **end = result;
    char text[512], *rest = text, *address;
    int error;

    if (hints != NULL) {
        mine = *hints;
    }
    mine.ai_flags = AI_NUMERICHOST;
    mine.ai_family = AF_UNSPEC;
    *result = NULL;
    snprintf(text, sizeof text, "%s", list);
    while ((address = strsep(&rest, ",")) != NULL) {
        if ((error = NEXT(getaddrinfo)(address, NULL, &mine, end)) != 0) {
            return error;
        }
        while (*end != NULL) {
            end = &(*end)->ai_next;
        }
    }
    return 0;
}

int getaddrinfo(const char *node, const char *service, const struct addrinfo *hints, struct addrinfo **result)
{
    static int failures;
    const char *answer = getenv("SHIM_ANSWER"), *delay = getenv("SHIM_DELAY_MS");
    unsigned char number[16];

    /* Nobody is asked for these: Kerberos has its server's address so. */
    if (node != NULL && (inet_pton(AF_INET, node, number) == 1 || inet_pton(AF_INET6, node, number) == 1)) {
        return NEXT(getaddrinfo)(node, service, hints, result);
    }
    if (delay != NULL) {
        pause_for(strtoul(delay, NULL, 10));
    }
    if (answer == NULL || strcmp(answer, "noname") == 0) {
        return EAI_NONAME;
    }
    if (strcmp(answer, "again") == 0) {
        return EAI_AGAIN;
    }
    if (strcmp(answer, "fail") == 0) {
        return __sync_fetch_and_add(&failures, 1) == 0 ? EAI_FAIL : EAI_NONAME;
    }
    if (strcmp(answer, "memory") == 0) {
        return EAI_MEMORY;
    }
    if (strcmp(answer, "nodata") == 0) {
        return EAI_NODATA;
    }
    if (strcmp(answer, "descriptors") == 0) {
        errno = EMFILE;
        return EAI_SYSTEM;
    }
    if (strcmp(answer, "nothing") == 0) {
        *result = NULL;
        return 0;
    }
    while (strcmp(answer, "silent") == 0) {
        pause_for(1000000);
    }
    return numeric(answer, hints, result);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *argument)
{
    return is("SHIM_THREADS", "none") ? EAGAIN : NEXT(pthread_create)(thread, attributes, run, argument);
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    static int readings;
    const char *shift = getenv("SHIM_CLOCK");
    int done = NEXT(clock_gettime)(clock, time);

    if (done != 0 || clock != CLOCK_REALTIME || shift == NULL) {
        return done;
    }
    if (strcmp(shift, "leaping") == 0) {
        time->tv_sec += __sync_fetch_and_add(&readings, 1) % 2 == 0 ? 86400 : -86400;
    } else {
        time->tv_sec += strtol(shift, NULL, 10);
    }
    return done;
}

static int is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        return ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr) >> 24 == 127;
    }
    return address->sa_family != AF_INET6 || IN6_IS_ADDR_LOOPBACK(&((const struct sockaddr_in6 *)address)->sin6_addr);
}

int connect(int socket, const struct sockaddr *address, socklen_t length)
{
    if (is("SHIM_CONNECT", "timedout") || (is("SHIM_CONNECT", "timedout-away") && !is_loopback(address))) {
        errno = ETIMEDOUT;
        return -1;
    }
    if (is("SHIM_CONNECT", "forbidden")) {
        errno = EPERM;
        return -1;
    }
    if (is_loopback(address) || is("SHIM_CONNECT", "real")) {
        return NEXT(connect)(socket, address, length);
    }
    fprintf(stderr, "shim: a connection that would leave the machine\n");
    errno = ENETUNREACH;
    return -1;
}
