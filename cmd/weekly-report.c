/* voc weekly: the reports of the periods whose messages have changed. */
#include <errno.h>
#include <glib/gstdio.h>

#include "facts.h"
#include "report/actions.h"
#include "report/chain.h"
#include "report/facts-record.h"
#include "report/headline.h"
#include "text/width.h"
#include "weekly.h"

/* In the ledger: what reports were made with, and the newest of them. */
#define REPORTS_MADE "reports.made"
#define REPORTS_LAST "reports.last"

/* What is needed to make reports. */
typedef struct Press {
    VocWeekly *weekly;
    VocPhrase phrase;
    VocFacts *facts;
    GPtrArray *actions; /* or NULL */
} Press;

static char *
day_label(gint32 day)
{
    VocPeriod period = voc_period_of(VOC_PERIOD_DAY, day);
    return voc_period_label(&period);
}

static gint32
ask_day(VocWeekly *weekly, const char *question)
{
    g_autoptr(VocStatement) statement =
        voc_sql_prepare(voc_store_sql(weekly->store), voc_slice_from_string(question), NULL);
    if (!statement || voc_statement_step(statement, NULL) <= 0)
        return VOC_DAY_NONE;
    return voc_day_parse(voc_statement_text(statement, 0), NULL);
}

/* The last period that has come to its end: by today, or, when all messages are of days to come (a demo's,
 * say), by the messages. FALSE when there is none. */
static gboolean
find_newest(VocWeekly *weekly)
{
    VocPeriodKind kind = weekly->config->kind;
    g_autofree char *today = day_label(weekly->today);
    g_autofree char *question = g_strdup_printf("SELECT max(day) FROM message WHERE day < '%s'", today);
    gint32 last = ask_day(weekly, question), end = weekly->today;
    if (last == VOC_DAY_NONE) {
        last = ask_day(weekly, "SELECT max(day) FROM message");
        end = last == VOC_DAY_NONE ? last : last + 1;
    }
    if (last == VOC_DAY_NONE)
        return FALSE;
    weekly->newest = voc_period_of(kind, last);
    if (weekly->newest.first + weekly->newest.days > end)
        weekly->newest = voc_period_back(&weekly->newest, 1);
    return weekly->newest.first + weekly->newest.days > ask_day(weekly, "SELECT min(day) FROM message");
}

/* A hash of all that reports are made of beside the messages. */
static char *
made_with(VocWeekly *weekly)
{
    const VocConfig *config = weekly->config;
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    g_autofree char *actions = NULL;
    if (config->actions)
        g_file_get_contents(config->actions, &actions, NULL, NULL);
    voc_buffer_add_printf(&text, "%s %s %d %d %s %s", VOC_VERSION, config->lang, (int)config->kind,
                          config->baseline, config->from ? config->from : "", config->to ? config->to : "");
    for (int page = 0; page < VOC_N_PAGES; page++)
        voc_buffer_add_char(&text, config->pages[page] ? '1' : '0');
    voc_buffer_add_string(&text, actions ? actions : "");
    voc_buffer_add_char(&text, '\0');
    voc_themes_write(weekly->themes, &text);
    g_checksum_update(sum, (const guchar *)text.data, (gssize)text.len);
    return g_strdup(g_checksum_get_string(sum));
}

/* The first period to report again: the earliest whose messages have changed, all of those in reach when what
 * reports are made with has; those behind it compare themselves with it. FALSE when there is nothing to do.
 */
static gboolean
find_first(VocWeekly *weekly, const char *made, VocPeriod *first, GError **error)
{
    const VocPeriod *newest = &weekly->newest;
    VocPeriod reach = voc_period_back(newest, weekly->config->weeks - 1), last;
    g_autofree char *before = voc_ledger_get(weekly->store, REPORTS_MADE, error);
    g_autofree char *touched = voc_ledger_first_touched(weekly->store, error);
    g_autofree char *reported = voc_ledger_get(weekly->store, REPORTS_LAST, error);
    gint32 day = touched ? voc_day_parse(voc_slice_from_string(touched), NULL) : VOC_DAY_NONE;
    gint32 end = newest->first + newest->days;
    g_autofree char *label = voc_period_label(newest);
    g_autofree char *told = voc_ledger_get(weekly->store, VOC_WEEKLY_TOLD, error);
    weekly->fresh = g_strcmp0(told, label) != 0;
    if (g_strcmp0(before, made) != 0) {
        *first = reach;
        return TRUE;
    }
    if (day == VOC_DAY_NONE || day >= end) {
        *first = *newest;
        return weekly->fresh;
    }
    /* The last report may have been of a week that had not come to its end in the data. */
    if (reported && voc_period_parse(reported, &last) && last.kind == newest->kind && last.first < day)
        day = last.first;
    *first = voc_period_of(newest->kind, MAX(day, reach.first));
    return TRUE;
}

