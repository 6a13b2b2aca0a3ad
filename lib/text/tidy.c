#include "text/tidy.h"

#include "text/features.h"

typedef struct Tidy {
    VocSlice text;
    VocBuffer *out;
    gsize start; /* of what is added to `out` */
    VocOrigin *origin;
    guint done;
} Tidy;

/* Characters that nobody sees and that part words. */
static gboolean
is_invisible(gunichar c)
{
    return (c < 0x20 && c != '\t' && c != '\n') || (c >= 0x7F && c < 0xA0) || c == 0xAD || c == 0x61C ||
           c == 0x200B || c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) || c == 0x2060 ||
           (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB);
}

static gboolean
is_line_end(gunichar c)
{
    return c == '\r' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Whether a text with this character in it could look otherwise in NFC. */
static gboolean
may_compose(gunichar c)
{
    if (c < 0x300)
        return FALSE;
    if ((c >= 0x2000 && c < 0x2126) || (c >= 0x2190 && c < 0x2ADC) || (c >= 0x1F000 && c < 0x20000) ||
        (c >= 0xFE00 && c < 0xFE10))
        return FALSE; /* punctuation, symbols, emoji */
    return c >= 0x340 || g_unichar_combining_class(c) != 0;
}

/* Whether there is anything to do. */
static gboolean
is_tidy(VocSlice text, guint features)
{
    if (features & VOC_HAS_CONTROL)
        return FALSE;
    if (!(features & (VOC_HAS_WIDE | VOC_HAS_C2)))
        return TRUE;
    for (const char *at = text.data, *end = at + text.len; at < end;) {
        if ((guchar)*at < 0xC2 || ((guchar)*at > 0xC2 && (guchar)*at < 0xCC)) {
            at++; /* ASCII, Latin letters and the bytes behind them */
            continue;
        }
        gunichar c = g_utf8_get_char(at);
        if (is_invisible(c) || may_compose(c))
            return FALSE;
        at = g_utf8_next_char(at);
    }
    return TRUE;
}

static void
point(Tidy *tidy, const char *at)
{
    if (tidy->origin)
        voc_origin_add(tidy->origin, tidy->out->len - tidy->start, (gsize)(at - tidy->text.data));
}

/* The bytes from `at` to `end`: letters and marks, brought to NFC. */
static void
compose(Tidy *tidy, const char *at, const char *end)
{
    gsize len;
    g_autofree char *composed = g_utf8_normalize(at, end - at, G_NORMALIZE_NFC);
    if (!composed) { /* no UTF-8: nothing that a record has */
        voc_buffer_add(tidy->out, at, (gsize)(end - at));
        return;
    }
    len = strlen(composed);
    point(tidy, at);
    voc_buffer_add(tidy->out, composed, len);
    if (len != (gsize)(end - at) || memcmp(composed, at, len) != 0)
        tidy->done |= VOC_TIDY_COMPOSED;
    point(tidy, end);
}

/* The end of the run that begins at `at` (a character and what may compose with it); `*composes` says whether
 * it may be otherwise in NFC. */
static const char *
run_end(const char *at, const char *end, gboolean *composes)
{
    *composes = may_compose(g_utf8_get_char(at));
    at = g_utf8_next_char(at);
    while (at < end && (guchar)*at >= 0xCC) {
        gunichar c = g_utf8_get_char(at);
        if (is_invisible(c) || !may_compose(c))
            break;
        *composes = TRUE;
        at = g_utf8_next_char(at);
    }
    return at;
}

static const char *
skip_invisible(Tidy *tidy, const char *at, const char *end)
{
    gunichar c = g_utf8_get_char(at);
    const char *next = g_utf8_next_char(at);
    tidy->done |= VOC_TIDY_CONTROLS;
    point(tidy, at);
    if (is_line_end(c) && !(c == '\r' && next < end && *next == '\n'))
        voc_buffer_add_char(tidy->out, '\n');
    point(tidy, next);
    return next;
}

guint
voc_text_tidy(VocSlice text, guint features, VocBuffer *out, VocOrigin *origin)
{
    if (is_tidy(text, features))
        return 0;
    Tidy tidy = {.text = text, .out = out, .start = out->len, .origin = origin};
    for (const char *at = text.data, *end = at + text.len; at < end;) {
        gboolean composes;
        gunichar c = g_utf8_get_char(at);
        if (is_invisible(c)) {
            at = skip_invisible(&tidy, at, end);
            continue;
        }
        const char *stop = run_end(at, end, &composes);
        if (composes)
            compose(&tidy, at, stop);
        else
            voc_buffer_add(out, at, (gsize)(stop - at));
        at = stop;
    }
    if (!tidy.done) {
        out->len = tidy.start;
        if (origin)
            voc_origin_reset(origin);
    }
    return tidy.done;
}
