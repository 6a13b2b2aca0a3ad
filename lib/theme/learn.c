#include "theme/learn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "stats/minimise.h"
#include "theme/packer.h"

/* Nats that make a weight of 1. */
#define SCALE 4.0
/* The penalty: half of this times the sum of squared weights. */
#define PENALTY 1.0
#define LEAST_MESSAGES 3u
#define MOST_LINES 30u
#define MOST_TERMS 4000u
#define ROUNDS 100u
#define TOLERANCE 1e-6

/* One label against the rest. */
typedef struct Task {
    const VocMatrix *counts;
    const double *copies;
    const gboolean *has;
} Task;

/* Minus the log likelihood, penalised; x holds the weights and last the intercept. */
static double
objective(void *data, const double *x, double *gradient, gsize n)
{
    const Task *task = data;
    const VocMatrix *m = task->counts;
    double loss = 0;
    for (gsize i = 0; i + 1 < n; i++) {
        loss += PENALTY / 2 * x[i] * x[i];
        gradient[i] = PENALTY * x[i];
    }
    gradient[n - 1] = 0;
    for (guint r = 0; r < m->n_rows; r++) {
        double sum = x[n - 1];
        for (gsize i = m->start[r]; i < m->start[r + 1]; i++)
            sum += x[m->column[i]];
        double sign = task->has[r] ? 1 : -1, margin = sign * sum;
        double odds = exp(-fabs(margin));
        double wrong = margin > 0 ? odds / (1 + odds) : 1 / (1 + odds);
        loss += task->copies[r] * (log1p(odds) + (margin < 0 ? -margin : 0));
        double slope = -sign * wrong * task->copies[r];
        for (gsize i = m->start[r]; i < m->start[r + 1]; i++)
            gradient[m->column[i]] += slope;
        gradient[n - 1] += slope;
    }
    return loss;
}

typedef struct Term {
    guint32 column;
    double weight;
    double reach; /* how much it does over all texts */
} Term;

static int
by_reach(const void *a, const void *b)
{
    const Term *x = a, *y = b;
    if (x->reach != y->reach)
        return x->reach < y->reach ? 1 : -1;
    return (x->column > y->column) - (x->column < y->column);
}

/* The terms worth writing: words that speak for the label first. */
static GArray *
choose_terms(const double *x, const guint32 *df, guint n)
{
    GArray *terms = g_array_new(FALSE, FALSE, sizeof(Term));
    for (guint32 c = 0; c < n; c++) {
        double weight = x[c] / SCALE;
        Term term = {c, weight, (weight > 0 ? 3 : 1) * fabs(weight) * sqrt(df[c])};
        if (fabs(weight) >= 0.01)
            g_array_append_val(terms, term);
    }
    if (terms->len)
        qsort(terms->data, terms->len, sizeof(Term), by_reach);
    g_array_set_size(terms, MIN(terms->len, MOST_TERMS));
    return terms;
}

typedef struct Learner {
    const VocCorpus *corpus;
    VocMatrix *counts;
    guint32 *df;
    double *copies;
    VocWording *wording;
    VocThemes *themes;
} Learner;

static VocLang
main_lang(const VocCorpus *corpus, guint32 label)
{
    guint n[VOC_N_LANGS] = {0};
    VocLang best = VOC_LANG_FI;
    for (guint d = 0; d < voc_corpus_n_documents(corpus); d++) {
        const VocDocument *document = voc_corpus_document(corpus, d);
        if (voc_document_has(document, label))
            n[document->lang]++;
    }
    for (int lang = VOC_LANG_FI; lang < VOC_N_LANGS; lang++)
        if (n[lang] > n[best])
            best = (VocLang)lang;
    return best;
}

static void
write_theme(Learner *l, guint32 label, guint texts, guint64 messages, const double *x)
{
    const char *name = voc_corpus_label_name(l->corpus, label);
    g_autofree char *id = voc_themes_make_id(l->themes, name);
    g_autofree char *key = g_strdup_printf("name.%s", voc_lang_name(main_lang(l->corpus, label)));
    g_autofree char *evidence =
        g_strdup_printf("%" G_GUINT64_FORMAT " labelled messages, %u different", messages, texts);
    g_autoptr(GArray) terms = choose_terms(x, l->df, l->counts->n_columns);
    g_auto(VocBuffer) bias = VOC_BUFFER_INIT;
    VocTheme *theme = voc_themes_add(l->themes, id);
    voc_theme_add(theme, key, name);
    voc_theme_add(theme, "evidence", evidence);
    voc_buffer_add_number(&bias, 1 + x[l->counts->n_columns] / SCALE, 2);
    voc_theme_add(theme, "bias", voc_buffer_string(&bias));
    VocPacker *packer = voc_packer_new(theme, l->wording, MOST_LINES);
    for (guint i = 0; i < terms->len; i++)
        voc_packer_add(packer, g_array_index(terms, Term, i).column, g_array_index(terms, Term, i).weight);
    voc_packer_finish(packer);
}

/* FALSE when too few texts have the label. */
static gboolean
learn_label(Learner *l, guint32 label, guint least)
{
    guint n = l->counts->n_rows, texts = 0;
    guint64 messages = 0;
    g_autofree gboolean *has = g_new0(gboolean, MAX(n, 1));
    g_autofree double *x = g_new0(double, (gsize)l->counts->n_columns + 1);
    for (guint r = 0; r < n; r++) {
        const VocDocument *document = voc_corpus_document(l->corpus, r);
        has[r] = voc_document_has(document, label);
        texts += has[r];
        messages += has[r] ? document->copies : 0;
    }
    if (messages < least)
        return FALSE;
    Task task = {l->counts, l->copies, has};
    voc_minimise(objective, &task, x, (gsize)l->counts->n_columns + 1, ROUNDS, TOLERANCE);
    write_theme(l, label, texts, messages, x);
    return TRUE;
}

VocThemes *
voc_themes_learn(const VocCorpus *corpus, const VocThemeLearning *settings, GError **error)
{
    Learner l = {
        .corpus = corpus, .counts = voc_corpus_full_matrix(corpus), .wording = voc_wording_new(corpus)};
    guint learned = 0;
    l.df = voc_matrix_column_counts(l.counts);
    l.copies = g_new(double, MAX(l.counts->n_rows, 1));
    l.themes = voc_themes_new();
    for (guint r = 0; r < l.counts->n_rows; r++)
        l.copies[r] = (double)voc_corpus_document(corpus, r)->copies;
    for (guint32 label = 0; label < voc_corpus_n_labels(corpus); label++)
        learned += learn_label(&l, label, settings->least ? settings->least : LEAST_MESSAGES);
    voc_matrix_free(l.counts);
    voc_wording_free(l.wording);
    g_free(l.df);
    g_free(l.copies);
    if (learned)
        return l.themes;
    voc_themes_free(l.themes);
    g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "no label has texts enough to learn from");
    return NULL;
}
