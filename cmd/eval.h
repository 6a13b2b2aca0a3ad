/* What the commands of voc eval share. */
#ifndef VOC_CMD_EVAL_H
#define VOC_CMD_EVAL_H

#include "filter.h"

typedef struct VocEvalSettings {
    char *gold;
    char *themes;
    char *map;
    gboolean json;
    char *negative, *positive; /* sentiment: what numbers mean */
    char *by;
    int worst;
    char *other; /* cues: a second one's labels */
} VocEvalSettings;

gboolean voc_eval_sentiment(VocProgram *program, VocEvalSettings *settings, char **operands, GError **error);
gboolean voc_eval_cues(VocProgram *program, VocEvalSettings *settings, char **operands, GError **error);
gboolean voc_eval_themes(VocProgram *program, VocEvalSettings *settings, char **operands, GError **error);

#endif
