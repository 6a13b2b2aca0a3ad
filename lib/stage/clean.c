#include "stage/clean.h"

#include "stage/clean-text.h"
#include "stage/signature.h"
#include "text/duplicates.h"

typedef struct CleanStage {
    VocStage base;
    VocCleanSettings settings;
    VocPhrases *phrases;
    VocDuplicates *duplicates; /* NULL: not looked for */
    guint64 n;                 /* records so far */
} CleanStage;

typedef struct CleanWorker {
    const CleanStage *stage;
    VocCleaner *cleaner;
    VocBuffer json, scratch;
} CleanWorker;

static void *
worker_new(VocStage *stage, VocThread *thread, GError **error)
{
    CleanWorker *worker = g_new0(CleanWorker, 1);
    (void)thread;
    (void)error;
    worker->stage = (CleanStage *)stage;
    worker->cleaner = voc_cleaner_new(worker->stage->phrases);
    return worker;
}

static void
worker_free(void *data)
{
    CleanWorker *worker = data;
    voc_cleaner_free(worker->cleaner);
    voc_buffer_clear(&worker->json);
    voc_buffer_clear(&worker->scratch);
    g_free(worker);
}

void
voc_record_forget_text(VocRecord *record)
{
    static const VocKey STALE[] = {VOC_KEY_TERMS, VOC_KEY_SCORE, VOC_KEY_CUES, VOC_KEY_THEMES};
    for (gsize i = 0; i < G_N_ELEMENTS(STALE); i++)
        voc_record_remove(record, STALE[i]);
}

/* --- the `clean` key --- */

/* Opens the object with the members that it had, if any: a reader may have said something there. */
static void
open_object(VocBuffer *json, const VocRecord *record)
{
    VocSlice old = voc_slice_strip(voc_record_raw(record, VOC_KEY_CLEAN));
    voc_buffer_reset(json);
    voc_buffer_add_char(json, '{');
    if (old.len > 2)
        voc_buffer_add_slice(json, voc_slice_strip(voc_slice_of(old.data + 1, old.len - 2)));
}

static void
add_key(VocBuffer *json, const char *key)
{
    if (json->data[json->len - 1] != '{')
        voc_buffer_add_char(json, ',');
    voc_buffer_add_char(json, '"');
    voc_buffer_add_string(json, key);
    voc_buffer_add_literal(json, "\":");
}

static void
close_object(VocBuffer *json, VocRecord *record)
{
    voc_buffer_add_char(json, '}');
    voc_record_set_raw(record, VOC_KEY_CLEAN, voc_arena_copy(record->arena, voc_buffer_slice(json)));
}

static void
add_changes(VocBuffer *json, guint changed)
{
    static const char *const NAMES[] = {"\"markup\"", "\"unicode\"", "\"controls\""};
    gboolean first = TRUE;
    add_key(json, "changed");
    voc_buffer_add_char(json, '[');
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++) {
        if (!(changed & (1u << i)))
            continue;
        if (!first)
            voc_buffer_add_char(json, ',');
        first = FALSE;
        voc_buffer_add_string(json, NAMES[i]);
    }
    voc_buffer_add_char(json, ']');
}

static void
add_cuts(VocBuffer *json, const GArray *cuts)
{
    add_key(json, "cut");
    voc_buffer_add_char(json, '[');
    for (guint i = 0; i < cuts->len; i++) {
        const VocCleanCut *cut = &g_array_index(cuts, VocCleanCut, i);
        voc_buffer_add_string(json, i ? ",{\"kind\":\"" : "{\"kind\":\"");
        voc_buffer_add_string(json, voc_cut_name(cut->kind));
        voc_buffer_add_literal(json, "\",\"start\":");
        voc_buffer_add_int(json, (gint64)cut->start);
        voc_buffer_add_literal(json, ",\"end\":");
        voc_buffer_add_int(json, (gint64)cut->end);
        voc_buffer_add_char(json, '}');
    }
    voc_buffer_add_char(json, ']');
}

/* --- the work --- */

static gboolean
is_cleaned(VocRecord *record)
{
    return voc_record_has(record, VOC_KEY_CLEAN) &&
           voc_json_get(voc_record_value(record, VOC_KEY_CLEAN), "length") != NULL;
}

static void
clean_subject(CleanWorker *worker, VocRecord *record)
{
    VocSlice cleaned;
    if (voc_record_has(record, VOC_KEY_SUBJECT) &&
        voc_cleaner_clean_line(worker->cleaner, voc_record_string(record, VOC_KEY_SUBJECT), &cleaned))
        voc_record_set_string(record, VOC_KEY_SUBJECT, cleaned);
}

/* Kinds of cut that are to be left, as bits. */
static guint
kept_kinds(const VocCleanSettings *settings)
{
    const guint QUOTES = 1u << VOC_CUT_QUOTE | 1u << VOC_CUT_FORWARD;
    const guint ALL = (1u << VOC_N_CUTS) - 1;
    return (settings->keep_quotes ? QUOTES : 0) | (settings->keep_signatures ? ALL & ~QUOTES : 0);
}

