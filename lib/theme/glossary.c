#include "theme/glossary.h"

#include <string.h>

#include "base/tsv.h"

/* A part of a compound is at least so long, in bytes: short words are found in everything. */
#define SHORTEST_PART 4u

struct VocGlossary {
    GHashTable *english; /* Finnish: GPtrArray of alternatives (GPtrArray of words) */
    GHashTable *finnish; /* the other way, for English of one word */
    guint n;
};

static void
free_array(void *array)
{
    g_ptr_array_unref(array);
}

/* The words of `text`, each in its base form. */
static GPtrArray *
read_words(VocSlice text, VocLang lang, VocWords *words, VocArena *arena)
{
    GPtrArray *bases = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *all = voc_slice_dup(text);
    g_auto(GStrv) parts = g_strsplit(all, " ", -1);
    for (char **part = parts; *part; part++)
        if (**part)
            g_ptr_array_add(bases,
                            voc_slice_dup(voc_words_base(words, voc_slice_from_string(*part), lang, arena)));
    return bases;
}

static void
add_alternative(GHashTable *table, const char *key, GPtrArray *words)
{
    GPtrArray *alternatives = g_hash_table_lookup(table, key);
    if (!alternatives) {
        alternatives = g_ptr_array_new_with_free_func(free_array);
        g_hash_table_insert(table, g_strdup(key), alternatives);
    }
    g_ptr_array_add(alternatives, g_ptr_array_ref(words));
}

static void
add_row(VocGlossary *glossary, const VocTsv *tsv, VocWords *words, VocArena *arena)
{
    g_autoptr(GPtrArray) finnish = read_words(tsv->cell[0], VOC_LANG_FI, words, arena);
    VocSlice rest = tsv->cell[1];
    while (rest.len && finnish->len == 1) {
        const char *bar = memchr(rest.data, '|', rest.len);
        gsize len = bar ? (gsize)(bar - rest.data) : rest.len;
        g_autoptr(GPtrArray) english = read_words(voc_slice_of(rest.data, len), VOC_LANG_EN, words, arena);
        if (english->len) {
            add_alternative(glossary->english, finnish->pdata[0], english);
            if (english->len == 1)
                add_alternative(glossary->finnish, english->pdata[0], finnish);
        }
        len += bar != NULL;
        rest = voc_slice_of(rest.data + len, rest.len - len);
    }
    glossary->n++;
}

VocGlossary *
voc_glossary_load(const char *path, VocWords *words, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    g_auto(VocArena) arena = {0};
    if (!voc_tsv_open(&tsv, path, error))
        return NULL;
    g_autoptr(VocGlossary) glossary = g_new0(VocGlossary, 1);
    glossary->english = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_array);
    glossary->finnish = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_array);
    voc_arena_init(&arena, 0);
    while (voc_tsv_next(&tsv)) {
        if (!tsv.cell[0].len || !tsv.cell[1].len) {
            voc_tsv_fail(&tsv, error, "a Finnish word and its English translation, parted by a tab");
            return NULL;
        }
        add_row(glossary, &tsv, words, &arena);
        voc_arena_reset(&arena);
    }
    return g_steal_pointer(&glossary);
}

void
voc_glossary_free(VocGlossary *glossary)
{
    if (!glossary)
        return;
    g_hash_table_unref(glossary->english);
    g_hash_table_unref(glossary->finnish);
    g_free(glossary);
}

guint
voc_glossary_size(const VocGlossary *glossary)
{
    return glossary->n;
}

const GPtrArray *
voc_glossary_english(const VocGlossary *glossary, const char *finnish)
{
    return g_hash_table_lookup(glossary->english, finnish);
}

const GPtrArray *
voc_glossary_finnish(const VocGlossary *glossary, const char *english)
{
    return g_hash_table_lookup(glossary->finnish, english);
}

/* The longest entry that ends the word, and what stands before it, without the n or hyphen that joins them.
 */
static char *
cut_last(const VocGlossary *glossary, const char *word, char **rest)
{
    gsize len = strlen(word);
    for (gsize at = SHORTEST_PART - 1; at + SHORTEST_PART <= len; at++) {
        if (((guchar)word[at] & 0xc0) == 0x80 || !voc_glossary_english(glossary, word + at))
            continue;
        gsize before = at;
        if (word[before - 1] == '-')
            before--;
        *rest = g_strndup(word, before);
        return g_strdup(word + at);
    }
    return NULL;
}

guint
voc_glossary_split(const VocGlossary *glossary, const char *finnish, char *parts[3])
{
    guint n = 0;
    char *left = g_strdup(finnish);
    while (left && n < 3) {
        gsize len = strlen(left);
        if (n && voc_glossary_english(glossary, left)) {
            parts[n++] = g_steal_pointer(&left);
            return n;
        }
        /* The genitive: asiakkaan is no entry, but tilauksen and laskun are, less their n, at times. */
        if (n && len > SHORTEST_PART && left[len - 1] == 'n') {
            left[len - 1] = '\0';
            if (voc_glossary_english(glossary, left)) {
                parts[n++] = g_steal_pointer(&left);
                return n;
            }
        }
        char *rest = NULL;
        char *last = cut_last(glossary, left, &rest);
        g_free(left);
        left = rest;
        if (last)
            parts[n++] = last;
    }
    g_free(left);
    while (n)
        g_free(parts[--n]);
    return 0;
}
