/* A memory of texts that tells when one comes again, whole or nearly, in bounded space. */
#ifndef VOC_TEXT_DUPLICATES_H
#define VOC_TEXT_DUPLICATES_H

#include "text/similar.h"

G_BEGIN_DECLS

/* What counts as the same text again. A short one counts only when it is word for word the same, and one that
 * many people write by chance ("Kiitos!") never. Who makes the signatures may bind short ones to their
 * sender. */
typedef struct VocDuplicateRules {
    double similarity; /* share of shingles in common from which two texts are near copies; above 1: none */
    guint32 exact_letters, exact_words; /* a text with fewer is never a copy */
    guint32 near_letters;               /* a text with fewer is no near copy */
    guint capacity;                     /* so many texts are remembered; the oldest are forgotten first */
} VocDuplicateRules;

/* 0.85; 12 letters and 3 words; 60 letters; 131,072 texts (some 35 MB when all are long). */
extern const VocDuplicateRules VOC_DUPLICATE_RULES;

typedef struct VocDuplicates VocDuplicates;

VocDuplicates *voc_duplicates_new(const VocDuplicateRules *rules);
void voc_duplicates_free(VocDuplicates *duplicates); /* NULL is fine */

/* Whether the text of `signature` has come before: returns the id of the first with that text and its
 * similarity (1: word for word) in `*similarity`, NULL when this is the first, which is then remembered by
 * `id` (copied). A `key` other than 0 that has come before makes a copy whatever the text. What is returned
 * lives until the next call. */
const char *voc_duplicates_find(VocDuplicates *duplicates, guint64 key, const VocSignature *signature,
                                VocSlice id, double *similarity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocDuplicates, voc_duplicates_free)

G_END_DECLS

#endif
