#include "read/mbox.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define MAX_CONTENT_LENGTH ((guint64)1 << 40)
#define MAX_WRONG 16 /* wrong ones, before they are not believed any more */

struct VocMbox {
    VocMboxFunc func;
    gpointer data;
    VocBuffer
        mail; /* the From line and all behind it, of the mail being read; its last line may be unfinished */
    gsize line_start;    /* of the unfinished line */
    gsize first_line;    /* length of the From line with its end */
    gsize body;          /* where the body begins; 0: still in the headers */
    guint64 body_length; /* of Content-Length; 0: none, or not to be believed */
    gsize candidate; /* a From line that stands where Content-Length says that there is body still; 0: none */
    guint64 candidate_line;
    guint64 number, offset, line; /* of the mail */
    guint64 here;                 /* line number of the unfinished line */
    guint64 dropped;              /* bytes of the mail beyond the most that is kept */
    guint wrong_lengths;          /* times that Content-Length did not lead to a From line */
    gboolean open;                /* inside a mail */
    gboolean quoted;              /* a line of it may begin with ">From " */
    gsize from_len;               /* of the line before when it is a From line, else 0 */
};

VocMbox *
voc_mbox_new(VocMboxFunc func, gpointer data)
{
    VocMbox *mbox = g_new0(VocMbox, 1);

    mbox->func = func;
    mbox->data = data;
    mbox->here = 1;
    return mbox;
}

void
voc_mbox_free(VocMbox *mbox)
{
    if (!mbox)
        return;
    voc_buffer_clear(&mbox->mail);
    g_free(mbox);
}

static gsize
without_end(const char *at, gsize len)
{
    if (len && at[len - 1] == '\n')
        len--;
    if (len && at[len - 1] == '\r')
        len--;
    return len;
}

/* Has the text a clock (12:30) and a year (1970 to 2099)? */
static gboolean
has_clock_and_year(VocSlice text)
{
    gboolean clock = FALSE, year = FALSE;

    for (gsize i = 0; i + 4 <= text.len; i++) {
        const char *at = text.data + i;

        clock |= i + 5 <= text.len && g_ascii_isdigit(at[0]) && g_ascii_isdigit(at[1]) && at[2] == ':' &&
                 g_ascii_isdigit(at[3]) && g_ascii_isdigit(at[4]);
        year |= (i == 0 || at[-1] == ' ') &&
                ((at[0] == '1' && at[1] == '9') || (at[0] == '2' && at[1] == '0')) &&
                g_ascii_isdigit(at[2]) && g_ascii_isdigit(at[3]) && (i + 4 == text.len || at[4] == ' ');
    }
    return clock && year;
}

gboolean
voc_mbox_is_from_line(VocSlice line)
{
    VocSlice rest;

    line.len = without_end(line.data, line.len);
    if (line.len < 6 || memcmp(line.data, "From ", 5) != 0)
        return FALSE;
    rest = voc_slice_strip(voc_slice_of(line.data + 5, line.len - 5));
    if (!rest.len)
        return FALSE;
    if (voc_slice_equal_string(rest, "-") || (rest.len < 512 && has_clock_and_year(rest)))
        return TRUE;
    return rest.len < 512 && memchr(rest.data, '@', rest.len) && !memchr(rest.data, ' ', rest.len);
}

VocSlice
voc_mbox_from_date(VocSlice from_line)
{
    const char *space;
    VocSlice rest;

    if (from_line.len < 6)
        return VOC_SLICE_NONE;
    rest = voc_slice_strip(voc_slice_of(from_line.data + 5, from_line.len - 5));
    space = rest.len ? memchr(rest.data, ' ', rest.len) : NULL;
    return space ? voc_slice_strip(voc_slice_of(space, rest.len - (gsize)(space - rest.data)))
                 : VOC_SLICE_NONE;
}

static void
begin(VocMbox *mbox, gsize first_line, guint64 line)
{
    mbox->open = TRUE;
    mbox->first_line = first_line;
    mbox->body = mbox->candidate = 0;
    mbox->body_length = mbox->dropped = 0;
    mbox->quoted = FALSE;
    mbox->line = line;
    mbox->number++;
}

/* Hands on the mail that ends at `end` of the buffer, and takes it off. */
static void
emit(VocMbox *mbox, gsize end)
{
    VocMboxMail mail = {.number = mbox->number,
                        .offset = mbox->offset,
                        .line = mbox->line,
                        .cut = mbox->dropped > 0,
                        .quoted = mbox->quoted};

    mail.from_line = voc_slice_of(mbox->mail.data, without_end(mbox->mail.data, mbox->first_line));
    mail.mail = voc_slice_of(mbox->mail.data + mbox->first_line, end - mbox->first_line);
    mbox->func(&mail, mbox->data);
    mbox->offset += end + mbox->dropped;
    memmove(mbox->mail.data, mbox->mail.data + end, mbox->mail.len - end);
    mbox->mail.len -= end;
    mbox->line_start -= MIN(end, mbox->line_start);
    mbox->open = FALSE;
}

