#include "report/benchmark-sums.h"

#include <math.h>

void
voc_benchmark_sum_add(VocBenchmarkSum *sum, const VocBenchmarkSum *other)
{
    sum->n += other->n;
    sum->sum += other->sum;
    sum->squares += other->squares;
    sum->cells += other->cells;
    sum->unknown |= other->unknown;
    sum->of_mentions |= other->of_mentions;
}

static void
free_stratum(gpointer data)
{
    VocBenchmarkStratum *stratum = data;
    g_hash_table_unref(stratum->rests);
    g_hash_table_unref(stratum->sums);
    g_free(stratum);
}

VocBenchmarkGroup *
voc_benchmark_group_new(const char *name)
{
    VocBenchmarkGroup *group = g_new0(VocBenchmarkGroup, 1);
    group->name = g_strdup(name);
    group->strata = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_stratum);
    return group;
}

void
voc_benchmark_group_free(VocBenchmarkGroup *group)
{
    g_free(group->name);
    g_free(group->fields[0]);
    g_free(group->fields[1]);
    g_hash_table_unref(group->strata);
    g_free(group);
}

static VocBenchmarkStratum *
stratum_of(VocBenchmarkGroup *group, const char *name)
{
    VocBenchmarkStratum *stratum = g_hash_table_lookup(group->strata, name);
    if (!stratum) {
        stratum = g_new0(VocBenchmarkStratum, 1);
        stratum->rests = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
        stratum->sums = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, g_free);
        g_hash_table_insert(group->strata, g_strdup(name), stratum);
    }
    return stratum;
}

static void
add(VocBenchmarkStratum *stratum, const char *measure, VocBenchmarkSum sum)
{
    const char *name = g_intern_string(measure);
    VocBenchmarkSum *there = g_hash_table_lookup(stratum->sums, name);
    sum.cells = MAX(1, sum.cells);
    if (there)
        voc_benchmark_sum_add(there, &sum);
    else
        g_hash_table_insert(stratum->sums, (gpointer)name, g_memdup2(&sum, sizeof sum));
}

static gboolean
count_at(VocRecord *record, const char *path, double *value)
{
    const VocJson *json = voc_record_find(record, voc_slice_from_string(path));
    return json && voc_json_number(json, value) && *value >= 0 && *value < 1e15;
}

/* What people felt, of the messages that are scored. */
static void
add_feelings(VocBenchmarkStratum *stratum, VocRecord *record)
{
    double negative, neutral, positive, n, sum, squares;
    if (count_at(record, "negative", &negative) && count_at(record, "neutral", &neutral) &&
        count_at(record, "positive", &positive)) {
        double scored = negative + neutral + positive;
        add(stratum, "negative", (VocBenchmarkSum){VOC_MEASURE_SHARE, .n = scored, .sum = negative});
        add(stratum, "positive", (VocBenchmarkSum){VOC_MEASURE_SHARE, .n = scored, .sum = positive});
    } else {
        add(stratum, "negative", (VocBenchmarkSum){VOC_MEASURE_SHARE, .unknown = TRUE});
        add(stratum, "positive", (VocBenchmarkSum){VOC_MEASURE_SHARE, .unknown = TRUE});
    }
    const VocJson *sentiment = voc_record_find(record, VOC_SLICE("sentiment"));
    if (voc_json_number(voc_json_get(sentiment, "n"), &n) &&
        voc_json_number(voc_json_get(sentiment, "sum"), &sum) &&
        voc_json_number(voc_json_get(sentiment, "squares"), &squares) && n >= 0)
        add(stratum, "sentiment",
            (VocBenchmarkSum){VOC_MEASURE_MEAN, .n = n, .sum = sum, .squares = squares});
}

static void
add_rating(VocBenchmarkStratum *stratum, const VocJson *rating)
{
    double n, sum, squares, promoters, detractors;
    g_autofree char *name = voc_slice_dup(rating->key);
    if (!voc_json_number(voc_json_get(rating, "n"), &n) || !(n >= 0) ||
        !voc_json_number(voc_json_get(rating, "sum"), &sum) ||
        !voc_json_number(voc_json_get(rating, "squares"), &squares))
        return;
    if (strcmp(name, "nps") != 0)
        add(stratum, name, (VocBenchmarkSum){VOC_MEASURE_MEAN, .n = n, .sum = sum, .squares = squares});
    else if (voc_json_number(voc_json_get(rating, "promoters"), &promoters) &&
             voc_json_number(voc_json_get(rating, "detractors"), &detractors))
        add(stratum, name,
            (VocBenchmarkSum){VOC_MEASURE_NPS, .n = n, .sum = 100 * (promoters - detractors),
                              .squares = 1e4 * (promoters + detractors)});
    else
        add(stratum, name, (VocBenchmarkSum){VOC_MEASURE_NPS, .unknown = TRUE});
}

