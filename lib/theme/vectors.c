#include "theme/vectors-data.h"

#include <math.h>
#include <string.h>

#include "base/error.h"
#include "theme/kernel.h"

/* Longer words are none of ours. */
#define MOST_WORD 1024u

gboolean
voc_vector_file_broken(GError **error, const char *what)
{
    g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s", what);
    return FALSE;
}

gboolean
voc_vector_file_set_width(VocVectorFile *file, guint64 width, GError **error)
{
    /* One vector takes two bytes a number or more. */
    if (width < 1 || width > VOC_VECTORS_WIDTH || width > (guint64)(file->end - file->at) / 2)
        return voc_vector_file_broken(error, "is no file of word vectors");
    file->width = (guint)width;
    file->sums = g_new0(float, (gsize)file->n_forms * file->width + 1);
    return TRUE;
}

guint
voc_vector_file_find(const VocVectorFile *file, const guchar *word, gsize len)
{
    char key[MOST_WORD + 1];
    gboolean small = TRUE;
    if (!len || len > MOST_WORD)
        return 0;
    memcpy(key, word, len);
    key[len] = '\0';
    gpointer form = g_hash_table_lookup(file->forms, key);
    for (gsize i = 0; i < len; i++)
        small = small && !(key[i] & 0x80) && !g_ascii_isupper(key[i]);
    if (form || small || !g_utf8_validate_len(key, len, NULL))
        return GPOINTER_TO_UINT(form);
    g_autofree char *folded = g_utf8_strdown(key, -1);
    return GPOINTER_TO_UINT(g_hash_table_lookup(file->forms, folded));
}

void
voc_vector_file_add(VocVectorFile *file, guint form, const float *values)
{
    for (guint i = 0; i < file->width; i++)
        if (!isfinite(values[i]) || fabsf(values[i]) > 1e6f)
            return;
    voc_kernel_add(file->sums + (gsize)(form - 1) * file->width, values, file->width);
    file->seen[form - 1] = TRUE;
}

/* ---- the forms of word2vec ---- */

typedef struct Line {
    const guchar *text;
    gsize len;
} Line;

/* The next line, without its end; FALSE at the end. */
static gboolean
next_line(VocVectorFile *file, Line *line)
{
    if (file->at >= file->end)
        return FALSE;
    const guchar *end = memchr(file->at, '\n', (gsize)(file->end - file->at));
    line->text = file->at;
    line->len = (gsize)((end ? end : file->end) - file->at);
    file->at = end ? end + 1 : file->end;
    if (line->len && line->text[line->len - 1] == '\r')
        line->len--;
    return TRUE;
}

/* Numbers behind one another, as many as `values` has room for and the line has; returns how many there are.
 */
static guint
parse_numbers(const guchar *text, gsize len, float *values, guint most)
{
    g_autofree char *copy = g_strndup((const char *)text, len);
    guint n = 0;
    for (char *at = copy; *at;) {
        char *end;
        double value = g_ascii_strtod(at, &end);
        if (end == at)
            return strspn(at, " \t") == strlen(at) ? n : 0;
        if (n < most)
            values[n] = (float)value;
        n++;
        at = end;
    }
    return n;
}

/* Where the word that begins the line ends: before its first blank. */
static gsize
word_end(const Line *line)
{
    gsize at = 0;
    while (at < line->len && line->text[at] != ' ' && line->text[at] != '\t')
        at++;
    return at;
}

static gboolean
read_text(VocVectorFile *file, GError **error)
{
    g_autofree float *values = g_new0(float, file->width);
    Line line;
    while (next_line(file, &line)) {
        gsize len = word_end(&line);
        guint form = voc_vector_file_find(file, line.text, len);
        if (!form)
            continue;
        if (parse_numbers(line.text + len, line.len - len, values, file->width) != file->width)
            return voc_vector_file_broken(error, "has a line with too few or too many numbers");
        voc_vector_file_add(file, form, values);
    }
    return TRUE;
}

static gboolean
read_binary(VocVectorFile *file, guint64 n, GError **error)
{
    g_autofree float *values = g_new0(float, file->width);
    gsize size = sizeof(float) * file->width;
    for (guint64 i = 0; i < n; i++) {
        while (file->at < file->end && *file->at == '\n')
            file->at++;
        gsize left = (gsize)(file->end - file->at);
        const guchar *blank = left ? memchr(file->at, ' ', MIN(left, 64 * 1024)) : NULL;
        if (!blank || (gsize)(file->end - blank - 1) < size)
            return voc_vector_file_broken(error, "breaks off");
        guint form = voc_vector_file_find(file, file->at, (gsize)(blank - file->at));
        if (form) {
            memcpy(values, blank + 1, size);
            voc_vector_file_add(file, form, values);
        }
        file->at = blank + 1 + size;
    }
    return TRUE;
}

