/* Delimited tables: rows of cells out of a stream of bytes.
 *
 * A push parser over libcsv. It is tolerant the way libcsv is: a quote inside an unquoted cell is a
 * character, a quote inside a quoted cell that is followed by neither the delimiter nor a line's end is a
 * character, white space around an unquoted cell goes. Rows end with LF, CRLF or CR; empty lines are no rows.
 *
 * Memory is bounded: a row is at most `max_row` bytes. A quote that is never closed costs the line it stands
 * on, not the file: what came after that line is read again. */
#ifndef VOC_IO_CSV_H
#define VOC_IO_CSV_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

typedef struct VocCsvOptions {
    char delimiter; /* ',', ';', TAB, any byte; 0: a line is one cell */
    char quote;     /* '"' as a rule; 0: quotes mean nothing */
    gsize max_row;  /* bytes; 0 picks VOC_CSV_MAX_ROW */
    gsize wanted;   /* cells of a row that are looked at, those behind may be left out of it; 0: all are */
} VocCsvOptions;

#define VOC_CSV_MAX_ROW ((gsize)4 << 20)
#define VOC_CSV_OPTIONS_INIT ((VocCsvOptions){',', '"', 0})

typedef struct VocCsvRow {
    const VocSlice *cells; /* never NULL; unescaped */
    gsize n_cells;         /* 1 or more */
    guint64 row;           /* from 1; a header is row 1; rows told as problems count */
    guint64 line;          /* where it starts, from 1 */
    guint64 offset;        /* bytes in front of it in the stream */
    VocSlice raw;          /* its bytes as they were, without the last line end */
} VocCsvRow;

typedef enum {
    VOC_CSV_OPEN_QUOTE, /* the quote that opens on this line is never closed */
    VOC_CSV_TOO_LONG,   /* the line is longer than max_row; `raw` is its beginning */
    VOC_CSV_MORE,       /* `raw` is more of that line; the last piece ends with its line end */
} VocCsvProblemKind;

typedef struct VocCsvProblem {
    VocCsvProblemKind kind;
    guint64 row, line, offset; /* as of VocCsvRow */
    gsize cell;                /* from 0: where the open quote is */
    VocSlice raw;              /* the line that is left out */
} VocCsvProblem;

/* Slices live until the function returns. A function that returns FALSE ends the parse: the feed or finish
 * that called it returns FALSE. */
typedef struct VocCsvHandler {
    gboolean (*row)(const VocCsvRow *row, gpointer data);
    gboolean (*problem)(const VocCsvProblem *problem, gpointer data); /* NULL: problems are skipped */
    gpointer data;
} VocCsvHandler;

typedef struct VocCsv VocCsv;

/* Both structs are copied. Aborts when memory runs out, as g_malloc does. */
VocCsv *voc_csv_new(const VocCsvOptions *options, const VocCsvHandler *handler);
void voc_csv_free(VocCsv *csv); /* NULL is fine */

/* The next bytes of the table, cut anywhere. Returns FALSE once a handler has; nothing is read after that. */
gboolean voc_csv_feed(VocCsv *csv, VocSlice bytes);

/* The end of the table: the last row, with or without a line end. The parser takes no more after it. */
gboolean voc_csv_finish(VocCsv *csv);

typedef struct VocCsvGuess {
    VocCsvOptions options;
    gsize n_columns;  /* of most rows */
    gsize skip_bytes; /* an Excel `sep=;` line in front of the table, else 0 */
    guint64 skip_lines;
    double share; /* of the rows that have n_columns cells, 0..1 */
    gsize n_rows; /* looked at */
} VocCsvGuess;

/* What delimits the table that begins with `sample`: comma, semicolon, tab or bar, the one that gives most
 * rows the same number of cells, 2 or more; otherwise a line is a cell. `complete` says that the sample is
 * all there is (otherwise its last row is left out). */
VocCsvGuess voc_csv_guess(VocSlice sample, gboolean complete);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocCsv, voc_csv_free)

G_END_DECLS

#endif