static void
read_header(VocMbox *mbox, const char *line, gsize len)
{
    static const char name[] = "Content-Length:";
    gsize n = sizeof name - 1;

    if (len > n && g_ascii_strncasecmp(line, name, n) == 0) {
        guint64 value = g_ascii_strtoull(line + n, NULL, 10);
        mbox->body_length = value < MAX_CONTENT_LENGTH && mbox->wrong_lengths < MAX_WRONG ? value : 0;
    }
}

/* Whether Content-Length says that `at`, where a From line stands, is inside the body still. A few line ends
 * may stand between a body and the next mail. */
static gboolean
is_inside(const VocMbox *mbox, gsize at)
{
    return mbox->body_length && (guint64)(at - mbox->body) + mbox->dropped + 4 < mbox->body_length;
}

/* Content-Length was wrong: the mail ended at the From line that it covered. What is behind is read again; a
 * mailbox that lies often is not believed any more, so that it is not read again and again. */
static void
split_at_candidate(VocMbox *mbox)
{
    VocBuffer again = VOC_BUFFER_INIT;

    mbox->wrong_lengths++;
    voc_buffer_add(&again, mbox->mail.data + mbox->candidate, mbox->mail.len - mbox->candidate);
    mbox->here = mbox->candidate_line;
    mbox->from_len = 0;
    emit(mbox, mbox->candidate);
    voc_buffer_reset(&mbox->mail);
    mbox->line_start = 0;
    voc_mbox_feed(mbox, voc_buffer_slice(&again));
    voc_buffer_clear(&again);
}

/* A From line at `start` of the buffer, its number `line`. FALSE: it has been read again, with what is behind
 * it. */
static gboolean
begin_mail(VocMbox *mbox, gsize start, gsize len, guint64 line)
{
    if (mbox->open && is_inside(mbox, start)) {
        if (!mbox->candidate) {
            mbox->candidate = start;
            mbox->candidate_line = line;
        }
        return TRUE;
    }
    if (mbox->open && mbox->candidate &&
        (guint64)(start - mbox->body) + mbox->dropped > mbox->body_length + 4) {
        split_at_candidate(mbox);
        return FALSE;
    }
    if (mbox->open) {
        emit(mbox, start);
    } else {
        /* What stands in front of the first mail is no mail. */
        mbox->offset += start;
        memmove(mbox->mail.data, mbox->mail.data + start, mbox->mail.len - start);
        mbox->mail.len -= start;
        mbox->line_start -= start;
    }
    begin(mbox, len, line);
    return TRUE;
}

static gboolean
is_header(const char *line, gsize len)
{
    gsize n = 0;

    while (n < len && line[n] > ' ' && line[n] != ':' && (guchar)line[n] < 0x7f)
        n++;
    return n > 0 && n < len && line[n] == ':';
}

/* A whole line of the buffer. A From line begins a mail when a header follows it. */
static void
read_line(VocMbox *mbox, gsize start, gsize len)
{
    const char *line = mbox->mail.data + start;
    gsize text = without_end(line, len);

    if (mbox->from_len && is_header(line, text)) {
        gsize from = start - mbox->from_len, from_len = mbox->from_len, before = mbox->mail.len;

        mbox->from_len = 0;
        if (!begin_mail(mbox, from, from_len, mbox->here - 1))
            return;
        start -= before - mbox->mail.len;
        line = mbox->mail.data + start;
    }
    if (mbox->here == 1 && len > 3 && memcmp(line, "\357\273\277", 3) == 0) {
        line += 3; /* a byte order mark */
        len -= 3;
    }
    mbox->from_len = text > 5 && line[0] == 'F' && voc_mbox_is_from_line(voc_slice_of(line, len)) ? len : 0;
    if (mbox->open && !mbox->body) {
        if (text)
            read_header(mbox, line, text);
        else
            mbox->body = start + len;
    }
    mbox->here++;
}

/* Takes the bytes from `from` to `to` out of the buffer. */
static void
take_out(VocMbox *mbox, gsize from, gsize to)
{
    memmove(mbox->mail.data + from, mbox->mail.data + to, mbox->mail.len - to);
    mbox->mail.len -= to - from;
    mbox->line_start -= MIN(to - from, mbox->line_start);
}

/* Makes room when a mail grows beyond what is kept: the end of it goes, but for a From line that may begin
 * another. */
