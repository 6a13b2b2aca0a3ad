/* Themes: their volumes, feelings, effects and changes. */
#include "report/content-work.h"

#include "stats/drivers.h"
#include "stats/ewma.h"
#include "stats/fdr.h"

#include <math.h>

/* Effects of themes that fewer contacts speak of than this are withheld. */
#define SMALLEST_EFFECT 5

/* One theme in one period. */
typedef struct Tally {
    gint64 messages, scored, negative, positive;
    VocMoments feeling;
    gint64 rated; /* contacts (messages, for sentiment) */
    double rated_sum;
    double weight, weighted_sum; /* each answer shared over its themes */
} Tally;

typedef struct Tallies {
    VocWork *work;
    guint n_themes;
    GArray *themes; /* VocName */
    guint *at;      /* name -> index + 1 */
    Tally *tally;   /* theme x period */
    VocDriverCell none[2];
    double total[2], total_n[2];
    gint64 *with_text;
} Tallies;

/* A theme has so many messages a period before its shares are charted. */
#define EWMA_LEAST 5

static Tally *
tally_at(const Tallies *t, guint theme, int back)
{
    return &t->tally[(gsize)theme * (gsize)t->work->periods + (gsize)back];
}

static gboolean
is_hidden(const VocFacts *facts, VocName theme)
{
    const VocThemeFacts *known = voc_facts_theme(facts, theme);
    return known && known->hidden;
}

static void
find_themes(Tallies *t)
{
    VocWork *work = t->work;
    VocName most = 0;
    for (gsize i = 0; i < work->start[work->periods]; i++) {
        const VocFact *fact = voc_work_fact(work, i);
        const VocFactTheme *themes = voc_facts_themes(work->facts, fact);
        for (int j = 0; j < fact->n_themes; j++)
            most = MAX(most, themes[j].theme);
    }
    t->at = g_new0(guint, (gsize)most + 1);
    t->themes = g_array_new(FALSE, FALSE, sizeof(VocName));
    for (gsize i = 0; i < work->start[work->periods]; i++) {
        const VocFact *fact = voc_work_fact(work, i);
        const VocFactTheme *themes = voc_facts_themes(work->facts, fact);
        for (int j = 0; j < fact->n_themes; j++) {
            VocName theme = themes[j].theme;
            if (t->at[theme] || is_hidden(work->facts, theme))
                continue;
            g_array_append_val(t->themes, theme);
            t->at[theme] = t->themes->len;
        }
    }
    t->n_themes = t->themes->len;
    t->tally = g_new0(Tally, (gsize)t->n_themes * (gsize)work->periods + 1);
    t->with_text = g_new0(gint64, (gsize)work->periods);
}

static gboolean
seen_before(const VocFactTheme *themes, int j)
{
    for (int i = 0; i < j; i++)
        if (themes[i].theme == themes[j].theme)
            return TRUE;
    return FALSE;
}

static VocFeeling
feeling_of(const VocFact *fact, const VocFactTheme *theme)
{
    if (isnan(theme->score))
        return (VocFeeling)fact->feeling;
    return theme->score <= -0.05f  ? VOC_FEELING_NEGATIVE
           : theme->score >= 0.05f ? VOC_FEELING_POSITIVE
                                   : VOC_FEELING_NEUTRAL;
}

static void
count_message(Tallies *t, const VocFact *fact, int back)
{
    const VocFactTheme *themes = voc_facts_themes(t->work->facts, fact);
    t->with_text[back] += fact->text_len > 0;
    for (int j = 0; j < fact->n_themes; j++) {
        guint theme = t->at[themes[j].theme];
        if (!theme)
            continue;
        Tally *tally = tally_at(t, theme - 1, back);
        tally->messages += !seen_before(themes, j);
        VocFeeling feeling = feeling_of(fact, &themes[j]);
        if (feeling == VOC_FEELING_NONE)
            continue;
        tally->scored++;
        tally->negative += feeling == VOC_FEELING_NEGATIVE;
        tally->positive += feeling == VOC_FEELING_POSITIVE;
        voc_moments_add(&tally->feeling, isnan(themes[j].score) ? fact->score : themes[j].score);
    }
}

/* One answer (rows[i..end)) that contributes `value`: to every theme it speaks of, and shared out over them.
 */
