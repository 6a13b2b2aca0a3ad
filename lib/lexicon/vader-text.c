#include "lexicon/vader-text.h"

/* A character, and which one of the original text it stands for. */
typedef struct Char {
    gunichar c;
    guint32 from;
} Char;

/* str.isspace() */
static gboolean
is_space(gunichar c)
{
    return (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

/* The Unicode properties Uppercase and Lowercase: letters, and others that look like them. */
static gboolean
is_upper(gunichar c)
{
    return g_unichar_type(c) == G_UNICODE_UPPERCASE_LETTER || (c >= 0x2160 && c <= 0x216F) ||
           (c >= 0x24B6 && c <= 0x24CF) || (c >= 0x1F130 && c <= 0x1F149) || (c >= 0x1F150 && c <= 0x1F169) ||
           (c >= 0x1F170 && c <= 0x1F189);
}

static gboolean
is_lower(gunichar c)
{
    return g_unichar_type(c) == G_UNICODE_LOWERCASE_LETTER || c == 0xAA || c == 0xBA ||
           (c >= 0x2B0 && c <= 0x2B8) || c == 0x2C0 || c == 0x2C1 || (c >= 0x2E0 && c <= 0x2E4) ||
           c == 0x345 || c == 0x37A || (c >= 0x1D2C && c <= 0x1D6A) || c == 0x1D78 ||
           (c >= 0x1D9B && c <= 0x1DBF) || c == 0x2071 || c == 0x207F || (c >= 0x2090 && c <= 0x209C) ||
           (c >= 0x2170 && c <= 0x217F) || (c >= 0x24D0 && c <= 0x24E9);
}

/* str.isupper(): no small letter, and a capital one. */
static gboolean
word_is_upper(const Char *chars, guint n)
{
    gboolean any = FALSE;
    for (guint i = 0; i < n; i++) {
        if (is_lower(chars[i].c) || g_unichar_type(chars[i].c) == G_UNICODE_TITLECASE_LETTER)
            return FALSE;
        any |= is_upper(chars[i].c);
    }
    return any;
}

static gboolean
is_cased(gunichar c)
{
    return is_upper(c) || is_lower(c) || g_unichar_type(c) == G_UNICODE_TITLECASE_LETTER;
}

/* A capital sigma ends a word when letters stand before it and none behind. */
static gboolean
is_final_sigma(const Char *chars, guint n, guint at)
{
    guint before = at, behind = at + 1;
    while (before > 0 && g_unichar_ismark(chars[before - 1].c))
        before--;
    while (behind < n && g_unichar_ismark(chars[behind].c))
        behind++;
    return before > 0 && is_cased(chars[before - 1].c) && !(behind < n && is_cased(chars[behind].c));
}

/* str.lower() */
static const char *
to_lower(const Char *chars, guint n, VocArena *arena)
{
    char *lower = voc_arena_alloc(arena, (gsize)n * 6 + 1);
    gsize len = 0;
    for (guint i = 0; i < n; i++) {
        gunichar c = chars[i].c;
        if (c < 0x80)
            lower[len++] = g_ascii_tolower((char)c);
        else if (c == 0x3A3)
            len += (gsize)g_unichar_to_utf8(is_final_sigma(chars, n, i) ? 0x3C2 : 0x3C3, lower + len);
        else
            len += (gsize)g_unichar_to_utf8(g_unichar_tolower(c), lower + len);
        if (c == 0x130) /* i with its dot as a mark of its own */
            len += (gsize)g_unichar_to_utf8(0x307, lower + len);
    }
    lower[len] = '\0';
    return lower;
}

/* The text with its emoji put into words; returns how many characters there are. */
static guint
describe(VocSlice bytes, GHashTable *emoji, VocArena *arena, Char **chars)
{
    gsize size = 0;
    guint n = 0;
    guint32 from = 0;
    gboolean space_before = TRUE;
    for (int pass = 0; pass < 2; pass++) {
        const char *end = bytes.data + bytes.len;
        if (pass)
            *chars = voc_arena_alloc(arena, sizeof(Char) * (size + 1));
        from = 0;
        space_before = TRUE;
        for (const char *at = bytes.data; at < end; at = g_utf8_next_char(at), from++) {
            gunichar c = g_utf8_get_char(at);
            char key[8] = "";
            g_unichar_to_utf8(c, key);
            const char *words = g_hash_table_lookup(emoji, key);
            if (!pass) {
                size += words ? strlen(words) + 1 : 1;
                continue;
            }
            if (words && !space_before)
                (*chars)[n++] = (Char){' ', from};
            for (const char *w = words; w && *w; w = g_utf8_next_char(w))
                (*chars)[n++] = (Char){g_utf8_get_char(w), from};
            if (!words)
                (*chars)[n++] = (Char){c, from};
            space_before = !words && c == ' ';
        }
    }
    return n;
}

static gboolean
is_mark(gunichar c)
{
    return c < 0x80 && g_ascii_ispunct((char)c);
}

/* Takes the marks off the ends, unless that leaves two characters or fewer: those may be an emoticon. */
static void
strip_marks(const Char *chars, guint *from, guint *to)
{
    guint start = *from, end = *to;
    while (start < end && is_mark(chars[start].c))
        start++;
    while (end > start && is_mark(chars[end - 1].c))
        end--;
    if (end - start > 2) {
        *from = start;
        *to = end;
    }
}

void
voc_vader_text(VocSlice bytes, GHashTable *emoji, VocArena *arena, VocVaderText *text)
{
    Char *chars = NULL;
    guint n = describe(bytes, emoji, arena, &chars);
    *text = (VocVaderText){.words = voc_arena_alloc(arena, sizeof(VocVaderWord) * (n / 2 + 1))};
    for (guint i = 0; i < n; i++) {
        text->exclaims += chars[i].c == '!';
        text->questions += chars[i].c == '?';
    }
    for (guint at = 0; at < n;) {
        if (is_space(chars[at].c)) {
            at++;
            continue;
        }
        guint from = at, to;
        while (at < n && !is_space(chars[at].c))
            at++;
        to = at;
        strip_marks(chars, &from, &to);
        text->words[text->n++] = (VocVaderWord){.lower = to_lower(chars + from, to - from, arena),
                                                .start = chars[from].from,
                                                .end = chars[to - 1].from + 1,
                                                .upper = word_is_upper(chars + from, to - from)};
    }
}
