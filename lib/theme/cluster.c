#include "theme/cluster.h"

#include <math.h>
#include <string.h>

#include "theme/kernel.h"
#include "theme/kmeans.h"
#include "theme/loose.h"
#include "theme/svd.h"

/* Clusters found before merging, beyond those that are wanted. */
#define MOST_SURPLUS 60u
/* How sharply terms are told apart by what they say about the clusters: mildly while these are still to be
 * merged. */
#define MILD 0.25
#define FULL 1.0
#define KMEANS_ITERATIONS 3u
/* Starts that are tried: as many as make so many rows, at most six. */
#define START_ROWS 19000u
#define MOST_STARTS 6u
/* Every term is taken to have been seen this often more, spread as all terms are. */
#define PRIOR 3.0
/* How much the partition's own probability counts when the number of clusters is chosen: in full it would
 * join whatever a handful of words tells apart; not at all, it would keep chance splits. In full it finds
 * what clusters have in common. */
#define PARTITION 0.05
#define PARTITION_OF_HEADS 1.0
#define ANNEAL 8u
#define PASSES 20u
/* How often it refines and merges at most. */
#define ROUNDS 6u
/* Fewer texts are no theme that anybody would look for, when nobody says how many there are. */
#define LEAST_ROWS 3u
/* Where it merges down from when nobody says how many themes there are. */
#define MOST_CHOSEN 100u

/* The rows that have terms and the columns that are in a row; the original rows' numbers go to `row`. */
static VocMatrix *
without_empty(const VocMatrix *counts, guint32 *row)
{
    gsize n_values = counts->start[counts->n_rows];
    VocMatrix *full = voc_matrix_new(counts->n_rows, counts->n_columns, n_values);
    g_autofree guint32 *used = voc_matrix_column_counts(counts);
    full->n_rows = full->n_columns = 0;
    for (guint r = 0; r < counts->n_rows; r++) {
        if (counts->start[r] == counts->start[r + 1])
            continue;
        row[full->n_rows++] = r;
        full->start[full->n_rows] = counts->start[r + 1];
    }
    for (guint c = 0; c < counts->n_columns; c++)
        if (used[c])
            used[c] = full->n_columns++;
    for (gsize i = 0; i < n_values; i++) {
        full->column[i] = used[counts->column[i]];
        full->value[i] = counts->value[i];
    }
    return full;
}

/* The rows by TF-IDF in the space of `*rank` dimensions, of unit length. */
static float *
decomposed(const VocMatrix *counts, guint *rank)
{
    g_autoptr(VocMatrix) weighted = voc_matrix_tfidf(counts);
    float *rows = voc_svd_rows(weighted, rank);
    for (guint r = 0; r < counts->n_rows && *rank; r++)
        voc_kernel_normalize(rows + (gsize)r * *rank, *rank);
    return rows;
}

/* Words that are everywhere weigh little when documents are moved, and words that name a topic much. */
float *
voc_cluster_informativeness(const VocMatrix *counts, const guint32 *cluster, guint k, double sharpness)
{
    g_autofree float *seen = g_new0(float, (gsize)counts->n_columns *k + 1);
    g_autofree double *share = g_new0(double, k);
    float *weight = g_new0(float, MAX(counts->n_columns, 1));
    double all = 0, weighted = 0;
    for (guint r = 0; r < counts->n_rows; r++)
        for (gsize i = counts->start[r]; i < counts->start[r + 1]; i++) {
            seen[(gsize)counts->column[i] * k + cluster[r]] += counts->value[i];
            share[cluster[r]] += counts->value[i];
            all += counts->value[i];
        }
    for (guint t = 0; t < counts->n_columns; t++) {
        const float *row = seen + (gsize)t * k;
        double total = 0, divergence = 0, rest = 1;
        for (guint c = 0; c < k; c++)
            total += row[c];
        for (guint c = 0; c < k && total > 0; c++) {
            double prior = share[c] / all;
            if (row[c] <= 0)
                continue;
            double p = (row[c] + PRIOR * prior) / (total + PRIOR);
            divergence += p * log(p / prior);
            rest -= prior;
        }
        /* In the other clusters it is as rare as the prior says. */
        if (rest > 0 && total > 0)
            divergence += rest * PRIOR / (total + PRIOR) * log(PRIOR / (total + PRIOR));
        weight[t] = (float)pow(MAX(divergence, 0), sharpness);
        weighted += weight[t] * total;
    }
    for (guint t = 0; t < counts->n_columns; t++)
        weight[t] = weighted > 0 ? (float)(weight[t] * all / weighted) : 1;
    return weight;
}