static void
bound(VocMbox *mbox)
{
    gsize keep = VOC_MBOX_MAIL_MAX, end = mbox->line_start - mbox->from_len;

    if (!mbox->open && end) {
        mbox->offset += end;
        take_out(mbox, 0, end);
    } else if (!mbox->open && !mbox->from_len) {
        mbox->offset += mbox->mail.len;
        voc_buffer_reset(&mbox->mail);
    } else if (mbox->open && end > keep) {
        mbox->dropped += end - keep;
        take_out(mbox, keep, end);
        if (mbox->candidate > keep)
            mbox->candidate = 0;
    } else if (mbox->open && mbox->mail.len > 2 * keep && !mbox->from_len) {
        mbox->dropped += mbox->mail.len - keep; /* one line without an end */
        mbox->mail.len = keep;
        mbox->line_start = MIN(mbox->line_start, keep);
    }
}

static guint64
count_lines(const char *at, gsize len)
{
    guint64 n = 0;

    for (gsize i = 0; i < len; i++)
        n += at[i] == '\n';
    return n;
}

/* Where "From " begins a line behind `at`, or `end`; `*quoted` is set when ">From " is passed. */
static const char *
find_from(const char *at, const char *end, gboolean *quoted)
{
#ifdef __SSE2__
    const __m128i newline = _mm_set1_epi8('\n'), mark = _mm_set1_epi8('>'), f = _mm_set1_epi8('F');

    for (; end - at >= 22; at += 16) {
        __m128i here = _mm_loadu_si128((const __m128i *)(const void *)at);
        __m128i next = _mm_loadu_si128((const __m128i *)(const void *)(at + 1));
        __m128i before = _mm_or_si128(_mm_cmpeq_epi8(here, newline), _mm_cmpeq_epi8(here, mark));
        unsigned hits = (unsigned)_mm_movemask_epi8(_mm_and_si128(before, _mm_cmpeq_epi8(next, f)));

        for (; hits; hits &= hits - 1) {
            const char *hit = at + __builtin_ctz(hits);

            if (memcmp(hit + 1, "From ", 5) != 0)
                continue;
            if (*hit == '\n')
                return hit + 1;
            *quoted = TRUE;
        }
    }
#endif
    for (; end - at >= 6; at++) {
        if ((*at != '\n' && *at != '>') || memcmp(at + 1, "From ", 5) != 0)
            continue;
        if (*at == '\n')
            return at + 1;
        *quoted = TRUE;
    }
    return end;
}

/* Whole lines of a body up to one that may be a From line; how many bytes. */
static gsize
read_body(VocMbox *mbox, const char *at, const char *end)
{
    const char *stop;

    if (end - at < 5 || memcmp(at, "From ", 5) == 0)
        return 0;
    stop = find_from(at, end, &mbox->quoted);
    while (stop > at && stop[-1] != '\n')
        stop--;
    voc_buffer_add(&mbox->mail, at, (gsize)(stop - at));
    mbox->here += count_lines(at, (gsize)(stop - at));
    mbox->line_start = mbox->mail.len;
    return (gsize)(stop - at);
}

void
voc_mbox_feed(VocMbox *mbox, VocSlice bytes)
{
    const char *at = bytes.data, *end = at + bytes.len;

    while (at < end) {
        const char *newline;
        gsize n = 0;

        if (mbox->open && mbox->body && !mbox->from_len && mbox->line_start == mbox->mail.len)
            n = read_body(mbox, at, end);
        if (n == 0) {
            newline = memchr(at, '\n', (gsize)(end - at));
            n = (gsize)((newline ? newline + 1 : end) - at);
            voc_buffer_add(&mbox->mail, at, n);
            mbox->quoted |= *at == '>'; /* near enough: a line by itself is rare */
            if (newline) {
                gsize start = mbox->line_start, len = mbox->mail.len - start;

                mbox->line_start = mbox->mail.len;
                read_line(mbox, start, len);
            }
        }
        at += n;
        if (mbox->mail.len > VOC_MBOX_MAIL_MAX)
            bound(mbox);
    }
}

void
voc_mbox_finish(VocMbox *mbox)
{
    if (mbox->mail.len > mbox->line_start) {
        gsize start = mbox->line_start, len = mbox->mail.len - start;

        mbox->line_start = mbox->mail.len;
        read_line(mbox, start, len);
    }
    while (mbox->open && mbox->candidate &&
           (guint64)(mbox->mail.len - mbox->body) + mbox->dropped + 4 < mbox->body_length)
        split_at_candidate(mbox);
    if (mbox->open)
        emit(mbox, mbox->mail.len);
}

void
voc_mbox_unquote(VocSlice mail, VocBuffer *out)
{
    const char *at = mail.data, *end = at + mail.len, *start = at;

    while (at < end) {
        const char *newline = memchr(at, '\n', (gsize)(end - at));
        const char *behind = at;

        while (behind < end && *behind == '>')
            behind++;
        if (behind > at && end - behind >= 5 && memcmp(behind, "From ", 5) == 0) {
            voc_buffer_add(out, start, (gsize)(at - start));
            start = at + 1;
        }
        at = newline ? newline + 1 : end;
    }
    voc_buffer_add(out, start, (gsize)(end - start));
}
