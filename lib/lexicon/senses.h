/* The senses that a thread has met, of one lexicon: inflections that a lexicon knows by their base form alone
 * share one. There are not many more than the lexicon has words. */
#ifndef VOC_LEXICON_SENSES_H
#define VOC_LEXICON_SENSES_H

#include "base/symtab.h"
#include "lexicon/lexicon.h"

G_BEGIN_DECLS

/* The elements of a lexicon that a token was found under; with the sign they decide its sense. */
typedef struct VocFound {
    guint32 surface, exact, base, prefix; /* 0 for none */
    guint32 sign;
} VocFound;

struct VocSenses {
    VocSymtab found; /* VocFound as bytes */
    GPtrArray *senses;
    VocArena arena;
};

/* The sense of what was found; NULL at first sight: then voc_senses_keep() must come next. */
const VocSense *voc_senses_find(VocSenses *senses, const VocFound *found);

/* Keeps a copy as the sense of what was looked up last, without the room of `entries` that it does not use.
 */
const VocSense *voc_senses_keep(VocSenses *senses, const VocSense *sense, const VocSenseEntries *entries);

G_END_DECLS

#endif
