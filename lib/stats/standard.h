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

/* The stratum of an NPS in points: of n answers so many are promoters and detractors. Its interval is the
 * adjusted Wald one with three answers more, half of them passive (Rocks 2016, The American Statistician
 * 70:365), so that all answers being alike does not make it certain; NaN without answers. */
VocStratum voc_stratum_nps(double promoters, double detractors, double n, double weight, double confidence);

/* For the p of a difference of shares: the variances of both sides as they would be if the shares were the
 * same (the score test, stratum by stratum). */
void voc_strata_pool(VocStratum *a, gint64 k_a, gint64 n_a, VocStratum *b, gint64 k_b, gint64 n_b);

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
