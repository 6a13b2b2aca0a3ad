/* The language of a text: Finnish, English, Swedish, or none of these.
 *
 * A linear model over the character n-grams of folded words, 1 to 5 letters with the word's ends marked, and
 * over whole words of 4 to 12 letters, its weights in data/language.profile (how they were found:
 * tests/eval/language/train.py). A word may be noise (a name, a loan) with a small probability, which bounds
 * what one word can say. Evidence adds up over the chunks of a text, so a chunk is scored once and its scores
 * may be kept. Background classes (Estonian, Norwegian and Danish, German and Dutch, Romance languages, all
 * others) draw what is none of the three; they end as `und`. */
#ifndef VOC_TEXT_LANGUAGE_H
#define VOC_TEXT_LANGUAGE_H

#include "base/error.h"
#include "base/slice.h"

G_BEGIN_DECLS

typedef enum { VOC_LANG_UND, VOC_LANG_FI, VOC_LANG_EN, VOC_LANG_SV, VOC_N_LANGS } VocLang;

/* fi, en, sv, then the background. */
#define VOC_LANG_CLASSES 8

/* Units of evidence a nat. */
#define VOC_LANG_UNITS 32

/* Evidence for each class: what words take from the classes that they do not look like, 0 or less. Whole
 * numbers of 1 / VOC_LANG_UNITS nat, so that sums do not depend on their order; a word takes 161 at most. */
typedef struct VocLangScores {
    gint32 v[VOC_LANG_CLASSES];
    gint32 letters; /* that the evidence is from */
} VocLangScores;

typedef struct VocLangModel VocLangModel;

/* Reads a profile; NULL and an error (VOC_ERROR_FATAL) when it cannot be read or is none. Read-only after
 * that, for any number of threads. About 2 MB; free with voc_lang_model_free(). */
VocLangModel *voc_lang_model_load(const char *path, GError **error);
void voc_lang_model_free(VocLangModel *model);

/* The scores of `chunk`: UTF-8 without ASCII white space, of any case (bytes that are no UTF-8 part words).
 * Digits, marks and emoji say nothing; nor do addresses, @mentions, [MASKS] in capitals and entities. */
void voc_lang_model_score(const VocLangModel *model, VocSlice chunk, VocLangScores *out);

static inline void
voc_lang_scores_add(VocLangScores *sum, const VocLangScores *chunk)
{
    for (int i = 0; i < VOC_LANG_CLASSES; i++)
        sum->v[i] += chunk->v[i];
    sum->letters += chunk->letters;
}

/* The language of a text whose chunks add up to `sum`. `*confidence` (may be NULL) is the probability, 0 to
 * 1, that the answer is right; 0 for a text without a word to tell by, which is `und`. */
VocLang voc_lang_decide(const VocLangModel *model, const VocLangScores *sum, double *confidence);

/* The language of each of `n` chunks in the order of their text, into `out`: the likeliest cut into runs
 * (Viterbi with a cost for every change). Chunks that say nothing go with their neighbours. */
void voc_lang_segments(const VocLangModel *model, const VocLangScores *chunks, gsize n, VocLang *out);

/* "fi", "en", "sv", "und". */
const char *voc_lang_name(VocLang lang);

/* The language of a tag: its first part counts (fi-FI, en_GB), in any case; VOC_LANG_UND for all others. */
VocLang voc_lang_from_name(VocSlice name);

G_END_DECLS

#endif
