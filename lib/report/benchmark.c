#include "report/benchmark.h"

#include "report/benchmark-sums.h"
#include "stats/fdr.h"

#include <math.h>

struct VocBenchmark {
    char *mix, *units;
    gboolean has_mix;
    GPtrArray *groups;   /* VocBenchmarkGroup, in the order in which they came */
    GHashTable *by_name; /* the same */
};

static void
free_group(gpointer group)
{
    voc_benchmark_group_free(group);
}

VocBenchmark *
voc_benchmark_new(const char *mix, const char *units)
{
    VocBenchmark *benchmark = g_new0(VocBenchmark, 1);
    benchmark->mix = g_strdup(mix);
    benchmark->units = g_strdup(units);
    benchmark->groups = g_ptr_array_new_with_free_func(free_group);
    benchmark->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    return benchmark;
}

void
voc_benchmark_free(VocBenchmark *benchmark)
{
    if (!benchmark)
        return;
    g_free(benchmark->mix);
    g_free(benchmark->units);
    g_hash_table_unref(benchmark->by_name);
    g_ptr_array_unref(benchmark->groups);
    g_free(benchmark);
}

static VocBenchmarkGroup *
group_of(VocBenchmark *benchmark, const char *name)
{
    VocBenchmarkGroup *group = g_hash_table_lookup(benchmark->by_name, name);
    if (!group) {
        group = voc_benchmark_group_new(name);
        g_ptr_array_add(benchmark->groups, group);
        g_hash_table_insert(benchmark->by_name, group->name, group);
    }
    return group;
}

static VocSlice
field_of(const VocJson *by, const char *name)
{
    VocSlice value = name ? voc_json_get_text(by, name) : VOC_SLICE_NONE;
    return value.data ? value : VOC_SLICE("");
}

gboolean
voc_benchmark_add(VocBenchmark *benchmark, VocRecord *record, const char *group, const char **reason)
{
    const VocJson *by = voc_record_find(record, VOC_SLICE("by"));
    if (!voc_record_find(record, VOC_SLICE("tally")) || !by || by->type != VOC_JSON_OBJECT ||
        !voc_record_find(record, VOC_SLICE("messages"))) {
        *reason = "no line of voc tally";
        return FALSE;
    }
    g_autofree char *unit = NULL;
    if (benchmark->units) {
        if (!voc_json_get(by, benchmark->units)) {
            *reason = "its tally is not by the field of the units";
            return FALSE;
        }
        unit = voc_slice_dup(field_of(by, benchmark->units));
        group = *unit ? unit : "(none)";
    }
    benchmark->has_mix |= voc_json_get(by, benchmark->mix) != NULL;
    g_autofree char *stratum = voc_slice_dup(field_of(by, benchmark->mix));
    return voc_benchmark_group_add(group_of(benchmark, group), stratum, record, by, benchmark->units,
                                   benchmark->mix, reason);
}

gboolean
voc_benchmark_has_mix(const VocBenchmark *benchmark)
{
    return benchmark->has_mix;
}

/* One measure of both sides in the strata that both have whole. */
typedef struct Pair {
    GArray *own, *other; /* VocBenchmarkSum */
    double n_all;        /* the own side's n over all strata */
} Pair;

static VocStratum
stratum_of(const VocBenchmarkSum *sum, double weight)
{
    if (sum->kind == VOC_MEASURE_SHARE)
        return voc_stratum_share((gint64)sum->sum, (gint64)sum->n, weight, 0.95);
    if (sum->kind == VOC_MEASURE_NPS)
        return voc_stratum_nps((sum->squares / 1e4 + sum->sum / 100) / 2,
                               (sum->squares / 1e4 - sum->sum / 100) / 2, sum->n, weight, 0.95);
    double mean = sum->sum / sum->n;
    double variance = sum->n > 1 ? MAX(0, (sum->squares - sum->sum * mean) / (sum->n - 1)) : NAN;
    return voc_stratum_mean(mean, variance, (gint64)sum->n, weight, 0.95);
}

/* The same stratum of both sides. */
static void
strata_of(const VocBenchmarkSum *own, const VocBenchmarkSum *other, double weight, VocStratum *a,
          VocStratum *b)
{
    *a = stratum_of(own, weight);
    *b = stratum_of(other, weight);
    if (own->kind == VOC_MEASURE_SHARE)
        voc_strata_pool(a, (gint64)own->sum, (gint64)own->n, b, (gint64)other->sum, (gint64)other->n);
}

static VocBenchmarkSum
total_of(const GArray *sums)
{
    VocBenchmarkSum total = g_array_index(sums, VocBenchmarkSum, 0);
    for (guint i = 1; i < sums->len; i++)
        voc_benchmark_sum_add(&total, &g_array_index(sums, VocBenchmarkSum, i));
    return total;
}

/* Both sides with the own side's mix. */
static void
adjust(const Pair *pair, VocBenchmarkLine *line)
{
    g_autofree VocStratum *own = g_new(VocStratum, pair->own->len),
                          *other = g_new(VocStratum, pair->own->len);
    for (guint i = 0; i < pair->own->len; i++) {
        const VocBenchmarkSum *sum = &g_array_index(pair->own, VocBenchmarkSum, i);
        strata_of(sum, &g_array_index(pair->other, VocBenchmarkSum, i), sum->n, &own[i], &other[i]);
    }
    VocStandardised a = voc_standardise(own, pair->own->len), b = voc_standardise(other, pair->own->len);
    line->adjusted = b.value;
    line->adjusted_difference = voc_standard_difference(&a, &b);
}

