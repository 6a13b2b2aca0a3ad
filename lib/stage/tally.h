/* Tallies: what messages count up to, by any of their fields, exactly mergeable. */
#ifndef VOC_STAGE_TALLY_H
#define VOC_STAGE_TALLY_H

#include "record/record.h"

G_BEGIN_DECLS

#define VOC_TALLY_BY 6 /* fields at most */

typedef struct VocTally VocTally;

/* Counts by the fields of `by` ("week,theme,channel"): week, month, day, theme, cue, tag, or a record's own
 * key or path ("fields.Yksikkö"). Messages of others than customers, duplicates and automatic replies are
 * left out unless `all`. NULL and VOC_ERROR_USAGE on bad fields. */
VocTally *voc_tally_new(const char *by, gboolean all, GError **error);
void voc_tally_free(VocTally *tally);

/* Counts a message: once in each of its cells, a cell being a theme (cue, tag) of it where those are asked
 * for, or none. */
void voc_tally_add(VocTally *tally, VocRecord *record);

/* Adds a partial result, as voc_tally_write() has written it with `partial`. FALSE when it is none, or one by
 * other fields; `*reason` (static) says so. With `look_only` nothing is added. */
gboolean voc_tally_merge(VocTally *tally, VocRecord *record, gboolean look_only, const char **reason);

/* The fields of a partial result, as `by` has them, in the record's arena; NULL when it is none. */
const char *voc_tally_by(VocRecord *record);

typedef struct VocTallyOutput {
    gboolean partial; /* with what a merge needs */
    /* Cells of fewer customers (contacts, where those are not known) are hidden, and so that no hidden one
     * can be told from a total over any of the fields, the next smallest beside it; 0: none. */
    gint64 anonymous;
    guint64 hidden; /* set: how many were */
} VocTallyOutput;

/* Adds a record a cell, in the order of the fields' values. */
void voc_tally_write(const VocTally *tally, VocTallyOutput *output, VocBuffer *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocTally, voc_tally_free)

G_END_DECLS

#endif
