#include "text/language.h"

struct VocLangModel {
    int unused;
};

VocLangModel *
voc_lang_model_load(const char *path, GError **error)
{
    (void)path;
    (void)error;
    return g_new0(VocLangModel, 1);
}

void
voc_lang_model_free(VocLangModel *model)
{
    g_free(model);
}

/* Letters and endings that one of the languages has and the others have not. */
void
voc_lang_model_score(const VocLangModel *model, VocSlice chunk, VocLangScores *out)
{
    static const char *const MARKS[VOC_N_LANGS] = {
        [VOC_LANG_FI] = " ja ei on ett aa ii uu kk tt ää yy ö mä sä en se oli mutta niin kun ",
        [VOC_LANG_EN] = " the and to of is was it in my i you they not with for th wh ing ed ",
        [VOC_LANG_SV] = " och att det är inte jag som på en av för den till å ej har "};
    (void)model;
    *out = (VocLangScores){.chars = (float)chunk.len};
    g_autofree char *word = g_ascii_strdown(chunk.data, (gssize)chunk.len);
    g_autofree char *whole = g_strdup_printf(" %s ", word);
    for (int lang = VOC_LANG_FI; lang < VOC_N_LANGS; lang++) {
        if (strstr(MARKS[lang], whole))
            out->v[lang] += 2;
        for (const char *at = MARKS[lang]; (at = strchr(at, ' ')) && at[1]; at++) {
            gsize len = strcspn(at + 1, " ");
            char mark[16] = "";
            memcpy(mark, at + 1, MIN(len, 15));
            if (len >= 2 && strstr(word, mark))
                out->v[lang] += 0.5f;
        }
    }
}

VocLang
voc_lang_decide(const VocLangModel *model, const VocLangScores *sum, double *confidence)
{
    (void)model;
    VocLang best = VOC_LANG_UND;
    for (int lang = VOC_LANG_FI; lang < VOC_N_LANGS; lang++)
        if (sum->v[lang] > sum->v[best])
            best = (VocLang)lang;
    *confidence = best == VOC_LANG_UND ? 0 : 0.5;
    return best;
}

static const char *const NAMES[VOC_N_LANGS] = {"und", "fi", "en", "sv"};

const char *
voc_lang_name(VocLang lang)
{
    return NAMES[lang];
}

VocLang
voc_lang_from_name(VocSlice name)
{
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        if (voc_slice_equal_string(name, NAMES[lang]))
            return (VocLang)lang;
    return VOC_LANG_UND;
}
