/* voc report: the week in words, figures and quotes. */
#include "facts.h"
#include "page.h"
#include "progress.h"
#include "report/actions.h"
#include "report/chain.h"
#include "source.h"

#include <unistd.h>

typedef struct Settings {
    char *period, *kind, *format, *lang, *output, *from, *to, *themes, *actions;
    int baseline, quotes, jobs;
    gboolean discover, no_redact;
    VocReadOptions read;
} Settings;

/* The options of voc read: its --format would be taken for the report's. */
static void
reading_options(Settings *settings, GArray *entries)
{
    guint first = entries->len;
    voc_reading_options(&settings->read, entries);
    for (guint i = first; i < entries->len; i++) {
        GOptionEntry *entry = &g_array_index(entries, GOptionEntry, i);
        if (g_str_equal(entry->long_name, "format")) {
            entry->long_name = "input-format";
            entry->short_name = 0;
        }
    }
}

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    settings->baseline = 26;
    settings->quotes = -1;
    voc_option(
        entries, "week", 'w', G_OPTION_ARG_STRING, &settings->period,
        N_("The week, month or day to report: 2026-W47, 2026-11 or 2026-11-16 (default: the last whole one)"),
        N_("PERIOD"));
    voc_option(entries, "period", 'p', G_OPTION_ARG_STRING, &settings->kind,
               N_("What the last whole one is of: day, week or month"), N_("KIND"));
    voc_option(entries, "format", 'f', G_OPTION_ARG_STRING, &settings->format,
               N_("text, md, html, json or mail (default: by the name of the output, else text)"),
               N_("FORMAT"));
    voc_option(entries, "lang", 'l', G_OPTION_ARG_STRING, &settings->lang,
               N_("The report's language: fi or en (default: the environment's)"), N_("LANG"));
    voc_option(entries, "output", 'o', G_OPTION_ARG_FILENAME, &settings->output,
               N_("Write the report to FILE, all of it or nothing"), N_("FILE"));
    voc_option(
        entries, "themes", 't', G_OPTION_ARG_FILENAME, &settings->themes,
        N_("Use the themes of FILE (default: the records' own, else the codebook of customer service)"),
        N_("FILE"));
    voc_option(entries, "discover", 0, G_OPTION_ARG_NONE, &settings->discover,
               N_("Look for themes in the messages instead"), NULL);
    voc_option(entries, "no-redact", 0, G_OPTION_ARG_NONE, &settings->no_redact,
               N_("Show names, addresses and numbers as they were written"), NULL);
    voc_option(entries, "actions", 0, G_OPTION_ARG_FILENAME, &settings->actions,
               N_("Tell the effects of what was done: a table of date, theme, action"), N_("FILE"));
    voc_option(entries, "jobs", 'j', G_OPTION_ARG_INT, &settings->jobs, N_("Threads (default: one a core)"),
               N_("N"));
    voc_option(entries, "from", 0, G_OPTION_ARG_STRING, &settings->from, N_("The mail's sender"),
               N_("ADDRESS"));
    voc_option(entries, "to", 0, G_OPTION_ARG_STRING, &settings->to, N_("The mail's receivers"),
               N_("ADDRESS"));
    voc_option(entries, "baseline", 0, G_OPTION_ARG_INT, &settings->baseline,
               N_("Periods before that count as usual, 1 to 52 (default: 26)"), N_("N"));
    voc_option(entries, "quotes", 0, G_OPTION_ARG_INT, &settings->quotes,
               N_("Quotes a theme (default: 3, in HTML 10)"), N_("N"));
    reading_options(settings, entries);
}

static void
clear(void *data)
{
    Settings *settings = data;
    g_free(settings->period);
    g_free(settings->kind);
    g_free(settings->format);
    g_free(settings->lang);
    g_free(settings->output);
    g_free(settings->from);
    g_free(settings->to);
    g_free(settings->themes);
    g_free(settings->actions);
    voc_reading_options_clear(&settings->read);
}

static gboolean
choose_page(const Settings *settings, VocPage *page, GError **error)
{
    int named = settings->format   ? voc_page_find(settings->format)
                : settings->output ? voc_page_of_file(settings->output)
                                   : VOC_PAGE_TEXT;
    *page = named < 0 ? VOC_PAGE_TEXT : (VocPage)named;
    if (named >= 0 || !settings->format)
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("no format '%s': text, md, html, json or mail"),
                settings->format);
    return FALSE;
}

