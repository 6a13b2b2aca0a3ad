#include "stage/grep.h"

#include "stage/condition.h"

#define PAINT "\033[1;31m"
#define PLAIN "\033[m"

typedef struct GrepStage {
    VocStage base;
    VocSearch *search;     /* NULL: conditions alone */
    GPtrArray *conditions; /* VocCondition */
    gboolean invert, paint;
} GrepStage;

typedef struct GrepWorker {
    const GrepStage *stage;
    VocSearcher *searcher;
    VocRegexMatch *match;
    VocRecord *painted; /* the record at work */
} GrepWorker;

static void
worker_free(void *data)
{
    GrepWorker *worker = data;
    voc_searcher_free(worker->searcher);
    voc_regex_match_free(worker->match);
    g_free(worker);
}

static void *
worker_new(VocStage *data, VocThread *thread, GError **error)
{
    GrepStage *stage = (GrepStage *)data;
    GrepWorker *worker = g_new0(GrepWorker, 1);
    worker->stage = stage;
    worker->match = voc_regex_match_new();
    if (!stage->search || (worker->searcher = voc_searcher_new(stage->search, thread, error)))
        return worker;
    worker_free(worker);
    return NULL;
}

static gboolean
conditions_hold(const GrepWorker *worker, const VocRecord *record)
{
    const GPtrArray *conditions = worker->stage->conditions;
    for (guint i = 0; i < conditions->len; i++)
        if (!voc_condition_holds(g_ptr_array_index(conditions, i), record, worker->match))
            return FALSE;
    return TRUE;
}

/* Adds a piece of text as inside a JSON string. */
static void
add_piece(VocBuffer *json, VocSlice piece)
{
    g_auto(VocBuffer) quoted = VOC_BUFFER_INIT;
    voc_json_add_string(&quoted, piece);
    voc_buffer_add(json, quoted.data + 1, quoted.len - 2);
}

static void
paint(const VocFound *found, gpointer data)
{
    VocRecord *record = ((GrepWorker *)data)->painted;
    int key = voc_key_find(found->path);
    if (key != VOC_KEY_TEXT && key != VOC_KEY_SUBJECT)
        return;
    g_auto(VocBuffer) json = VOC_BUFFER_INIT;
    gsize at = 0;
    voc_buffer_add_char(&json, '"');
    for (guint i = 0; i < found->n; i++) {
        VocSpan span = found->spans[i];
        add_piece(&json, voc_slice_of(found->text.data + at, span.start - at));
        voc_buffer_add_literal(&json, PAINT);
        add_piece(&json, voc_slice_of(found->text.data + span.start, span.end - span.start));
        voc_buffer_add_literal(&json, PLAIN);
        at = span.end;
    }
    add_piece(&json, voc_slice_of(found->text.data + at, found->text.len - at));
    voc_buffer_add_char(&json, '"');
    voc_record_set_raw(record, (VocKey)key, voc_arena_copy(record->arena, voc_buffer_slice(&json)));
}

static VocVerdict
process(void *data, VocRecord *record, const char **reason)
{
    GrepWorker *worker = data;
    const GrepStage *stage = worker->stage;
    gboolean hold = conditions_hold(worker, record);
    if (!stage->search)
        return hold != stage->invert ? VOC_KEEP : VOC_DROP;
    if (!hold)
        return VOC_DROP;
    VocSearchAnswer answer = voc_searcher_test(worker->searcher, record);
    if (answer == VOC_SEARCH_GAVE_UP) {
        *reason = "the pattern takes too long on this message";
        return VOC_REJECT;
    }
    if ((answer == VOC_SEARCH_FOUND) == stage->invert)
        return VOC_DROP;
    if (stage->paint && !stage->invert) {
        worker->painted = record;
        voc_searcher_each(worker->searcher, record, paint, worker);
    }
    return VOC_KEEP;
}

static void
stage_free(VocStage *data)
{
    GrepStage *stage = (GrepStage *)data;
    voc_search_free(stage->search);
    g_ptr_array_unref(stage->conditions);
    g_free(stage);
}

static const VocStageOps OPS = {.name = "grep",
                                .worker_new = worker_new,
                                .worker_free = worker_free,
                                .process = process,
                                .free = stage_free};

static gboolean
add_conditions(GrepStage *stage, const VocGrepSettings *settings, GError **error)
{
    VocRegexFlags flags = settings->search.ignore_case ? VOC_REGEX_IGNORE_CASE : 0;
    for (char **text = settings->conditions; text && *text; text++) {
        VocCondition *condition = voc_condition_parse(*text, flags, error);
        if (!condition)
            return FALSE;
        g_ptr_array_add(stage->conditions, condition);
    }
    return TRUE;
}

void
voc_grep_settings_clear(VocGrepSettings *settings)
{
    voc_search_settings_clear(&settings->search);
    g_strfreev(settings->conditions);
}

VocStage *
voc_stage_grep_new(const VocGrepSettings *settings, VocContext *context, GError **error)
{
    gboolean search = voc_search_has(&settings->search);
    if (!search && !(settings->conditions && settings->conditions[0])) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                    "what to look for? A pattern, --stem WORD or FIELD=VALUE");
        return NULL;
    }
    GrepStage *stage = g_new0(GrepStage, 1);
    stage->base.ops = &OPS;
    stage->conditions = g_ptr_array_new_with_free_func((GDestroyNotify)voc_condition_free);
    stage->invert = settings->invert;
    stage->paint = settings->paint;
    if (add_conditions(stage, settings, error) &&
        (!search || (stage->search = voc_search_new(&settings->search, context, error))))
        return &stage->base;
    stage_free(&stage->base);
    return NULL;
}
