#include "stats/tails.h"

#include "stats/special.h"

#include <math.h>

#define NOTHING ((VocInterval){NAN, NAN})

double
voc_normal_cdf(double z)
{
    return 0.5 * erfc(-z * G_SQRT2 / 2);
}

double
voc_normal_tail(double z)
{
    return 0.5 * erfc(z * G_SQRT2 / 2);
}

double
voc_normal_two_sided(double z)
{
    return erfc(fabs(z) * G_SQRT2 / 2);
}

/* num[7] over den[7] as polynomials of r, the constant first. */
static double
rational(const double num[8], const double den[8], double r)
{
    double p = num[7], q = den[7];
    for (int i = 6; i >= 0; i--) {
        p = p * r + num[i];
        q = q * r + den[i];
    }
    return p / q;
}

double
voc_normal_quantile(double p)
{
    static const double a[8] = {3.3871328727963666080e0,  1.3314166789178437745e+2, 1.9715909503065514427e+3,
                                1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
                                3.3430575583588128105e+4, 2.5090809287301226727e+3};
    static const double b[8] = {1.0,
                                4.2313330701600911252e+1,
                                6.8718700749205790830e+2,
                                5.3941960214247511077e+3,
                                2.1213794301586595867e+4,
                                3.9307895800092710610e+4,
                                2.8729085735721942674e+4,
                                5.2264952788528545610e+3};
    static const double c[8] = {1.42343711074968357734e0,  4.63033784615654529590e0,
                                5.76949722146069140550e0,  3.64784832476320460504e0,
                                1.27045825245236838258e0,  2.41780725177450611770e-1,
                                2.27238449892691845833e-2, 7.74545014278341407640e-4};
    static const double d[8] = {1.0,
                                2.05319162663775882187e0,
                                1.67638483018380384940e0,
                                6.89767334985100004550e-1,
                                1.48103976427480074590e-1,
                                1.51986665636164571966e-2,
                                5.47593808499534494600e-4,
                                1.05075007164441684324e-9};
    static const double e[8] = {6.65790464350110377720e0,  5.46378491116411436990e0,
                                1.78482653991729133580e0,  2.96560571828504891230e-1,
                                2.65321895265761230930e-2, 1.24266094738807843860e-3,
                                2.71155556874348757815e-5, 2.01033439929228813265e-7};
    static const double f[8] = {1.0,
                                5.99832206555887937690e-1,
                                1.36929880922735805310e-1,
                                1.48753612908506148525e-2,
                                7.86869131145613259100e-4,
                                1.84631831751005468180e-5,
                                1.42151175831644588870e-7,
                                2.04426310338993978564e-15};
    if (!(p >= 0) || !(p <= 1))
        return NAN;
    if (p == 0 || p == 1)
        return p == 0 ? -INFINITY : INFINITY;
    double q = p - 0.5;
    if (fabs(q) <= 0.425)
        return q * rational(a, b, 0.180625 - q * q);
    double r = sqrt(-log(q < 0 ? p : 1 - p));
    double z = r <= 5 ? rational(c, d, r - 1.6) : rational(e, f, r - 5);
    return q < 0 ? -z : z;
}

double
voc_normal_critical(double confidence)
{
    return -voc_normal_quantile((1 - confidence) / 2);
}

double
voc_t_two_sided(double t, double df)
{
    if (!(df > 0) || isnan(t))
        return NAN;
    if (isinf(t))
        return 0;
    return voc_beta_i(df / 2, 0.5, df / (df + t * t));
}

double
voc_t_tail(double t, double df)
{
    double both = voc_t_two_sided(t, df);
    return t > 0 ? both / 2 : 1 - both / 2;
}

double
voc_t_critical(double confidence, double df)
{
    double alpha = 1 - confidence;
    if (!(df > 0) || !(alpha > 0) || !(alpha < 1))
        return NAN;
    double low = 0, high = 1;
    while (voc_t_two_sided(high, df) > alpha && high < 1e300)
        high *= 2;
    for (int i = 0; i < 200 && high - low > high * 1e-15; i++) {
        double mid = low + (high - low) / 2;
        if (voc_t_two_sided(mid, df) > alpha)
            low = mid;
        else
            high = mid;
    }
    return low + (high - low) / 2;
}

double
voc_chi_squared_tail(double x, double df)
{
    return voc_gamma_q(df / 2, x / 2);
}

double
voc_poisson_upper(gint64 k, double mu)
{
    if (!(mu >= 0))
        return NAN;
    if (k <= 0)
        return 1;
    return voc_gamma_p((double)k, mu);
}

double
voc_poisson_lower(gint64 k, double mu)
{
    if (!(mu >= 0))
        return NAN;
    if (k < 0)
        return 0;
    return voc_gamma_q((double)k + 1, mu);
}

double
voc_binomial_upper(gint64 k, gint64 n, double p)
{
    if (n < 0 || !(p >= 0) || !(p <= 1))
        return NAN;
    if (k <= 0)
        return 1;
    if (k > n)
        return 0;
    return voc_beta_i((double)k, (double)(n - k) + 1, p);
}

double
voc_binomial_lower(gint64 k, gint64 n, double p)
{
    if (n < 0 || !(p >= 0) || !(p <= 1))
        return NAN;
    if (k < 0)
        return 0;
    if (k >= n)
        return 1;
    return voc_beta_i((double)(n - k), (double)k + 1, 1 - p);
}

