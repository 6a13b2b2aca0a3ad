#include "stats/partition.h"

#include <math.h>
#include <string.h>

#define MOST_GROUPS 2000u

/* Numbers groups from 0 in the order in which they come; returns how many there are. */
static guint
renumber(const guint32 *group, gsize n, guint32 *out)
{
    g_autoptr(GHashTable) number = g_hash_table_new(NULL, NULL);
    for (gsize i = 0; i < n; i++) {
        gpointer key = GUINT_TO_POINTER(group[i]), value;
        if (!g_hash_table_lookup_extended(number, key, NULL, &value)) {
            value = GUINT_TO_POINTER(g_hash_table_size(number));
            g_hash_table_insert(number, key, value);
        }
        out[i] = GPOINTER_TO_UINT(value);
    }
    return g_hash_table_size(number);
}

/* The contingency table: how many things are in a found and a gold group. */
typedef struct Table {
    guint rows, columns;
    double *cell; /* rows x columns */
    double *row, *column;
    double n;
} Table;

static void
table_fill(Table *t, const guint32 *found, const guint32 *gold, gsize n)
{
    t->n = (double)n;
    t->cell = g_new0(double, (gsize)t->rows * t->columns + 1);
    t->row = g_new0(double, t->rows + 1);
    t->column = g_new0(double, t->columns + 1);
    for (gsize i = 0; i < n; i++) {
        t->cell[(gsize)found[i] * t->columns + gold[i]]++;
        t->row[found[i]]++;
        t->column[gold[i]]++;
    }
}

static double
entropy(const double *counts, guint n, double all)
{
    double sum = 0;
    for (guint i = 0; i < n; i++)
        if (counts[i] > 0)
            sum -= counts[i] / all * log(counts[i] / all);
    return sum;
}

static double
nmi(const Table *t)
{
    double mutual = 0;
    double mean = (entropy(t->row, t->rows, t->n) + entropy(t->column, t->columns, t->n)) / 2;
    for (guint r = 0; r < t->rows; r++)
        for (guint c = 0; c < t->columns; c++) {
            double cell = t->cell[(gsize)r * t->columns + c];
            if (cell > 0)
                mutual += cell / t->n * log(cell * t->n / (t->row[r] * t->column[c]));
        }
    if (mean <= 0)
        return 1;
    return CLAMP(mutual / mean, 0, 1);
}

static double
pairs(const double *counts, gsize n)
{
    double sum = 0;
    for (gsize i = 0; i < n; i++)
        sum += counts[i] * (counts[i] - 1) / 2;
    return sum;
}

static double
ari(const Table *t)
{
    double together = pairs(t->cell, (gsize)t->rows * t->columns);
    double rows = pairs(t->row, t->rows), columns = pairs(t->column, t->columns);
    double expected = t->n > 1 ? rows * columns / (t->n * (t->n - 1) / 2) : 0;
    double most = (rows + columns) / 2;
    return most - expected == 0 ? 1 : (together - expected) / (most - expected);
}

/* The share of things in their row's greatest cell. */
static double
purity(const Table *t)
{
    double sum = 0;
    for (guint r = 0; r < t->rows; r++) {
        double most = 0;
        for (guint c = 0; c < t->columns; c++)
            most = MAX(most, t->cell[(gsize)r * t->columns + c]);
        sum += most;
    }
    return sum / t->n;
}

static double
inverse_purity(const Table *t)
{
    double sum = 0;
    for (guint c = 0; c < t->columns; c++) {
        double most = 0;
        for (guint r = 0; r < t->rows; r++)
            most = MAX(most, t->cell[(gsize)r * t->columns + c]);
        sum += most;
    }
    return sum / t->n;
}

static double
accuracy(const Table *t)
{
    guint n = MAX(t->rows, t->columns);
    if (n > MOST_GROUPS)
        return NAN;
    g_autofree double *gain = g_new0(double, (gsize)n *n);
    g_autofree guint *column = g_new(guint, n);
    for (guint r = 0; r < t->rows; r++)
        memcpy(gain + (gsize)r * n, t->cell + (gsize)r * t->columns, sizeof(double) * t->columns);
    return voc_partition_match(gain, n, column) / t->n;
}

void
voc_partition_compare(const guint32 *found, const guint32 *gold, gsize n, VocPartition *out)
{
    *out = (VocPartition){.n = n};
    if (!n)
        return;
    g_autofree guint32 *f = g_new(guint32, n);
    g_autofree guint32 *g = g_new(guint32, n);
    Table t = {0};
    out->n_found = t.rows = renumber(found, n, f);
    out->n_gold = t.columns = renumber(gold, n, g);
    table_fill(&t, f, g, n);
    out->nmi = nmi(&t);
    out->ari = ari(&t);
    out->purity = purity(&t);
    out->inverse_purity = inverse_purity(&t);
    out->accuracy = accuracy(&t);
    g_free(t.cell);
    g_free(t.row);
    g_free(t.column);
}

/* Shortest augmenting paths over reduced costs; rows and columns count from 1, 0 is "none". */
typedef struct Matcher {
    const double *gain;
    guint n;
    double *row_price, *column_price, *slack;
    guint *row_of, *before;
    gboolean *visited;
} Matcher;

/* Brings row `row` into the matching; the path's last column is free. */
static void
augment(Matcher *m, guint row)
{
    guint column = 0;
    m->row_of[0] = row;
    for (guint j = 0; j <= m->n; j++) {
        m->slack[j] = G_MAXDOUBLE;
        m->visited[j] = FALSE;
    }
    do {
        guint at = m->row_of[column], next = 0;
        double least = G_MAXDOUBLE;
        m->visited[column] = TRUE;
        for (guint j = 1; j <= m->n; j++) {
            if (m->visited[j])
                continue;
            double cost = -m->gain[(gsize)(at - 1) * m->n + j - 1] - m->row_price[at] - m->column_price[j];
            if (cost < m->slack[j]) {
                m->slack[j] = cost;
                m->before[j] = column;
            }
            if (m->slack[j] < least) {
                least = m->slack[j];
                next = j;
            }
        }
        for (guint j = 0; j <= m->n; j++) {
            if (m->visited[j]) {
                m->row_price[m->row_of[j]] += least;
                m->column_price[j] -= least;
            } else {
                m->slack[j] -= least;
            }
        }
        column = next;
    } while (m->row_of[column]);
    while (column) {
        guint from = m->before[column];
        m->row_of[column] = m->row_of[from];
        column = from;
    }
}

double
voc_partition_match(const double *gain, guint n, guint *column)
{
    gsize size = (gsize)n + 1;
    Matcher m = {gain,
                 n,
                 g_new0(double, size),
                 g_new0(double, size),
                 g_new0(double, size),
                 g_new0(guint, size),
                 g_new0(guint, size),
                 g_new0(gboolean, size)};
    double sum = 0;
    for (guint row = 1; row <= n; row++)
        augment(&m, row);
    for (guint j = 1; j <= n; j++) {
        column[m.row_of[j] - 1] = j - 1;
        sum += gain[(gsize)(m.row_of[j] - 1) * n + j - 1];
    }
    g_free(m.row_price);
    g_free(m.column_price);
    g_free(m.slack);
    g_free(m.row_of);
    g_free(m.before);
    g_free(m.visited);
    return sum;
}
