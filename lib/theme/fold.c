/* Vectors folded into the space of terms. */
#include <stdlib.h>
#include <string.h>

#include "theme/kernel.h"
#include "theme/vectors.h"

#define NEIGHBOURS 3u
#define LEAST_COSINE 0.6f
/* Among so many of the commonest terms are they looked for. */
#define COMMON_TERMS 3000u

typedef struct Neighbour {
    guint32 column;
    float cosine;
} Neighbour;

typedef struct Common {
    guint32 column, rows;
} Common;

static int
by_rows(const void *a, const void *b)
{
    const Common *x = a, *y = b;
    if (x->rows != y->rows)
        return x->rows < y->rows ? 1 : -1;
    return (x->column > y->column) - (x->column < y->column);
}

/* The commonest columns that have a vector. */
static GArray *
common_columns(const VocVectors *v, const guint32 *df)
{
    GArray *common = g_array_new(FALSE, FALSE, sizeof(Common));
    for (guint32 c = 0; c < v->n_columns; c++) {
        const float *row = v->rows + (gsize)c * v->width;
        Common column = {c, df[c]};
        if (df[c] && voc_kernel_dot(row, row, v->width) > 0.5f)
            g_array_append_val(common, column);
    }
    if (common->len)
        qsort(common->data, common->len, sizeof(Common), by_rows);
    return common;
}

static void
enter(Neighbour *found, Neighbour new)
{
    for (guint i = 0; i < NEIGHBOURS; i++)
        if (new.cosine > found[i].cosine) {
            Neighbour old = found[i];
            found[i] = new;
            new = old;
        }
}

/* The nearest of the commoner terms of each column. */
static Neighbour *
find_neighbours(const VocVectors *v, const guint32 *df)
{
    Neighbour *found = g_new0(Neighbour, (gsize)v->n_columns * NEIGHBOURS + 1);
    g_autoptr(GArray) common = common_columns(v, df);
    for (guint i = 0; i < common->len; i++) {
        guint32 own = g_array_index(common, Common, i).column;
        const float *row = v->rows + (gsize)own * v->width;
        for (guint j = 0; j < MIN(i, COMMON_TERMS); j++) {
            guint32 other = g_array_index(common, Common, j).column;
            float cosine = voc_kernel_dot(row, v->rows + (gsize)other * v->width, v->width);
            if (cosine >= LEAST_COSINE)
                enter(found + (gsize)own * NEIGHBOURS, (Neighbour){other, cosine});
        }
    }
    return found;
}

typedef struct Value {
    guint32 column;
    float value;
} Value;

static int
by_column(const void *a, const void *b)
{
    const Value *x = a, *y = b;
    return (x->column > y->column) - (x->column < y->column);
}

/* A row's terms and their neighbours, ascending. */
static void
spread_row(const VocMatrix *counts, guint row, const Neighbour *neighbours, GArray *values)
{
    g_array_set_size(values, 0);
    for (gsize i = counts->start[row]; i < counts->start[row + 1]; i++) {
        const Neighbour *near = neighbours + (gsize)counts->column[i] * NEIGHBOURS;
        Value own = {counts->column[i], counts->value[i]};
        g_array_append_val(values, own);
        for (guint n = 0; n < NEIGHBOURS && near[n].cosine > 0; n++) {
            Value other = {near[n].column, counts->value[i] * near[n].cosine * near[n].cosine};
            g_array_append_val(values, other);
        }
    }
    if (values->len)
        qsort(values->data, values->len, sizeof(Value), by_column);
}

VocMatrix *
voc_vectors_fold(const VocVectors *vectors, const VocMatrix *counts)
{
    g_autofree guint32 *df = voc_matrix_column_counts(counts);
    g_autofree Neighbour *neighbours = find_neighbours(vectors, df);
    g_autoptr(GArray) values = g_array_new(FALSE, FALSE, sizeof(Value));
    VocMatrix *folded =
        voc_matrix_new(counts->n_rows, counts->n_columns, counts->start[counts->n_rows] * (NEIGHBOURS + 1));
    gsize at = 0;
    for (guint r = 0; r < counts->n_rows; r++) {
        spread_row(counts, r, neighbours, values);
        for (guint i = 0; i < values->len; i++) {
            const Value *value = &g_array_index(values, Value, i);
            if (i && folded->column[at - 1] == value->column) {
                folded->value[at - 1] += value->value;
                continue;
            }
            folded->column[at] = value->column;
            folded->value[at++] = value->value;
        }
        folded->start[r + 1] = at;
    }
    return folded;
}
