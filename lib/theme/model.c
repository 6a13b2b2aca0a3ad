/* A theme file made ready for look-up. */
#include "theme/model.h"

#include <string.h>

/* So many translations of a term are tried. */
#define TRANSLATIONS 2u

void
voc_theme_element_key(VocBuffer *key, char kind, VocLang lang, VocSlice form)
{
    voc_buffer_reset(key);
    voc_buffer_add_char(key, kind);
    voc_buffer_add_char(key, (char)('0' + (int)lang));
    voc_buffer_add_slice(key, form);
}

static guint32
element_number(VocThemeModel *model, VocBuffer *key)
{
    const char *string = voc_buffer_string(key);
    gpointer number = g_hash_table_lookup(model->elements, string);
    if (number)
        return GPOINTER_TO_UINT(number) - 1;
    g_ptr_array_add(model->starts, g_ptr_array_new());
    g_hash_table_insert(model->elements, g_strdup(string), GUINT_TO_POINTER(model->starts->len));
    return model->starts->len - 1;
}

/* A word of a rule as an element. */
static guint32
add_element(VocThemeModel *model, const char *word, VocLang lang, VocWords *words, VocBuffer *key,
            VocArena *arena)
{
    gsize len = strlen(word);
    gboolean prefix = len > 1 && word[len - 1] == '*';
    VocSlice form = voc_slice_of(word, prefix ? len - 1 : len);
    if (prefix) {
        form = voc_text_fold(form, arena);
        model->prefix_length[MIN(form.len, 255)] = TRUE;
    } else {
        form = voc_words_base(words, form, lang, arena);
    }
    voc_theme_element_key(key, prefix ? '*' : 'b', lang, form);
    return element_number(model, key);
}

static void
add_use(VocThemeModel *model, guint32 theme, const VocThemeRule *rule, VocLang lang, VocWords *words)
{
    g_auto(VocArena) arena = {0};
    g_auto(VocBuffer) key = VOC_BUFFER_INIT;
    g_autofree char *text =
        rule->kind == VOC_RULE_PREFIX ? g_strconcat(rule->text, "*", NULL) : g_strdup(rule->text);
    g_auto(GStrv) parts = g_strsplit(text, " ", -1);
    voc_arena_init(&arena, 0);
    VocThemeUse *use = g_new0(VocThemeUse, 1);
    *use = (VocThemeUse){theme, model->n_rules, (float)rule->weight, rule->kind == VOC_RULE_EXCLUDE, 0, {0}};
    for (char **part = parts; *part && use->n < VOC_RULE_ELEMENTS; part++)
        if (**part)
            use->elements[use->n++] = add_element(model, *part, lang, words, &key, &arena);
    g_ptr_array_add(model->uses, use);
    if (use->n)
        g_ptr_array_add(g_ptr_array_index(model->starts, use->elements[0]), use);
}

/* Lets a rule hold for words in their base form. */
static void
add_bases(VocThemeModel *model, guint32 theme, const VocThemeRule *rule, VocLang lang, const GPtrArray *bases)
{
    g_auto(VocBuffer) key = VOC_BUFFER_INIT;
    VocThemeUse *use = g_new0(VocThemeUse, 1);
    *use = (VocThemeUse){theme, model->n_rules, (float)rule->weight, FALSE, 0, {0}};
    for (guint i = 0; i < bases->len && use->n < VOC_RULE_ELEMENTS; i++) {
        voc_theme_element_key(&key, 'b', lang, voc_slice_from_string(bases->pdata[i]));
        use->elements[use->n++] = element_number(model, &key);
    }
    g_ptr_array_add(model->uses, use);
    g_ptr_array_add(g_ptr_array_index(model->starts, use->elements[0]), use);
}

/* A term's first translations, under the number of the rule itself: it counts once. */
static void
translate(VocThemeModel *model, guint32 theme, const VocThemeRule *rule, const VocGlossary *glossary,
          VocWords *words)
{
    g_auto(VocArena) arena = {0};
    gboolean finnish = rule->lang == VOC_LANG_FI;
    voc_arena_init(&arena, 0);
    g_autofree char *base =
        voc_slice_dup(voc_words_base(words, voc_slice_from_string(rule->text), rule->lang, &arena));
    const GPtrArray *found =
        finnish ? voc_glossary_english(glossary, base) : voc_glossary_finnish(glossary, base);
    for (guint i = 0; found && i < MIN(found->len, TRANSLATIONS); i++)
        add_bases(model, theme, rule, finnish ? VOC_LANG_EN : VOC_LANG_FI, found->pdata[i]);
}

