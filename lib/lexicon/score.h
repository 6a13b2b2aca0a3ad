/* Sentiment of a text: the lexicon's hits, changed by rules, summed and calibrated. */
#ifndef VOC_LEXICON_SCORE_H
#define VOC_LEXICON_SCORE_H

#include "lexicon/lexicon.h"

G_BEGIN_DECLS

/* What changed a hit's weight; a set. */
enum {
    VOC_RULE_NEGATED = 1 << 0,
    VOC_RULE_BOOSTED = 1 << 1,
    VOC_RULE_WEAKENED = 1 << 2,
    VOC_RULE_BEFORE_BUT = 1 << 3,
    VOC_RULE_AFTER_BUT = 1 << 4,
    VOC_RULE_EMPHASIS = 1 << 5, /* capitals, repeated letters */
    VOC_RULE_ALTHOUGH = 1 << 6,
};

typedef struct VocHit {
    guint32 start, end;    /* code points in the text, end exclusive */
    const VocEntry *entry; /* the hand-written entry where there is one, else the learned one */
    float weight;          /* after the rules */
    guint rules;
} VocHit;

typedef struct VocScore {
    float value; /* p[positive] - p[negative]; 0 when nothing in the text is known */
    VocLabel label;
    float p[3]; /* probabilities of negative, neutral, positive; they sum to 1 */
    const VocHit *hits;
    guint n_hits;
    guint words;           /* words in the text */
    guint known;           /* words and phrases that counted */
    float weight, feeling; /* the sums */
} VocScore;

/* A part of a text: a sentence, or what a `but` parts of one. */
typedef struct VocSegment {
    guint32 start, end; /* code points, end exclusive */
    float value;
    VocLabel label;
    float p[3];
} VocSegment;

/* An entry at work, for learning: how much of its weight and of its feeling went into the sums. */
typedef struct VocTrace {
    const VocEntry *entry;
    float weight, feeling;
} VocTrace;

/* A thread's scorer: it leaves its notes in the thread's word table. */
typedef struct VocScorer VocScorer;

/* `lexicons` has one frozen lexicon a language, NULL where there is none; it and `words` must outlive the
 * scorer. Make it before `words` reads its first text. */
VocScorer *voc_scorer_new(const VocLexicon *const lexicons[VOC_N_LANGS], VocWords *words);
void voc_scorer_free(VocScorer *scorer);

/* Hits that weigh less than this are not listed (they count all the same); 0.4 unless told, 0 lists all, with
 * signs and with what turned, scaled or silenced them; stop words that only learning knows twice as much. */
void voc_scorer_set_shown(VocScorer *scorer, float weight);

/* Whether the next texts are parts of conversations, most of which say nothing of feelings: mails, chats,
 * calls. FALSE unless told: texts in which people judge. */
void voc_scorer_set_conversation(VocScorer *scorer, gboolean conversation);

/* Scores `text`, which `words` has read. A text of unknown language is taken for the one whose lexicon knows
 * most of it. The hits live until the next call. */
void voc_scorer_score(VocScorer *scorer, const VocText *text, VocScore *score);

/* The segments of the text scored last, in order; they cover it, and live until the next call. */
const VocSegment *voc_scorer_segments(VocScorer *scorer, guint *n);

/* Scores `text` and tells what each entry did; the result lives until the next call. Learned entries whose
 * weight is 0 are there too. */
const VocTrace *voc_scorer_trace(VocScorer *scorer, const VocText *text, VocScore *score, guint *n);

const char *voc_label_name(VocLabel label);

/* The name of the rule that explains a hit best; NULL when no rule touched it. */
const char *voc_rule_name(guint rules);

/* The language whose lexicon scored the last text. */
VocLang voc_scorer_lang(const VocScorer *scorer);

G_END_DECLS

#endif
