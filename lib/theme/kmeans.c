#include "theme/kmeans.h"

#include <string.h>

#include "theme/kernel.h"

typedef struct KMeans {
    const float *rows;
    guint n, width, k;
    float *centres;  /* k x width */
    float *across;   /* the same, width x k: one pass over a row gives all similarities */
    float *distance; /* of each row to its nearest centre: 1 - cosine */
} KMeans;

static guint
draw(const KMeans *m, double total, VocRandom *random)
{
    double left = voc_random_uniform(random) * total;
    for (guint i = 0; i < m->n; i++) {
        left -= m->distance[i];
        if (left < 0)
            return i;
    }
    return m->n - 1;
}

/* Row `at` is a centre: distances become smaller. Returns their sum. */
static double
near(KMeans *m, guint at)
{
    const float *centre = m->rows + (gsize)at * m->width;
    double total = 0;
    for (guint i = 0; i < m->n; i++) {
        float d = MAX(0, 1 - voc_kernel_dot(m->rows + (gsize)i * m->width, centre, m->width));
        m->distance[i] = MIN(d, m->distance[i]);
        total += m->distance[i];
    }
    return total;
}

static void
start(KMeans *m, VocRandom *random)
{
    double total = m->n;
    for (guint i = 0; i < m->n; i++)
        m->distance[i] = 1;
    for (guint c = 0; c < m->k; c++) {
        guint at = draw(m, total, random);
        memcpy(m->centres + (gsize)c * m->width, m->rows + (gsize)at * m->width, sizeof(float) * m->width);
        total = near(m, at);
    }
}

/* Puts each row to its nearest centre; returns how many moved. */
static guint
assign(KMeans *m, guint32 *cluster)
{
    g_autofree float *similarity = g_new(float, m->k);
    guint moved = 0;
    for (guint c = 0; c < m->k; c++)
        for (guint d = 0; d < m->width; d++)
            m->across[(gsize)d * m->k + c] = m->centres[(gsize)c * m->width + d];
    for (guint i = 0; i < m->n; i++) {
        const float *row = m->rows + (gsize)i * m->width;
        memset(similarity, 0, sizeof(float) * m->k);
        for (guint d = 0; d < m->width; d++)
            voc_kernel_add_scaled(similarity, m->across + (gsize)d * m->k, row[d], m->k);
        guint32 best = (guint32)voc_kernel_greatest(similarity, m->k);
        moved += best != cluster[i];
        cluster[i] = best;
        m->distance[i] = 1 - similarity[best];
    }
    return moved;
}

/* The row that is worst off, which is then taken. */
static guint
farthest(KMeans *m)
{
    guint worst = 0;
    for (guint i = 1; i < m->n; i++)
        if (m->distance[i] > m->distance[worst])
            worst = i;
    m->distance[worst] = -1;
    return worst;
}

static void
update(KMeans *m, const guint32 *cluster)
{
    memset(m->centres, 0, sizeof(float) * m->k * m->width);
    for (guint i = 0; i < m->n; i++)
        voc_kernel_add(m->centres + (gsize)cluster[i] * m->width, m->rows + (gsize)i * m->width, m->width);
    for (guint c = 0; c < m->k; c++) {
        float *centre = m->centres + (gsize)c * m->width;
        if (voc_kernel_normalize(centre, m->width) <= 0)
            memcpy(centre, m->rows + (gsize)farthest(m) * m->width, sizeof(float) * m->width);
    }
}

void
voc_kmeans(const float *rows, guint n, guint width, guint k, guint iterations, VocRandom *random,
           guint32 *cluster)
{
    KMeans m = {rows, n, width, k, NULL, NULL, NULL};
    m.centres = g_new0(float, (gsize)k *width + 1);
    m.across = g_new0(float, (gsize)k *width + 1);
    m.distance = g_new0(float, n);
    for (guint i = 0; i < n; i++)
        cluster[i] = G_MAXUINT32;
    start(&m, random);
    for (guint i = 0; i < iterations && assign(&m, cluster) > 0; i++)
        update(&m, cluster);
    g_free(m.centres);
    g_free(m.across);
    g_free(m.distance);
}
