#include "report/content-work.h"

#include "base/error.h"

#include <math.h>
#include <stdlib.h>

static gboolean
counts(const VocFact *fact)
{
    return fact->role == VOC_ROLE_CUSTOMER && !fact->duplicate && !fact->automatic;
}

/* The weekdays (or days of the month) on which a period of the data usually ends: the last whole period is
 * one whose data reach that far. A company closed at weekends then has whole weeks too. */
static int
usual_last_day(const VocFacts *facts, VocPeriodKind kind, gint32 last)
{
    VocPeriod newest = voc_period_of(kind, last);
    int latest[VOC_BASELINE_MAX], seen = 0;
    memset(latest, -1, sizeof latest);
    for (gsize i = 0; i < voc_facts_count(facts); i++) {
        const VocFact *fact = voc_facts_at(facts, i);
        if (!counts(fact) || fact->day == VOC_DAY_NONE)
            continue;
        int back = voc_period_distance(&newest, fact->day);
        if (back < 1 || back > VOC_BASELINE_MAX)
            continue;
        VocPeriod period = voc_period_of(kind, fact->day);
        latest[back - 1] = MAX(latest[back - 1], fact->day - period.first);
    }
    int tally[32] = {0};
    for (int i = 0; i < VOC_BASELINE_MAX; i++) {
        if (latest[i] >= 0) {
            tally[MIN(latest[i], 31)]++;
            seen++;
        }
    }
    /* The day that four periods of five reach. */
    int reached = seen;
    for (int day = 0; day < 32; day++) {
        if (reached * 5 < seen * 4)
            return day - 1;
        reached -= tally[day];
    }
    return newest.days - 1;
}

static gboolean
span_of_data(VocContent *content)
{
    content->data_first = G_MAXINT32;
    content->data_last = G_MININT32;
    for (gsize i = 0; i < voc_facts_count(content->facts); i++) {
        const VocFact *fact = voc_facts_at(content->facts, i);
        if (fact->day == VOC_DAY_NONE)
            content->undated++;
        else if (counts(fact)) {
            content->data_first = MIN(content->data_first, fact->day);
            content->data_last = MAX(content->data_last, fact->day);
        }
    }
    return content->data_first <= content->data_last;
}

static gboolean
choose_period(VocContent *content, GError **error)
{
    const VocContentOptions *options = &content->options;
    if (options->period) {
        if (!voc_period_parse(options->period, &content->period)) {
            g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                        "'%s' is no week, month or day: 2026-W47, 2026-11 or 2026-11-16", options->period);
            return FALSE;
        }
    } else {
        content->period = voc_period_of(options->kind, content->data_last);
        int usual = usual_last_day(content->facts, options->kind, content->data_last);
        VocPeriod earlier = voc_period_back(&content->period, 1);
        gboolean whole = content->data_last - content->period.first >= usual;
        if (!whole && earlier.first + earlier.days > content->data_first)
            content->period = earlier;
    }
    int reach = content->data_last - content->period.first + 1;
    int usual = usual_last_day(content->facts, content->period.kind, content->data_last) + 1;
    if (reach < content->period.days && reach < usual && reach > 0) {
        content->partial = TRUE;
        content->period.covered = reach;
    }
    content->before = voc_period_back(&content->period, 1);
    return TRUE;
}

typedef struct Key {
    gint32 back;
    guint32 thread;
    guint32 row;
} Key;

