#include "text/width.h"

#define JOINER 0x200D

int
voc_text_width(VocSlice text)
{
    int width = 0;
    for (const char *at = text.data, *end = text.data + text.len; at < end; at = g_utf8_next_char(at))
        width += voc_char_width(g_utf8_get_char(at));
    return width;
}

gboolean
voc_char_is_control(gunichar c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029 || c == 0x061C || c == 0x200E ||
           c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

static gboolean
is_space(gunichar c)
{
    return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

void
voc_text_add_plain(VocBuffer *out, VocSlice text)
{
    const char *at = text.data, *end = text.data + text.len;
    for (gboolean spaced = FALSE; at < end;) {
        gunichar c = g_utf8_get_char_validated(at, end - at);
        const char *next = c >= 0x80000000u ? at + 1 : g_utf8_next_char(at);
        gboolean space = is_space(c);
        if (space && !spaced)
            voc_buffer_add_char(out, ' ');
        else if (!space && (c >= 0x80000000u || voc_char_is_control(c)))
            voc_buffer_add_literal(out, "\xEF\xBF\xBD");
        else if (!space)
            voc_buffer_add(out, at, (gsize)(next - at));
        spaced = space;
        at = next;
    }
}

/* Whether a text may be cut in front of `c`, which stands behind `before` (0: nothing). */
static gboolean
may_cut(gunichar before, gunichar c)
{
    return voc_char_width(c) > 0 && before != JOINER && !(c >= 0x1F3FB && c <= 0x1F3FF);
}

VocSlice
voc_text_fit_start(VocSlice text, int width)
{
    const char *at = text.data, *end = text.data + text.len, *cut = at;
    gunichar before = 0;
    for (int used = 0; at < end; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (may_cut(before, c))
            cut = at;
        used += voc_char_width(c);
        if (used > width)
            return voc_slice_of(text.data, (gsize)(cut - text.data));
        before = c;
    }
    return text;
}

VocSlice
voc_text_fit_end(VocSlice text, int width)
{
    const char *end = text.data + text.len, *at = end, *cut = end;
    for (int used = 0; at > text.data;) {
        const char *last = g_utf8_prev_char(at);
        gunichar c = g_utf8_get_char(last);
        used += voc_char_width(c);
        if (used > width)
            return voc_slice_of(cut, (gsize)(end - cut));
        at = last;
        if (at == text.data || may_cut(g_utf8_get_char(g_utf8_prev_char(at)), c))
            cut = at;
    }
    return text;
}
