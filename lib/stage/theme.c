#include "stage/theme.h"

#include <math.h>

#include "stage/words.h"
#include "theme/assign.h"

typedef struct ThemeStage {
    VocStage base;
    VocThemes *own; /* read by the stage itself */
    VocThemeModel *model;
    GArray *surest;
    guint64 messages, unassigned;
} ThemeStage;

typedef struct ThemeWorker {
    VocWords *words;
    VocAssigner *assigner;
    GArray *surest;
    VocBuffer json;
} ThemeWorker;

static void *
worker_new(VocStage *stage, VocThread *thread, GError **error)
{
    VocWords *words = voc_thread_words(thread, error);
    if (!words)
        return NULL;
    ThemeWorker *worker = g_new0(ThemeWorker, 1);
    worker->words = words;
    worker->assigner = voc_assigner_new(((ThemeStage *)stage)->model, words);
    worker->surest = ((ThemeStage *)stage)->surest;
    return worker;
}

static void
worker_free(void *data)
{
    ThemeWorker *worker = data;
    voc_assigner_free(worker->assigner);
    voc_buffer_clear(&worker->json);
    g_free(worker);
}

static double
number_at(const VocJson *json, const char *key)
{
    double number = 0;
    return voc_json_number(voc_json_get(json, key), &number) ? number : 0;
}

/* A segment's sentiment: the message's own where it is the whole message, else of the hits inside it, by the
 * same saturation as voc score. NaN when the record has no score. */
static double
segment_score(const VocJson *score, const VocAssigned *found)
{
    double inside = 0, outside = 0, value = 0;
    if (!voc_json_number(voc_json_get(score, "value"), &value))
        return NAN;
    const VocJson *hits = voc_json_get(score, "hits");
    for (const VocJson *hit = hits ? hits->first : NULL; hit; hit = hit->next) {
        double at = number_at(hit, "start"), weight = number_at(hit, "weight");
        if (at >= found->start && at < found->end)
            inside += weight;
        else
            outside += fabs(weight);
    }
    if (outside == 0)
        return value;
    return inside / sqrt(inside * inside + 12);
}

static void
add_theme(VocBuffer *json, const VocAssigned *found, const VocJson *score)
{
    voc_buffer_add_literal(json, "{\"id\":");
    voc_json_add_string(json, voc_slice_from_string(found->theme->id));
    voc_buffer_add_literal(json, ",\"weight\":");
    voc_buffer_add_number(json, found->weight, 3);
    voc_buffer_add_literal(json, ",\"start\":");
    voc_buffer_add_int(json, found->start);
    voc_buffer_add_literal(json, ",\"end\":");
    voc_buffer_add_int(json, found->end);
    double value = segment_score(score, found);
    if (!isnan(value)) {
        voc_buffer_add_literal(json, ",\"score\":");
        voc_buffer_add_number(json, value, 3);
    }
    voc_buffer_add_char(json, '}');
}

static VocVerdict
process(void *data, VocRecord *record, const char **reason)
{
    ThemeWorker *worker = data;
    guint n = 0;
    (void)reason;
    const VocAssigned *found =
        voc_assigner_assign(worker->assigner, voc_record_words(record, worker->words), &n);
    double surest = voc_assigner_surest(worker->assigner);
    if (worker->surest && voc_record_string(record, VOC_KEY_TEXT).len)
        g_array_append_val(worker->surest, surest);
    const VocJson *score = n ? voc_record_value(record, VOC_KEY_SCORE) : NULL;
    voc_buffer_reset(&worker->json);
    voc_buffer_add_char(&worker->json, '[');
    for (guint i = 0; i < n; i++) {
        if (i)
            voc_buffer_add_char(&worker->json, ',');
        add_theme(&worker->json, &found[i], score);
    }
    voc_buffer_add_char(&worker->json, ']');
    voc_record_set_raw(record, VOC_KEY_THEMES,
                       voc_arena_copy(record->arena, voc_buffer_slice(&worker->json)));
    return VOC_KEEP;
}

static VocVerdict
count(VocStage *data, VocRecord *record, const char **reason)
{
    ThemeStage *stage = (ThemeStage *)data;
    (void)reason;
    if (!voc_record_string(record, VOC_KEY_TEXT).len)
        return VOC_KEEP;
    stage->messages++;
    stage->unassigned += voc_record_raw(record, VOC_KEY_THEMES).len <= 2;
    return VOC_KEEP;
}

static void
stage_free(VocStage *data)
{
    ThemeStage *stage = (ThemeStage *)data;
    voc_theme_model_free(stage->model);
    voc_themes_free(stage->own);
    g_free(stage);
}

static const VocStageOps OPS = {.name = "theme",
                                .worker_new = worker_new,
                                .worker_free = worker_free,
                                .process = process,
                                .ordered = count,
                                .free = stage_free};

VocGlossary *
voc_stage_glossary(VocContext *context, VocWords *words, GError **error)
{
    g_autofree char *path =
        g_build_filename(voc_context_data_dir(context), "data", "glossary-fi-en.tsv", NULL);
    return voc_glossary_load(path, words, error);
}

static VocStage *
make_stage(const VocThemes *themes, const VocThemeSettings *settings, VocContext *context, GError **error)
{
    const VocWordModel *words_model = voc_context_word_model(context, error);
    if (!words_model)
        return NULL;
    VocWords *words = voc_words_new(words_model);
    g_autoptr(VocGlossary) glossary =
        settings->one_language ? NULL : voc_stage_glossary(context, words, error);
    ThemeStage *stage = NULL;
    if (glossary || settings->one_language) {
        stage = g_new0(ThemeStage, 1);
        stage->base.ops = &OPS;
        stage->surest = settings->surest;
        stage->model = voc_theme_model_new(themes, settings->confidence, glossary, words);
    }
    voc_words_free(words);
    return stage ? &stage->base : NULL;
}

VocStage *
voc_stage_theme_with(const VocThemes *themes, double confidence, VocContext *context, GError **error)
{
    return make_stage(themes, &(VocThemeSettings){.confidence = confidence}, context, error);
}

VocStage *
voc_stage_theme_new(const VocThemeSettings *settings, VocContext *context, GError **error)
{
    if (!settings->themes || settings->confidence >= 1) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s",
                    settings->themes ? "--confidence takes a number from 0 to below 1"
                                     : "which theme file? Name it with -t");
        return NULL;
    }
    VocThemes *themes = voc_themes_read(settings->themes, error);
    if (!themes)
        return NULL;
    VocStage *stage = make_stage(themes, settings, context, error);
    if (stage)
        ((ThemeStage *)stage)->own = themes;
    else
        voc_themes_free(themes);
    return stage;
}

void
voc_stage_theme_counts(const VocStage *data, guint64 *messages, guint64 *unassigned)
{
    const ThemeStage *stage = (const ThemeStage *)data;
    *messages = stage->messages;
    *unassigned = stage->unassigned;
}
