#include "text/quotes.h"

#include "text/original.h"
#include "text/signature.h"

#define QUOTE (VOC_CUT_QUOTE + 1)
#define FORWARD (VOC_CUT_FORWARD + 1)

/* Bytes of a quoted line that is likely to have been wrapped, and of the rest that then stands alone. */
#define WRAPPED_MIN 64u
#define WRAPPED_REST_MAX 40u

#define MAX_LINES 200000u /* no mail has more: such a text is left alone */

#define EXAMPLE_LINES 10u /* of a passage that may be the writer's own, in spite of its quote marks */

struct VocQuotes {
    const VocPhrases *phrases;
    GArray *lines; /* VocMailLine */
    GArray *cuts;  /* VocCut */
};

const char *
voc_cut_name(VocCutKind kind)
{
    static const char *const NAMES[VOC_N_CUTS] = {"quote", "forward", "signature", "device", "disclaimer"};
    return NAMES[kind];
}

VocQuotes *
voc_quotes_new(const VocPhrases *phrases)
{
    VocQuotes *quotes = g_new0(VocQuotes, 1);
    quotes->phrases = phrases;
    quotes->lines = g_array_new(FALSE, FALSE, sizeof(VocMailLine));
    quotes->cuts = g_array_new(FALSE, FALSE, sizeof(VocCut));
    return quotes;
}

void
voc_quotes_free(VocQuotes *quotes)
{
    if (!quotes)
        return;
    g_array_unref(quotes->lines);
    g_array_unref(quotes->cuts);
    g_free(quotes);
}

static gboolean
is_quoted(const VocMail *mail, guint i)
{
    return i < mail->n && mail->lines[i].depth > 0;
}

/* Cuts what introduces originals, and the originals that have no quote marks: to the end, for nobody can tell
 * where they stop. */
static void
cut_originals(VocMail *mail)
{
    for (guint i = 0; i < mail->n; i++) {
        VocOriginal found;
        if (mail->lines[i].cut || !voc_original_at(mail, i, &found))
            continue;
        guint8 kind = found.forwarded ? FORWARD : QUOTE;
        gboolean marked = is_quoted(mail, voc_mail_skip_blank(mail, found.end));
        if (!marked && !found.header && (!found.by_machine || !voc_mail_has_own_words(mail, 0, found.start)))
            continue;
        voc_mail_cut(mail, found.start, found.end, kind);
        if (!marked) {
            voc_mail_cut(mail, found.end, mail->n, kind);
            return;
        }
        i = found.end - 1;
    }
}

/* Whether the writer announces what follows as a quotation of the reader: "Kirjoititte näin:". */
static gboolean
is_yours(const VocMail *mail, guint i)
{
    char folded[VOC_MAIL_FOLD];
    return voc_phrases_count(mail->phrases, VOC_PHRASE_YOURS,
                             voc_mail_fold_line(mail->lines[i].text, folded)) > 0;
}

/* "Virheilmoitus on tämä:" over a few lines with quote marks, the only ones: likely an example. */
static gboolean
is_example(const VocMail *mail, guint from, guint to, gboolean only)
{
    guint above = from;
    if (!only || to - from > EXAMPLE_LINES)
        return FALSE;
    while (above > 0 && voc_mail_is_blank(mail, above - 1))
        above--;
    if (above == 0 || mail->lines[above - 1].cut)
        return FALSE;
    VocSlice line = mail->lines[above - 1].text;
    return line.data[line.len - 1] == ':' && !is_yours(mail, above - 1);
}

/* A line without marks between quoted ones: the rest of a line that was wrapped on its way. */
static gboolean
is_wrapped_rest(const VocMail *mail, guint i)
{
    VocSlice line = mail->lines[i].text;
    if (!is_quoted(mail, i - 1) || !is_quoted(mail, i + 1) || line.len == 0 || line.len > WRAPPED_REST_MAX)
        return FALSE;
    gunichar first = g_utf8_get_char_validated(line.data, (gssize)line.len);
    return mail->lines[i - 1].text.len >= WRAPPED_MIN && first < 0x110000 && !g_unichar_isupper(first);
}

/* The end of the passage with quote marks at `i`. */
static guint
passage_end(const VocMail *mail, guint i)
{
    while (is_quoted(mail, i) || (i < mail->n && is_wrapped_rest(mail, i)))
        i++;
    return i;
}

static void
cut_marked(VocMail *mail, gboolean trusted)
{
    guint n_passages = 0;
    for (guint i = 0; i < mail->n; i++)
        n_passages += is_quoted(mail, i) && (i == 0 || !is_quoted(mail, i - 1));
    for (guint i = 0; n_passages && i < mail->n; i++) {
        if (!is_quoted(mail, i) || mail->lines[i].cut)
            continue;
        guint end = passage_end(mail, i), above = i;
        while (above > 0 && voc_mail_is_blank(mail, above - 1))
            above--;
        gboolean introduced = above > 0 && mail->lines[above - 1].cut;
        if (introduced || (trusted && !is_example(mail, i, end, n_passages == 1)))
            voc_mail_cut(mail, i, end, introduced ? mail->lines[above - 1].cut : QUOTE);
        i = end - 1;
    }
}

/* Looks for a signature at the end of each passage of the writer's own. */
static void
cut_signatures(VocMail *mail, const VocQuoteHints *hints)
{
    for (guint i = 0; i < mail->n;) {
        guint end = i;
        while (end < mail->n && !mail->lines[end].cut)
            end++;
        if (end > i)
            voc_signature_cut(mail, i, end, hints);
        i = MAX(end, i + 1);
    }
}

/* Empty lines go with what is cut before them; at the end of the text also with what is cut behind them. */
static void
cut_blanks(VocMail *mail)
{
    for (guint i = 1; i < mail->n; i++)
        if (voc_mail_is_blank(mail, i) && !mail->lines[i].cut)
            mail->lines[i].cut = mail->lines[i - 1].cut;
    guint tail = mail->n;
    while (tail > 0 && (mail->lines[tail - 1].cut || voc_mail_is_blank(mail, tail - 1)))
        tail--;
    for (guint i = mail->n; i > tail + 1; i--)
        if (voc_mail_is_blank(mail, i - 2) && !mail->lines[i - 2].cut)
            mail->lines[i - 2].cut = mail->lines[i - 1].cut;
}

static void
gather(const VocMail *mail, GArray *cuts)
{
    g_array_set_size(cuts, 0);
    for (guint i = 0; i < mail->n;) {
        guint8 kind = mail->lines[i].cut;
        guint end = i + 1;
        while (end < mail->n && mail->lines[end].cut == kind)
            end++;
        if (kind) {
            VocCut cut = {mail->lines[i].start, mail->lines[end - 1].end, (VocCutKind)(kind - 1)};
            g_array_append_val(cuts, cut);
        }
        i = end;
    }
}

const VocCut *
voc_quotes_find(VocQuotes *quotes, VocSlice text, const VocQuoteHints *hints, guint *n)
{
    *n = 0;
    if (!voc_mail_split(text, MAX_LINES, quotes->lines))
        return NULL;
    VocMail mail = {quotes->phrases, (VocMailLine *)(void *)quotes->lines->data, quotes->lines->len};
    cut_originals(&mail);
    cut_marked(&mail, hints->mail);
    cut_signatures(&mail, hints);
    cut_blanks(&mail);
    gather(&mail, quotes->cuts);
    *n = quotes->cuts->len;
    return (const VocCut *)(void *)quotes->cuts->data;
}
