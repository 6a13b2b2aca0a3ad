#include "theme/discover.h"

#include <math.h>
#include <stdlib.h>

#include "theme/cluster.h"
#include "theme/packer.h"
#include "theme/profile.h"

/* Terms written for a theme at most: those on lines of their own, and all; the least weight of one. */
#define MOST_LINES 30u
#define MOST_TERMS 300u
#define LEAST_WEIGHT 0.05
#define QUOTES 3u

/* What makes a theme as likely as all others together (posterior 1/2): weights are told in shares of it, so
 * that weights that add up to 1 are enough. */
static double
enough(const VocProfile *p, guint cluster)
{
    return log(0.5 / MIN(p->total[cluster] / p->all, 0.4));
}

/* The weight of each term that is written for the cluster, 0 for others. */
static float *
choose_weights(const VocProfile *p, guint cluster)
{
    double whole = enough(p, cluster);
    float *weights = g_new0(float, MAX(p->counts->n_columns, 1));
    guint chosen = 0;
    for (guint i = 0; i < p->n_terms[cluster] && chosen < MOST_TERMS; i++) {
        const VocWeighted *term = &p->terms[cluster][i];
        double weight = term->weight / whole;
        if (term->count < 2 || weight < LEAST_WEIGHT)
            continue;
        weights[term->term] = (float)weight;
        chosen++;
    }
    return weights;
}

static int
by_sum(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x != y ? (x < y ? 1 : -1) : 0;
}

/* The least sum that no more texts reach than the cluster has, no less than 1: beside other themes a theme
 * shall not take their messages. */
static float
fair_sum(const VocProfile *p, guint cluster, const float *weights)
{
    const VocMatrix *m = p->counts;
    g_autofree float *sums = g_new0(float, (gsize)m->n_rows + 1);
    for (guint r = 0; r < m->n_rows; r++)
        for (gsize i = m->start[r]; i < m->start[r + 1]; i++)
            sums[r] += weights[m->column[i]];
    qsort(sums, m->n_rows, sizeof(float), by_sum);
    return MAX(sums[MAX(p->documents[cluster], 1) - 1], 1);
}

static void
add_terms(VocTheme *theme, const VocProfile *p, guint cluster, gboolean fair)
{
    g_autofree float *weights = choose_weights(p, cluster);
    float whole = fair ? fair_sum(p, cluster, weights) : 1;
    VocPacker *packer = voc_packer_new(theme, p->wording, MOST_LINES);
    for (guint i = 0; i < p->n_terms[cluster]; i++) {
        guint32 column = p->terms[cluster][i].term;
        if (weights[column] > 0)
            voc_packer_add(packer, column, weights[column] / whole);
    }
    voc_packer_finish(packer);
}

/* The name in the theme's language, and of its first terms in another that has most of them. */
static void
add_names(VocTheme *theme, const VocProfile *p, guint cluster, const char *name, gboolean broad)
{
    g_autofree char *key = g_strdup_printf("name.%s", voc_lang_name(p->lang[cluster]));
    voc_theme_add(theme, key, name);
    for (int lang = VOC_LANG_FI; lang < VOC_N_LANGS; lang++) {
        g_autofree char *other =
            (VocLang)lang == p->lang[cluster] ? NULL : voc_profile_name_in(p, cluster, (VocLang)lang, broad);
        g_autofree char *other_key = g_strdup_printf("name.%s", voc_lang_name((VocLang)lang));
        if (other)
            voc_theme_add(theme, other_key, other);
    }
}

static char *
make_id(const VocThemes *themes, const char *name, const char *parent)
{
    g_autofree char *own = voc_themes_make_id(NULL, name);
    g_autofree char *full = parent ? g_strconcat(parent, ".", own, NULL) : g_strdup(own);
    return voc_themes_free_id(themes, full);
}

