/* A period's share against its baseline, and slow drifts. */
#ifndef VOC_STATS_TREND_H
#define VOC_STATS_TREND_H

#include "stats/tails.h"

G_BEGIN_DECLS

typedef struct VocTrend {
    double now;           /* k / n; NaN when n is 0 */
    double usual;         /* the baseline's pooled share; NaN when it has no messages */
    double change;        /* now - usual */
    VocInterval interval; /* of the change (Newcombe, on sizes divided by the dispersion) */
    double
        dispersion; /* Pearson's chi-squared over its degrees of freedom among the baseline's periods where it
                       is more than chance (p <= 0.02); else, and for fewer than VOC_TREND_MIN_PERIODS, 1 */
    double p_rise;  /* one-sided: the larger of Fisher's mid-p and, where the baseline varies more than chance
                       would, that of a quasi-binomial t */
    double p_fall;
    double p; /* two-sided: twice the smaller of the two */
} VocTrend;

#define VOC_TREND_MIN_PERIODS 6

/* Compares k of n now with ks[i] of ns[i] in `periods` earlier periods (empty ones may be among them). */
void voc_trend_share(gint64 k, gint64 n, const gint64 *ks, const gint64 *ns, gsize periods, double confidence,
                     VocTrend *trend);

/* The z of the Cochran-Armitage test for a linear trend of ks[i] / ns[i] over i (oldest first): positive for
 * a rise. With `allow` it is divided by the root of the dispersion around the fitted line (Pearson's
 * chi-squared over its degrees of freedom) where that is above 1: shares that jump about drift less surely.
 * NaN when there is nothing to test. */
double voc_trend_slope_z(const gint64 *ks, const gint64 *ns, gsize periods, gboolean allow);

/* Where one more count would be expected after `counts`: mean -+ t sd sqrt(1 + 1 / periods), not below 0; NaN
 * for fewer than 3 periods. */
VocInterval voc_trend_expected_count(const gint64 *counts, gsize periods, double confidence);

G_END_DECLS

#endif
