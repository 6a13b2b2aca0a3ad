#include "theme/matrix.h"

#include <math.h>
#include <string.h>

#include "theme/kernel.h"

VocMatrix *
voc_matrix_new(guint n_rows, guint n_columns, gsize n_values)
{
    VocMatrix *matrix = g_new0(VocMatrix, 1);
    matrix->n_rows = n_rows;
    matrix->n_columns = n_columns;
    matrix->start = g_new0(gsize, (gsize)n_rows + 1);
    matrix->column = g_new0(guint32, MAX(n_values, 1));
    matrix->value = g_new0(float, MAX(n_values, 1));
    return matrix;
}

void
voc_matrix_free(VocMatrix *matrix)
{
    if (!matrix)
        return;
    g_free(matrix->start);
    g_free(matrix->column);
    g_free(matrix->value);
    g_free(matrix);
}

guint32 *
voc_matrix_column_counts(const VocMatrix *matrix)
{
    guint32 *counts = g_new0(guint32, MAX(matrix->n_columns, 1));
    for (gsize i = 0; i < matrix->start[matrix->n_rows]; i++)
        counts[matrix->column[i]]++;
    return counts;
}

VocMatrix *
voc_matrix_weighted(const VocMatrix *matrix, const float *weights)
{
    gsize n_values = matrix->start[matrix->n_rows];
    VocMatrix *weighted = voc_matrix_new(matrix->n_rows, matrix->n_columns, n_values);
    memcpy(weighted->start, matrix->start, sizeof(gsize) * ((gsize)matrix->n_rows + 1));
    memcpy(weighted->column, matrix->column, sizeof(guint32) * n_values);
    for (gsize i = 0; i < n_values; i++)
        weighted->value[i] = matrix->value[i] * weights[matrix->column[i]];
    return weighted;
}

VocMatrix *
voc_matrix_tfidf(const VocMatrix *counts)
{
    g_autofree guint32 *df = voc_matrix_column_counts(counts);
    g_autofree float *idf = g_new(float, MAX(counts->n_columns, 1));
    for (guint c = 0; c < counts->n_columns; c++)
        idf[c] = (float)(log((1.0 + counts->n_rows) / (1.0 + df[c])) + 1.0);
    VocMatrix *weighted = voc_matrix_weighted(counts, idf);
    for (guint r = 0; r < counts->n_rows; r++)
        voc_kernel_normalize(weighted->value + weighted->start[r],
                             weighted->start[r + 1] - weighted->start[r]);
    return weighted;
}

void
voc_matrix_times(const VocMatrix *matrix, const float *dense, guint width, float *out)
{
    memset(out, 0, sizeof(float) * matrix->n_rows * (gsize)width);
    for (guint r = 0; r < matrix->n_rows; r++)
        for (gsize i = matrix->start[r]; i < matrix->start[r + 1]; i++)
            voc_kernel_add_scaled(out + (gsize)r * width, dense + (gsize)matrix->column[i] * width,
                                  matrix->value[i], width);
}

void
voc_matrix_transposed_times(const VocMatrix *matrix, const float *dense, guint width, float *out)
{
    memset(out, 0, sizeof(float) * matrix->n_columns * (gsize)width);
    for (guint r = 0; r < matrix->n_rows; r++)
        for (gsize i = matrix->start[r]; i < matrix->start[r + 1]; i++)
            voc_kernel_add_scaled(out + (gsize)matrix->column[i] * width, dense + (gsize)r * width,
                                  matrix->value[i], width);
}
