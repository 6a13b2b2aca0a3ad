/* The signature stage: works out by what copies of a text are found, for whoever takes the records. */
#ifndef VOC_STAGE_SIGNATURE_H
#define VOC_STAGE_SIGNATURE_H

#include "stage/stage.h"
#include "text/similar.h"

G_BEGIN_DECLS

/* The signature of `text`, the record's, in the record's arena; `scratch` is memory to work in. Many people
 * write the same few words, so a short text (VOC_DUPLICATE_RULES.near_letters) is only told by them and its
 * sender together, and where nobody knows the sender by nothing: its hash is 0. */
VocSignature *voc_record_sign(VocRecord *record, VocSlice text, VocBuffer *scratch);

/* Records go on unchanged; each carries its text's VocSignature as `handover`, which no later stage may use.
 */
VocStage *voc_stage_signature_new(void);

G_END_DECLS

#endif
