/* A table of results: tab-separated for programs, columns for people at a terminal. */
#ifndef VOC_CMD_TABLE_H
#define VOC_CMD_TABLE_H

#include "filter.h"
#include "report/columns.h"
#include "stats/terms.h"

G_BEGIN_DECLS

#define VOC_TABLE_COLUMNS 13

typedef struct VocTable {
    guint n_columns;
    VocAlign align[VOC_TABLE_COLUMNS];
    GPtrArray *cells; /* char, row by row; the first row is the header */
} VocTable;

void voc_table_init(VocTable *table);
void voc_table_clear(VocTable *table);

/* Adds a column, before any row: its name and on which side it stands. */
void voc_table_column(VocTable *table, const char *name, VocAlign align);

/* Several, their names with spaces between; with > in front: numbers, which stand on the right. */
void voc_table_columns(VocTable *table, const char *names);

/* Adds the next cell. Texts may be any bytes: controls and white space are made harmless. */
void voc_table_text(VocTable *table, VocSlice text);
void voc_table_number(VocTable *table, double number, int decimals);

/* Writes the header and all rows. */
gboolean voc_table_write(const VocTable *table, VocProgram *program, GError **error);

/* Says on stderr how far counts of terms may be off, if they may. */
void voc_table_tell_lost(VocProgram *program, const VocTerms *terms);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VocTable, voc_table_clear)

G_END_DECLS

#endif
