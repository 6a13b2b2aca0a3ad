/* voc weekly: the cron job. */
#include <sys/resource.h>

#include "filter.h"
#include "lock.h"
#include "weekly.h"

typedef struct Settings {
    char *config, *today;
    gboolean alert, dry, wait, times;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    voc_option(entries, "config", 'c', G_OPTION_ARG_FILENAME, &settings->config,
               N_("What to read, keep and write (voc init makes one; default: voc.conf)"), N_("FILE"));
    voc_option(entries, "alert", 0, G_OPTION_ARG_NONE, &settings->alert,
               N_("Print only when something significant has happened"), NULL);
    voc_option(entries, "dry-run", 'n', G_OPTION_ARG_NONE, &settings->dry,
               N_("Say what would be done, and do nothing"), NULL);
    voc_option(entries, "wait", 0, G_OPTION_ARG_NONE, &settings->wait,
               N_("Wait for another run to end, instead of leaving with exit code 4"), NULL);
    voc_option(entries, "times", 0, G_OPTION_ARG_NONE, &settings->times,
               N_("Say on standard error what took how long"), NULL);
    voc_option(entries, "today", 0, G_OPTION_ARG_STRING, &settings->today,
               N_("Take this day for today: weeks before its week are whole"), N_("DAY"));
}

static void
clear(void *data)
{
    Settings *settings = data;
    g_free(settings->config);
    g_free(settings->today);
}

static gboolean
find_today(const Settings *settings, gint32 *today, GError **error)
{
    VocPeriod period;
    if (!settings->today) {
        g_autoptr(GDateTime) now = g_date_time_new_now_local();
        *today = voc_day_from_civil(g_date_time_get_year(now), g_date_time_get_month(now),
                                    g_date_time_get_day_of_month(now));
        return TRUE;
    }
    if (voc_period_parse(settings->today, &period) && period.kind == VOC_PERIOD_DAY) {
        *today = period.first;
        return TRUE;
    }
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s", _("--today takes a day: 2026-11-16"));
    return FALSE;
}

static gboolean
plan(VocWeekly *weekly, GError **error)
{
    if (g_file_test(weekly->config->store, G_FILE_TEST_EXISTS) &&
        !(weekly->store = voc_store_open_to_read(weekly->config->store, error)))
        return FALSE;
    VocWeeklyReading *reading = voc_weekly_reading_new(weekly, error);
    if (!reading)
        return FALSE;
    VocSource source = voc_weekly_reading_source(reading);
    VocBlock block;
    voc_block_init(&block);
    gboolean good = TRUE;
    while (good && source.next(source.data, &block))
        good =
            voc_weekly_reject(weekly, block.file, block.first_line, block.error ? block.error->message : NULL,
                              voc_buffer_slice(&block.data), error);
    voc_block_clear(&block);
    voc_weekly_reading_free(reading);
    return good && voc_weekly_tell_plan(weekly, error);
}

static gboolean
work(VocWeekly *weekly, const Settings *settings, GError **error)
{
    g_autofree char *lock_path = g_strconcat(weekly->config->store, ".lock", NULL);
    gint64 left = 0;
    g_autoptr(VocLock) lock = voc_lock_take(lock_path, settings->wait, &left, error);
    if (!lock)
        return FALSE;
    if (left)
        voc_program_say(weekly->program, _("the run before (process %ld) was cut short: going on"),
                        (long)left);
    weekly->store = voc_store_open(weekly->config->store, error);
    if (!weekly->store || !voc_weekly_keep(weekly, error) || !voc_weekly_report(weekly, error))
        return FALSE;
    /* What was done is told even when the mail could not be sent. */
    GError *unsent = NULL;
    gboolean mailed = voc_weekly_mail(weekly, &unsent);
    gboolean good = voc_weekly_tell(weekly, settings->alert, mailed ? error : NULL) &&
                    voc_store_close(weekly->store, mailed ? error : NULL);
    if (!mailed)
        g_propagate_error(error, unsent);
    return good && mailed;
}

void
voc_weekly_time(VocWeekly *weekly, const char *step)
{
    gint64 now = g_get_monotonic_time();
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    gint64 worked = (gint64)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * G_USEC_PER_SEC +
                    used.ru_utime.tv_usec + used.ru_stime.tv_usec;
    char passed[G_ASCII_DTOSTR_BUF_SIZE], busy[G_ASCII_DTOSTR_BUF_SIZE];
    if (weekly->times)
        g_printerr(_("%-24s %8s s, %8s s of processor time\n"), step,
                   g_ascii_formatd(passed, sizeof passed, "%.2f", (double)(now - weekly->since) / 1e6),
                   g_ascii_formatd(busy, sizeof busy, "%.2f", (double)(worked - weekly->worked) / 1e6));
    weekly->since = now;
    weekly->worked = worked;
}

void
voc_weekly_clear(VocWeekly *weekly)
{
    voc_store_free(weekly->store);
    g_clear_pointer(&weekly->known, g_hash_table_unref);
    g_clear_pointer(&weekly->by_path, g_hash_table_unref);
    g_clear_pointer(&weekly->files, g_ptr_array_unref);
    g_clear_pointer(&weekly->notes, g_ptr_array_unref);
    g_clear_pointer(&weekly->reports, g_ptr_array_unref);
    g_clear_pointer(&weekly->themes, voc_themes_free);
    voc_buffer_clear(&weekly->digest);
    g_mutex_clear(&weekly->mutex);
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    const Settings *settings = data;
    if (operands[0]) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s", _("what to read stands in the configuration"));
        return FALSE;
    }
    gint32 today = 0;
    if (!find_today(settings, &today, error))
        return FALSE;
    g_autoptr(VocConfig) config = voc_config_read(settings->config ? settings->config : "voc.conf", error);
    if (!config)
        return FALSE;
    VocWeekly weekly = {
        .program = program, .config = config, .today = today, .dry = settings->dry, .times = settings->times};
    weekly.threads = config->jobs > 0 ? (guint)MIN(config->jobs, 256) : g_get_num_processors();
    weekly.since = g_get_monotonic_time();
    g_mutex_init(&weekly.mutex);
    gboolean good = settings->dry ? plan(&weekly, error) : work(&weekly, settings, error);
    voc_weekly_clear(&weekly);
    return good;
}

const VocFilter voc_filter_weekly = {
    .name = "weekly",
    .summary = N_("The cron job: read what is new, keep it, report"),
    .operands = "",
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
