/* A text as VADER's reference implementation cuts it: emoji put into words, cut at white space, marks at the
 * ends of longer words taken off. White space, case and capitals are Python's. */
#ifndef VOC_LEXICON_VADER_TEXT_H
#define VOC_LEXICON_VADER_TEXT_H

#include "base/arena.h"

G_BEGIN_DECLS

typedef struct VocVaderWord {
    const char *lower;  /* in lower case */
    guint32 start, end; /* code points in the text before emoji were put into words */
    gboolean upper;     /* as Python's str.isupper() */
} VocVaderWord;

typedef struct VocVaderText {
    VocVaderWord *words;
    guint n;
    guint exclaims, questions; /* how many marks the text has */
} VocVaderText;

/* Cuts `bytes` (valid UTF-8); `emoji` has descriptions by character. All is in `arena`. */
void voc_vader_text(VocSlice bytes, GHashTable *emoji, VocArena *arena, VocVaderText *text);

G_END_DECLS

#endif
