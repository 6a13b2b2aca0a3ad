#include "facts.h"

#include <math.h>

#include "report/chain.h"

void
voc_week_options(VocWeekSettings *settings, GArray *entries)
{
    settings->baseline = 26;
    voc_option(entries, "week", 'w', G_OPTION_ARG_STRING, &settings->period,
               N_("The week, month or day: 2026-W47, 2026-11 or 2026-11-16 (default: the last whole one)"),
               N_("PERIOD"));
    voc_option(entries, "period", 'p', G_OPTION_ARG_STRING, &settings->kind,
               N_("What the last whole one is of: day, week or month"), N_("KIND"));
    voc_option(entries, "baseline", 0, G_OPTION_ARG_INT, &settings->baseline,
               N_("Periods before that count as usual, 1 to 52 (default: 26)"), N_("N"));
    voc_option(
        entries, "themes", 't', G_OPTION_ARG_FILENAME, &settings->themes,
        N_("Use the themes of FILE (default: the records' own, else the codebook of customer service)"),
        N_("FILE"));
    voc_option(entries, "json", 0, G_OPTION_ARG_NONE, &settings->json, N_("Write lines of JSON"), NULL);
    voc_option(entries, "jobs", 'j', G_OPTION_ARG_INT, &settings->jobs, N_("Threads (default: one a core)"),
               N_("N"));
}

void
voc_week_clear(VocWeekSettings *settings)
{
    g_free(settings->period);
    g_free(settings->kind);
    g_free(settings->themes);
}

static gboolean
on_reject(void *program, const char *file, guint64 line, const char *reason, VocSlice raw, GError **error)
{
    return voc_program_reject(program, file, line, reason, raw, error);
}

VocFacts *
voc_week_facts(VocProgram *program, const VocWeekSettings *settings, char **operands, GError **error)
{
    guint threads = settings->jobs > 0 ? (guint)MIN(settings->jobs, 256) : g_get_num_processors();
    g_autofree char *codebook =
        g_build_filename(voc_context_data_dir(program->context), "data", "themes-service.themes", NULL);
    VocChainSettings chain = {settings->themes ? settings->themes : codebook, threads};
    g_autoptr(VocFacts) facts = voc_facts_new();
    g_autoptr(VocOperands) opened = voc_operands_open(program, &settings->read, operands, error);
    if (!opened || !voc_chain_run(program->context, voc_operands_source(opened), &chain, facts, on_reject,
                                  program, error))
        return NULL;
    return g_steal_pointer(&facts);
}

const char *
voc_environment_lang(void)
{
    const char *const *languages = g_get_language_names();
    for (; *languages; languages++)
        if (g_str_has_prefix(*languages, "fi"))
            return "fi";
        else if (g_str_has_prefix(*languages, "en"))
            return "en";
    return "en";
}

gboolean
voc_week_phrase(VocPhrase *phrase, const char *lang, GError **error)
{
    g_autofree char *data_dir = voc_data_dir();
    g_autofree char *locale_dir = g_build_filename(data_dir, "..", "locale", NULL);
    return voc_phrase_init(phrase, lang ? lang : voc_environment_lang(), locale_dir, error);
}

gboolean
voc_week_content_options(const VocWeekSettings *settings, VocContentOptions *options, GError **error)
{
    static const char *const KINDS[] = {"day", "week", "month"};
    *options = VOC_CONTENT_OPTIONS_INIT;
    options->period = settings->period;
    options->baseline = settings->baseline;
    if (settings->baseline < 1 || settings->baseline > VOC_BASELINE_MAX) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("--baseline takes 1 to %d periods"),
                    VOC_BASELINE_MAX);
        return FALSE;
    }
    for (gsize i = 0; settings->kind && i < G_N_ELEMENTS(KINDS); i++)
        if (strcmp(settings->kind, KINDS[i]) == 0) {
            options->kind = (VocPeriodKind)i;
            return TRUE;
        }
    if (settings->kind)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("no period '%s': day, week or month"),
                    settings->kind);
    return !settings->kind;
}

void
voc_week_cell(VocTable *table, double number, int decimals)
{
    if (isnan(number))
        voc_table_text(table, VOC_SLICE(""));
    else
        voc_table_number(table, number, decimals);
}

void
voc_week_member(VocBuffer *out, const char *key, double number, int decimals)
{
    voc_buffer_add_printf(out, "%s\"%s\":", out->len && out->data[out->len - 1] != '{' ? "," : "", key);
    if (isfinite(number))
        voc_buffer_add_number(out, number, decimals);
    else
        voc_buffer_add_literal(out, "null");
}

void
voc_week_member_text(VocBuffer *out, const char *key, const char *text)
{
    voc_buffer_add_printf(out, "%s\"%s\":", out->len && out->data[out->len - 1] != '{' ? "," : "", key);
    voc_json_add_string(out, voc_slice_from_string(text));
}
