/* The tag stage: adds `cues`. */
#ifndef VOC_STAGE_TAG_H
#define VOC_STAGE_TAG_H

#include "stage/stage.h"

G_BEGIN_DECLS

typedef struct VocTagSettings {
    char **cues;        /* further files of patterns, NULL-terminated or NULL */
    gboolean only;      /* without the shipped patterns */
    gboolean all_roles; /* what agents, bots and systems say too */
    gboolean missing;   /* only records that have no cues */
} VocTagSettings;

/* NULL and an error when a list cannot be loaded. The settings are not kept. */
VocStage *voc_stage_tag_new(const VocTagSettings *settings, VocContext *context, GError **error);

G_END_DECLS

#endif
