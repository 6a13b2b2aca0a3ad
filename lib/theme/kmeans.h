/* Spherical k-means: rows of unit length, similarity by cosine (Dhillon and Modha 2001). */
#ifndef VOC_THEME_KMEANS_H
#define VOC_THEME_KMEANS_H

#include <glib.h>

#include "theme/random.h"

G_BEGIN_DECLS

/* Puts each of the `n` rows (n x width, unit length or zero) into one of `k` clusters, 1 <= k <= n, written
 * to `cluster`. Starts from k-means++ (Arthur and Vassilvitskii 2007) and stops when
 * nothing moves or after `iterations`. Clusters may be left empty when rows are equal. */
void voc_kmeans(const float *rows, guint n, guint width, guint k, guint iterations, VocRandom *random,
                guint32 *cluster);

G_END_DECLS

#endif