/* ---- facts ---- */

static gboolean
on_facts(void *facts, VocRecord *records, guint n, GError **error)
{
    (void)error;
    for (guint i = 0; i < n; i++)
        voc_facts_add_record(facts, &records[i]);
    return TRUE;
}

/* The messages of the reports and of all that they are compared with. */
static VocFacts *
read_facts(VocWeekly *weekly, const VocPeriod *first, GError **error)
{
    int back = MAX(weekly->config->baseline, VOC_HISTORY) + 2;
    /* Actions look at 56 days on either side. */
    VocPeriod from = voc_period_back(first, back);
    g_autofree char *first_day = day_label(MIN(from.first, first->first - 180));
    g_autofree char *last_day = day_label(weekly->newest.first + weekly->newest.days - 1);
    g_autoptr(VocStoreReader) reader = voc_store_reader_new_days(weekly->store, first_day, last_day, error);
    g_autoptr(VocFacts) facts = voc_facts_new();
    voc_facts_describe_themes(facts, weekly->themes);
    if (!reader || !voc_program_collect(weekly->program, voc_store_source(reader), NULL, 0, weekly->threads,
                                        on_facts, facts, error))
        return NULL;
    return g_steal_pointer(&facts);
}

/* ---- one report ---- */

/* A report whose file says the same already is left alone: what changed is what is new. */
static gboolean
write_page(VocWeeklyReport *report, const char *path, VocSlice bytes, GError **error)
{
    g_autofree char *old = NULL;
    gsize len = 0;
    g_ptr_array_add(report->paths, g_strdup(path));
    if (g_file_get_contents(path, &old, &len, NULL) && voc_slice_equal(voc_slice_of(old, len), bytes))
        return TRUE;
    g_autoptr(VocOutput) out = voc_output_create_alone(path, error);
    report->written++;
    return out && voc_output_write(out, bytes, error) && voc_output_close(out, error);
}

static gboolean
is_turn(VocChange change)
{
    return change == VOC_CHANGE_UP || change == VOC_CHANGE_DOWN || change == VOC_CHANGE_NEW;
}

static gboolean
is_significant(const VocContent *content)
{
    gboolean is = is_turn(content->negative.verdict);
    for (gsize i = 0; i < content->n_themes; i++)
        is |= is_turn(content->themes[i].messages.verdict) || is_turn(content->themes[i].negative.verdict);
    for (gsize i = 0; i < content->n_ratings; i++)
        is |= content->ratings[i].p_before < 0.05 || content->ratings[i].p_usual < 0.05;
    return is;
}

/* The sentence as an item of a list, in lines that a mail program does not break. */
static void
add_item(VocBuffer *out, const char *sentence)
{
    VocSlice rest = voc_slice_from_string(sentence);
    for (gboolean first = TRUE; rest.len; first = FALSE) {
        VocSlice fits = voc_text_fit_start(rest, 76);
        gsize len = fits.len;
        while (len < rest.len && len > 0 && rest.data[len] != ' ')
            len--;
        if (!len)
            len = fits.len ? fits.len : rest.len;
        voc_buffer_add_string(out, first ? "- " : "  ");
        voc_buffer_add_slice(out, voc_slice_of(rest.data, len));
        voc_buffer_add_char(out, '\n');
        rest = voc_slice_strip(voc_slice_of(rest.data + len, rest.len - len));
    }
}

/* The newest report in a few lines. */
static void
digest(Press *press, const VocReport *report)
{
    VocWeekly *weekly = press->weekly;
    g_autoptr(GPtrArray) sentences = voc_headline_sentences(report->content, &press->phrase);
    voc_buffer_reset(&weekly->digest);
    voc_buffer_add_printf(&weekly->digest, "%s (%s)\n%s\n\n", report->title, report->days, report->size);
    for (guint i = 0; i < sentences->len; i++)
        add_item(&weekly->digest, g_ptr_array_index(sentences, i));
    weekly->alert = is_significant(report->content);
}

/* The first `most` quotes of each theme are those that a content with no more of them would have. */
static void
keep_quotes(VocContent *content, guint most)
{
    for (gsize i = 0; i < content->n_themes; i++)
        content->themes[i].n_quotes = MIN(content->themes[i].n_quotes, most);
}

/* The pages that have room for so many quotes, which the content must have or be cut to. */
static gboolean
write_pages(Press *press, VocWeeklyReport *made, VocContent *content, guint quotes, GError **error)
{
    const VocConfig *config = press->weekly->config;
    keep_quotes(content, quotes);
    g_autoptr(VocReport) report = voc_report_new(content, &press->phrase);
    gboolean good = TRUE;
    for (int page = 0; page < VOC_N_PAGES && good; page++) {
        g_auto(VocBuffer) bytes = VOC_BUFFER_INIT;
        VocWriteOptions how = {FALSE, 80, config->from, config->to};
        if (!config->pages[page] || voc_page_quotes((VocPage)page) != quotes)
            continue;
        g_autofree char *name = g_strconcat(made->label, voc_page_suffix((VocPage)page), NULL);
        g_autofree char *path = g_build_filename(config->reports, name, NULL);
        voc_page_write((VocPage)page, report, &how, &bytes);
        good = write_page(made, path, voc_buffer_slice(&bytes), error);
    }
    digest(press, report);
    return good;
}

