/* Word vectors that somebody else has learned: words of like meaning, near one another. */
#ifndef VOC_THEME_VECTORS_H
#define VOC_THEME_VECTORS_H

#include "theme/corpus.h"

G_BEGIN_DECLS

/* A vector for each column of a corpus's matrix, of unit length; zeros where no text's word is in the file.
 */
typedef struct VocVectors {
    guint width, n_columns;
    float *rows;   /* n_columns x width */
    guint n_found; /* columns that have one */
} VocVectors;

/* Reads the vectors of the corpus's words from the file at `path`, which is mapped: the text or binary form
 * of word2vec, the text form or the model (.bin) of fastText, or GloVe's text, told apart by content. A
 * column's vector is the mean of those of the words that people write for it. `corpus` must be finished. NULL
 * and an error (VOC_ERROR_FATAL) that names the file when it cannot be read or is none of these. */
VocVectors *voc_vectors_read(const char *path, const VocCorpus *corpus, GError **error);
void voc_vectors_free(VocVectors *vectors);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocVectors, voc_vectors_free)

/* Folds the vectors into the space of the terms: each of a row's terms counts in part (by the square of the
 * cosine) as the up to three commoner terms that are nearest to it, at a cosine of 0.6 or more. */
VocMatrix *voc_vectors_fold(const VocVectors *vectors, const VocMatrix *counts);

G_END_DECLS

#endif
