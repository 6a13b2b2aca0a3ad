#include "theme/mixture.h"

#include <math.h>
#include <string.h>

#include "theme/kernel.h"

/* The prior: each cluster has seen every term this often. */
#define BETA 0.5
/* The annealing's first temperature. */
#define TEMPERATURE 0.8
/* Sums below this are what rounding left of zero. */
#define LEAST 1e-3f

struct VocMixture {
    const VocMatrix *counts;
    guint k;
    guint32 *cluster;
    float *seen;        /* n_columns x k: how often a cluster has a term */
    float *log_seen;    /* log(seen + beta) */
    double *total;      /* terms in a cluster */
    guint32 *documents; /* in a cluster */
    float *log_total;   /* log(total + beta * n_columns) */
    float *inverse;     /* 1 / (total + beta * n_columns) */
    float *fit;         /* k: scratch */
};

static float
log_count(float count)
{
    /* What is left of a sum after all was taken away may lie below zero. */
    return logf(MAX(count, 0) + (float)BETA);
}

/* log_count(count + change), from log_seen = log_count(count): by a series where little changes. */
static float
log_changed(float log_seen, float count, float change)
{
    float share = change / (count + (float)BETA);
    if (share > 0.1f || share < -0.1f)
        return log_count(count + change);
    return log_seen + share * (1 - share * (0.5f - share * (1.0f / 3)));
}

static void
note_total(VocMixture *m, guint c)
{
    double mass = m->total[c] + BETA * m->counts->n_columns;
    m->log_total[c] = (float)log(mass);
    m->inverse[c] = (float)(1 / mass);
}

VocMixture *
voc_mixture_new(const VocMatrix *counts, guint k, guint32 *cluster)
{
    VocMixture *m = g_new0(VocMixture, 1);
    gsize area = (gsize)counts->n_columns * k;
    m->counts = counts;
    m->k = k;
    m->cluster = cluster;
    m->seen = g_new0(float, area + 1);
    m->log_seen = g_new0(float, area + 1);
    m->total = g_new0(double, k);
    m->documents = g_new0(guint32, k);
    m->log_total = g_new0(float, k);
    m->inverse = g_new0(float, k);
    m->fit = g_new0(float, k);
    for (guint r = 0; r < counts->n_rows; r++) {
        m->documents[cluster[r]]++;
        for (gsize i = counts->start[r]; i < counts->start[r + 1]; i++) {
            m->seen[(gsize)counts->column[i] * k + cluster[r]] += counts->value[i];
            m->total[cluster[r]] += counts->value[i];
        }
    }
    float unseen = log_count(0);
    for (gsize i = 0; i < area; i++)
        m->log_seen[i] = m->seen[i] > 0 ? log_count(m->seen[i]) : unseen;
    for (guint c = 0; c < k; c++)
        note_total(m, c);
    return m;
}

void
voc_mixture_free(VocMixture *m)
{
    if (!m)
        return;
    g_free(m->seen);
    g_free(m->log_seen);
    g_free(m->total);
    g_free(m->documents);
    g_free(m->log_total);
    g_free(m->inverse);
    g_free(m->fit);
    g_free(m);
}

/* What a column has in each cluster lies in some other place of memory than the next column's: it is asked
 * for this many columns before it is needed. */
#define AHEAD 4u

static void
prefetch_row(const VocMixture *m, guint32 column, guint32 own)
{
    const char *row = (const char *)(m->log_seen + (gsize)column * m->k);
    for (gsize i = 0; i < m->k * sizeof(float); i += 64)
        __builtin_prefetch(row + i);
    __builtin_prefetch(m->seen + (gsize)column * m->k + own);
}

/* How well each cluster explains row `r`, its own without it, into m->fit. Repeats inside a document count by
 * the logarithm of the cluster's count alone. */
static void
measure(VocMixture *m, guint r)
{
    const VocMatrix *counts = m->counts;
    guint32 own = m->cluster[r];
    float length = 0, own_fit = 0;
    gsize ahead = counts->start[counts->n_rows];
    memset(m->fit, 0, sizeof(float) * m->k);
    for (gsize i = counts->start[r]; i < counts->start[r + 1]; i++) {
        gsize at = (gsize)counts->column[i] * m->k;
        float value = counts->value[i];
        if (i + AHEAD < ahead)
            prefetch_row(m, counts->column[i + AHEAD], own);
        length += value;
        voc_kernel_add_scaled(m->fit, m->log_seen + at, value, m->k);
        own_fit += value * log_changed(m->log_seen[at + own], m->seen[at + own], -value);
    }
    voc_kernel_add_scaled(m->fit, m->log_total, -length, m->k);
    voc_kernel_add_scaled(m->fit, m->inverse, -length * length / 2, m->k);
    double mass = m->total[own] - length + BETA * counts->n_columns;
    m->fit[own] = own_fit - length * (float)log(mass) - length * length / 2 / (float)mass;
}

