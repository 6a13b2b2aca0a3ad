#include "text/original.h"

#define ATTRIBUTION_LINES 4u /* that one attribution may be wrapped over */
#define ATTRIBUTION_MAX 400u /* bytes of it */
#define HEADER_LINES 80u     /* of a block; address lists are long */
#define FIELD_NAME_MAX 32u

static VocSlice
line_text(const VocMail *mail, guint i)
{
    return i < mail->n ? mail->lines[i].text : VOC_SLICE_NONE;
}

static gboolean
is_plain(const VocMail *mail, guint i)
{
    return i < mail->n && !voc_mail_is_blank(mail, i) && !mail->lines[i].depth;
}

static gboolean
quote_follows(const VocMail *mail, guint i)
{
    i = voc_mail_skip_blank(mail, i);
    return i < mail->n && mail->lines[i].depth > 0;
}

/* --- header blocks --- */

/* The field that the line is of, as bits; 0: none. */
static guint32
field_of(const VocMail *mail, guint i)
{
    char folded[FIELD_NAME_MAX + 8];
    if (!is_plain(mail, i))
        return 0;
    VocSlice line = mail->lines[i].text;
    gsize at = 0;
    while (at < line.len && strchr(" \t*_|", line.data[at]))
        at++;
    const char *colon = memchr(line.data + at, ':', MIN(line.len - at, FIELD_NAME_MAX));
    if (!colon)
        return 0;
    VocSlice name = voc_slice_strip(voc_slice_of(line.data + at, (gsize)(colon - line.data) - at));
    while (name.len && name.data[name.len - 1] == '*')
        name.len--;
    return voc_phrases_kinds(mail->phrases, voc_phrase_fold(name, folded, sizeof folded)) & VOC_PHRASE_FIELDS;
}

/* Whether lines from `i` on are the rest of a long field: a further field comes before an empty line. */
static guint
field_after(const VocMail *mail, guint i, guint end)
{
    for (; is_plain(mail, i) && i < end; i++)
        if (field_of(mail, i))
            return i;
    return 0;
}

/* The end of the header block at `i`, its fields as bits and how many lines are fields. */
static guint
block_end(const VocMail *mail, guint i, guint32 *fields, guint *n)
{
    guint end = MIN(mail->n, i + HEADER_LINES), last = i;
    *fields = 0;
    *n = 0;
    while (i < end) {
        guint32 field = field_of(mail, i);
        guint next;
        if (field) {
            *fields |= field;
            ++*n;
            last = ++i;
        } else if (voc_mail_is_blank(mail, i) && *n && field_of(mail, i + 1)) {
            i++;
        } else if (*n && (next = field_after(mail, i, end))) {
            i = next;
        } else if (*n && is_plain(mail, i) && voc_mail_has_address(mail->lines[i].text)) {
            last = ++i; /* more addresses */
        } else {
            break;
        }
    }
    /* The last field may be wrapped too: a line that begins with white space. */
    while (last < mail->n && is_plain(mail, last) && g_ascii_isspace(mail->lines[last].text.data[0]))
        last++;
    return last;
}

static gboolean
has(guint32 fields, VocPhraseKind kind)
{
    return (fields & VOC_PHRASE_BIT(kind)) != 0;
}

/* "12/15/1999 05:26 PM", perhaps with a name before it: when the mail was sent, as Notes writes it. */
static gboolean
is_stamp(VocSlice line)
{
    const char *slash = memchr(line.data, '/', line.len);
    if (!slash || line.len > 120 || !voc_mail_has_time(line))
        return FALSE;
    for (; slash; slash = memchr(slash + 1, '/', (gsize)(line.data + line.len - slash - 1))) {
        VocSlice rest = voc_slice_of(slash, (gsize)(line.data + line.len - slash));
        if (slash > line.data && g_ascii_isdigit(slash[-1]) && rest.len >= 8 && rest.len <= 24 &&
            g_ascii_isdigit(slash[1]) && memchr(rest.data + 1, '/', 3) && voc_mail_has_time(rest))
            return TRUE;
    }
    return FALSE;
}

/* Where a Notes header begins whose "To:" stands at `i`: its sender and time are lines without names. `i`
 * when there are none. */
static guint
stamp_before(const VocMail *mail, guint i)
{
    guint at = i, blanks = 0;
    while (at > 0 && at + 6 > i) {
        at--;
        if (mail->lines[at].cut || mail->lines[at].depth)
            return i;
        if (voc_mail_is_blank(mail, at)) {
            if (++blanks > 3)
                return i;
            continue;
        }
        VocSlice line = mail->lines[at].text;
        if (!is_stamp(line)) {
            if (voc_mail_count_words(line) > 6)
                return i;
            continue;
        }
        gboolean alone = g_ascii_isdigit(voc_slice_strip(line).data[0]);
        while (alone && at > 0 && is_plain(mail, at - 1) &&
               voc_mail_count_words(line_text(mail, at - 1)) <= 8) {
            at--;
            alone = field_of(mail, at) != 0; /* "Sent by:", with the name above it */
        }
        return at;
    }
    return i;
}

