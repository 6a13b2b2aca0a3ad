/* Learning weights from labelled texts.
 *
 * The model is the scorer's own (see lexicon/calibration.h): a text's polarity and feeling are sums over what
 * its lexicon finds there, so what is learned is a lexicon that can be read. For every surface form, base
 * form and pair of neighbours seen in at least two texts a weight and a feeling are fitted: multinomial
 * logistic regression, both pulled towards what the lexicon says already (a Gaussian prior of that mean), so
 * that a word moves only as far as the texts make it. Each source of texts has intercepts of its own, so that
 * a source that is all complaints does not make its words complaints; a source that has no neutral texts is
 * taken to say nothing of them. What hardly moves is dropped and the rest fitted again. */
#ifndef VOC_LEXICON_LEARN_H
#define VOC_LEXICON_LEARN_H

#include "lexicon/score.h"
#include "stats/accuracy.h"

G_BEGIN_DECLS

typedef struct VocExample {
    VocSlice text; /* VOC_PADDING readable bytes behind it */
    VocLabel label;
    guint source; /* below n_sources */
} VocExample;

typedef struct VocLearnSettings {
    double strength; /* of the pull towards what is known; 1 over the prior's variance */
    guint min_count; /* texts that a term must be in */
    double dropped;  /* terms whose weight and feeling both moved less than this are left out */
    guint folds;     /* of the cross-validation */
    gboolean scales; /* learn the calibration's scales too, rather than keep those that ship */
} VocLearnSettings;

void voc_learn_settings_init(VocLearnSettings *settings);

typedef struct VocLearnedTerm {
    char *term; /* as a lexicon writes it */
    double weight, feeling;
    double error; /* the weight's standard error */
    guint count;  /* texts that have it */
} VocLearnedTerm;

typedef struct VocLearned {
    GArray *terms; /* VocLearnedTerm, in byte order; those that have changed, with their new sums */
    VocCalibration calibration;
    VocConfusion *held_out; /* a source: labels given to texts that were not learned from */
    guint n_sources;
    guint n_examples;
} VocLearned;

/* Learns from examples in the language of `lexicon`, which is frozen by it: the lists that it has loaded are
 * where learning starts. `model` makes the word tables; `data` comes along to `progress` (may be NULL), which
 * is called after each fit of `steps`. NULL and an error (VOC_ERROR_USAGE) when the examples have fewer than
 * two labels or are too few. Free with voc_learned_free(). */
VocLearned *voc_learn(VocLexicon *lexicon, const VocWordModel *model, const VocExample *examples, guint n,
                      guint n_sources, const VocLearnSettings *settings,
                      void (*progress)(void *data, guint step, guint steps), void *data, GError **error);
void voc_learned_free(VocLearned *learned);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocLearned, voc_learned_free)

G_END_DECLS

#endif
