#include "theme/update.h"

#include <stdlib.h>

#include "theme/discover.h"
#include "theme/wording.h"

#define LEAST_TEXTS 5u
/* A theme with fewer texts cannot be said to drift. */
#define DRIFT_TEXTS 15u
/* A word is common in a theme from one text in so many, and when it is so much commoner than elsewhere. */
#define DRIFT_SHARE 5u
#define DRIFT_FACTOR 3.0
#define DRIFT_WORDS 3u

static void
drift_clear(void *data)
{
    g_free(((VocDrift *)data)->word);
}

void
voc_update_clear(VocUpdate *update)
{
    if (update->drifts)
        g_array_unref(update->drifts);
    *update = (VocUpdate){0};
}

/* The base forms of the theme's words, in any language. */
static GHashTable *
own_words(const VocTheme *theme, VocWords *words)
{
    GHashTable *own = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_auto(VocArena) arena = {0};
    voc_arena_init(&arena, 0);
    for (guint r = 0; r < theme->rules->len; r++) {
        const VocThemeRule *rule = &g_array_index(theme->rules, VocThemeRule, r);
        g_auto(GStrv) parts = g_strsplit(rule->text, " ", -1);
        for (char **part = parts; *part; part++)
            for (int lang = VOC_LANG_FI; lang < VOC_N_LANGS; lang++)
                if (rule->lang == VOC_LANG_UND || rule->lang == (VocLang)lang)
                    g_hash_table_add(own, voc_slice_dup(voc_words_base(words, voc_slice_from_string(*part),
                                                                       (VocLang)lang, &arena)));
    }
    return own;
}

/* In how many texts with the label, and in how many in all, each column is. */
typedef struct Spread {
    guint32 *inside, *all;
    guint texts, all_texts;
} Spread;

static void
spread_count(Spread *s, const VocCorpus *corpus, const VocMatrix *counts, guint32 label)
{
    s->texts = s->all_texts = 0;
    for (guint r = 0; r < counts->n_rows; r++) {
        gboolean has = voc_document_has(voc_corpus_document(corpus, r), label);
        s->texts += has;
        s->all_texts++;
        for (gsize i = counts->start[r]; i < counts->start[r + 1]; i++) {
            s->inside[counts->column[i]] += has;
            s->all[counts->column[i]]++;
        }
    }
}

static gboolean
is_drift(const Spread *s, guint32 column)
{
    double inside = s->inside[column], outside = s->all[column] - inside;
    double elsewhere = (outside + 1) / (s->all_texts - s->texts + 1);
    return s->inside[column] * DRIFT_SHARE >= s->texts && inside / s->texts >= DRIFT_FACTOR * elsewhere;
}

static int
by_count(const void *a, const void *b)
{
    const VocDrift *x = a, *y = b;
    if (x->with != y->with)
        return x->with < y->with ? 1 : -1;
    return g_strcmp0(x->word, y->word);
}

static void
find_drift(const VocTheme *theme, const VocCorpus *corpus, const VocMatrix *counts, const VocWording *wording,
           const Spread *s, VocWords *words, GArray *drifts)
{
    g_autoptr(GHashTable) own = own_words(theme, words);
    g_autoptr(GArray) found = g_array_new(FALSE, FALSE, sizeof(VocDrift));
    for (guint32 c = 0; c < counts->n_columns; c++) {
        const char *word = voc_wording_main_form(wording, c);
        if (!is_drift(s, c) || g_hash_table_contains(own, voc_corpus_term(corpus, c)) ||
            g_hash_table_contains(own, word))
            continue;
        VocDrift drift = {theme, g_strdup(word), s->inside[c], s->texts};
        g_array_append_val(found, drift);
    }
    if (found->len)
        g_array_sort(found, by_count);
    for (guint i = 0; i < found->len; i++) {
        VocDrift *drift = &g_array_index(found, VocDrift, i);
        if (i < DRIFT_WORDS)
            g_array_append_vals(drifts, drift, 1);
        else
            g_free(drift->word);
    }
}

static void
find_drifts(const VocThemes *themes, const VocCorpus *corpus, VocWords *words, GArray *drifts)
{
    g_autoptr(VocMatrix) counts = voc_corpus_matrix(corpus);
    g_autoptr(VocWording) wording = voc_wording_new(corpus);
    gsize size = sizeof(guint32) * MAX(counts->n_columns, 1);
    for (guint32 label = 0; label < voc_corpus_n_labels(corpus); label++) {
        const VocTheme *theme = voc_themes_find(themes, voc_corpus_label_name(corpus, label));
        g_autofree guint32 *inside = g_malloc0(size);
        g_autofree guint32 *all = g_malloc0(size);
        Spread s = {inside, all, 0, 0};
        spread_count(&s, corpus, counts, label);
        if (theme && s.texts >= DRIFT_TEXTS)
            find_drift(theme, corpus, counts, wording, &s, words, drifts);
    }
}

void
voc_themes_update(VocThemes *themes, const VocCorpus *corpus, guint least, VocWords *words, VocUpdate *out)
{
    VocDiscoverSettings settings = {.new = TRUE};
    *out = (VocUpdate){.drifts = g_array_new(FALSE, FALSE, sizeof(VocDrift))};
    g_array_set_clear_func(out->drifts, drift_clear);
    out->texts = voc_corpus_n_documents(corpus);
    for (guint d = 0; d < out->texts; d++)
        out->unexplained += voc_corpus_document(corpus, d)->n_labels == 0;
    settings.least = least ? least : MAX(LEAST_TEXTS, out->texts / 50);
    find_drifts(themes, corpus, words, out->drifts);
    out->added = voc_discover_rest(themes, corpus, &settings);
}
