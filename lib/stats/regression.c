/* Normal equations, scaled to a unit diagonal, solved by Cholesky with the dependent columns left out. */
#include "stats/regression.h"

#include "stats/tails.h"

#include <math.h>

typedef struct Fit {
    const double *x, *y;
    gsize n, k, rank;
    double *scale;   /* 1 / length of each column */
    double *inverse; /* (X'X)^-1 of the scaled columns, k x k, zero rows for those left out */
    gboolean *kept;
} Fit;

static void
scale_columns(Fit *fit)
{
    for (gsize j = 0; j < fit->k; j++) {
        double square = 0;
        for (gsize i = 0; i < fit->n; i++)
            square += fit->x[i * fit->k + j] * fit->x[i * fit->k + j];
        fit->scale[j] = square > 0 ? 1 / sqrt(square) : 0;
    }
}

static void
gram(const Fit *fit, double *a)
{
    for (gsize i = 0; i < fit->n; i++) {
        const double *row = fit->x + i * fit->k;
        for (gsize p = 0; p < fit->k; p++) {
            if (row[p] == 0)
                continue;
            double left = row[p] * fit->scale[p];
            for (gsize q = 0; q <= p; q++)
                a[p * fit->k + q] += left * row[q] * fit->scale[q];
        }
    }
}

/* The lower factor in place; a pivot that has all but vanished marks its column as explained. */
static void
factor(Fit *fit, double *a)
{
    gsize k = fit->k;
    for (gsize j = 0; j < k; j++) {
        double pivot = a[j * k + j];
        for (gsize p = 0; p < j; p++)
            pivot -= a[j * k + p] * a[j * k + p];
        fit->kept[j] = pivot > 1e-9;
        fit->rank += fit->kept[j];
        double root = fit->kept[j] ? sqrt(pivot) : 0;
        for (gsize i = j; i < k; i++) {
            double sum = a[i * k + j];
            for (gsize p = 0; p < j; p++)
                sum -= a[i * k + p] * a[j * k + p];
            a[i * k + j] = root > 0 ? (i == j ? root : sum / root) : 0;
        }
    }
}

/* Columns of the inverse by forward and back substitution over the columns kept. */
static void
invert(Fit *fit, const double *l)
{
    gsize k = fit->k;
    g_autofree double *z = g_new(double, k);
    for (gsize c = 0; c < k; c++) {
        if (!fit->kept[c])
            continue;
        for (gsize i = 0; i < k; i++) {
            double sum = i == c ? 1 : 0;
            for (gsize p = 0; p < i; p++)
                sum -= l[i * k + p] * z[p];
            z[i] = fit->kept[i] ? sum / l[i * k + i] : 0;
        }
        for (gsize i = k; i-- > 0;) {
            double sum = z[i];
            for (gsize p = i + 1; p < k; p++)
                sum -= l[p * k + i] * z[p];
            z[i] = fit->kept[i] ? sum / l[i * k + i] : 0;
            fit->inverse[i * k + c] = z[i];
        }
    }
}

static void
solve(const Fit *fit, double *beta)
{
    gsize k = fit->k;
    g_autofree double *xy = g_new0(double, k);
    for (gsize i = 0; i < fit->n; i++)
        for (gsize j = 0; j < k; j++)
            xy[j] += fit->x[i * k + j] * fit->scale[j] * fit->y[i];
    for (gsize j = 0; j < k; j++) {
        beta[j] = 0;
        for (gsize p = 0; p < k; p++)
            beta[j] += fit->inverse[j * k + p] * xy[p];
    }
}

/* The middle of the sandwich, then its diagonal: variances of the scaled coefficients. */
static void
robust(const Fit *fit, const double *beta, VocRegressionErrors errors, double *variance)
{
    gsize k = fit->k;
    g_autofree double *u = g_new(double, k);
    for (gsize j = 0; j < k; j++)
        variance[j] = 0;
    for (gsize i = 0; i < fit->n; i++) {
        const double *row = fit->x + i * k;
        double residual = fit->y[i], leverage = 0;
        for (gsize j = 0; j < k; j++) {
            u[j] = 0;
            for (gsize p = 0; p < k; p++)
                u[j] += fit->inverse[j * k + p] * row[p] * fit->scale[p];
            residual -= beta[j] * row[j] * fit->scale[j];
            leverage += u[j] * row[j] * fit->scale[j];
        }
        if (errors == VOC_REGRESSION_HC3)
            residual = leverage < 1 - 1e-12 ? residual / (1 - leverage) : 0;
        for (gsize j = 0; j < k; j++)
            variance[j] += u[j] * u[j] * residual * residual;
    }
    double factor_hc1 = (double)fit->n / (double)(fit->n - fit->rank);
    for (gsize j = 0; j < k && errors == VOC_REGRESSION_HC1; j++)
        variance[j] *= factor_hc1;
}

static void
report(const Fit *fit, const double *beta, const double *variance, double confidence, VocCoefficient *out)
{
    double df = (double)(fit->n - fit->rank), critical = voc_t_critical(confidence, df);
    for (gsize j = 0; j < fit->k; j++) {
        if (!fit->kept[j]) {
            out[j] = (VocCoefficient){NAN, NAN, NAN, NAN, NAN, NAN};
            continue;
        }
        double value = beta[j] * fit->scale[j], se = sqrt(variance[j]) * fit->scale[j];
        double t = se > 0 ? value / se : NAN;
        out[j] = (VocCoefficient){
            value, se, t, voc_t_two_sided(t, df), value - critical * se, value + critical * se};
    }
}

gsize
voc_regression(const double *x, const double *y, gsize n, gsize k, VocRegressionErrors errors,
               double confidence, VocCoefficient *coefficients)
{
    g_autofree double *scale = g_new(double, k);
    g_autofree double *inverse = g_new0(double, k *k);
    g_autofree double *l = g_new0(double, k *k);
    g_autofree double *beta = g_new(double, k);
    g_autofree double *variance = g_new(double, k);
    g_autofree gboolean *kept = g_new(gboolean, k);
    Fit fit = {x, y, n, k, 0, scale, inverse, kept};

    scale_columns(&fit);
    gram(&fit, l);
    factor(&fit, l);
    if (fit.rank == 0 || n <= fit.rank)
        return 0;
    invert(&fit, l);
    solve(&fit, beta);
    robust(&fit, beta, errors, variance);
    report(&fit, beta, variance, confidence, coefficients);
    return fit.rank;
}
