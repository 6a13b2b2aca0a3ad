/* Finds cues in texts. */
#ifndef VOC_LEXICON_TAGGER_H
#define VOC_LEXICON_TAGGER_H

#include "lexicon/cues.h"

G_BEGIN_DECLS

typedef struct VocCueHit {
    guint32 start, end; /* code points, end exclusive */
    const VocCuePattern *pattern;
} VocCueHit;

/* A thread's tagger: it leaves its notes in the thread's word table. */
typedef struct VocTagger VocTagger;

/* `cues` has one frozen set of patterns a language, NULL where there is none; it and `words` must outlive the
 * tagger. Make it before `words` reads its first text. */
VocTagger *voc_tagger_new(const VocCues *const cues[VOC_N_LANGS], VocWords *words);
void voc_tagger_free(VocTagger *tagger);

/* The cues of `text`, which `words` has read, in order; of overlapping hits of one cue the longest.
 * A reason (the cue `cause`) reaches to the end of its clause. A text of unknown language is tried in all.
 * The hits live until the next call; their number is in `*n`. */
const VocCueHit *voc_tagger_tag(VocTagger *tagger, const VocText *text, guint *n);

G_END_DECLS

#endif
