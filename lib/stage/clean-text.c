#include "stage/clean-text.h"

#include "text/features.h"
#include "text/markup-guess.h"
#include "text/markup.h"
#include "text/tidy.h"
#include "text/token.h"

/* Two steps may each make a new text; both say where its pieces stood in the text before. */
struct VocCleaner {
    VocQuotes *quotes;
    VocBuffer plain, tidy, kept;
    VocOrigin plain_origin, tidy_origin;
    GArray *cuts;
};

VocCleaner *
voc_cleaner_new(const VocPhrases *phrases)
{
    VocCleaner *cleaner = g_new0(VocCleaner, 1);
    cleaner->quotes = voc_quotes_new(phrases);
    cleaner->cuts = g_array_new(FALSE, FALSE, sizeof(VocCleanCut));
    return cleaner;
}

void
voc_cleaner_free(VocCleaner *cleaner)
{
    if (!cleaner)
        return;
    voc_quotes_free(cleaner->quotes);
    voc_buffer_clear(&cleaner->plain);
    voc_buffer_clear(&cleaner->tidy);
    voc_buffer_clear(&cleaner->kept);
    voc_origin_clear(&cleaner->plain_origin);
    voc_origin_clear(&cleaner->tidy_origin);
    g_array_unref(cleaner->cuts);
    g_free(cleaner);
}

/* Character references as characters, each a piece of its own for `origin`. */
static gboolean
undo_references(VocSlice text, VocBuffer *out, VocOrigin *origin)
{
    gboolean changed = FALSE;
    for (gsize at = 0; at < text.len;) {
        const char *mark = memchr(text.data + at, '&', text.len - at);
        gsize stop = mark ? (gsize)(mark - text.data) : text.len;
        voc_buffer_add(out, text.data + at, stop - at);
        at = stop;
        if (!mark)
            break;
        const char *end = memchr(mark, ';', MIN(text.len - at, 12));
        gsize len = end ? (gsize)(end - mark) + 1 : 1, before = out->len;
        voc_markup_unescape(voc_slice_of(mark, len), out);
        at += len;
        if (out->len - before != len) {
            changed = TRUE;
            voc_origin_add(origin, before, at - len);
            voc_origin_add(origin, out->len, at);
        }
    }
    return changed;
}

static VocSlice
without_markup(VocCleaner *cleaner, VocSlice text, guint features, guint *changed)
{
    VocMarkup markup = voc_markup_guess(text, features);
    voc_buffer_reset(&cleaner->plain);
    if (markup == VOC_MARKUP_NONE)
        return text;
    if (markup == VOC_MARKUP_HTML)
        voc_markup_to_text_traced(text, &cleaner->plain, &cleaner->plain_origin);
    else if (!undo_references(text, &cleaner->plain, &cleaner->plain_origin))
        return text;
    *changed |= VOC_CLEANED_MARKUP;
    return voc_buffer_slice(&cleaner->plain);
}

static VocSlice
tidied(VocCleaner *cleaner, VocSlice text, guint features, guint *changed)
{
    voc_buffer_reset(&cleaner->tidy);
    guint done = voc_text_tidy(text, features, &cleaner->tidy, &cleaner->tidy_origin);
    if (!done)
        return text;
    if (done & VOC_TIDY_COMPOSED)
        *changed |= VOC_CLEANED_UNICODE;
    if (done & VOC_TIDY_CONTROLS)
        *changed |= VOC_CLEANED_CONTROLS;
    return voc_buffer_slice(&cleaner->tidy);
}

static gsize
length_to(VocSlice text, gsize from, gsize to)
{
    gsize n = 0;
    for (gsize i = from; i < to && i < text.len; i++)
        n += ((guchar)text.data[i] & 0xC0) != 0x80;
    return n;
}

static gboolean
ends_paragraph(VocSlice text)
{
    guint newlines = 0;
    for (gsize i = text.len; i > 0 && g_ascii_isspace(text.data[i - 1]); i--)
        newlines += text.data[i - 1] == '\n';
    return newlines > 1;
}

/* What stood on both sides of a cut that ended a paragraph are two paragraphs still. */
static void
part(VocBuffer *kept, VocSlice cut)
{
    if (kept->len && ends_paragraph(cut) && !ends_paragraph(voc_buffer_slice(kept)))
        voc_buffer_add_char(kept, '\n');
}

