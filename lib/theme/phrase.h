/* Phrases that a cluster's texts write again and again: what a theme can be called. */
#ifndef VOC_THEME_PHRASE_H
#define VOC_THEME_PHRASE_H

#include "theme/profile.h"

G_BEGIN_DECLS

/* Terms in a phrase at most. */
#define VOC_PHRASE_TERMS 3u

/* Words side by side, from a term to a term, with no mark, number or bracket between. */
typedef struct VocPhrase {
    guint32 columns[VOC_PHRASE_TERMS]; /* of its terms, in their order */
    guint n;
    guint texts; /* of the cluster, in the language, that have these terms so */
    double score;
    guint document, from, to; /* where it stands as most people write it: tokens, `to` included */
} VocPhrase;

/* The phrases of two terms or more that speak for the cluster, in its texts of one language, the best first:
 * those that many texts have, made of terms that rank high; each in two texts, or made of two of the
 * cluster's first terms. An array of VocPhrase; free it with g_array_unref. */
GArray *voc_phrases_find(const VocProfile *profile, guint cluster, VocLang lang);

/* Adds the phrase as it is written. */
void voc_phrase_write(const VocProfile *profile, const VocPhrase *phrase, GString *out);

G_END_DECLS

#endif