static void
add_theme(VocThemes *themes, const VocProfile *p, guint cluster, const char *name,
          const VocDiscoverSettings *settings, const char *parent, gboolean broad)
{
    g_autofree char *id = make_id(themes, name, settings->parent);
    g_autofree char *evidence = g_strdup_printf("%" G_GUINT64_FORMAT " messages", p->messages[cluster]);
    g_auto(GStrv) said = voc_profile_quotes(p, cluster, settings->quotes ? settings->quotes : QUOTES);
    VocTheme *theme = voc_themes_add(themes, id);
    if (parent)
        voc_theme_add(theme, "parent", parent);
    add_names(theme, p, cluster, name, broad);
    if (settings->new)
        voc_theme_add(theme, "state", "new");
    voc_theme_add(theme, "evidence", evidence);
    /* Not below a theme, from whose messages they are. */
    add_terms(theme, p, cluster, !settings->parent && voc_corpus_n_labels(p->corpus));
    for (char **quote = said; *quote; quote++)
        voc_theme_add(theme, "quote", *quote);
}

typedef struct Size {
    guint64 messages;
    guint cluster;
} Size;

static int
by_size(const void *a, const void *b)
{
    const Size *x = a, *y = b;
    if (x->messages != y->messages)
        return x->messages < y->messages ? 1 : -1;
    return (x->cluster > y->cluster) - (x->cluster < y->cluster);
}

/* Clusters by size, the largest first: 0 is the largest from then on. */
static void
order_by_size(const VocCorpus *corpus, guint32 *cluster, guint k)
{
    g_autofree Size *sizes = g_new0(Size, (gsize)k + 1);
    g_autofree guint32 *number = g_new(guint32, (gsize)k + 1);
    for (guint c = 0; c < k; c++)
        sizes[c].cluster = c;
    for (guint r = 0; r < voc_corpus_n_documents(corpus); r++)
        if (cluster[r] != VOC_NO_CLUSTER)
            sizes[cluster[r]].messages += voc_corpus_document(corpus, r)->copies;
    qsort(sizes, k, sizeof(Size), by_size);
    for (guint c = 0; c < k; c++)
        number[sizes[c].cluster] = c;
    for (guint r = 0; r < voc_corpus_n_documents(corpus); r++)
        if (cluster[r] != VOC_NO_CLUSTER)
            cluster[r] = number[cluster[r]];
}

/* The names that are taken. */
static GHashTable *
names_of(const VocThemes *themes)
{
    GHashTable *names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (guint i = 0; i < themes->themes->len; i++) {
        const VocTheme *theme = g_ptr_array_index(themes->themes, i);
        for (int lang = 0; lang < VOC_N_LANGS; lang++)
            if (theme->names[lang])
                g_hash_table_add(names, g_utf8_strdown(theme->names[lang], -1));
    }
    return names;
}

/* Whether one of the cluster's first words is in half of its texts. */
static gboolean
holds_together(const VocProfile *p, guint cluster)
{
    for (guint i = 0; i < MIN(3, p->n_terms[cluster]); i++) {
        guint with = 0;
        for (guint r = 0; r < p->counts->n_rows; r++)
            for (gsize v = p->counts->start[r]; p->cluster[r] == cluster && v < p->counts->start[r + 1]; v++)
                with += p->counts->column[v] == p->terms[cluster][i].term;
        if (2 * with >= p->documents[cluster])
            return TRUE;
    }
    return FALSE;
}

/* Clusters on their way to the file. */
typedef struct Finder {
    VocThemes *themes;
    const VocDiscoverSettings *settings;
    const VocProfile *profile;
    char **names;
    guint32 *heads; /* of each cluster */
    guint n_heads;
    guint added;
} Finder;

static gboolean
is_theme(const Finder *f, guint c)
{
    return f->profile->n_terms[c] && f->profile->documents[c] >= f->settings->least &&
           (!f->settings->together || holds_together(f->profile, c));
}

static void
add_cluster(Finder *f, guint c, const char *parent)
{
    add_theme(f->themes, f->profile, c, f->names[c], f->settings, parent, FALSE);
    f->added++;
}

