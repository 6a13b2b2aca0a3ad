/* voc cut: fields of records as a table. */
#include "filter.h"
#include "progress.h"
#include "stage/cut.h"

typedef struct Settings {
    VocCutSettings cut;
    gboolean csv, excel, no_header;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_option(
        entries, "fields", 'f', G_OPTION_ARG_STRING_ARRAY, &settings->cut.fields,
        N_("The columns (id,time,channel,text): rating.nps, fields.X, score.label, themes.id, week ..."),
        N_("FIELD,..."));
    voc_option(entries, "csv", 0, G_OPTION_ARG_NONE, &settings->csv, N_("Commas and quotes instead of tabs"),
               NULL);
    voc_option(entries, "excel", 0, G_OPTION_ARG_NONE, &settings->excel,
               N_("Semicolons and decimal commas, as Excel opens it in Finland"), NULL);
    voc_option(entries, "no-header", 0, G_OPTION_ARG_NONE, &settings->no_header,
               N_("No row with the names of the columns"), NULL);
    voc_option(entries, "raw", 0, G_OPTION_ARG_NONE, &settings->cut.raw,
               N_("No apostrophe before what a spreadsheet would run"), NULL);
}

/* Where the rows go. */
typedef struct Table {
    VocProgram *program;
    VocCut *cut;
    VocBuffer rows;
} Table;

static gboolean
write_rows(Table *table, GError **error)
{
    VocProgram *program = table->program;
    gboolean good = voc_output_write(program->out, voc_buffer_slice(&table->rows), error) &&
                    (!program->line_buffered || voc_output_flush(program->out, error));
    voc_buffer_reset(&table->rows);
    return good;
}

static gboolean
add_rows(void *data, VocRecord *records, guint n, GError **error)
{
    Table *table = data;
    for (guint i = 0; i < n; i++)
        voc_cut_row(table->cut, &records[i], &table->rows);
    return write_rows(table, error);
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    Settings *settings = data;
    if (settings->csv && settings->excel) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("--csv or --excel, not both"));
        return FALSE;
    }
    settings->cut.format = settings->csv ? VOC_CUT_CSV : settings->excel ? VOC_CUT_EXCEL : VOC_CUT_TSV;
    g_autoptr(VocCut) cut = voc_cut_new(&settings->cut, error);
    if (!cut)
        return FALSE;
    Table table = {program, cut, VOC_BUFFER_INIT};
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)operands, 0, program->line_buffered);
    if (!settings->no_header)
        voc_cut_head(cut, &table.rows);
    voc_progress_start(program, lines);
    gboolean good = write_rows(&table, error) && voc_program_collect(program, voc_source_lines(lines), NULL,
                                                                     0, 1, add_rows, &table, error);
    voc_progress_stop();
    voc_buffer_clear(&table.rows);
    return good;
}

static void
clear(void *data)
{
    g_strfreev(((Settings *)data)->cut.fields);
}

const VocFilter voc_filter_cut = {
    .name = "cut",
    .summary = N_("Write fields of records as a table: TSV or CSV, safe for spreadsheets"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