/* Notes the cuts where they stood in `old`, and gathers what they leave of `text`. */
static VocSlice
apply(VocCleaner *cleaner, VocSlice old, VocSlice text, const VocCut *cuts, guint n, guint keep)
{
    gsize at = 0, old_at = 0, points = 0;
    voc_buffer_reset(&cleaner->kept);
    for (guint i = 0; i < n; i++) {
        if (keep & (1u << cuts[i].kind))
            continue;
        voc_buffer_add(&cleaner->kept, text.data + at, cuts[i].start - at);
        at = cuts[i].end;
        part(&cleaner->kept, voc_slice_of(text.data + cuts[i].start, at - cuts[i].start));
        gsize from =
            voc_origin_of(&cleaner->plain_origin, voc_origin_of(&cleaner->tidy_origin, cuts[i].start));
        gsize to = at == text.len
                       ? old.len
                       : voc_origin_of(&cleaner->plain_origin, voc_origin_of(&cleaner->tidy_origin, at));
        from = CLAMP(from, old_at, old.len);
        to = CLAMP(to, from, old.len);
        VocCleanCut cut = {.kind = cuts[i].kind};
        cut.start = points += length_to(old, old_at, from);
        cut.end = points += length_to(old, from, to);
        old_at = to;
        g_array_append_val(cleaner->cuts, cut);
    }
    voc_buffer_add(&cleaner->kept, text.data + at, text.len - at);
    return voc_buffer_slice(&cleaner->kept);
}

/* Empty lines at the start and white space at the end. */
static VocSlice
trimmed(VocSlice text)
{
    gsize start = 0, at = 0;
    while (text.len && g_ascii_isspace(text.data[text.len - 1]))
        text.len--;
    while (at < text.len && g_ascii_isspace(text.data[at]))
        if (text.data[at++] == '\n')
            start = at;
    return voc_slice_of(text.data + start, text.len - start);
}

gboolean
voc_cleaner_clean(VocCleaner *cleaner, VocSlice text, const VocQuoteHints *hints, guint keep,
                  VocCleaned *cleaned)
{
    guint features = voc_text_features(text), n = 0;
    *cleaned = (VocCleaned){.text = text, .cuts = cleaner->cuts};
    g_array_set_size(cleaner->cuts, 0);
    if (!(features &
          (VOC_HAS_NEWLINE | VOC_HAS_CONTROL | VOC_HAS_WIDE | VOC_HAS_C2 | VOC_HAS_LESS | VOC_HAS_AMPERSAND)))
        return FALSE;
    voc_origin_reset(&cleaner->plain_origin);
    voc_origin_reset(&cleaner->tidy_origin);
    VocSlice made = without_markup(cleaner, text, features, &cleaned->changed);
    if (cleaned->changed)
        features = voc_text_features(made);
    made = tidied(cleaner, made, features, &cleaned->changed);
    if (cleaned->changed || features & VOC_HAS_NEWLINE) {
        const VocCut *cuts = voc_quotes_find(cleaner->quotes, made, hints, &n);
        if (n)
            made = apply(cleaner, text, made, cuts, n, keep);
    }
    if (!cleaned->changed && !cleaner->cuts->len)
        return FALSE;
    cleaned->text = trimmed(made);
    cleaned->length = length_to(text, 0, text.len);
    return TRUE;
}

gboolean
voc_cleaner_clean_line(VocCleaner *cleaner, VocSlice text, VocSlice *cleaned)
{
    guint features = voc_text_features(text);
    voc_buffer_reset(&cleaner->tidy);
    voc_origin_reset(&cleaner->tidy_origin);
    if (!voc_text_tidy(text, features, &cleaner->tidy, NULL))
        return FALSE;
    /* A folded header is one line: its line ends go with the white space around them. */
    VocBuffer *line = &cleaner->tidy;
    gsize n = 0;
    for (gsize i = 0; i < line->len; i++) {
        char c = line->data[i] == '\n' ? ' ' : line->data[i];
        gboolean again = c == ' ' && n && line->data[n - 1] == ' ';
        line->data[n] = c;
        n += !again;
    }
    *cleaned = voc_slice_strip(voc_slice_of(line->data, n));
    return TRUE;
}
