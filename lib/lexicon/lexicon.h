/* A lexicon: what words and phrases of one language do to the valence of a text.
 *
 * Entries come from TSV files (see voc-lexicon(5)). A term is one or more elements: a base form (`huono`), a
 * surface form
 * (`=paskaa`), or the beginning of one (`rikki*`); the elements of a phrase stand next to each other. */
#ifndef VOC_LEXICON_LEXICON_H
#define VOC_LEXICON_LEXICON_H

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
    VOC_N_EFFECTS,
} VocEffect;

/* Elements of a term at most. */
#define VOC_TERM_MAX 8

typedef struct VocEntry {
    VocEffect effect;
    float value;
    guint8 n;                       /* elements */
    guint32 elements[VOC_TERM_MAX]; /* their numbers in the lexicon's vocabulary, from 1 */
    VocSlice term;                  /* as written */
    VocSlice json;                  /* the same as a JSON string, quotes included */
} VocEntry;

typedef struct VocLexicon VocLexicon;

/* What a lexicon knows of a distinct word: the note that it leaves in the word table. */
typedef struct VocSense {
    guint8 effects; /* bit VOC_EFFECT_x is set when entry[x] is there */
    guint8 begins;  /* a phrase begins with the word */
    guint8 n_elements;
    guint32 elements[4];                  /* the vocabulary's elements that the word is */
    const VocEntry *entry[VOC_N_EFFECTS]; /* entries of one element */
} VocSense;

/* An empty lexicon of `lang`; `words` brings terms to base forms and is used while loading only. */
VocLexicon *voc_lexicon_new(VocLang lang, VocWords *words);
void voc_lexicon_free(VocLexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocLexicon, voc_lexicon_free)

/* Adds the entries of a file: term, value, note. For VOC_EFFECT_WEIGHT and VOC_EFFECT_SCALE the value is a
 * number; for the other effects the second column is a note, but for contrast.tsv (VOC_EFFECT_BUT), where it
 * says `but` or `although`. A term that is there already gets the new value. FALSE and an error that names
 * file and line when a row is broken. */
gboolean voc_lexicon_load(VocLexicon *lexicon, const char *path, VocEffect effect, GError **error);

/* Loads all lists of the folder `data_dir`/lexicons/LANG, and the emoji of lexicons/common. Lists that are
 * missing are passed over. */
gboolean voc_lexicon_load_language(VocLexicon *lexicon, const char *data_dir, GError **error);

/* Makes the lexicon ready for look-ups; nothing may be loaded afterwards. */
void voc_lexicon_freeze(VocLexicon *lexicon);

guint voc_lexicon_size(const VocLexicon *lexicon);

/* The phrases that begin with these two elements, the longest first, their number in `*n`. */
const VocEntry *const *voc_lexicon_phrases(const VocLexicon *lexicon, guint32 first, guint32 second,
                                           guint *n);

/* The sense of a token, in `arena`; NULL when the lexicon has nothing to say of it. */
const VocSense *voc_lexicon_sense(const VocLexicon *lexicon, const VocToken *token, VocArena *arena);

G_END_DECLS

#endif
