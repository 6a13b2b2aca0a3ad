/* The minimum of a smooth function of many variables. */
#ifndef VOC_STATS_MINIMISE_H
#define VOC_STATS_MINIMISE_H

#include <glib.h>

G_BEGIN_DECLS

/* The function at x (n values); puts its gradient into `gradient` (n values). */
typedef double (*VocObjective)(void *data, const double *x, double *gradient, gsize n);

/* Walks from `x` to a minimum of `objective` and leaves it in `x`: limited-memory BFGS (Nocedal 1980, Liu and
 * Nocedal 1989) with steps halved until they
 * satisfy Armijo's condition. Stops after `rounds`
 * or when the value falls by less than `tolerance` of itself. Returns the value reached. No randomness: the
 * same input gives the same output. */
double voc_minimise(VocObjective objective, void *data, double *x, gsize n, guint rounds, double tolerance);

G_END_DECLS

#endif
