/* Reading a text file into memory: what the examples need besides the library. An installer that has its
 * component list and its token in memory already does without this file.
 */
#ifndef READ_TEXT_H
#define READ_TEXT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The whole file as a string, which the caller frees; or NULL, and the reason is on stderr. */
static inline char *read_text(const char *path)
{
    char *text = NULL;
    size_t size = 0, capacity = 0;
    int complete = 0;
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        perror(path);
        return NULL;
    }
    while (!feof(file)) {
        if (capacity - size < 2) { /* one byte more to read, one for the NUL */
            char *larger = realloc(text, capacity * 2 + 4096);
            if (larger == NULL) {
                perror(path);
                goto cleanup;
            }
            text = larger;
            capacity = capacity * 2 + 4096;
        }
        size += fread(text + size, 1, capacity - size - 1, file);
        if (ferror(file)) {
            perror(path);
            goto cleanup;
        }
    }
    text[size] = '\0';
    /* The library's strings end at the first NUL: what stands behind one would be lost without a word. */
    if (strlen(text) != size) {
        fprintf(stderr, "%s: holds a NUL byte, so it is no UTF-8 text\n", path);
        goto cleanup;
    }
    complete = 1;

cleanup:
    if (!complete) {
        free(text);
        text = NULL;
    }
    if (fclose(file) != 0) { /* nothing was written, nothing is lost */
        perror(path);
    }
    return text;
}

/* A token from a file: the text without the one line end that an editor or `echo` leaves behind it. The
 * library refuses tokens with blanks or line ends in them, so anything else stays as it is and is reported.
 */
static inline char *read_token(const char *path)
{
    char *token = read_text(path);
    size_t length = token != NULL ? strlen(token) : 0;

    if (length > 0 && token[length - 1] == '\n') {
        token[--length] = '\0';
        if (length > 0 && token[length - 1] == '\r') {
            token[--length] = '\0';
        }
    }
    return token;
}

#endif
