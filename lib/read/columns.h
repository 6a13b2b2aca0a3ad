/* Which column is what: by the user's word, by a tool's preset, by names, by content. */
#ifndef VOC_READ_COLUMNS_H
#define VOC_READ_COLUMNS_H

#include "read/options.h"
#include "read/profile.h"

G_BEGIN_DECLS

typedef struct VocColumn {
    char *name;
    char *alias; /* what names are compared with, when it is not the name itself; or NULL */
    char *key;   /* the name as a JSON string, ':' behind it */
    gsize key_len;
    VocRole role;
    VocScale scale;     /* of a rating */
    gboolean late;      /* filled in after the message was written: no part of what tells it from others */
    gboolean own_scale; /* the scale is not the record's: values are moved to it */
    char *why;          /* how the role was found, for people */
    VocProfile profile;
} VocColumn;

/* What was found of a table. */
typedef struct VocTable {
    GPtrArray *columns; /* of VocColumn */
    const VocNames *names;
    const VocPreset *preset; /* or NULL */
    const char *channel; /* of the messages without one of their own; NULL: none. Static, the preset's or the
                            user's */
    const char *channel_why;
    int at[VOC_N_ROLES]; /* the column of a role that one column has; -1 */
    guint n_texts;
    VocDateOrder order;
    gboolean order_sure;
    const char *order_why;
    VocDateOrders *orders; /* by row, when the column has both; or NULL */
    gboolean order_given;  /* the user's word: no date is read any other way */
    guint64 n_rows;        /* looked at */
} VocTable;

/* A table with these columns; names must outlive it. */
VocTable *voc_table_new(const VocNames *names, const VocSlice *columns, gsize n);
void voc_table_free(VocTable *table); /* NULL is fine */

/* Another column behind the others, kept in `fields`: JSON objects bring new keys at any time. Its index. */
guint voc_table_add_column(VocTable *table, VocSlice name);

static inline VocColumn *
voc_table_column(const VocTable *table, guint i)
{
    return g_ptr_array_index(table->columns, i);
}

/* Looks at a row of the sample; cells behind the last column are passed over. */
void voc_table_look(VocTable *table, const VocSlice *cells, gsize n);

/* Decides, once the sample has been looked at. FALSE and VOC_ERROR_USAGE when the options name what the table
 * has not. */
gboolean voc_table_decide(VocTable *table, const VocReadOptions *options, GError **error);

/* Whether the order of the time column's dates should be told from all of its rows: some could be either way.
 */
gboolean voc_table_wants_dates(const VocTable *table);

/* Takes what all rows told; `orders` becomes the table's. */
void voc_table_take_dates(VocTable *table, VocDateOrders *orders);

/* Whether the row of names is a header: names that are none of the content's kind. */
gboolean voc_table_has_header(const VocNames *names, const VocSlice *first, gsize n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocTable, voc_table_free)

G_END_DECLS

#endif
