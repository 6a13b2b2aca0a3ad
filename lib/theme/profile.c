#include "theme/profile.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "theme/cluster.h"

/* Every term is taken to have been seen this often more, spread over the clusters as all terms are: few
 * sightings prove little. */
#define PRIOR 3.0
/* What a quote speaks for is the cluster's first terms: rare ones tell much of few. */
#define QUOTED_TERMS 10u

static void
count_documents(VocProfile *p)
{
    g_autofree guint32 *by_lang = g_new0(guint32, (gsize)p->k * VOC_N_LANGS + 1);
    for (guint r = 0; r < p->counts->n_rows; r++) {
        guint32 c = p->cluster[r];
        if (c == VOC_NO_CLUSTER)
            continue;
        const VocDocument *document = voc_corpus_document(p->corpus, r);
        p->documents[c]++;
        p->messages[c] += document->copies;
        by_lang[c * VOC_N_LANGS + document->lang]++;
    }
    for (guint c = 0; c < p->k; c++) {
        VocLang best = VOC_LANG_FI;
        for (int lang = VOC_LANG_FI; lang < VOC_N_LANGS; lang++)
            if (by_lang[c * VOC_N_LANGS + (guint)lang] > by_lang[c * VOC_N_LANGS + (guint)best])
                best = (VocLang)lang;
        p->lang[c] = by_lang[c * VOC_N_LANGS + (guint)best] ? best : VOC_LANG_EN;
    }
}

static int
by_rank(const void *a, const void *b)
{
    const VocWeighted *x = a, *y = b;
    if (x->rank != y->rank)
        return x->rank < y->rank ? 1 : -1;
    return (x->term > y->term) - (x->term < y->term);
}

/* The cluster's terms from its counts, which are zeroed again. A cluster that is all there is is held against
 * as many words again, where all are as common. */
static void
weigh(VocProfile *p, guint c, float *count, const float *informativeness, const GArray *touched)
{
    double all = p->all, a_cluster = p->clustered / p->k;
    gboolean alone = p->k == 1 && p->total[0] >= all * 0.999;
    g_autoptr(GArray) kept = g_array_new(FALSE, FALSE, sizeof(VocWeighted));
    for (guint i = 0; i < touched->len; i++) {
        guint32 term = g_array_index(touched, guint32, i);
        double share = p->total[c] / all, in_all = p->in_all[term];
        if (alone) {
            in_all += all / MAX(touched->len, 10);
            share = 0.5;
        }
        double evidence = log((count[term] + PRIOR * share) / (in_all + PRIOR) / share);
        double rank = count[term] * log(1 + a_cluster / p->in_all[term]);
        VocWeighted weighted = {term, count[term], (float)evidence, (float)evidence * informativeness[term],
                                (float)rank};
        if (evidence > 0)
            g_array_append_val(kept, weighted);
        count[term] = 0;
    }
    g_array_sort(kept, by_rank);
    p->n_terms[c] = kept->len;
    p->terms[c] = (VocWeighted *)(void *)g_array_free(g_steal_pointer(&kept), FALSE);
}

/* Rows by cluster: first[c] .. first[c + 1] in `rows`. */
static void
group_rows(const VocProfile *p, guint32 *rows, guint32 *first)
{
    g_autofree guint32 *next = g_new0(guint32, (gsize)p->k + 1);
    for (guint c = 0; c < p->k; c++)
        first[c + 1] = first[c] + p->documents[c];
    memcpy(next, first, sizeof(guint32) * p->k);
    for (guint r = 0; r < p->counts->n_rows; r++)
        if (p->cluster[r] != VOC_NO_CLUSTER)
            rows[next[p->cluster[r]]++] = r;
}

/* The counts with copies: a text that came n times counts 1 + ln n. */
static VocMatrix *
count_copies(const VocProfile *p)
{
    g_autofree float *one = g_new(float, MAX(p->counts->n_columns, 1));
    for (guint t = 0; t < p->counts->n_columns; t++)
        one[t] = 1;
    VocMatrix *m = voc_matrix_weighted(p->counts, one);
    for (guint r = 0; r < m->n_rows; r++) {
        float factor = 1 + logf((float)voc_corpus_document(p->corpus, r)->copies);
        for (gsize i = m->start[r]; i < m->start[r + 1]; i++)
            m->value[i] *= factor;
    }
    return m;
}

/* How much each term tells about the clusters, and about what is in none. */
static float *
find_informativeness(const VocProfile *p, const VocMatrix *m)
{
    g_autofree guint32 *cluster = g_new(guint32, MAX(m->n_rows, 1));
    gboolean others = FALSE;
    for (guint r = 0; r < m->n_rows; r++) {
        gboolean other = p->cluster[r] == VOC_NO_CLUSTER;
        cluster[r] = other ? p->k : p->cluster[r];
        others = others || (other && m->start[r + 1] > m->start[r]);
    }
    return voc_cluster_informativeness(m, cluster, p->k + others, 0.5);
}