/* Weighs the terms by the clusters as they are, and moves documents between them. With `wanted` it then
 * merges clusters down to so many (0: as long as it pays). Returns how many are left. */
static guint
refine(const VocMatrix *counts, guint32 *cluster, guint k, double sharpness, const guint *wanted,
       VocRandom *random)
{
    g_autofree float *weights = voc_cluster_informativeness(counts, cluster, k, sharpness);
    g_autoptr(VocMatrix) weighted = voc_matrix_weighted(counts, weights);
    g_autoptr(VocMixture) mixture = voc_mixture_new(weighted, k, cluster);
    voc_mixture_refine(mixture, wanted ? ANNEAL : 0, PASSES, random);
    return wanted ? voc_mixture_merge(mixture, *wanted, PARTITION) : k;
}

/* Numbers the clusters that have a row from 0; returns how many there are. */
static guint
close_up(guint32 *cluster, guint n, guint k)
{
    g_autofree guint32 *number = g_new0(guint32, (gsize)k + 1);
    guint32 used = 0;
    for (guint r = 0; r < n; r++)
        number[cluster[r]] = 1;
    for (guint c = 0; c < k; c++)
        number[c] = number[c] ? used++ : 0;
    for (guint r = 0; r < n; r++)
        cluster[r] = number[cluster[r]];
    return used;
}

typedef struct Clustering {
    guint32 *cluster;
    guint k;
    double likelihood;
} Clustering;

/* One way from a start to clusters. */
static Clustering
cluster_once(const VocMatrix *counts, const float *rows, guint rank, guint wanted, VocRandom *random)
{
    Clustering found = {g_new0(guint32, counts->n_rows), 0, 0};
    guint k = wanted ? MIN(wanted * 3, wanted + MOST_SURPLUS) : MOST_CHOSEN;
    k = MIN(k, MAX(counts->n_rows / 2, 1));
    if (rank)
        voc_kmeans(rows, counts->n_rows, rank, k, KMEANS_ITERATIONS, random, found.cluster);
    for (guint round = 0; round < ROUNDS; round++) {
        found.k = refine(counts, found.cluster, k, MILD, &wanted, random);
        if (found.k == k)
            break;
        k = found.k;
    }
    for (guint round = 0; round < 2; round++)
        refine(counts, found.cluster, found.k, FULL, NULL, random);
    found.k = close_up(found.cluster, counts->n_rows, found.k);
    g_autoptr(VocMixture) mixture = voc_mixture_new(counts, found.k, found.cluster);
    found.likelihood = voc_mixture_likelihood(mixture);
    return found;
}

/* Few documents leave much to the start: several are tried, and the likeliest outcome is taken. */
static guint32 *
cluster_full(const VocMatrix *counts, guint *k)
{
    guint wanted = *k, starts = CLAMP(START_ROWS / counts->n_rows, 1, MOST_STARTS);
    guint rank = CLAMP((wanted ? MIN(wanted * 3, wanted + MOST_SURPLUS) : MOST_CHOSEN) * 3 / 5, 40, 200);
    g_autofree float *rows = decomposed(counts, &rank);
    Clustering best = {NULL, 0, 0};
    for (guint start = 0; start < starts; start++) {
        VocRandom random = {start + 1};
        Clustering found = cluster_once(counts, rows, rank, wanted, &random);
        if (best.cluster && best.likelihood >= found.likelihood) {
            g_free(found.cluster);
            continue;
        }
        g_free(best.cluster);
        best = found;
    }
    *k = best.k;
    return best.cluster;
}

/* The same for a matrix some of whose rows and columns may be empty. */
static guint32 *
cluster_some(const VocMatrix *counts, guint *k)
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

/* The rows of loose clusters. */
static VocMatrix *
loose_rows(const VocMatrix *counts, const guint32 *cluster, const gboolean *loose)
{
    VocMatrix *part = voc_matrix_new(counts->n_rows, counts->n_columns, counts->start[counts->n_rows]);
    gsize kept = 0;
    for (guint r = 0; r < counts->n_rows; r++) {
        gboolean chosen = cluster[r] != VOC_NO_CLUSTER && loose[cluster[r]];
        for (gsize i = counts->start[r]; chosen && i < counts->start[r + 1]; i++) {
            part->column[kept] = counts->column[i];
            part->value[kept++] = counts->value[i];
        }
        part->start[r + 1] = kept;
    }
    return part;
}

