/* Documents into clusters: the decomposed space for the start, the mixture of terms for the rest. */
#ifndef VOC_THEME_CLUSTER_H
#define VOC_THEME_CLUSTER_H

#include "theme/mixture.h"

G_BEGIN_DECLS

/* Puts each row of `counts` into one of `*k` clusters; with `*k` 0 it chooses how many: it
 * merges from above as long as that makes the texts more likely, searches loose clusters
 * (voc_loose_clusters()) once more, and leaves out what is loose still and what has fewer than three rows.
 * Writes to `*k` how many there are (fewer than asked for when there are fewer different rows). The same
 * matrix gives the same clusters. Returns a number below `*k` a row, VOC_NO_CLUSTER for rows without terms or
 * of no cluster; free it with g_free. */
guint32 *voc_cluster(const VocMatrix *counts, guint *k);

/* A level above the clusters: those are merged further as long as the likelihood and the log probability of
 * the partition, in full, together rise. What then has two clusters or more, and no more than half of the
 * rows, is a head. `cluster` as voc_cluster() gave it. Returns a number below `*n_heads` for each cluster,
 * VOC_NO_CLUSTER for those under no head; free it with g_free. */
guint32 *voc_cluster_heads(const VocMatrix *counts, const guint32 *cluster, guint k, guint *n_heads);

/* How much each term tells about the clusters: the divergence of P(cluster | term) from P(cluster), smoothed,
 * to the power `sharpness`, so that the mean over all running terms is 1. `cluster` is a number below `k` for
 * each row with terms. One weight a column; free it with g_free. */
float *voc_cluster_informativeness(const VocMatrix *counts, const guint32 *cluster, guint k,
                                   double sharpness);

G_END_DECLS

#endif
