#include "io/csv.h"

#include <csv.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* How often the lines behind an open quote are read again before, up to the end of what was read, a quote
 * must close on its own line: a hostile file costs a few passes and not one a line. */
#define MAX_RECOVERIES 16
#define PARSER_BLOCK ((gsize)32 << 10)

typedef struct Span {
    gsize start, len; /* into VocCsv.text */
} Span;

struct VocCsv {
    VocCsvOptions options;
    VocCsvHandler handler;
    struct csv_parser parser;
    VocBuffer pending; /* the row that the last feed left unfinished */
    gsize parsed;      /* bytes of it that libcsv has seen; whole lines */
    VocBuffer text;    /* the cells that libcsv made of it */
    GArray *spans;     /* of Span: where they are in `text` */
    VocSlice *cells;   /* the row that is handed on */
    gsize n_cells, max_cells;
    guint64 row, line, offset;
    guint64 recovered_to; /* lines that start in front of this offset have been read before */
    int recoveries;
    gboolean row_done; /* libcsv has come to the row's end */
    gboolean skipping; /* behind the beginning of a line that is too long */
    gboolean after_cr; /* the line ended with the last byte seen, a CR: a LF belongs to it */
    gboolean stopped;
};

/* Where the next LF and CR are; each byte is looked at once, however the two are mixed. */
typedef struct Lines {
    const char *end, *lf, *cr;
} Lines;

static void
start_parser(VocCsv *csv)
{
    if (csv_init(&csv->parser, 0) != 0)
        g_error("out of memory");
    csv_set_realloc_func(&csv->parser, g_realloc);
    csv_set_free_func(&csv->parser, g_free);
    csv_set_blk_size(&csv->parser, PARSER_BLOCK);
    csv_set_delim(&csv->parser, (unsigned char)csv->options.delimiter);
    csv_set_quote(&csv->parser, (unsigned char)csv->options.quote);
}

VocCsv *
voc_csv_new(const VocCsvOptions *options, const VocCsvHandler *handler)
{
    VocCsv *csv = g_new0(VocCsv, 1);

    csv->options = *options;
    csv->handler = *handler;
    if (!csv->options.max_row)
        csv->options.max_row = VOC_CSV_MAX_ROW;
    csv->spans = g_array_new(FALSE, FALSE, sizeof(Span));
    csv->row = csv->line = 1;
    start_parser(csv);
    return csv;
}

void
voc_csv_free(VocCsv *csv)
{
    if (!csv)
        return;
    csv_free(&csv->parser);
    voc_buffer_clear(&csv->pending);
    voc_buffer_clear(&csv->text);
    g_array_free(csv->spans, TRUE);
    g_free(csv->cells);
    g_free(csv);
}

static void
take_cell(void *cell, size_t len, void *data)
{
    VocCsv *csv = data;
    Span span = {csv->text.len, len};

    voc_buffer_add(&csv->text, cell, len);
    g_array_append_val(csv->spans, span);
}

static void
take_row_end(int terminator, void *data)
{
    (void)terminator;
    ((VocCsv *)data)->row_done = TRUE;
}

/* One physical line, its end included, into libcsv. */
static void
parse_line(VocCsv *csv, const char *line, gsize len)
{
    csv_parse(&csv->parser, line, len, take_cell, take_row_end, csv);
}

/* Forgets the row that libcsv is in. */
static void
drop_row(VocCsv *csv)
{
    csv_fini(&csv->parser, NULL, NULL, NULL);
    csv->parsed = 0;
    csv->row_done = FALSE;
    csv->text.len = 0;
    g_array_set_size(csv->spans, 0);
}

static inline gboolean
is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static inline VocSlice
trimmed(const char *start, const char *end)
{
    while (start < end && is_blank(*start))
        start++;
    while (start < end && is_blank(end[-1]))
        end--;
    return voc_slice_of(start, (gsize)(end - start));
}

static inline void
add_cell(VocCsv *csv, VocSlice cell)
{
    if (G_UNLIKELY(csv->n_cells == csv->max_cells)) {
        csv->max_cells = MAX(64, csv->max_cells * 2);
        csv->cells = g_renew(VocSlice, csv->cells, csv->max_cells);
    }
    csv->cells[csv->n_cells++] = cell;
}

