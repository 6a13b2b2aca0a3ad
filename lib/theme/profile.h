/* What sets clusters apart: how often each has each term, against the whole corpus, documents of no cluster
 * among it. */
#ifndef VOC_THEME_PROFILE_H
#define VOC_THEME_PROFILE_H

#include "theme/corpus.h"
#include "theme/mixture.h"
#include "theme/wording.h"

G_BEGIN_DECLS

/* A term of a cluster. */
typedef struct VocWeighted {
    guint32 term;
    float count;    /* in the cluster's documents; a text that came n times counts 1 + ln n */
    float evidence; /* ln(P(cluster | term) / P(cluster)), smoothed */
    float weight;   /* evidence times the root of the term's informativeness */
    float rank; /* class-based TF-IDF (Grootendorst 2022): count x ln(1 + words a cluster / count in all) */
} VocWeighted;

typedef struct VocProfile {
    guint k;
    const VocCorpus *corpus;
    const VocMatrix *counts;
    VocMatrix *copied; /* the same, with copies counted */
    const guint32 *cluster;
    guint32 *documents;  /* different texts in each cluster */
    guint64 *messages;   /* the same with their copies */
    double *total;       /* terms in each cluster */
    double clustered;    /* in all of them */
    double all;          /* and in the documents of none */
    double *in_all;      /* of each term */
    VocWeighted **terms; /* of each cluster, those with positive evidence, by rank, the highest first */
    guint *n_terms;
    VocLang *lang; /* of most of a cluster's documents */
    VocWording *wording;
} VocProfile;

/* A document's cluster may be VOC_NO_CLUSTER. All arguments must outlive the profile. */
VocProfile *voc_profile_new(const VocCorpus *corpus, const VocMatrix *counts, const guint32 *cluster,
                            guint k);
void voc_profile_free(VocProfile *profile);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocProfile, voc_profile_free)

/* The form in which people write the term of a column, in the cluster's language if they do. Lives as long as
 * the corpus. */
const char *voc_profile_form(const VocProfile *profile, guint cluster, guint32 column);

/* A name for each cluster, no two alike and none in `taken` (a set of strings; may be NULL): two to four
 * words, or a collocation, as people write them. Broad ones are two words, for what has themes below it. An
 * array of k strings; free it with g_strfreev. */
char **voc_profile_names(const VocProfile *profile, gboolean broad, GHashTable *taken);

/* A name for a cluster in another language than its own, from the words that its texts in that language have;
 * NULL when they have fewer than two of its first five terms. Free it. */
char *voc_profile_name_in(const VocProfile *profile, guint cluster, VocLang lang, gboolean broad);

/* Texts that speak for a cluster: central, short, different from one another; at most `most`.
 * NULL-terminated, free with g_strfreev. */
char **voc_profile_quotes(const VocProfile *profile, guint cluster, guint most);

G_END_DECLS

#endif
