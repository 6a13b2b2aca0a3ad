/* A mixture of Dirichlet-multinomials over documents' terms: each document belongs to one cluster, each
 * cluster has its own distribution of terms, integrated out (Yin and Wang 2014). It sees what the decomposed
 * space has smoothed away, so clusters found there are refined here. */
#ifndef VOC_THEME_MIXTURE_H
#define VOC_THEME_MIXTURE_H

#include "theme/matrix.h"
#include "theme/random.h"

G_BEGIN_DECLS

/* A cluster that a document without terms is in. */
#define VOC_NO_CLUSTER G_MAXUINT32

typedef struct VocMixture VocMixture;

/* `counts`, which may be weighted, must outlive the mixture. `cluster` has a number below `k` for each row;
 * it is worked on in place by the functions below and must outlive the mixture too. */
VocMixture *voc_mixture_new(const VocMatrix *counts, guint k, guint32 *cluster);
void voc_mixture_free(VocMixture *mixture);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocMixture, voc_mixture_free)

/* Moves documents one after the other to the cluster that explains them best without them. The first
 * `anneal` passes draw the cluster at random, ever less so; then at most `passes` until almost none moves. */
void voc_mixture_refine(VocMixture *mixture, guint anneal, guint passes, VocRandom *random);

/* Merges, two by two, the clusters whose merger costs the least likelihood, until `k` are left; clusters are
 * numbered anew from 0. With k 0 it goes on as long as the log likelihood, and `partition` times the log
 * probability of the partition (a Dirichlet process of concentration 1), together rise. Returns how many are
 * left. The mixture is then only good for voc_mixture_free(). */
guint voc_mixture_merge(VocMixture *mixture, guint k, double partition);

/* The log likelihood of the terms given the clusters, up to a constant. */
double voc_mixture_likelihood(const VocMixture *mixture);

G_END_DECLS

#endif