static void
add(VocMixture *m, guint r, guint32 c, float sign)
{
    const VocMatrix *counts = m->counts;
    for (gsize i = counts->start[r]; i < counts->start[r + 1]; i++) {
        gsize at = (gsize)counts->column[i] * m->k + c;
        m->seen[at] += sign * counts->value[i];
        m->log_seen[at] = log_count(m->seen[at]);
        m->total[c] += sign * counts->value[i];
    }
    m->documents[c] += sign > 0 ? 1 : G_MAXUINT32;
    note_total(m, c);
}

static guint32
draw(VocMixture *m, float temperature, VocRandom *random)
{
    float best = m->fit[voc_kernel_greatest(m->fit, m->k)];
    float floor = best - 16 * temperature;
    double sum = 0;
    for (guint c = 0; c < m->k; c++) {
        m->fit[c] = m->fit[c] < floor ? 0 : expf((m->fit[c] - best) / temperature);
        sum += m->fit[c];
    }
    double left = voc_random_uniform(random) * sum;
    for (guint c = 0; c < m->k; c++) {
        left -= m->fit[c];
        if (left < 0)
            return c;
    }
    return (guint32)voc_kernel_greatest(m->fit, m->k);
}

/* One pass; returns how many rows moved. */
static guint
pass(VocMixture *m, float temperature, VocRandom *random)
{
    guint moved = 0;
    for (guint r = 0; r < m->counts->n_rows; r++) {
        if (m->counts->start[r] == m->counts->start[r + 1])
            continue;
        guint32 old = m->cluster[r];
        measure(m, r);
        guint32 best =
            temperature > 0 ? draw(m, temperature, random) : (guint32)voc_kernel_greatest(m->fit, m->k);
        if (best == old)
            continue;
        add(m, r, old, -1);
        add(m, r, best, 1);
        m->cluster[r] = best;
        moved++;
    }
    return moved;
}

void
voc_mixture_refine(VocMixture *m, guint anneal, guint passes, VocRandom *random)
{
    for (guint i = 0; i < anneal; i++)
        pass(m, (float)TEMPERATURE * (1 - (float)i / (float)anneal), random);
    for (guint i = 0; i < passes; i++)
        if (pass(m, 0, random) <= m->counts->n_rows / 1000)
            return;
}

/* log Gamma(x + beta) - log Gamma(beta): from a table, between its entries along a line, and by Stirling's
 * series behind its end. */
#define STEPS 32
#define TABLE_END 256

typedef struct Rising {
    double table[TABLE_END * STEPS + 2];
    double at_zero;
} Rising;

static double
rising(const Rising *t, double count)
{
    if (count < TABLE_END) {
        double place = MAX(count, 0) * STEPS;
        guint at = (guint)place;
        return t->table[at] + (place - at) * (t->table[at + 1] - t->table[at]);
    }
    double x = count + BETA;
    return (x - 0.5) * log(x) - x + 0.91893853320467274 + 1 / (12 * x) - t->at_zero;
}

static Rising *
rising_new(void)
{
    Rising *t = g_new0(Rising, 1);
    t->at_zero = lgamma(BETA);
    for (guint i = 0; i < G_N_ELEMENTS(t->table); i++)
        t->table[i] = lgamma((double)i / STEPS + BETA) - t->at_zero;
    return t;
}

double
voc_mixture_likelihood(const VocMixture *m)
{
    g_autofree Rising *t = rising_new();
    double mass = BETA * m->counts->n_columns, sum = 0;
    for (gsize i = 0; i < (gsize)m->counts->n_columns * m->k; i++)
        if (m->seen[i] > LEAST)
            sum += rising(t, m->seen[i]);
    for (guint c = 0; c < m->k; c++)
        sum -= lgamma(m->total[c] + mass) - lgamma(mass);
    return sum;
}

/* A cluster on its way to being merged: its terms, ascending. */
typedef struct Part {
    guint32 documents;
    guint32 n;
    guint32 *term;
    float *count;
    double total;
} Part;

static void
part_gather(Part *part, const VocMixture *m, guint c)
{
    part->total = m->total[c];
    part->documents = m->documents[c];
    part->n = 0;
    for (guint w = 0; w < m->counts->n_columns; w++)
        part->n += m->seen[(gsize)w * m->k + c] > LEAST;
    part->term = g_new(guint32, MAX(part->n, 1));
    part->count = g_new(float, MAX(part->n, 1));
    part->n = 0;
    for (guint w = 0; w < m->counts->n_columns; w++)
        if (m->seen[(gsize)w * m->k + c] > LEAST) {
            part->term[part->n] = w;
            part->count[part->n++] = m->seen[(gsize)w * m->k + c];
        }
}

static void
part_clear(Part *part)
{
    g_clear_pointer(&part->term, g_free);
    g_clear_pointer(&part->count, g_free);
    part->n = 0;
}

/* What merging `a` and `b` does to the probability of which document is where, when every cluster's size is
 * as likely (a Dirichlet process, concentration 1): it need not be told any more. */
