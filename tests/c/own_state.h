/* Counts the descriptors and threads of this process. Include expect.h first. */
#ifndef OWN_STATE_H
#define OWN_STATE_H

#include <dirent.h>
#include <time.h>

static inline int own_entries(const char *folder)
{
    DIR *entries = opendir(folder);
    struct dirent *entry;
    int count = 0;

    require(entries != NULL, folder);
    while ((entry = readdir(entries)) != NULL) {
        count += entry->d_name[0] != '.';
    }
    closedir(entries);
    return count;
}

/* Includes the descriptor that reads the folder. */
static inline int own_descriptors(void)
{
    return own_entries("/proc/self/fd");
}

static inline int own_threads(void)
{
    return own_entries("/proc/self/task");
}

static inline void own_pause_ms(long milliseconds)
{
    struct timespec time;

    time.tv_sec = milliseconds / 1000;
    time.tv_nsec = milliseconds % 1000 * 1000000;
    nanosleep(&time, NULL);
}

/* Waits, because a thread that has done its work exists for a moment longer. */
static inline void own_expect_threads(int threads)
{
    for (int i = 0; i < 200 && own_threads() != threads; i++) {
        own_pause_ms(10);
    }
    EXPECT_INT(own_threads(), threads);
}

#endif
