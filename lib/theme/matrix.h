/* The term matrix: a row a document, a column a term, sparse. */
#ifndef VOC_THEME_MATRIX_H
#define VOC_THEME_MATRIX_H

#include <glib.h>

G_BEGIN_DECLS

/* Compressed sparse rows: row i has the elements start[i] to before start[i + 1]; columns ascend in a row. */
typedef struct VocMatrix {
    guint n_rows, n_columns;
    gsize *start;    /* n_rows + 1 */
    guint32 *column; /* start[n_rows] */
    float *value;
} VocMatrix;

/* A matrix with room for `n_values`; start[0] is 0, the rest is for the caller to fill in. */
VocMatrix *voc_matrix_new(guint n_rows, guint n_columns, gsize n_values);
void voc_matrix_free(VocMatrix *matrix);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocMatrix, voc_matrix_free)

/* In how many rows each column has a value; free it with g_free. */
guint32 *voc_matrix_column_counts(const VocMatrix *matrix);

/* The same elements weighted: value x idf, rows scaled to unit length, idf = ln((1 + n) / (1 + df)) + 1
 * (Salton and Buckley 1988, smoothed as in scikit-learn). */
VocMatrix *voc_matrix_tfidf(const VocMatrix *counts);

/* The same elements, each column times its weight. */
VocMatrix *voc_matrix_weighted(const VocMatrix *matrix, const float *weights);

/* `out` = matrix * dense: `dense` is n_columns x width, `out` n_rows x width, both by rows. */
void voc_matrix_times(const VocMatrix *matrix, const float *dense, guint width, float *out);

/* `out` = matrix transposed * dense: `dense` is n_rows x width, `out` n_columns x width. */
void voc_matrix_transposed_times(const VocMatrix *matrix, const float *dense, guint width, float *out);

G_END_DECLS

#endif
