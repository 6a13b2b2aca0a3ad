/* voc trend: what rose or fell, and whether it is real. */
#include "facts.h"
#include "report/actions.h"

#include <math.h>

typedef struct Settings {
    VocWeekSettings week;
    char *sensitivity, *actions;
    gboolean alerts;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_week_options(&settings->week, entries);
    voc_option(entries, "sensitivity", 's', G_OPTION_ARG_STRING, &settings->sensitivity,
               N_("low, normal or high: how sure and how large a change must be"), N_("STEP"));
    voc_option(entries, "alerts", 0, G_OPTION_ARG_NONE, &settings->alerts,
               N_("Only what is significant: nothing when there is nothing"), NULL);
    voc_option(entries, "actions", 0, G_OPTION_ARG_FILENAME, &settings->actions,
               N_("Tell the effects of what was done: a table of date, theme, action"), N_("FILE"));
}

static void
clear(void *data)
{
    Settings *settings = data;
    voc_week_clear(&settings->week);
    g_free(settings->sensitivity);
    g_free(settings->actions);
}

static gboolean
set_sensitivity(const char *name, VocContentOptions *chosen, GError **error)
{
    static const struct {
        const char *name;
        double fdr;
        gint64 min_count;
    } STEPS[] = {{"low", 0.01, 10}, {"normal", 0.05, 5}, {"high", 0.2, 3}};
    for (gsize i = 0; i < G_N_ELEMENTS(STEPS); i++)
        if (strcmp(name ? name : "normal", STEPS[i].name) == 0) {
            chosen->fdr = STEPS[i].fdr;
            chosen->min_count = STEPS[i].min_count;
            return TRUE;
        }
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("no sensitivity '%s': low, normal or high"), name);
    return FALSE;
}

static const char *
verdict_of(VocChange change)
{
    static const char *const NAMES[] = {[VOC_CHANGE_UNTESTED] = "untested",
                                        [VOC_CHANGE_NONE] = "steady",
                                        [VOC_CHANGE_UP] = "up",
                                        [VOC_CHANGE_DOWN] = "down",
                                        [VOC_CHANGE_UP_SLOWLY] = "up slowly",
                                        [VOC_CHANGE_DOWN_SLOWLY] = "down slowly",
                                        [VOC_CHANGE_NEW] = "new"};
    return NAMES[change];
}

static gboolean
is_alert(VocChange change)
{
    return change > VOC_CHANGE_NONE;
}

/* One line of the result. */
typedef struct Line {
    const char *kind, *name;
    const VocShareFigure *figure;
    double slope_q, ewma;
} Line;

static void
add_table_line(VocTable *table, const Line *line)
{
    const VocShareFigure *f = line->figure;
    voc_table_text(table, voc_slice_from_string(line->name));
    voc_table_text(table, voc_slice_from_string(verdict_of(f->verdict)));
    voc_week_cell(table, (double)f->k, 0);
    voc_week_cell(table, (double)f->n, 0);
    voc_week_cell(table, 100 * f->trend.now, 2);
    voc_week_cell(table, f->n_before ? 100.0 * (double)f->k_before / (double)f->n_before : NAN, 2);
    voc_week_cell(table, 100 * f->trend.usual, 2);
    voc_week_cell(table, 100 * f->trend.change, 2);
    voc_week_cell(table, 100 * f->trend.interval.low, 2);
    voc_week_cell(table, 100 * f->trend.interval.high, 2);
    voc_week_cell(table, f->q, 6);
    voc_week_cell(table, line->ewma, 2);
}

