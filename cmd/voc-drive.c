/* voc drive: what moves NPS and other ratings. */
#include "facts.h"
#include "report/drive.h"

#include <math.h>

/* As content has it: effects of themes with fewer answers are withheld. */
#define SMALLEST 5

typedef struct Settings {
    VocWeekSettings week;
    char *by, *rating;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_week_options(&settings->week, entries);
    voc_option(entries, "by", 'b', G_OPTION_ARG_STRING, &settings->by,
               N_("Each channel, touchpoint or unit by itself"), N_("FIELD"));
    voc_option(entries, "rating", 'r', G_OPTION_ARG_STRING, &settings->rating,
               N_("What is moved: nps, csat, ces, stars or sentiment (default: what most gave)"),
               N_("RATING"));
}

static void
clear(void *data)
{
    Settings *settings = data;
    voc_week_clear(&settings->week);
    g_free(settings->by);
    g_free(settings->rating);
}

typedef struct Output {
    const VocContent *content;
    const VocDrive *drive;
    const char *segment; /* NULL: all */
    VocTable *table;     /* or NULL */
    VocBuffer *lines;    /* of JSON, where there is no table */
} Output;

static const char *const RATINGS[] = {"nps", "csat", "ces", "stars"};

static const char *
rating_name(int kind)
{
    return kind < 0 ? "sentiment" : RATINGS[kind];
}

static gboolean
choose_rating(const char *name, VocContentOptions *chosen, GError **error)
{
    if (!name)
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(RATINGS); i++)
        if (g_str_equal(RATINGS[i], name))
            chosen->effect_of = (int)i;
    if (g_str_equal(name, "sentiment"))
        chosen->effect_of = VOC_EFFECT_SENTIMENT;
    if (chosen->effect_of != VOC_EFFECT_AUTO)
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("no rating '%s': nps, csat, ces, stars or sentiment"),
                name);
    return FALSE;
}

static const VocDriveFigure *
find_figure(const VocDrive *drive, VocName theme)
{
    for (gsize i = 0; i < drive->n_figures; i++)
        if (drive->figures[i].theme == theme)
            return &drive->figures[i];
    return NULL;
}

/* Why there is no effect, or no regression. */
static const char *
reason_of(const Output *output, const VocThemeFigure *theme, const VocDriveFigure *figure)
{
    if (!theme->theme)
        return "";
    if (theme->rated < SMALLEST)
        return "fewer than 5 answers in the period";
    if (isnan(theme->effect))
        return "every answer is on it";
    if (!figure)
        return output->content->effect_of < 0 ? "no regression: there is no rating"
                                              : "not in the regression: fewer than 20 answers";
    return output->drive->rank ? "" : "no regression: too few answers";
}

static void
add_row(const Output *output, const VocThemeFigure *theme)
{
    const VocDriveFigure *figure = find_figure(output->drive, theme->theme);
    const char *reason = reason_of(output, theme, figure);
    gboolean fitted = figure && output->drive->rank;
    if (!output->table)
        return;
    voc_table_text(output->table, voc_slice_from_string(output->segment ? output->segment : "(all)"));
    voc_table_text(output->table,
                   voc_slice_from_string(voc_facts_name(output->content->facts, theme->theme)));
    voc_week_cell(output->table, (double)theme->rated, 0);
    voc_week_cell(output->table, theme->effect, 2);
    voc_week_cell(output->table, theme->contribution, 2);
    voc_week_cell(output->table, theme->by_score, 2);
    voc_week_cell(output->table, theme->by_share, 2);
    voc_week_cell(output->table, fitted ? figure->presence.value : NAN, 2);
    voc_week_cell(output->table, fitted ? figure->presence.low : NAN, 2);
    voc_week_cell(output->table, fitted ? figure->presence.high : NAN, 2);
    voc_week_cell(output->table, fitted ? figure->presence.p : NAN, 4);
    voc_table_text(output->table, voc_slice_from_string(reason));
    voc_table_text(output->table, voc_slice_from_string(rating_name(output->content->effect_of)));
}

static void
add_coefficient(VocBuffer *out, const char *name, const VocCoefficient *c)
{
    g_auto(VocBuffer) object = VOC_BUFFER_INIT;
    voc_buffer_add_char(&object, '{');
    voc_week_member(&object, "value", c->value, 6);
    voc_week_member(&object, "se", c->se, 6);
    voc_week_member(&object, "low", c->low, 6);
    voc_week_member(&object, "high", c->high, 6);
    voc_week_member(&object, "p", c->p, 9);
    voc_buffer_add_printf(out, ",\"%s\":%s}", name, voc_buffer_string(&object));
}

