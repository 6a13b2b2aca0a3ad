/* Clusters that hang together by nothing. */
#ifndef VOC_THEME_LOOSE_H
#define VOC_THEME_LOOSE_H

#include "theme/mixture.h"

G_BEGIN_DECLS

/* Which clusters are loose: the rows that have one of the cluster's three words that fit it best (by the
 * cosine of the word's rows and the cluster's), and the rows of the cluster, meet at a cosine below 0.45.
 * `cluster` has a number below `k` or VOC_NO_CLUSTER for each row. k truths; free them with g_free. */
gboolean *voc_loose_clusters(const VocMatrix *counts, const guint32 *cluster, guint k);

G_END_DECLS

#endif
