#include "text/signature.h"

#define SIGNATURE (VOC_CUT_SIGNATURE + 1)
#define DEVICE (VOC_CUT_DEVICE + 1)
#define DISCLAIMER (VOC_CUT_DISCLAIMER + 1)

#define ZONE 24u           /* lines with words in them, from the end, among which a signature may begin */
#define SIGNATURE_MAX 14u  /* lines with words in them that a signature may have */
#define SIGNATURE_LINE 90u /* bytes that a line of one may have */
#define DEVICE_LINE 110u

/* The stretch at work: one writer's lines. */
typedef struct Stretch {
    VocMail *mail;
    guint from, to;
    VocSlice author;
    gboolean alone; /* the writer has no other words in the mail */
} Stretch;

static VocSlice
line_at(const Stretch *stretch, guint i)
{
    return voc_slice_strip(stretch->mail->lines[i].text);
}

static gboolean
is_blank(const Stretch *stretch, guint i)
{
    return voc_mail_is_blank(stretch->mail, i);
}

static gboolean
is_gone(const Stretch *stretch, guint i)
{
    return stretch->mail->lines[i].cut || is_blank(stretch, i);
}

/* --- lines --- */

/* A line that a program adds under what is written on it. */
static gboolean
is_device(const VocPhrases *phrases, VocSlice line)
{
    char folded[VOC_MAIL_FOLD];
    if (!line.len || line.len > DEVICE_LINE)
        return FALSE;
    VocSlice text = voc_mail_fold_line(line, folded);
    gsize opening = voc_phrases_prefix(phrases, VOC_PHRASE_DEVICE, text);
    if (!opening || opening >= text.len || text.data[opening] == ':')
        return FALSE;
    return voc_phrases_count(phrases, VOC_PHRASE_GADGET,
                             voc_slice_of(text.data + opening, text.len - opening)) > 0;
}

static gboolean
is_postscript(const VocPhrases *phrases, VocSlice line)
{
    char folded[VOC_MAIL_FOLD];
    VocSlice text = voc_mail_fold_line(line, folded);
    gsize n = voc_phrases_prefix(phrases, VOC_PHRASE_POSTSCRIPT, text);
    return n && n < text.len && strchr(".: ,", text.data[n]);
}

/* The words behind `n` bytes of a line, without the marks between. */
static VocSlice
behind(VocSlice line, gsize n)
{
    while (n < line.len && strchr(" ,.:;-/!", line.data[n]))
        n++;
    return voc_slice_of(line.data + n, line.len - n);
}

/* Whether one of the first four words of the folded line is a greeting by itself ("Pahoittelevin
 * terveisin"). */
static gboolean
has_greeting(const VocPhrases *phrases, VocSlice text)
{
    guint words = 0;
    for (gsize at = 0; at < text.len && words < 4; at++) {
        if (at > 0 && text.data[at - 1] != ' ')
            continue;
        words++;
        if (voc_phrases_prefix(phrases, VOC_PHRASE_GREETINGS, voc_slice_of(text.data + at, text.len - at)))
            return TRUE;
    }
    return FALSE;
}

/* A closing phrase, alone or with the name behind it. */
static gboolean
is_closing(const VocPhrases *phrases, VocSlice line)
{
    char folded[VOC_MAIL_FOLD];
    gsize marks = 0;
    if (!line.len || line.len > SIGNATURE_LINE)
        return FALSE;
    while (marks < line.len && strchr(" *_-/", line.data[marks]))
        marks++;
    line = voc_slice_of(line.data + marks, line.len - marks);
    VocSlice text = voc_phrase_fold(line, folded, sizeof folded);
    if (has_greeting(phrases, text))
        return voc_mail_count_words(text) <= 10 && (!text.len || text.data[text.len - 1] != '?');
    gsize n = voc_phrases_prefix(phrases, VOC_PHRASE_CLOSING, text);
    if (!n || n > line.len)
        return FALSE;
    /* Folding keeps the length of what the phrases are made of, white space apart. */
    VocSlice rest = behind(line, n);
    if (n == 1) /* "t. Make" */
        return voc_mail_is_name(rest, 3);
    return !rest.len || voc_mail_is_name(rest, 4) || (rest.data[0] == '(' && rest.len < 30) ||
           (rest.len < line.len && is_closing(phrases, rest)); /* "Mvh / terv. Ann-Mari" */
}