/* Whether the bytes are a line of text: a word and so many numbers. */
static gboolean
is_text_line(const Line *line, guint width)
{
    g_autofree float *values = g_new0(float, width);
    gsize len = word_end(line);
    return line->len < 64u * width + MOST_WORD &&
           parse_numbers(line->text + len, line->len - len, values, width) == width;
}

static gboolean
read_word2vec(VocVectorFile *file, GError **error)
{
    float head[2];
    Line line, second;
    const guchar *start = file->at;
    if (!next_line(file, &line) || line.len > 64u * VOC_VECTORS_WIDTH)
        return voc_vector_file_broken(error, "is no file of word vectors");
    if (parse_numbers(line.text, line.len, head, 2) != 2 || head[0] < 0 || head[1] < 0) {
        /* GloVe: no line of headings. */
        gsize len = word_end(&line);
        guint width = parse_numbers(line.text + len, line.len - len, head, 0);
        file->at = start;
        return voc_vector_file_set_width(file, width, error) && read_text(file, error);
    }
    g_autofree char *count = g_strndup((const char *)line.text, line.len);
    guint64 n = g_ascii_strtoull(count, NULL, 10);
    const guchar *body = file->at;
    if (!voc_vector_file_set_width(file, (guint64)head[1], error))
        return FALSE;
    gboolean text = !next_line(file, &second) || is_text_line(&second, file->width);
    file->at = body;
    return text ? read_text(file, error) : read_binary(file, n, error);
}

/* ---- the corpus's side ---- */

/* The mean of the vectors of a column's words, by how often they are written. */
static VocVectors *
gather(const VocVectorFile *file, const VocCorpus *corpus)
{
    VocVectors *v = g_new0(VocVectors, 1);
    v->width = file->width;
    v->n_columns = voc_corpus_n_terms(corpus);
    v->rows = g_new0(float, (gsize)v->n_columns * v->width + 1);
    for (guint r = 0; r < voc_corpus_n_documents(corpus); r++) {
        const VocDocument *d = voc_corpus_document(corpus, r);
        for (guint32 i = 0; i < d->n; i++) {
            guint n = 0;
            if (d->terms[i] == VOC_NO_TERM || !file->seen[d->forms[i]])
                continue;
            const guint32 *columns = voc_corpus_columns(corpus, d->terms[i], &n);
            for (guint c = 0; c < n; c++)
                voc_kernel_add(v->rows + (gsize)columns[c] * v->width,
                               file->sums + (gsize)d->forms[i] * v->width, v->width);
        }
    }
    for (guint c = 0; c < v->n_columns; c++)
        v->n_found += voc_kernel_normalize(v->rows + (gsize)c * v->width, v->width) > 0;
    return v;
}

VocVectors *
voc_vectors_read(const char *path, const VocCorpus *corpus, GError **error)
{
    g_autoptr(GError) problem = NULL;
    GMappedFile *mapped = g_mapped_file_new(path, FALSE, &problem);
    VocVectors *vectors = NULL;
    VocVectorFile file = {.n_forms = voc_corpus_n_forms(corpus)};
    if (!mapped) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s: cannot be read", path);
        return NULL;
    }
    file.at = (const guchar *)g_mapped_file_get_contents(mapped);
    file.end = file.at ? file.at + g_mapped_file_get_length(mapped) : NULL;
    file.forms = g_hash_table_new(g_str_hash, g_str_equal);
    file.seen = g_new0(guint8, (gsize)file.n_forms + 1);
    for (guint f = 0; f < file.n_forms; f++)
        g_hash_table_insert(file.forms, (gpointer)voc_corpus_form(corpus, f), GUINT_TO_POINTER(f + 1));
    if (voc_vectors_is_fasttext(&file) ? voc_vectors_read_fasttext(&file, &problem)
                                       : read_word2vec(&file, &problem))
        vectors = gather(&file, corpus);
    else
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s: %s", path, problem->message);
    g_hash_table_unref(file.forms);
    g_free(file.sums);
    g_free(file.seen);
    g_mapped_file_unref(mapped);
    return vectors;
}

void
voc_vectors_free(VocVectors *vectors)
{
    if (!vectors)
        return;
    g_free(vectors->rows);
    g_free(vectors);
}
