/* Normal forms of words, through GLib's Unicode tables. */
#include "text/token.h"

guint
voc_text_length(VocSlice text)
{
    guint n = 0;
    for (gsize i = 0; i < text.len; i++)
        n += ((guchar)text.data[i] & 0xC0) != 0x80;
    return n;
}

/* What a character becomes inside a word; 0 when it goes. */
static gunichar
plain(gunichar c)
{
    switch (c) {
    case 0x2018: /* typographic apostrophes */
    case 0x2019:
    case 0x02BC:
    case 0x00B4:
    case '`':
        return '\'';
    case 0x2010: /* hyphens */
    case 0x2011:
        return '-';
    case 0x00AD: /* soft hyphen, zero-width marks */
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x2060:
    case 0xFE0E:
    case 0xFE0F:
    case 0xFEFF:
        return 0;
    default:
        return c;
    }
}

/* Small ASCII letters, digits, and å ä ö as one character: most of what is written is in normal form already.
 */
static gboolean
is_folded(VocSlice word)
{
    for (gsize i = 0; i < word.len; i++) {
        guchar c = (guchar)word.data[i];
        if (c == 0xC3 && i + 1 < word.len) {
            guchar next = (guchar)word.data[++i];
            if (next != 0xA4 && next != 0xB6 && next != 0xA5)
                return FALSE;
        } else if (c >= 0x80 || c == '`' || (c >= 'A' && c <= 'Z')) {
            return FALSE;
        }
    }
    return TRUE;
}

VocSlice
voc_text_fold(VocSlice word, VocArena *arena)
{
    if (is_folded(word))
        return word;
    gboolean ascii = TRUE;
    for (gsize i = 0; i < word.len && ascii; i++)
        ascii = (guchar)word.data[i] < 0x80 && word.data[i] != '`';
    if (ascii) {
        char *folded = voc_arena_string(arena, word);
        for (gsize i = 0; i < word.len; i++)
            folded[i] = g_ascii_tolower(folded[i]);
        return voc_slice_of(folded, word.len);
    }
    g_autofree char *composed = g_utf8_normalize(word.data, (gssize)word.len, G_NORMALIZE_NFC);
    g_autofree char *cased = composed ? g_utf8_casefold(composed, -1) : NULL;
    /* Folding may take a letter apart (İ); put it together again. */
    g_autofree char *folded = cased ? g_utf8_normalize(cased, -1, G_NORMALIZE_NFC) : NULL;
    if (!folded)
        return voc_arena_copy(arena, word);
    char *start = voc_arena_alloc(arena, strlen(folded) + 1);
    char *to = start;
    for (const char *at = folded; *at; at = g_utf8_next_char(at)) {
        gunichar c = plain(g_utf8_get_char(at));
        if (c)
            to += g_unichar_to_utf8(c, to);
    }
    return voc_slice_of(start, (gsize)(to - start));
}

VocSlice
voc_text_shorten(VocSlice folded, guint keep, VocArena *arena)
{
    char *start = voc_arena_alloc(arena, folded.len + 1);
    char *to = start;
    const char *end = folded.data + folded.len;
    for (const char *at = folded.data; at < end;) {
        gunichar c = g_utf8_get_char(at);
        guint run = 0;
        const char *next = at;
        while (next < end && g_utf8_get_char(next) == c) {
            next = g_utf8_next_char(next);
            run++;
        }
        guint times = run >= 3 ? keep : run;
        for (guint i = 0; i < times; i++)
            to += g_unichar_to_utf8(c, to);
        at = next;
    }
    return voc_slice_of(start, (gsize)(to - start));
}
