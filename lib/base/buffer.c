#include "base/buffer.h"

#include <math.h>
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
voc_buffer_add_int(VocBuffer *buffer, gint64 value)
{
    char digits[24];
    char *at = digits + sizeof digits;
    guint64 rest = value < 0 ? 0 - (guint64)value : (guint64)value;
    do {
        *--at = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest);
    if (value < 0)
        *--at = '-';
    voc_buffer_add(buffer, at, (gsize)(digits + sizeof digits - at));
}

void
voc_buffer_add_number(VocBuffer *buffer, double value, int decimals)
{
    static const double POWERS[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    if (!isfinite(value))
        value = 0;
    double scaled = fabs(value) * POWERS[decimals];
    if (scaled >= 9e18) {
        /* Beyond 64 bits: rare enough for the slow road. */
        char text[G_ASCII_DTOSTR_BUF_SIZE];
        voc_buffer_add_string(buffer, g_ascii_dtostr(text, sizeof text, value));
        return;
    }
    guint64 whole = (guint64)(scaled + 0.5);
    if (whole == 0) {
        voc_buffer_add_char(buffer, '0');
        return;
    }
    if (value < 0)
        voc_buffer_add_char(buffer, '-');
    guint64 unit = (guint64)POWERS[decimals];
    voc_buffer_add_int(buffer, (gint64)(whole / unit));
    guint64 fraction = whole % unit;
    if (!fraction)
        return;
    char digits[10] = {0};
    for (int i = decimals; i > 0; i--, fraction /= 10)
        digits[i - 1] = (char)('0' + fraction % 10);
    while (digits[decimals - 1] == '0')
        decimals--;
    voc_buffer_add_char(buffer, '.');
    voc_buffer_add(buffer, digits, (gsize)decimals);
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
