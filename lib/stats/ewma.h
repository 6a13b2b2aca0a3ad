/* The exponentially weighted moving average chart (Roberts 1959): slow drifts that no single week shows. */
#ifndef VOC_STATS_EWMA_H
#define VOC_STATS_EWMA_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct VocEwmaPoint {
    double value; /* z_i = lambda x_i + (1 - lambda) z_(i-1), z_0 = centre */
    double low;   /* limits: centre -+ width sigma sqrt(lambda / (2 - lambda) (1 - (1 - lambda)^(2i))) */
    double high;
} VocEwmaPoint;

/* Charts `x` around `centre` with each x's standard deviation `sigma` (known or from the baseline). lambda in
 * (0, 1], usually 0.2; width in standard deviations, usually 2.7 to 3. An x that is NaN (an empty week)
 * leaves z as it was. */
void voc_ewma(const double *x, gsize n, double centre, double sigma, double lambda, double width,
              VocEwmaPoint *points);

G_END_DECLS

#endif