static void
count_answer(Tallies *t, gsize i, gsize end, int back, double value)
{
    double all = 0;
    g_autoptr(GArray) seen = g_array_new(FALSE, FALSE, sizeof(guint));
    for (int pass = 0; pass < 2; pass++) {
        for (gsize row = i; row < end; row++) {
            const VocFact *fact = voc_work_fact(t->work, row);
            const VocFactTheme *themes = voc_facts_themes(t->work->facts, fact);
            for (int j = 0; j < fact->n_themes; j++) {
                guint theme = t->at[themes[j].theme];
                double weight = themes[j].weight > 0 ? themes[j].weight : 0;
                if (!theme || weight == 0)
                    continue;
                if (pass == 0) {
                    all += weight;
                    continue;
                }
                Tally *tally = tally_at(t, theme - 1, back);
                tally->weight += weight / all;
                tally->weighted_sum += value * weight / all;
                gboolean again = FALSE;
                for (guint s = 0; s < seen->len && !again; s++)
                    again = g_array_index(seen, guint, s) == theme;
                if (again)
                    continue;
                g_array_append_val(seen, theme);
                tally->rated++;
                tally->rated_sum += value;
            }
        }
    }
    if (back < 2) {
        t->total_n[back]++;
        t->total[back] += value;
        if (all == 0) {
            t->none[back].weight++;
            t->none[back].sum += value;
        }
    }
}

static void
count_answers(Tallies *t, int back)
{
    const VocWork *work = t->work;
    int kind = work->content->effect_of;
    gsize end = work->start[back + 1], next;
    for (gsize i = work->start[back]; i < end; i = next) {
        double value;
        if (kind < 0) {
            next = i + 1;
            value = 100 * (double)voc_work_fact(work, i)->score;
        } else {
            next = voc_work_contact_end(work, i, end);
            value = voc_work_rating(work, i, next, (VocRatingKind)kind);
            if (kind == VOC_RATING_NPS && !isnan(value))
                value = 100.0 * voc_nps_sign(value);
        }
        if (!isnan(value))
            count_answer(t, i, next, back, value);
    }
}

static gint64
contacts_of(const Tallies *t, VocName theme)
{
    const VocWork *work = t->work;
    gsize end = work->start[1], next;
    gint64 contacts = 0;
    for (gsize i = 0; i < end; i = next) {
        next = voc_work_contact_end(work, i, end);
        gboolean found = FALSE;
        for (gsize row = i; row < next && !found; row++) {
            const VocFact *fact = voc_work_fact(work, row);
            const VocFactTheme *themes = voc_facts_themes(work->facts, fact);
            for (int j = 0; j < fact->n_themes && !found; j++)
                found = themes[j].theme == theme;
        }
        contacts += found;
    }
    return contacts;
}

static double
effect_in(const Tallies *t, guint theme, int back)
{
    const Tally *tally = tally_at(t, theme, back);
    if (tally->rated < SMALLEST_EFFECT || t->total_n[back] <= 0)
        return NAN;
    return voc_drivers_leave_out((double)tally->rated, tally->rated_sum / (double)tally->rated,
                                 t->total_n[back], t->total[back] / t->total_n[back]);
}

static void
fill_figure(const Tallies *t, guint theme, VocThemeFigure *figure)
{
    VocWork *work = t->work;
    gsize n = (gsize)work->periods;
    g_autofree gint64 *k = g_new(gint64, n * 3);
    for (int back = 0; back < work->periods; back++) {
        const Tally *tally = tally_at(t, theme, back);
        k[back] = tally->messages;
        k[n + (gsize)back] = tally->negative;
        k[2 * n + (gsize)back] = tally->scored;
    }
    const Tally *now = tally_at(t, theme, 0);
    figure->theme = g_array_index(t->themes, VocName, theme);
    voc_share_figure(work, &figure->messages, k, t->with_text);
    voc_share_figure(work, &figure->negative, k + n, k + 2 * n);
    figure->positive = now->positive;
    figure->feeling = voc_moments_mean(&now->feeling);
    figure->feeling_margin = voc_moments_margin(&now->feeling, 0.95);
    figure->rated = now->rated;
    figure->effect = effect_in(t, theme, 0);
    figure->effect_before = effect_in(t, theme, 1);
    figure->contacts = contacts_of(t, figure->theme);
    for (int i = 0; i < VOC_HISTORY; i++) {
        int place = VOC_HISTORY - 1 - i;
        figure->history[place] = voc_work_has_period(work, i) ? k[i] : -1;
        figure->history_of[place] = t->with_text[i];
    }
    figure->channels = voc_content_cells(work, voc_name_of_channel, figure->theme, &figure->n_channels);
    figure->touchpoints =
        voc_content_cells(work, voc_name_of_touchpoint, figure->theme, &figure->n_touchpoints);
}

