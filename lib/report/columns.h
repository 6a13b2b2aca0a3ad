/* Plain text in columns: widths as a terminal shows them, whatever the locale (cron has none). */
#ifndef VOC_REPORT_COLUMNS_H
#define VOC_REPORT_COLUMNS_H

#include "base/buffer.h"

G_BEGIN_DECLS

/* Columns that `text` takes on a terminal: 2 for wide characters, 0 for combining ones and colour codes. */
int voc_columns_width(const char *text);

typedef enum { VOC_ALIGN_LEFT, VOC_ALIGN_RIGHT } VocAlign;

/* A table of strings: rows of `n_columns` cells, the first row being the head. */
typedef struct VocColumns {
    int n_columns;
    const VocAlign *align; /* n_columns of them; must outlive the table */
    GPtrArray *cells;
} VocColumns;

void voc_columns_init(VocColumns *columns, int n_columns, const VocAlign *align);
void voc_columns_clear(VocColumns *columns);

/* Adds a row of n_columns cells, which must live until the table is written. */
void voc_columns_add(VocColumns *columns, const char *const *cells);

/* Writes all rows within `width` columns, the first column cut with "…" where needed, and a rule below the
 * head. */
void voc_columns_write(const VocColumns *columns, int width, VocBuffer *out);

/* Writes `text` as a paragraph: lines of at most `width`, the first behind `first`, the others behind `rest`.
 */
void voc_columns_paragraph(const char *text, const char *first, const char *rest, int width, VocBuffer *out);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VocColumns, voc_columns_clear)

G_END_DECLS

#endif