/* Whether what the line at `i` says after its name can be a sender. */
static gboolean
names_sender(const VocMail *mail, guint i, guint end)
{
    for (; i < end; i++) {
        if (!has(field_of(mail, i), VOC_PHRASE_FROM))
            continue;
        VocSlice line = mail->lines[i].text;
        const char *colon = memchr(line.data, ':', line.len);
        VocSlice value = voc_slice_strip(voc_slice_of(colon + 1, (gsize)(line.data + line.len - colon - 1)));
        return voc_mail_has_address(value) || voc_mail_count_words(value) <= 8;
    }
    return FALSE;
}

static gboolean
header_block(const VocMail *mail, guint i, gboolean divided, VocOriginal *found)
{
    guint32 fields;
    guint n;
    if (!field_of(mail, i))
        return FALSE;
    guint end = block_end(mail, i, &fields, &n);
    gboolean from = has(fields, VOC_PHRASE_FROM), to = has(fields, VOC_PHRASE_TO);
    gboolean about = has(fields, VOC_PHRASE_SUBJECT), dated = has(fields, VOC_PHRASE_DATE);
    *found = (VocOriginal){.start = i, .end = end, .header = TRUE};
    if (!from && to && (about || has(fields, VOC_PHRASE_CC))) {
        found->start = stamp_before(mail, i);
        return found->start < i || (about && (divided || has(fields, VOC_PHRASE_CC)));
    }
    if (!from || !names_sender(mail, i, end))
        return FALSE;
    if (divided)
        return to || dated || about;
    return n >= 3 && (dated || to);
}

/* --- dividing lines --- */

static gsize
count_marks(VocSlice line, gsize at)
{
    gsize n = 0;
    while (at + n < line.len && strchr("-_=*~", line.data[at + n]))
        n++;
    return n;
}

/* The kinds of phrase that the dividing line has between its marks; 0: none. `*marks` counts those. */
static guint32
divider_kinds(const VocMail *mail, guint i, gsize *marks)
{
    const guint32 WANTED = VOC_PHRASE_BIT(VOC_PHRASE_ORIGINAL) | VOC_PHRASE_BIT(VOC_PHRASE_FORWARDED);
    char folded[VOC_MAIL_FOLD];
    VocSlice line = voc_slice_strip(mail->lines[i].text);
    *marks = count_marks(line, 0);
    gboolean colon = line.len && line.data[line.len - 1] == ':';
    if (line.len > 200 || (*marks < 2 && !colon))
        return 0;
    VocSlice words = voc_phrase_fold(voc_slice_strip(voc_slice_of(line.data + *marks, line.len - *marks)),
                                     folded, sizeof folded);
    if (*marks >= 2 &&
        voc_phrases_prefix(mail->phrases, VOC_PHRASE_FORWARDED, words) == strlen("forwarded by"))
        return VOC_PHRASE_BIT(VOC_PHRASE_FORWARDED);
    while (words.len && strchr("-_=*~: ", words.data[words.len - 1]))
        words.len--;
    return voc_phrases_kinds(mail->phrases, words) & WANTED;
}

static gboolean
is_rule(VocSlice line)
{
    line = voc_slice_strip(line);
    return line.len >= 5 && count_marks(line, 0) == line.len;
}

/* A line that says that an original follows, with its header block if it has one. */
static gboolean
divider(const VocMail *mail, guint i, VocOriginal *found)
{
    gsize marks;
    guint32 kinds = divider_kinds(mail, i, &marks);
    guint next = voc_mail_skip_blank(mail, i + 1);
    VocOriginal block;
    if (!kinds) {
        /* Outlook draws a line over its block. */
        if (!is_rule(mail->lines[i].text) || next > i + 3 || !header_block(mail, next, TRUE, &block))
            return FALSE;
        *found = (VocOriginal){.start = i, .end = block.end, .header = TRUE};
        return TRUE;
    }
    gboolean blocked = next < mail->n && next <= i + 4 && header_block(mail, next, TRUE, &block);
    *found = (VocOriginal){.start = i, .end = blocked ? block.end : i + 1, .header = TRUE};
    found->forwarded = (kinds & VOC_PHRASE_BIT(VOC_PHRASE_FORWARDED)) != 0;
    return marks >= 2 || blocked || quote_follows(mail, i + 1);
}

/* --- attributions --- */

static gsize
skip_marks(VocSlice text, gsize at)
{
    while (at < text.len && strchr(" ,.(", text.data[at]))
        at++;
    return at;
}

/* What a program's attribution begins with: a date, a weekday and a date, "On", "Den". */
static gboolean
opens(const VocPhrases *phrases, VocSlice folded)
{
    gsize at = voc_phrases_prefix(phrases, VOC_PHRASE_ON, folded);
    if (at && voc_mail_has_date(folded))
        return TRUE;
    at = voc_phrases_prefix(phrases, VOC_PHRASE_WEEKDAY, folded);
    at = skip_marks(folded, at);
    return at < folded.len && g_ascii_isdigit(folded.data[at]) &&
           voc_mail_has_date(voc_slice_of(folded.data + at, folded.len - at));
}

