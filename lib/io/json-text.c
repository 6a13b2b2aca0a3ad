/* JSON strings unescaped and escaped, and the tree's look-ups: what needs no parser. */
#include "io/input.h"
#include "io/json.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

/* How many bytes at `at` are ASCII that stands for itself inside a string. */
static gsize
plain_run(const char *at, const char *end)
{
    const char *start = at;
#ifdef __SSE2__
    const __m128i controls = _mm_set1_epi8(0x1f), quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\');

    for (; end - at >= 16; at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
        /* Signed: bytes beyond ASCII are below the controls. */
        __m128i special = _mm_cmpgt_epi8(_mm_add_epi8(controls, _mm_set1_epi8(1)), bytes);
        special = _mm_or_si128(special,
                               _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)));
        int found = _mm_movemask_epi8(special);
        if (found)
            return (gsize)(at - start) + (gsize)__builtin_ctz((unsigned)found);
    }
#endif
    while (at < end && (guchar)*at >= 0x20 && (guchar)*at < 0x80 && *at != '"' && *at != '\\')
        at++;
    return (gsize)(at - start);
}

/* How many bytes the UTF-8 character at `at` (beyond ASCII) has; 0 when it is none. */
static gsize
character_length(const char *at, const char *end)
{
    const guchar *c = (const guchar *)at;
    gsize n = *c < 0xc2 ? 0 : *c < 0xe0 ? 2 : *c < 0xf0 ? 3 : *c < 0xf5 ? 4 : 0;
    if (!n || (gsize)(end - at) < n)
        return 0;
    for (gsize i = 1; i < n; i++)
        if ((c[i] & 0xc0) != 0x80)
            return 0;
    gboolean overlong = (*c == 0xe0 && c[1] < 0xa0) || (*c == 0xf0 && c[1] < 0x90);
    gboolean surrogate = *c == 0xed && c[1] > 0x9f, too_large = *c == 0xf4 && c[1] > 0x8f;
    return overlong || surrogate || too_large ? 0 : n;
}

void
voc_json_add_string(VocBuffer *buffer, VocSlice text)
{
    const char *at = text.data, *end = at + text.len;
    voc_buffer_reserve(buffer, text.len + 2);
    voc_buffer_add_char(buffer, '"');
    while (at < end) {
        const char *start = at;
        gsize n;
        at += plain_run(at, end);
        while (at < end && (guchar)*at >= 0x80 && (n = character_length(at, end)))
            at += n;
        voc_buffer_add(buffer, start, (gsize)(at - start));
        if (at == end)
            break;
        if ((guchar)*at >= 0x80) {
            voc_buffer_add_literal(buffer, "\xEF\xBF\xBD");
            at++;
        } else if (escape_of((unsigned char)*at)) {
            voc_buffer_add_string(buffer, escape_of((unsigned char)*at++));
        }
    }
    voc_buffer_add_char(buffer, '"');
}