static int
by_place(const void *a, const void *b)
{
    const Key *x = a, *y = b;
    if (x->back != y->back)
        return x->back < y->back ? -1 : 1;
    if (x->thread != y->thread)
        return x->thread < y->thread ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

/* Tells the rows of the period apart, and says where a row belongs (-1: nowhere). */
static int
place(VocContent *content, const VocFact *fact, int periods)
{
    if (fact->day == VOC_DAY_NONE)
        return -1;
    int back = voc_period_distance(&content->period, fact->day);
    if (back < 0 && counts(fact))
        content->later++;
    if (back < 0 || back >= periods || !voc_period_covers(&content->period, fact->day))
        return -1;
    if (back == 0) {
        content->rows++;
        content->from_agents += fact->role == VOC_ROLE_AGENT;
        content->from_bots += fact->role == VOC_ROLE_BOT || fact->role == VOC_ROLE_SYSTEM;
        content->duplicates += fact->role == VOC_ROLE_CUSTOMER && fact->duplicate;
        content->automatic += fact->role == VOC_ROLE_CUSTOMER && fact->automatic && !fact->duplicate;
    }
    return counts(fact) ? back : -1;
}

static void
sort_rows(VocWork *work)
{
    gsize n = voc_facts_count(work->facts), kept = 0;
    g_autofree Key *keys = g_new(Key, n);
    for (gsize i = 0; i < n; i++) {
        const VocFact *fact = voc_facts_at(work->facts, i);
        int back = place(work->content, fact, work->periods);
        if (back >= 0)
            keys[kept++] = (Key){back, fact->thread, (guint32)i};
    }
    if (kept > 1)
        qsort(keys, kept, sizeof *keys, by_place);
    work->rows = g_new(guint32, kept + 1);
    work->start = g_new0(gsize, (gsize)work->periods + 1);
    gsize at = 0;
    for (int back = 0; back < work->periods; back++) {
        work->start[back] = at;
        for (; at < kept && keys[at].back == back; at++)
            work->rows[at] = keys[at].row;
    }
    work->start[work->periods] = at;
}

gboolean
voc_work_has_period(const VocWork *work, int back)
{
    VocPeriod period = voc_period_back(&work->content->period, back);
    return period.first + period.covered > work->content->data_first;
}

/* A baseline ends at the data's first period, and leaves that one out when the data seem to begin inside it.
 */
static int
baseline_length(const VocWork *work)
{
    int n = 0, asked = work->content->options.baseline;
    while (n < asked && voc_work_has_period(work, n + 1))
        n++;
    if (n < 2 || voc_work_has_period(work, n + 1))
        return n;
    gsize first = work->start[n + 1] - work->start[n], rest = work->start[n] - work->start[1];
    return first * 2 * (gsize)(n - 1) < rest ? n - 1 : n;
}

gboolean
voc_work_init(VocWork *work, VocContent *content, GError **error)
{
    memset(work, 0, sizeof *work);
    work->content = content;
    work->facts = content->facts;
    if (!span_of_data(content)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT,
                    "no customer's message with a time: nothing to report on");
        return FALSE;
    }
    if (!choose_period(content, error))
        return FALSE;
    work->periods = MAX(content->options.baseline + 1, VOC_HISTORY);
    sort_rows(work);
    content->n_usual = baseline_length(work);
    content->rejected = voc_facts_rejected(content->facts);
    if (work->start[1] == 0) {
        g_autofree char *asked = voc_period_label(&content->period);
        VocPeriod first = voc_period_of(content->period.kind, content->data_first);
        VocPeriod last = voc_period_of(content->period.kind, content->data_last);
        g_autofree char *from = voc_period_label(&first), *to = voc_period_label(&last);
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "no messages in %s: the data are from %s to %s", asked,
                    from, to);
        return FALSE;
    }
    return TRUE;
}

void
voc_work_clear(VocWork *work)
{
    g_clear_pointer(&work->rows, g_free);
    g_clear_pointer(&work->start, g_free);
}

gsize
voc_work_contact_end(const VocWork *work, gsize i, gsize end)
{
    VocName thread = voc_work_fact(work, i)->thread;
    gsize next = i + 1;
    while (thread && next < end && voc_work_fact(work, next)->thread == thread)
        next++;
    return next;
}

double
voc_work_rating(const VocWork *work, gsize i, gsize end, VocRatingKind kind)
{
    for (; i < end; i++) {
        double value = voc_work_fact(work, i)->rating[kind];
        if (!isnan(value))
            return value;
    }
    return NAN;
}

void
voc_share_figure(const VocWork *work, VocShareFigure *figure, const gint64 *k, const gint64 *n)
{
    int usual = work->content->n_usual;
    *figure = (VocShareFigure){.k = k[0], .n = n[0], .k_before = k[1], .n_before = n[1]};
    for (int i = 1; i <= usual; i++) {
        figure->k_usual += k[i];
        figure->n_usual += n[i];
    }
    figure->interval = voc_wilson(k[0], n[0], 0.95);
    figure->change = voc_newcombe(k[0], n[0], k[1], n[1], 0.95);
    figure->p_before = n[0] > 0 && n[1] > 0 ? voc_fisher_two_sided(k[0], n[0], k[1], n[1]) : NAN;
    voc_trend_share(k[0], n[0], k + 1, n + 1, (gsize)usual, 0.95, &figure->trend);
    figure->q = voc_share_figure_p(work, figure);
    voc_share_figure_judge(work, figure);
}

double
voc_share_figure_p(const VocWork *work, const VocShareFigure *figure)
{
    return work->content->n_usual >= 3 ? figure->trend.p : figure->p_before;
}

void
voc_share_figure_judge(const VocWork *work, VocShareFigure *figure)
{
    gboolean baseline = work->content->n_usual >= 3;
    double change = baseline ? figure->trend.change
                             : (double)figure->k / (double)figure->n -
                                   (double)figure->k_before / (double)figure->n_before;
    if (isnan(figure->q))
        figure->verdict = VOC_CHANGE_UNTESTED;
    else if (figure->q > work->content->options.fdr)
        figure->verdict = VOC_CHANGE_NONE;
    else if (change < 0)
        figure->verdict = VOC_CHANGE_DOWN;
    else
        figure->verdict = baseline && figure->k_usual == 0 ? VOC_CHANGE_NEW : VOC_CHANGE_UP;
}

void
voc_count_figure(const VocWork *work, VocCountFigure *figure, const gint64 *all)
{
    int usual = work->content->n_usual;
    double sum = 0;
    for (int i = 1; i <= usual; i++)
        sum += (double)all[i];
    *figure = (VocCountFigure){.now = all[0], .before = all[1], .usual = usual ? sum / usual : NAN};
    figure->expected = voc_trend_expected_count(all + 1, (gsize)usual, 0.95);
    for (int i = 0; i < VOC_HISTORY; i++)
        figure->history[VOC_HISTORY - 1 - i] = voc_work_has_period(work, i) ? all[i] : -1;
}
