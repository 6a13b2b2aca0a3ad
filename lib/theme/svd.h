/* Truncated singular value decomposition of a sparse matrix. */
#ifndef VOC_THEME_SVD_H
#define VOC_THEME_SVD_H

#include "theme/matrix.h"

G_BEGIN_DECLS

/* The rows of `matrix` in the space of its `*rank` greatest singular values: U * S, n_rows x *rank, by rows.
 * Randomized, with power iterations (Halko, Martinsson, Tropp 2011), from a fixed seed. `*rank` is lowered to
 * what the matrix has. Free the result with g_free. */
float *voc_svd_rows(const VocMatrix *matrix, guint *rank);

G_END_DECLS

#endif
