/* JSON strings unescaped and escaped, and the tree's look-ups: what needs no parser. */
#include "io/input.h"
#include "io/json.h"

static guint
hex4(const char *at)
{
    guint value = 0;
    for (int i = 0; i < 4; i++)
        value = value << 4 | (guint)g_ascii_xdigit_value(at[i]);
    return value;
}

static char *
put_utf8(char *to, guint32 c)
{
    if (c >= 0xD800 && c <= 0xDFFF)
        c = 0xFFFD;
    return to + g_unichar_to_utf8(c, to);
}

/* Reads behind "\u"; returns where it goes on. */
static const char *
unescape_unicode(const char *at, const char *end, char **to)
{
    guint32 c = hex4(at);
    at += 4;
    if (c >= 0xD800 && c <= 0xDBFF && end - at >= 6 && at[0] == '\\' && at[1] == 'u') {
        guint32 low = hex4(at + 2);
        if (low >= 0xDC00 && low <= 0xDFFF) {
            c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
            at += 6;
        }
    }
    *to = put_utf8(*to, c);
    return at;
}

static char
unescape_char(char c)
{
    switch (c) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    default:
        return c;
    }
}

VocSlice
voc_json_unquote(VocSlice written, VocArena *arena)
{
    if (written.len < 2 || written.data[0] != '"')
        return VOC_SLICE_NONE;
    const char *at = written.data + 1;
    const char *end = written.data + written.len - 1;
    if (!memchr(at, '\\', (gsize)(end - at)))
        return voc_slice_of(at, (gsize)(end - at));
    /* Unescaping never makes a string longer. */
    gsize room = (gsize)(end - at) + VOC_PADDING;
    char *start = voc_arena_alloc(arena, room);
    char *to = start;
    while (at < end) {
        const char *escape = memchr(at, '\\', (gsize)(end - at));
        gsize plain = (gsize)((escape ? escape : end) - at);
        memcpy(to, at, plain);
        to += plain;
        at += plain;
        if (!escape)
            break;
        if (at[1] == 'u') {
            at = unescape_unicode(at + 2, end, &to);
        } else {
            *to++ = unescape_char(at[1]);
            at += 2;
        }
    }
    memset(to, 0, VOC_PADDING);
    gsize len = (gsize)(to - start);
    voc_arena_trim(arena, start, room, len + VOC_PADDING);
    return voc_slice_of(start, len);
}

const VocJson *
voc_json_get(const VocJson *json, const char *key)
{
    const VocJson *found = NULL;
    if (!json || json->type != VOC_JSON_OBJECT)
        return NULL;
    for (const VocJson *child = json->first; child; child = child->next)
        if (voc_slice_equal_string(child->key, key))
            found = child;
    return found;
}

VocSlice
voc_json_get_text(const VocJson *json, const char *key)
{
    const VocJson *found = voc_json_get(json, key);
    if (!found || (found->type != VOC_JSON_STRING && found->type != VOC_JSON_NUMBER))
        return VOC_SLICE_NONE;
    return found->text;
}

gboolean
voc_json_number(const VocJson *json, double *number)
{
    char text[64];
    if (!json || (json->type != VOC_JSON_NUMBER && json->type != VOC_JSON_STRING) || !json->text.len ||
        json->text.len >= sizeof text)
        return FALSE;
    memcpy(text, json->text.data, json->text.len);
    text[json->text.len] = '\0';
    char *end;
    *number = g_ascii_strtod(text, &end);
    return end == text + json->text.len;
}

/* What stands for an ASCII character inside a string; NULL where it stands for itself. */
static const char *
escape_of(unsigned char c)
{
    static const char *const CONTROLS[32] = {
        "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007",
        "\\b",     "\\t",     "\\n",     "\\u000b", "\\f",     "\\r",     "\\u000e", "\\u000f",
        "\\u0010", "\\u0011", "\\u0012", "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017",
        "\\u0018", "\\u0019", "\\u001a", "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f"};
    return c < 32 ? CONTROLS[c] : c == '"' ? "\\\"" : c == '\\' ? "\\\\" : NULL;
}

static void
add_escaped(VocBuffer *buffer, VocSlice text)
{
    gsize start = 0;
    for (gsize i = 0; i < text.len; i++) {
        const char *escape = escape_of((unsigned char)text.data[i]);
        if (!escape)
            continue;
        voc_buffer_add(buffer, text.data + start, i - start);
        voc_buffer_add_string(buffer, escape);
        start = i + 1;
    }
    voc_buffer_add(buffer, text.data + start, text.len - start);
}

void
voc_json_add_string(VocBuffer *buffer, VocSlice text)
{
    voc_buffer_add_char(buffer, '"');
    const char *bad;
    while (text.len && !g_utf8_validate_len(text.data, text.len, &bad)) {
        /* g_utf8_validate_len() also stops at a NUL, which JSON can write. */
        gsize good = (gsize)(bad - text.data);
        add_escaped(buffer, voc_slice_of(text.data, good));
        if (*bad == '\0')
            voc_buffer_add_literal(buffer, "\\u0000");
        else
            voc_buffer_add_literal(buffer, "\xEF\xBF\xBD");
        text = voc_slice_of(bad + 1, text.len - good - 1);
    }
    add_escaped(buffer, text);
    voc_buffer_add_char(buffer, '"');
}