static void
weigh_all(VocProfile *p)
{
    const VocMatrix *m = p->copied = count_copies(p);
    g_autofree float *informativeness = find_informativeness(p, m);
    g_autofree guint32 *rows = g_new(guint32, MAX(m->n_rows, 1));
    g_autofree guint32 *first = g_new0(guint32, (gsize)p->k + 1);
    g_autofree float *count = g_new0(float, MAX(m->n_columns, 1));
    g_autoptr(GArray) touched = g_array_new(FALSE, FALSE, sizeof(guint32));
    group_rows(p, rows, first);
    for (guint r = 0; r < m->n_rows; r++)
        for (gsize i = m->start[r]; i < m->start[r + 1]; i++) {
            p->in_all[m->column[i]] += m->value[i];
            p->all += m->value[i];
            if (p->cluster[r] != VOC_NO_CLUSTER)
                p->total[p->cluster[r]] += m->value[i];
        }
    for (guint c = 0; c < p->k; c++)
        p->clustered += p->total[c];
    for (guint c = 0; c < p->k; c++) {
        g_array_set_size(touched, 0);
        for (guint32 r = first[c]; r < first[c + 1]; r++)
            for (gsize i = m->start[rows[r]]; i < m->start[rows[r] + 1]; i++) {
                if (count[m->column[i]] <= 0)
                    g_array_append_val(touched, m->column[i]);
                count[m->column[i]] += m->value[i];
            }
        weigh(p, c, count, informativeness, touched);
    }
}

VocProfile *
voc_profile_new(const VocCorpus *corpus, const VocMatrix *counts, const guint32 *cluster, guint k)
{
    VocProfile *p = g_new0(VocProfile, 1);
    p->k = k;
    p->corpus = corpus;
    p->counts = counts;
    p->cluster = cluster;
    p->documents = g_new0(guint32, (gsize)k + 1);
    p->messages = g_new0(guint64, (gsize)k + 1);
    p->total = g_new0(double, (gsize)k + 1);
    p->in_all = g_new0(double, MAX(counts->n_columns, 1));
    p->terms = g_new0(VocWeighted *, (gsize)k + 1);
    p->n_terms = g_new0(guint, (gsize)k + 1);
    p->lang = g_new0(VocLang, (gsize)k + 1);
    count_documents(p);
    weigh_all(p);
    p->wording = voc_wording_new(corpus);
    return p;
}

void
voc_profile_free(VocProfile *p)
{
    if (!p)
        return;
    for (guint c = 0; c < p->k; c++)
        g_free(p->terms[c]);
    g_free(p->documents);
    g_free(p->messages);
    g_free(p->total);
    g_free(p->in_all);
    voc_matrix_free(p->copied);
    g_free(p->terms);
    g_free(p->n_terms);
    g_free(p->lang);
    voc_wording_free(p->wording);
    g_free(p);
}

const char *
voc_profile_form(const VocProfile *p, guint cluster, guint32 column)
{
    const char *form = voc_wording_form(p->wording, column, p->lang[cluster]);
    return form ? form : voc_wording_main_form(p->wording, column);
}

/* How many of the document's different terms `taken` has too. */
static guint
shared_terms(const VocProfile *p, guint row, GHashTable *taken)
{
    guint n = 0;
    for (gsize i = p->counts->start[row]; i < p->counts->start[row + 1]; i++)
        n += g_hash_table_contains(taken, GUINT_TO_POINTER(p->counts->column[i] + 1));
    return n;
}

/* How much of a document is the cluster's own: its evidence a term, damped for the shortest and the longest.
 */
static double
centrality(const VocProfile *p, guint row, const float *evidence)
{
    double sum = 0;
    gsize n = p->counts->start[row + 1] - p->counts->start[row];
    for (gsize i = p->counts->start[row]; i < p->counts->start[row + 1]; i++)
        sum += evidence[p->counts->column[i]];
    gsize length = strlen(voc_corpus_document(p->corpus, row)->text);
    double fitting = length < 20 ? (double)length / 20 : length > 160 ? 160.0 / (double)length : 1;
    return sum / (double)(n + 2) * fitting;
}

char **
voc_profile_quotes(const VocProfile *p, guint cluster, guint most)
{
    g_autofree float *evidence = g_new0(float, MAX(p->counts->n_columns, 1));
    g_autofree double *score = g_new(double, MAX(p->counts->n_rows, 1));
    g_autoptr(GHashTable) taken = g_hash_table_new(NULL, NULL);
    GPtrArray *quotes = g_ptr_array_new();
    for (guint i = 0; i < MIN(p->n_terms[cluster], QUOTED_TERMS); i++)
        evidence[p->terms[cluster][i].term] = p->terms[cluster][i].evidence;
    for (guint r = 0; r < p->counts->n_rows; r++)
        score[r] = p->cluster[r] == cluster ? centrality(p, r, evidence) : 0;
    for (guint q = 0; q < most; q++) {
        guint best = 0;
        double highest = 0;
        for (guint r = 0; r < p->counts->n_rows; r++) {
            double n = (double)(p->counts->start[r + 1] - p->counts->start[r]);
            if (score[r] <= highest)
                continue;
            double new = score[r] * (1 - 0.7 * shared_terms(p, r, taken) / n);
            if (new > highest) {
                highest = new;
                best = r;
            }
        }
        if (highest <= 0)
            break;
        score[best] = 0;
        g_ptr_array_add(quotes, g_strdup(voc_corpus_document(p->corpus, best)->text));
        for (gsize i = p->counts->start[best]; i < p->counts->start[best + 1]; i++)
            g_hash_table_add(taken, GUINT_TO_POINTER(p->counts->column[i] + 1));
    }
    g_ptr_array_add(quotes, NULL);
    return (char **)g_ptr_array_free(quotes, FALSE);
}
