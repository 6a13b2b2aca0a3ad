/* The scorer's walk over a text: what stands there, what the rules make of it, and the sums. */
#ifndef VOC_LEXICON_WALK_H
#define VOC_LEXICON_WALK_H

#include "lexicon/score.h"

G_BEGIN_DECLS

/* A token of the text, in order. */
typedef struct VocItem {
    const VocSense *sense; /* NULL for a word that the lexicon does not know */
    guint32 start;         /* code points */
    guint16 len;
    guint16 flags;
} VocItem;

/* The sums over a sentence or a text. */
typedef struct VocSums {
    float weight, feeling;
    guint words, known;
} VocSums;

/* A segment: where it ends, and its sums. */
typedef struct VocPiece {
    guint32 end;
    VocSums sums;
} VocPiece;

struct VocScorer {
    const VocLexicon *const *lexicons;
    VocWords *words;
    VocSenses *senses[VOC_N_LANGS];
    guint annotator;
    float shown;
    gboolean tracing;
    gboolean conversation;
    VocItem *items; /* of the text scored last; there is room for more */
    guint n_items, room;
    VocLang lang; /* of the text scored last */
    GArray *hits;
    GArray *pieces;
    GArray *segments;
    const VocCalibration *calibration; /* of the text scored last */
    GArray *traces;
};

/* What is known while a text is walked through. */
typedef struct VocWalk {
    VocScorer *scorer;
    const VocLexicon *lexicon;
    const VocCalibration *calibration;
    const VocItem *items;
    guint n;
    gboolean last;                   /* the text ends with this part */
    guint32 length;                  /* code points up to the end of the part */
    VocSums text, sentence, segment; /* the finished sentences; the current one; the current segment */
    float scale;                     /* of an intensifier in front; 1 without */
    guint repeats;                   /* how often the same sign has stood in a row before */
    guint negated;                   /* words that a negator still reaches */
    float contrast;                  /* of the clause */
    guint contrast_rule;
    gboolean behind_although;
    guint first_hit, first_trace; /* of the sentence */
    guint silent_until;           /* a formula reaches up to this item */
    const VocSense *previous;     /* the word before, when it stands next to this one and may begin a pair */
} VocWalk;

/* Walks over the items of a part of the text, in a walk whose scorer, lexicon, calibration, items, last and
 * length are set: adds to the sums of the text, and to the scorer's hits, pieces and traces. A text in one
 * language is one part. */
void voc_walk_text(VocWalk *walk);

G_END_DECLS

#endif
