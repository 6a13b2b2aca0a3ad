/* voc theme: what messages are about. */
#include "filter.h"

#include <unistd.h>

#include "progress.h"
#include "stage/theme.h"
#include "theme/discover.h"

typedef struct Settings {
    VocThemeSettings theme;
    char *output;
    int k;
    int jobs;
    int sample;
    gboolean share;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    settings->theme.confidence = VOC_ASSIGN_CONFIDENCE;
    voc_option(entries, "themes", 't', G_OPTION_ARG_FILENAME, &settings->theme.themes, N_("The theme file"),
               N_("FILE"));
    voc_option(entries, "confidence", 0, G_OPTION_ARG_DOUBLE, &settings->theme.confidence,
               N_("assign: leave what is less sure unassigned (0.5); 0: leave nothing that says anything"),
               N_("P"));
    voc_option(entries, "share", 0, G_OPTION_ARG_NONE, &settings->share,
               N_("assign: say how many messages have no theme (said anyway on a terminal)"), NULL);
    voc_option(entries, "output", 'o', G_OPTION_ARG_FILENAME, &settings->output,
               N_("discover: write the themes to FILE"), N_("FILE"));
    voc_option(entries, "clusters", 'k', G_OPTION_ARG_INT, &settings->k,
               N_("discover: find N themes (default: as many as the data tell apart)"), N_("N"));
    voc_option(entries, "sample", 0, G_OPTION_ARG_INT, &settings->sample,
               N_("discover: look at N different messages at most (100000)"), N_("N"));
    voc_option(entries, "jobs", 'j', G_OPTION_ARG_INT, &settings->jobs, N_("Threads (default: one a core)"),
               N_("N"));
}

static VocStage *
stage(void *data, VocContext *context, GError **error)
{
    return voc_stage_theme_new(&((Settings *)data)->theme, context, error);
}

static guint
threads(const Settings *settings)
{
    return settings->jobs > 0 ? (guint)MIN(settings->jobs, 256) : g_get_num_processors();
}

static gboolean
nothing(void *data, VocRecord *records, guint n, GError **error)
{
    (void)data;
    (void)records;
    (void)n;
    (void)error;
    return TRUE;
}

/* Reads all records of `paths` into `corpus`. */
static gboolean
gather(VocProgram *program, Settings *settings, char **paths, VocCorpus *corpus, GError **error)
{
    g_autoptr(VocStage) stages = voc_stage_corpus_new(corpus, program->context, error);
    if (!stages)
        return FALSE;
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)paths, 0, FALSE);
    voc_progress_start(program, lines);
    gboolean good = voc_program_collect(program, voc_source_lines(lines), &stages, 1, threads(settings),
                                        nothing, NULL, error);
    voc_progress_stop();
    return good;
}

static gboolean
write_themes(const VocThemes *themes, const char *path, GError **error)
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    g_autoptr(VocOutput) out = voc_output_create(path, FALSE, error);
    voc_themes_write(themes, &text);
    return out && voc_output_write(out, voc_buffer_slice(&text), error) && voc_output_close(out, error);
}

static gboolean
usage(GError **error, const char *message)
{
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s", message);
    return FALSE;
}

static gboolean
run_discover(VocProgram *program, Settings *settings, char **paths, GError **error)
{
    if (!settings->output)
        return usage(error, _("where do the themes go? Name the file with -o"));
    if (settings->k < 0 || settings->k > 1000 || settings->sample < 0)
        return usage(error, _("-k takes a number from 1 to 1000, --sample one from 1"));
    g_autoptr(VocCorpus) corpus = voc_corpus_new((guint)settings->sample);
    if (!gather(program, settings, paths, corpus, error))
        return FALSE;
    voc_corpus_finish(corpus);
    VocDiscoverSettings discover = {.k = (guint)settings->k};
    g_autoptr(VocThemes) themes = voc_discover(corpus, &discover, error);
    return themes && write_themes(themes, settings->output, error);
}

static gboolean
run_assign(VocProgram *program, Settings *settings, char **paths, GError **error)
{
    g_autoptr(VocStage) stages = voc_stage_theme_new(&settings->theme, program->context, error);
    if (!stages)
        return FALSE;
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)paths, 0, program->line_buffered);
    voc_progress_start(program, lines);
    gboolean good = voc_program_run(program, voc_source_lines(lines), &stages, 1, 1, error);
    voc_progress_stop();
    guint64 messages, unassigned;
    voc_stage_theme_counts(stages, &messages, &unassigned);
    if (good && messages && (settings->share || isatty(STDERR_FILENO)))
        voc_program_say(program, _("%.1f %% of %" G_GUINT64_FORMAT " messages have no theme"),
                        100.0 * (double)unassigned / (double)messages, messages);
    return good;
}

typedef struct Command {
    const char *name;
    gboolean (*run)(VocProgram *program, Settings *settings, char **operands, GError **error);
} Command;

static const Command COMMANDS[] = {
    {"discover", run_discover},
    {"assign", run_assign},
};

static gboolean
run(VocProgram *program, void *settings, char **operands, GError **error)
{
    for (guint i = 0; operands[0] && i < G_N_ELEMENTS(COMMANDS); i++)
        if (strcmp(operands[0], COMMANDS[i].name) == 0)
            return COMMANDS[i].run(program, settings, operands + 1, error);
    /* As in voc run: theme -t FILE is what assigns. */
    if (((Settings *)settings)->theme.themes)
        return run_assign(program, settings, operands, error);
    return usage(error,
                 operands[0] ? _("no such command: discover, assign") : _("which command? discover, assign"));
}

static void
clear(void *data)
{
    Settings *settings = data;
    g_free(settings->theme.themes);
    g_free(settings->output);
}

const VocFilter voc_filter_theme = {
    .name = "theme",
    .summary = N_("Find themes in messages, and tell each message's themes"),
    .operands = N_("discover|assign [FILE...]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .stage = stage,
    .run = run,
    .clear = clear,
};
