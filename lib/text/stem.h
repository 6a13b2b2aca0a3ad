/* Snowball stems. */
#ifndef VOC_TEXT_STEM_H
#define VOC_TEXT_STEM_H

#include "base/arena.h"
#include "text/language.h"

G_BEGIN_DECLS

/* The Snowball stemmers of all languages; one a thread, for each keeps a word's state. */
typedef struct VocStemmer VocStemmer;

VocStemmer *voc_stemmer_new(void);
void voc_stemmer_free(VocStemmer *stemmer);

/* The stem of `folded` (a word in normal form), in `arena`; `folded` itself where the language has no
 * stemmer. */
VocSlice voc_stemmer_stem(VocStemmer *stemmer, VocSlice folded, VocLang lang, VocArena *arena);

G_END_DECLS

#endif