/* "-Mira", "/Siv". */
static gboolean
is_dashed_name(VocSlice line)
{
    gsize marks = 0;
    while (marks < line.len && marks < 3 && strchr("-/~", line.data[marks]))
        marks++;
    VocSlice name = voc_slice_of(line.data + marks, line.len - marks);
    return marks && name.len && !g_ascii_isspace(name.data[0]) && name.len <= 30 && voc_mail_is_name(name, 2);
}

/* Where its writer can be reached, or works. */
static gboolean
is_contact(const VocPhrases *phrases, VocSlice line)
{
    char folded[VOC_MAIL_FOLD];
    if (!line.len || line.len > SIGNATURE_LINE || strchr("?!", line.data[line.len - 1]))
        return FALSE;
    VocSlice text = voc_mail_fold_line(line, folded);
    guint words = voc_mail_count_words(text), digits = voc_mail_count_digits(text);
    if (words <= 4 && (voc_mail_has_address(text) || memmem(text.data, text.len, "www.", 4) ||
                       memmem(text.data, text.len, "://", 3)))
        return TRUE;
    gsize label = voc_phrases_prefix(phrases, VOC_PHRASE_CONTACT, text);
    if (label && digits >= 3 && words <= 8)
        return TRUE;
    if (digits >= 5 && words <= 8 && 3 * digits >= text.len)
        return TRUE;
    for (gsize at = text.len; words <= 6 && at > 0; at--) /* "Leppäkosken Kone Oy" */
        if (text.data[at - 1] == ' ')
            return voc_phrases_kinds(phrases, voc_slice_of(text.data + at, text.len - at)) &
                   VOC_PHRASE_BIT(VOC_PHRASE_COMPANY);
    return FALSE;
}

/* Words that no signature has: sentences. */
static gboolean
is_sentence(const VocPhrases *phrases, VocSlice line)
{
    guint words = voc_mail_count_words(line);
    if (line.len > SIGNATURE_LINE)
        return TRUE;
    if (is_contact(phrases, line))
        return FALSE;
    char last = line.data[line.len - 1];
    gunichar first = g_utf8_get_char_validated(line.data, (gssize)line.len);
    if (words > 8 || last == '?' || last == ':' || (last == '!' && words > 2))
        return TRUE;
    if (words >= 4 && last == '.')
        return TRUE;
    return words >= 5 && first < 0x110000 && g_unichar_islower(first);
}

/* --- what stands at the end --- */

/* A line that is drawn. */
static gboolean
is_drawn(VocSlice line)
{
    for (gsize i = 0; i < line.len; i++)
        if (!strchr("-_=*", line.data[i]))
            return FALSE;
    return line.len >= 3;
}

/* Cuts lines that programs add at the end, and the line that is drawn over them. */
static void
cut_devices(Stretch *stretch)
{
    for (guint i = stretch->to, seen = 0; i > stretch->from && seen < 4; i--) {
        if (is_gone(stretch, i - 1))
            continue;
        seen++;
        if (!is_device(stretch->mail->phrases, line_at(stretch, i - 1)))
            continue;
        voc_mail_cut(stretch->mail, i - 1, i, DEVICE);
        if (i - 1 > stretch->from && is_drawn(line_at(stretch, i - 2)))
            voc_mail_cut(stretch->mail, i - 2, i - 1, DEVICE);
    }
}

static guint
paragraph_start(const Stretch *stretch, guint end)
{
    while (end > stretch->from && !is_gone(stretch, end - 1))
        end--;
    return end;
}

/* The last line with words that are not cut, one behind it; `from` when there is none. */
static guint
tail_of(const Stretch *stretch)
{
    guint end = stretch->to;
    while (end > stretch->from && is_gone(stretch, end - 1))
        end--;
    return end;
}

