/* What the readers of the forms of vector files share. */
#ifndef VOC_THEME_VECTORS_DATA_H
#define VOC_THEME_VECTORS_DATA_H

#include "theme/vectors.h"

G_BEGIN_DECLS

/* More dimensions than any file has. */
#define VOC_VECTORS_WIDTH 4096u

/* A mapped file being read, and the sums of the vectors found. */
typedef struct VocVectorFile {
    const guchar *at, *end;
    GHashTable *forms; /* word: number of its form + 1 */
    guint width;
    guint n_forms;
    float *sums;  /* n_forms x width, once the width is known */
    guint8 *seen; /* of each form */
} VocVectorFile;

/* FALSE and an error when the width is none. */
gboolean voc_vector_file_set_width(VocVectorFile *file, guint64 width, GError **error);

/* The form that a word of the file stands for: its number + 1, or 0. */
guint voc_vector_file_find(const VocVectorFile *file, const guchar *word, gsize len);

/* Adds a word's vector to its form's; one with a value that is no finite number is passed over. */
void voc_vector_file_add(VocVectorFile *file, guint form, const float *values);

/* Always FALSE, with an error. */
gboolean voc_vector_file_broken(GError **error, const char *what);

/* Whether the file begins as a model of fastText does. */
gboolean voc_vectors_is_fasttext(const VocVectorFile *file);

/* Reads a model of fastText: whole words, and what it knows of the pieces of others. */
gboolean voc_vectors_read_fasttext(VocVectorFile *file, GError **error);

G_END_DECLS

#endif
