/* The redact stage: personal data masked in every text of a record. Adds `redacted`. */
#ifndef VOC_STAGE_REDACT_H
#define VOC_STAGE_REDACT_H

#include "stage/stage.h"

G_BEGIN_DECLS

typedef struct VocRedactSettings {
    const char *key;       /* the file of a key for pseudonyms; NULL: none */
    char *const *patterns; /* further rules, NULL-terminated; may be NULL */
    const char *only;      /* kinds, parted by commas; NULL: all */
    gboolean text_only;    /* `text` and `source`: all else stays as it is */
} VocRedactSettings;

/* Nothing of the settings is kept. NULL and an error when rules, phrases or key cannot be read. */
VocStage *voc_stage_redact_new(const VocRedactSettings *settings, VocContext *context, GError **error);

G_END_DECLS

#endif