static void
clean_text(CleanWorker *worker, VocRecord *record, VocSlice *text)
{
    VocSlice channel = voc_record_string(record, VOC_KEY_CHANNEL);
    VocQuoteHints hints = {.author = voc_record_string(record, VOC_KEY_AUTHOR),
                           .mail = !channel.len || voc_slice_equal_string(channel, "email") ||
                                   voc_slice_equal_string(channel, "ticket")};
    VocCleaned cleaned;
    if (!voc_cleaner_clean(worker->cleaner, *text, &hints, kept_kinds(&worker->stage->settings), &cleaned))
        return;
    open_object(&worker->json, record);
    add_key(&worker->json, "length");
    voc_buffer_add_int(&worker->json, (gint64)cleaned.length);
    if (cleaned.changed)
        add_changes(&worker->json, cleaned.changed);
    if (cleaned.cuts->len)
        add_cuts(&worker->json, cleaned.cuts);
    if (worker->stage->settings.keep_original) {
        add_key(&worker->json, "original");
        voc_buffer_add_slice(&worker->json, voc_record_raw(record, VOC_KEY_TEXT));
    }
    close_object(&worker->json, record);
    voc_record_forget_text(record);
    voc_record_set_string(record, VOC_KEY_TEXT, cleaned.text);
    *text = voc_record_string(record, VOC_KEY_TEXT);
}

static VocVerdict
process(void *data, VocRecord *record, const char **reason)
{
    CleanWorker *worker = data;
    VocSlice text = voc_record_string(record, VOC_KEY_TEXT);
    (void)reason;
    if (!is_cleaned(record)) {
        clean_subject(worker, record);
        clean_text(worker, record, &text);
    }
    if (worker->stage->duplicates)
        record->handover = voc_record_sign(record, text, &worker->scratch);
    return VOC_KEEP;
}

void
voc_record_mark_duplicate(VocRecord *record, const char *first, double similarity)
{
    g_auto(VocBuffer) json = VOC_BUFFER_INIT;
    open_object(&json, record);
    add_key(&json, "duplicate_of");
    voc_json_add_string(&json, voc_slice_from_string(first));
    add_key(&json, "similarity");
    voc_buffer_add_number(&json, similarity, 2);
    close_object(&json, record);
}

gboolean
voc_record_is_duplicate(VocRecord *record)
{
    return voc_record_has(record, VOC_KEY_CLEAN) &&
           voc_json_get(voc_record_value(record, VOC_KEY_CLEAN), "duplicate_of") != NULL;
}

static VocVerdict
ordered(VocStage *data, VocRecord *record, const char **reason)
{
    CleanStage *stage = (CleanStage *)data;
    VocSlice id = voc_record_string(record, VOC_KEY_ID), name = id;
    char number[32];
    double similarity;
    (void)reason;
    stage->n++;
    if (!name.len)
        name = voc_record_string(record, VOC_KEY_SOURCE);
    if (!name.len) {
        g_snprintf(number, sizeof number, "#%" G_GUINT64_FORMAT, stage->n);
        name = voc_slice_from_string(number);
    }
    gboolean marked = voc_record_is_duplicate(record);
    if (!marked) {
        const char *first =
            voc_duplicates_find(stage->duplicates, voc_slice_hash64(id), record->handover, name, &similarity);
        if (first)
            voc_record_mark_duplicate(record, first, similarity);
        marked = first != NULL;
    }
    return marked && stage->settings.drop_duplicates ? VOC_DROP : VOC_KEEP;
}

static void
stage_free(VocStage *data)
{
    CleanStage *stage = (CleanStage *)data;
    voc_phrases_free(stage->phrases);
    voc_duplicates_free(stage->duplicates);
    g_free(stage);
}

static const VocStageOps OPS = {.name = "clean",
                                .worker_new = worker_new,
                                .worker_free = worker_free,
                                .process = process,
                                .ordered = ordered,
                                .free = stage_free};

static const VocStageOps OPS_WITHOUT_DUPLICATES = {.name = "clean",
                                                   .worker_new = worker_new,
                                                   .worker_free = worker_free,
                                                   .process = process,
                                                   .free = stage_free};

VocStage *
voc_stage_clean_new(const VocCleanSettings *settings, VocContext *context, GError **error)
{
    g_autofree char *path = g_build_filename(voc_context_data_dir(context), "data", "quotes.tsv", NULL);
    VocPhrases *phrases = voc_phrases_load(path, error);
    if (!phrases)
        return NULL;
    CleanStage *stage = g_new0(CleanStage, 1);
    stage->base.ops = settings->no_duplicates ? &OPS_WITHOUT_DUPLICATES : &OPS;
    stage->settings = *settings;
    stage->phrases = phrases;
    if (!settings->no_duplicates) {
        VocDuplicateRules rules = VOC_DUPLICATE_RULES;
        if (settings->similarity > 0)
            rules.similarity = settings->similarity;
        if (settings->remember)
            rules.capacity = settings->remember;
        stage->duplicates = voc_duplicates_new(&rules);
    }
    return &stage->base;
}
