#include "theme/coherence.h"

#include <math.h>
#include <string.h>

#include "base/buffer.h"

/* A theme's words as numbers, and how many texts have each two of them. */
typedef struct Top {
    guint n;
    guint32 *word;
    guint32 *together; /* n x n, for i < j */
} Top;

struct VocCoherence {
    VocWords *words;
    GHashTable *number; /* language and base form: number + 1 */
    guint n_words;
    guint n_themes, top;
    Top *themes;
    guint32 *texts; /* with each word */
    guint64 *last;  /* the text in which a word was seen last */
    guint64 n;
    VocBuffer key;
};

static const char *
key_of(VocCoherence *c, VocLang lang, VocSlice base)
{
    voc_buffer_reset(&c->key);
    voc_buffer_add_char(&c->key, (char)('0' + (int)lang));
    voc_buffer_add_slice(&c->key, base);
    return voc_buffer_string(&c->key);
}

/* A rule holds in its language; one for any language is looked for in English, as names of things mostly are.
 */
static guint32
word_number(VocCoherence *c, const VocThemeRule *rule)
{
    g_auto(VocArena) arena = {0};
    VocLang lang = rule->lang == VOC_LANG_UND ? VOC_LANG_EN : rule->lang;
    voc_arena_init(&arena, 0);
    VocSlice base = voc_words_base(c->words, voc_slice_from_string(rule->text), lang, &arena);
    const char *key = key_of(c, lang, base);
    guint number = GPOINTER_TO_UINT(g_hash_table_lookup(c->number, key));
    if (number)
        return number - 1;
    g_hash_table_insert(c->number, g_strdup(key), GUINT_TO_POINTER(++c->n_words));
    return c->n_words - 1;
}

static gboolean
has_word(const Top *top, guint32 word)
{
    for (guint i = 0; i < top->n; i++)
        if (top->word[i] == word)
            return TRUE;
    return FALSE;
}

VocCoherence *
voc_coherence_new(const VocThemes *themes, guint top, VocWords *words)
{
    VocCoherence *c = g_new0(VocCoherence, 1);
    c->words = words;
    c->number = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    c->n_themes = themes->themes->len;
    c->top = top;
    c->themes = g_new0(Top, c->n_themes + 1);
    for (guint t = 0; t < c->n_themes; t++) {
        const VocTheme *theme = g_ptr_array_index(themes->themes, t);
        Top *own = &c->themes[t];
        own->word = g_new0(guint32, top + 1);
        own->together = g_new0(guint32, (gsize)top * top + 1);
        for (guint r = 0; r < theme->rules->len && own->n < top; r++) {
            const VocThemeRule *rule = &g_array_index(theme->rules, VocThemeRule, r);
            if (rule->kind != VOC_RULE_TERM)
                continue;
            guint32 word = word_number(c, rule);
            if (!has_word(own, word))
                own->word[own->n++] = word;
        }
    }
    c->texts = g_new0(guint32, c->n_words + 1);
    c->last = g_new0(guint64, c->n_words + 1);
    return c;
}

void
voc_coherence_free(VocCoherence *c)
{
    if (!c)
        return;
    for (guint t = 0; t < c->n_themes; t++) {
        g_free(c->themes[t].word);
        g_free(c->themes[t].together);
    }
    g_free(c->themes);
    g_free(c->texts);
    g_free(c->last);
    g_hash_table_unref(c->number);
    voc_buffer_clear(&c->key);
    g_free(c);
}

void
voc_coherence_add(VocCoherence *c, const VocText *text)
{
    c->n++;
    for (guint i = 0; i < text->n; i++) {
        const VocWordList *list = voc_words_list(c->words, text->chunks[i], text->lang);
        for (guint k = 0; k < list->n; k++) {
            guint number =
                GPOINTER_TO_UINT(g_hash_table_lookup(c->number, key_of(c, text->lang, list->tokens[k].base)));
            if (!number || c->last[number - 1] == c->n)
                continue;
            c->last[number - 1] = c->n;
            c->texts[number - 1]++;
        }
    }
    for (guint t = 0; t < c->n_themes; t++) {
        Top *top = &c->themes[t];
        for (guint i = 0; i < top->n; i++)
            for (guint j = i + 1; c->last[top->word[i]] == c->n && j < top->n; j++)
                top->together[i * c->top + j] += c->last[top->word[j]] == c->n;
    }
}

double
voc_coherence_npmi(const VocCoherence *c, guint theme)
{
    const Top *top = &c->themes[theme];
    double sum = 0, n = (double)c->n;
    guint pairs = 0;
    for (guint i = 0; i < top->n; i++)
        for (guint j = i + 1; j < top->n; j++) {
            double both = top->together[i * c->top + j], a = c->texts[top->word[i]],
                   b = c->texts[top->word[j]];
            pairs++;
            if (both <= 0)
                sum -= 1;
            else if (both < n)
                sum += log(both * n / (a * b)) / -log(both / n);
            else
                sum += 1;
        }
    return pairs ? sum / pairs : NAN;
}

double
voc_coherence_mean(const VocCoherence *c)
{
    double sum = 0;
    guint n = 0;
    for (guint t = 0; t < c->n_themes; t++) {
        double npmi = voc_coherence_npmi(c, t);
        if (isnan(npmi))
            continue;
        sum += npmi;
        n++;
    }
    return n ? sum / n : NAN;
}

double
voc_coherence_diversity(const VocCoherence *c)
{
    guint all = 0;
    for (guint t = 0; t < c->n_themes; t++)
        all += c->themes[t].n;
    return all ? (double)c->n_words / all : NAN;
}
