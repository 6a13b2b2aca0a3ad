/* voc run: the same stages as a pipe of filters, in one process over all cores. */
#include "filter.h"
#include "progress.h"

typedef struct Settings {
    int jobs;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_option(entries, "jobs", 'j', G_OPTION_ARG_INT, &settings->jobs, N_("Threads (default: one a core)"),
               N_("N"));
}

/* Cuts at bars that stand outside quotes. */
static GPtrArray *
split_chain(const char *chain)
{
    GPtrArray *commands = g_ptr_array_new_with_free_func(g_free);
    const char *start = chain;
    char quote = 0;
    for (const char *at = chain;; at++) {
        if (*at == '\0' || (*at == '|' && !quote)) {
            g_ptr_array_add(commands, g_strstrip(g_strndup(start, (gsize)(at - start))));
            start = at + 1;
        }
        if (*at == '\0')
            return commands;
        if (*at == '\\' && at[1] && quote != '\'')
            at++;
        else if (quote ? *at == quote : (*at == '\'' || *at == '"'))
            quote = quote ? 0 : *at;
    }
}

static void
free_stage(gpointer stage)
{
    voc_stage_free(stage);
}

static GPtrArray *
make_stages(const char *chain, VocContext *context, GError **error)
{
    g_autoptr(GPtrArray) commands = split_chain(chain);
    GPtrArray *stages = g_ptr_array_new_with_free_func(free_stage);
    for (guint i = 0; i < commands->len; i++) {
        VocStage *stage = voc_filter_stage(g_ptr_array_index(commands, i), context, error);
        if (!stage) {
            g_ptr_array_unref(stages);
            return NULL;
        }
        g_ptr_array_add(stages, stage);
    }
    return stages;
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    Settings *settings = data;
    if (!operands[0] || settings->jobs < 0) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                    operands[0] ? _("-j takes a whole number from 1")
                                : _("which stages? For example: 'stem | score'"));
        return FALSE;
    }
    g_autoptr(GPtrArray) stages = make_stages(operands[0], program->context, error);
    if (!stages)
        return FALSE;
    guint threads = settings->jobs ? (guint)MIN(settings->jobs, 256) : g_get_num_processors();
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)operands + 1, 0, program->line_buffered);
    voc_progress_start(program, lines);
    gboolean good = voc_program_run(program, voc_source_lines(lines), (VocStage *const *)stages->pdata,
                                    stages->len, threads, error);
    voc_progress_stop();
    return good;
}

const VocFilter voc_filter_run = {
    .name = "run",
    .summary = N_("Run a chain of stages over records, on all cores"),
    .operands = N_("'STAGE | STAGE ...' [FILE...]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
};
