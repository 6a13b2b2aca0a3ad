/* The corpus as a matrix: what its terms count as, and how often each document has them. */
#include <stdlib.h>

#include "theme/corpus-data.h"

/* And what its terms count as, with a glossary. */
#define MOST_COLUMNS (4 * MOST_TERMS)

static int
by_number(const void *a, const void *b)
{
    guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
    return (x > y) - (x < y);
}

/* In how many documents of Finnish a term is, less those of other languages. */
static gint32 *
finnishness(const VocCorpus *corpus)
{
    gint32 *finnish = g_new0(gint32, corpus->terms.name->len + 1);
    for (guint d = 0; d < corpus->documents->len; d++) {
        const VocDocument *document = document_at(corpus, d);
        for (guint32 i = 0; i < document->n; i++)
            if (document->terms[i] != VOC_NO_TERM)
                finnish[document->terms[i]] += document->lang == VOC_LANG_FI ? 1 : -1;
    }
    return finnish;
}

/* Adds the terms of an English translation that the texts have, in words that are English there; returns
 * whether they have all of it. */
static gboolean
add_translation(const VocCorpus *corpus, const GPtrArray *words, const gint32 *finnish, GArray *columns)
{
    gboolean all = TRUE;
    for (guint i = 0; i < words->len; i++) {
        gpointer number;
        if (g_hash_table_lookup_extended(corpus->terms.number, words->pdata[i], NULL, &number) &&
            finnish[GPOINTER_TO_UINT(number)] < 0) {
            guint32 column = GPOINTER_TO_UINT(number);
            g_array_append_val(columns, column);
        } else {
            all = FALSE;
        }
    }
    return all;
}

/* The first translation that the texts have in full; a translation of one word stands for the term, longer
 * ones beside it. Returns whether the term is covered. */
static gboolean
translate(const VocCorpus *corpus, const VocGlossary *glossary, const char *base, const gint32 *finnish,
          GArray *columns)
{
    const GPtrArray *alternatives = voc_glossary_english(glossary, base);
    for (guint i = 0; alternatives && i < alternatives->len; i++) {
        const GPtrArray *words = alternatives->pdata[i];
        guint before = columns->len;
        if (add_translation(corpus, words, finnish, columns))
            return words->len == 1;
        g_array_set_size(columns, before);
    }
    return FALSE;
}

/* What a Finnish term counts as. */
static void
translate_term(const VocCorpus *corpus, const VocGlossary *glossary, guint32 term, const gint32 *finnish,
               GArray *columns)
{
    const char *base = corpus->terms.name->pdata[term];
    guint before = columns->len;
    gboolean covered = translate(corpus, glossary, base, finnish, columns);
    if (!voc_glossary_english(glossary, base)) {
        char *parts[3];
        guint n = voc_glossary_split(glossary, base, parts);
        for (guint i = 0; i < n; i++) {
            translate(corpus, glossary, parts[i], finnish, columns);
            g_free(parts[i]);
        }
    }
    if (!covered || columns->len == before)
        g_array_append_val(columns, term);
}

/* Whether there are texts of Finnish and of another language: only then is there anything to translate. */
static gboolean
has_two_languages(const VocCorpus *corpus)
{
    gboolean finnish = FALSE, other = FALSE;
    for (guint d = 0; d < corpus->documents->len; d++) {
        finnish = finnish || document_at(corpus, d)->lang == VOC_LANG_FI;
        other = other || document_at(corpus, d)->lang != VOC_LANG_FI;
    }
    return finnish && other;
}

void
voc_corpus_find_columns(VocCorpus *corpus)
{
    const VocGlossary *glossary = has_two_languages(corpus) ? corpus->glossary : NULL;
    guint n = corpus->terms.name->len;
    g_autofree gint32 *finnish = glossary ? finnishness(corpus) : NULL;
    GArray *columns = g_array_new(FALSE, FALSE, sizeof(guint32));
    corpus->columns_start = g_new0(guint32, (gsize)n + 1);
    for (guint32 t = 0; t < n; t++) {
        if (glossary && finnish[t] > 0)
            translate_term(corpus, glossary, t, finnish, columns);
        else
            g_array_append_val(columns, t);
        corpus->columns_start[t + 1] = columns->len;
    }
    corpus->columns = (guint32 *)(void *)g_array_free(columns, FALSE);
}

const guint32 *
voc_corpus_columns(const VocCorpus *corpus, guint32 term, guint *n)
{
    *n = corpus->columns_start[term + 1] - corpus->columns_start[term];
    return corpus->columns + corpus->columns_start[term];
}

/* The columns of the document's terms, ascending, repeats side by side; at most `most`. */
static guint32
sorted_columns(const VocCorpus *corpus, const VocDocument *document, guint32 *out, guint32 most)
{
    guint32 n = 0;
    for (guint32 i = 0; i < document->n; i++) {
        guint n_columns = 0;
        if (document->terms[i] == VOC_NO_TERM)
            continue;
        const guint32 *columns = voc_corpus_columns(corpus, document->terms[i], &n_columns);
        for (guint k = 0; k < n_columns && n < most; k++)
            out[n++] = columns[k];
    }
    qsort(out, n, sizeof(guint32), by_number);
    return n;
}

/* In how many rows a column may be. */
typedef struct Bounds {
    guint64 least, most;
} Bounds;

/* In how many rows each column is, each counting as often as its text came, or (NULL) once. */
static guint64 *
spread(const VocMatrix *matrix, const VocCorpus *copies)
{
    guint64 *df = g_new0(guint64, MAX(matrix->n_columns, 1));
    for (guint r = 0; r < matrix->n_rows; r++)
        for (gsize i = matrix->start[r]; i < matrix->start[r + 1]; i++)
            df[matrix->column[i]] += copies ? document_at(copies, r)->copies : 1;
    return df;
}

