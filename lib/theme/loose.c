#include "theme/loose.h"

#include <string.h>

#define LEAST_COSINE 0.45
#define WORDS 3u
/* Of few rows three words cover most by chance: one in so many must have one word. */
#define FEW_ROWS 20u
#define FEW_SHARE 2.5

/* A cluster's words that fit it best so far. */
typedef struct Best {
    guint32 word[WORDS];
    double fit[WORDS];
    guint n;
    double most; /* rows that have one word */
} Best;

static void
enter(Best *best, guint32 word, double fit)
{
    guint at = best->n;
    while (at > 0 && best->fit[at - 1] < fit)
        at--;
    if (at >= WORDS)
        return;
    guint moved = MIN(best->n, WORDS - 1) - at;
    memmove(best->word + at + 1, best->word + at, sizeof(guint32) * moved);
    memmove(best->fit + at + 1, best->fit + at, sizeof(double) * moved);
    best->word[at] = word;
    best->fit[at] = fit;
    best->n = MIN(best->n + 1, WORDS);
}

/* The best words of each cluster; `rows` counts its rows. */
static Best *
find_best(const VocMatrix *counts, const guint32 *cluster, guint k, guint32 *rows)
{
    Best *best = g_new0(Best, MAX(k, 1));
    g_autofree guint32 *df = voc_matrix_column_counts(counts);
    g_autofree guint32 *inside = g_new0(guint32, (gsize)counts->n_columns * k + 1);
    for (guint r = 0; r < counts->n_rows; r++) {
        if (cluster[r] == VOC_NO_CLUSTER)
            continue;
        rows[cluster[r]]++;
        for (gsize i = counts->start[r]; i < counts->start[r + 1]; i++)
            inside[(gsize)counts->column[i] * k + cluster[r]]++;
    }
    for (guint32 w = 0; w < counts->n_columns; w++)
        for (guint c = 0; c < k; c++) {
            double with = inside[(gsize)w * k + c];
            best[c].most = MAX(best[c].most, with);
            if (with > 0)
                enter(&best[c], w, with * with / rows[c] / df[w]);
        }
    return best;
}

static gboolean
has_word(const VocMatrix *counts, guint row, const Best *best)
{
    for (gsize i = counts->start[row]; i < counts->start[row + 1]; i++)
        for (guint w = 0; w < best->n; w++)
            if (counts->column[i] == best->word[w])
                return TRUE;
    return FALSE;
}

gboolean *
voc_loose_clusters(const VocMatrix *counts, const guint32 *cluster, guint k)
{
    gboolean *loose = g_new0(gboolean, MAX(k, 1));
    g_autofree guint32 *rows = g_new0(guint32, MAX(k, 1));
    g_autofree Best *best = find_best(counts, cluster, k, rows);
    for (guint c = 0; c < k; c++) {
        double with = 0, inside = 0;
        for (guint r = 0; r < counts->n_rows; r++)
            if (has_word(counts, r, &best[c])) {
                with++;
                inside += cluster[r] == c;
            }
        loose[c] = rows[c] == 0 || inside * inside < LEAST_COSINE * LEAST_COSINE * with * rows[c] ||
                   (rows[c] < FEW_ROWS && best[c].most * FEW_SHARE < rows[c]);
    }
    return loose;
}