/* Cells of a line without quotes: no state to keep, so no state machine. */
static void
split_plain(VocCsv *csv, const char *at, const char *end)
{
    char delimiter = csv->options.delimiter;
    const char *cell = at;

    csv->n_cells = 0;
    if (delimiter) {
#ifdef __SSE2__
        const __m128i wanted = _mm_set1_epi8(delimiter);

        for (; end - at >= 16; at += 16) {
            __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)at);
            unsigned hits = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted));

            for (; hits; hits &= hits - 1) {
                const char *stop = at + __builtin_ctz(hits);
                add_cell(csv, trimmed(cell, stop));
                cell = stop + 1;
                if (csv->n_cells == csv->options.wanted)
                    return;
            }
        }
#endif
        for (; at < end; at++) {
            if (*at == delimiter) {
                add_cell(csv, trimmed(cell, at));
                cell = at + 1;
            }
        }
    }
    add_cell(csv, trimmed(cell, end));
}

/* The cell whose opening quote is at `at`. Returns what comes behind its closing quote, or NULL when the
 * quoting is not the plain kind or not all of the cell is there. */
static const char *
split_quoted_cell(VocCsv *csv, const char *at, const char *end)
{
    char quote = csv->options.quote;
    const char *text = ++at, *close;
    gsize start = csv->text.len;

    while ((close = memchr(at, quote, (gsize)(end - at))) && close + 1 < end && close[1] == quote) {
        voc_buffer_add(&csv->text, at, (gsize)(close + 1 - at));
        at = close + 2;
    }
    if (!close || close + 1 == end ||
        (close[1] != csv->options.delimiter && close[1] != '\n' && close[1] != '\r'))
        return NULL;
    if (at == text) {
        add_cell(csv, voc_slice_of(text, (gsize)(close - text)));
    } else {
        voc_buffer_add(&csv->text, at, (gsize)(close - at));
        add_cell(csv, voc_slice_of(csv->text.data + start, csv->text.len - start));
    }
    return close + 1;
}

/* Cells of a row whose quotes stand where RFC 4180 has them. Returns what comes behind the row's line end;
 * NULL: libcsv must judge, or more of the row is to come. */
static const char *
split_quoted(VocCsv *csv, const char *at, const char *end)
{
    char delimiter = csv->options.delimiter, quote = csv->options.quote;

    csv->n_cells = 0;
    csv->text.len = 0;
    voc_buffer_reserve(&csv->text, (gsize)(end - at)); /* so that the cells in it do not move */
    for (;;) {
        const char *stop = at;

        if (at < end && *at == quote) {
            if (!(stop = split_quoted_cell(csv, at, end)))
                return NULL;
        } else {
            while (stop < end && *stop != delimiter && *stop != quote && *stop != '\n' && *stop != '\r')
                stop++;
            if (stop == end || *stop == quote)
                return NULL;
            add_cell(csv, trimmed(at, stop));
        }
        at = stop + 1;
        if (*stop == '\n')
            return at;
        if (*stop == '\r')
            return at < end && *at == '\n' ? at + 1 : at;
    }
}

static void
collect_cells(VocCsv *csv)
{
    csv->n_cells = 0;
    for (guint i = 0; i < csv->spans->len; i++) {
        Span span = g_array_index(csv->spans, Span, i);
        add_cell(csv, voc_slice_of(csv->text.data ? csv->text.data + span.start : "", span.len));
    }
}

static guint64
count_line_ends(const char *at, gsize len)
{
    const char *end = at + len;
    guint64 n = 0;

    for (; at < end; at++) {
        if (*at == '\n')
            n++;
        else if (*at == '\r' && (at + 1 == end || at[1] != '\n'))
            n++;
    }
    return n;
}

static gsize
without_line_end(const char *at, gsize len)
{
    if (len > 0 && at[len - 1] == '\n')
        len--;
    if (len > 0 && at[len - 1] == '\r')
        len--;
    return len;
}

/* Behind `len` bytes that ended a line (or the table). */
static void
advance(VocCsv *csv, const char *at, gsize len, guint64 lines)
{
    csv->offset += len;
    csv->line += lines;
    csv->after_cr = len > 0 && at[len - 1] == '\r';
}

/* Hands on the row in csv->cells, whose bytes are `at`, and goes behind it. */
static void
emit_row(VocCsv *csv, const char *at, gsize len, guint64 lines)
{
    VocCsvRow row = {csv->cells, csv->n_cells, csv->row,
                     csv->line,  csv->offset,  voc_slice_of(at, without_line_end(at, len))};

    if (!csv->handler.row(&row, csv->handler.data))
        csv->stopped = TRUE;
    csv->row++;
    advance(csv, at, len, lines);
}

