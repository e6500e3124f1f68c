/* Reads text files for the examples. An installer that already has its component list and its token in memory
 * does not need this file.
 */
#ifndef READ_TEXT_H
#define READ_TEXT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Returns the whole file as a string, to be freed by the caller; or NULL, and prints the reason to stderr. The reason names
 * the file by `what` it holds: a token that was given by mistake as a path must not be printed.
 */
static inline char *read_text(const char *path, const char *what)
{
    char *text = NULL;
    size_t size = 0, capacity = 0;
    int complete = 0;
    FILE *file = fopen(path, "rb");

    if (file == NULL) {
        perror(what);
        return NULL;
    }
    while (!feof(file)) {
        if (capacity - size < 2) { /* room for one more byte and the NUL */
            char *larger = realloc(text, capacity * 2 + 4096);
            if (larger == NULL) {
                perror(what);
                goto cleanup;
            }
            text = larger;
            capacity = capacity * 2 + 4096;
        }
        size += fread(text + size, 1, capacity - size - 1, file);
        if (ferror(file)) {
            perror(what);
            goto cleanup;
        }
    }
    text[size] = '\0';
    /* The library reads strings up to the first NUL, so it would not see what comes after it. */
    if (strlen(text) != size) {
        fprintf(stderr, "%s: holds a NUL byte, so it is no UTF-8 text\n", what);
        goto cleanup;
    }
    complete = 1;

cleanup:
    if (!complete) {
        free(text);
        text = NULL;
    }
    if (fclose(file) != 0) { /* The file was only read, so nothing is lost. */
        perror(what);
    }
    return text;
}

/* Returns the token in a file, without the line end that an editor or `echo` puts at the end of the file. Other
 * blanks and line ends are kept: the library refuses such a token, and the user learns why.
 */
static inline char *read_token(const char *path)
{
    char *token = read_text(path, "the token file");
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
