/* A lexicon: what words and phrases of one language do to the valence of a text.
 *
 * Entries come from TSV files, see voc-lexicon(5). A term is one or more elements: a base form (`huono`), a
 * surface form (`=paskaa`), or the beginning of one (`rikki*`); the elements of a phrase stand next to each
 * other. Two kinds of weights meet in a text. Those that people wrote: the longest phrase that stands there,
 * or the word's own entry, whichever is the surest. And those that were learned from labelled texts: they add
 * up, a word's as a surface form, as a base form, and those of the pairs that it makes with its neighbours.
 */
#ifndef VOC_LEXICON_LEXICON_H
#define VOC_LEXICON_LEXICON_H

#include "lexicon/calibration.h"
#include "text/words.h"

G_BEGIN_DECLS

/* What an entry does. */
typedef enum {
    VOC_EFFECT_WEIGHT,   /* has valence: value is its weight, -4 to 4 */
    VOC_EFFECT_NEGATE,   /* turns what stands in its scope */
    VOC_EFFECT_SCALE,    /* strengthens (value > 1) or weakens (value < 1) the next valence */
    VOC_EFFECT_BUT,      /* what follows counts more, what precedes less */
    VOC_EFFECT_ALTHOUGH, /* its own clause counts less */
    VOC_EFFECT_NEUTRAL,  /* a formula: valence inside it does not count */
    VOC_EFFECT_LEARNED,  /* adds its weight and its feeling to what the others say */
    VOC_N_EFFECTS,
} VocEffect;

/* Elements of a term at most. */
#define VOC_TERM_MAX 8

typedef struct VocEntry {
    VocEffect effect;
    float value;
    float feeling;                  /* how much it tells of any feeling, whichever; see VocCalibration */
    guint32 number;                 /* its place in the lexicon */
    guint8 n;                       /* elements */
    guint32 elements[VOC_TERM_MAX]; /* their numbers in the lexicon's vocabulary, from 1 */
    VocSlice term;                  /* as written */
    VocSlice json;                  /* the same as a JSON string, quotes included */
    const char *path;               /* where it was read */
    guint line;
} VocEntry;

/* What is no word but tells something by standing there; in a lexicon `<!>`, and `<end !>` for the last token
 * of a text. */
typedef enum {
    VOC_SIGN_NONE,
    VOC_SIGN_WORD, /* at the end only */
    VOC_SIGN_FULL_STOP,
    VOC_SIGN_ELLIPSIS,
    VOC_SIGN_EXCLAIM,
    VOC_SIGN_EXCLAIMS,
    VOC_SIGN_QUESTION,
    VOC_SIGN_QUESTIONS,
    VOC_SIGN_INTERROBANG,
    VOC_SIGN_COMMA,
    VOC_SIGN_COLON,
    VOC_SIGN_SEMICOLON,
    VOC_SIGN_BRACKET,
    VOC_SIGN_QUOTE,
    VOC_SIGN_DASH,
    VOC_SIGN_NUMBER,
    VOC_SIGN_URL,
    VOC_SIGN_MENTION,
    VOC_SIGN_PICTURE, /* emoji, emoticon */
    VOC_SIGN_CAPS,    /* a word of capitals */
    VOC_N_SIGNS,
} VocSign;

/* Learned entries of one word at most. */
#define VOC_LEARNED_MAX 3
#define VOC_ELEMENTS_MAX 6

typedef struct VocLexicon VocLexicon;

/* The entries behind a sense. Where the sense has no effects, `entry` is not there; of `learned` only
 * n_learned are. */
typedef struct VocSenseEntries {
    guint32 elements[VOC_ELEMENTS_MAX];
    const VocEntry *entry[VOC_EFFECT_LEARNED]; /* hand-written ones of one element */
    const VocEntry *learned[VOC_LEARNED_MAX];
} VocSenseEntries;