/* The verb at a word boundary anywhere in the line, and nothing behind it that only a person writes. */
static gboolean
has_verb(const VocPhrases *phrases, VocSlice folded)
{
    for (gsize at = 0; at < folded.len; at++) {
        if (at > 0 && (g_ascii_isalnum(folded.data[at - 1]) || (guchar)folded.data[at - 1] >= 0x80))
            continue;
        gsize verb =
            voc_phrases_prefix(phrases, VOC_PHRASE_WROTE, voc_slice_of(folded.data + at, folded.len - at));
        gsize next = skip_marks(folded, at + verb);
        if (verb)
            return !voc_phrases_prefix(phrases, VOC_PHRASE_TOLD,
                                       voc_slice_of(folded.data + next, folded.len - next));
    }
    return FALSE;
}

/* The lines from `from` to `to`, both included, as one folded text. */
static VocSlice
join(const VocMail *mail, guint from, guint to, char *folded, gsize room)
{
    const char *start = mail->lines[from].text.data;
    const char *end = mail->lines[to].text.data + mail->lines[to].text.len;
    return voc_phrase_fold(voc_slice_of(start, (gsize)(end - start)), folded, room);
}

static gboolean
has_angle_address(VocSlice text)
{
    const char *open = memchr(text.data, '<', text.len);
    if (!open)
        open = memchr(text.data, '(', text.len);
    return open && voc_mail_has_address(voc_slice_of(open, (gsize)(text.data + text.len - open)));
}

/* "2014-03-05 10:02 GMT+02:00 Matti <matti@...>:" needs no verb. */
static gboolean
is_dated_address(VocSlice folded)
{
    return folded.len > 2 && folded.data[folded.len - 2] == '>' && g_ascii_isdigit(folded.data[0]) &&
           has_angle_address(folded) && voc_mail_has_time(folded);
}

/* An attribution whose last line is `i`: where does it begin? mail->n when it is none. */
static guint
attribution_start(const VocMail *mail, guint i, VocSlice *whole, char *folded, gsize room)
{
    guint best = mail->n;
    for (guint from = i; from + ATTRIBUTION_LINES > i && is_plain(mail, from) && !mail->lines[from].cut;
         from--) {
        VocSlice joined = join(mail, from, i, folded, room);
        if (joined.len >= ATTRIBUTION_MAX)
            break;
        gboolean verb = has_verb(mail->phrases, joined);
        if ((verb || is_dated_address(joined)) && opens(mail->phrases, joined)) {
            *whole = joined;
            return from;
        }
        if (best == mail->n && verb && (voc_mail_has_address(joined) || voc_mail_has_date(joined)))
            best = from;
        if (from == 0)
            break;
    }
    if (best < mail->n)
        *whole = join(mail, best, i, folded, room);
    return best;
}

/* "Matti kirjoitti:" right over quote marks; "Lainaus Matti <...>:". */
static gboolean
short_attribution(const VocMail *mail, guint i, VocSlice folded)
{
    gsize quoting = voc_phrases_prefix(mail->phrases, VOC_PHRASE_QUOTING, folded);
    if (quoting)
        return voc_mail_has_address(folded) || quote_follows(mail, i + 1);
    return quote_follows(mail, i + 1) && voc_mail_count_words(folded) <= 8 && has_verb(mail->phrases, folded);
}

static gboolean
attribution(const VocMail *mail, guint i, VocOriginal *found)
{
    char folded[ATTRIBUTION_MAX + 8];
    VocSlice line = mail->lines[i].text, whole;
    if (line.data[line.len - 1] != ':')
        return FALSE;
    guint start = attribution_start(mail, i, &whole, folded, sizeof folded);
    if (start < mail->n) {
        gboolean machine =
            has_angle_address(whole) || (opens(mail->phrases, whole) && voc_mail_has_time(whole));
        *found = (VocOriginal){.start = start, .end = i + 1, .by_machine = machine};
        return machine || quote_follows(mail, i + 1);
    }
    whole = join(mail, i, i, folded, sizeof folded);
    *found = (VocOriginal){.start = i, .end = i + 1};
    return short_attribution(mail, i, whole);
}

/* GroupWise: ">>> Matti Meikäläinen <matti@...> 11/08/00 10:31AM >>>", and the original without marks. */
static gboolean
arrows(const VocMail *mail, guint i, VocOriginal *found)
{
    VocSlice line = mail->lines[i].text;
    if (mail->lines[i].depth != 3 || line.len < 12 || memcmp(line.data + line.len - 3, ">>>", 3) != 0 ||
        !voc_mail_has_time(line))
        return FALSE;
    *found = (VocOriginal){.start = i, .end = i + 1, .header = TRUE};
    return TRUE;
}

gboolean
voc_original_at(const VocMail *mail, guint i, VocOriginal *found)
{
    if (mail->lines[i].depth == 3)
        return arrows(mail, i, found);
    if (!is_plain(mail, i))
        return FALSE;
    return divider(mail, i, found) || header_block(mail, i, FALSE, found) || attribution(mail, i, found);
}
