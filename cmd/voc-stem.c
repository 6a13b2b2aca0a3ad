/* voc stem: language and terms of each message. */
#include "filter.h"
#include "progress.h"
#include "stage/stem.h"

typedef struct Settings {
    VocStemSettings stem;
    gboolean terms_only;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_option(entries, "stop-words", 0, G_OPTION_ARG_NONE, &settings->stem.keep_stop_words,
               N_("Keep stop words"), NULL);
    voc_option(entries, "parts", 'p', G_OPTION_ARG_NONE, &settings->stem.parts,
               N_("Show compounds as their parts: laskutus+virhe"), NULL);
    voc_option(entries, "terms-only", 't', G_OPTION_ARG_NONE, &settings->terms_only,
               N_("Write the terms alone, one line a message"), NULL);
}

static VocStage *
stage(void *data, VocContext *context, GError **error)
{
    Settings *settings = data;
    if (!settings->terms_only)
        return voc_stage_stem_new(&settings->stem, context, error);
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("--terms-only gives no records: it is no stage"));
    return NULL;
}

static gboolean
write_terms(void *data, VocRecord *records, guint n, GError **error)
{
    VocProgram *program = data;
    g_auto(VocBuffer) lines = VOC_BUFFER_INIT;
    for (guint i = 0; i < n; i++)
        voc_stem_add_line(&records[i], &lines);
    return voc_output_write(program->out, voc_buffer_slice(&lines), error) &&
           (!program->line_buffered || voc_output_flush(program->out, error));
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    Settings *settings = data;
    g_autoptr(VocStage) stemming = voc_stage_stem_new(&settings->stem, program->context, error);
    if (!stemming)
        return FALSE;
    if (!settings->terms_only)
        return voc_program_stream(program, stemming, operands, error);
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)operands, 0, program->line_buffered);
    voc_progress_start(program, lines);
    gboolean good =
        voc_program_collect(program, voc_source_lines(lines), &stemming, 1, 1, write_terms, program, error);
    voc_progress_stop();
    return good;
}

const VocFilter voc_filter_stem = {
    .name = "stem",
    .summary = N_("Tell each message's language and add its terms: base forms or stems"),
    .settings_size = sizeof(Settings),
    .options = options,
    .stage = stage,
    .run = run,
};
