/* Dense linear algebra on small matrices, through LAPACKE; on one thread, so that the number of cores changes
 * nothing in the result. */
#ifndef VOC_THEME_DENSE_H
#define VOC_THEME_DENSE_H

#include <glib.h>

G_BEGIN_DECLS

/* Eigenvalues, ascending, and eigenvectors of the symmetric n x n matrix `a` (only its upper half is read);
 * vector j is a[i * n + j] over i afterwards. FALSE when LAPACK does not converge. */
gboolean voc_dense_eigen(double *a, guint n, double *values);

/* `g` (width x width) = y'y in its upper half, zeros below; `y` is rows x width, by rows. */
void voc_dense_gram(const float *y, gsize rows, guint width, double *g);

/* Makes the columns of `y` (rows x width, by rows) orthonormal, by Cholesky of their Gram matrix, twice
 * (Yamamoto et al. 2015). FALSE when they are not independent. */
gboolean voc_dense_orthonormalize(float *y, gsize rows, guint width);

G_END_DECLS

#endif
