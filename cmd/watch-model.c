/* voc watch: messages as they come, counted. */
#include <math.h>

#include "facts.h"
#include "report/chain.h"
#include "report/facts-record.h"
#include "watch.h"

/* Each message once, whether the store or its export told of it first. */
static gboolean
on_records(void *data, VocRecord *records, guint n, GError **error)
{
    VocWatch *watch = data;
    (void)error;
    for (guint i = 0; i < n; i++) {
        VocSlice id = voc_record_string(&records[i], VOC_KEY_ID);
        char *name = id.len ? voc_slice_dup(id) : NULL;
        if (name && !g_hash_table_add(watch->ids, name))
            continue;
        voc_facts_add_record(watch->facts, &records[i]);
        watch->arrived++;
    }
    return TRUE;
}

static gboolean
on_reject(void *data, const char *file, guint64 line, const char *reason, VocSlice raw, GError **error)
{
    VocWatch *watch = data;
    (void)line;
    (void)raw;
    (void)error;
    (void)file;
    watch->problems += reason != NULL;
    return TRUE;
}

static gboolean
run(VocWatch *watch, VocSource source, GPtrArray *stages, GError **error)
{
    VocSink sink = {.data = watch, .records = on_records, .reject = on_reject};
    return voc_runner_run(watch->weekly.program->context, source,
                          stages ? (VocStage *const *)stages->pdata : NULL, stages ? stages->len : 0,
                          watch->weekly.threads, &sink, error);
}

static gboolean
read_store(VocWatch *watch, VocStoreReader *reader, GError **error)
{
    gboolean good = reader && run(watch, voc_store_source(reader), NULL, error);
    voc_store_reader_free(reader);
    return good;
}

/* The store of the configuration, once it is there. */
static gboolean
open_store(VocWatch *watch, GError **error)
{
    VocWeekly *weekly = &watch->weekly;
    if (weekly->store || !g_file_test(weekly->config->store, G_FILE_TEST_EXISTS))
        return TRUE;
    weekly->store = voc_store_open_to_read(weekly->config->store, error);
    return weekly->store != NULL;
}

gboolean
voc_watch_start(VocWatch *watch, GError **error)
{
    VocWeekly *weekly = &watch->weekly;
    gboolean edited = FALSE;
    watch->facts = voc_facts_new();
    watch->ids = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    watch->rows = g_array_new(FALSE, FALSE, sizeof(VocWatchRow));
    watch->latest = g_array_new(FALSE, FALSE, sizeof(gsize));
    watch->filter = g_string_new(NULL);
    if (!voc_week_phrase(&watch->phrase, weekly->config->lang, error) || !open_store(watch, error) ||
        !voc_weekly_open_themes(weekly, &edited, error) ||
        !(watch->stages = voc_weekly_stages(weekly, error)))
        return FALSE;
    voc_facts_describe_themes(watch->facts, weekly->themes);
    if (!weekly->store)
        return TRUE;
    /* The last days that anything is of, and as many before them to compare with. */
    g_autoptr(VocStatement) statement =
        voc_sql_prepare(voc_store_sql(weekly->store), VOC_SLICE("SELECT max(day) FROM message"), error);
    int got = statement ? voc_statement_step(statement, error) : -1;
    if (got < 0)
        return FALSE;
    gint32 last = got ? voc_day_parse(voc_statement_text(statement, 0), NULL) : VOC_DAY_NONE;
    watch->last_key = voc_store_last_key(weekly->store);
    if (last == VOC_DAY_NONE)
        return TRUE;
    VocPeriod from = voc_period_of(VOC_PERIOD_DAY, last - MAX(2 * watch->days, VOC_WATCH_DAYS) - 7);
    VocPeriod to = voc_period_of(VOC_PERIOD_DAY, last);
    g_autofree char *first_day = voc_period_label(&from), *last_day = voc_period_label(&to);
    gboolean good =
        read_store(watch, voc_store_reader_new_days(weekly->store, first_day, last_day, error), error);
    watch->arrived = 0;
    return good;
}

