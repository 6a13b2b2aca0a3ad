/* voc sample: some of the records, the same ones every time. */
#include "filter.h"
#include "progress.h"
#include "stage/sample.h"

typedef struct Settings {
    VocSampleSettings sample;
    int n;
    gint64 seed;
    char *by;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_option(entries, "number", 'n', G_OPTION_ARG_INT, &settings->n,
               N_("So many records, drawn from all; with --by, so many of each value"), N_("N"));
    voc_option(entries, "rate", 'r', G_OPTION_ARG_DOUBLE, &settings->sample.rate,
               N_("Each record with this chance: 0.1 is every tenth"), N_("SHARE"));
    voc_option(entries, "by", 'b', G_OPTION_ARG_STRING, &settings->by,
               N_("A field to draw from each value of: score.label, channel, week ..."), N_("FIELD"));
    voc_option(entries, "seed", 0, G_OPTION_ARG_INT64, &settings->seed, N_("Draw another sample (0)"),
               N_("NUMBER"));
}

static gboolean
check(Settings *settings, GError **error)
{
    VocSampleSettings *sample = &settings->sample;
    const char *problem = NULL;
    sample->seed = (guint64)settings->seed;
    sample->n = (guint)settings->n;
    sample->by = settings->by;
    if (!settings->n == (sample->rate == 0))
        problem = settings->n ? _("-n or --rate, not both") : _("how many? -n NUMBER or --rate SHARE");
    else if (settings->n < 0)
        problem = _("-n takes a whole number from 1");
    else if (!settings->n && !(sample->rate > 0 && sample->rate <= 1))
        problem = _("--rate takes a share above 0, at most 1");
    else if (!settings->n && settings->by)
        problem = _("--by goes with -n: --rate takes the same share of every value anyway");
    if (problem)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s", problem);
    return !problem;
}

static VocStage *
stage(void *data, VocContext *context, GError **error)
{
    Settings *settings = data;
    (void)context;
    if (!check(settings, error))
        return NULL;
    if (!settings->n)
        return voc_stage_sample_new(&settings->sample);
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                _("-n has to see all records before it gives any: it is no stage, --rate is"));
    return NULL;
}

static gboolean
take(void *sample, VocRecord *records, guint n, GError **error)
{
    for (guint i = 0; i < n; i++)
        if (!voc_sample_take(sample, &records[i], error))
            return FALSE;
    return TRUE;
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    Settings *settings = data;
    if (!check(settings, error))
        return FALSE;
    if (!settings->n) {
        g_autoptr(VocStage) chosen = voc_stage_sample_new(&settings->sample);
        return voc_program_stream(program, chosen, operands, error);
    }
    g_autoptr(VocSample) sample = voc_sample_new(&settings->sample);
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)operands, 0, program->line_buffered);
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    voc_progress_start(program, lines);
    gboolean good = voc_program_collect(program, voc_source_lines(lines), NULL, 0, 1, take, sample, error);
    voc_progress_stop();
    voc_sample_write(sample, &out);
    return good && voc_output_write(program->out, voc_buffer_slice(&out), error);
}

static void
clear(void *data)
{
    g_free(((Settings *)data)->by);
}

const VocFilter voc_filter_sample = {
    .name = "sample",
    .summary =
        N_("Draw some of the records: the same ones every time, from every value of a field if wanted"),
    .settings_size = sizeof(Settings),
    .options = options,
    .stage = stage,
    .run = run,
    .clear = clear,
};