static void
compare(const Pair *pair, gboolean has_mix, VocBenchmarkLine *line)
{
    if (!pair->own->len) {
        line->withheld = "hidden or missing on one side";
        return;
    }
    VocBenchmarkSum own = total_of(pair->own), other = total_of(pair->other);
    line->kind = own.kind;
    line->n = own.n;
    line->n_other = other.n;
    line->coverage = pair->n_all > 0 ? own.n / pair->n_all : NAN;
    line->of_mentions = own.of_mentions || other.of_mentions;
    if (own.of_mentions != other.of_mentions)
        line->withheld = "one side counts mentions, the other messages";
    else if (own.n < VOC_BENCHMARK_LEAST || other.n < VOC_BENCHMARK_LEAST)
        line->withheld = "fewer than 20 on one side";
    if (line->withheld)
        return;
    VocStratum a, b;
    strata_of(&own, &other, 1, &a, &b);
    VocStandardised one = voc_standardise(&a, 1), two = voc_standardise(&b, 1);
    line->value = one.value;
    line->other = two.value;
    line->difference = voc_standard_difference(&one, &two);
    if (has_mix)
        adjust(pair, line);
}

static VocBenchmarkLine
line_of(const VocBenchmarkGroup *own, const VocBenchmarkGroup *other, const char *measure, gboolean has_mix)
{
    const VocStandardDifference none = {NAN, {NAN, NAN}, NAN};
    VocBenchmarkLine line = {.group = own->name,
                             .against = other->pooled ? NULL : other->name,
                             .measure = measure,
                             .value = NAN,
                             .other = NAN,
                             .difference = none,
                             .adjusted = NAN,
                             .adjusted_difference = none,
                             .coverage = NAN,
                             .q = NAN};
    Pair pair = {g_array_new(FALSE, FALSE, sizeof(VocBenchmarkSum)),
                 g_array_new(FALSE, FALSE, sizeof(VocBenchmarkSum)), 0};
    GHashTableIter iter;
    gpointer stratum;
    g_hash_table_iter_init(&iter, own->strata);
    while (g_hash_table_iter_next(&iter, &stratum, NULL)) {
        VocBenchmarkSum a, b;
        if (!voc_benchmark_group_sum(own, stratum, measure, &a) || !(a.n > 0))
            continue;
        pair.n_all += a.n;
        /* A stratum of means needs two values on either side to have an interval. */
        double least = a.kind == VOC_MEASURE_SHARE ? 1 : 2;
        if (a.n < least || !voc_benchmark_group_sum(other, stratum, measure, &b) || b.n < least)
            continue;
        g_array_append_val(pair.own, a);
        g_array_append_val(pair.other, b);
    }
    compare(&pair, has_mix, &line);
    g_array_unref(pair.own);
    g_array_unref(pair.other);
    return line;
}

/* All tests of one comparison together. */
static void
judge(GArray *lines, guint first)
{
    g_autofree double *p = g_new(double, lines->len - first + 1);
    for (guint i = first; i < lines->len; i++) {
        const VocBenchmarkLine *line = &g_array_index(lines, VocBenchmarkLine, i);
        p[i - first] = isnan(line->adjusted) ? line->difference.p : line->adjusted_difference.p;
    }
    voc_fdr_adjust(p, p, lines->len - first);
    for (guint i = first; i < lines->len; i++)
        g_array_index(lines, VocBenchmarkLine, i).q = p[i - first];
}

static void
compare_groups(VocBenchmark *benchmark, VocBenchmarkGroup *own, VocBenchmarkGroup *other, GArray *lines)
{
    VocBenchmarkGroup *const both[] = {own, other};
    g_autoptr(GPtrArray) measures = voc_benchmark_measures(both, G_N_ELEMENTS(both));
    guint first = lines->len;
    for (guint i = 0; i < measures->len; i++) {
        VocBenchmarkLine line = line_of(own, other, g_ptr_array_index(measures, i), benchmark->has_mix);
        g_array_append_val(lines, line);
    }
    judge(lines, first);
}

static VocBenchmarkGroup *
pool_of(const VocBenchmark *benchmark)
{
    VocBenchmarkGroup *pool = voc_benchmark_group_new("");
    guint n = benchmark->groups->len;
    g_autoptr(GPtrArray) measures =
        voc_benchmark_measures((VocBenchmarkGroup *const *)benchmark->groups->pdata, n);
    pool->pooled = TRUE;
    for (guint i = 0; i < n; i++)
        voc_benchmark_group_pool(pool, g_ptr_array_index(benchmark->groups, i), measures);
    return pool;
}

GArray *
voc_benchmark_compare(VocBenchmark *benchmark, const char *group, gboolean each)
{
    GArray *lines = g_array_new(FALSE, FALSE, sizeof(VocBenchmarkLine));
    VocBenchmarkGroup *pool = pool_of(benchmark);
    guint n = benchmark->groups->len;
    for (guint i = 0; n > 1 && i < n; i++) {
        VocBenchmarkGroup *own = g_ptr_array_index(benchmark->groups, i);
        if (group && strcmp(own->name, group) != 0)
            continue;
        pool->without = own;
        compare_groups(benchmark, own, pool, lines);
        for (guint k = 0; each && n > 2 && k < n; k++)
            if (k != i)
                compare_groups(benchmark, own, g_ptr_array_index(benchmark->groups, k), lines);
    }
    voc_benchmark_group_free(pool);
    return lines;
}