/* What has been read is known from now on. */
static void
remember_files(VocWeekly *weekly)
{
    for (guint i = 0; i < weekly->files->len; i++) {
        const VocWeeklyFile *file = g_ptr_array_index(weekly->files, i);
        VocReadFile *now = g_new(VocReadFile, 1);
        *now = file->now;
        g_hash_table_replace(weekly->known, g_strdup(file->key), now);
    }
}

gboolean
voc_watch_poll(VocWatch *watch, gboolean *changed, GError **error)
{
    VocWeekly *weekly = &watch->weekly;
    guint before = watch->arrived, problems = watch->problems;
    if (!open_store(watch, error))
        return FALSE;
    gint64 last = weekly->store ? voc_store_last_key(weekly->store) : 0;
    if (last > watch->last_key) {
        if (!read_store(watch, voc_store_reader_new_behind(weekly->store, watch->last_key, error), error))
            return FALSE;
        watch->last_key = last;
    }
    VocWeeklyReading *reading = voc_weekly_reading_new(weekly, error);
    gboolean good = reading && run(watch, voc_weekly_reading_source(reading), watch->stages, error);
    voc_weekly_reading_free(reading);
    if (good)
        remember_files(weekly);
    *changed = watch->arrived != before || watch->problems != problems;
    return good;
}

/* ---- counting ---- */

const char *
voc_watch_name(VocWatch *watch, VocName theme)
{
    return theme ? voc_facts_theme_name(watch->facts, theme, watch->phrase.lang) : voc_say("no theme");
}

static void
count_one(VocWatchRow *row, int back, int days, double score)
{
    if (back < days) {
        row->now++;
        if (!isnan(score)) {
            row->scored++;
            row->negative += score <= -0.05;
            row->feeling += score;
        }
    } else if (back < 2 * days) {
        row->before++;
    }
    if (back < VOC_WATCH_DAYS)
        row->history[VOC_WATCH_DAYS - 1 - back]++;
}

static VocWatchRow *
row_of(GArray *rows, GHashTable *places, VocName theme)
{
    gpointer at = g_hash_table_lookup(places, GUINT_TO_POINTER(theme));
    if (!at) {
        VocWatchRow row = {.theme = theme};
        g_array_append_val(rows, row);
        at = GUINT_TO_POINTER(rows->len);
        g_hash_table_insert(places, GUINT_TO_POINTER(theme), at);
    }
    return &g_array_index(rows, VocWatchRow, GPOINTER_TO_UINT(at) - 1);
}

static void
count_fact(VocWatch *watch, GHashTable *places, const VocFact *fact, int back)
{
    const VocFactTheme *themes = voc_facts_themes(watch->facts, fact);
    count_one(&watch->total, back, watch->days, fact->score);
    if (!fact->n_themes)
        count_one(row_of(watch->rows, places, 0), back, watch->days, fact->score);
    for (guint k = 0; k < fact->n_themes; k++) {
        gboolean again = FALSE;
        for (guint j = 0; j < k; j++)
            again |= themes[j].theme == themes[k].theme;
        double score = isnan(themes[k].score) ? fact->score : themes[k].score;
        if (!again)
            count_one(row_of(watch->rows, places, themes[k].theme), back, watch->days, score);
    }
}

static gboolean
counts(const VocFact *fact)
{
    return fact->role == VOC_ROLE_CUSTOMER && !fact->duplicate && !fact->automatic && fact->text_len > 0 &&
           fact->day != VOC_DAY_NONE;
}

