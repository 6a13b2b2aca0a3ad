/* Keyness: what sets one part of the data apart from another. */
#ifndef VOC_STATS_KEYNESS_H
#define VOC_STATS_KEYNESS_H

#include <glib.h>

G_BEGIN_DECLS

/* Gates for G2 with one degree of freedom: p below 0.05, 0.01, 0.001, 0.0001. */
#define VOC_G2_05 3.84
#define VOC_G2_01 6.63
#define VOC_G2_001 10.83
#define VOC_G2_0001 15.13

/* A term seen `a` times among `n1` here and `b` times among `n2` there. n1, n2 > 0. */

/* The log-likelihood G2 = 2 (a ln(a / E1) + b ln(b / E2)) (Rayson and Garside 2000), never negative. */
double voc_keyness_g2(double a, double n1, double b, double n2);

/* The log-likelihood G2 of two words that stand side by side `pair` times among `n` pairs, in `first` of
 * which the one is the first word and in `second` the other the second (Dunning 1993: all four cells of the
 * table). */
double voc_collocation_g2(double pair, double first, double second, double n);

/* log2 of the ratio of the two relative frequencies (Hardie 2014); a count of zero is taken as 0.5. Positive:
 * here. */
double voc_keyness_log_ratio(double a, double n1, double b, double n2);

/* The z of the log odds ratio with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008). `prior`
 * is the term's pseudo-count and `prior_total` their sum over all terms, both > 0. */
double voc_keyness_fightin(double a, double n1, double b, double n2, double prior, double prior_total);

G_END_DECLS

#endif
