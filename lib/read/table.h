/* What the formats made of rows share: telling people what the columns are for. */
#ifndef VOC_READ_TABLE_H
#define VOC_READ_TABLE_H

#include "read/columns.h"

G_BEGIN_DECLS

/* Adds a line for each column, its role, why, and what the options could change. */
void voc_table_explain(const VocTable *table, const char *zone, VocBuffer *out);

G_END_DECLS

#endif
