/* How well labels or values agree with gold ones: confusion, precision and recall, correlation, and how sure
 * one can be of them.
 *
 * Pure functions; a figure that the counts do not define is NaN, but for F1, which is 0 for a class that
 * nobody ever named. */
#ifndef VOC_STATS_ACCURACY_H
#define VOC_STATS_ACCURACY_H

#include "stats/tails.h"

G_BEGIN_DECLS

#define VOC_CLASSES_MAX 8

/* Counts of gold class (row) against predicted class (column). Zero it, and set `n`. */
typedef struct VocConfusion {
    guint n; /* classes, 2 to VOC_CLASSES_MAX */
    gint64 count[VOC_CLASSES_MAX][VOC_CLASSES_MAX];
} VocConfusion;

static inline void
voc_confusion_add(VocConfusion *confusion, guint gold, guint predicted)
{
    confusion->count[gold][predicted]++;
}

gint64 voc_confusion_total(const VocConfusion *confusion);
gint64 voc_confusion_gold(const VocConfusion *confusion, guint class);
gint64 voc_confusion_predicted(const VocConfusion *confusion, guint class);

double voc_confusion_accuracy(const VocConfusion *confusion);
double voc_confusion_precision(const VocConfusion *confusion, guint class);
double voc_confusion_recall(const VocConfusion *confusion, guint class);
double voc_confusion_f1(const VocConfusion *confusion, guint class);

/* The mean of the classes' F1; a class that neither side names is left out. */
double voc_confusion_macro_f1(const VocConfusion *confusion);

/* Matthews' correlation for any number of classes (Gorodkin 2004, R_K); 0 when a side names one class only.
 */
double voc_confusion_mcc(const VocConfusion *confusion);

/* Cohen's kappa (1960): agreement beyond chance between two who label. NaN when chance alone is certain. */
double voc_confusion_kappa(const VocConfusion *confusion);

/* Pearson's correlation of n pairs; NaN when a side does not vary. */
double voc_pearson(const double *x, const double *y, gsize n);

/* A statistic of the items that `sample` names (indices below n, with repeats). */
typedef double (*VocStatistic)(const void *data, const guint32 *sample, gsize n);

/* The percentile bootstrap (Efron 1979): the interval that holds `confidence` of the statistic's values over
 * `rounds` resamples of n items. The same seed gives the same interval. NaN values are left out. */
VocInterval voc_bootstrap(VocStatistic statistic, const void *data, gsize n, guint rounds, guint64 seed,
                          double confidence);

G_END_DECLS

#endif
