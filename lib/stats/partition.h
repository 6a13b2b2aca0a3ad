/* How well a grouping agrees with a gold grouping of the same things, whatever the groups are called. */
#ifndef VOC_STATS_PARTITION_H
#define VOC_STATS_PARTITION_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct VocPartition {
    gsize n;
    guint n_found, n_gold; /* groups that have a member */
    double nmi;      /* mutual information over the mean of the two entropies; 1 when both have one group */
    double ari;      /* Rand index adjusted for chance (Hubert and Arabie 1985) */
    double accuracy; /* under the best one-to-one naming of groups (Kuhn 1955) */
    double purity;   /* share of things in their group's commonest gold group */
    double inverse_purity; /* the same with the two groupings changed round */
} VocPartition;

/* Compares found[i] with gold[i], numbers of groups of any size below G_MAXUINT32, for i below `n`. All
 * figures are 0 when n is 0. Time and memory grow with the number of groups: n_found x n_gold cells, and its
 * cube for the accuracy, which is NaN with more than 2,000 groups. */
void voc_partition_compare(const guint32 *found, const guint32 *gold, gsize n, VocPartition *out);

/* The assignment of rows to columns of the `n` x `n` matrix `gain` (by rows) that gains most: column of each
 * row into `column` (n). Returns the gain. Kuhn's method in the form of Jonker and Volgenant. */
double voc_partition_match(const double *gain, guint n, guint *column);

G_END_DECLS

#endif
