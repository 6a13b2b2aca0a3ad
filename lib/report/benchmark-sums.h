/* Inside the benchmark: what one group's tallies add up to. */
#ifndef VOC_REPORT_BENCHMARK_SUMS_H
#define VOC_REPORT_BENCHMARK_SUMS_H

#include "report/benchmark.h"

G_BEGIN_DECLS

/* A measure in one stratum: k = sum of n; or n values with their sum and the sum of their squares. NPS is the
 * mean of 100, 0 and -100. */
typedef struct VocBenchmarkSum {
    VocMeasureKind kind;
    gboolean of_mentions;
    gboolean unknown; /* a cell of it is hidden */
    guint cells;      /* of tallies, that it was found in */
    double n, sum, squares;
} VocBenchmarkSum;

void voc_benchmark_sum_add(VocBenchmarkSum *sum, const VocBenchmarkSum *other);

/* A stratum's cells in tallies without themes, and by theme. */
typedef struct VocBenchmarkStratum {
    gboolean anonymous; /* what is missing may be hidden */
    guint cells;        /* of tallies without themes */
    double messages;    /* in them */
    double mentions;    /* of themes, or none, in tallies by theme */
    GHashTable *rests;  /* the values of the other fields in the tallies by theme: a set */
    GHashTable *sums;   /* measure -> VocBenchmarkSum */
} VocBenchmarkStratum;

typedef struct VocBenchmarkGroup {
    char *name;
    gboolean pooled;                         /* the sums of several */
    const struct VocBenchmarkGroup *without; /* pooled: all but this one */
    char *fields[2];                         /* of its tallies without themes, and by theme */
    GHashTable *strata;                      /* name -> VocBenchmarkStratum */
} VocBenchmarkGroup;

VocBenchmarkGroup *voc_benchmark_group_new(const char *name);
void voc_benchmark_group_free(VocBenchmarkGroup *group);

/* Adds a line of a tally, whose fields are `by`; FALSE when it cannot be added to what is there, and
 * `*reason` (static) says why. */
gboolean voc_benchmark_group_add(VocBenchmarkGroup *group, const char *stratum, VocRecord *record,
                                 const VocJson *by, const char *units, const char *mix, const char **reason);

/* Adds these measures of another group. */
void voc_benchmark_group_pool(VocBenchmarkGroup *group, const VocBenchmarkGroup *other,
                              const GPtrArray *measures);

/* The measure in the stratum; FALSE when the group does not have it, or not all of it. */
gboolean voc_benchmark_group_sum(const VocBenchmarkGroup *group, const char *stratum, const char *measure,
                                 VocBenchmarkSum *sum);

/* The measures (interned) of any of the groups, in order. */
GPtrArray *voc_benchmark_measures(VocBenchmarkGroup *const *groups, guint n);

G_END_DECLS

#endif
