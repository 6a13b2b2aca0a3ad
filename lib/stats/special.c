/* Series and continued fractions as in Abramowitz and Stegun 6.5.29, 6.5.31 and 26.5.8, the fractions
 * evaluated by Lentz's method. */
#include "stats/special.h"

#include <float.h>
#include <math.h>

#define MAX_STEPS 1000000
#define TINY 1e-300

double
voc_log_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign);
}

double
voc_log_choose(double n, double k)
{
    return voc_log_gamma(n + 1) - voc_log_gamma(k + 1) - voc_log_gamma(n - k + 1);
}

/* ln(x / centre) - (x - centre) / centre without cancellation when the two are close. */
static double
log_minus(double x, double centre)
{
    double d = (x - centre) / centre;
    if (fabs(d) > 0.3)
        return log(x / centre) - d;
    double sum = 0, power = d;
    for (int i = 2; i < 200; i++) {
        power *= -d;
        double term = power / i;
        sum += term;
        if (fabs(term) < fabs(sum) * DBL_EPSILON)
            break;
    }
    return sum;
}

/* ln(x! / (sqrt(2 pi x) (x / e)^x)): what Stirling's formula leaves over (Loader 2000). */
static double
stirling_rest(double x)
{
    if (x < 16)
        return voc_log_gamma(x + 1) - (x + 0.5) * log(x) + x - 0.918938533204672741780329736406;
    double xx = x * x;
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - (1.0 / 1680 - 1.0 / 1188 / xx) / xx) / xx) / xx) / x;
}

/* x^a e^-x / Gamma(a + 1), by the saddle point so that large counts keep their digits. */
static double
gamma_front(double a, double x)
{
    if (a < 1)
        return exp(a * log(x) - x - voc_log_gamma(a + 1));
    return exp(a * log_minus(x, a) - stirling_rest(a)) / sqrt(2 * G_PI * a);
}

static double
gamma_series(double a, double x)
{
    double term = 1, sum = 1;
    for (int i = 1; i < MAX_STEPS; i++) {
        term *= x / (a + i);
        sum += term;
        if (term < sum * DBL_EPSILON)
            break;
    }
    return sum * gamma_front(a, x);
}

static double
gamma_fraction(double a, double x)
{
    double b = x + 1 - a, c = 1 / TINY, d = 1 / b, h = d;
    for (int i = 1; i < MAX_STEPS; i++) {
        double an = -i * (i - a);
        b += 2;
        d = an * d + b;
        d = 1 / (fabs(d) < TINY ? TINY : d);
        c = b + an / c;
        c = fabs(c) < TINY ? TINY : c;
        h *= d * c;
        if (fabs(d * c - 1) < DBL_EPSILON)
            break;
    }
    return h * a * gamma_front(a, x);
}

double
voc_gamma_p(double a, double x)
{
    if (!(a > 0) || !(x >= 0))
        return NAN;
    if (x == 0)
        return 0;
    return x < a + 1 ? gamma_series(a, x) : 1 - gamma_fraction(a, x);
}

double
voc_gamma_q(double a, double x)
{
    if (!(a > 0) || !(x >= 0))
        return NAN;
    if (x == 0)
        return 1;
    return x < a + 1 ? 1 - gamma_series(a, x) : gamma_fraction(a, x);
}

/* x^a (1 - x)^b / B(a, b), again by the saddle point when both are large. */
static double
beta_front(double a, double b, double x)
{
    if (a < 10 || b < 10)
        return exp(voc_log_gamma(a + b) - voc_log_gamma(a) - voc_log_gamma(b) + a * log(x) + b * log1p(-x));
    double n = a + b, p = a / n, q = b / n;
    double log_ratio = a * log_minus(x, p) + b * log_minus(1 - x, q);
    double rest = stirling_rest(n) - stirling_rest(a) - stirling_rest(b);
    return exp(log_ratio + rest) * sqrt(a * b / n / (2 * G_PI));
}

static double
beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 - (a + b) * x / (a + 1);
    d = 1 / (fabs(d) < TINY ? TINY : d);
    double h = d;
    for (int m = 1; m < MAX_STEPS; m++) {
        double step = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        for (int half = 0; half < 2; half++) {
            d = 1 + step * d;
            d = 1 / (fabs(d) < TINY ? TINY : d);
            c = 1 + step / c;
            c = fabs(c) < TINY ? TINY : c;
            h *= d * c;
            if (half == 1 && fabs(d * c - 1) < DBL_EPSILON)
                return h;
            step = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        }
    }
    return h;
}

double
voc_beta_i(double a, double b, double x)
{
    if (!(a > 0) || !(b > 0) || !(x >= 0) || !(x <= 1))
        return NAN;
    if (x == 0 || x == 1)
        return x;
    if (x < (a + 1) / (a + b + 2))
        return beta_front(a, b, x) * beta_fraction(a, b, x) / a;
    return 1 - beta_front(b, a, 1 - x) * beta_fraction(b, a, 1 - x) / b;
}
