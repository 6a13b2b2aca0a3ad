#include "theme/dense.h"

#include <lapacke.h>

#include "theme/kernel.h"

/* OpenBLAS may stand behind LAPACKE; with more threads it sums in another order. */
extern void openblas_set_num_threads(int) __attribute__((weak));

static void
one_thread(void)
{
    if (openblas_set_num_threads)
        openblas_set_num_threads(1);
}

gboolean
voc_dense_eigen(double *a, guint n, double *values)
{
    one_thread();
    return LAPACKE_dsyevd(LAPACK_ROW_MAJOR, 'V', 'U', (lapack_int)n, a, (lapack_int)n, values) == 0;
}

/* Rows whose products are summed in single precision before they go into the double sum. */
#define GRAM_BLOCK 64

void
voc_dense_gram(const float *y, gsize rows, guint width, double *g)
{
    gsize area = (gsize)width * width;
    g_autofree float *part = g_new(float, area);
    for (gsize i = 0; i < area; i++)
        g[i] = 0;
    for (gsize from = 0; from < rows; from += GRAM_BLOCK) {
        for (gsize i = 0; i < area; i++)
            part[i] = 0;
        for (gsize r = from; r < MIN(from + GRAM_BLOCK, rows); r++) {
            const float *row = y + r * width;
            for (guint i = 0; i < width; i++)
                voc_kernel_add_scaled(part + (gsize)i * width + i, row + i, row[i], width - i);
        }
        for (gsize i = 0; i < area; i++)
            g[i] += part[i];
    }
}

/* row := row * R^-1, R upper triangular. */
static void
solve_row(float *row, const float *inverse, guint width, float *out)
{
    for (guint j = 0; j < width; j++)
        out[j] = 0;
    for (guint i = 0; i < width; i++)
        voc_kernel_add_scaled(out + i, inverse + (gsize)i * width + i, row[i], width - i);
    for (guint j = 0; j < width; j++)
        row[j] = out[j];
}

static gboolean
orthonormalize_once(float *y, gsize rows, guint width)
{
    gsize area = (gsize)width * width;
    g_autofree double *g = g_new(double, area);
    g_autofree float *inverse = g_new(float, area);
    g_autofree float *out = g_new(float, width);
    voc_dense_gram(y, rows, width, g);
    for (guint i = 0; i < width; i++)
        g[(gsize)i * width + i] *= 1 + 1e-7;
    one_thread();
    if (LAPACKE_dpotrf(LAPACK_ROW_MAJOR, 'U', (lapack_int)width, g, (lapack_int)width) ||
        LAPACKE_dtrtri(LAPACK_ROW_MAJOR, 'U', 'N', (lapack_int)width, g, (lapack_int)width))
        return FALSE;
    for (gsize i = 0; i < area; i++)
        inverse[i] = (float)g[i];
    for (gsize r = 0; r < rows; r++)
        solve_row(y + r * width, inverse, width, out);
    return TRUE;
}

gboolean
voc_dense_orthonormalize(float *y, gsize rows, guint width)
{
    return orthonormalize_once(y, rows, width) && orthonormalize_once(y, rows, width);
}
