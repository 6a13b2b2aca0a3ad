/* JSON objects as the rows of a table: a column for every path to a value. */
#ifndef VOC_READ_JSON_ROWS_H
#define VOC_READ_JSON_ROWS_H

#include "read/format.h"
#include "read/rows.h"

G_BEGIN_DECLS

typedef struct VocJsonRows VocJsonRows;

VocJsonRows *voc_json_rows_new(VocReading *reading);
void voc_json_rows_free(VocJsonRows *rows); /* NULL is fine */

/* Looks at an object of the sample (`text` followed by VOC_PADDING readable bytes); what is no object is
 * passed over. */
void voc_json_rows_look(VocJsonRows *rows, VocSlice text);

/* Decides, once the sample has been looked at; FALSE and an error when it cannot. */
gboolean voc_json_rows_decide(VocJsonRows *rows, GError **error);

/* Writes the object's messages to the reading, or rejects it. `line` is where it begins. */
void voc_json_rows_add(VocJsonRows *rows, VocSlice text, guint64 line);

const VocTable *voc_json_rows_table(const VocJsonRows *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocJsonRows, voc_json_rows_free)

G_END_DECLS

#endif
