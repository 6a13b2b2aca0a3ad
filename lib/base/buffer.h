/* A buffer: bytes that grow at the end. */
#ifndef VOC_BASE_BUFFER_H
#define VOC_BASE_BUFFER_H

#include "base/digits.h"
#include "base/slice.h"

G_BEGIN_DECLS

typedef struct VocBuffer {
    char *data;
    gsize len;
    gsize capacity;
} VocBuffer;

#define VOC_BUFFER_INIT ((VocBuffer){NULL, 0, 0})

void voc_buffer_clear(VocBuffer *buffer); /* gives the memory back; may be used again */
void voc_buffer_grow(VocBuffer *buffer, gsize more);

static inline void
voc_buffer_reset(VocBuffer *buffer)
{
    buffer->len = 0;
}

/* Room for `more` bytes at data + len; the caller adds what it wrote to len. */
static inline char *
voc_buffer_reserve(VocBuffer *buffer, gsize more)
{
    if (G_UNLIKELY(buffer->capacity - buffer->len < more))
        voc_buffer_grow(buffer, more);
    return buffer->data + buffer->len;
}

static inline void
voc_buffer_add(VocBuffer *buffer, const void *data, gsize len)
{
    if (!len)
        return;
    memcpy(voc_buffer_reserve(buffer, len), data, len);
    buffer->len += len;
}

static inline void
voc_buffer_add_slice(VocBuffer *buffer, VocSlice slice)
{
    voc_buffer_add(buffer, slice.data, slice.len);
}

static inline void
voc_buffer_add_string(VocBuffer *buffer, const char *string)
{
    voc_buffer_add(buffer, string, strlen(string));
}

static inline void
voc_buffer_add_char(VocBuffer *buffer, char c)
{
    *voc_buffer_reserve(buffer, 1) = c;
    buffer->len++;
}

#define voc_buffer_add_literal(buffer, literal) voc_buffer_add((buffer), "" literal, sizeof(literal) - 1)

/* Decimal digits of `value`. */
static inline void
voc_buffer_add_int(VocBuffer *buffer, gint64 value)
{
    char *at = voc_buffer_reserve(buffer, VOC_DIGITS_ROOM);
    buffer->len += (gsize)(voc_digits_int(at, value) - at);
}

/* See voc_digits_number(). */
static inline void
voc_buffer_add_number(VocBuffer *buffer, double value, int decimals)
{
    char *at = voc_buffer_reserve(buffer, VOC_DIGITS_ROOM);
    buffer->len += (gsize)(voc_digits_number(at, value, decimals) - at);
}

void voc_buffer_add_printf(VocBuffer *buffer, const char *format, ...) G_GNUC_PRINTF(2, 3);

static inline VocSlice
voc_buffer_slice(const VocBuffer *buffer)
{
    return voc_slice_of(buffer->data, buffer->len);
}

/* NUL-terminates (outside len) and returns the data; valid until the next change. */
const char *voc_buffer_string(VocBuffer *buffer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VocBuffer, voc_buffer_clear)

G_END_DECLS

#endif
