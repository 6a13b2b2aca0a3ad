/* voc store: messages kept, each once. */
#include "base/calendar.h"
#include "filter.h"
#include "progress.h"
#include "stage/stem.h"
#include "stage/unless.h"
#include "store/store.h"

/* Bytes of records in a transaction: fewer make the index slower, more keep others waiting for longer. */
#define BATCH ((gsize)4 << 20)

typedef struct Settings {
    char *customer, *before;
    gboolean count;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_option(entries, "count", 0, G_OPTION_ARG_NONE, &settings->count,
               N_("Say on standard output what became of how many"), NULL);
    voc_option(entries, "customer", 0, G_OPTION_ARG_STRING, &settings->customer,
               N_("forget: erase all messages of one customer"), N_("KEY"));
    voc_option(entries, "before", 0, G_OPTION_ARG_STRING, &settings->before,
               N_("forget: empty the messages before a week, month or day: 2025-W01, 2025-01, 2025-01-06"),
               N_("PERIOD"));
}

static void
clear(void *data)
{
    Settings *settings = data;
    g_free(settings->customer);
    g_free(settings->before);
}

static gboolean
usage(GError **error, const char *message)
{
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s", message);
    return FALSE;
}

typedef struct Adding {
    VocStore *store;
    VocStoreCounts counts;
} Adding;

static gboolean
on_records(void *data, VocRecord *records, guint n, GError **error)
{
    Adding *adding = data;
    return voc_store_add(adding->store, records, n, &adding->counts, error);
}

static gboolean
say_counts(VocProgram *program, const VocStoreCounts *counts, GError **error)
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    voc_buffer_add_printf(
        &text,
        "{\"added\":%" G_GUINT64_FORMAT ",\"changed\":%" G_GUINT64_FORMAT ",\"updated\":%" G_GUINT64_FORMAT
        ",\"known\":%" G_GUINT64_FORMAT ",\"erased\":%" G_GUINT64_FORMAT ",\"rejected\":%u}\n",
        counts->added, counts->changed, counts->updated, counts->known, counts->erased, program->n_rejected);
    return voc_output_write(program->out, voc_buffer_slice(&text), error);
}

static gboolean
run_add(VocProgram *program, Settings *settings, char **operands, GError **error)
{
    if (!operands[0])
        return usage(error, _("which store? voc store add DB [FILE...]"));
    VocStemSettings stem = {0};
    g_autoptr(VocStage) stage =
        voc_stage_unless(VOC_KEY_TERMS, voc_stage_stem_new(&stem, program->context, error));
    Adding adding = {.store = stage ? voc_store_open(operands[0], error) : NULL};
    if (!adding.store)
        return FALSE;
    g_autoptr(VocStore) store = adding.store;
    g_autoptr(VocLines) lines =
        voc_lines_new((const char *const *)operands + 1, BATCH, program->line_buffered);
    voc_progress_start(program, lines);
    gboolean good =
        voc_program_collect(program, voc_source_lines(lines), &stage, 1, 1, on_records, &adding, error);
    voc_progress_stop();
    return good && voc_store_close(store, error) &&
           (!settings->count || say_counts(program, &adding.counts, error));
}

static gboolean
forget(VocStore *store, const Settings *settings, guint64 *n, GError **error)
{
    VocPeriod period;
    if (settings->customer)
        return voc_store_forget_customer(store, voc_slice_from_string(settings->customer), n, error);
    if (!voc_period_parse(settings->before, &period))
        return usage(error, _("--before takes a week, a month or a day: 2025-W01, 2025-01, 2025-01-06"));
    VocPeriod day = voc_period_of(VOC_PERIOD_DAY, period.first);
    g_autofree char *label = voc_period_label(&day);
    return voc_store_forget_before(store, label, n, error);
}

static gboolean
run_forget(VocProgram *program, Settings *settings, char **operands, GError **error)
{
    if (!operands[0] || operands[1] || !settings->customer == !settings->before ||
        (settings->customer && !*settings->customer))
        return usage(error, _("forget what? voc store forget DB --customer KEY, or --before PERIOD"));
    if (!voc_store_is(operands[0])) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, _("%s: no store"), operands[0]);
        return FALSE;
    }
    g_autoptr(VocStore) store = voc_store_open(operands[0], error);
    guint64 n = 0;
    if (!store || !forget(store, settings, &n, error))
        return FALSE;
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    voc_buffer_add_printf(&text, "{\"%s\":%" G_GUINT64_FORMAT "}\n",
                          settings->customer ? "erased" : "emptied", n);
    return voc_store_close(store, error) &&
           (!settings->count || voc_output_write(program->out, voc_buffer_slice(&text), error));
}

static gboolean
run(VocProgram *program, void *settings, char **operands, GError **error)
{
    if (operands[0] && strcmp(operands[0], "add") == 0)
        return run_add(program, settings, operands + 1, error);
    if (operands[0] && strcmp(operands[0], "forget") == 0)
        return run_forget(program, settings, operands + 1, error);
    return usage(error, operands[0] ? _("no such command: add, forget") : _("which command? add, forget"));
}

const VocFilter voc_filter_store = {
    .name = "store",
    .summary = N_("Keep messages in an SQLite file, each once, with their history"),
    .operands = N_("add DB [FILE...] | forget DB"),
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
