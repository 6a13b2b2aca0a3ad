#include "stats/accuracy.h"

#include <math.h>
#include <stdlib.h>

gint64
voc_confusion_gold(const VocConfusion *confusion, guint class)
{
    gint64 sum = 0;
    for (guint i = 0; i < confusion->n; i++)
        sum += confusion->count[class][i];
    return sum;
}

gint64
voc_confusion_predicted(const VocConfusion *confusion, guint class)
{
    gint64 sum = 0;
    for (guint i = 0; i < confusion->n; i++)
        sum += confusion->count[i][class];
    return sum;
}

gint64
voc_confusion_total(const VocConfusion *confusion)
{
    gint64 sum = 0;
    for (guint i = 0; i < confusion->n; i++)
        sum += voc_confusion_gold(confusion, i);
    return sum;
}

static gint64
right(const VocConfusion *confusion)
{
    gint64 sum = 0;
    for (guint i = 0; i < confusion->n; i++)
        sum += confusion->count[i][i];
    return sum;
}

static double
share(gint64 part, gint64 whole)
{
    return whole ? (double)part / (double)whole : NAN;
}

double
voc_confusion_accuracy(const VocConfusion *confusion)
{
    return share(right(confusion), voc_confusion_total(confusion));
}

double
voc_confusion_precision(const VocConfusion *confusion, guint class)
{
    return share(confusion->count[class][class], voc_confusion_predicted(confusion, class));
}

double
voc_confusion_recall(const VocConfusion *confusion, guint class)
{
    return share(confusion->count[class][class], voc_confusion_gold(confusion, class));
}

double
voc_confusion_f1(const VocConfusion *confusion, guint class)
{
    gint64 named = voc_confusion_gold(confusion, class) + voc_confusion_predicted(confusion, class);
    return named ? 2 * (double)confusion->count[class][class] / (double)named : 0;
}

double
voc_confusion_macro_f1(const VocConfusion *confusion)
{
    double sum = 0;
    guint classes = 0;
    for (guint i = 0; i < confusion->n; i++) {
        if (!voc_confusion_gold(confusion, i) && !voc_confusion_predicted(confusion, i))
            continue;
        sum += voc_confusion_f1(confusion, i);
        classes++;
    }
    return classes ? sum / classes : NAN;
}

double
voc_confusion_mcc(const VocConfusion *confusion)
{
    double total = (double)voc_confusion_total(confusion), both = 0, gold = 0, predicted = 0;
    if (total == 0)
        return NAN;
    for (guint i = 0; i < confusion->n; i++) {
        double g = (double)voc_confusion_gold(confusion, i);
        double p = (double)voc_confusion_predicted(confusion, i);
        both += g * p;
        gold += g * g;
        predicted += p * p;
    }
    double spread = sqrt(total * total - gold) * sqrt(total * total - predicted);
    return spread > 0 ? ((double)right(confusion) * total - both) / spread : 0;
}

double
voc_confusion_kappa(const VocConfusion *confusion)
{
    double total = (double)voc_confusion_total(confusion), chance = 0;
    if (total == 0)
        return NAN;
    for (guint i = 0; i < confusion->n; i++)
        chance += (double)voc_confusion_gold(confusion, i) / total *
                  (double)voc_confusion_predicted(confusion, i) / total;
    return chance < 1 ? ((double)right(confusion) / total - chance) / (1 - chance) : NAN;
}

double
voc_pearson(const double *x, const double *y, gsize n)
{
    double mean_x = 0, mean_y = 0, xx = 0, yy = 0, xy = 0;
    for (gsize i = 0; i < n; i++) {
        mean_x += x[i];
        mean_y += y[i];
    }
    mean_x /= (double)n;
    mean_y /= (double)n;
    for (gsize i = 0; i < n; i++) {
        double dx = x[i] - mean_x, dy = y[i] - mean_y;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
    }
    return xx > 0 && yy > 0 ? xy / sqrt(xx) / sqrt(yy) : NAN;
}

/* SplitMix64 (Steele, Lea, Flood 2014): any seed will do. */
static guint64
next_random(guint64 *state)
{
    guint64 z = *state += G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static int
by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;
    return (left > right) - (left < right);
}

/* The quantile of sorted values, interpolated (Hyndman and Fan's type 7, as NumPy and R do). */
static double
quantile(const double *sorted, guint n, double p)
{
    double at = p * (n - 1);
    guint below = (guint)at;
    double part = at - below;
    return below + 1 < n ? sorted[below] * (1 - part) + sorted[below + 1] * part : sorted[n - 1];
}

VocInterval
voc_bootstrap(VocStatistic statistic, const void *data, gsize n, guint rounds, guint64 seed,
              double confidence)
{
    VocInterval interval = {NAN, NAN};
    if (n == 0 || n > G_MAXUINT32)
        return interval;
    g_autofree guint32 *sample = g_new(guint32, n);
    g_autofree double *values = g_new(double, MAX(rounds, 1));
    guint found = 0;
    for (guint round = 0; round < rounds; round++) {
        for (gsize i = 0; i < n; i++)
            sample[i] = (guint32)(((next_random(&seed) >> 32) * n) >> 32);
        double value = statistic(data, sample, n);
        if (!isnan(value))
            values[found++] = value;
    }
    if (!found)
        return interval;
    qsort(values, found, sizeof *values, by_value);
    interval.low = quantile(values, found, (1 - confidence) / 2);
    interval.high = quantile(values, found, (1 + confidence) / 2);
    return interval;
}
