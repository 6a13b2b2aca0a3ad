/* voc weekly: from what is new to what is kept. */
#include "source.h"
#include "stage/clean.h"
#include "stage/redact.h"
#include "stage/score.h"
#include "stage/signature.h"
#include "stage/stem.h"
#include "stage/tag.h"
#include "stage/theme.h"
#include "text/duplicates.h"
#include "theme/update.h"
#include "weekly.h"

/* What the ledger keeps of the theme file: its text as the last run left it, and a hash of what that run
 * found. A run that dies between the two files leaves the old one, and the next run knows it for that. */
#define THEMES_TEXT "themes.text"
#define THEMES_BEFORE "themes.before"

/* ---- the chain ---- */

static void
free_stage(gpointer stage)
{
    voc_stage_free(stage);
}

static gboolean
add_stage(GPtrArray *stages, VocStage *stage)
{
    if (stage)
        g_ptr_array_add(stages, stage);
    return stage != NULL;
}

GPtrArray *
voc_weekly_stages(VocWeekly *weekly, GError **error)
{
    VocContext *context = weekly->program->context;
    g_autoptr(GPtrArray) stages = g_ptr_array_new_with_free_func(free_stage);
    VocCleanSettings clean = {.no_duplicates = TRUE};
    VocStemSettings stem = {0};
    VocScoreSettings score = {0};
    VocTagSettings tag = {0};
    VocRedactSettings redact = {.key = weekly->config->key};
    if (add_stage(stages, voc_stage_clean_new(&clean, context, error)) &&
        (!weekly->config->redact || add_stage(stages, voc_stage_redact_new(&redact, context, error))) &&
        add_stage(stages, voc_stage_stem_new(&stem, context, error)) &&
        add_stage(stages, voc_stage_score_new(&score, context, error)) &&
        add_stage(stages, voc_stage_tag_new(&tag, context, error)) &&
        add_stage(stages, voc_stage_theme_with(weekly->themes, 0, context, error)) &&
        add_stage(stages, voc_stage_signature_new()))
        return g_steal_pointer(&stages);
    return NULL;
}

/* ---- copies ---- */

/* Takes the records of a run to the store. */
typedef struct Keeper {
    VocWeekly *weekly;
    VocDuplicates *duplicates;
} Keeper;

static gboolean
mark_copy(Keeper *keeper, VocRecord *record, GError **error)
{
    g_autofree char *first = NULL;
    double similarity = 1;
    VocSlice id = voc_record_string(record, VOC_KEY_ID);
    if (record->dropped || !id.len || voc_record_is_duplicate(record))
        return TRUE;
    /* A message that is kept already stays what it was found to be: others may have come since. */
    int known = voc_store_find_mark(keeper->weekly->store, id, &first, &similarity, error);
    if (known < 0)
        return FALSE;
    const char *copy_of =
        known ? first : voc_duplicates_find(keeper->duplicates, 0, record->handover, id, &similarity);
    if (copy_of)
        voc_record_mark_duplicate(record, copy_of, similarity);
    return TRUE;
}

static gboolean
on_records(void *data, VocRecord *records, guint n, GError **error)
{
    Keeper *keeper = data;
    for (guint i = 0; i < n; i++)
        if (!mark_copy(keeper, &records[i], error))
            return FALSE;
    return voc_store_add(keeper->weekly->store, records, n, &keeper->weekly->counts, error);
}

static gboolean
on_remember(void *data, VocRecord *records, guint n, GError **error)
{
    Keeper *keeper = data;
    double similarity;
    (void)error;
    for (guint i = 0; i < n; i++)
        if (!voc_record_is_duplicate(&records[i]))
            voc_duplicates_find(keeper->duplicates, 0, records[i].handover,
                                voc_record_string(&records[i], VOC_KEY_ID), &similarity);
    return TRUE;
}

/* Messages that came in earlier runs may be copied in this one. */
static gboolean
remember(Keeper *keeper, GError **error)
{
    VocWeekly *weekly = keeper->weekly;
    g_autoptr(VocStoreReader) reader =
        voc_store_reader_new_last(weekly->store, VOC_DUPLICATE_RULES.capacity, error);
    g_autoptr(VocStage) signature = voc_stage_signature_new();
    return reader && voc_program_collect(weekly->program, voc_store_source(reader), &signature, 1,
                                         weekly->threads, on_remember, keeper, error);
}

/* ---- what is new ---- */

