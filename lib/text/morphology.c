#include "text/morphology.h"

#include "base/symtab.h"
#include "base/tsv.h"
#include "text/baseform.h"
#include "text/stem.h"

struct VocWordModel {
    VocLangModel *languages;
    VocSymtab stop_words[VOC_N_LANGS]; /* norms and base forms */
    VocSymtab spoken;                  /* spoken Finnish forms */
    GArray *standard;                  /* VocSlice: the standard form of each, by its number */
    VocArena arena;
    VocBaseforms *baseforms; /* NULL: stems alone */
};

struct VocMorphologist {
    const VocWordModel *model;
    VocStemmer *stemmer;
    VocBaseformer *baseformer; /* NULL: stems alone */
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
    while (voc_tsv_next(&tsv))
        voc_symtab_intern(&model->stop_words[lang], tsv.cell[0]);
    return TRUE;
}

static gboolean
load_spoken(VocWordModel *model, const char *data_dir, GError **error)
{
    g_autofree char *path = g_build_filename(data_dir, "data", "spoken-fi.tsv", NULL);
    g_auto(VocTsv) tsv = {0};
    if (!g_file_test(path, G_FILE_TEST_EXISTS))
        return TRUE;
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    while (voc_tsv_next(&tsv)) {
        if (tsv.n < 2 || !tsv.cell[1].len)
            return voc_tsv_fail(&tsv, error, "a spoken form needs its standard form beside it");
        guint32 number = voc_symtab_intern(&model->spoken, tsv.cell[0]);
        VocSlice standard = voc_arena_copy(&model->arena, tsv.cell[1]);
        g_array_set_size(model->standard, MAX(model->standard->len, number + 1));
        g_array_index(model->standard, VocSlice, number) = standard;
    }
    return TRUE;
}

/* Where Voikko is wanted and there. It may be missing unless it was asked for by name. */
static gboolean
open_baseforms(VocWordModel *model, const char *data_dir, VocMorphology morphology, const char *cache_path,
               GError **error)
{
    g_autofree char *uses = g_build_filename(data_dir, "data", "baseforms-fi.tsv", NULL);
    g_autoptr(GError) problem = NULL;
    if (morphology == VOC_MORPHOLOGY_SNOWBALL)
        return TRUE;
    model->baseforms = voc_baseforms_open(uses, cache_path, &problem);
    if (model->baseforms ||
        (morphology == VOC_MORPHOLOGY_AUTO && g_error_matches(problem, VOC_ERROR, VOC_ERROR_USAGE)))
        return TRUE;
    g_propagate_error(error, g_steal_pointer(&problem));
    return FALSE;
}

VocWordModel *
voc_word_model_load(const char *data_dir, VocMorphology morphology, const char *cache_path, GError **error)
{
    VocWordModel *model = g_new0(VocWordModel, 1);
    g_autofree char *profile = g_build_filename(data_dir, "data", "language.profile", NULL);
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        voc_symtab_init(&model->stop_words[lang]);
    voc_symtab_init(&model->spoken);
    model->standard = g_array_new(FALSE, TRUE, sizeof(VocSlice));
    voc_arena_init(&model->arena, 0);
    gboolean good = (model->languages = voc_lang_model_load(profile, error)) != NULL;
    for (int lang = VOC_LANG_UND + 1; good && lang < VOC_N_LANGS; lang++)
        good = load_stop_words(model, (VocLang)lang, data_dir, error);
    if (good && load_spoken(model, data_dir, error) &&
        open_baseforms(model, data_dir, morphology, cache_path, error))
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
    g_clear_pointer(&model->baseforms, voc_baseforms_free);
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        voc_symtab_clear(&model->stop_words[lang]);
    voc_symtab_clear(&model->spoken);
    g_array_unref(model->standard);
    voc_arena_clear(&model->arena);
    g_free(model);
}

gboolean
voc_word_model_save(VocWordModel *model, GError **error)
{
    return !model->baseforms || voc_baseforms_save(model->baseforms, error);
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
    morphologist->baseformer = model->baseforms ? voc_baseformer_new(model->baseforms) : NULL;
    return morphologist;
}

void
voc_morphologist_free(VocMorphologist *morphologist)
{
    if (!morphologist)
        return;
    voc_stemmer_free(morphologist->stemmer);
    g_clear_pointer(&morphologist->baseformer, voc_baseformer_free);
    g_free(morphologist);
}

/* The standard form of a spoken Finnish one (oon: olen), or the word itself. */
static VocSlice
standard_form(const VocWordModel *model, VocSlice norm, VocLang lang)
{
    guint32 number = lang == VOC_LANG_FI ? voc_symtab_find(&model->spoken, norm) : 0;
    return number ? g_array_index(model->standard, VocSlice, number) : norm;
}

static gboolean
is_stop_word(const VocWordModel *model, VocSlice word, VocLang lang)
{
    return voc_symtab_find(&model->stop_words[lang], word) != 0;
}

/* Voikko's base form of a Finnish word that it knows, else the stem. */
static VocSlice
base_form(VocMorphologist *morphologist, VocSlice word, VocLang lang, VocArena *arena)
{
    VocBaseform found;
    if (lang == VOC_LANG_FI && morphologist->baseformer &&
        voc_baseformer_find(morphologist->baseformer, word, arena, &found))
        return found.base;
    return voc_stemmer_stem(morphologist->stemmer, word, lang, arena);
}

VocSlice
voc_morphologist_parts(VocMorphologist *morphologist, VocSlice norm, VocLang lang, VocArena *arena)
{
    VocBaseform found;
    if (lang != VOC_LANG_FI || !morphologist->baseformer)
        return VOC_SLICE_NONE;
    VocSlice standard = standard_form(morphologist->model, norm, lang);
    return voc_baseformer_find(morphologist->baseformer, standard, arena, &found) ? found.parts
                                                                                  : VOC_SLICE_NONE;
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
    const VocWordModel *model = morphologist->model;
    VocSlice standard = standard_form(model, token->norm, lang);
    token->base = base_form(morphologist, standard, lang, arena);
    if (is_stop_word(model, token->norm, lang) ||
        (standard.data != token->norm.data && is_stop_word(model, standard, lang)) ||
        is_stop_word(model, token->base, lang))
        token->raw.flags |= VOC_TOKEN_STOP;
}
