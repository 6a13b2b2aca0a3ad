/* The clean stage: leaves of a message's text what its writer said, and marks messages that came before. Adds
 * `clean`. */
#ifndef VOC_STAGE_CLEAN_H
#define VOC_STAGE_CLEAN_H

#include "stage/stage.h"

G_BEGIN_DECLS

/* All zero is what most want. */
typedef struct VocCleanSettings {
    gboolean keep_quotes;     /* and forwarded originals */
    gboolean keep_signatures; /* and small print */
    gboolean keep_original;   /* the text as it was, under clean.original */
    gboolean no_duplicates;   /* don't look for them */
    gboolean drop_duplicates; /* let them go no further */
    double similarity;        /* from which a message is a near copy; 0: VOC_DUPLICATE_RULES */
    guint remember;           /* so many messages; 0: VOC_DUPLICATE_RULES */
} VocCleanSettings;

/* Copies the settings. NULL and an error when the phrases cannot be loaded. */
VocStage *voc_stage_clean_new(const VocCleanSettings *settings, VocContext *context, GError **error);

/* What a stage that changes the text takes from a record: what other stages worked out from the old one. */
void voc_record_forget_text(VocRecord *record);

/* Whether the record is marked as a copy of another; and marks it. */
gboolean voc_record_is_duplicate(VocRecord *record);
void voc_record_mark_duplicate(VocRecord *record, const char *first, double similarity);

G_END_DECLS

#endif
