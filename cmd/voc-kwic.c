/* voc kwic: what people write around a word. */
#include "filter.h"
#include "progress.h"
#include "searching.h"
#include "stage/kwic.h"
#include "terminal.h"

typedef struct Settings {
    VocKwicSettings kwic;
    char *colour, *label;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_searching_options(&settings->kwic.search, entries);
    voc_option(entries, "label", 'l', G_OPTION_ARG_STRING, &settings->label,
               N_("A field to show in front of each line: id, channel, week ..."), N_("FIELD"));
    voc_option(entries, "width", 'w', G_OPTION_ARG_INT, &settings->kwic.width,
               N_("Columns of a line (the terminal's, else 80)"), N_("COLUMNS"));
    voc_option(entries, "tsv", 0, G_OPTION_ARG_NONE, &settings->kwic.tsv,
               N_("id, left, match and right with tabs between"), NULL);
    voc_option(entries, "color", 0, G_OPTION_ARG_STRING, &settings->colour,
               N_("Colour what was found: auto (on a terminal), always or never"), N_("WHEN"));
}

/* The first operand is the pattern, unless there is something to look for already. */
static int
take(void *data, char **operands, GError **error)
{
    VocSearchSettings *search = &((Settings *)data)->kwic.search;
    (void)error;
    if (!operands[0] || voc_search_has(search))
        return 0;
    search->patterns = voc_searching_append(NULL, operands[0]);
    return 1;
}

/* Lines on their way out. */
typedef struct Lines {
    VocProgram *program;
    VocBuffer text;
} Lines;

static gboolean
write_lines(void *data, VocRecord *records, guint n, GError **error)
{
    Lines *lines = data;
    VocProgram *program = lines->program;
    gboolean good = voc_output_write(program->out, voc_buffer_slice(&lines->text), error) &&
                    (!program->line_buffered || voc_output_flush(program->out, error));
    (void)records;
    (void)n;
    voc_buffer_reset(&lines->text);
    return good;
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    Settings *settings = data;
    VocKwicSettings *kwic = &settings->kwic;
    Lines lines = {program, VOC_BUFFER_INIT};
    if (!voc_terminal_colour(program, settings->colour, &kwic->colour, error))
        return FALSE;
    kwic->label = settings->label;
    kwic->width = kwic->width ? kwic->width : voc_terminal_width(program);
    g_autoptr(VocStage) looking = voc_stage_kwic_new(kwic, &lines.text, program->context, error);
    if (!looking)
        return FALSE;
    g_autoptr(VocLines) input = voc_lines_new((const char *const *)operands, 0, program->line_buffered);
    voc_progress_start(program, input);
    gboolean good =
        voc_program_collect(program, voc_source_lines(input), &looking, 1, 1, write_lines, &lines, error);
    voc_progress_stop();
    good = good && write_lines(&lines, NULL, 0, error);
    voc_buffer_clear(&lines.text);
    return good;
}

static void
clear(void *data)
{
    Settings *settings = data;
    voc_search_settings_clear(&settings->kwic.search);
    g_free(settings->colour);
    g_free(settings->label);
}

const VocFilter voc_filter_kwic = {
    .name = "kwic",
    .summary = N_("Show a word or pattern in its context, one line a find"),
    .operands = N_("PATTERN [FILE...]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .take = take,
    .run = run,
    .clear = clear,
};
