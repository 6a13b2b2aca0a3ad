/* The terms that occur in texts and might be learned. */
#ifndef VOC_LEXICON_CANDIDATES_H
#define VOC_LEXICON_CANDIDATES_H

#include "lexicon/learn.h"

G_BEGIN_DECLS

typedef struct VocCandidates VocCandidates;

VocCandidates *voc_candidates_new(void);
void voc_candidates_free(VocCandidates *candidates);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocCandidates, voc_candidates_free)

/* Counts the terms of a text in the language of `lexicon`, which says what negates; it need not be frozen. */
void voc_candidates_add(VocCandidates *candidates, VocWords *words, const VocText *text,
                        const VocLexicon *lexicon);

/* Adds those that at least `min_count` texts have to `lexicon`, as learned entries of weight 0 where it has
 * none yet. */
void voc_candidates_put(const VocCandidates *candidates, VocLexicon *lexicon, guint min_count);

G_END_DECLS

#endif
