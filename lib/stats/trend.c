#include "stats/trend.h"

#include <math.h>

/* How unlikely the baseline's variation must be by chance before it counts as its own: to allow for noise in
 * the dispersion would cost power where there is none. */
#define DISPERSED 0.02

static double
dispersion(const gint64 *ks, const gint64 *ns, gsize periods, double share, gsize *used)
{
    double chi = 0;
    *used = 0;
    if (!(share > 0) || !(share < 1))
        return 1;
    for (gsize i = 0; i < periods; i++) {
        if (ns[i] == 0)
            continue;
        double n = (double)ns[i], off = (double)ks[i] - n * share;
        chi += off * off / (n * share * (1 - share));
        (*used)++;
    }
    if (*used < VOC_TREND_MIN_PERIODS || voc_chi_squared_tail(chi, (double)*used - 1) > DISPERSED)
        return 1;
    return MAX(1, chi / (double)(*used - 1));
}

/* Wilson's interval for counts that need not be whole. */
static VocInterval
wilson(double share, double n, double z)
{
    double zz = z * z, centre = (share + zz / (2 * n)) / (1 + zz / n);
    double half = z / (1 + zz / n) * sqrt(share * (1 - share) / n + zz / (4 * n * n));
    return (VocInterval){share > 0 ? MAX(0, centre - half) : 0, share < 1 ? MIN(1, centre + half) : 1};
}

void
voc_trend_share(gint64 k, gint64 n, const gint64 *ks, const gint64 *ns, gsize periods, double confidence,
                VocTrend *trend)
{
    gint64 k0 = 0, n0 = 0;
    for (gsize i = 0; i < periods; i++) {
        k0 += ks[i];
        n0 += ns[i];
    }
    *trend = (VocTrend){NAN, NAN, NAN, {NAN, NAN}, 1, NAN, NAN, NAN};
    if (n > 0)
        trend->now = (double)k / (double)n;
    if (n0 > 0)
        trend->usual = (double)k0 / (double)n0;
    if (n <= 0 || n0 <= 0)
        return;
    gsize used;
    double phi = dispersion(ks, ns, periods, trend->usual, &used);
    trend->dispersion = phi;
    trend->change = trend->now - trend->usual;
    double z = voc_normal_critical(confidence);
    VocInterval a = wilson(trend->now, (double)n / phi, z), b = wilson(trend->usual, (double)n0 / phi, z);
    trend->interval.low = trend->change - hypot(trend->now - a.low, b.high - trend->usual);
    trend->interval.high = trend->change + hypot(a.high - trend->now, trend->usual - b.low);
    trend->p_rise = voc_fisher_mid_greater(k, n, k0, n0);
    trend->p_fall = voc_fisher_mid_less(k, n, k0, n0);
    if (phi > 1) {
        double pooled = (double)(k + k0) / (double)(n + n0);
        double se = sqrt(phi * pooled * (1 - pooled) * (1 / (double)n + 1 / (double)n0));
        trend->p_rise = MAX(trend->p_rise, voc_t_tail(trend->change / se, (double)used - 1));
        trend->p_fall = MAX(trend->p_fall, voc_t_tail(-trend->change / se, (double)used - 1));
    }
    trend->p = MIN(1, 2 * MIN(trend->p_rise, trend->p_fall));
}

double
voc_trend_slope_z(const gint64 *ks, const gint64 *ns, gsize periods, gboolean allow)
{
    double n = 0, k = 0, nx = 0, nxx = 0, kx = 0;
    for (gsize i = 0; i < periods; i++) {
        double x = (double)i, size = (double)ns[i], hits = (double)ks[i];
        n += size;
        k += hits;
        nx += size * x;
        nxx += size * x * x;
        kx += hits * x;
    }
    if (n <= 0)
        return NAN;
    double share = k / n, spread = nxx - nx * nx / n;
    double variance = share * (1 - share) * spread;
    if (!(variance > 0))
        return NAN;
    double covariance = kx - share * nx, phi = 1;
    if (allow && periods >= 4) {
        double slope = covariance / spread, chi = 0;
        for (gsize i = 0; i < periods; i++) {
            double size = (double)ns[i], off = (double)ks[i] - size * (share + slope * ((double)i - nx / n));
            chi += size > 0 ? off * off / (size * share * (1 - share)) : 0;
        }
        if (voc_chi_squared_tail(chi, (double)periods - 2) <= DISPERSED)
            phi = MAX(1, chi / (double)(periods - 2));
    }
    return covariance / sqrt(variance * phi);
}

VocInterval
voc_trend_expected_count(const gint64 *counts, gsize periods, double confidence)
{
    if (periods < 3)
        return (VocInterval){NAN, NAN};
    double n = (double)periods, sum = 0, squares = 0;
    for (gsize i = 0; i < periods; i++)
        sum += (double)counts[i];
    for (gsize i = 0; i < periods; i++)
        squares += ((double)counts[i] - sum / n) * ((double)counts[i] - sum / n);
    double half = voc_t_critical(confidence, n - 1) * sqrt(squares / (n - 1)) * sqrt(1 + 1 / n);
    return (VocInterval){MAX(0, sum / n - half), sum / n + half};
}
