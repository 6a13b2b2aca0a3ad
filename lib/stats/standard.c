#include "stats/standard.h"

#include <math.h>

VocStandardised
voc_standardise(const VocStratum *strata, gsize n)
{
    double total = 0, below = 0, above = 0;
    VocStandardised sum = {0};
    for (gsize i = 0; i < n; i++)
        total += strata[i].weight;
    for (gsize i = 0; i < n; i++) {
        const VocStratum *s = &strata[i];
        double share = s->weight / total;
        if (!(share > 0))
            continue;
        sum.value += share * s->value;
        sum.variance += share * share * s->variance;
        below += share * share * (s->value - s->interval.low) * (s->value - s->interval.low);
        above += share * share * (s->interval.high - s->value) * (s->interval.high - s->value);
    }
    if (!(total > 0))
        return (VocStandardised){NAN, NAN, {NAN, NAN}};
    sum.interval = (VocInterval){sum.value - sqrt(below), sum.value + sqrt(above)};
    return sum;
}

VocStratum
voc_stratum_share(gint64 k, gint64 n, double weight, double confidence)
{
    double share = n > 0 ? (double)k / (double)n : NAN;
    VocStratum stratum = {weight, share, share * (1 - share) / (double)n, {NAN, NAN}};
    if (n > 0)
        stratum.interval = voc_wilson(k, n, confidence);
    return stratum;
}

VocStratum
voc_stratum_mean(double mean, double variance, gint64 n, double weight, double confidence)
{
    if (n < 2)
        return (VocStratum){weight, NAN, NAN, {NAN, NAN}};
    double of_mean = variance / (double)n;
    double margin = voc_t_critical(confidence, (double)(n - 1)) * sqrt(of_mean);
    return (VocStratum){weight, mean, of_mean, {mean - margin, mean + margin}};
}

VocStratum
voc_stratum_nps(double promoters, double detractors, double n, double weight, double confidence)
{
    if (!(n > 0))
        return (VocStratum){weight, NAN, NAN, {NAN, NAN}};
    double value = 100 * (promoters - detractors) / n, more = n + 3;
    double p = (promoters + 0.75) / more, d = (detractors + 0.75) / more;
    double variance = 1e4 * (p + d - (p - d) * (p - d)) / more;
    double centre = 100 * (p - d), margin = voc_normal_critical(confidence) * sqrt(variance);
    return (VocStratum){weight,
                        value,
                        variance,
                        {MAX(-100, MIN(value, centre - margin)), MIN(100, MAX(value, centre + margin))}};
}

void
voc_strata_pool(VocStratum *a, gint64 k_a, gint64 n_a, VocStratum *b, gint64 k_b, gint64 n_b)
{
    double share = (double)(k_a + k_b) / (double)(n_a + n_b);
    a->variance = share * (1 - share) / (double)n_a;
    b->variance = share * (1 - share) / (double)n_b;
}

VocStandardDifference
voc_standard_difference(const VocStandardised *a, const VocStandardised *b)
{
    VocStandardDifference d = {.value = a->value - b->value};
    double below = a->value - a->interval.low, above = a->interval.high - a->value;
    double other_below = b->value - b->interval.low, other_above = b->interval.high - b->value;
    d.interval.low = d.value - sqrt(below * below + other_above * other_above);
    d.interval.high = d.value + sqrt(above * above + other_below * other_below);
    double variance = a->variance + b->variance;
    d.p = variance > 0 ? voc_normal_two_sided(d.value / sqrt(variance)) : NAN;
    return d;
}
