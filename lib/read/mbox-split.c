#include "read/mbox-split.h"

#include "read/mail.h"

#define MAX_LINE 2048 /* bytes of a separating line; a longer one is none */

struct VocMboxSplit {
    gsize max;
    void (*func)(const VocMboxMail *mail, gpointer data);
    gpointer data;
    VocBuffer buffer;   /* the mail in hand, and what is behind it */
    gsize start;        /* of the mail's first header in it */
    gsize scanned;      /* no separator begins before here */
    guint64 offset;     /* of the buffer's first byte in the stream */
    guint64 line;       /* of the mail's first header */
    gboolean inside;    /* there is a mail in hand */
    gboolean skipping;  /* its beginning has been handed on, the rest is passed over */
    gboolean measured;  /* Content-Length has been looked at */
    gboolean quoted;    /* it has a ">From " */
    gboolean by_length; /* and told where the mail ends */
    guint64 lost;
};

VocMboxSplit *
voc_mbox_split_new(gsize max, void (*func)(const VocMboxMail *mail, gpointer data), gpointer data)
{
    VocMboxSplit *split = g_new0(VocMboxSplit, 1);

    split->max = max;
    split->func = func;
    split->data = data;
    split->line = 1;
    return split;
}

void
voc_mbox_split_free(VocMboxSplit *split)
{
    if (!split)
        return;
    voc_buffer_clear(&split->buffer);
    g_free(split);
}

guint64
voc_mbox_split_lost(const VocMboxSplit *split)
{
    return split->lost;
}

static gboolean
begins(VocSlice text, const char *string)
{
    return voc_slice_starts_with(text, voc_slice_from_string(string));
}

/* The line at the beginning of `text`, with its end. */
static VocSlice
first_line(VocSlice text)
{
    const char *newline = text.len ? memchr(text.data, '\n', text.len) : NULL;

    return voc_slice_of(text.data, newline ? (gsize)(newline + 1 - text.data) : text.len);
}

/* Whether there is a date as in "Mon Sep  7 05:52:00 2026" in the line. */
static gboolean
has_date(VocSlice line)
{
    static const char days[] = "MonTueWedThuFriSatSun", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

    for (gsize i = 0; i + 16 < line.len; i++) {
        const char *day, *month;

        if (line.data[i] != ' ' || line.data[i + 4] != ' ')
            continue;
        day = g_strstr_len(days, sizeof days - 1,
                           (char[]){line.data[i + 1], line.data[i + 2], line.data[i + 3], 0});
        month = g_strstr_len(months, sizeof months - 1,
                             (char[]){line.data[i + 5], line.data[i + 6], line.data[i + 7], 0});
        if (day && month && (day - days) % 3 == 0 && (month - months) % 3 == 0)
            return TRUE;
    }
    return FALSE;
}

/* Whether `line`, which begins with "From ", separates mails: `next` is the line behind it, and `blank` says
 * that the one before is empty, or there is none. Texts have such lines too ("From Russia with love"), and
 * not every program puts a '>' before them. */
static gboolean
separates(VocSlice line, VocSlice next, gboolean blank)
{
    VocSlice rest = voc_slice_strip(voc_slice_of(line.data + 5, line.len - 5));
    gboolean one_word = rest.len && !memchr(rest.data, ' ', rest.len);
    gboolean header = voc_mail_is_header(next) || begins(next, ">From ");

    if (has_date(line) || begins(rest, "- ") || voc_slice_equal_string(rest, "-") || begins(rest, "?"))
        return header || (blank && !voc_slice_strip(next).len);
    if (!blank || !header)
        return FALSE;
    return (one_word && memchr(rest.data, '@', rest.len)) || (one_word && voc_mail_is_known_header(next)) ||
           (!rest.len && voc_mail_is_known_header(next));
}

gboolean
voc_mbox_begins(VocSlice text)
{
    VocSlice line;

    if (begins(text, "\357\273\277"))
        text = voc_slice_of(text.data + 3, text.len - 3);
    line = first_line(text);
    if (!begins(line, "From ") || line.len > MAX_LINE)
        return FALSE;
    return separates(line, first_line(voc_slice_of(text.data + line.len, text.len - line.len)), TRUE);
}

static guint64
count_lines(const char *at, gsize n)
{
    return voc_slice_count(voc_slice_of(at, n), '\n');
}

