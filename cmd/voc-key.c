/* voc key: the words that set one part of the records apart from another. */
#include "filter.h"
#include "stage/key.h"
#include "table.h"

typedef struct Settings {
    VocFreqSettings freq;
    VocKeySettings key;
    char *by, *method;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    settings->freq.n = 1;
    settings->key.top = 20;
    settings->key.min_messages = 2;
    settings->key.level = 0.001;
    voc_option(entries, "by", 'b', G_OPTION_ARG_STRING, &settings->by,
               N_("Every value of a field against all others, or what meets a condition against the rest"),
               N_("FIELD|FIELD=VALUE"));
    voc_option(entries, "ngrams", 'n', G_OPTION_ARG_INT, &settings->freq.n,
               N_("Compare N words in a row (1 to 5)"), N_("N"));
    voc_option(entries, "method", 'm', G_OPTION_ARG_STRING, &settings->method,
               N_("How terms are ranked: log-ratio or fightin-words"), N_("METHOD"));
    voc_option(entries, "level", 'l', G_OPTION_ARG_DOUBLE, &settings->key.level,
               N_("How sure a difference must be: 0.05, 0.01, 0.001 (default) or 0.0001"), N_("P"));
    voc_option(entries, "prior", 0, G_OPTION_ARG_DOUBLE, &settings->key.prior,
               N_("fightin-words: weight of the prior, in words (500)"), N_("WORDS"));
    voc_option(entries, "min-messages", 0, G_OPTION_ARG_INT, &settings->key.min_messages,
               N_("Leave out terms of fewer messages (2)"), N_("N"));
    voc_option(entries, "top", 't', G_OPTION_ARG_INT, &settings->key.top,
               N_("So many rows a side (20); 0: all"), N_("N"));
    voc_option(entries, "stop-words", 0, G_OPTION_ARG_NONE, &settings->freq.stop_words, N_("Keep stop words"),
               NULL);
}

static gboolean
check(Settings *settings, char **operands, GError **error)
{
    VocKeySettings *key = &settings->key;
    const char *problem = NULL;
    key->method = g_strcmp0(settings->method, "fightin-words") ? VOC_KEY_LOG_RATIO : VOC_KEY_FIGHTIN;
    if (settings->freq.n < 1 || settings->freq.n > VOC_FREQ_NGRAM)
        problem = _("--ngrams takes a number from 1 to 5");
    else if (settings->method && !key->method && !g_str_equal(settings->method, "log-ratio"))
        problem = _("--method takes log-ratio or fightin-words");
    else if (!voc_key_level_is(key->level))
        problem = _("--level takes 0.05, 0.01, 0.001 or 0.0001");
    else if (key->top > G_MAXINT || key->min_messages > G_MAXINT || !(key->prior >= 0 && key->prior < 1e12))
        problem = _("--top and --min-messages take whole numbers from 0, --prior a number from 0");
    else if (!settings->by && g_strv_length(operands) != 2)
        problem = _("what against what? Two files, or --by FIELD or FIELD=VALUE");
    if (problem)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s", problem);
    return !problem;
}

/* The first of two files is group 1, the other's messages are the rest. */
static gboolean
gather(VocProgram *program, const Settings *settings, VocFreq *freq, char **operands, GError **error)
{
    g_autoptr(VocStage) counting = voc_stage_freq_new(freq, program->context, error);
    if (!counting)
        return FALSE;
    if (settings->by)
        return voc_program_gather(program, counting, (const char *const *)operands, error) &&
               voc_freq_check(freq, error);
    const char *first[] = {operands[0], NULL}, *second[] = {operands[1], NULL};
    voc_freq_set_group(freq, operands[0]);
    if (!voc_program_gather(program, counting, first, error))
        return FALSE;
    voc_freq_set_group(freq, NULL);
    return voc_program_gather(program, counting, second, error);
}

static void
add_rows(VocTable *table, const Settings *settings, const VocFreq *freq, guint32 group)
{
    g_autoptr(GArray) rows = voc_key_rows(freq, group, &settings->key);
    for (guint i = 0; i < rows->len; i++) {
        const VocKeyRow *row = &g_array_index(rows, VocKeyRow, i);
        g_autofree char *word = voc_terms_word(voc_freq_terms(freq), row->term);
        if (!settings->key.less)
            voc_table_text(table, voc_freq_group_name(freq, group));
        voc_table_text(table, voc_slice_from_string(word));
        double numbers[] = {settings->key.method ? row->z : row->log_ratio,
                            row->g2,
                            row->count,
                            row->other,
                            row->messages,
                            row->other_messages};
        for (guint k = 0; k < G_N_ELEMENTS(numbers); k++)
            voc_table_number(table, numbers[k], k < 2 ? 4 : 0);
        voc_table_text(table, voc_terms_name(voc_freq_terms(freq), row->term));
    }
}

static gboolean
tell(VocProgram *program, const Settings *settings, const VocFreq *freq, GError **error)
{
    g_auto(VocTable) table;
    voc_table_init(&table);
    if (!settings->key.less)
        voc_table_column(&table, settings->by, VOC_ALIGN_LEFT);
    voc_table_columns(&table, settings->key.method ? "word >z" : "word >log_ratio");
    voc_table_columns(&table, ">g2 >count >other_count >messages >other_messages term");
    g_autofree guint32 *groups = voc_freq_sorted_groups(freq);
    for (guint32 i = 0; i + 1 < voc_freq_groups(freq); i++)
        add_rows(&table, settings, freq, groups[i]);
    voc_table_tell_lost(program, voc_freq_terms(freq));
    return voc_table_write(&table, program, error);
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    Settings *settings = data;
    if (!check(settings, operands, error))
        return FALSE;
    gboolean condition = settings->by && voc_condition_is(settings->by);
    g_autoptr(VocCondition) matches = condition ? voc_condition_parse(settings->by, 0, error) : NULL;
    if (condition && !matches)
        return FALSE;
    settings->freq.matches = matches;
    settings->freq.by = settings->by;
    settings->key.less = matches || !settings->by;
    g_autoptr(VocFreq) freq = voc_freq_new(&settings->freq);
    return gather(program, settings, freq, operands, error) && tell(program, settings, freq, error);
}

static void
clear(void *data)
{
    g_free(((Settings *)data)->by);
    g_free(((Settings *)data)->method);
}

const VocFilter voc_filter_key = {
    .name = "key",
    .summary = N_("Find the words that set one part of the records apart from another"),
    .operands = N_("A B, or --by FIELD [FILE...]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
