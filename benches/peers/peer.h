/*
 * The main part of every peer, so that peers differ only in how they answer.
 *
 * A peer is called as `peer URL FILE`, with the token in BENCH_TOKEN and the consumers in FILE. Each line on its
 * standard input is a number of calls, and each call prints three numbers: the components that are allowed, the
 * monotonic clock at the verdict, and how long the call took, both in nanoseconds. At the end of its input it prints
 * its peak memory in KiB.
 */
#ifndef PEER_H
#define PEER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#ifdef __cplusplus
#define PEER_EXPORT extern "C" __attribute__((noinline, visibility("default")))
#else
#define PEER_EXPORT __attribute__((noinline, visibility("default")))
#endif

static inline void peer_fail(const char *what) {
    fprintf(stderr, "peer: %s\n", what);
    exit(1);
}

static inline const char *peer_token(void) {
    const char *token = getenv("BENCH_TOKEN");
    if (token == NULL) peer_fail("BENCH_TOKEN is not set");
    return token;
}

static inline char *peer_read(const char *path) {
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) peer_fail(path);
    long length = ftell(file);
    char *text = (char *)malloc((size_t)length + 1);
    rewind(file);
    if (text == NULL || fread(text, 1, (size_t)length, file) != (size_t)length) peer_fail(path);
    fclose(file);
    text[length] = '\0';
    return text;
}

static inline long long peer_clock(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static inline void peer_print_peak(void) {
    FILE *status = fopen("/proc/self/status", "r");
    char line[256];
    long peak = -1, files = -1;
    while (status != NULL && fgets(line, sizeof line, status) != NULL) {
        sscanf(line, "VmHWM: %ld", &peak);
        sscanf(line, "RssFile: %ld", &files);
    }
    if (peak < 0 || files < 0) peer_fail("/proc/self/status does not tell the memory");
    fclose(status);
    printf("%ld %ld\n", peak, files);
}

/* Makes the calls that standard input asks for. `answer` returns how many of `consumers` are allowed, or -1. */
static inline int peer_obey(const char *path, long (*answer)(const char *consumers)) {
    char *consumers = peer_read(path);
    char line[32];
    while (fgets(line, sizeof line, stdin) != NULL) {
        for (long calls = strtol(line, NULL, 10); calls > 0; calls--) {
            long long start = peer_clock();
            long allowed = answer(consumers);
            long long end = peer_clock();
            printf("%ld %lld %lld\n", allowed, end, end - start);
        }
        fflush(stdout);
    }
    peer_print_peak();
    free(consumers);
    return 0;
}

#endif
