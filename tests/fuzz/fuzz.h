/* What every fuzz target and the replayer share. */
#ifndef VOC_TESTS_FUZZ_H
#define VOC_TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "io/input.h"

/* One input; returns 0. Aborts when something that must hold does not. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define must(condition)                                                                                      \
    G_STMT_START                                                                                             \
    {                                                                                                        \
        if (!(condition)) {                                                                                  \
            g_printerr("%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);                               \
            abort();                                                                                         \
        }                                                                                                    \
    }                                                                                                        \
    G_STMT_END

/* A copy of its own size and VOC_PADDING bytes that are not zero, so that a sanitizer sees a read beyond. */
static inline char *
fuzz_padded(const void *data, gsize size)
{
    char *copy = g_malloc(size + VOC_PADDING);
    if (size)
        memcpy(copy, data, size);
    memset(copy + size, '"', VOC_PADDING);
    return copy;
}

#endif
