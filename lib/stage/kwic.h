/* Keyword in context: one line for every place where something stands, the finds below one another. */
#ifndef VOC_STAGE_KWIC_H
#define VOC_STAGE_KWIC_H

#include "stage/search.h"
#include "stage/stage.h"

G_BEGIN_DECLS

typedef struct VocKwicSettings {
    VocSearchSettings search;
    int width;         /* columns of a line, VOC_KWIC_NARROW or more */
    const char *label; /* a path: its first value stands in front of every line; NULL: nothing does */
    gboolean colour;   /* the finds, for a terminal */
    gboolean tsv;      /* id, left, match, right with tabs between; `width` columns of context on each side */
} VocKwicSettings;

#define VOC_KWIC_NARROW 40

/* Columns of the label; longer ones are cut. */
#define VOC_KWIC_LABEL 14

/* The stage that adds the lines of each record to `out`; records go on unchanged. One thread at a time; `out`
 * and what the settings point to must outlive it. A record on which a pattern gives up is rejected. NULL and
 * an error (VOC_ERROR_USAGE) when there is nothing to look for or the width is too small. */
VocStage *voc_stage_kwic_new(const VocKwicSettings *settings, VocBuffer *out, VocContext *context,
                             GError **error);

G_END_DECLS

#endif
