/* The two special functions behind every exact tail. */
#ifndef VOC_STATS_SPECIAL_H
#define VOC_STATS_SPECIAL_H

#include <glib.h>

G_BEGIN_DECLS

/* ln of the gamma function for x > 0, safe from any thread (lgamma() writes a global). */
double voc_log_gamma(double x);

/* ln of n over k. */
double voc_log_choose(double n, double k);

/* Regularised incomplete gamma: P(a, x) and Q(a, x) = 1 - P, for a > 0 and x >= 0. */
double voc_gamma_p(double a, double x);
double voc_gamma_q(double a, double x);

/* Regularised incomplete beta I_x(a, b), for a, b > 0 and x in [0, 1]. */
double voc_beta_i(double a, double b, double x);

G_END_DECLS

#endif
