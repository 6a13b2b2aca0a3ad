#include "theme/discover.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "theme/cluster.h"
#include "theme/profile.h"

/* Terms written for a theme at most: those on lines of their own, and all; the least weight of one. */
#define MOST_LINES 30u
#define MOST_TERMS 300u
#define LEAST_WEIGHT 0.05
/* Packed lines end when they are longer. */
#define LINE_LENGTH 100u
#define QUOTES 3u

/* What makes a theme as likely as all others together (posterior 1/2): weights are told in shares of it, so
 * that weights that add up to 1 are enough. */
static double
enough(const VocProfile *p, guint cluster)
{
    double all = 0;
    for (guint c = 0; c < p->k; c++)
        all += p->total[c];
    return log(0.5 / MIN(p->total[cluster] / all, 0.4));
}

static void
flush_words(VocTheme *theme, GString *line, VocLang lang)
{
    if (line->len > strlen(voc_lang_name(lang)))
        voc_theme_add(theme, "words", line->str);
    g_string_assign(line, voc_lang_name(lang));
}

static void
add_word(VocTheme *theme, GString *line, const char *word, double weight, VocLang lang)
{
    g_auto(VocBuffer) number = VOC_BUFFER_INIT;
    voc_buffer_add_number(&number, weight, 2);
    g_string_append_printf(line, " %s %s", word, voc_buffer_string(&number));
    if (line->len > LINE_LENGTH)
        flush_words(theme, line, lang);
}

static void
add_terms(VocTheme *theme, const VocProfile *p, guint cluster)
{
    double whole = enough(p, cluster);
    VocLang lang = p->lang[cluster];
    guint added = 0;
    g_autoptr(GString) line = g_string_new(voc_lang_name(lang));
    for (guint i = 0; i < p->n_terms[cluster] && added < MOST_TERMS; i++) {
        const VocWeighted *term = &p->terms[cluster][i];
        double weight = term->weight / whole;
        const char *form = voc_profile_form(p, term->term);
        if (term->count < 2 || weight < LEAST_WEIGHT)
            continue;
        if (added++ < MOST_LINES)
            voc_theme_add_rule(theme, VOC_RULE_TERM, form, weight, lang);
        else
            add_word(theme, line, form, weight, lang);
    }
    flush_words(theme, line, lang);
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