/* Whether the theme's terms are Finnish or English, and not both. */
static gboolean
speaks_one_language(const VocTheme *theme)
{
    gboolean has[VOC_N_LANGS] = {FALSE};
    for (guint r = 0; r < theme->rules->len; r++)
        has[g_array_index(theme->rules, VocThemeRule, r).lang] = TRUE;
    return has[VOC_LANG_FI] != has[VOC_LANG_EN];
}

/* A rule holds in its language, and in texts whose language nobody knows. */
static void
add_rule(VocThemeModel *model, guint32 theme, const VocThemeRule *rule, const VocGlossary *glossary,
         VocWords *words)
{
    for (int lang = VOC_LANG_UND; lang < VOC_N_LANGS; lang++)
        if (lang == VOC_LANG_UND || rule->lang == VOC_LANG_UND || rule->lang == (VocLang)lang)
            add_use(model, theme, rule, (VocLang)lang, words);
    if (glossary && rule->kind == VOC_RULE_TERM && (rule->lang == VOC_LANG_FI || rule->lang == VOC_LANG_EN))
        translate(model, theme, rule, glossary, words);
    model->n_rules++;
}

static guint32
index_of(const VocThemes *themes, const char *id)
{
    for (guint32 i = 0; id && i < themes->themes->len; i++)
        if (strcmp(((const VocTheme *)g_ptr_array_index(themes->themes, i))->id, id) == 0)
            return i;
    return G_MAXUINT32;
}

/* Where a merged theme ends up. */
static guint32
target_of(const VocThemes *themes, guint32 theme)
{
    for (guint steps = 0; steps <= themes->themes->len; steps++) {
        const VocTheme *at = g_ptr_array_index(themes->themes, theme);
        guint32 next = index_of(themes, at->merged_into);
        if (next == G_MAXUINT32)
            break;
        theme = next;
    }
    return theme;
}

static void
free_array(void *array)
{
    g_ptr_array_unref(array);
}

/* Weights are rounded in the file: three of 0.33 make 1. */
#define ROUNDING 0.985f

/* The sum of weights that gives so much confidence. */
static float
sum_of(double confidence)
{
    confidence = MIN(confidence, 0.999);
    return (float)(confidence / (1 - confidence)) * ROUNDING;
}

double
voc_theme_confidence(float sum)
{
    double full = MAX(sum, 0) / ROUNDING;
    return full / (1 + full);
}

VocThemeModel *
voc_theme_model_new(const VocThemes *themes, double confidence, const VocGlossary *glossary, VocWords *words)
{
    VocThemeModel *model = g_new0(VocThemeModel, 1);
    guint n = themes->themes->len;
    model->themes = themes;
    model->likeliest = G_MAXUINT32;
    model->least = sum_of(confidence > 0 ? confidence : VOC_ASSIGN_CONFIDENCE);
    /* A text may be asked to have a theme at any price: a sentence may not. */
    model->least_of_all = confidence < 0 ? -G_MAXFLOAT : model->least;
    model->elements = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    model->starts = g_ptr_array_new_with_free_func(free_array);
    model->uses = g_ptr_array_new_with_free_func(g_free);
    model->target = g_new0(const VocTheme *, n + 1);
    model->parent = g_new0(guint32, n + 1);
    model->bias = g_new0(float, n + 1);
    for (guint32 t = 0; t < n; t++) {
        const VocTheme *theme = g_ptr_array_index(themes->themes, t);
        guint32 target = target_of(themes, t);
        model->target[t] = g_ptr_array_index(themes->themes, target);
        model->parent[t] = index_of(themes, theme->parent);
        model->bias[t] = (float)theme->bias;
        if (theme->bias != 0 &&
            (model->likeliest == G_MAXUINT32 || model->bias[t] > model->bias[model->likeliest]))
            model->likeliest = t;
        const VocGlossary *help = speaks_one_language(theme) ? glossary : NULL;
        for (guint r = 0; r < theme->rules->len; r++)
            add_rule(model, target, &g_array_index(theme->rules, VocThemeRule, r), help, words);
    }
    return model;
}

void
voc_theme_model_free(VocThemeModel *model)
{
    if (!model)
        return;
    g_hash_table_unref(model->elements);
    g_ptr_array_unref(model->starts);
    g_ptr_array_unref(model->uses);
    g_free(model->target);
    g_free(model->parent);
    g_free(model->bias);
    g_free(model);
}
