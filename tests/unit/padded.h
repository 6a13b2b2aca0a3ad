/* A text with VOC_PADDING readable bytes behind it that are not zero, in memory of its own: what is used of
 * them shows, and a sanitizer sees a read beyond. */
#ifndef VOC_TESTS_PADDED_H
#define VOC_TESTS_PADDED_H

#include "io/input.h"

typedef struct Padded {
    char *memory;
    VocSlice text;
} Padded;

static inline Padded
padded_bytes(const char *bytes, gsize len)
{
    char *memory = g_malloc(len + VOC_PADDING);
    memcpy(memory, bytes, len);
    memset(memory + len, '}', VOC_PADDING);
    return (Padded){memory, voc_slice_of(memory, len)};
}

static inline Padded
padded(const char *string)
{
    return padded_bytes(string, strlen(string));
}

static inline void
padded_clear(Padded *text)
{
    g_free(text->memory);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(Padded, padded_clear)

#endif