static gboolean
is_small_print(const Stretch *stretch, guint from, guint to)
{
    char folded[2000];
    const VocMailLine *lines = stretch->mail->lines;
    VocSlice all =
        voc_slice_of(lines[from].text.data,
                     (gsize)(lines[to - 1].text.data - lines[from].text.data) + lines[to - 1].text.len);
    if (all.len < 50)
        return FALSE;
    VocSlice text = voc_phrase_fold(all, folded, sizeof folded);
    return voc_phrases_count(stretch->mail->phrases, VOC_PHRASE_DISCLAIMER, text) >= (all.len < 120 ? 2 : 3);
}

/* Cuts paragraphs of small print at the end, and the line that is drawn over them. */
static void
cut_small_print(Stretch *stretch)
{
    for (;;) {
        guint end = tail_of(stretch), start = paragraph_start(stretch, end);
        if (start == end || start == stretch->from || !is_small_print(stretch, start, end))
            return;
        voc_mail_cut(stretch->mail, start, end, DISCLAIMER);
        end = tail_of(stretch);
        if (end > stretch->from && is_drawn(line_at(stretch, end - 1)))
            voc_mail_cut(stretch->mail, end - 1, end, DISCLAIMER);
    }
}

/* The end of a signature that begins at `start`: the end of the stretch, or a postscript. 0 when there are
 * sentences in between. */
static guint
signature_end(const Stretch *stretch, guint start)
{
    guint lines = 0, i;
    for (i = start + 1; i < stretch->to; i++) {
        if (is_gone(stretch, i))
            continue;
        VocSlice line = line_at(stretch, i);
        if (is_postscript(stretch->mail->phrases, line))
            return i;
        if (++lines > SIGNATURE_MAX || is_sentence(stretch->mail->phrases, line))
            return 0;
    }
    return i;
}

static void
cut_signature(Stretch *stretch, guint from, guint to)
{
    for (guint i = from; i < to; i++)
        if (!stretch->mail->lines[i].cut && !is_blank(stretch, i))
            stretch->mail->lines[i].cut = SIGNATURE;
}

static gboolean
is_delimiter(const Stretch *stretch, guint i)
{
    VocSlice line = line_at(stretch, i);
    return voc_slice_equal_string(line, "--") || voc_slice_equal_string(line, "—");
}

static gboolean
is_all_there_is(const Stretch *stretch, guint i)
{
    while (i > stretch->from && is_gone(stretch, i - 1))
        i--;
    return stretch->alone && i == stretch->from;
}

/* Finds "-- " or a closing phrase with a signature under it; the first from above wins. */
static gboolean
cut_closing(Stretch *stretch)
{
    guint i = stretch->to, seen = 0;
    while (i > stretch->from && seen < ZONE)
        seen += !is_gone(stretch, --i);
    for (; i < stretch->to; i++) {
        if (is_gone(stretch, i))
            continue;
        gboolean delimiter = is_delimiter(stretch, i);
        if (!delimiter && !is_closing(stretch->mail->phrases, line_at(stretch, i)))
            continue;
        guint end = signature_end(stretch, i);
        if (!end || is_all_there_is(stretch, i))
            continue;
        cut_signature(stretch, i, end);
        return TRUE;
    }
    return FALSE;
}

/* Whether all words of the line are the author's: "Nina", "Nina S.", of "Nina Salo <nina@...>". */
static gboolean
is_author(VocSlice line, VocSlice author)
{
    char folded[VOC_MAIL_FOLD], whole[VOC_MAIL_FOLD];
    guint words = 0;
    if (!author.len || !line.len || line.len > 60 || !voc_mail_is_name(line, 4))
        return FALSE;
    VocSlice text = voc_phrase_fold(line, folded, sizeof folded);
    VocSlice name = voc_phrase_fold(author, whole, sizeof whole);
    for (gsize at = 0; at < text.len;) {
        gsize len = 0;
        while (at + len < text.len && text.data[at + len] != ' ')
            len++;
        gsize bare = len;
        while (bare && strchr(".,", text.data[at + bare - 1]))
            bare--;
        if (bare < 2 && words == 0)
            return FALSE;
        const char *found = bare ? memmem(name.data, name.len, text.data + at, bare) : NULL;
        if (!found || (found > name.data && !strchr(" .-_<(\"'", found[-1])))
            return FALSE;
        words++;
        at += len + 1;
    }
    return words > 0;
}

