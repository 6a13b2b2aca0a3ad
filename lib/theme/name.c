/* Names of clusters. */
#include <math.h>
#include <string.h>

#include "theme/profile.h"

/* A collocation: two terms side by side. */
typedef struct Pair {
    guint32 first, second;
    guint32 first_form, second_form; /* as most often written */
    guint32 count;                   /* in the cluster */
} Pair;

static guint64
pair_key(guint32 a, guint32 b)
{
    return (guint64)a << 32 | b;
}

/* Counts what `key` names; the keys are copied. */
static guint32
count_key(GHashTable *counts, guint64 key)
{
    guint32 *known = g_hash_table_lookup(counts, &key);
    if (!known) {
        guint64 *copy = g_memdup2(&key, sizeof key);
        known = g_new0(guint32, 1);
        g_hash_table_insert(counts, copy, known);
    }
    return ++*known;
}

static GHashTable *
counter_new(void)
{
    return g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
}

static gboolean
is_rank_term(const VocProfile *p, guint cluster, guint32 term, guint top)
{
    for (guint i = 0; i < MIN(top, p->n_terms[cluster]); i++)
        if (p->terms[cluster][i].term == term)
            return TRUE;
    return FALSE;
}

static float
count_in_cluster(const VocProfile *p, guint cluster, guint32 term)
{
    for (guint i = 0; i < p->n_terms[cluster]; i++)
        if (p->terms[cluster][i].term == term)
            return p->terms[cluster][i].count;
    return 0;
}

/* What the term counts as, before all else. */
static guint32
column_of(const VocProfile *p, guint32 term)
{
    guint n = 0;
    return term == VOC_NO_TERM ? term : voc_corpus_columns(p->corpus, term, &n)[0];
}

/* The most frequent pair with one of the cluster's three first terms. */
static gboolean
commonest_pair(const VocProfile *p, guint cluster, Pair *best)
{
    g_autoptr(GHashTable) counts = counter_new();
    *best = (Pair){0};
    for (guint r = 0; r < p->counts->n_rows; r++) {
        const VocDocument *d = voc_corpus_document(p->corpus, r);
        if (p->cluster[r] != cluster || d->lang != p->lang[cluster])
            continue;
        for (guint32 i = 1; i < d->n; i++) {
            guint32 a = column_of(p, d->terms[i - 1]), b = column_of(p, d->terms[i]);
            if (a == VOC_NO_TERM || b == VOC_NO_TERM || a == b ||
                !(is_rank_term(p, cluster, a, 3) || is_rank_term(p, cluster, b, 3)))
                continue;
            guint32 n = count_key(counts, pair_key(a, b));
            if (n > best->count || (n == best->count && pair_key(a, b) < pair_key(best->first, best->second)))
                *best = (Pair){a, b, 0, 0, n};
        }
    }
    float a = count_in_cluster(p, cluster, best->first), b = count_in_cluster(p, cluster, best->second);
    return best->count >= 3 && best->count >= p->documents[cluster] / 20 &&
           (float)best->count >= MIN(a, b) * 0.3f;
}

/* How most people write the pair. */
static void
write_pair(const VocProfile *p, guint cluster, Pair *pair)
{
    g_autoptr(GHashTable) counts = counter_new();
    guint32 most = 0;
    for (guint r = 0; r < p->counts->n_rows; r++) {
        const VocDocument *d = voc_corpus_document(p->corpus, r);
        if (p->cluster[r] != cluster || d->lang != p->lang[cluster])
            continue;
        for (guint32 i = 1; i < d->n; i++) {
            if (column_of(p, d->terms[i - 1]) != pair->first || column_of(p, d->terms[i]) != pair->second)
                continue;
            guint64 key = pair_key(d->forms[i - 1], d->forms[i]);
            guint32 n = count_key(counts, key);
            if (n > most || (n == most && key < pair_key(pair->first_form, pair->second_form))) {
                most = n;
                pair->first_form = d->forms[i - 1];
                pair->second_form = d->forms[i];
            }
        }
    }
}

static void
add_word(GString *name, const char *word)
{
    g_string_append_printf(name, "%s%s", name->len ? ", " : "", word);
}

/* Adds the cluster's terms, those first that say most, to at least `words` words and until nobody has the
 * name. */
static void
add_terms(const VocProfile *p, guint cluster, GString *name, const Pair *pair, guint words, GHashTable *used)
{
    guint n = pair ? 2 : 0;
    for (guint i = 0; i < p->n_terms[cluster]; i++) {
        const VocWeighted *term = &p->terms[cluster][i];
        if (pair && (term->term == pair->first || term->term == pair->second))
            continue;
        if (n >= words && !g_hash_table_contains(used, name->str))
            return;
        /* A far weaker word says little more. */
        if (n > 0 && n < words && term->rank < 0.2f * p->terms[cluster][0].rank &&
            !g_hash_table_contains(used, name->str))
            return;
        add_word(name, voc_profile_form(p, cluster, term->term));
        n++;
    }
}

static char *
make_name(const VocProfile *p, guint cluster, GHashTable *used)
{
    GString *name = g_string_new(NULL);
    Pair pair;
    if (commonest_pair(p, cluster, &pair)) {
        guint32 top = p->terms[cluster][0].term;
        gboolean has_top = top == pair.first || top == pair.second;
        write_pair(p, cluster, &pair);
        if (!has_top)
            g_string_append_printf(name, "%s, ", voc_profile_form(p, cluster, top));
        g_string_append_printf(name, "%s %s", voc_corpus_form(p->corpus, pair.first_form),
                               voc_corpus_form(p->corpus, pair.second_form));
        add_terms(p, cluster, name, &pair, 2, used);
    } else {
        add_terms(p, cluster, name, NULL, 3, used);
    }
    for (guint i = 2; !name->len || g_hash_table_contains(used, name->str); i++)
        g_string_printf(name, "%u", i);
    return g_string_free(name, FALSE);
}

char **
voc_profile_names(const VocProfile *p, GHashTable *taken)
{
    g_autoptr(GHashTable) used = g_hash_table_new(g_str_hash, g_str_equal);
    GHashTableIter iter;
    gpointer name;
    if (taken) {
        g_hash_table_iter_init(&iter, taken);
        while (g_hash_table_iter_next(&iter, &name, NULL))
            g_hash_table_add(used, name);
    }
    char **names = g_new0(char *, (gsize)p->k + 1);
    for (guint c = 0; c < p->k; c++) {
        names[c] = make_name(p, c, used);
        g_hash_table_add(used, names[c]);
    }
    return names;
}

char *
voc_profile_name_in(const VocProfile *p, guint cluster, VocLang lang)
{
    g_autoptr(GString) name = g_string_new(NULL);
    guint n = 0;
    for (guint i = 0; i < MIN(5, p->n_terms[cluster]) && n < 3; i++) {
        const char *form = voc_wording_form(p->wording, p->terms[cluster][i].term, lang);
        const char *own = voc_wording_form(p->wording, p->terms[cluster][i].term, p->lang[cluster]);
        /* What both languages write alike is no name in the other. */
        if (!form || (own && strcmp(form, own) == 0))
            continue;
        add_word(name, form);
        n++;
    }
    return n >= 2 ? g_string_free(g_steal_pointer(&name), FALSE) : NULL;
}