/* Tells of a problem with the line at `at`; the caller goes behind it. */
static void
emit_problem(VocCsv *csv, VocCsvProblemKind kind, gsize cell, const char *at, gsize len)
{
    VocCsvProblem problem = {kind,        csv->row, csv->line,
                             csv->offset, cell,     voc_slice_of(at, without_line_end(at, len))};

    if (csv->handler.problem && !csv->handler.problem(&problem, csv->handler.data))
        csv->stopped = TRUE;
    csv->row++;
}

/* Tells of more bytes of a line that is too long. */
static void
emit_more(VocCsv *csv, const char *at, gsize len)
{
    VocCsvProblem problem = {VOC_CSV_MORE, csv->row, csv->line, csv->offset, 0, voc_slice_of(at, len)};

    if (csv->handler.problem && !csv->handler.problem(&problem, csv->handler.data))
        csv->stopped = TRUE;
}

static void
lines_init(Lines *lines, const char *at, gsize len)
{
    lines->end = at + len;
    lines->lf = lines->cr = at - 1;
}

/* Behind the end of the line that `at` is on (CR, LF, CRLF), or NULL when it does not end here. */
static const char *
line_end(Lines *lines, const char *at)
{
    if (lines->lf < at) {
        const char *lf = memchr(at, '\n', (gsize)(lines->end - at));
        lines->lf = lf ? lf : lines->end;
    }
    if (lines->cr < at) {
        const char *cr = memchr(at, '\r', (gsize)(lines->end - at));
        lines->cr = cr ? cr : lines->end;
    }
    if (lines->cr + 1 < lines->lf)
        return lines->cr + 1;
    return lines->lf < lines->end ? lines->lf + 1 : lines->cr < lines->end ? lines->cr + 1 : NULL;
}

/* The row that begins at `at`, whose first line ends before `behind`, when it can be told without libcsv:
 * returns what comes behind it. A blank line is no row, but is gone behind. NULL: nothing done. */
static const char *
read_plain_row(VocCsv *csv, const char *at, const char *behind, const char *end)
{
    gsize len = (gsize)(behind - at), text = without_line_end(at, len);

    if (trimmed(at, at + text).len == 0) {
        advance(csv, at, len, 1);
        return behind;
    }
    if (!csv->options.quote || !memchr(at, csv->options.quote, text)) {
        split_plain(csv, at, at + text);
        emit_row(csv, at, len, 1);
        return behind;
    }
    /* What has been read before may have quotes that nothing closes: a line at a time, so as not to look for
     * their end again and again. */
    if (!csv->options.delimiter ||
        !(behind = split_quoted(csv, at, csv->offset < csv->recovered_to ? behind : end)))
        return NULL;
    emit_row(csv, at, (gsize)(behind - at), count_line_ends(at, (gsize)(behind - at)));
    return behind;
}

/* The row of `len` bytes at `at`, all of which libcsv has seen: TRUE when it is done with. */
static gboolean
finish_parsed(VocCsv *csv, const char *at, gsize len)
{
    if (csv->row_done) {
        collect_cells(csv);
        drop_row(csv);
        emit_row(csv, at, len, count_line_ends(at, len));
        return TRUE;
    }
    if (csv->offset < csv->recovered_to && csv->recoveries >= MAX_RECOVERIES) {
        gsize cell = csv->spans->len;

        drop_row(csv);
        emit_problem(csv, VOC_CSV_OPEN_QUOTE, cell, at, len);
        advance(csv, at, len, 1);
        return TRUE;
    }
    return FALSE;
}

/* Reads rows from contiguous bytes that begin with a row, `csv->parsed` bytes of which libcsv has seen.
 * Returns how many bytes are done with; the rest is an unfinished row. */
static gsize
read_rows(VocCsv *csv, const char *at, gsize len)
{
    const char *start = at;
    const char *next = at + csv->parsed;
    const char *behind;
    Lines lines;

    lines_init(&lines, at, len);
    while (!csv->stopped && next < lines.end && (behind = line_end(&lines, next))) {
        if (csv->parsed == 0) {
            const char *plain = read_plain_row(csv, next, behind, lines.end);

            if (plain) {
                at = next = plain;
                continue;
            }
            csv->text.len = 0;
        }
        parse_line(csv, next, (gsize)(behind - next));
        next = behind;
        csv->parsed = (gsize)(next - at);
        if (finish_parsed(csv, at, csv->parsed))
            at = next;
    }
    return (gsize)(at - start);
}

/* Keeps what `read_rows` left. Bytes that are kept already do not move: `at` may be the pending row itself.
 */
