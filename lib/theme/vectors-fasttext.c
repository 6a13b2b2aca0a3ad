/* The model file of fastText (Bojanowski et al. 2017), versions 11 and 12: a word's vector is the mean of its
 * own and those of its pieces; a word that the model has not seen has its pieces'. */
#include <string.h>

#include "theme/kernel.h"
#include "theme/vectors-data.h"

#define MAGIC 793712314
/* Pieces are told by hash, and hashed as the program does. */
#define FNV_START 2166136261u
#define FNV_FACTOR 16777619u

typedef struct Model {
    gint32 bucket, least, most; /* piece lengths, in characters */
    gint32 n_words;
    gint64 n_rows;
    const guchar *rows;
} Model;

gboolean
voc_vectors_is_fasttext(const VocVectorFile *file)
{
    gint32 magic = 0;
    if (file->end - file->at < 8)
        return FALSE;
    memcpy(&magic, file->at, sizeof magic);
    return GINT32_FROM_LE(magic) == MAGIC;
}

static gboolean
take(VocVectorFile *file, void *out, gsize size)
{
    if ((gsize)(file->end - file->at) < size)
        return FALSE;
    memcpy(out, file->at, size);
    file->at += size;
    return TRUE;
}

/* Up to and with the dictionary's head; the number of its entries goes to `entries`. */
static gboolean
read_head(VocVectorFile *file, Model *model, gint32 *entries, gint64 *pruned, GError **error)
{
    gint32 version[2], arguments[12], sizes[3];
    double sampling;
    gint64 tokens;
    if (!take(file, version, sizeof version) || !take(file, arguments, sizeof arguments) ||
        !take(file, &sampling, sizeof sampling) || !take(file, sizes, sizeof sizes) ||
        !take(file, &tokens, sizeof tokens) || !take(file, pruned, sizeof *pruned))
        return voc_vector_file_broken(error, "breaks off");
    model->bucket = arguments[8];
    model->least = arguments[9];
    model->most = arguments[10];
    model->n_words = sizes[1];
    *entries = sizes[0];
    if (arguments[0] < 1 || sizes[0] < 0 || sizes[1] < 0 || sizes[1] > sizes[0] || model->bucket < 0 ||
        model->most > 64)
        return voc_vector_file_broken(error, "is no file of word vectors");
    /* A pruned dictionary is that of a quantised model. */
    if (*pruned > 0)
        return voc_vector_file_broken(error, "is a quantised model of fastText, which is not read");
    return voc_vector_file_set_width(file, (guint64)arguments[0], error);
}

/* Which row has which form's own vector: form + 1 of each word, 0 for none. */
static guint32 *
read_dictionary(VocVectorFile *file, const Model *model, gint32 entries, GError **error)
{
    /* An entry takes ten bytes or more: the number is bounded by the file. */
    if ((gsize)entries > (gsize)(file->end - file->at) / 10) {
        voc_vector_file_broken(error, "breaks off");
        return NULL;
    }
    g_autofree guint32 *forms = g_new0(guint32, (gsize)model->n_words + 1);
    for (gint32 i = 0; i < entries; i++) {
        gsize left = (gsize)(file->end - file->at);
        const guchar *end = left ? memchr(file->at, '\0', left) : NULL;
        if (!end || (gsize)(file->end - end - 1) < 9) {
            voc_vector_file_broken(error, "breaks off");
            return NULL;
        }
        if (i < model->n_words)
            forms[i] = voc_vector_file_find(file, file->at, (gsize)(end - file->at));
        file->at = end + 1 + 9;
    }
    return g_steal_pointer(&forms);
}

static gboolean
read_matrix(VocVectorFile *file, Model *model, GError **error)
{
    guint8 quantised = 0;
    gint64 size[2];
    if (!take(file, &quantised, 1) || !take(file, size, sizeof size))
        return voc_vector_file_broken(error, "breaks off");
    if (quantised)
        return voc_vector_file_broken(error, "is a quantised model of fastText, which is not read");
    gsize room = (gsize)(file->end - file->at) / sizeof(float) / file->width;
    if (size[1] != file->width || size[0] < model->n_words || (guint64)size[0] > room)
        return voc_vector_file_broken(error, "breaks off");
    model->n_rows = size[0];
    model->rows = file->at;
    return TRUE;
}

static void
add_row(const VocVectorFile *file, const Model *model, gint64 row, float *sum, guint *n)
{
    float values[VOC_VECTORS_WIDTH];
    if (row >= model->n_rows)
        return;
    memcpy(values, model->rows + (gsize)row * file->width * sizeof(float), sizeof(float) * file->width);
    voc_kernel_add(sum, values, file->width);
    ++*n;
}

/* Adds the pieces of <word>. */
static void
add_pieces(const VocVectorFile *file, const Model *model, const char *word, float *sum, guint *n)
{
    g_autofree char *marked = g_strconcat("<", word, ">", NULL);
    if (!model->bucket || model->most < 1)
        return;
    for (const char *from = marked; *from; from = g_utf8_next_char(from)) {
        guint32 hash = FNV_START;
        const char *at = from;
        for (gint32 length = 1; *at && length <= model->most; length++) {
            for (const char *next = g_utf8_next_char(at); at < next; at++)
                hash = (hash ^ (guint32)(gint8)*at) * FNV_FACTOR;
            if (length >= model->least && !(length == 1 && (from == marked || !*at)))
                add_row(file, model, model->n_words + (gint64)(hash % (guint32)model->bucket), sum, n);
        }
    }
}

gboolean
voc_vectors_read_fasttext(VocVectorFile *file, GError **error)
{
    Model model = {0};
    gint32 entries;
    gint64 pruned;
    GHashTableIter iter;
    gpointer word, form;
    if (!read_head(file, &model, &entries, &pruned, error))
        return FALSE;
    g_autofree guint32 *forms = read_dictionary(file, &model, entries, error);
    if (!forms || !read_matrix(file, &model, error))
        return FALSE;
    g_autofree guint32 *own = g_new0(guint32, (gsize)file->n_forms + 1);
    for (gint32 i = 0; i < model.n_words; i++)
        if (forms[i])
            own[forms[i] - 1] = (guint32)i + 1;
    g_autofree float *sum = g_new(float, file->width);
    g_hash_table_iter_init(&iter, file->forms);
    while (g_hash_table_iter_next(&iter, &word, &form)) {
        guint number = GPOINTER_TO_UINT(form), n = 0;
        memset(sum, 0, sizeof(float) * file->width);
        if (own[number - 1])
            add_row(file, &model, own[number - 1] - 1, sum, &n);
        add_pieces(file, &model, word, sum, &n);
        for (guint i = 0; n && i < file->width; i++)
            sum[i] /= (float)n;
        if (n)
            voc_vector_file_add(file, number, sum);
    }
    return TRUE;
}
