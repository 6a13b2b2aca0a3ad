/* The stem stage: adds `lang` and `terms`. */
#ifndef VOC_STAGE_STEM_H
#define VOC_STAGE_STEM_H

#include "stage/stage.h"

G_BEGIN_DECLS

typedef struct VocStemSettings {
    gboolean keep_stop_words;
} VocStemSettings;

/* Copies the settings. NULL and an error when the word model cannot be loaded. */
VocStage *voc_stage_stem_new(const VocStemSettings *settings, VocContext *context, GError **error);

G_END_DECLS

#endif