/* Slow drifts: the last VOC_HISTORY periods inside the data, oldest first. */
static double
slope_of(const VocThemeFigure *figure)
{
    int first = 0;
    while (first < VOC_HISTORY && figure->history[first] < 0)
        first++;
    if (VOC_HISTORY - first < 5)
        return NAN;
    return voc_trend_slope_z(figure->history + first, figure->history_of + first,
                             (gsize)(VOC_HISTORY - first), TRUE);
}

/* The last point of the EWMA chart of the theme's shares over its history, around the usual share, in the
 * chart's standard errors: what the slope does not see, a small step that stays. NaN for too short a history
 * or too few messages to call them normal. */
static double
ewma_of(const VocThemeFigure *figure)
{
    double x[VOC_HISTORY], share = figure->messages.trend.usual, size = 0;
    VocEwmaPoint points[VOC_HISTORY];
    int n = 0;
    for (int i = 0; i < VOC_HISTORY; i++) {
        gint64 k = figure->history[i], of = figure->history_of[i];
        if (k < 0)
            continue;
        x[n++] = of > 0 ? (double)k / (double)of : NAN;
        size += (double)of;
    }
    if (n < 5 || !(share > 0) || !(share < 1) || !(share * size / n >= EWMA_LEAST))
        return NAN;
    double sigma = sqrt(figure->messages.trend.dispersion * share * (1 - share) / (size / n));
    voc_ewma(x, (gsize)n, share, sigma, 0.2, 1, points);
    const VocEwmaPoint *last = &points[n - 1];
    return (last->value - share) / (last->high - share);
}

/* Of both looks at a slow drift, the surer, paid for by doubling it. */
static double
drift_p(const VocThemeFigure *figure)
{
    double slope = voc_normal_two_sided(figure->slope_z), ewma = voc_normal_two_sided(figure->ewma_z);
    return isnan(ewma) ? slope : isnan(slope) ? ewma : MIN(1, 2 * MIN(slope, ewma));
}

/* The share of the history's last third less that of its first, which is how a drift is told. */
static double
thirds_apart(const VocThemeFigure *figure)
{
    int first = 0;
    while (first < VOC_HISTORY - 3 && figure->history[first] < 0)
        first++;
    double k[2] = {0, 0}, n[2] = {0, 0};
    for (int i = 0; i < (VOC_HISTORY - first) / 3; i++) {
        k[0] += (double)figure->history[first + i];
        n[0] += (double)figure->history_of[first + i];
        k[1] += (double)figure->history[VOC_HISTORY - 1 - i];
        n[1] += (double)figure->history_of[VOC_HISTORY - 1 - i];
    }
    return n[0] > 0 && n[1] > 0 ? k[1] / n[1] - k[0] / n[0] : 0;
}

/* Which way the surer one goes. */
static double
drift_of(const VocThemeFigure *figure)
{
    gboolean ewma = isnan(figure->slope_z) || fabs(figure->ewma_z) > fabs(figure->slope_z);
    return ewma ? figure->ewma_z : figure->slope_z;
}

static gboolean
is_big_enough(const VocWork *work, const VocThemeFigure *figure)
{
    const VocShareFigure *m = &figure->messages;
    gint64 least = work->content->options.min_count;
    double expected =
        m->n_usual > 0 ? (double)m->k_usual / (double)m->n_usual * (double)m->n : (double)m->k_before;
    return m->k >= least || expected >= (double)least;
}

/* Of the rate of false discoveries, so much is spent on slow drifts: they are looked for beside the tests of
 * the period, and both together must keep to it. */
#define DRIFT_PART 0.1

/* What grows is what somebody must hear of at once: four fifths of a theme's level are spent on its rise, one
 * on its fall. Against the period before, where the baseline is too short, both are tested alike. */
#define RISE_PART 0.8

static double
theme_p(const VocWork *work, const VocShareFigure *figure)
{
    const VocTrend *trend = &figure->trend;
    if (work->content->n_usual < 3 || isnan(trend->p))
        return voc_share_figure_p(work, figure);
    return MIN(1, MIN(trend->p_rise / RISE_PART, trend->p_fall / (1 - RISE_PART)));
}

/* Benjamini-Hochberg over every theme that has been seen; then the slow drifts, the same way. One that is too
 * small to test counts as tested without success: which are big enough depends on the very counts that the
 * tests look at, and leaving the others out would raise alarms among the few that are left. */
