/* The signature stage: works out by what copies of a text are found, for whoever takes the records. */
#ifndef VOC_STAGE_SIGNATURE_H
#define VOC_STAGE_SIGNATURE_H

#include "stage/stage.h"
#include "text/similar.h"

G_BEGIN_DECLS

/* Records go on unchanged; each carries its text's VocSignature as `handover`, which no later stage may use.
 */
VocStage *voc_stage_signature_new(void);

G_END_DECLS

#endif
