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

/* Packed lines in the making, one a language. */
typedef struct Packer {
    VocTheme *theme;
    GString *line[VOC_N_LANGS];
    GHashTable *written; /* words with their language before them, and by themselves */
} Packer;

static const char *
lang_key(VocLang lang)
{
    return lang == VOC_LANG_UND ? "*" : voc_lang_name(lang);
}

static void
flush_words(Packer *packer, VocLang lang)
{
    GString *line = packer->line[lang];
    if (line && line->len > strlen(lang_key(lang)))
        voc_theme_add(packer->theme, "words", line->str);
    if (line)
        g_string_assign(line, lang_key(lang));
}

static void
add_word(Packer *packer, const char *word, double weight, VocLang lang)
{
    g_auto(VocBuffer) number = VOC_BUFFER_INIT;
    if (!packer->line[lang])
        packer->line[lang] = g_string_new(lang_key(lang));
    voc_buffer_add_number(&number, weight, 2);
    g_string_append_printf(packer->line[lang], " %s %s", word, voc_buffer_string(&number));
    if (packer->line[lang]->len > LINE_LENGTH)
        flush_words(packer, lang);
}

/* Two columns may be written alike. */
static gboolean
first_time(Packer *packer, const char *form, VocLang lang)
{
    char *key = g_strdup_printf("%d%s", (int)lang, form);
    if (lang == VOC_LANG_UND && g_hash_table_contains(packer->written, form)) {
        g_free(key);
        return FALSE;
    }
    g_hash_table_add(packer->written, g_strdup(form));
    return g_hash_table_add(packer->written, key);
}

/* A term in every language in which the texts have it. */
static void
add_term(Packer *packer, const VocProfile *p, guint32 column, double weight, gboolean own_line)
{
    /* Languages from the last: a word of any language goes without saying where a language has it. */
    for (int lang = VOC_N_LANGS - 1; lang >= 0; lang--) {
        const char *form = voc_wording_form(p->wording, column, (VocLang)lang);
        if (!form || !first_time(packer, form, (VocLang)lang))
            continue;
        if (own_line)
            voc_theme_add_rule(packer->theme, VOC_RULE_TERM, form, weight, (VocLang)lang);
        else
            add_word(packer, form, weight, (VocLang)lang);
    }
}

static void
add_terms(VocTheme *theme, const VocProfile *p, guint cluster)
{
    double whole = enough(p, cluster);
    Packer packer = {theme, {NULL}, g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
    guint added = 0;
    for (guint i = 0; i < p->n_terms[cluster] && added < MOST_TERMS; i++) {
        const VocWeighted *term = &p->terms[cluster][i];
        double weight = term->weight / whole;
        if (term->count >= 2 && weight >= LEAST_WEIGHT)
            add_term(&packer, p, term->term, weight, added++ < MOST_LINES);
    }
    for (int lang = 0; lang < VOC_N_LANGS; lang++) {
        flush_words(&packer, (VocLang)lang);
        if (packer.line[lang])
            g_string_free(packer.line[lang], TRUE);
    }
    g_hash_table_unref(packer.written);
}

/* The name in the theme's language, and of its first terms in another that has most of them. */
static void
add_names(VocTheme *theme, const VocProfile *p, guint cluster, const char *name)
{
    g_autofree char *key = g_strdup_printf("name.%s", voc_lang_name(p->lang[cluster]));
    voc_theme_add(theme, key, name);
    for (int lang = VOC_LANG_FI; lang < VOC_N_LANGS; lang++) {
        g_autofree char *other =
            (VocLang)lang == p->lang[cluster] ? NULL : voc_profile_name_in(p, cluster, (VocLang)lang);
        g_autofree char *other_key = g_strdup_printf("name.%s", voc_lang_name((VocLang)lang));
        if (other)
            voc_theme_add(theme, other_key, other);
    }
}

static void
add_theme(VocThemes *themes, const VocProfile *p, guint cluster, const char *name, guint quotes)
{
    g_autofree char *id = voc_themes_make_id(themes, name);
    g_autofree char *evidence = g_strdup_printf("%" G_GUINT64_FORMAT " messages", p->messages[cluster]);
    g_auto(GStrv) said = voc_profile_quotes(p, cluster, quotes);
    VocTheme *theme = voc_themes_add(themes, id);
    add_names(theme, p, cluster, name);
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
