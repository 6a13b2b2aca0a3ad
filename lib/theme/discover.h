/* Themes found in a corpus, described as a theme file. */
#ifndef VOC_THEME_DISCOVER_H
#define VOC_THEME_DISCOVER_H

#include "theme/corpus.h"
#include "theme/themes.h"
#include "theme/vectors.h"

G_BEGIN_DECLS

typedef struct VocDiscoverSettings {
    guint k;                   /* how many; 0: chosen from the data */
    guint quotes;              /* a theme; 0: three */
    guint least;               /* different texts that a theme must have; 0: any */
    const char *parent;        /* of all of them, their ids beginning with its; NULL: none */
    gboolean heads;            /* put themes that belong together under heads (voc_cluster_heads()) */
    gboolean new;              /* mark them as new */
    const VocVectors *vectors; /* of the corpus; NULL: none */
    gboolean together;         /* only themes that have a word in half of their texts */
} VocDiscoverSettings;

/* Finds themes in `corpus`, which must be finished. The same texts, in any order, give the same file. NULL
 * and an error (VOC_ERROR_INPUT) when there is nothing to find any in. */
VocThemes *voc_discover(const VocCorpus *corpus, const VocDiscoverSettings *settings, GError **error);

/* Finds themes in some rows of the corpus: those with values in `counts`, which voc_corpus_matrix() or one of
 * its kin made; what sets them apart is seen against all documents. Adds them behind the themes there are,
 * under names that none of these has. Returns how many.
 */
guint voc_discover_more(VocThemes *themes, const VocCorpus *corpus, const VocMatrix *counts,
                        const VocDiscoverSettings *settings);

/* The same for the documents without a label: where they fall into no themes, all of them may be about one
 * thing. */
guint voc_discover_rest(VocThemes *themes, const VocCorpus *corpus, const VocDiscoverSettings *settings);

G_END_DECLS

#endif
