/* The score stage: adds `score`. */
#ifndef VOC_STAGE_SCORE_H
#define VOC_STAGE_SCORE_H

#include "lexicon/score.h"
#include "stage/stage.h"

G_BEGIN_DECLS

typedef struct VocScoreSettings {
    char **lexicons;   /* further files, NULL-terminated or NULL; they add to the shipped lists and win over
                          them */
    gboolean only;     /* without the shipped weights and what was learned */
    gboolean missing;  /* score only records that have no score */
    gboolean segments; /* tell the score of each segment too */
    char *rules;       /* "voc", the same as NULL, or "vader": VADER's own, with `lexicons` alone */
} VocScoreSettings;

/* NULL and an error when a lexicon cannot be loaded. The settings are not kept. */
VocStage *voc_stage_score_new(const VocScoreSettings *settings, VocContext *context, GError **error);

G_END_DECLS

#endif
