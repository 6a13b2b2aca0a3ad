/* voc freq: how often words are used, and which belong together. */
#include "filter.h"
#include "stage/freq.h"
#include "table.h"

typedef struct Settings {
    VocFreqSettings freq;
    int n, top;
    char *by;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    settings->n = 1;
    settings->top = 50;
    voc_option(entries, "ngrams", 'n', G_OPTION_ARG_INT, &settings->n, N_("Count N words in a row (1 to 5)"),
               N_("N"));
    voc_option(entries, "collocations", 'c', G_OPTION_ARG_NONE, &settings->freq.pairs,
               N_("Pairs of words that seek each other, by log-likelihood"), NULL);
    voc_option(entries, "by", 'b', G_OPTION_ARG_STRING, &settings->by,
               N_("Count by the values of a field: week, channel, score.label, themes.id ..."), N_("FIELD"));
    voc_option(entries, "top", 't', G_OPTION_ARG_INT, &settings->top,
               N_("So many rows of each value (50); 0: all"), N_("N"));
    voc_option(entries, "stop-words", 0, G_OPTION_ARG_NONE, &settings->freq.stop_words, N_("Keep stop words"),
               NULL);
}

static gboolean
check(Settings *settings, GError **error)
{
    settings->freq.n = settings->freq.pairs ? 2 : (guint)settings->n;
    settings->freq.by = settings->by;
    const char *problem = NULL;
    if (settings->n < 1 || settings->n > VOC_FREQ_NGRAM)
        problem = _("--ngrams takes a number from 1 to 5");
    else if (settings->freq.pairs && settings->n > 2)
        problem = _("--collocations are pairs: --ngrams 2");
    else if (settings->top < 0)
        problem = _("--top takes a whole number from 0");
    if (problem)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s", problem);
    return !problem;
}

static void
add_head(VocTable *table, const Settings *settings)
{
    if (settings->by)
        voc_table_column(table, settings->by, VOC_ALIGN_LEFT);
    voc_table_columns(table, settings->freq.pairs ? "word >count >messages >share >g2 term"
                                                  : "word >count >messages >share term");
}

static void
add_row(VocTable *table, const Settings *settings, const VocFreq *freq, const VocFreqRow *row)
{
    const VocTerms *terms = voc_freq_terms(freq);
    g_autofree char *word = voc_terms_word(terms, row->term);
    if (settings->by)
        voc_table_text(table, voc_freq_group_name(freq, row->group));
    voc_table_text(table, voc_slice_from_string(word));
    voc_table_number(table, row->count, 0);
    voc_table_number(table, row->messages, 0);
    voc_table_number(table, row->messages / (double)voc_freq_messages(freq, row->group), 4);
    if (settings->freq.pairs)
        voc_table_number(table, row->g2, 2);
    voc_table_text(table, voc_terms_name(terms, row->term));
}

static gboolean
tell(VocProgram *program, const Settings *settings, const VocFreq *freq, GError **error)
{
    g_auto(VocTable) table;
    voc_table_init(&table);
    add_head(&table, settings);
    g_autoptr(GArray) rows = voc_freq_rows(freq, (guint)settings->top);
    for (guint i = 0; i < rows->len; i++)
        add_row(&table, settings, freq, &g_array_index(rows, VocFreqRow, i));
    voc_table_tell_lost(program, voc_freq_terms(freq));
    return voc_table_write(&table, program, error);
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    Settings *settings = data;
    if (!check(settings, error))
        return FALSE;
    g_autoptr(VocFreq) freq = voc_freq_new(&settings->freq);
    g_autoptr(VocStage) counting = voc_stage_freq_new(freq, program->context, error);
    if (!counting)
        return FALSE;
    return voc_program_gather(program, counting, (const char *const *)operands, error) &&
           voc_freq_check(freq, error) && tell(program, settings, freq, error);
}

static void
clear(void *data)
{
    g_free(((Settings *)data)->by);
}

const VocFilter voc_filter_freq = {
    .name = "freq",
    .summary = N_("Count words, words in a row and collocations, by week or any field"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
