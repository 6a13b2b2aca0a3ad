/* Names of clusters. */
#include <string.h>

#include "theme/phrase.h"

/* A language is one of a theme's own from so many of its texts. */
#define LANG_TEXTS 4u

static int
by_word(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Small letters, words in the order of the alphabet, joining words left out: what two names that say the same
 * share. */
static char *
name_key(const char *name)
{
    g_autofree char *small = g_utf8_strdown(name, -1);
    g_auto(GStrv) words = g_strsplit_set(small, " ,", -1);
    g_autoptr(GPtrArray) kept = g_ptr_array_new();
    for (char **word = words; *word; word++)
        if (**word && strcmp(*word, "ja") != 0 && strcmp(*word, "and") != 0 && strcmp(*word, "och") != 0)
            g_ptr_array_add(kept, *word);
    g_ptr_array_sort(kept, by_word);
    g_ptr_array_add(kept, NULL);
    return g_strjoinv(" ", (char **)kept->pdata);
}

/* Takes the name unless it is taken. */
static gboolean
take(GHashTable *used, const char *name)
{
    g_autofree char *key = name_key(name);
    if (!*key || g_hash_table_contains(used, key))
        return FALSE;
    g_hash_table_add(used, g_steal_pointer(&key));
    return TRUE;
}

/* The name with a capital. */
static char *
finish(const char *name)
{
    g_autofree char *first = g_utf8_substring(name, 0, MIN(1, g_utf8_strlen(name, -1)));
    g_autofree char *great = g_utf8_strup(first, -1);
    return g_strconcat(great, name + strlen(first), NULL);
}

static const char *
joining_word(VocLang lang)
{
    return lang == VOC_LANG_FI ? "ja" : lang == VOC_LANG_SV ? "och" : "and";
}

/* The best phrase that is free; NULL when there is none. */
static char *
phrase_name(const VocProfile *p, guint cluster, VocLang lang, GHashTable *used)
{
    g_autoptr(GArray) phrases = voc_phrases_find(p, cluster, lang);
    for (guint i = 0; i < phrases->len; i++) {
        g_autoptr(GString) name = g_string_new(NULL);
        voc_phrase_write(p, &g_array_index(phrases, VocPhrase, i), name);
        if (take(used, name->str))
            return finish(name->str);
    }
    return NULL;
}

/* The cluster's first `most` terms in a language that has them. With `translated` only those that are another
 * word than in the cluster's own language. */
static GPtrArray *
first_words(const VocProfile *p, guint cluster, VocLang lang, gboolean translated, guint most)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < p->n_terms[cluster] && i < most; i++) {
        guint32 term = p->terms[cluster][i].term;
        const char *own = voc_profile_form(p, cluster, term);
        const char *form = voc_wording_form(p->wording, term, lang);
        g_autofree char *cased = form ? voc_wording_cased(p->wording, form) : NULL;
        if (form && !(translated && strcmp(form, own) == 0) && !voc_wording_is_unit(p->wording, form) &&
            !g_ptr_array_find_with_equal_func(words, cased, g_str_equal, NULL))
            g_ptr_array_add(words, g_steal_pointer(&cased));
    }
    return words;
}

/* Two of the words. */
static char *
joined_name(const GPtrArray *words, VocLang lang, GHashTable *used)
{
    if (words->len == 1 && take(used, words->pdata[0]))
        return finish(words->pdata[0]);
    for (guint b = 1; b < words->len; b++)
        for (guint a = 0; a < b; a++) {
            g_autofree char *name = g_strdup_printf("%s %s %s", (const char *)words->pdata[a],
                                                    joining_word(lang), (const char *)words->pdata[b]);
            if (take(used, name))
                return finish(name);
        }
    return NULL;
}

static char *
make_name(const VocProfile *p, guint cluster, gboolean broad, GHashTable *used)
{
    char *name = broad ? NULL : phrase_name(p, cluster, p->lang[cluster], used);
    if (name)
        return name;
    g_autoptr(GPtrArray) words = first_words(p, cluster, p->lang[cluster], FALSE, 8);
    name = joined_name(words, p->lang[cluster], used);
    for (guint i = 2; !name; i++) {
        g_autofree char *numbered =
            g_strdup_printf("%s %u", words->len ? (const char *)words->pdata[0] : "", i);
        name = take(used, numbered) ? finish(numbered) : NULL;
    }
    return name;
}

char **
voc_profile_names(const VocProfile *p, gboolean broad, GHashTable *taken)
{
    g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer name;
    if (taken) {
        g_hash_table_iter_init(&iter, taken);
        while (g_hash_table_iter_next(&iter, &name, NULL))
            take(used, name);
    }
    char **names = g_new0(char *, (gsize)p->k + 1);
    for (guint c = 0; c < p->k; c++)
        names[c] = make_name(p, c, broad, used);
    return names;
}

char *
voc_profile_name_in(const VocProfile *p, guint cluster, VocLang lang, gboolean broad)
{
    g_autoptr(GHashTable) used = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    guint texts = 0;
    for (guint r = 0; r < p->counts->n_rows; r++)
        texts += p->cluster[r] == cluster && voc_corpus_document(p->corpus, r)->lang == lang;
    char *name = texts >= LANG_TEXTS && !broad ? phrase_name(p, cluster, lang, used) : NULL;
    if (name)
        return name;
    g_autoptr(GPtrArray) words = first_words(p, cluster, lang, TRUE, 3);
    return words->len >= 2 ? joined_name(words, lang, used) : NULL;
}
