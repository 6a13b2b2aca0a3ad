/* Tails of the distributions that the reports test with, exact where exactness is affordable.
 *
 * Everything here is a pure function of its arguments: no allocation, no locale, safe from any thread.
 * Arguments outside a distribution's domain give NaN. Relative accuracy is about 1e-10 while counts stay
 * below 1e6 (checked against SciPy in tests/unit/test-stats-tails.c). */
#ifndef VOC_STATS_TAILS_H
#define VOC_STATS_TAILS_H

#include <glib.h>

G_BEGIN_DECLS

/* An interval [low, high]; both NaN when there is nothing to say. */
typedef struct VocInterval {
    double low;
    double high;
} VocInterval;

/* P(Z <= z), P(Z > z) and the z with P(Z <= z) = p (Wichura 1988, AS 241). p in (0, 1); 0 and 1 give -inf,
 * inf. */
double voc_normal_cdf(double z);
double voc_normal_tail(double z);
double voc_normal_quantile(double p);

/* The two-sided p of a z statistic: P(|Z| > |z|). */
double voc_normal_two_sided(double z);

/* The z of a two-sided interval: 0.95 gives 1.959964. */
double voc_normal_critical(double confidence);

/* Student's t with `df` > 0 degrees of freedom: P(T > t), P(|T| > |t|), and the t of a two-sided interval. */
double voc_t_tail(double t, double df);
double voc_t_two_sided(double t, double df);
double voc_t_critical(double confidence, double df);

/* P(X > x) of the chi-squared distribution. */
double voc_chi_squared_tail(double x, double df);

/* Poisson with mean `mu` >= 0: P(X >= k) and P(X <= k). */
double voc_poisson_upper(gint64 k, double mu);
double voc_poisson_lower(gint64 k, double mu);

/* Binomial of `n` trials with chance `p`: P(X >= k) and P(X <= k). */
double voc_binomial_upper(gint64 k, gint64 n, double p);
double voc_binomial_lower(gint64 k, gint64 n, double p);

/* Is the rate of `k1` events in exposure `t1` above (below) that of `k0` in `t0`? The exact conditional test
 * (Przyborowski and Wilenski 1940): given k0 + k1, k1 is binomial with chance t1 / (t0 + t1). Unlike a
 * Poisson tail around k0 / t0 it allows for the baseline being an estimate itself. */
double voc_rate_upper(gint64 k1, double t1, gint64 k0, double t0);
double voc_rate_lower(gint64 k1, double t1, gint64 k0, double t0);

/* Fisher's exact test of `a` of `n1` against `b` of `n2`: one-sided (is a / n1 greater, less) and two-sided
 * (sums the tables no likelier than the one seen, as R and SciPy do). Time grows with min(a + b, n1, n2). */
double voc_fisher_greater(gint64 a, gint64 n1, gint64 b, gint64 n2);
double voc_fisher_less(gint64 a, gint64 n1, gint64 b, gint64 n2);
double voc_fisher_two_sided(gint64 a, gint64 n1, gint64 b, gint64 n2);

/* The same with half of the chance of the very table seen (mid-p: Lancaster 1961): closer to the level that
 * is asked for, where the exact ones stay below it. One-sided. */
double voc_fisher_mid_greater(gint64 a, gint64 n1, gint64 b, gint64 n2);
double voc_fisher_mid_less(gint64 a, gint64 n1, gint64 b, gint64 n2);

/* Wilson's score interval of the share k / n; never leaves [0, 1]. */
VocInterval voc_wilson(gint64 k, gint64 n, double confidence);

/* Newcombe's hybrid score interval (1998, method 10) of the difference k1 / n1 - k2 / n2. */
VocInterval voc_newcombe(gint64 k1, gint64 n1, gint64 k2, gint64 n2, double confidence);

G_END_DECLS

#endif