static gboolean
choose_content(const Settings *settings, VocPage page, const char *lang, VocContentOptions *chosen,
               GError **error)
{
    static const char *const kinds[] = {"day", "week", "month"};
    *chosen = VOC_CONTENT_OPTIONS_INIT;
    chosen->period = settings->period;
    chosen->baseline = settings->baseline;
    chosen->quotes = settings->quotes >= 0 ? (guint)settings->quotes : voc_page_quotes(page);
    chosen->lang = lang;
    if (settings->baseline < 1 || settings->baseline > VOC_BASELINE_MAX) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("--baseline takes 1 to %d periods"),
                    VOC_BASELINE_MAX);
        return FALSE;
    }
    for (gsize i = 0; settings->kind && i < G_N_ELEMENTS(kinds); i++) {
        if (g_str_equal(settings->kind, kinds[i])) {
            chosen->kind = (VocPeriodKind)i;
            return TRUE;
        }
    }
    if (settings->kind)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("no period '%s': day, week or month"),
                    settings->kind);
    return !settings->kind;
}

static gboolean
on_reject(void *program, const char *file, guint64 line, const char *reason, VocSlice raw, GError **error)
{
    return voc_program_reject(program, file, line, reason, raw, error);
}

static VocFacts *
read_facts(VocProgram *program, const Settings *settings, char **operands, GError **error)
{
    guint threads = settings->jobs > 0 ? (guint)MIN(settings->jobs, 256) : g_get_num_processors();
    g_autofree char *codebook =
        g_build_filename(voc_context_data_dir(program->context), "data", "themes-service.themes", NULL);
    VocChainSettings chain = {settings->themes ? settings->themes : codebook, threads, settings->no_redact};
    if (settings->discover)
        chain.themes = NULL;
    g_autoptr(VocFacts) facts = voc_facts_new();
    g_autoptr(VocOperands) opened = voc_operands_open(program, &settings->read, operands, error);
    if (!opened)
        return NULL;
    voc_operands_progress(program, opened);
    gboolean good = voc_chain_run(program->context, voc_operands_source(opened), &chain, facts, on_reject,
                                  program, error);
    voc_progress_stop();
    voc_facts_set_rejected(facts, program->n_rejected);
    return good ? g_steal_pointer(&facts) : NULL;
}

static gboolean
write_report(VocProgram *program, const Settings *settings, VocSlice bytes, GError **error)
{
    if (!settings->output)
        return voc_output_write(program->out, bytes, error);
    g_autoptr(VocOutput) file = voc_output_create(settings->output, program->packed, error);
    return file && voc_output_write(file, bytes, error) && voc_output_close(file, error);
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    const Settings *settings = data;
    const char *lang = settings->lang ? settings->lang : voc_environment_lang();
    g_autofree char *data_dir = voc_data_dir();
    g_autofree char *locale_dir = g_build_filename(data_dir, "..", "locale", NULL);
    g_auto(VocPhrase) phrase = {0};
    g_auto(VocBuffer) page = VOC_BUFFER_INIT;
    VocContentOptions chosen;
    VocPage form;
    if (!choose_page(settings, &form, error) || !choose_content(settings, form, lang, &chosen, error) ||
        !voc_phrase_init(&phrase, lang, locale_dir, error))
        return FALSE;
    g_autoptr(GPtrArray) actions = settings->actions ? voc_actions_read(settings->actions, error) : NULL;
    if (settings->actions && !actions)
        return FALSE;
    chosen.actions = actions;
    g_autoptr(VocFacts) facts = read_facts(program, settings, operands, error);
    if (!facts)
        return FALSE;
    g_autoptr(VocContent) content = voc_page_content(program->context, &chosen, facts, error);
    if (!content)
        return FALSE;
    g_autoptr(VocReport) report = voc_report_new(content, &phrase);
    gboolean terminal = !settings->output && !program->packed && isatty(STDOUT_FILENO);
    VocWriteOptions how = {terminal, 80, settings->from, settings->to};
    voc_page_write(form, report, &how, &page);
    return write_report(program, settings, voc_buffer_slice(&page), error);
}

const VocFilter voc_filter_report = {
    .name = "report",
    .summary = N_("Report what customers said in a week: themes, feelings, changes, quotes"),
    .operands = N_("[PATH...]"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
