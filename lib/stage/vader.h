/* The score stage by VADER's rules: adds `score`, with VADER's compound as its value. */
#ifndef VOC_STAGE_VADER_H
#define VOC_STAGE_VADER_H

#include "stage/score.h"

G_BEGIN_DECLS

/* `lexicons` are VADER's own files, NULL-terminated. NULL and an error when there are none, or one cannot be
 * loaded. */
VocStage *voc_stage_vader_new(char *const *lexicons, VocContext *context, GError **error);

G_END_DECLS

#endif
