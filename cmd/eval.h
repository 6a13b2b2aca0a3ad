/* What the commands of voc eval share. */
#ifndef VOC_CMD_EVAL_H
#define VOC_CMD_EVAL_H

#include "filter.h"

typedef struct VocEvalSettings {
    char *gold;
    char *themes;
    char *map;
    gboolean json;
} VocEvalSettings;

gboolean voc_eval_themes(VocProgram *program, VocEvalSettings *settings, char **operands, GError **error);

#endif
