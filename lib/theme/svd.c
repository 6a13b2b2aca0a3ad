#include "theme/svd.h"

#include "theme/dense.h"
#include "theme/kernel.h"
#include "theme/random.h"

#define OVERSAMPLING 8u
#define POWER_ITERATIONS 1

/* Signs at random: as good a sketch as normal deviates, and far cheaper. */
static void
fill_signs(float *x, gsize n)
{
    VocRandom random = {20261121};
    for (gsize i = 0; i < n; i += 64) {
        guint64 bits = voc_random_bits(&random);
        for (gsize j = i; j < MIN(i + 64, n); j++, bits >>= 1)
            x[j] = bits & 1 ? 1 : -1;
    }
}

/* Finds `z` (n_columns x width) whose columns span the strongest right singular vectors; `y` (n_rows x width)
 * is scratch. */
static gboolean
find_range(const VocMatrix *matrix, float *y, float *z, guint width)
{
    fill_signs(z, (gsize)matrix->n_columns * width);
    for (int i = 0; i <= POWER_ITERATIONS; i++) {
        voc_matrix_times(matrix, z, width, y);
        voc_matrix_transposed_times(matrix, y, width, z);
        if (!voc_dense_orthonormalize(z, matrix->n_columns, width))
            return FALSE;
    }
    return TRUE;
}

/* With y = matrix * z and the eigenvectors W of y'y, the columns of y * W are U * S. */
static float *
rotate(const float *y, gsize rows, guint width, const double *vectors, guint rank)
{
    float *out = g_new0(float, rows *rank);
    g_autofree float *turn = g_new(float, (gsize)width *rank);
    for (guint i = 0; i < width; i++)
        for (guint j = 0; j < rank; j++) /* eigenvalues ascend: the last are the greatest */
            turn[(gsize)i * rank + j] = (float)vectors[(gsize)i * width + (width - 1 - j)];
    for (gsize r = 0; r < rows; r++)
        for (guint i = 0; i < width; i++)
            voc_kernel_add_scaled(out + r * rank, turn + (gsize)i * rank, y[r * width + i], rank);
    return out;
}

float *
voc_svd_rows(const VocMatrix *matrix, guint *rank)
{
    guint most = MIN(matrix->n_rows, matrix->n_columns);
    for (guint width = MIN(*rank + OVERSAMPLING, most); width > 0; width = width * 3 / 4) {
        g_autofree float *y = g_new(float, (gsize)matrix->n_rows *width);
        g_autofree float *z = g_new(float, (gsize)matrix->n_columns *width);
        g_autofree double *g = g_new(double, (gsize)width *width);
        g_autofree double *values = g_new(double, width);
        /* A matrix of lower rank than asked for: try fewer dimensions. */
        if (!find_range(matrix, y, z, width))
            continue;
        voc_matrix_times(matrix, z, width, y);
        voc_dense_gram(y, matrix->n_rows, width, g);
        if (!voc_dense_eigen(g, width, values))
            continue;
        *rank = MIN(*rank, width);
        return rotate(y, matrix->n_rows, width, g, *rank);
    }
    *rank = 0;
    return NULL;
}
