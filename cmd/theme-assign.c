/* voc theme assign: messages' themes. */
#include <unistd.h>

#include "progress.h"
#include "stage/words.h"
#include "theme.h"

static gboolean
assign(VocProgram *program, VocThemeOptions *options, char **paths, GError **error)
{
    g_autoptr(VocStage) stage = voc_stage_theme_new(&options->theme, program->context, error);
    if (!stage)
        return FALSE;
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)paths, 0, program->line_buffered);
    voc_progress_start(program, lines);
    gboolean good = voc_program_run(program, voc_source_lines(lines), &stage, 1, 1, error);
    voc_progress_stop();
    guint64 messages, unassigned;
    voc_stage_theme_counts(stage, &messages, &unassigned);
    if (good && messages && (options->share || isatty(STDERR_FILENO)))
        voc_program_say(program, _("%.1f %% of %" G_GUINT64_FORMAT " messages have no theme"),
                        100.0 * (double)unassigned / (double)messages, messages);
    return good;
}

static int
by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The confidence below which `target` percent of the messages are. */
static gboolean
find_confidence(VocProgram *program, VocThemeOptions *options, char **paths, GError **error)
{
    VocThemeSettings any = options->theme;
    g_autoptr(GArray) surest = g_array_new(FALSE, FALSE, sizeof(double));
    any.surest = surest;
    g_autoptr(VocStage) stage = voc_stage_theme_new(&any, program->context, error);
    if (!stage)
        return FALSE;
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)paths, 0, FALSE);
    /* What is wrong with the input is told once, when the messages are written. */
    VocProgram silent = *program;
    silent.quiet = TRUE;
    silent.rejects = NULL;
    if (!voc_program_collect(&silent, voc_source_lines(lines), &stage, 1, 1, voc_theme_pass_over, NULL,
                             error))
        return FALSE;
    if (!surest->len)
        return TRUE;
    g_array_sort(surest, by_number);
    guint at = (guint)(options->target / 100 * surest->len);
    /* A hair below, so that the message itself has its theme. */
    double least = g_array_index(surest, double, MIN(at, surest->len - 1)) - 1e-6;
    options->theme.confidence = CLAMP(least, 1e-6, 0.999);
    return TRUE;
}

gboolean
voc_theme_assign(VocProgram *program, VocThemeOptions *options, char **paths, GError **error)
{
    if (options->target >= 0) {
        if (options->target > 100 || !paths[0])
            return voc_theme_usage(error, _("--target takes a percentage, and files, which it reads twice"));
        if (!find_confidence(program, options, paths, error))
            return FALSE;
        voc_program_say(program, _("confidence %.3f"), options->theme.confidence);
    }
    return assign(program, options, paths, error);
}
