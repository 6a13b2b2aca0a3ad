/* What a token is in a language: its normal form, and the base form or stem that its inflections share. */
#ifndef VOC_TEXT_MORPHOLOGY_H
#define VOC_TEXT_MORPHOLOGY_H

#include "base/buffer.h"
#include "text/words.h"

G_BEGIN_DECLS

const VocLangModel *voc_word_model_languages(const VocWordModel *model);

/* A thread's analyser. */
typedef struct VocMorphologist VocMorphologist;

VocMorphologist *voc_morphologist_new(const VocWordModel *model);
void voc_morphologist_free(VocMorphologist *morphologist);

/* Fills in the norm, the base and the stop-word flag of `token`, whose place in `chunk` is known. What it
 * makes lives in `arena`. */
void voc_morphologist_analyse(VocMorphologist *morphologist, VocSlice chunk, VocLang lang, VocToken *token,
                              VocArena *arena);

/* See voc_words_parts(). */
VocSlice voc_morphologist_parts(VocMorphologist *morphologist, VocSlice norm, VocLang lang, VocArena *arena);

G_END_DECLS

#endif