/* Takes the rows out of loose clusters and of those with fewer than `least` rows, and closes up the numbers.
 */
static guint
drop_loose(const VocMatrix *counts, guint32 *cluster, guint k, guint least)
{
    g_autofree gboolean *loose = voc_loose_clusters(counts, cluster, k);
    g_autofree guint32 *rows = g_new0(guint32, MAX(k, 1));
    guint32 next = 0;
    for (guint r = 0; r < counts->n_rows; r++)
        if (cluster[r] != VOC_NO_CLUSTER)
            rows[cluster[r]]++;
    for (guint c = 0; c < k; c++)
        rows[c] = loose[c] || rows[c] < least ? VOC_NO_CLUSTER : next++;
    for (guint r = 0; r < counts->n_rows; r++)
        if (cluster[r] != VOC_NO_CLUSTER)
            cluster[r] = rows[cluster[r]];
    return next;
}

/* Searches loose clusters once more, without the rest; what is loose still is no cluster. */
static guint
split_loose(const VocMatrix *counts, guint32 *cluster, guint k)
{
    guint more = 0;
    g_autofree gboolean *loose = voc_loose_clusters(counts, cluster, k);
    g_autoptr(VocMatrix) part = loose_rows(counts, cluster, loose);
    g_autofree guint32 *again = cluster_some(part, &more);
    for (guint r = 0; r < counts->n_rows; r++)
        if (again[r] != VOC_NO_CLUSTER)
            cluster[r] = k + again[r];
    return drop_loose(counts, cluster, k + more, LEAST_ROWS);
}

guint32 *
voc_cluster(const VocMatrix *counts, guint *k)
{
    gboolean chooses = *k == 0;
    guint32 *cluster = cluster_some(counts, k);
    if (chooses)
        *k = split_loose(counts, cluster, *k);
    return cluster;
}

/* Numbers the groups of two clusters or more that have no more than half of the rows; the others' clusters
 * have no head. Returns how many heads there are. */
static guint
number_heads(guint32 *heads, guint k, const guint32 *rows, guint n_rows)
{
    g_autofree guint32 *members = g_new0(guint32, (gsize)k + 1);
    g_autofree guint32 *inside = g_new0(guint32, (gsize)k + 1);
    guint32 n = 0;
    for (guint c = 0; c < k; c++) {
        members[heads[c]]++;
        inside[heads[c]] += rows[c];
    }
    for (guint h = 0; h <= k; h++)
        members[h] = members[h] > 1 && 2 * inside[h] <= n_rows ? n++ : VOC_NO_CLUSTER;
    for (guint c = 0; c < k; c++)
        heads[c] = members[heads[c]];
    return n;
}

guint32 *
voc_cluster_heads(const VocMatrix *counts, const guint32 *cluster, guint k, guint *n_heads)
{
    guint32 *heads = g_new0(guint32, MAX(k, 1));
    g_autofree guint32 *row = g_new(guint32, MAX(counts->n_rows, 1));
    g_autofree guint32 *rows = g_new0(guint32, (gsize)k + 1);
    g_autoptr(VocMatrix) full = without_empty(counts, row);
    g_autofree guint32 *own = g_new(guint32, MAX(full->n_rows, 1));
    *n_heads = 0;
    if (k < 3)
        memset(heads, 0xff, sizeof(guint32) * k);
    if (k < 3)
        return heads;
    /* What is in no cluster is one too, which may be merged with the others. */
    for (guint r = 0; r < full->n_rows; r++) {
        own[r] = cluster[row[r]] == VOC_NO_CLUSTER ? k : cluster[row[r]];
        rows[own[r]]++;
    }
    g_autofree guint32 *merged = g_memdup2(own, sizeof(guint32) * full->n_rows);
    g_autofree float *weights = voc_cluster_informativeness(full, own, k + 1, MILD);
    g_autoptr(VocMatrix) weighted = voc_matrix_weighted(full, weights);
    g_autoptr(VocMixture) mixture = voc_mixture_new(weighted, k + 1, merged);
    voc_mixture_merge(mixture, 0, PARTITION_OF_HEADS);
    for (guint r = 0; r < full->n_rows; r++)
        if (own[r] < k)
            heads[own[r]] = merged[r];
    *n_heads = number_heads(heads, k, rows, full->n_rows - rows[k]);
    return heads;
}
