#include "stats/nps.h"

#include <math.h>

int
voc_nps_sign(double rating)
{
    return rating >= 9 ? 1 : rating <= 6 ? -1 : 0;
}

void
voc_nps_add(VocNps *nps, double rating)
{
    int sign = voc_nps_sign(rating);
    nps->n++;
    nps->promoters += sign > 0;
    nps->detractors += sign < 0;
}

void
voc_nps_merge(VocNps *nps, const VocNps *other)
{
    nps->n += other->n;
    nps->promoters += other->promoters;
    nps->detractors += other->detractors;
}

double
voc_nps_score(const VocNps *nps)
{
    return nps->n > 0 ? 100.0 * (double)(nps->promoters - nps->detractors) / (double)nps->n : NAN;
}

double
voc_nps_se(const VocNps *nps)
{
    if (nps->n <= 0)
        return NAN;
    double n = (double)nps->n, p = (double)nps->promoters / n, d = (double)nps->detractors / n;
    return 100 * sqrt(MAX(0, p + d - (p - d) * (p - d)) / n);
}

double
voc_nps_margin(const VocNps *nps, double confidence)
{
    return nps->n > 1 ? voc_normal_critical(confidence) * voc_nps_se(nps) : NAN;
}

double
voc_nps_difference_z(const VocNps *before, const VocNps *after)
{
    if (before->n < 2 || after->n < 2)
        return NAN;
    double se = hypot(voc_nps_se(before), voc_nps_se(after));
    return se > 0 ? (voc_nps_score(after) - voc_nps_score(before)) / se : NAN;
}

void
voc_moments_add(VocMoments *moments, double value)
{
    moments->n++;
    moments->sum += value;
    moments->squares += value * value;
}

void
voc_moments_merge(VocMoments *moments, const VocMoments *other)
{
    moments->n += other->n;
    moments->sum += other->sum;
    moments->squares += other->squares;
}

double
voc_moments_mean(const VocMoments *moments)
{
    return moments->n > 0 ? moments->sum / (double)moments->n : NAN;
}

double
voc_moments_variance(const VocMoments *moments)
{
    if (moments->n < 2)
        return NAN;
    double n = (double)moments->n;
    return MAX(0, (moments->squares - moments->sum * moments->sum / n) / (n - 1));
}

double
voc_moments_margin(const VocMoments *moments, double confidence)
{
    if (moments->n < 2)
        return NAN;
    double n = (double)moments->n;
    return voc_t_critical(confidence, n - 1) * sqrt(voc_moments_variance(moments) / n);
}

gboolean
voc_moments_difference(const VocMoments *before, const VocMoments *after, double *t, double *p)
{
    if (before->n < 2 || after->n < 2)
        return FALSE;
    double n0 = (double)before->n, n1 = (double)after->n;
    double v0 = voc_moments_variance(before) / n0, v1 = voc_moments_variance(after) / n1;
    if (!(v0 + v1 > 0))
        return FALSE;
    double stat = (voc_moments_mean(after) - voc_moments_mean(before)) / sqrt(v0 + v1);
    double df = (v0 + v1) * (v0 + v1) / (v0 * v0 / (n0 - 1) + v1 * v1 / (n1 - 1));
    if (t)
        *t = stat;
    if (p)
        *p = voc_t_two_sided(stat, df);
    return TRUE;
}
