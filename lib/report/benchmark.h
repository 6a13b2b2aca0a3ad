/* Benchmarks: tallies of several organisations, or of several units, beside each other.
 *
 * Counts come from tallies (voc-tally(1)); nothing of a message is needed. What differs only because the mix
 * (of channels, say) differs is allowed for by direct standardisation (stats/standard.h) to the mix of the
 * group that is looked at. Cells that a k-anonymous tally hides are not guessed at: a figure is compared over
 * the strata in which both sides have it whole. */
#ifndef VOC_REPORT_BENCHMARK_H
#define VOC_REPORT_BENCHMARK_H

#include "record/record.h"
#include "stats/standard.h"

G_BEGIN_DECLS

#define VOC_BENCHMARK_LEAST 20 /* of messages or answers on both sides, below which nothing is compared */

typedef struct VocBenchmark VocBenchmark;

/* `mix` is the field whose values are the strata; `units` the field whose values are the groups, or NULL:
 * then a group is what voc_benchmark_add() is told. Both are copied. */
VocBenchmark *voc_benchmark_new(const char *mix, const char *units);
void voc_benchmark_free(VocBenchmark *benchmark);

/* Adds a line of a tally to the group. FALSE when it is none, or has no field of that name for the groups;
 * `*reason` (static) says so. */
gboolean voc_benchmark_add(VocBenchmark *benchmark, VocRecord *record, const char *group,
                           const char **reason);

/* Whether a tally had the field of the mix; without it nothing is standardised. */
gboolean voc_benchmark_has_mix(const VocBenchmark *benchmark);

typedef enum { VOC_MEASURE_SHARE, VOC_MEASURE_MEAN, VOC_MEASURE_NPS } VocMeasureKind;

typedef struct VocBenchmarkLine {
    const char *group, *against; /* NULL: all others together */
    const char *measure;         /* "negative", "sentiment", "nps", "cue:churn", "theme:billing" ... */
    VocMeasureKind kind;
    gboolean of_mentions; /* a theme's share is of all mentions of themes: the tally does not say how many
                             messages there are */
    double n, n_other;    /* messages, answers or mentions that were compared */
    double value, other;  /* as they are: shares, means, or NPS points */
    VocStandardDifference difference;
    double adjusted; /* the other's with the group's own mix; NaN without a mix */
    VocStandardDifference adjusted_difference;
    double coverage;      /* of the group's n, what lies in strata that both sides have */
    double q;             /* of the adjusted difference (else of the plain one) over all lines of the group */
    const char *withheld; /* why nothing is compared (then all figures but n are NaN), or NULL */
} VocBenchmarkLine;

/* Compares `group` (NULL: each group) with all others together and, where `each` and there are several, with
 * every other one. The lines (VocBenchmarkLine, by group, against, measure) live as long as the benchmark.
 * Empty when there are fewer than two groups. */
GArray *voc_benchmark_compare(VocBenchmark *benchmark, const char *group, gboolean each);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocBenchmark, voc_benchmark_free)

G_END_DECLS

#endif
