/* Rows of a decided table into messages. */
#ifndef VOC_READ_ROWS_H
#define VOC_READ_ROWS_H

#include "read/columns.h"
#include "read/identity.h"

G_BEGIN_DECLS

typedef struct VocRows VocRows;

/* The table, the zone and the identity must outlive it; `source` (the path that records name) is copied. */
VocRows *voc_rows_new(VocTable *table, VocZone *zone, VocIdentity *identity, const char *source);
void voc_rows_free(VocRows *rows); /* NULL is fine */

/* A row that has been read. */
typedef struct VocRow {
    const VocSlice *cells; /* text of each column, UTF-8; absent cells are empty */
    const VocSlice *raws;  /* NULL, or of each column its value as JSON for `fields`; empty: it has none */
    gsize n;               /* cells there are: those of columns behind them are empty */
    VocSlice fields;       /* more members of `fields`, as JSON without braces; empty as a rule */
    guint64 row, line;     /* numbers for messages: of the row, and of the line it starts on */
} VocRow;

/* Adds the row's messages to `out`, a line of JSON each. FALSE when the row is bad: nothing is added, and
 * `reason` says which column and why (it is emptied first). */
gboolean voc_rows_add(VocRows *rows, const VocRow *row, VocBuffer *out, VocBuffer *reason);

/* Messages so far, and those without text. */
guint64 voc_rows_count(const VocRows *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocRows, voc_rows_free)

G_END_DECLS

#endif
