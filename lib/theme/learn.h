/* Themes learned from labelled texts: for each label a logistic regression over words, written as weights. */
#ifndef VOC_THEME_LEARN_H
#define VOC_THEME_LEARN_H

#include "theme/corpus.h"
#include "theme/themes.h"

G_BEGIN_DECLS

typedef struct VocThemeLearning {
    guint least; /* messages that a label must have; 0: three */
} VocThemeLearning;

/* Learns a theme for each label of `corpus`, which must be finished: how likely a text has the label, from
 * the words in it (L2-regularised, each label against all others). Weights are told in shares of four nats,
 * so that a sum of 1 is a probability of 1/2. NULL and an error (VOC_ERROR_INPUT) when no label has texts
 * enough. */
VocThemes *voc_themes_learn(const VocCorpus *corpus, const VocThemeLearning *settings, GError **error);

G_END_DECLS

#endif
