/* Signatures of texts by which near copies are found. */
#ifndef VOC_TEXT_SIMILAR_H
#define VOC_TEXT_SIMILAR_H

#include "base/buffer.h"

G_BEGIN_DECLS

#define VOC_SIGNATURE_BINS 64

/* MinHash of a text's character shingles by one permutation (Li, Owen, Zhang 2012; empty bins filled as in
 * Shrivastava 2017), eight bits of each bin (Li and König 2010). */
typedef struct VocSignature {
    guint64 hash;    /* of the whole text; equal texts have equal ones, 0: no text */
    guint32 letters; /* letters and digits */
    guint32 words;
    guint8 bins[VOC_SIGNATURE_BINS];
} VocSignature;

/* The signature of `text` (UTF-8), ASCII letters small and capital alike, every white space the same.
 * `scratch` is memory to work in. */
void voc_signature_make(VocSlice text, VocBuffer *scratch, VocSignature *signature);

/* The share of shingles that the two texts have in common (Jaccard), 0 to 1, as far as their signatures tell:
 * the standard error is 0.04 where the share is 0.9. */
double voc_signature_similarity(const guint8 a[VOC_SIGNATURE_BINS], const guint8 b[VOC_SIGNATURE_BINS]);

G_END_DECLS

#endif
