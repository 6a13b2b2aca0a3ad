#include "lexicon/agreement.h"

#include <math.h>

#define SEED 20261121
#define CONFIDENCE 0.95

static void
count_labels(const VocJudged *texts, const guint32 *sample, gsize n, VocConfusion *labels)
{
    *labels = (VocConfusion){.n = 3};
    for (gsize i = 0; i < n; i++)
        voc_confusion_add(labels, texts[sample[i]].gold, texts[sample[i]].found);
}

static double
macro_f1(const void *data, const guint32 *sample, gsize n)
{
    VocConfusion labels;
    count_labels(data, sample, n, &labels);
    return voc_confusion_macro_f1(&labels);
}

static double
accuracy(const void *data, const guint32 *sample, gsize n)
{
    VocConfusion labels;
    count_labels(data, sample, n, &labels);
    return voc_confusion_accuracy(&labels);
}

static double
mcc(const void *data, const guint32 *sample, gsize n)
{
    VocConfusion labels;
    count_labels(data, sample, n, &labels);
    return voc_confusion_mcc(&labels);
}

static double
polarity(const void *data, const guint32 *sample, gsize n)
{
    const VocJudged *texts = data;
    double right = 0, all = 0;
    for (gsize i = 0; i < n; i++) {
        const VocJudged *text = &texts[sample[i]];
        if (text->gold == VOC_NEUTRAL)
            continue;
        all++;
        right += text->value == 0 ? 0.5 : (text->value > 0) == (text->gold == VOC_POSITIVE);
    }
    return all > 0 ? right / all : NAN;
}

static double
pearson(const void *data, const guint32 *sample, gsize n)
{
    const VocJudged *texts = data;
    g_autofree double *values = g_new(double, n + 1);
    g_autofree double *numbers = g_new(double, n + 1);
    gsize rated = 0;
    for (gsize i = 0; i < n; i++) {
        if (isnan(texts[sample[i]].number))
            continue;
        values[rated] = texts[sample[i]].value;
        numbers[rated++] = texts[sample[i]].number;
    }
    return voc_pearson(values, numbers, rated);
}

static void
measure(VocStatistic statistic, const VocJudged *texts, const guint32 *all, gsize n, guint rounds,
        VocFigure *figure)
{
    figure->value = n ? statistic(texts, all, n) : NAN;
    figure->interval = (VocInterval){NAN, NAN};
    if (rounds && !isnan(figure->value))
        figure->interval = voc_bootstrap(statistic, texts, n, rounds, SEED, CONFIDENCE);
}

void
voc_agreement(const VocJudged *texts, gsize n, guint rounds, VocAgreement *agreement)
{
    g_autofree guint32 *all = g_new(guint32, n + 1);
    gsize answered = 0;
    for (gsize i = 0; i < n; i++) {
        all[i] = (guint32)i;
        answered += texts[i].value != 0;
    }
    count_labels(texts, all, n, &agreement->labels);
    measure(macro_f1, texts, all, n, rounds, &agreement->macro_f1);
    measure(accuracy, texts, all, n, rounds, &agreement->accuracy);
    measure(mcc, texts, all, n, rounds, &agreement->mcc);
    measure(polarity, texts, all, n, rounds, &agreement->polarity);
    measure(pearson, texts, all, n, rounds, &agreement->pearson);
    agreement->coverage = n ? (double)answered / (double)n : NAN;
}