static void
keep_rest(VocCsv *csv, const char *at, gsize len)
{
    if (len && at >= csv->pending.data && at < csv->pending.data + csv->pending.len)
        memmove(csv->pending.data, at, len);
    else if (len) {
        csv->pending.len = 0;
        voc_buffer_add(&csv->pending, at, len);
    }
    csv->pending.len = len;
}

/* The row in `at` cannot be finished: tells of its first line and reads the lines behind that again. A first
 * line that is too long has nothing behind it yet: what comes is skipped up to its end. */
static void
recover(VocCsv *csv, VocCsvProblemKind kind, const char *at, gsize len)
{
    Lines lines;
    const char *behind;
    gsize cell = csv->spans->len, first;

    lines_init(&lines, at, len);
    behind = line_end(&lines, at);
    first = behind ? (gsize)(behind - at) : len;
    drop_row(csv);
    if (csv->offset >= csv->recovered_to)
        csv->recoveries = 0;
    csv->recoveries++;
    csv->recovered_to = MAX(csv->recovered_to, csv->offset + len);
    emit_problem(csv, behind ? VOC_CSV_OPEN_QUOTE : kind, cell, at, first);
    if (behind) {
        advance(csv, at, first, 1);
        if (!csv->stopped)
            first += read_rows(csv, at + first, len - first);
    } else {
        csv->offset += len;
        csv->skipping = TRUE;
    }
    keep_rest(csv, at + first, len - first);
}

/* Goes behind bytes of a line that was too long. */
static VocSlice
skip_long_line(VocCsv *csv, VocSlice bytes)
{
    Lines lines;
    const char *behind;
    gsize n;

    lines_init(&lines, bytes.data, bytes.len);
    behind = line_end(&lines, bytes.data);
    n = behind ? (gsize)(behind - bytes.data) : bytes.len;
    if (behind)
        csv->skipping = FALSE;
    emit_more(csv, bytes.data, n);
    advance(csv, bytes.data, n, behind ? 1 : 0);
    csv->after_cr = behind && csv->after_cr;
    return voc_slice_of(bytes.data + n, bytes.len - n);
}

/* Adds to the pending row one line of `bytes` (or all there is) and reads on. */
static VocSlice
extend_pending(VocCsv *csv, VocSlice bytes)
{
    Lines lines;
    const char *behind;
    gsize n, room = csv->options.max_row + 1 - MIN(csv->pending.len, csv->options.max_row), done;

    lines_init(&lines, bytes.data, MIN(bytes.len, room));
    behind = line_end(&lines, bytes.data);
    n = behind ? (gsize)(behind - bytes.data) : MIN(bytes.len, room);
    voc_buffer_add(&csv->pending, bytes.data, n);
    done = behind ? read_rows(csv, csv->pending.data, csv->pending.len) : 0;
    if (done)
        keep_rest(csv, csv->pending.data + done, csv->pending.len - done);
    return voc_slice_of(bytes.data + n, bytes.len - n);
}

gboolean
voc_csv_feed(VocCsv *csv, VocSlice bytes)
{
    while (bytes.len && !csv->stopped) {
        if (csv->after_cr && !csv->pending.len && bytes.data[0] == '\n') {
            csv->after_cr = FALSE;
            csv->offset++;
            bytes = voc_slice_of(bytes.data + 1, bytes.len - 1);
        } else if (csv->skipping) {
            bytes = skip_long_line(csv, bytes);
        } else if (csv->pending.len > csv->options.max_row) {
            recover(csv, VOC_CSV_TOO_LONG, csv->pending.data, csv->pending.len);
        } else if (csv->pending.len) {
            bytes = extend_pending(csv, bytes);
        } else {
            gsize n = read_rows(csv, bytes.data, bytes.len);
            gsize keep = MIN(bytes.len - n, csv->options.max_row + 1);

            csv->parsed = csv->parsed <= keep ? csv->parsed : 0;
            voc_buffer_add(&csv->pending, bytes.data + n, keep);
            bytes = voc_slice_of(bytes.data + n + keep, bytes.len - n - keep);
        }
    }
    return !csv->stopped;
}

gboolean
voc_csv_finish(VocCsv *csv)
{
    csv->after_cr = FALSE;
    if (csv->pending.len || csv->skipping)
        voc_csv_feed(csv, VOC_SLICE("\n"));
    while (csv->pending.len && !csv->stopped)
        recover(csv, VOC_CSV_OPEN_QUOTE, csv->pending.data, csv->pending.len);
    return !csv->stopped;
}
