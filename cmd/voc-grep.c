/* voc grep: the records in which something stands, or whose fields meet conditions. */
#include "filter.h"
#include "searching.h"
#include "stage/condition.h"
#include "stage/grep.h"
#include "terminal.h"
#include "text/width.h"

typedef struct Settings {
    VocGrepSettings grep;
    gboolean count, list;
    char *colour;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    VocGrepSettings *grep = &settings->grep;
    voc_searching_options(&grep->search, entries);
    voc_option(entries, "where", 'w', G_OPTION_ARG_STRING_ARRAY, &grep->conditions,
               N_("A condition on a field, as the operands; several: all of them"), N_("CONDITION"));
    voc_option(entries, "invert-match", 'v', G_OPTION_ARG_NONE, &grep->invert,
               N_("The records in which it does not stand"), NULL);
    voc_option(entries, "count", 'c', G_OPTION_ARG_NONE, &settings->count,
               N_("How many records there are, of each file"), NULL);
    voc_option(entries, "files-with-matches", 'l', G_OPTION_ARG_NONE, &settings->list,
               N_("The names of the files that have such records"), NULL);
    voc_option(entries, "color", 0, G_OPTION_ARG_STRING, &settings->colour,
               N_("Colour what was found: auto (on a terminal), always or never"), N_("WHEN"));
}

/* The first operand is the pattern unless it is a condition or there is something to look for already; then
 * come conditions, then files. */
static int
take(void *data, char **operands, GError **error)
{
    VocGrepSettings *grep = &((Settings *)data)->grep;
    int n = 0;
    gboolean asked = voc_search_has(&grep->search) || grep->conditions;
    (void)error;
    if (operands[0] && !asked && !voc_condition_is(operands[0]))
        grep->search.patterns = voc_searching_append(grep->search.patterns, operands[n++]);
    for (; operands[n] && voc_condition_is(operands[n]); n++)
        grep->conditions = voc_searching_append(grep->conditions, operands[n]);
    return n;
}

static VocStage *
stage(void *data, VocContext *context, GError **error)
{
    const Settings *settings = data;
    if (settings->count || settings->list) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("-c and -l give no records: they are no stage"));
        return NULL;
    }
    return voc_stage_grep_new(&settings->grep, context, error);
}

typedef struct Sum {
    guint64 n;
    gboolean one_will_do;
} Sum;

static gboolean
count(void *data, VocRecord *records, guint n, GError **error)
{
    Sum *sum = data;
    (void)records;
    (void)error;
    sum->n += n;
    return !sum->one_will_do;
}

/* -c and -l: file by file. */
static gboolean
sum_up(VocProgram *program, const Settings *settings, VocStage *chosen, char **paths, GError **error)
{
    static char *const STDIN[] = {"-", NULL};
    char *const *path = paths[0] ? paths : STDIN;
    gboolean several = path[0] && path[1];
    for (; *path; path++) {
        const char *one[] = {*path, NULL};
        g_autoptr(VocLines) lines = voc_lines_new(one, 0, program->line_buffered);
        Sum sum = {0, settings->list};
        if (!voc_program_collect(program, voc_source_lines(lines), &chosen, 1, 1, count, &sum, error))
            return FALSE;
        if (!sum.n && settings->list)
            continue;
        g_auto(VocBuffer) line = VOC_BUFFER_INIT;
        if (several || settings->list)
            voc_text_add_plain(&line, voc_slice_from_string(*path));
        if (!settings->list)
            voc_buffer_add_printf(&line, "%s%" G_GUINT64_FORMAT, several ? ":" : "", sum.n);
        voc_buffer_add_char(&line, '\n');
        if (!voc_output_write(program->out, voc_buffer_slice(&line), error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    Settings *settings = data;
    if (!voc_terminal_colour(program, settings->colour, &settings->grep.paint, error))
        return FALSE;
    g_autoptr(VocStage) chosen = voc_stage_grep_new(&settings->grep, program->context, error);
    if (!chosen)
        return FALSE;
    if (settings->count || settings->list)
        return sum_up(program, settings, chosen, operands, error);
    return voc_program_stream(program, chosen, operands, error);
}

static void
clear(void *data)
{
    Settings *settings = data;
    voc_grep_settings_clear(&settings->grep);
    g_free(settings->colour);
}

const VocFilter voc_filter_grep = {
    .name = "grep",
    .summary = N_("Choose records by what stands in them: patterns, words in any inflection, fields"),
    .operands = N_("[PATTERN] [FIELD=VALUE...] [FILE...]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .take = take,
    .stage = stage,
    .run = run,
    .clear = clear,
};
