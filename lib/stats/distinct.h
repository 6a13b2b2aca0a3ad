/* How many different things: exactly up to a bound, above it by HyperLogLog (Flajolet et al. 2007). The
 * count of two halves, merged, is the count of the whole, whichever way they were split. */
#ifndef VOC_STATS_DISTINCT_H
#define VOC_STATS_DISTINCT_H

#include "base/buffer.h"

G_BEGIN_DECLS

#define VOC_DISTINCT_EXACT 1024u /* so many are counted exactly */
#define VOC_DISTINCT_BITS 12u    /* of the hash choose one of 4,096 registers: standard error 1.6 % */

/* Zero it to begin. */
typedef struct VocDistinct {
    guint64 *keys; /* hashes, open addressing, 0 is empty; NULL once estimated */
    guint32 n, capacity;
    guint8 *registers;
    gboolean has_zero; /* the hash 0 was seen */
} VocDistinct;

void voc_distinct_clear(VocDistinct *distinct);

/* Adds a thing by its name; the empty name is no thing. */
void voc_distinct_add(VocDistinct *distinct, VocSlice name);
void voc_distinct_merge(VocDistinct *distinct, const VocDistinct *other);

gboolean voc_distinct_is_exact(const VocDistinct *distinct);
gint64 voc_distinct_count(const VocDistinct *distinct);

/* Adds all that a merge needs to know, as text; equal for equal sets. */
void voc_distinct_write(const VocDistinct *distinct, VocBuffer *out);

/* Reads that text into a zeroed struct; FALSE when it is none. */
gboolean voc_distinct_read(VocDistinct *distinct, VocSlice text);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VocDistinct, voc_distinct_clear)

G_END_DECLS

#endif
