/* The theme stage: adds `themes`; and the stage that gathers texts to find themes in. */
#ifndef VOC_STAGE_THEME_H
#define VOC_STAGE_THEME_H

#include "stage/stage.h"
#include "theme/assign.h"
#include "theme/corpus.h"
#include "theme/themes.h"

G_BEGIN_DECLS

typedef struct VocThemeSettings {
    char *themes;          /* the theme file */
    double confidence;     /* below 1; 0: the default; VOC_ASSIGN_ANY */
    gboolean one_language; /* without the glossary */
    GArray
        *surest; /* of double; gets how sure each message with text is of its surest theme; for one thread */
} VocThemeSettings;

/* NULL and an error when the theme file cannot be read. The settings are not kept. */
VocStage *voc_stage_theme_new(const VocThemeSettings *settings, VocContext *context, GError **error);

/* The same with themes in memory, which must outlive the stage, and with the glossary. */
VocStage *voc_stage_theme_with(const VocThemes *themes, double confidence, VocContext *context,
                               GError **error);

/* Messages and those without a theme, as the stage has counted them so far. */
void voc_stage_theme_counts(const VocStage *stage, guint64 *messages, guint64 *unassigned);

typedef struct VocCorpusSettings {
    /* The path of the field that holds a text's labels, parted by | or as a list; "themes" is the first theme
     * that voc theme has given. NULL: no labels. */
    const char *labels;
    gboolean one_language; /* without the glossary: Finnish and English words have nothing in common */
} VocCorpusSettings;

/* Adds every record's text to `corpus`, which must outlive the stage; agents' and bots' words, automatic
 * replies and duplicates are left out. Gives the corpus the glossary in data/. Records go on unchanged. */
VocStage *voc_stage_corpus_new(VocCorpus *corpus, VocContext *context, GError **error);

/* The same with settings, which are copied. */
VocStage *voc_stage_corpus_with(VocCorpus *corpus, const VocCorpusSettings *settings, VocContext *context,
                                GError **error);

/* The glossary in data/; NULL and an error when it is missing or broken. */
VocGlossary *voc_stage_glossary(VocContext *context, VocWords *words, GError **error);

G_END_DECLS

#endif