/* Takes the '>' away that programs put before "From " at the beginning of a line. Returns the new length. */
static gsize
unquote(char *bytes, gsize len)
{
    char *out = bytes, *kept = bytes, *at = bytes, *end = bytes + len;

    while ((at = memmem(at, (gsize)(end - at), ">From ", 6))) {
        char *mark = at;

        while (mark > kept && mark[-1] == '>')
            mark--;
        if (mark == bytes || mark[-1] == '\n') {
            memmove(out, kept, (gsize)(mark - kept));
            out += mark - kept;
            kept = mark + 1;
        }
        at += 6;
    }
    memmove(out, kept, (gsize)(end - kept));
    return (gsize)(out + (end - kept) - bytes);
}

/* Whether the mail has a "From " of its own at the beginning of a line: then nobody put a '>' before others.
 */
static gboolean
has_bare_from(VocSlice bytes)
{
    return bytes.len && memmem(bytes.data, bytes.len, "\nFrom ", 6);
}

/* Hands on the mail that ends at `end` in the buffer. */
static void
hand_on(VocMboxSplit *split, gsize end, gboolean cut)
{
    char *bytes = split->buffer.data + split->start;
    gsize len = end - split->start;
    VocMboxMail mail = {VOC_SLICE_NONE, split->line, split->offset + split->start, cut};

    if (split->skipping)
        return;
    split->line += count_lines(bytes, len);
    if (split->by_length ? !has_bare_from(voc_slice_of(bytes, len)) : split->quoted) {
        gsize kept = unquote(bytes, len);

        memset(bytes + kept, '\n', len - kept); /* the buffer keeps its places */
        len = kept;
    }
    mail.bytes = voc_slice_of(bytes, len);
    split->func(&mail, split->data);
}

/* Forgets the buffer up to `at`. */
static void
drop(VocMboxSplit *split, gsize at)
{
    memmove(split->buffer.data, split->buffer.data + at, split->buffer.len - at);
    split->buffer.len -= at;
    split->offset += at;
    split->start -= MIN(split->start, at);
    split->scanned -= MIN(split->scanned, at);
}

/* The value of Content-Length among the headers, which end before `end`; -1 when there is none. */
static gint64
content_length(const char *at, const char *end)
{
    while (at < end) {
        const char *newline = memchr(at, '\n', (gsize)(end - at));

        if (end - at > 15 && g_ascii_strncasecmp(at, "Content-Length:", 15) == 0) {
            const char *digit = at + 15;
            gint64 value = 0;

            while (digit < end && *digit == ' ')
                digit++;
            if (digit == end || !g_ascii_isdigit(*digit))
                return -1;
            for (; digit < end && g_ascii_isdigit(*digit) && value < G_MAXINT32; digit++)
                value = value * 10 + (*digit - '0');
            return value;
        }
        at = newline ? newline + 1 : end;
    }
    return -1;
}

/* Where the body of the mail in hand begins; 0 while that is not known. */
static gsize
find_body(const VocMboxSplit *split)
{
    const char *at = split->buffer.data + split->start, *end = split->buffer.data + split->buffer.len;

    while (at < end && (gsize)(at - split->buffer.data) - split->start < VOC_MAIL_MAX / 64) {
        if (*at == '\n')
            return (gsize)(at + 1 - split->buffer.data);
        if (end - at > 1 && *at == '\r' && at[1] == '\n')
            return (gsize)(at + 2 - split->buffer.data);
        at = memchr(at, '\n', (gsize)(end - at));
        if (!at)
            return 0;
        at++;
    }
    return 0;
}

/* Looks where Content-Length says that the mail ends, and believes it if the file ends there or the next mail
 * begins. FALSE while more must be read to tell. */
static gboolean
measure(VocMboxSplit *split, gboolean last)
{
    gsize body = find_body(split), end;
    gint64 length;

    if (!body && !last && split->buffer.len - split->start < VOC_MAIL_MAX / 64)
        return FALSE;
    split->measured = TRUE;
    length = body ? content_length(split->buffer.data + split->start, split->buffer.data + body) : -1;
    if (length <= 0 || (gsize)length > split->max)
        return TRUE;
    end = body + (gsize)length;
    if (split->buffer.len < end + MAX_LINE && !last) {
        split->measured = FALSE;
        return FALSE;
    }
    if (end > split->buffer.len)
        return TRUE;
    while (end < split->buffer.len && (split->buffer.data[end] == '\n' || split->buffer.data[end] == '\r'))
        end++;
    if (end == split->buffer.len ||
        memcmp(split->buffer.data + end, "From ", MIN(5, split->buffer.len - end)) == 0) {
        split->scanned = MAX(split->scanned, end - 1);
        split->by_length = TRUE;
    }
    return TRUE;
}

static gboolean
is_blank_before(const VocMboxSplit *split, gsize at)
{
    const char *data = split->buffer.data;

    if (at == 0 || (at == 3 && split->offset == 0)) /* a byte order mark */
        return split->offset == 0 || split->skipping;
    if (at >= 1 && data[at - 1] == '\n')
        at--;
    if (at >= 1 && data[at - 1] == '\r')
        at--;
    return at == 0 || data[at - 1] == '\n';
}