double
voc_rate_upper(gint64 k1, double t1, gint64 k0, double t0)
{
    if (!(t1 > 0) || !(t0 > 0))
        return NAN;
    return voc_binomial_upper(k1, k0 + k1, t1 / (t0 + t1));
}

double
voc_rate_lower(gint64 k1, double t1, gint64 k0, double t0)
{
    if (!(t1 > 0) || !(t0 > 0))
        return NAN;
    return voc_binomial_lower(k1, k0 + k1, t1 / (t0 + t1));
}

/* A 2 x 2 table with its margins: x of `row` draws are among the `marked` of `total`. */
typedef struct Table {
    double marked, total, row;
    gint64 least, most;
} Table;

static gboolean
table_init(Table *table, gint64 a, gint64 n1, gint64 b, gint64 n2)
{
    if (a < 0 || b < 0 || a > n1 || b > n2)
        return FALSE;
    *table = (Table){(double)(a + b), (double)(n1 + n2), (double)n1, MAX(0, a + b - n2), MIN(a + b, n1)};
    return TRUE;
}

static double
table_log_p(const Table *t, gint64 x)
{
    double k = (double)x;
    return voc_log_choose(t->marked, k) + voc_log_choose(t->total - t->marked, t->row - k) -
           voc_log_choose(t->total, t->row);
}

/* Sum of the tables from x on in steps of `step`, by the ratio of neighbours. */
static double
table_sum(const Table *t, gint64 from, int step)
{
    if (from < t->least || from > t->most)
        return 0;
    double term = 1, sum = 0;
    for (gint64 x = from; x >= t->least && x <= t->most; x += step) {
        sum += term;
        double k = (double)x;
        if (step > 0)
            term *= (t->marked - k) * (t->row - k) / ((k + 1) * (t->total - t->marked - t->row + k + 1));
        else
            term *= k * (t->total - t->marked - t->row + k) / ((t->marked - k + 1) * (t->row - k + 1));
    }
    return MIN(1, sum * exp(table_log_p(t, from)));
}

double
voc_fisher_greater(gint64 a, gint64 n1, gint64 b, gint64 n2)
{
    Table t;
    return table_init(&t, a, n1, b, n2) ? table_sum(&t, a, 1) : NAN;
}

double
voc_fisher_less(gint64 a, gint64 n1, gint64 b, gint64 n2)
{
    Table t;
    return table_init(&t, a, n1, b, n2) ? table_sum(&t, a, -1) : NAN;
}

double
voc_fisher_mid_greater(gint64 a, gint64 n1, gint64 b, gint64 n2)
{
    double with = voc_fisher_greater(a, n1, b, n2);
    double without = a < n1 && b > 0 ? voc_fisher_greater(a + 1, n1, b - 1, n2) : 0;
    return (with + without) / 2;
}

double
voc_fisher_mid_less(gint64 a, gint64 n1, gint64 b, gint64 n2)
{
    double with = voc_fisher_less(a, n1, b, n2);
    double without = a > 0 && b < n2 ? voc_fisher_less(a - 1, n1, b + 1, n2) : 0;
    return (with + without) / 2;
}

double
voc_fisher_two_sided(gint64 a, gint64 n1, gint64 b, gint64 n2)
{
    Table t;
    if (!table_init(&t, a, n1, b, n2))
        return NAN;
    /* The distribution has one peak: the other tail starts where the tables are no likelier than this one. */
    double here = table_log_p(&t, a) + 1e-7;
    double mode = floor((t.row + 1) * (t.marked + 1) / (t.total + 2));
    gboolean above = (double)a >= mode;
    gint64 low = above ? t.least : (gint64)mode, high = above ? (gint64)mode : t.most;
    /* The last x on the far side that is still no likelier, by bisection. */
    gint64 found = above ? t.least - 1 : t.most + 1;
    while (low <= high) {
        gint64 mid = low + (high - low) / 2;
        if (table_log_p(&t, mid) <= here) {
            found = mid;
            if (above)
                low = mid + 1;
            else
                high = mid - 1;
        } else if (above) {
            high = mid - 1;
        } else {
            low = mid + 1;
        }
    }
    double near = table_sum(&t, a, above ? 1 : -1);
    if (found == a || (above && found > a) || (!above && found < a))
        return 1;
    return MIN(1, near + table_sum(&t, found, above ? -1 : 1));
}

VocInterval
voc_wilson(gint64 k, gint64 n, double confidence)
{
    if (n <= 0 || k < 0 || k > n)
        return NOTHING;
    double z = voc_normal_critical(confidence), size = (double)n, p = (double)k / size, zz = z * z;
    double centre = (p + zz / (2 * size)) / (1 + zz / size);
    double half = z / (1 + zz / size) * sqrt(p * (1 - p) / size + zz / (4 * size * size));
    return (VocInterval){k == 0 ? 0 : MAX(0, centre - half), k == n ? 1 : MIN(1, centre + half)};
}

VocInterval
voc_newcombe(gint64 k1, gint64 n1, gint64 k2, gint64 n2, double confidence)
{
    if (n1 <= 0 || n2 <= 0 || k1 < 0 || k2 < 0 || k1 > n1 || k2 > n2)
        return NOTHING;
    VocInterval a = voc_wilson(k1, n1, confidence), b = voc_wilson(k2, n2, confidence);
    double p1 = (double)k1 / (double)n1, p2 = (double)k2 / (double)n2, d = p1 - p2;
    return (VocInterval){d - hypot(p1 - a.low, b.high - p2), d + hypot(a.high - p1, p2 - b.low)};
}