static int
by_sort(const void *a, const void *b, void *data)
{
    VocWatch *watch = data;
    const VocWatchRow *x = a, *y = b;
    double difference = 0;
    if (watch->sort == VOC_WATCH_BY_NEGATIVE)
        difference = (double)y->negative - x->negative;
    else if (watch->sort == VOC_WATCH_BY_CHANGE)
        difference = ((double)y->now - y->before) - ((double)x->now - x->before);
    if (difference == 0 && watch->sort != VOC_WATCH_BY_NAME)
        difference = (double)y->now - x->now;
    return difference > 0 ? 1
           : difference < 0
               ? -1
               : g_utf8_collate(voc_watch_name(watch, x->theme), voc_watch_name(watch, y->theme));
}

static int
by_time(const void *a, const void *b, void *data)
{
    const VocFact *x = voc_facts_at(data, *(const gsize *)a), *y = voc_facts_at(data, *(const gsize *)b);
    if (x->day != y->day)
        return x->day < y->day ? 1 : -1;
    if (x->second != y->second)
        return x->second < y->second ? 1 : -1;
    return *(const gsize *)a < *(const gsize *)b ? 1 : -1;
}

static gboolean
passes(VocWatch *watch, VocName theme)
{
    const VocThemeFacts *known = theme ? voc_facts_theme(watch->facts, theme) : NULL;
    if (known && known->hidden)
        return FALSE;
    if (!watch->filter->len)
        return TRUE;
    g_autofree char *name = g_utf8_casefold(voc_watch_name(watch, theme), -1);
    g_autofree char *wanted = g_utf8_casefold(watch->filter->str, -1);
    return strstr(name, wanted) != NULL;
}

static void
find_last(VocWatch *watch)
{
    watch->last_day = VOC_DAY_NONE;
    for (gsize i = 0; i < voc_facts_count(watch->facts); i++) {
        const VocFact *fact = voc_facts_at(watch->facts, i);
        gboolean later = fact->day > watch->last_day ||
                         (fact->day == watch->last_day && fact->second > watch->last_second);
        if (!counts(fact) || !later)
            continue;
        watch->last_day = fact->day;
        watch->last_second = fact->second;
    }
}

void
voc_watch_count(VocWatch *watch)
{
    g_autoptr(GHashTable) places = g_hash_table_new(NULL, NULL);
    g_array_set_size(watch->rows, 0);
    g_array_set_size(watch->latest, 0);
    watch->total = (VocWatchRow){0};
    find_last(watch);
    for (gsize i = 0; i < voc_facts_count(watch->facts); i++) {
        const VocFact *fact = voc_facts_at(watch->facts, i);
        int back = counts(fact) ? watch->last_day - fact->day : -1;
        if (back < 0)
            continue;
        count_fact(watch, places, fact, back);
        if (back < watch->days)
            g_array_append_val(watch->latest, i);
    }
    for (guint i = watch->rows->len; i-- > 0;) {
        const VocWatchRow *row = &g_array_index(watch->rows, VocWatchRow, i);
        if ((!row->now && !row->before) || !passes(watch, row->theme))
            g_array_remove_index(watch->rows, i);
    }
    if (watch->rows->len)
        g_qsort_with_data(watch->rows->data, (int)watch->rows->len, sizeof(VocWatchRow), by_sort, watch);
    if (watch->latest->len)
        g_qsort_with_data(watch->latest->data, (int)watch->latest->len, sizeof(gsize), by_time, watch->facts);
    watch->selected = MIN(watch->selected, watch->rows->len ? watch->rows->len - 1 : 0);
}

void
voc_watch_clear(VocWatch *watch)
{
    voc_weekly_clear(&watch->weekly);
    g_clear_pointer(&watch->stages, g_ptr_array_unref);
    voc_facts_free(watch->facts);
    g_clear_pointer(&watch->ids, g_hash_table_unref);
    g_clear_pointer(&watch->rows, g_array_unref);
    g_clear_pointer(&watch->latest, g_array_unref);
    if (watch->filter)
        g_string_free(watch->filter, TRUE);
    voc_phrase_clear(&watch->phrase);
}
