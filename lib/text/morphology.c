#include "text/morphology.h"

#include "base/tsv.h"
#include "text/stem.h"

struct VocWordModel {
    VocLangModel *languages;
    GHashTable *stop_words[VOC_N_LANGS]; /* of norms and base forms; NULL where a language has no list */
    GHashTable *spoken;                  /* spoken Finnish form to standard form */
};

struct VocMorphologist {
    const VocWordModel *model;
    VocStemmer *stemmer;
    VocBuffer key;
};

/* A missing list is an empty one: a language may do without. */
static gboolean
load_stop_words(VocWordModel *model, VocLang lang, const char *data_dir, GError **error)
{
    g_autofree char *path =
        g_build_filename(data_dir, "lexicons", voc_lang_name(lang), "stopwords.tsv", NULL);
    g_auto(VocTsv) tsv = {0};
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return TRUE;
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    model->stop_words[lang] = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    while (voc_tsv_next(&tsv))
        g_hash_table_add(model->stop_words[lang], voc_slice_dup(tsv.cell[0]));
    return TRUE;
}

static gboolean
load_spoken(VocWordModel *model, const char *data_dir, GError **error)
{
    g_autofree char *path = g_build_filename(data_dir, "data", "spoken-fi.tsv", NULL);
    g_auto(VocTsv) tsv = {0};
    model->spoken = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return TRUE;
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    while (voc_tsv_next(&tsv))
        if (tsv.n >= 2 && tsv.cell[1].len)
            g_hash_table_insert(model->spoken, voc_slice_dup(tsv.cell[0]), voc_slice_dup(tsv.cell[1]));
    return TRUE;
}

VocWordModel *
voc_word_model_load(const char *data_dir, VocMorphology morphology, GError **error)
{
    VocWordModel *model = g_new0(VocWordModel, 1);
    g_autofree char *profile = g_build_filename(data_dir, "data", "language.profile", NULL);
    (void)morphology;
    gboolean good = (model->languages = voc_lang_model_load(profile, error)) != NULL;
    for (int lang = VOC_LANG_UND + 1; good && lang < VOC_N_LANGS; lang++)
        good = load_stop_words(model, (VocLang)lang, data_dir, error);
    if (good && load_spoken(model, data_dir, error))
        return model;
    voc_word_model_free(model);
    return NULL;
}

void
voc_word_model_free(VocWordModel *model)
{
    if (!model)
        return;
    g_clear_pointer(&model->languages, voc_lang_model_free);
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        g_clear_pointer(&model->stop_words[lang], g_hash_table_unref);
    g_clear_pointer(&model->spoken, g_hash_table_unref);
    g_free(model);
}

const VocLangModel *
voc_word_model_languages(const VocWordModel *model)
{
    return model->languages;
}

VocMorphologist *
voc_morphologist_new(const VocWordModel *model)
{
    VocMorphologist *morphologist = g_new0(VocMorphologist, 1);
    morphologist->model = model;
    morphologist->stemmer = voc_stemmer_new();
    return morphologist;
}

void
voc_morphologist_free(VocMorphologist *morphologist)
{
    if (!morphologist)
        return;
    voc_stemmer_free(morphologist->stemmer);
    voc_buffer_clear(&morphologist->key);
    g_free(morphologist);
}

static const char *
look_up(VocMorphologist *morphologist, GHashTable *table, VocSlice word)
{
    if (!table)
        return NULL;
    voc_buffer_reset(&morphologist->key);
    voc_buffer_add_slice(&morphologist->key, word);
    return g_hash_table_lookup(table, voc_buffer_string(&morphologist->key));
}

/* The standard form of a spoken Finnish one (oon: olen), or the word itself. */
static VocSlice
standard_form(VocMorphologist *morphologist, VocSlice norm, VocLang lang)
{
    if (lang != VOC_LANG_FI)
        return norm;
    const char *standard = look_up(morphologist, morphologist->model->spoken, norm);
    return standard ? voc_slice_from_string(standard) : norm;
}

static gboolean
is_stop_word(VocMorphologist *morphologist, VocSlice word, VocLang lang)
{
    return look_up(morphologist, morphologist->model->stop_words[lang], word) != NULL;
}

void
voc_morphologist_analyse(VocMorphologist *morphologist, VocSlice chunk, VocLang lang, VocToken *token,
                         VocArena *arena)
{
    VocSlice surface = voc_slice_of(chunk.data + token->raw.start, token->raw.len);
    if (token->raw.kind == VOC_TOKEN_HASHTAG)
        surface = voc_slice_of(surface.data + 1, surface.len - 1);
    token->norm = voc_text_fold(surface, arena);
    token->base = token->norm;
    if (token->raw.kind != VOC_TOKEN_WORD && token->raw.kind != VOC_TOKEN_HASHTAG)
        return;
    if (token->raw.flags & VOC_TOKEN_ELONGATED)
        token->norm = voc_text_shorten(token->norm, lang == VOC_LANG_EN ? 1 : 2, arena);
    VocSlice standard = standard_form(morphologist, token->norm, lang);
    token->base = voc_stemmer_stem(morphologist->stemmer, standard, lang, arena);
    if (is_stop_word(morphologist, token->norm, lang) || is_stop_word(morphologist, standard, lang) ||
        is_stop_word(morphologist, token->base, lang))
        token->raw.flags |= VOC_TOKEN_STOP;
}