static void
add_json_line(VocBuffer *out, const char *week, const Line *line)
{
    const VocShareFigure *f = line->figure;
    voc_buffer_add_char(out, '{');
    voc_week_member(out, "trend", 1, 0);
    voc_week_member_text(out, "period", week);
    voc_week_member_text(out, line->kind, line->name);
    voc_week_member_text(out, "verdict", verdict_of(f->verdict));
    voc_buffer_add_printf(out, ",\"alert\":%s", is_alert(f->verdict) ? "true" : "false");
    voc_week_member(out, "k", (double)f->k, 0);
    voc_week_member(out, "n", (double)f->n, 0);
    voc_week_member(out, "k_before", (double)f->k_before, 0);
    voc_week_member(out, "n_before", (double)f->n_before, 0);
    voc_week_member(out, "k_usual", (double)f->k_usual, 0);
    voc_week_member(out, "n_usual", (double)f->n_usual, 0);
    voc_week_member(out, "change", f->trend.change, 6);
    voc_week_member(out, "low", f->trend.interval.low, 6);
    voc_week_member(out, "high", f->trend.interval.high, 6);
    voc_week_member(out, "dispersion", f->trend.dispersion, 4);
    voc_week_member(out, "p_before", f->p_before, 9);
    voc_week_member(out, "p", f->trend.p, 9);
    voc_week_member(out, "q", f->q, 9);
    voc_week_member(out, "drift_q", line->slope_q, 9);
    voc_week_member(out, "ewma_z", line->ewma, 4);
    voc_buffer_add_literal(out, "}\n");
}

typedef struct Output {
    VocProgram *program;
    const Settings *settings;
    char *week;
    VocTable table;
    VocBuffer lines;
} Output;

static void
add_line(Output *output, const Line *line)
{
    if (output->settings->alerts && !is_alert(line->figure->verdict))
        return;
    if (output->settings->week.json)
        add_json_line(&output->lines, output->week, line);
    else
        add_table_line(&output->table, line);
}

/* The surest first. */
static int
by_q(gconstpointer a, gconstpointer b)
{
    const VocThemeFigure *x = *(const VocThemeFigure *const *)a, *y = *(const VocThemeFigure *const *)b;
    double p = isnan(x->messages.q) ? 2 : x->messages.q, q = isnan(y->messages.q) ? 2 : y->messages.q;
    if (is_alert(x->messages.verdict) != is_alert(y->messages.verdict))
        return is_alert(x->messages.verdict) ? -1 : 1;
    return p < q ? -1 : p > q ? 1 : x < y ? -1 : x > y;
}

static void
add_themes(Output *output, const VocContent *content)
{
    g_autoptr(GPtrArray) sorted = g_ptr_array_new();
    for (gsize i = 0; i < content->n_themes; i++)
        if (content->themes[i].messages.k || content->themes[i].messages.k_usual)
            g_ptr_array_add(sorted, &content->themes[i]);
    g_ptr_array_sort(sorted, by_q);
    for (guint i = 0; i < sorted->len; i++) {
        const VocThemeFigure *theme = g_ptr_array_index(sorted, i);
        Line line = {"theme", voc_facts_name(content->facts, theme->theme), &theme->messages, theme->slope_q,
                     theme->ewma_z};
        add_line(output, &line);
    }
    /* Not with the themes under one rate of false discoveries: these two are always looked at. */
    Line line = {"share", "(negative)", &content->negative, NAN, NAN};
    if (content->scored && !output->settings->alerts)
        add_line(output, &line);
}

static void
add_words(Output *output, const VocContent *content)
{
    for (gsize i = 0; i < content->n_new_words; i++) {
        const VocWordFigure *word = &content->new_words[i];
        VocBuffer *out = &output->lines;
        voc_buffer_add_char(out, '{');
        voc_week_member(out, "trend", 1, 0);
        voc_week_member_text(out, "period", output->week);
        voc_week_member_text(out, "word", word->word);
        voc_week_member(out, "k", (double)word->k, 0);
        voc_week_member(out, "n", (double)word->n, 0);
        voc_week_member(out, "k_usual", (double)word->k_rest, 0);
        voc_week_member(out, "n_usual", (double)word->n_rest, 0);
        voc_week_member(out, "g2", word->g2, 3);
        voc_week_member(out, "log_ratio", word->log_ratio, 3);
        voc_week_member_text(out, "evidence",
                             voc_facts_id(content->facts, voc_facts_at(content->facts, word->quote.row)));
        voc_buffer_add_literal(out, "}\n");
    }
}

