/* Effects of actions: a theme before and after something was done about it. */
#include "report/actions.h"
#include "report/content-work.h"

#include <math.h>

#define BEFORE_DAYS 56 /* eight weeks at most, on either side */

static gboolean
is_called(const VocFacts *facts, VocName theme, const char *name)
{
    g_autofree char *wanted = g_utf8_casefold(name, -1);
    const char *const names[] = {voc_facts_name(facts, theme), voc_facts_theme_name(facts, theme, "fi"),
                                 voc_facts_theme_name(facts, theme, "en")};
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *folded = g_utf8_casefold(names[i], -1);
        if (g_str_equal(folded, wanted))
            return TRUE;
    }
    return FALSE;
}

static const VocThemeFigure *
find_theme(const VocContent *content, const char *name)
{
    for (gsize i = 0; i < content->n_themes; i++)
        if (is_called(content->facts, content->themes[i].theme, name))
            return &content->themes[i];
    return NULL;
}

/* How the theme's segments in a message were felt: 1 when it is there, 2 when negatively. */
static int
presence(const VocFacts *facts, const VocFact *fact, VocName theme)
{
    const VocFactTheme *themes = voc_facts_themes(facts, fact);
    int found = 0;
    for (int i = 0; i < fact->n_themes; i++) {
        if (themes[i].theme != theme)
            continue;
        gboolean negative =
            isnan(themes[i].score) ? fact->feeling == VOC_FEELING_NEGATIVE : themes[i].score <= -0.05f;
        found = MAX(found, negative ? 2 : 1);
    }
    return found;
}

/* Shares before the action by weeks, for the trend it stood against. */
static double
trend_before(const gint64 *k, const gint64 *n)
{
    int first = 0;
    while (first < BEFORE_DAYS / 7 && n[first] == 0)
        first++;
    return BEFORE_DAYS / 7 - first >= 4
               ? voc_trend_slope_z(k + first, n + first, (gsize)(BEFORE_DAYS / 7 - first), TRUE)
               : NAN;
}

static void
measure(VocWork *work, VocActionFigure *figure)
{
    gint64 k[BEFORE_DAYS / 7] = {0}, n[BEFORE_DAYS / 7] = {0};
    gint64 *before = figure->before, *after = figure->after;
    for (gsize i = 0; i < work->start[work->periods]; i++) {
        const VocFact *fact = voc_work_fact(work, i);
        int since = fact->day - figure->day;
        if (fact->text_len == 0 || since < -BEFORE_DAYS || since >= BEFORE_DAYS)
            continue;
        int found = presence(work->facts, fact, figure->theme->theme);
        gint64 *side = since < 0 ? before : after;
        side[0]++;
        side[1] += found > 0;
        side[2] += found == 2;
        if (since < 0) {
            int week = (since + BEFORE_DAYS) / 7;
            n[week]++;
            k[week] += found > 0;
        }
    }
    figure->change = voc_newcombe(after[1], after[0], before[1], before[0], 0.95);
    figure->p = before[0] && after[0] ? voc_fisher_two_sided(after[1], after[0], before[1], before[0]) : NAN;
    figure->negative_change = voc_newcombe(after[2], after[0], before[2], before[0], 0.95);
    figure->trend_z = trend_before(k, n);
}

void
voc_content_actions(VocWork *work)
{
    VocContent *content = work->content;
    const GPtrArray *actions = content->options.actions;
    gint32 end = content->period.first + content->period.covered;
    content->actions = voc_arena_new_array(&content->arena, VocActionFigure, actions->len + 1);
    for (guint i = 0; i < actions->len; i++) {
        const VocAction *action = g_ptr_array_index(actions, i);
        const VocThemeFigure *theme = find_theme(content, action->theme);
        VocActionFigure *figure = &content->actions[content->n_actions];
        if (action->day >= end || action->day + BEFORE_DAYS <= content->period.first)
            continue; /* not yet done, or too long ago to say anything of it this time */
        *figure = (VocActionFigure){.day = action->day,
                                    .theme = theme,
                                    .change = {NAN, NAN},
                                    .negative_change = {NAN, NAN},
                                    .p = NAN,
                                    .trend_z = NAN};
        figure->name = voc_arena_string(&content->arena, voc_slice_from_string(action->theme));
        figure->what = voc_arena_string(&content->arena, voc_slice_from_string(action->what));
        if (theme)
            measure(work, figure);
        content->n_actions++;
    }
}