static void
add_cell(VocBenchmarkStratum *stratum, VocRecord *record, double messages)
{
    const VocJson *ratings = voc_record_find(record, VOC_SLICE("ratings"));
    const VocJson *cues = voc_record_find(record, VOC_SLICE("cue_counts"));
    double k;
    stratum->cells++;
    stratum->messages += messages;
    add_feelings(stratum, record);
    for (const VocJson *r = ratings && ratings->type == VOC_JSON_OBJECT ? ratings->first : NULL; r;
         r = r->next)
        if (r->key.len)
            add_rating(stratum, r);
    for (const VocJson *c = cues && cues->type == VOC_JSON_OBJECT ? cues->first : NULL; c; c = c->next) {
        g_autofree char *name = voc_slice_dup(c->key), *measure = g_strconcat("cue:", name, NULL);
        if (voc_json_number(c, &k) && k >= 0 && k <= messages)
            add(stratum, measure, (VocBenchmarkSum){VOC_MEASURE_SHARE, .sum = k});
    }
}

/* A theme's cell, beside all that share its other fields. */
static void
add_theme(VocBenchmarkStratum *stratum, const VocJson *by, double messages, const char *units,
          const char *mix)
{
    g_autoptr(GString) rest = g_string_new(NULL);
    VocSlice theme = voc_json_get_text(by, "theme");
    for (const VocJson *field = by->first; field; field = field->next) {
        g_autofree char *key = voc_slice_dup(field->key);
        if (g_str_equal(key, "theme") || (units && g_str_equal(key, units)) || g_str_equal(key, mix))
            continue;
        g_string_append_len(rest, field->text.data, (gssize)field->text.len);
        g_string_append_c(rest, '\x1f');
    }
    g_hash_table_add(stratum->rests, g_strdup(rest->str));
    stratum->mentions += messages;
    if (!theme.len)
        return;
    g_autofree char *name = voc_slice_dup(theme), *measure = g_strconcat("theme:", name, NULL);
    add(stratum, measure, (VocBenchmarkSum){VOC_MEASURE_SHARE, .sum = messages});
}

/* A second tally by other fields would count the same messages again. */
static gboolean
has_same_fields(VocBenchmarkGroup *group, const VocJson *by, gboolean theme)
{
    g_autoptr(GString) fields = g_string_new(NULL);
    for (const VocJson *field = by->first; field; field = field->next) {
        g_string_append_len(fields, field->key.data, (gssize)field->key.len);
        g_string_append_c(fields, ',');
    }
    if (!group->fields[theme])
        group->fields[theme] = g_strdup(fields->str);
    return g_str_equal(group->fields[theme], fields->str);
}

gboolean
voc_benchmark_group_add(VocBenchmarkGroup *group, const char *stratum_name, VocRecord *record,
                        const VocJson *by, const char *units, const char *mix, const char **reason)
{
    gboolean theme = voc_json_get(by, "theme") != NULL;
    double messages;
    *reason = "no line of voc tally";
    if (!count_at(record, "messages", &messages))
        return FALSE;
    *reason = "a tally by cue or tag, whose cells share messages";
    if (voc_json_get(by, "cue") || voc_json_get(by, "tag"))
        return FALSE;
    *reason = "a second tally of the same messages, by other fields";
    if (!has_same_fields(group, by, theme))
        return FALSE;
    VocBenchmarkStratum *stratum = stratum_of(group, stratum_name);
    stratum->anonymous |= voc_record_find(record, VOC_SLICE("k_anonymous")) != NULL;
    if (theme)
        add_theme(stratum, by, messages, units, mix);
    else
        add_cell(stratum, record, messages);
    return TRUE;
}

