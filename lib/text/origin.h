/* Where the pieces of a changed text stood in the text that it was made from. */
#ifndef VOC_TEXT_ORIGIN_H
#define VOC_TEXT_ORIGIN_H

#include "base/slice.h"

G_BEGIN_DECLS

/* Points in rising order: from byte `at` of the new text on, byte by byte, it is the old one from `from` on,
 * until the next point. */
typedef struct VocOriginPoint {
    gsize at, from;
} VocOriginPoint;

typedef struct VocOrigin {
    GArray *points; /* VocOriginPoint; NULL until the first: the two texts are the same */
} VocOrigin;

/* Empties it: both texts are the same. */
void voc_origin_reset(VocOrigin *origin);
void voc_origin_clear(VocOrigin *origin);

/* Adds a point, in rising order of `at`; of several with the same `at` the last counts. `from` below that of
 * the point before is raised to it. */
void voc_origin_add(VocOrigin *origin, gsize at, gsize from);

/* Where the byte `at` of the new text stood. */
gsize voc_origin_of(const VocOrigin *origin, gsize at);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VocOrigin, voc_origin_clear)

G_END_DECLS

#endif
