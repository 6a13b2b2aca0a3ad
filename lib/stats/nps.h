/* Ratings: NPS and means, as tallies that merge.
 *
 * Merging the tallies of two halves equals the tally of the whole, exactly, while the ratings are whole
 * numbers and there are fewer than 2^46 of them. */
#ifndef VOC_STATS_NPS_H
#define VOC_STATS_NPS_H

#include "stats/tails.h"

G_BEGIN_DECLS

/* Answers 0-10: promoters gave 9 or 10, detractors 0 to 6 (Reichheld 2003). */
typedef struct VocNps {
    gint64 n;
    gint64 promoters;
    gint64 detractors;
} VocNps;

/* What one answer counts: 1 promoter, -1 detractor, 0 passive. */
int voc_nps_sign(double rating);

void voc_nps_add(VocNps *nps, double rating);
void voc_nps_merge(VocNps *nps, const VocNps *other);

/* 100 (P - D) in points, -100 to 100; NaN without answers. */
double voc_nps_score(const VocNps *nps);

/* Standard error in points: 100 sqrt((P + D - (P - D)^2) / n) (Rowley and Sauro); NaN without answers. */
double voc_nps_se(const VocNps *nps);

/* Half the width of the interval, in points. NaN for fewer than two answers. */
double voc_nps_margin(const VocNps *nps, double confidence);

/* z of the difference after - before; NaN when it cannot be tested (too few, or no variation at all). */
double voc_nps_difference_z(const VocNps *before, const VocNps *after);

/* Sums that give a mean with its margin: stars, CSAT, CES, sentiment. */
typedef struct VocMoments {
    gint64 n;
    double sum;
    double squares;
} VocMoments;

void voc_moments_add(VocMoments *moments, double value);
void voc_moments_merge(VocMoments *moments, const VocMoments *other);
double voc_moments_mean(const VocMoments *moments);     /* NaN without values */
double voc_moments_variance(const VocMoments *moments); /* n - 1 below; NaN for fewer than two */

/* Half the width of Student's t interval of the mean; NaN for fewer than two values. */
double voc_moments_margin(const VocMoments *moments, double confidence);

/* Welch's t of after - before, and its two-sided p; FALSE when it cannot be tested. `t`, `p` may be NULL. */
gboolean voc_moments_difference(const VocMoments *before, const VocMoments *after, double *t, double *p);

G_END_DECLS

#endif
