/* VADER's rules (Hutto and Gilbert 2014), as the reference implementation vaderSentiment 3.3.2 applies them:
 * its compound score, sentence for sentence, from its own lexicon. English, and for comparison: the house's
 * scorer is in lexicon/score.h. */
#ifndef VOC_LEXICON_VADER_H
#define VOC_LEXICON_VADER_H

#include "base/arena.h"
#include "base/error.h"

G_BEGIN_DECLS

/* Lexicon, emoji and rule words; shared by threads once loaded. */
typedef struct VocVader VocVader;

/* `data_dir` has the words of the rules. NULL and an error when they are missing or broken. */
VocVader *voc_vader_new(const char *data_dir, GError **error);
void voc_vader_free(VocVader *vader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocVader, voc_vader_free)

/* Adds a lexicon (vader_lexicon.txt: token, mean valence, and more columns) or a table of emoji
 * (emoji_utf8_lexicon.txt: emoji, description), whichever `path` is. */
gboolean voc_vader_load(VocVader *vader, const char *path, GError **error);

typedef struct VocVaderHit {
    guint32 start, end; /* code points, end exclusive; of what the emoji stand for where there are any */
    VocSlice term;      /* as the lexicon has it */
    double valence;     /* after the rules */
} VocVaderHit;

typedef struct VocVaderScore {
    double compound;         /* -1 to 1, unrounded */
    double neg, neu, pos;    /* shares of the text, unrounded */
    const VocVaderHit *hits; /* in the arena */
    guint n_hits;
} VocVaderScore;

/* Scores `text` (valid UTF-8); all it makes lives in `arena`. */
void voc_vader_score(const VocVader *vader, VocSlice text, VocArena *arena, VocVaderScore *score);

G_END_DECLS

#endif