static void
add_actions(Output *output, const VocContent *content)
{
    VocBuffer *out = &output->lines;
    for (gsize i = 0; i < content->n_actions; i++) {
        const VocActionFigure *action = &content->actions[i];
        VocPeriod day = voc_period_of(VOC_PERIOD_DAY, action->day);
        g_autofree char *label = voc_period_label(&day);
        voc_buffer_add_char(out, '{');
        voc_week_member(out, "trend", 1, 0);
        voc_week_member_text(out, "action", action->what);
        voc_week_member_text(out, "day", label);
        voc_week_member_text(out, "theme",
                             action->theme ? voc_facts_name(content->facts, action->theme->theme)
                                           : action->name);
        voc_week_member(out, "k_before", (double)action->before[1], 0);
        voc_week_member(out, "n_before", (double)action->before[0], 0);
        voc_week_member(out, "k_after", (double)action->after[1], 0);
        voc_week_member(out, "n_after", (double)action->after[0], 0);
        voc_week_member(out, "low", action->change.low, 6);
        voc_week_member(out, "high", action->change.high, 6);
        voc_week_member(out, "negative_low", action->negative_change.low, 6);
        voc_week_member(out, "negative_high", action->negative_change.high, 6);
        voc_week_member(out, "p", action->p, 9);
        voc_week_member(out, "trend_z", action->trend_z, 4);
        voc_buffer_add_literal(out, "}\n");
    }
}

static gboolean
write_content(VocProgram *program, const Settings *settings, const VocContent *content, GError **error)
{
    static const char *const HEADS[] = {"theme",   "verdict", "k",   "n",    "now %", "before %",
                                        "usual %", "change",  "low", "high", "q",     "ewma z"};
    g_autofree char *week = voc_period_label(&content->period);
    Output output = {program, settings, week, .lines = VOC_BUFFER_INIT};
    voc_table_init(&output.table);
    for (gsize i = 0; i < G_N_ELEMENTS(HEADS); i++)
        voc_table_column(&output.table, HEADS[i], i < 2 ? VOC_ALIGN_LEFT : VOC_ALIGN_RIGHT);
    guint empty = output.table.cells->len;
    add_themes(&output, content);
    if (settings->week.json) {
        add_words(&output, content);
        add_actions(&output, content);
    }
    gboolean good = TRUE;
    if (settings->week.json)
        good = voc_output_write(program->out, voc_buffer_slice(&output.lines), error);
    else if (output.table.cells->len > empty)
        good = voc_table_write(&output.table, program, error);
    if (good && !settings->week.json) {
        voc_buffer_reset(&output.lines);
        add_words(&output, content);
        add_actions(&output, content);
        good = settings->alerts || voc_output_write(program->out, voc_buffer_slice(&output.lines), error);
    }
    voc_table_clear(&output.table);
    voc_buffer_clear(&output.lines);
    return good;
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    const Settings *settings = data;
    VocContentOptions chosen;
    if (!voc_week_content_options(&settings->week, &chosen, error) ||
        !set_sensitivity(settings->sensitivity, &chosen, error))
        return FALSE;
    g_autoptr(GPtrArray) actions = settings->actions ? voc_actions_read(settings->actions, error) : NULL;
    if (settings->actions && !actions)
        return FALSE;
    chosen.actions = actions;
    g_autoptr(VocFacts) facts = voc_week_facts(program, &settings->week, operands, error);
    const VocWordModel *model = facts ? voc_context_word_model(program->context, error) : NULL;
    if (!model)
        return FALSE;
    chosen.words = settings->alerts ? NULL : voc_words_new(model);
    g_autoptr(VocContent) content = voc_content_new(facts, &chosen, error);
    voc_words_free(chosen.words);
    return content && write_content(program, settings, content, error);
}

const VocFilter voc_filter_trend = {
    .name = "trend",
    .summary = N_("Tell what rose or fell in a week, and whether it is real"),
    .operands = N_("[PATH|DB...]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