/* Takes out the columns that are in too few or too many rows: their number stays, they become empty. */
static void
drop_columns(VocMatrix *matrix, const guint64 *df, Bounds bounds)
{
    gsize kept = 0, from = 0;
    for (guint r = 0; r < matrix->n_rows; r++) {
        gsize to = matrix->start[r + 1];
        for (gsize i = from; i < to; i++)
            if (df[matrix->column[i]] >= bounds.least && df[matrix->column[i]] <= bounds.most) {
                matrix->column[kept] = matrix->column[i];
                matrix->value[kept++] = matrix->value[i];
            }
        matrix->start[r + 1] = kept;
        from = to;
    }
}

gboolean
voc_document_has(const VocDocument *document, guint32 label)
{
    for (guint32 i = 0; i < document->n_labels; i++)
        if (document->labels[i] == label)
            return TRUE;
    return FALSE;
}

typedef gboolean (*Choice)(const VocDocument *document, guint32 label);

static gboolean
has_no_label(const VocDocument *document, guint32 label)
{
    (void)label;
    return document->n_labels == 0;
}

/* The documents that `chosen` takes (NULL: all). */
static VocMatrix *
make_matrix(const VocCorpus *corpus, Choice chosen, guint32 label)
{
    guint n = corpus->documents->len;
    gsize most = 0, at = 0;
    guint32 row[MOST_COLUMNS];
    for (guint d = 0; d < n; d++)
        most += document_at(corpus, d)->n * (gsize)(MOST_COLUMNS / MOST_TERMS);
    VocMatrix *matrix = voc_matrix_new(n, corpus->terms.name->len, most);
    for (guint d = 0; d < n; d++) {
        const VocDocument *document = document_at(corpus, d);
        guint32 length =
            !chosen || chosen(document, label) ? sorted_columns(corpus, document, row, MOST_COLUMNS) : 0;
        for (guint32 i = 0; i < length; i++) {
            if (i == 0 || row[i] != row[i - 1])
                matrix->column[at++] = row[i];
            matrix->value[at - 1] += 1;
        }
        matrix->start[d + 1] = at;
    }
    return matrix;
}

static guint
count_rows(const VocMatrix *matrix)
{
    guint n = 0;
    for (guint r = 0; r < matrix->n_rows; r++)
        n += matrix->start[r + 1] > matrix->start[r];
    return n;
}

/* Counts as none the words of more than half of `all`'s rows, so that they stay out; of part of the rows only
 * those that more than half of the others have too: what part of them alone is full of is what it is about.
 */
static void
rule_out_dull(guint64 *df, const VocMatrix *part, const VocMatrix *all)
{
    g_autofree guint64 *df_all = spread(all, NULL);
    guint n_all = count_rows(all), others = n_all - count_rows(part);
    for (guint c = 0; c < part->n_columns; c++)
        if (df_all[c] > MAX(n_all / 2, 2) && (others == 0 || df_all[c] - df[c] > others / 2))
            df[c] = 0;
}

static VocMatrix *
make_telling_matrix(const VocCorpus *corpus, Choice chosen, guint32 label)
{
    VocMatrix *matrix = make_matrix(corpus, chosen, label);
    g_autoptr(VocMatrix) all = chosen ? make_matrix(corpus, NULL, 0) : NULL;
    g_autofree guint64 *df = spread(matrix, NULL);
    rule_out_dull(df, matrix, all ? all : matrix);
    drop_columns(matrix, df, (Bounds){2, G_MAXUINT64});
    return matrix;
}

VocMatrix *
voc_corpus_full_matrix(const VocCorpus *corpus)
{
    VocMatrix *matrix = make_matrix(corpus, NULL, 0);
    g_autofree guint64 *df = spread(matrix, corpus);
    drop_columns(matrix, df, (Bounds){2, G_MAXUINT64});
    return matrix;
}

VocMatrix *
voc_corpus_matrix(const VocCorpus *corpus)
{
    return make_telling_matrix(corpus, NULL, 0);
}

VocMatrix *
voc_corpus_unlabelled_matrix(const VocCorpus *corpus, gboolean dull)
{
    if (!dull)
        return make_telling_matrix(corpus, voc_corpus_n_labels(corpus) ? has_no_label : NULL, 0);
    VocMatrix *matrix = make_matrix(corpus, has_no_label, 0);
    g_autofree guint64 *df = spread(matrix, NULL);
    drop_columns(matrix, df, (Bounds){2, G_MAXUINT64});
    return matrix;
}

VocMatrix *
voc_corpus_label_matrix(const VocCorpus *corpus, guint32 label)
{
    return make_telling_matrix(corpus, voc_document_has, label);
}

VocMatrix *
voc_corpus_around(const VocCorpus *corpus, const VocMatrix *part)
{
    VocMatrix *matrix = make_matrix(corpus, NULL, 0);
    g_autofree guint64 *df = spread(matrix, NULL);
    gsize kept = 0, from = 0;
    for (guint r = 0; r < matrix->n_rows; r++) {
        const VocMatrix *source = part->start[r + 1] > part->start[r] ? part : matrix;
        gsize to = matrix->start[r + 1], first = source == part ? part->start[r] : from;
        gsize last = source == part ? part->start[r + 1] : to;
        for (gsize i = first; i < last; i++)
            if (source == part || df[source->column[i]] > 1) {
                matrix->column[kept] = source->column[i];
                matrix->value[kept++] = source->value[i];
            }
        matrix->start[r + 1] = kept;
        from = to;
    }
    return matrix;
}
