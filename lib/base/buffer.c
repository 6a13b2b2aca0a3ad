#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>

void
voc_buffer_clear(VocBuffer *buffer)
{
    g_free(buffer->data);
    *buffer = VOC_BUFFER_INIT;
}

void
voc_buffer_grow(VocBuffer *buffer, gsize more)
{
    gsize wanted = buffer->len + more;
    gsize capacity = MAX(buffer->capacity + buffer->capacity / 2, 256);
    buffer->capacity = MAX(capacity, wanted);
    buffer->data = g_realloc(buffer->data, buffer->capacity);
}

void
voc_buffer_add_printf(VocBuffer *buffer, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    voc_buffer_add_string(buffer, text);
}

const char *
voc_buffer_string(VocBuffer *buffer)
{
    *voc_buffer_reserve(buffer, 1) = '\0';
    return buffer->data;
}
