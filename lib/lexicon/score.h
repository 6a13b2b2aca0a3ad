/* Sentiment of a text: the lexicon's hits, changed by rules, summed and calibrated. */
#ifndef VOC_LEXICON_SCORE_H
#define VOC_LEXICON_SCORE_H

#include "lexicon/lexicon.h"

G_BEGIN_DECLS

typedef enum { VOC_NEGATIVE, VOC_NEUTRAL, VOC_POSITIVE } VocLabel;

/* What changed a hit's weight; a set. */
enum {
    VOC_RULE_NEGATED = 1 << 0,
    VOC_RULE_BOOSTED = 1 << 1,
    VOC_RULE_WEAKENED = 1 << 2,
    VOC_RULE_BEFORE_BUT = 1 << 3,
    VOC_RULE_AFTER_BUT = 1 << 4,
    VOC_RULE_EMPHASIS = 1 << 5, /* capitals, repeated letters, exclamation marks */
    VOC_RULE_ALTHOUGH = 1 << 6,
};

typedef struct VocHit {
    guint32 start, end; /* code points in the text, end exclusive */
    const VocEntry *entry;
    float weight; /* after the rules */
    guint rules;
} VocHit;

typedef struct VocScore {
    float value; /* -1 to 1 */
    VocLabel label;
    float p[3]; /* probabilities of negative, neutral, positive; they sum to 1 */
    const VocHit *hits;
    guint n_hits;
} VocScore;

/* A thread's scorer: it leaves its notes in the thread's word table. */
typedef struct VocScorer VocScorer;

/* `lexicons` has one frozen lexicon a language, NULL where there is none; it and `words` must outlive the
 * scorer. Make it before `words` reads its first text. */
VocScorer *voc_scorer_new(const VocLexicon *const lexicons[VOC_N_LANGS], VocWords *words);
void voc_scorer_free(VocScorer *scorer);

/* Scores `text`, which `words` has read. The hits live until the next call. */
void voc_scorer_score(VocScorer *scorer, const VocText *text, VocScore *score);

const char *voc_label_name(VocLabel label);

/* The name of the rule that explains a hit best; NULL when no rule touched it. */
const char *voc_rule_name(guint rules);

G_END_DECLS

#endif
