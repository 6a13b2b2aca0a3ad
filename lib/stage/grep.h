/* The grep stage: lets the records through in which something stands, or whose fields meet conditions. */
#ifndef VOC_STAGE_GREP_H
#define VOC_STAGE_GREP_H

#include "stage/search.h"
#include "stage/stage.h"

G_BEGIN_DECLS

typedef struct VocGrepSettings {
    VocSearchSettings search;
    char **conditions; /* as of stage/condition.h; all must hold; NULL-terminated or NULL */
    gboolean invert;   /* what the search does not find; without a search, what the conditions leave out */
    gboolean paint;    /* colours what was found in subject and text, for a terminal: no JSON any more */
} VocGrepSettings;

/* Frees the lists. */
void voc_grep_settings_clear(VocGrepSettings *settings);

/* NULL and an error (VOC_ERROR_USAGE) when a pattern or a condition is broken, or there is neither. The
 * settings are not kept. A record on which a pattern gives up is rejected. */
VocStage *voc_stage_grep_new(const VocGrepSettings *settings, VocContext *context, GError **error);

G_END_DECLS

#endif
