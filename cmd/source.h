/* Operands of filters that count: exports, records, and stores. */
#ifndef VOC_CMD_SOURCE_H
#define VOC_CMD_SOURCE_H

#include "reading.h"
#include "store/store.h"

G_BEGIN_DECLS

/* The records of all operands, one after the other. */
typedef struct VocOperands VocOperands;

/* `operands` (NULL-terminated; none: stdin) are stores, told by their content, or anything that voc read
 * takes. NULL and an error when one cannot be opened as a store, or by voc_reading_open(). */
VocOperands *voc_operands_open(VocProgram *program, const VocReadOptions *options, char **operands,
                               GError **error);
void voc_operands_free(VocOperands *operands);

/* Its records, for voc_program_run and voc_program_collect; the operands must outlive the run. */
VocSource voc_operands_source(VocOperands *operands);

/* Shows how far it is, where all operands are exports; voc_progress_stop ends it. */
void voc_operands_progress(const VocProgram *program, VocOperands *operands);

/* What a reader of a store gives; it must outlive the run. */
VocSource voc_store_source(VocStoreReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocOperands, voc_operands_free)

G_END_DECLS

#endif
