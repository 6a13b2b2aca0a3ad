/* A stage that leaves records alone which already have what it would add. */
#ifndef VOC_STAGE_UNLESS_H
#define VOC_STAGE_UNLESS_H

#include "stage/stage.h"

G_BEGIN_DECLS

/* `inner` (taken; NULL gives NULL), for the records that have no `key`. */
VocStage *voc_stage_unless(VocKey key, VocStage *inner);

G_END_DECLS

#endif