static void
report_free(gpointer data)
{
    VocWeeklyReport *report = data;
    g_free(report->label);
    g_ptr_array_unref(report->paths);
    g_free(report);
}

/* NULL when the period has no messages, or with an error. */
static VocContent *
make_content(Press *press, const char *label, guint quotes, GError **error)
{
    const VocConfig *config = press->weekly->config;
    g_autoptr(GError) problem = NULL;
    VocContentOptions options = VOC_CONTENT_OPTIONS_INIT;
    options.period = label;
    options.baseline = config->baseline;
    options.quotes = quotes;
    options.lang = config->lang;
    options.actions = press->actions;
    VocContent *content = voc_page_content(press->weekly->program->context, &options, press->facts, &problem);
    if (problem && !g_error_matches(problem, VOC_ERROR, VOC_ERROR_INPUT))
        g_propagate_error(error, g_steal_pointer(&problem));
    return content;
}

static gboolean
write_period(Press *press, const VocPeriod *period, GError **error)
{
    g_autofree char *label = voc_period_label(period);
    guint most = voc_page_quotes(VOC_PAGE_HTML), few = voc_page_quotes(VOC_PAGE_TEXT);
    GError *problem = NULL;
    g_autoptr(VocContent) content =
        make_content(press, label, press->weekly->config->pages[VOC_PAGE_HTML] ? most : few, &problem);
    if (!content) {
        if (problem)
            g_propagate_error(error, problem);
        return problem == NULL;
    }
    VocWeeklyReport *made = g_new0(VocWeeklyReport, 1);
    made->label = g_steal_pointer(&label);
    made->paths = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(press->weekly->reports, made);
    return (!press->weekly->config->pages[VOC_PAGE_HTML] || write_pages(press, made, content, most, error)) &&
           write_pages(press, made, content, few, error);
}

static gboolean
write_all(Press *press, const VocPeriod *first, GError **error)
{
    VocWeekly *weekly = press->weekly;
    for (int back = voc_period_distance(&weekly->newest, first->first); back >= 0; back--) {
        VocPeriod period = voc_period_back(&weekly->newest, back);
        voc_buffer_reset(&weekly->digest);
        weekly->alert = FALSE;
        if (!write_period(press, &period, error))
            return FALSE;
    }
    return TRUE;
}

/* ---- all of them ---- */

static gboolean
settle(VocWeekly *weekly, const char *made, GError **error)
{
    g_autofree char *day = day_label(weekly->newest.first + weekly->newest.days - 1);
    g_autofree char *label = voc_period_label(&weekly->newest);
    if (!voc_store_begin(weekly->store, error))
        return FALSE;
    gboolean good = voc_ledger_set(weekly->store, REPORTS_MADE, made, error) &&
                    voc_ledger_set(weekly->store, REPORTS_LAST, label, error) &&
                    voc_ledger_settle(weekly->store, day, error) && voc_store_commit(weekly->store, error);
    voc_store_rollback(weekly->store);
    return good;
}

static gboolean
print(Press *press, const VocPeriod *first, const char *made, GError **error)
{
    VocWeekly *weekly = press->weekly;
    const VocConfig *config = weekly->config;
    if (g_mkdir_with_parents(config->reports, 0777) != 0) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s: %s", config->reports, g_strerror(errno));
        return FALSE;
    }
    if (!voc_week_phrase(&press->phrase, config->lang, error) ||
        (config->actions && !(press->actions = voc_actions_read(config->actions, error))) ||
        !(press->facts = read_facts(weekly, first, error)))
        return FALSE;
    voc_weekly_time(weekly, _("facts read"));
    gboolean good = write_all(press, first, error) && settle(weekly, made, error);
    voc_weekly_time(weekly, _("reports written"));
    return good;
}

gboolean
voc_weekly_report(VocWeekly *weekly, GError **error)
{
    VocPeriod first;
    weekly->reports = g_ptr_array_new_with_free_func(report_free);
    if (!find_newest(weekly))
        return TRUE;
    g_autofree char *made = made_with(weekly);
    if (!find_first(weekly, made, &first, error))
        return TRUE;
    Press press = {.weekly = weekly};
    gboolean good = print(&press, &first, made, error);
    g_clear_pointer(&press.actions, g_ptr_array_unref);
    voc_facts_free(press.facts);
    voc_phrase_clear(&press.phrase);
    return good;
}