/* What a measure's n is, which counts of cues and themes leave open; whether all of it is known. */
static gboolean
complete(const VocBenchmarkStratum *stratum, const char *measure, VocBenchmarkSum *sum)
{
    const VocBenchmarkSum *there = g_hash_table_lookup(stratum->sums, measure);
    gboolean cue = g_str_has_prefix(measure, "cue:"), theme = g_str_has_prefix(measure, "theme:");
    guint cells = theme ? g_hash_table_size(stratum->rests) : stratum->cells;
    *sum = there ? *there : (VocBenchmarkSum){.kind = VOC_MEASURE_SHARE};
    if ((!there && !cue && !theme) || sum->unknown || !cells)
        return FALSE;
    /* What a k-anonymous tally does not say may be nothing, or hidden. */
    if ((cue || theme) && stratum->anonymous && sum->cells < cells)
        return FALSE;
    if (cue || (theme && stratum->cells))
        sum->n = stratum->messages;
    else if (theme)
        sum->n = stratum->mentions;
    sum->of_mentions |= theme && !stratum->cells;
    return sum->kind != VOC_MEASURE_SHARE || sum->sum <= sum->n;
}

/* What is left without one of those that were added; FALSE when that is nothing. */
static gboolean
take_out(VocBenchmarkSum *sum, const VocBenchmarkGroup *one, const char *stratum_name, const char *measure)
{
    const VocBenchmarkStratum *stratum = g_hash_table_lookup(one->strata, stratum_name);
    VocBenchmarkSum own;
    if (stratum && complete(stratum, measure, &own) && own.n > 0) {
        sum->n -= own.n;
        sum->sum -= own.sum;
        sum->squares -= own.squares;
    }
    return sum->n > 0;
}

gboolean
voc_benchmark_group_sum(const VocBenchmarkGroup *group, const char *stratum_name, const char *measure,
                        VocBenchmarkSum *sum)
{
    const VocBenchmarkStratum *stratum = g_hash_table_lookup(group->strata, stratum_name);
    if (!stratum)
        return FALSE;
    if (!group->pooled)
        return complete(stratum, measure, sum);
    /* Pooled sums are complete, or marked as unknown, and bring their n. */
    const VocBenchmarkSum *there = g_hash_table_lookup(stratum->sums, measure);
    if (!there || there->unknown)
        return FALSE;
    *sum = *there;
    return !group->without || take_out(sum, group->without, stratum_name, measure);
}

/* Ratings, feelings, then the many. */
static int
place_of(const char *measure)
{
    static const char *const FIRST[] = {"nps", "csat", "ces", "stars", "negative", "positive", "sentiment"};
    for (guint i = 0; i < G_N_ELEMENTS(FIRST); i++)
        if (g_str_equal(FIRST[i], measure))
            return (int)i;
    return strchr(measure, ':') ? (int)G_N_ELEMENTS(FIRST) + 1 : (int)G_N_ELEMENTS(FIRST);
}

static int
by_name(gconstpointer a, gconstpointer b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    return place_of(x) != place_of(y) ? place_of(x) - place_of(y) : strcmp(x, y);
}

static void
add_measures(const VocBenchmarkGroup *group, GHashTable *set)
{
    GHashTableIter strata, sums;
    gpointer stratum, measure;
    g_hash_table_iter_init(&strata, group->strata);
    while (g_hash_table_iter_next(&strata, NULL, &stratum)) {
        g_hash_table_iter_init(&sums, ((VocBenchmarkStratum *)stratum)->sums);
        while (g_hash_table_iter_next(&sums, &measure, NULL))
            g_hash_table_add(set, measure);
    }
}

GPtrArray *
voc_benchmark_measures(VocBenchmarkGroup *const *groups, guint n)
{
    g_autoptr(GHashTable) set = g_hash_table_new(g_str_hash, g_str_equal);
    GPtrArray *list = g_ptr_array_new();
    GHashTableIter iter;
    gpointer measure;
    for (guint i = 0; i < n; i++)
        add_measures(groups[i], set);
    g_hash_table_iter_init(&iter, set);
    while (g_hash_table_iter_next(&iter, &measure, NULL))
        g_ptr_array_add(list, measure);
    g_ptr_array_sort(list, by_name);
    return list;
}

void
voc_benchmark_group_pool(VocBenchmarkGroup *group, const VocBenchmarkGroup *other, const GPtrArray *measures)
{
    GHashTableIter iter;
    gpointer name;
    g_hash_table_iter_init(&iter, other->strata);
    while (g_hash_table_iter_next(&iter, &name, NULL)) {
        VocBenchmarkStratum *into = stratum_of(group, name);
        for (guint i = 0; i < measures->len; i++) {
            const char *measure = g_ptr_array_index(measures, i);
            VocBenchmarkSum sum;
            /* Where one of the others does not tell, the pool is of those who do. */
            if (voc_benchmark_group_sum(other, name, measure, &sum) && sum.n > 0)
                add(into, measure, sum);
        }
    }
}
