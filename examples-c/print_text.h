/* Prints texts that a server sent. The library escapes them in messages, and leaves them as they are in licenses. */
#ifndef PRINT_TEXT_H
#define PRINT_TEXT_H

#include <stddef.h>
#include <stdio.h>

/* Prints UTF-8 text to standard output. Characters that could deceive its reader are written as \u{61c}: controls, which
 * repaint a terminal, those that change the direction of writing, and invisible ones.
 */
static inline void print_text(const char *text)
{
    static const struct {
        unsigned long first, last;
    } deceiving[] = {
        {0x00, 0x1f},       {0x7f, 0x9f},       {0xad, 0xad},       {0x34f, 0x34f},     {0x61c, 0x61c},
        {0x115f, 0x1160},   {0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x200b, 0x200f},   {0x2028, 0x202e},
        {0x2060, 0x206f},   {0x3164, 0x3164},   {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},
        {0xfff0, 0xfffb},   {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff},
    };
    const unsigned char *at = (const unsigned char *)text;

    while (*at != '\0') {
        size_t length = *at < 0x80 ? 1 : *at < 0xe0 ? 2 : *at < 0xf0 ? 3 : 4;
        unsigned long character = length == 1 ? *at : *at & (0xffUL >> (length + 1));
        int deceives = 0;

        for (size_t i = 1; i < length; i++) {
            character = character << 6 | (at[i] & 0x3fUL);
        }
        for (size_t i = 0; i < sizeof deceiving / sizeof deceiving[0]; i++) {
            deceives = deceives || (character >= deceiving[i].first && character <= deceiving[i].last);
        }
        if (deceives) {
            printf("\\u{%lx}", character);
        } else {
            fwrite(at, 1, length, stdout);
        }
        at += length;
    }
}

#endif
