/* A stage that leaves records alone which already have what it would add. */
#ifndef VOC_STAGE_UNLESS_H
#define VOC_STAGE_UNLESS_H

#include "stage/stage.h"

G_BEGIN_DECLS

/* `inner` (taken; NULL gives NULL), for the records that have no `key`. Of a stage that works on the records
 * in their order too, the key must be one that it does not add itself. */
VocStage *voc_stage_unless(VocKey key, VocStage *inner);

G_END_DECLS

#endif