static gboolean
on_reject(void *data, const char *file, guint64 line, const char *reason, VocSlice raw, GError **error)
{
    Keeper *keeper = data;
    return voc_weekly_reject(keeper->weekly, file, line, reason, raw, error);
}

static gboolean
run_chain(Keeper *keeper, VocWeeklyReading *reading, VocCorpus *corpus, GError **error)
{
    VocWeekly *weekly = keeper->weekly;
    VocCorpusSettings labelled = {.labels = "themes"};
    VocSink sink = {.data = keeper, .records = on_records, .reject = on_reject};
    g_autoptr(GPtrArray) stages = voc_weekly_stages(weekly, error);
    return stages &&
           add_stage(stages, voc_stage_corpus_with(corpus, &labelled, weekly->program->context, error)) &&
           voc_runner_run(weekly->program->context, voc_weekly_reading_source(reading),
                          (VocStage *const *)stages->pdata, stages->len, weekly->threads, &sink, error);
}

static gboolean
read_new(VocWeekly *weekly, VocWeeklyReading *reading, VocCorpus *corpus, GError **error)
{
    Keeper keeper = {weekly, voc_duplicates_new(&VOC_DUPLICATE_RULES)};
    gboolean good = remember(&keeper, error) && run_chain(&keeper, reading, corpus, error);
    voc_duplicates_free(keeper.duplicates);
    for (guint i = 0; i < weekly->files->len && good; i++) {
        const VocWeeklyFile *file = g_ptr_array_index(weekly->files, i);
        good = file->failed || voc_ledger_keep(weekly->store, file->key, &file->now, error);
    }
    return good;
}

/* ---- themes ---- */

static char *
text_of(const VocThemes *themes)
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    voc_themes_write(themes, &text);
    return voc_slice_dup(voc_buffer_slice(&text));
}

static char *
hash_of(const char *text)
{
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text ? text : "", -1);
}

/* Where the themes are to be read from: what the last run left when its file was not written any more, else
 * the file, else the codebook. */
static char *
choose_text(VocWeekly *weekly, gboolean *edited, GError **error)
{
    VocStore *store = weekly->store;
    g_autofree char *file = NULL, *kept = store ? voc_ledger_get(store, THEMES_TEXT, NULL) : NULL;
    g_autofree char *before = store ? voc_ledger_get(store, THEMES_BEFORE, NULL) : NULL;
    g_autoptr(GError) problem = NULL;
    if (!g_file_get_contents(weekly->config->themes, &file, NULL, &problem) &&
        !g_error_matches(problem, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s", problem->message);
        return NULL;
    }
    g_autofree char *found = hash_of(file);
    gboolean pending = kept && (!file || g_strcmp0(found, before) == 0);
    *edited = !pending && g_strcmp0(kept, file) != 0;
    if (pending)
        return g_steal_pointer(&kept);
    if (file)
        return g_steal_pointer(&file);
    g_autofree char *codebook = g_build_filename(voc_context_data_dir(weekly->program->context), "data",
                                                 "themes-service.themes", NULL);
    g_autoptr(VocThemes) shipped = voc_themes_read(codebook, error);
    return shipped ? text_of(shipped) : NULL;
}

gboolean
voc_weekly_open_themes(VocWeekly *weekly, gboolean *edited, GError **error)
{
    g_autofree char *text = choose_text(weekly, edited, error);
    g_autoptr(GPtrArray) problems = g_ptr_array_new();
    if (!text)
        return FALSE;
    weekly->themes = voc_themes_parse(voc_slice_from_string(text), weekly->config->themes, problems);
    const VocThemeProblem *fatal = NULL;
    for (guint i = 0; i < problems->len; i++) {
        const VocThemeProblem *problem = g_ptr_array_index(problems, i);
        fatal = !fatal && problem->fatal ? problem : fatal;
    }
    if (fatal)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s:%u: %s", weekly->config->themes, fatal->line,
                    fatal->message);
    for (guint i = 0; i < problems->len; i++)
        voc_theme_problem_free(g_ptr_array_index(problems, i));
    return fatal == NULL;
}

static gboolean
update_themes(VocWeekly *weekly, VocCorpus *corpus, GError **error)
{
    const VocWordModel *model = voc_context_word_model(weekly->program->context, error);
    if (!model)
        return FALSE;
    voc_corpus_finish(corpus);
    if (!weekly->config->update || !voc_corpus_n_documents(corpus))
        return TRUE;
    VocUpdate update;
    VocWords *words = voc_words_new(model);
    voc_themes_update(weekly->themes, corpus, 0, words, &update);
    weekly->new_themes = update.added;
    voc_words_free(words);
    voc_update_clear(&update);
    return TRUE;
}