/* A head, and its clusters under it. */
static void
add_head(Finder *f, const VocProfile *heads, guint head, const char *name)
{
    guint at = f->themes->themes->len;
    add_theme(f->themes, heads, head, name, f->settings, f->settings->parent, TRUE);
    g_autofree char *id = g_strdup(((VocTheme *)g_ptr_array_index(f->themes->themes, at))->id);
    f->added++;
    for (guint c = 0; c < f->profile->k; c++)
        if (f->heads[c] == head && is_theme(f, c))
            add_cluster(f, c, id);
}

/* Adds the themes, the largest first, each head where its largest is. */
static void
add_all(Finder *f, const guint32 *cluster, GHashTable *taken)
{
    const VocProfile *p = f->profile;
    g_autofree guint32 *head_of = g_new(guint32, MAX(p->counts->n_rows, 1));
    g_autofree gboolean *done = g_new0(gboolean, (gsize)f->n_heads + 1);
    for (guint r = 0; r < p->counts->n_rows; r++)
        head_of[r] = f->n_heads && cluster[r] != VOC_NO_CLUSTER ? f->heads[cluster[r]] : VOC_NO_CLUSTER;
    for (guint c = 0; c < p->k; c++)
        g_hash_table_add(taken, g_utf8_strdown(f->names[c], -1));
    g_autoptr(VocProfile) heads =
        f->n_heads ? voc_profile_new(p->corpus, p->counts, head_of, f->n_heads) : NULL;
    g_auto(GStrv) names = heads ? voc_profile_names(heads, TRUE, taken) : NULL;
    for (guint c = 0; c < p->k; c++) {
        guint32 head = f->n_heads ? f->heads[c] : VOC_NO_CLUSTER;
        if (!is_theme(f, c) || (head != VOC_NO_CLUSTER && done[head]))
            continue;
        if (head == VOC_NO_CLUSTER || !heads->n_terms[head]) {
            add_cluster(f, c, f->settings->parent);
            continue;
        }
        done[head] = TRUE;
        add_head(f, heads, head, names[head]);
    }
}

guint
voc_discover_more(VocThemes *themes, const VocCorpus *corpus, const VocMatrix *counts,
                  const VocDiscoverSettings *settings)
{
    guint k = settings->k;
    g_autoptr(VocMatrix) folded = settings->vectors ? voc_vectors_fold(settings->vectors, counts) : NULL;
    g_autofree guint32 *cluster = voc_cluster(folded ? folded : counts, &k);
    g_autoptr(GHashTable) taken = names_of(themes);
    if (!k)
        return 0;
    order_by_size(corpus, cluster, k);
    g_autoptr(VocMatrix) around = voc_corpus_n_labels(corpus) ? voc_corpus_around(corpus, counts) : NULL;
    g_autoptr(VocProfile) profile = voc_profile_new(corpus, around ? around : counts, cluster, k);
    g_auto(GStrv) names = voc_profile_names(profile, FALSE, taken);
    Finder f = {.themes = themes, .settings = settings, .profile = profile, .names = names};
    if (settings->heads)
        f.heads = voc_cluster_heads(counts, cluster, k, &f.n_heads);
    add_all(&f, cluster, taken);
    g_free(f.heads);
    return f.added;
}

guint
voc_discover_rest(VocThemes *themes, const VocCorpus *corpus, const VocDiscoverSettings *settings)
{
    g_autoptr(VocMatrix) rest = voc_corpus_unlabelled_matrix(corpus, FALSE);
    guint added = voc_discover_more(themes, corpus, rest, settings);
    if (added)
        return added;
    /* Perhaps all of it is about one thing. */
    VocDiscoverSettings one = *settings;
    g_autoptr(VocMatrix) full = voc_corpus_unlabelled_matrix(corpus, TRUE);
    one.k = 1;
    one.heads = FALSE;
    one.least = MAX(one.least, 2);
    one.together = TRUE;
    return voc_discover_more(themes, corpus, full, &one);
}

VocThemes *
voc_discover(const VocCorpus *corpus, const VocDiscoverSettings *settings, GError **error)
{
    g_autoptr(VocThemes) themes = voc_themes_new();
    if (!voc_discover_rest(themes, corpus, settings)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "no two messages share a word: no themes in them");
        return NULL;
    }
    return g_steal_pointer(&themes);
}