/* Whether a separator stands at `at`: 1 yes, 0 no, -1 more must be read to tell. `*behind` is where its line
 * ends. */
static int
look_at(const VocMboxSplit *split, gsize at, gboolean last, gsize *behind)
{
    VocSlice text = voc_slice_of(split->buffer.data + at, split->buffer.len - at), line, next;

    if (text.len < 5)
        return last ? 0 : -1;
    if (!begins(text, "From "))
        return 0;
    line = first_line(text);
    if (line.data[line.len - 1] != '\n' && !last)
        return line.len > MAX_LINE ? 0 : -1;
    next = first_line(voc_slice_of(line.data + line.len, text.len - line.len));
    if ((!next.len || next.data[next.len - 1] != '\n') && next.len < MAX_LINE && !last)
        return -1;
    *behind = at + line.len;
    return line.len <= MAX_LINE && separates(line, next, is_blank_before(split, at));
}

/* The next place where a separator may stand, from split->scanned on; the buffer's length when there is none.
 */
static gsize
next_candidate(VocMboxSplit *split)
{
    const char *data = split->buffer.data, *at = data + split->scanned, *end = data + split->buffer.len;

    if (split->scanned == 0 && split->offset == 0 && !split->inside)
        return begins(voc_buffer_slice(&split->buffer), "\357\273\277") ? 3 : 0;
    while (at < end && (at = memmem(at, (gsize)(end - at), "From ", 5))) {
        if (at > data && at[-1] == '\n')
            return (gsize)(at - data);
        split->quoted |= at > data && at[-1] == '>';
        at++;
    }
    return split->buffer.len;
}

/* Begins the mail whose separator stands at `at`. */
static void
begin_mail(VocMboxSplit *split, gsize at, gsize behind)
{
    if (split->skipping || !split->inside)
        split->line += count_lines(split->buffer.data + split->start, at - split->start);
    split->line += 1;
    split->start = split->scanned = behind;
    split->scanned -= behind > 0; /* a separator may follow at once */
    split->inside = TRUE;
    split->skipping = split->measured = split->by_length = split->quoted = FALSE;
}

/* The mail is longer than the most: hands on its beginning. */
static void
cut_mail(VocMboxSplit *split)
{
    hand_on(split, split->start + split->max, TRUE);
    split->start += split->max;
    split->skipping = TRUE;
}

/* What is certainly behind no separator's beginning. */
static void
forget(VocMboxSplit *split)
{
    gsize tail = MIN(split->buffer.len, 2 * MAX_LINE), at = split->buffer.len - tail;

    if (split->inside && !split->skipping) {
        drop(split, split->start - MIN(split->start, 4)); /* with the line end before it */
        return;
    }
    at = MIN(at, split->scanned - MIN(split->scanned, 4));
    if (at > split->start) {
        guint64 lines = count_lines(split->buffer.data + split->start, at - split->start);

        split->line += lines;
        if (!split->inside)
            split->lost += at - split->start;
        split->start = at;
    }
    drop(split, at);
}

static void
scan(VocMboxSplit *split, gboolean last)
{
    for (;;) {
        gsize at, behind = 0;
        int found;

        if (split->inside && !split->skipping && !split->measured && !measure(split, last))
            return;
        at = next_candidate(split);
        if (at >= split->buffer.len) {
            gsize held = MIN(split->buffer.len, 5); /* of a "From " that is cut */

            split->scanned = MAX(split->scanned, split->buffer.len - held);
            return;
        }
        found = look_at(split, at, last, &behind);
        if (found < 0) {
            split->scanned =
                MAX(split->scanned, at > 3 ? at - 1 : 0); /* the first may have a mark before it */
            return;
        }
        if (!found) {
            split->scanned = MAX(split->scanned, at + 1);
            continue;
        }
        if (split->inside)
            hand_on(split, at, FALSE);
        else
            split->lost += at - split->start;
        begin_mail(split, at, behind);
    }
}

void
voc_mbox_split_feed(VocMboxSplit *split, VocSlice bytes, gboolean last)
{
    voc_buffer_add_slice(&split->buffer, bytes);
    scan(split, last);
    while (split->inside && !split->skipping && split->buffer.len - split->start > split->max + MAX_LINE) {
        cut_mail(split);
        scan(split, last);
    }
    if (last && split->inside)
        hand_on(split, split->buffer.len, FALSE);
    else if (last)
        split->lost += split->buffer.len - split->start;
    if (!last)
        forget(split);
}
