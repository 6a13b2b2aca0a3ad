/* Rows of a question, written for the next filter, a spreadsheet or a person. */
#ifndef VOC_CMD_ROWS_H
#define VOC_CMD_ROWS_H

#include "filter.h"
#include "store/sqlite.h"

G_BEGIN_DECLS

typedef enum {
    VOC_ROWS_RECORDS, /* a column `record` as it is; else an object a row */
    VOC_ROWS_TSV,
    VOC_ROWS_CSV,
    VOC_ROWS_TABLE,
    VOC_N_ROWS,
} VocRowsFormat;

/* The format of that name; NULL is a table on a terminal and TSV elsewhere. FALSE and VOC_ERROR_USAGE for any
 * other word. */
gboolean voc_rows_format(const VocProgram *program, const char *name, VocRowsFormat *format, GError **error);

/* Writes the statement's rows, `limit` of them at most (0: all). Text that a spreadsheet would take for a
 * formula stands behind an apostrophe in TSV and CSV; a cell is one line in TSV and in a table, and nothing
 * in it steers a terminal. Sets `*more` when rows were left out. */
gboolean voc_rows_write(VocProgram *program, VocStatement *statement, VocRowsFormat format, gint64 limit,
                        gboolean *more, GError **error);

G_END_DECLS

#endif
