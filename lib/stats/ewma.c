#include "stats/ewma.h"

#include <math.h>

void
voc_ewma(const double *x, gsize n, double centre, double sigma, double lambda, double width,
         VocEwmaPoint *points)
{
    double z = centre, decay = 1;
    for (gsize i = 0; i < n; i++) {
        if (!isnan(x[i])) {
            z = lambda * x[i] + (1 - lambda) * z;
            decay *= (1 - lambda) * (1 - lambda);
        }
        double half = width * sigma * sqrt(lambda / (2 - lambda) * (1 - decay));
        points[i] = (VocEwmaPoint){z, centre - half, centre + half};
    }
}
