/* What a corpus is made of: for the files that build it. */
#ifndef VOC_THEME_CORPUS_DATA_H
#define VOC_THEME_CORPUS_DATA_H

#include "base/buffer.h"
#include "theme/corpus.h"

G_BEGIN_DECLS

/* Longer documents are cut: one novel must not outweigh a week of messages. */
#define MOST_TERMS 1000u

/* Strings and their numbers. */
typedef struct VocNames {
    GHashTable *number;
    GPtrArray *name;
} VocNames;

struct VocCorpus {
    guint most;
    guint64 seen;
    VocNames terms, forms, labels;
    VocGlossary *glossary;                /* or NULL */
    guint32 *columns;                     /* what terms count as, one after the other */
    guint32 *columns_start;               /* n_terms + 1 */
    GHashTable *by_hash;                  /* hash of a text: VocDocument */
    GPtrArray *documents;                 /* until finished: a heap, the greatest hash first */
    GArray *term_of, *form_of, *shape_of; /* of the document being read */
    VocBuffer key;
};

static inline VocDocument *
document_at(const VocCorpus *corpus, guint i)
{
    return g_ptr_array_index(corpus->documents, i);
}

/* Finds out what terms count as; part of voc_corpus_finish(). */
void voc_corpus_find_columns(VocCorpus *corpus);

G_END_DECLS

#endif
