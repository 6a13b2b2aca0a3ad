/* What moves a score: two decompositions that can be checked by adding up.
 *
 * A score here is any mean of an answer's contribution: 100, 0 or -100 for NPS (promoter, passive,
 * detractor), the rating itself for stars, CSAT and CES. */
#ifndef VOC_STATS_DRIVERS_H
#define VOC_STATS_DRIVERS_H

#include <glib.h>

G_BEGIN_DECLS

/* What the score would lose if the answers about a theme had not been given:
 * n_t (score_t - score) / (N - n_t). NaN unless 0 < n_t < N. */
double voc_drivers_leave_out(double n_theme, double score_theme, double n, double score);

/* One theme's part of one period. Each answer's weight 1 is shared over its themes, so the weights of all
 * themes (with one for "no theme") add up to the number of answers, and the sums to N x score. */
typedef struct VocDriverCell {
    double weight; /* sum of the answers' weights on this theme */
    double sum;    /* sum of weight x contribution */
} VocDriverCell;

typedef struct VocDriverEffect {
    double share_before, share_after; /* of all answers, 0 to 1; each adds up to 1 */
    double score_before, score_after; /* the theme's own score; NaN without answers in that period */
    double contribution_before, contribution_after; /* share x score; each adds up to the period's score */
    double by_score;                                /* mean share x change of score */
    double by_share;                                /* mean score x change of share */
    double by_share_centred; /* (mean score - mean of the two totals) x change of share */
} VocDriverEffect;

/* Splits the change of the score between two periods over `n` themes. Both sum of by_score + by_share and sum
 * of by_score + by_share_centred equal the change: shares add up to 1, so centring only moves points between
 * themes, and makes a growing theme help only when it is better than the rest. A theme seen in one period
 * only keeps its score, so all of its effect is share. Returns FALSE (and fills nothing) when either period
 * has no answers. */
gboolean voc_drivers_split(const VocDriverCell *before, const VocDriverCell *after, gsize n,
                           VocDriverEffect *effects);

G_END_DECLS

#endif
