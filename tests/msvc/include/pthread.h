/* What the test programs use of POSIX threads, by Windows' own. MinGW has all of them. */
#ifndef PTHREAD_H
#define PTHREAD_H

#include <winsock2.h>

#include <errno.h>
#include <process.h>
#include <stdlib.h>

typedef HANDLE pthread_t;
typedef SRWLOCK pthread_mutex_t;
typedef struct pthread_attr {
    unsigned stack_size; /* 0: the program's default */
} pthread_attr_t;

#define PTHREAD_MUTEX_INITIALIZER SRWLOCK_INIT

typedef struct pthread_start {
    void *(*run)(void *);
    void *argument;
} pthread_start;

static inline unsigned __stdcall pthread_started(void *of)
{
    pthread_start start = *(pthread_start *)of;

    free(of);
    start.run(start.argument);
    return 0;
}

static inline int pthread_attr_init(pthread_attr_t *attributes)
{
    attributes->stack_size = 0;
    return 0;
}

static inline int pthread_attr_setstacksize(pthread_attr_t *attributes, size_t size)
{
    attributes->stack_size = (unsigned)size;
    return 0;
}

static inline int pthread_attr_destroy(pthread_attr_t *attributes)
{
    (void)attributes;
    return 0;
}

static inline int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *),
                                 void *argument)
{
    pthread_start *start = malloc(sizeof *start);
    unsigned stack_size = attributes != NULL ? attributes->stack_size : 0;

    if (start == NULL) {
        return ENOMEM;
    }
    start->run = run;
    start->argument = argument;
    /* Without the flag the size is what is committed at once, and no limit. */
    *thread = (HANDLE)_beginthreadex(NULL, stack_size, pthread_started, start, STACK_SIZE_PARAM_IS_A_RESERVATION, NULL);
    if (*thread == NULL) {
        free(start);
        return EAGAIN;
    }
    return 0;
}

/* No test asks what a thread returned. */
static inline int pthread_join(pthread_t thread, void **returned)
{
    (void)returned;
    return WaitForSingleObject(thread, INFINITE) == WAIT_OBJECT_0 && CloseHandle(thread) ? 0 : EINVAL;
}

static inline int pthread_mutex_init(pthread_mutex_t *mutex, const void *attributes)
{
    (void)attributes;
    InitializeSRWLock(mutex);
    return 0;
}

static inline int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    AcquireSRWLockExclusive(mutex);
    return 0;
}

static inline int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    ReleaseSRWLockExclusive(mutex);
    return 0;
}

static inline int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    (void)mutex;
    return 0;
}

#endif