/* The store is read on one thread and written on another: one at a time. */
typedef struct Again {
    VocWeekly *weekly;
    VocStoreReader *reader;
    VocStoreCounts counts;
    GMutex mutex;
} Again;

static gboolean
again_next(void *data, VocBlock *block)
{
    Again *again = data;
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&again->mutex);
    return voc_store_reader_next(again->reader, block);
}

static gboolean
on_again(void *data, VocRecord *records, guint n, GError **error)
{
    Again *again = data;
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&again->mutex);
    return voc_store_add(again->weekly->store, records, n, &again->counts, error);
}

/* All that is kept, by the themes as they are now: a new or edited theme is that of earlier weeks too, or
 * each would seem to rise from nothing. */
static gboolean
assign_again(VocWeekly *weekly, GError **error)
{
    Again again = {.weekly = weekly};
    g_autoptr(VocStage) stage = voc_stage_theme_with(weekly->themes, 0, weekly->program->context, error);
    g_autoptr(VocStoreReader) reader = stage ? voc_store_reader_new(weekly->store, error) : NULL;
    if (!reader)
        return FALSE;
    again.reader = reader;
    g_mutex_init(&again.mutex);
    gboolean good = voc_program_collect(weekly->program, (VocSource){again_next, &again}, &stage, 1,
                                        weekly->threads, on_again, &again, error);
    g_mutex_clear(&again.mutex);
    return good;
}

/* The theme file follows the store; what it was before is then no more than one that an analyst may go back
 * to. */
static gboolean
write_themes(VocWeekly *weekly, const char *text, GError **error)
{
    g_autofree char *file = NULL;
    if (g_file_get_contents(weekly->config->themes, &file, NULL, NULL) && strcmp(file, text) == 0)
        return TRUE;
    g_autoptr(VocOutput) out = voc_output_create_alone(weekly->config->themes, error);
    return out && voc_output_write(out, voc_slice_from_string(text), error) && voc_output_close(out, error) &&
           voc_ledger_set(weekly->store, THEMES_BEFORE, "", error);
}

/* ---- all of it ---- */

static gboolean
keep_all(VocWeekly *weekly, VocWeeklyReading *reading, gboolean edited, GError **error)
{
    g_autoptr(VocCorpus) corpus = voc_corpus_new(0);
    gboolean any = voc_sql_ask_int(voc_store_sql(weekly->store), "SELECT 1 FROM message LIMIT 1", 0) > 0;
    if (!read_new(weekly, reading, corpus, error))
        return FALSE;
    voc_weekly_time(weekly, _("read, worked on, kept"));
    if (!update_themes(weekly, corpus, error))
        return FALSE;
    voc_weekly_time(weekly, _("new themes looked for"));
    if (((edited && any) || weekly->new_themes) && !assign_again(weekly, error))
        return FALSE;
    voc_weekly_time(weekly, _("themes assigned again"));
    g_autofree char *text = text_of(weekly->themes);
    g_autofree char *file = NULL;
    g_file_get_contents(weekly->config->themes, &file, NULL, NULL);
    g_autofree char *found = g_strcmp0(file, text) == 0 ? g_strdup("") : hash_of(file);
    return voc_ledger_set(weekly->store, THEMES_TEXT, text, error) &&
           voc_ledger_set(weekly->store, THEMES_BEFORE, found, error);
}

gboolean
voc_weekly_keep(VocWeekly *weekly, GError **error)
{
    gboolean edited = FALSE;
    if (!voc_weekly_open_themes(weekly, &edited, error))
        return FALSE;
    VocWeeklyReading *reading = voc_weekly_reading_new(weekly, error);
    gboolean good = reading && voc_store_begin(weekly->store, error);
    good = good && keep_all(weekly, reading, edited, error) && voc_store_commit(weekly->store, error);
    voc_store_rollback(weekly->store);
    voc_weekly_reading_free(reading);
    if (!good)
        return FALSE;
    voc_weekly_time(weekly, _("store committed"));
    weekly->undated =
        voc_sql_ask_int(voc_store_sql(weekly->store), "SELECT count(*) FROM message WHERE day IS NULL", 0);
    g_autofree char *text = text_of(weekly->themes);
    return write_themes(weekly, text, error);
}