static double
partition_gain(const Part *a, const Part *b)
{
    return lgamma(a->documents + b->documents) - lgamma(MAX(a->documents, 1)) - lgamma(MAX(b->documents, 1));
}

/* What merging `a` and `b` does to the likelihood of the terms. */
static double
gain(const Part *a, const Part *b, const Rising *t, double mass)
{
    double sum =
        lgamma(a->total + mass) + lgamma(b->total + mass) - lgamma(a->total + b->total + mass) - lgamma(mass);
    for (guint32 i = 0, j = 0; i < a->n && j < b->n;) {
        if (a->term[i] < b->term[j]) {
            i++;
        } else if (a->term[i] > b->term[j]) {
            j++;
        } else {
            sum += rising(t, a->count[i] + b->count[j]) - rising(t, a->count[i]) - rising(t, b->count[j]);
            i++;
            j++;
        }
    }
    return sum;
}

static void
part_join(Part *a, Part *b)
{
    Part sum = {a->documents + b->documents, 0, g_new(guint32, a->n + b->n + 1),
                g_new(float, a->n + b->n + 1), a->total + b->total};
    for (guint32 i = 0, j = 0; i < a->n || j < b->n;) {
        gboolean left = i < a->n && (j >= b->n || a->term[i] <= b->term[j]);
        gboolean right = j < b->n && (i >= a->n || b->term[j] <= a->term[i]);
        sum.term[sum.n] = left ? a->term[i] : b->term[j];
        sum.count[sum.n++] = (left ? a->count[i] : 0) + (right ? b->count[j] : 0);
        i += left;
        j += right;
    }
    part_clear(a);
    part_clear(b);
    *a = sum;
}

typedef struct Merger {
    Part *parts;
    double *gains; /* k x k, for i < j */
    guint32 *into; /* which part a cluster is in now */
    gboolean *gone;
    guint k, left;
    double partition; /* how much the partition's own probability counts */
    Rising *rising;
    double mass;
} Merger;

static double
gain_of(const Merger *m, guint a, guint b)
{
    double terms = gain(&m->parts[a], &m->parts[b], m->rising, m->mass);
    return m->partition > 0 ? terms + m->partition * partition_gain(&m->parts[a], &m->parts[b]) : terms;
}

static void
measure_part(Merger *m, guint i)
{
    for (guint j = 0; j < m->k; j++) {
        if (j == i || m->gone[j])
            continue;
        guint a = MIN(i, j), b = MAX(i, j);
        m->gains[(gsize)a * m->k + b] = gain_of(m, a, b);
    }
}

/* The cheapest merger. */
static double
cheapest(const Merger *m, guint *a, guint *b)
{
    double best = -G_MAXDOUBLE;
    for (guint i = 0; i < m->k; i++)
        for (guint j = i + 1; j < m->k; j++)
            if (!m->gone[i] && !m->gone[j] && m->gains[(gsize)i * m->k + j] > best) {
                best = m->gains[(gsize)i * m->k + j];
                *a = i;
                *b = j;
            }
    return best;
}

static void
merge_down(Merger *m, guint k)
{
    for (guint i = 0; i < m->k; i++)
        for (guint j = i + 1; j < m->k; j++)
            m->gains[(gsize)i * m->k + j] = gain_of(m, i, j);
    while (m->left > MAX(k, 1)) {
        guint a = 0, b = 0;
        if (cheapest(m, &a, &b) <= 0 && k == 0)
            return;
        part_join(&m->parts[a], &m->parts[b]);
        m->gone[b] = TRUE;
        for (guint c = 0; c < m->k; c++)
            if (m->into[c] == b)
                m->into[c] = a;
        m->left--;
        measure_part(m, a);
    }
}

guint
voc_mixture_merge(VocMixture *mixture, guint k, double partition)
{
    Merger m = {.k = mixture->k,
                .left = mixture->k,
                .partition = k == 0 ? partition : 0,
                .mass = BETA * mixture->counts->n_columns};
    m.parts = g_new0(Part, m.k);
    m.gains = g_new0(double, (gsize)m.k *m.k);
    m.into = g_new(guint32, m.k);
    m.gone = g_new0(gboolean, m.k);
    m.rising = rising_new();
    for (guint c = 0; c < m.k; c++) {
        part_gather(&m.parts[c], mixture, c);
        m.into[c] = c;
    }
    merge_down(&m, k);
    guint32 next = 0;
    g_autofree guint32 *number = g_new(guint32, m.k);
    for (guint c = 0; c < m.k; c++)
        if (!m.gone[c])
            number[c] = next++;
    for (guint r = 0; r < mixture->counts->n_rows; r++)
        mixture->cluster[r] = number[m.into[mixture->cluster[r]]];
    for (guint c = 0; c < m.k; c++)
        part_clear(&m.parts[c]);
    g_free(m.parts);
    g_free(m.gains);
    g_free(m.into);
    g_free(m.gone);
    g_free(m.rising);
    return m.left;
}