/* Whether the lines above `end` say something: a signature stands under words. */
static gboolean
stands_under_words(const Stretch *stretch, guint end)
{
    for (guint i = end; i > stretch->from; i--) {
        VocSlice line = line_at(stretch, i - 1);
        if (!is_gone(stretch, i - 1) &&
            (strchr(".!?)", line.data[line.len - 1]) || voc_mail_count_words(line) > 5))
            return TRUE;
    }
    return FALSE;
}

/* The paragraph up to `stop`, if its lines could be of a signature: where it begins, and how many of its
 * lines say where its writer can be reached. `stop` when they could not. */
static guint
signature_paragraph(const Stretch *stretch, guint stop, guint *contacts)
{
    guint start = paragraph_start(stretch, stop);
    *contacts = 0;
    if (stop - start > SIGNATURE_MAX)
        return stop;
    for (guint i = start; i < stop; i++) {
        if (is_sentence(stretch->mail->phrases, line_at(stretch, i)))
            return stop;
        *contacts += is_contact(stretch->mail->phrases, line_at(stretch, i));
    }
    return start;
}

static gboolean
is_full_name(VocSlice line)
{
    return line.len <= 60 && voc_mail_is_name(line, 4) && voc_mail_count_words(line) > 1;
}

/* Cuts a signature without a closing phrase: paragraphs of contacts under a name. The lowest name that has
 * contacts under it, or a name with a title or two, alone in the last paragraph. */
static void
cut_contact_block(Stretch *stretch)
{
    guint end = tail_of(stretch), stop = end, all = 0, best = end;
    while (stop > stretch->from) {
        guint contacts, start = signature_paragraph(stretch, stop, &contacts);
        if (start == stop)
            break;
        all += contacts;
        gboolean named = is_full_name(line_at(stretch, start));
        if (named && (all || stop - start <= 4))
            best = start;
        if (!contacts)
            break;
        stop = start;
        while (stop > stretch->from && is_gone(stretch, stop - 1))
            stop--;
    }
    if (best < end && best > stretch->from && is_gone(stretch, best - 1) && stands_under_words(stretch, best))
        cut_signature(stretch, best, end);
}

/* A name alone at the end, where it is known to be the writer's or thanks stand over it. */
static void
cut_name(Stretch *stretch)
{
    char folded[VOC_MAIL_FOLD];
    guint end = tail_of(stretch);
    if (end < stretch->from + 2)
        return;
    VocSlice line = line_at(stretch, end - 1);
    guint above = end - 1;
    while (above > stretch->from && is_gone(stretch, above - 1))
        above--;
    if (above == stretch->from)
        return;
    if (is_author(line, stretch->author) || is_dashed_name(line)) {
        cut_signature(stretch, end - 1, end);
        return;
    }
    if (!voc_mail_is_name(line, 4) || line.len > 60)
        return;
    VocSlice thanks = voc_mail_fold_line(line_at(stretch, above - 1), folded);
    gsize n = voc_phrases_prefix(stretch->mail->phrases, VOC_PHRASE_THANKS, thanks);
    if (n && !behind(thanks, n).len)
        cut_signature(stretch, end - 1, end);
}

void
voc_signature_cut(VocMail *mail, guint from, guint to, const VocQuoteHints *hints)
{
    gboolean alone = !voc_mail_has_own_words(mail, 0, from) && !voc_mail_has_own_words(mail, to, mail->n);
    Stretch stretch = {mail, from, to, hints->author, alone};
    cut_devices(&stretch);
    cut_small_print(&stretch);
    gboolean closed = cut_closing(&stretch);
    cut_small_print(&stretch);
    if (closed)
        return;
    if (hints->mail)
        cut_contact_block(&stretch);
    cut_name(&stretch);
}
