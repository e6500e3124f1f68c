/* With what libc++ misses in Wine's header. */
#ifndef MSVC_TIME_H
#define MSVC_TIME_H

#include_next <time.h>

struct timespec {
    time_t tv_sec;
    long tv_nsec;
};

#endif
