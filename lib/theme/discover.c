#include "theme/discover.h"

#include <math.h>
#include <stdlib.h>

#include "theme/cluster.h"
#include "theme/profile.h"

/* Terms written for a theme at most, and the least weight of one. */
#define MOST_TERMS 60u
#define LEAST_WEIGHT 0.15
#define QUOTES 3u

/* A term's weight: how much of the way it goes, by itself, to making the theme as likely as all others
 * together (posterior 1/2), so that weights that add up to 1 are enough. */
static double
weight_of(const VocProfile *p, guint cluster, const VocWeighted *term)
{
    double all = 0;
    for (guint c = 0; c < p->k; c++)
        all += p->total[c];
    double share = MIN(p->total[cluster] / all, 0.4);
    return term->evidence / log(0.5 / share);
}

static void
add_terms(VocTheme *theme, const VocProfile *p, guint cluster)
{
    guint added = 0;
    for (guint i = 0; i < p->n_terms[cluster] && added < MOST_TERMS; i++) {
        const VocWeighted *term = &p->terms[cluster][i];
        double weight = weight_of(p, cluster, term);
        if (term->count < 2 || weight < LEAST_WEIGHT)
            continue;
        voc_theme_add_rule(theme, VOC_RULE_TERM, voc_profile_form(p, term->term), weight, p->lang[cluster]);
        added++;
    }
}

static void
add_theme(VocThemes *themes, const VocProfile *p, guint cluster, const char *name, guint quotes)
{
    g_autofree char *id = voc_themes_make_id(themes, name);
    g_autofree char *key = g_strdup_printf("name.%s", voc_lang_name(p->lang[cluster]));
    g_autofree char *evidence = g_strdup_printf("%" G_GUINT64_FORMAT " messages", p->messages[cluster]);
    g_auto(GStrv) said = voc_profile_quotes(p, cluster, quotes);
    VocTheme *theme = voc_themes_add(themes, id);
    voc_theme_add(theme, key, name);
    voc_theme_add(theme, "evidence", evidence);
    add_terms(theme, p, cluster);
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

VocThemes *
voc_discover(const VocCorpus *corpus, const VocDiscoverSettings *settings, GError **error)
{
    guint k = settings->k;
    g_autoptr(VocMatrix) counts = voc_corpus_matrix(corpus);
    g_autofree guint32 *cluster = voc_cluster(counts, &k);
    if (!k) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "no two messages share a word: no themes in them");
        return NULL;
    }
    order_by_size(corpus, cluster, k);
    g_autoptr(VocProfile) profile = voc_profile_new(corpus, counts, cluster, k);
    g_auto(GStrv) names = voc_profile_names(profile);
    VocThemes *themes = voc_themes_new();
    for (guint c = 0; c < k; c++)
        if (profile->n_terms[c])
            add_theme(themes, profile, c, names[c], settings->quotes ? settings->quotes : QUOTES);
    return themes;
}
