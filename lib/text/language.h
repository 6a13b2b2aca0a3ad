/* The language of a text. */
#ifndef VOC_TEXT_LANGUAGE_H
#define VOC_TEXT_LANGUAGE_H

#include "base/error.h"
#include "base/slice.h"

G_BEGIN_DECLS

typedef enum { VOC_LANG_UND, VOC_LANG_FI, VOC_LANG_EN, VOC_LANG_SV, VOC_N_LANGS } VocLang;

#define VOC_LANG_CLASSES VOC_N_LANGS

/* Evidence for each language; adds up over the chunks of a text. */
typedef struct VocLangScores {
    float v[VOC_LANG_CLASSES];
    float chars;
} VocLangScores;

typedef struct VocLangModel VocLangModel;

VocLangModel *voc_lang_model_load(const char *path, GError **error);
void voc_lang_model_free(VocLangModel *model);
void voc_lang_model_score(const VocLangModel *model, VocSlice chunk, VocLangScores *out);

static inline void
voc_lang_scores_add(VocLangScores *sum, const VocLangScores *chunk)
{
    for (int i = 0; i < VOC_LANG_CLASSES; i++)
        sum->v[i] += chunk->v[i];
    sum->chars += chunk->chars;
}

VocLang voc_lang_decide(const VocLangModel *model, const VocLangScores *sum, double *confidence);
const char *voc_lang_name(VocLang lang);
VocLang voc_lang_from_name(VocSlice name);

G_END_DECLS

#endif
