/* voc read: exports to records. */
#include "progress.h"
#include "reading.h"

typedef struct Settings {
    VocReadOptions options;
    gboolean explain;
    gboolean list;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_reading_options(&settings->options, entries);
    voc_option(entries, "explain", 0, G_OPTION_ARG_NONE, &settings->explain,
               N_("Say what is recognised, why, and how to have it otherwise; read nothing"), NULL);
    voc_option(entries, "list", 0, G_OPTION_ARG_NONE, &settings->list,
               N_("Name the formats and how each is recognised"), NULL);
}

static void
clear(void *data)
{
    voc_reading_options_clear(&((Settings *)data)->options);
}

static gboolean
list_formats(VocProgram *program, GError **error)
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    return voc_reader_list(voc_context_data_dir(program->context), &text, error) &&
           voc_output_write(program->out, voc_buffer_slice(&text), error);
}

static gboolean
explain(VocProgram *program, VocReader *reader, GError **error)
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    if (!voc_reader_explain(reader, &text))
        program->n_rejected++;
    return voc_output_write(program->out, voc_buffer_slice(&text), error);
}

/* Without a stage there is nothing to do over threads: the bytes go from the reader to the output. */
static gboolean
write_all(VocProgram *program, VocReader *reader, GError **error)
{
    VocBlock block;
    gboolean good = TRUE;
    voc_block_init(&block);
    while (good && voc_reader_next(reader, &block)) {
        VocSlice data = voc_buffer_slice(&block.data);
        if (block.kind == VOC_BLOCK_LINES)
            good = voc_output_write(program->out, data, error) &&
                   (!program->line_buffered || voc_output_flush(program->out, error));
        else
            good = voc_program_reject(program, block.file, block.first_line,
                                      block.error ? block.error->message : NULL, data, error);
    }
    voc_block_clear(&block);
    return good;
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    Settings *settings = data;
    if (settings->list)
        return list_formats(program, error);
    g_autoptr(VocReader) reader = voc_reading_open(program, &settings->options, operands, error);
    if (!reader)
        return FALSE;
    if (settings->explain)
        return explain(program, reader, error);
    voc_reading_progress(program, reader);
    gboolean good = write_all(program, reader, error);
    voc_progress_stop();
    return good;
}

const VocFilter voc_filter_read = {
    .name = "read",
    .summary = N_("Read exports (files, folders, stdin) as records"),
    .operands = N_("[PATH...]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