/* What a lexicon knows of a distinct token: the note that it leaves in the word table. One cache line has
 * what every word of a running text needs. The masks are Bloom filters of one hash: where `followers` and the
 * next word's `own` have no bit in common, no phrase begins with the two; likewise `pair_followers` and
 * `pair_own` for learned pairs. */
typedef struct VocSense {
    float weight, feeling; /* of the learned entries, together */
    guint8 effects;        /* bit VOC_EFFECT_x is set when entry[x] is there */
    guint8 n_elements;
    guint8 n_learned;
    guint8 sign;  /* VOC_SIGN_WORD for every word */
    guint32 pair; /* the element by which learned pairs know it; 0: none does */
    guint64 followers, own;
    guint64 pair_followers, pair_own;
    const VocEntry *heaviest; /* of the learned; NULL without */
    const VocSenseEntries *entries;
} VocSense;
G_STATIC_ASSERT(sizeof(VocSense) == 64);

/* An empty lexicon of `lang`; `words` brings terms to base forms and is used while loading only. */
VocLexicon *voc_lexicon_new(VocLang lang, VocWords *words);
void voc_lexicon_free(VocLexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocLexicon, voc_lexicon_free)

/* Adds an entry; a term that has one of that effect already gets the new value. NULL when the term has no
 * elements or too many. `path` (which must live as long as the lexicon; may be NULL) and `line` say where it
 * stands. Not after voc_lexicon_freeze(). */
VocEntry *voc_lexicon_add(VocLexicon *lexicon, VocEffect effect, VocSlice term, double value, double feeling,
                          const char *path, guint line);

/* The entry of a term as written, NULL when there is none. */
const VocEntry *voc_lexicon_find(const VocLexicon *lexicon, VocEffect effect, VocSlice term);

/* Takes a term's entry of `effect` out of the lexicon, if there is one. Not after voc_lexicon_freeze(). */
void voc_lexicon_remove(VocLexicon *lexicon, VocEffect effect, VocSlice term);

/* Makes the lexicon ready for look-ups; nothing may be added afterwards. */
void voc_lexicon_freeze(VocLexicon *lexicon);

VocLang voc_lexicon_lang(const VocLexicon *lexicon);
/* Whether its terms are stems of Finnish, which has base forms where there is an analyser. */
gboolean voc_lexicon_on_stems(const VocLexicon *lexicon);

guint voc_lexicon_size(const VocLexicon *lexicon);

/* The i-th entry, in the order in which they came; NULL for one that was taken out. */
const VocEntry *voc_lexicon_entry(const VocLexicon *lexicon, guint i);

/* The step from sums to probabilities; may be changed before the lexicon is frozen. */
VocCalibration *voc_lexicon_calibration(VocLexicon *lexicon);
const VocCalibration *voc_lexicon_calibrated(const VocLexicon *lexicon);

/* The phrases that begin with these two elements, the longest first, their number in `*n`. */
const VocEntry *const *voc_lexicon_phrases(const VocLexicon *lexicon, guint32 first, guint32 second,
                                           guint *n);

/* The learned entry of a pair of neighbours, NULL when there is none. */
const VocEntry *voc_lexicon_pair(const VocLexicon *lexicon, guint32 first, guint32 second);

/* The learned entry of a sign, at the end of a text or elsewhere; NULL when there is none. */
const VocEntry *voc_lexicon_sign(const VocLexicon *lexicon, VocSign sign, gboolean end);

/* A thread's senses of one lexicon. */
typedef struct VocSenses VocSenses;

VocSenses *voc_senses_new(void);
void voc_senses_free(VocSenses *senses);

/* The sense of a token, which lives as long as `senses`. NULL when the lexicon has nothing to say of a word.
 */
const VocSense *voc_lexicon_sense(const VocLexicon *lexicon, const VocToken *token, VocSenses *senses);

/* How a sign is written in a lexicon, without its brackets. */
const char *voc_sign_name(VocSign sign);

G_END_DECLS

#endif
