/* Tab-separated tables of ours: lexicons, word lists, glossaries. Lines that begin with # are comments, empty
 * lines are passed over. */
#ifndef VOC_BASE_TSV_H
#define VOC_BASE_TSV_H

#include "base/error.h"
#include "base/slice.h"

G_BEGIN_DECLS

#define VOC_TSV_COLUMNS 16

typedef struct VocTsv {
    char *path;
    char *data;
    char *next;
    guint line;                     /* number of the current row's line, from 1 */
    guint n;                        /* columns of the current row */
    VocSlice cell[VOC_TSV_COLUMNS]; /* stripped of spaces; those behind `n` are empty */
} VocTsv;

/* Reads the whole file, which must be UTF-8; FALSE and an error (VOC_ERROR_FATAL) when it cannot. A byte
 * order mark is passed over. */
gboolean voc_tsv_open(VocTsv *tsv, const char *path, GError **error);

/* The next row; FALSE at the end. Cells point into the file's text and live until voc_tsv_clear(). */
gboolean voc_tsv_next(VocTsv *tsv);

/* Sets an error that names the file and the current line; always FALSE. */
gboolean voc_tsv_fail(const VocTsv *tsv, GError **error, const char *format, ...) G_GNUC_PRINTF(3, 4);

/* The number in a cell; FALSE when it holds anything else (a decimal comma, for one; nan). */
gboolean voc_tsv_number(const VocTsv *tsv, guint cell, double *number);

void voc_tsv_clear(VocTsv *tsv);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VocTsv, voc_tsv_clear)

G_END_DECLS

#endif
