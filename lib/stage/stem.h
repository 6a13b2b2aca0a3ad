/* The stem stage: adds `lang` and `terms`. */
#ifndef VOC_STAGE_STEM_H
#define VOC_STAGE_STEM_H

#include "stage/stage.h"

G_BEGIN_DECLS

typedef struct VocStemSettings {
    gboolean keep_stop_words;
    gboolean parts; /* compounds as their parts: laskutus+virhe */
} VocStemSettings;

/* Copies the settings. NULL and an error when the word model cannot be loaded. */
VocStage *voc_stage_stem_new(const VocStemSettings *settings, VocContext *context, GError **error);

/* Adds the terms of a record that the stage has been over as one line, with spaces between them. */
void voc_stem_add_line(const VocRecord *record, VocBuffer *out);

G_END_DECLS

#endif
