/* Texts in more than one language: an answer in Finnish under an offer in English. */
#ifndef VOC_TEXT_MIXED_H
#define VOC_TEXT_MIXED_H

#include "text/words.h"

G_BEGIN_DECLS

/* Tells the language of each chunk of a text whose chunks' evidence adds up to `sum` and whose `lang` is
 * known: sets `langs`, in `arena`, when a part of it is in another language that we know, and leaves NULL
 * there when none is. A part has at least three words and fifteen letters; what is shorter, or in no language
 * that we know, goes with the whole. */
void voc_text_part_languages(VocText *text, const VocLangModel *model, const VocLangScores *sum,
                             VocArena *arena);

G_END_DECLS

#endif