static void
add_line(const Output *output, const char *period, const VocThemeFigure *theme)
{
    const VocContent *content = output->content;
    const VocDriveFigure *figure = find_figure(output->drive, theme->theme);
    VocBuffer *out = output->lines;
    voc_buffer_add_char(out, '{');
    voc_week_member(out, "drive", 1, 0);
    voc_week_member_text(out, "period", period);
    voc_week_member_text(out, "rating", rating_name(content->effect_of));
    if (output->segment)
        voc_week_member_text(out, "segment", output->segment);
    voc_week_member(out, "score", content->effect_score, 9);
    voc_week_member(out, "score_before", content->effect_score_before, 9);
    voc_week_member(out, "n", (double)content->effect_n, 0);
    voc_week_member_text(out, "theme",
                         theme->theme ? voc_facts_name(content->facts, theme->theme) : "(none)");
    voc_week_member(out, "answers", (double)theme->rated, 0);
    voc_week_member(out, "effect", theme->effect, 9);
    voc_week_member(out, "effect_before", theme->effect_before, 9);
    voc_week_member(out, "contribution", theme->contribution, 9);
    voc_week_member(out, "contribution_before", theme->contribution_before, 9);
    voc_week_member(out, "by_score", theme->by_score, 9);
    voc_week_member(out, "by_share", theme->by_share, 9);
    if (figure && output->drive->rank) {
        voc_week_member(out, "regression_n", (double)output->drive->n, 0);
        add_coefficient(out, "presence", &figure->presence);
        add_coefficient(out, "sentiment", &figure->sentiment);
    }
    voc_week_member_text(out, "withheld", reason_of(output, theme, figure));
    voc_buffer_add_literal(out, "}\n");
}

static void
add_content(const Output *output)
{
    const VocContent *content = output->content;
    g_autofree char *period = voc_period_label(&content->period);
    VocThemeFigure none = {.contribution = content->effect_score,
                           .contribution_before = content->effect_score_before,
                           .effect = NAN,
                           .effect_before = NAN,
                           .by_score = content->no_theme_by_score,
                           .by_share = content->no_theme_by_share};
    for (gsize i = 0; i < content->n_themes; i++) {
        const VocThemeFigure *theme = &content->themes[i];
        none.contribution -= theme->contribution;
        none.contribution_before -= theme->contribution_before;
        if (theme->rated == 0 && !(fabs(theme->by_score) + fabs(theme->by_share) > 0))
            continue;
        if (output->table)
            add_row(output, theme);
        else
            add_line(output, period, theme);
    }
    /* What the themes leave over, so that the split adds up. */
    if (!output->table)
        add_line(output, period, &none);
}

static gboolean
drive_facts(const Settings *settings, const VocFacts *facts, const VocContentOptions *chosen, Output *output,
            GError **error)
{
    (void)settings;
    g_autoptr(VocContent) content = voc_content_new(facts, chosen, error);
    g_auto(VocDrive) drive = {0};
    if (!content)
        return FALSE;
    if (chosen->effect_of >= 0 && !content->effect_n) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, _("there is no answer to %s in the period"),
                    rating_name(chosen->effect_of));
        return FALSE;
    }
    voc_drive_fit(content, &drive);
    output->content = content;
    output->drive = &drive;
    add_content(output);
    return TRUE;
}

/* Segments of the period that all of the data give; one that has nothing to say in it is passed over. */
static gboolean
drive_segments(const Settings *settings, const VocFacts *facts, VocContentOptions *chosen, Output *output,
               GError **error)
{
    static const char *const FIELDS[] = {"channel", "touchpoint", "unit"};
    guint field = 0;
    while (field < G_N_ELEMENTS(FIELDS) && strcmp(settings->by, FIELDS[field]) != 0)
        field++;
    if (field == G_N_ELEMENTS(FIELDS)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("--by takes channel, touchpoint or unit"));
        return FALSE;
    }
    g_autoptr(VocContent) all = voc_content_new(facts, chosen, error);
    if (!all)
        return FALSE;
    g_autofree char *period = voc_period_label(&all->period);
    g_autoptr(GArray) values = voc_facts_segments(facts, (VocSegment)field);
    chosen->period = period;
    for (guint i = 0; i < values->len; i++) {
        VocName value = g_array_index(values, VocName, i);
        g_autoptr(VocFacts) some = voc_facts_select(facts, (VocSegment)field, value);
        g_autoptr(GError) nothing = NULL;
        output->segment = value ? voc_facts_name(facts, value) : "(none)";
        if (!drive_facts(settings, some, chosen, output, &nothing) &&
            !g_error_matches(nothing, VOC_ERROR, VOC_ERROR_INPUT)) {
            g_propagate_error(error, g_steal_pointer(&nothing));
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    static const char *const HEADS[] = {"segment",  "theme",    "answers",  "effect", "contribution",
                                        "by score", "by share", "presence", "low",    "high",
                                        "p",        "withheld", "rating"};
    const Settings *settings = data;
    VocContentOptions chosen;
    if (!voc_week_content_options(&settings->week, &chosen, error) ||
        !choose_rating(settings->rating, &chosen, error))
        return FALSE;
    g_autoptr(VocFacts) facts = voc_week_facts(program, &settings->week, operands, error);
    if (!facts)
        return FALSE;
    g_auto(VocTable) table = {0};
    g_auto(VocBuffer) lines = VOC_BUFFER_INIT;
    voc_table_init(&table);
    for (gsize i = 0; i < G_N_ELEMENTS(HEADS); i++)
        voc_table_column(&table, HEADS[i], i < 2 || i >= 11 ? VOC_ALIGN_LEFT : VOC_ALIGN_RIGHT);
    Output output = {.table = settings->week.json ? NULL : &table, .lines = &lines};
    if (!(settings->by ? drive_segments(settings, facts, &chosen, &output, error)
                       : drive_facts(settings, facts, &chosen, &output, error)))
        return FALSE;
    return settings->week.json ? voc_output_write(program->out, voc_buffer_slice(&lines), error)
                               : voc_table_write(&table, program, error);
}

const VocFilter voc_filter_drive = {
    .name = "drive",
    .summary = N_("Tell what moved NPS or another rating, and by how many points"),
    .operands = N_("[PATH|DB...]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
