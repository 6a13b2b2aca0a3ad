/* Direct standardisation: figures of groups that differ in their mix (of channels, say), as they would be
 * with one and the same mix: the strata's own figures, weighted by the shares of a standard (Breslow and Day
 * 1987, Statistical Methods in Cancer Research II, chapter 2).
 *
 * The interval joins those of the strata by the square-and-add rule (MOVER: Zou and Donner 2008, Statistics
 * in Medicine 27:1693): of shares it uses Wilson's, so that it stays true for small strata and for shares
 * near 0 and 1, and with a single stratum the difference's interval is Newcombe's. */
#ifndef VOC_STATS_STANDARD_H
#define VOC_STATS_STANDARD_H

#include "stats/tails.h"

G_BEGIN_DECLS

typedef struct VocStratum {
    double weight;        /* of the standard, 0 or more; need not add up to 1 */
    double value;         /* the group's figure in the stratum */
    double variance;      /* of that figure, as an estimate */
    VocInterval interval; /* around it */
} VocStratum;

typedef struct VocStandardised {
    double value;
    double variance;
    VocInterval interval;
} VocStandardised;

/* NaN in every field when the weights add up to nothing or a value with a weight is NaN. */
VocStandardised voc_standardise(const VocStratum *strata, gsize n);

/* The stratum of a share k / n (Wilson), and of a mean of n values with their variance (n - 1 below;
 * Student's t); NaN where there is too little. */
VocStratum voc_stratum_share(gint64 k, gint64 n, double weight, double confidence);
VocStratum voc_stratum_mean(double mean, double variance, gint64 n, double weight, double confidence);

/* Of a - b, for groups that do not overlap: the interval by square-and-add, and the two-sided p of its z
 * (NaN when there is no variance at all). */
typedef struct VocStandardDifference {
    double value;
    VocInterval interval;
    double p;
} VocStandardDifference;

VocStandardDifference voc_standard_difference(const VocStandardised *a, const VocStandardised *b);

G_END_DECLS

#endif
