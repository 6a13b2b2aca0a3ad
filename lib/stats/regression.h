/* Ordinary least squares with errors that stand unequal variances, for small models (tens of columns). */
#ifndef VOC_STATS_REGRESSION_H
#define VOC_STATS_REGRESSION_H

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
    VOC_REGRESSION_HC1, /* White's errors times n / (n - k) */
    VOC_REGRESSION_HC3, /* residuals over (1 - leverage), better in small samples (MacKinnon and White 1985)
                         */
} VocRegressionErrors;

typedef struct VocCoefficient {
    double value;
    double se;
    double t;
    double p;   /* two-sided, Student's t with n - rank degrees of freedom */
    double low; /* the interval */
    double high;
} VocCoefficient;

/* Fits y (n values) on the columns of x (n rows of k, row by row; put a column of ones there for the
 * intercept). A column that the ones before it explain (to a relative 1e-9) is left out and gets NaN in every
 * field. Returns the rank, or 0 when there are not more rows than that. `coefficients` holds k. */
gsize voc_regression(const double *x, const double *y, gsize n, gsize k, VocRegressionErrors errors,
                     double confidence, VocCoefficient *coefficients);

G_END_DECLS

#endif
