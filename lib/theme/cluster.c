#include "theme/cluster.h"

#include <string.h>

#include "theme/kernel.h"
#include "theme/kmeans.h"
#include "theme/svd.h"

/* Clusters found before merging, for each that is wanted. */
#define SURPLUS 2u
#define KMEANS_ITERATIONS 10u
#define ANNEAL 10u
#define PASSES 20u
/* How often it refines and merges at most. */
#define ROUNDS 6u
/* Where it merges down from when nobody says how many themes there are. */
#define MOST_CHOSEN 100u

/* The rows that have terms. */
static VocMatrix *
without_empty(const VocMatrix *counts, guint32 *row)
{
    VocMatrix *full = voc_matrix_new(counts->n_rows, counts->n_columns, counts->start[counts->n_rows]);
    full->n_rows = 0;
    for (guint r = 0; r < counts->n_rows; r++) {
        if (counts->start[r] == counts->start[r + 1])
            continue;
        row[full->n_rows++] = r;
        full->start[full->n_rows] = counts->start[r + 1];
    }
    memcpy(full->column, counts->column, sizeof(guint32) * counts->start[counts->n_rows]);
    memcpy(full->value, counts->value, sizeof(float) * counts->start[counts->n_rows]);
    return full;
}

static guint32 *
first_clusters(const VocMatrix *counts, guint k, VocRandom *random)
{
    g_autoptr(VocMatrix) weighted = voc_matrix_tfidf(counts);
    guint rank = CLAMP(k * 3 / 4, 50, 200);
    g_autofree float *rows = voc_svd_rows(weighted, &rank);
    guint32 *cluster = g_new0(guint32, counts->n_rows);
    for (guint r = 0; r < counts->n_rows; r++)
        voc_kernel_normalize(rows + (gsize)r * rank, rank);
    if (rank)
        voc_kmeans(rows, counts->n_rows, rank, k, KMEANS_ITERATIONS, random, cluster);
    return cluster;
}

/* Refines, then merges down to `wanted` (0: as long as it pays); returns how many clusters are left. */
static guint
refine_and_merge(const VocMatrix *counts, guint32 *cluster, guint k, guint wanted, VocRandom *random)
{
    g_autoptr(VocMixture) mixture = voc_mixture_new(counts, k, cluster);
    voc_mixture_refine(mixture, ANNEAL, PASSES, random);
    return voc_mixture_merge(mixture, wanted);
}

static guint32 *
cluster_full(const VocMatrix *counts, guint *k)
{
    VocRandom random = {6};
    guint wanted = *k, found = MIN(wanted ? wanted * SURPLUS : MOST_CHOSEN, MAX(counts->n_rows / 2, 1));
    guint32 *cluster = first_clusters(counts, found, &random);
    for (guint round = 0; round < ROUNDS; round++) {
        *k = refine_and_merge(counts, cluster, found, wanted, &random);
        if (*k == found)
            break;
        found = *k;
    }
    g_autoptr(VocMixture) mixture = voc_mixture_new(counts, *k, cluster);
    voc_mixture_refine(mixture, 0, PASSES, &random);
    return cluster;
}

guint32 *
voc_cluster(const VocMatrix *counts, guint *k)
{
    guint32 *cluster = g_new(guint32, MAX(counts->n_rows, 1));
    g_autofree guint32 *row = g_new(guint32, MAX(counts->n_rows, 1));
    g_autoptr(VocMatrix) full = without_empty(counts, row);
    for (guint r = 0; r < counts->n_rows; r++)
        cluster[r] = VOC_NO_CLUSTER;
    if (!full->n_rows) {
        *k = 0;
        return cluster;
    }
    g_autofree guint32 *found = cluster_full(full, k);
    for (guint r = 0; r < full->n_rows; r++)
        cluster[row[r]] = found[r];
    return cluster;
}
