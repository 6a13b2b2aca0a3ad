/* Cues: what a customer's message asks for or signals, found by patterns over the words of one sentence.
 *
 * The patterns come from lexicons/LANG/cues.tsv; what they are written in is told in voc-cues(5). */
#ifndef VOC_LEXICON_CUES_H
#define VOC_LEXICON_CUES_H

#include "base/tsv.h"
#include "text/words.h"

G_BEGIN_DECLS

typedef enum { VOC_ITEM_WORDS, VOC_ITEM_ANY, VOC_ITEM_GAP, VOC_ITEM_NOT } VocItemKind;

/* One item of a pattern. */
typedef struct VocCueItem {
    guint8 kind;
    gboolean optional;
    guint16 set; /* of VOC_ITEM_WORDS and VOC_ITEM_NOT: its words' number */
    guint8 gap;  /* of VOC_ITEM_GAP: so many words at most */
} VocCueItem;

typedef struct VocCuePattern {
    const char *cue, *kind; /* interned; the kind may be "" */
    const char *path;       /* where it stands */
    guint line;
    guint n;
    VocCueItem *items;
    guint n_must;
    guint16 *must; /* the sets that a sentence must have, the rarest first: the anchor */
} VocCuePattern;

/* The cue patterns of one language. */
typedef struct VocCues VocCues;

/* What the patterns know of a distinct word: the note that it leaves in the word table. */
typedef struct VocCueSense {
    guint n_anchors;
    const guint16 *anchors; /* the sets that the word is in and that are anchors */
    guint64 bits[];         /* bit i is set when the word is in set i; voc_cues_blocks() of them */
} VocCueSense;

static inline gboolean
voc_cue_bit(const guint64 *bits, guint16 set)
{
    return bits[set / 64] >> set % 64 & 1;
}

/* A language's patterns, empty; `words` brings base forms to the form of texts and is used while loading
 * only. */
VocCues *voc_cues_new(VocLang lang, VocWords *words);
void voc_cues_free(VocCues *cues);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocCues, voc_cues_free)

/* Adds the pattern of a row: cue, kind, pattern. FALSE and an error that names file and line when it is none.
 */
gboolean voc_cues_add(VocCues *cues, const VocTsv *row, GError **error);

/* Adds the patterns of a file. FALSE and an error that names file and line when one cannot be read. */
gboolean voc_cues_load(VocCues *cues, const char *path, GError **error);

/* Loads the words that NEG stands for and, with `patterns`, the patterns of `data_dir`/lexicons/LANG; either
 * may be missing. */
gboolean voc_cues_load_language(VocCues *cues, const char *data_dir, gboolean patterns, GError **error);

/* Makes the patterns ready for matching; nothing may be loaded afterwards. */
void voc_cues_freeze(VocCues *cues);

guint voc_cues_size(const VocCues *cues);
const VocCuePattern *voc_cues_pattern(const VocCues *cues, guint i);

/* How many 64-bit blocks hold a bit for each set; after voc_cues_freeze(). */
guint voc_cues_blocks(const VocCues *cues);

/* The patterns whose anchor is this set, their number in `*n`. */
const guint16 *voc_cues_anchored(const VocCues *cues, guint16 set, guint *n);

/* The sense of a token, in `arena`; NULL when no pattern knows it. */
const VocCueSense *voc_cues_sense(const VocCues *cues, const VocToken *token, VocArena *arena);

G_END_DECLS

#endif