static void
judge(VocWork *work, VocThemeFigure *themes, gsize n)
{
    g_autofree double *p = g_new(double, n + 1);
    g_autofree double *slope = g_new(double, n + 1);
    for (gsize i = 0; i < n; i++) {
        const VocShareFigure *m = &themes[i].messages;
        double tested = is_big_enough(work, &themes[i]) ? theme_p(work, m) : NAN;
        work->content->tested += !isnan(tested);
        p[i] = !isnan(tested) ? tested : m->k + m->k_before + m->k_usual > 0 ? 1 : NAN;
        themes[i].slope_z = slope_of(&themes[i]);
        themes[i].ewma_z = ewma_of(&themes[i]);
        gint64 sum = 0;
        for (int j = 0; j < VOC_HISTORY; j++)
            sum += MAX(0, themes[i].history[j]);
        slope[i] = sum >= 3 * work->content->options.min_count ? drift_p(&themes[i]) : NAN;
    }
    voc_fdr_adjust(p, p, n);
    voc_fdr_adjust(slope, slope, n);
    for (gsize i = 0; i < n; i++)
        if (!is_big_enough(work, &themes[i]))
            p[i] = NAN;
    for (gsize i = 0; i < n; i++) {
        themes[i].messages.q = p[i];
        themes[i].slope_q = slope[i];
        voc_share_figure_judge(work, &themes[i].messages);
        VocChange verdict = themes[i].messages.verdict;
        /* A drift goes on: what has already come back to its usual is none. */
        double drift = drift_of(&themes[i]);
        gboolean goes_on =
            (themes[i].messages.trend.change > 0) == (drift > 0) && thirds_apart(&themes[i]) * drift > 0;
        if (verdict <= VOC_CHANGE_NONE && slope[i] <= DRIFT_PART * work->content->options.fdr && goes_on)
            themes[i].messages.verdict = drift > 0 ? VOC_CHANGE_UP_SLOWLY : VOC_CHANGE_DOWN_SLOWLY;
    }
}

static void
split(Tallies *t, VocThemeFigure *themes)
{
    gsize n = t->n_themes;
    VocContent *content = t->work->content;
    g_autofree VocDriverCell *cells = g_new0(VocDriverCell, 2 * (n + 1));
    g_autofree VocDriverEffect *effects = g_new0(VocDriverEffect, n + 1);
    for (int back = 0; back < 2; back++) {
        VocDriverCell *side = cells + (gsize)(1 - back) * (n + 1);
        for (guint i = 0; i < n; i++) {
            const Tally *tally = tally_at(t, i, back);
            side[i] = (VocDriverCell){tally->weight, tally->weighted_sum};
        }
        side[n] = t->none[back];
    }
    content->effect_n = (gint64)t->total_n[0];
    content->effect_score = t->total_n[0] > 0 ? t->total[0] / t->total_n[0] : NAN;
    content->effect_score_before = t->total_n[1] > 0 ? t->total[1] / t->total_n[1] : NAN;
    gboolean can = voc_drivers_split(cells, cells + n + 1, n + 1, effects);
    for (gsize i = 0; i < n; i++) {
        themes[i].by_score = can ? effects[i].by_score : NAN;
        themes[i].by_share = can ? effects[i].by_share_centred : NAN;
        themes[i].contribution = can ? effects[i].contribution_after : NAN;
        themes[i].contribution_before = can ? effects[i].contribution_before : NAN;
    }
    content->no_theme_by_score = can ? effects[n].by_score : NAN;
    content->no_theme_by_share = can ? effects[n].by_share_centred : NAN;
}

static int
by_effect(gconstpointer a, gconstpointer b, gpointer facts)
{
    const VocThemeFigure *x = a, *y = b;
    double ex = isnan(x->effect) ? 0 : x->effect, ey = isnan(y->effect) ? 0 : y->effect;
    if (ex != ey)
        return ex < ey ? -1 : 1;
    if (x->messages.k != y->messages.k)
        return x->messages.k > y->messages.k ? -1 : 1;
    return strcmp(voc_facts_name(facts, x->theme), voc_facts_name(facts, y->theme));
}

void
voc_content_themes(VocWork *work)
{
    VocContent *content = work->content;
    Tallies t = {.work = work};
    find_themes(&t);
    for (int back = 0; back < work->periods; back++) {
        for (gsize i = work->start[back]; i < work->start[back + 1]; i++)
            count_message(&t, voc_work_fact(work, i), back);
        count_answers(&t, back);
    }
    VocThemeFigure *themes = voc_arena_new_array(&content->arena, VocThemeFigure, t.n_themes + 1);
    for (guint i = 0; i < t.n_themes; i++)
        fill_figure(&t, i, &themes[i]);
    split(&t, themes);
    judge(work, themes, t.n_themes);
    g_qsort_with_data(themes, (gint)t.n_themes, sizeof *themes, by_effect, (gpointer)work->facts);
    content->themes = themes;
    content->n_themes = t.n_themes;
    g_array_unref(t.themes);
    g_free(t.at);
    g_free(t.tally);
    g_free(t.with_text);
}
