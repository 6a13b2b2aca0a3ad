/* The theme stage: adds `themes`; and the stage that gathers texts to find themes in. */
#ifndef VOC_STAGE_THEME_H
#define VOC_STAGE_THEME_H

#include "stage/stage.h"
#include "theme/corpus.h"
#include "theme/themes.h"

G_BEGIN_DECLS

typedef struct VocThemeSettings {
    char *themes;      /* the theme file */
    double confidence; /* 0: the default */
} VocThemeSettings;

/* NULL and an error when the theme file cannot be read. The settings are not kept. */
VocStage *voc_stage_theme_new(const VocThemeSettings *settings, VocContext *context, GError **error);

/* The same with themes in memory, which must outlive the stage. */
VocStage *voc_stage_theme_with(const VocThemes *themes, double confidence, VocContext *context,
                               GError **error);

/* Messages and those without a theme, as the stage has counted them so far. */
void voc_stage_theme_counts(const VocStage *stage, guint64 *messages, guint64 *unassigned);

/* Adds every record's text to `corpus`, which must outlive the stage; agents' and bots' words, automatic
 * replies and duplicates are left out. Records go on unchanged. */
VocStage *voc_stage_corpus_new(VocCorpus *corpus, VocContext *context, GError **error);

G_END_DECLS

#endif
