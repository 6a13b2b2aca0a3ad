#include "stage/tag.h"

#include "lexicon/tagger.h"
#include "stage/words.h"

typedef struct TagStage {
    VocStage base;
    gboolean all_roles, missing;
    const VocCues *cues[VOC_N_LANGS];
} TagStage;

typedef struct TagWorker {
    const TagStage *stage;
    VocWords *words;
    VocTagger *tagger;
    VocBuffer json;
} TagWorker;

static void *
worker_new(VocStage *stage, VocThread *thread, GError **error)
{
    VocWords *words = voc_thread_words(thread, error);
    if (!words)
        return NULL;
    TagWorker *worker = g_new0(TagWorker, 1);
    worker->stage = (TagStage *)stage;
    worker->words = words;
    worker->tagger = voc_tagger_new(worker->stage->cues, words);
    return worker;
}

static void
worker_free(void *data)
{
    TagWorker *worker = data;
    voc_tagger_free(worker->tagger);
    voc_buffer_clear(&worker->json);
    g_free(worker);
}

/* Who is not the customer does not ask, threaten or thank us. */
static gboolean
is_others(const VocRecord *record)
{
    VocSlice role = voc_record_string(record, VOC_KEY_ROLE);
    return voc_slice_equal_string(role, "agent") || voc_slice_equal_string(role, "bot") ||
           voc_slice_equal_string(role, "system");
}

/* The list's folder and name, and the line: fi/cues.tsv:12. */
static void
add_place(VocBuffer *json, const VocCuePattern *pattern)
{
    const char *name = strrchr(pattern->path, G_DIR_SEPARATOR), *folder = name;
    while (folder && folder > pattern->path && folder[-1] != G_DIR_SEPARATOR)
        folder--;
    voc_buffer_add_literal(json, ",\"list\":");
    g_autofree char *place = g_strdup_printf("%s:%u", folder ? folder : pattern->path, pattern->line);
    voc_json_add_string(json, voc_slice_from_string(place));
}

static void
add_hit(VocBuffer *json, const VocCueHit *hit)
{
    voc_buffer_add_literal(json, "{\"cue\":");
    voc_json_add_string(json, voc_slice_from_string(hit->pattern->cue));
    if (*hit->pattern->kind) {
        voc_buffer_add_literal(json, ",\"kind\":");
        voc_json_add_string(json, voc_slice_from_string(hit->pattern->kind));
    }
    voc_buffer_add_literal(json, ",\"start\":");
    voc_buffer_add_int(json, hit->start);
    voc_buffer_add_literal(json, ",\"end\":");
    voc_buffer_add_int(json, hit->end);
    add_place(json, hit->pattern);
    voc_buffer_add_char(json, '}');
}

static VocVerdict
process(void *data, VocRecord *record, const char **reason)
{
    TagWorker *worker = data;
    guint n;
    (void)reason;
    if (worker->stage->missing && voc_record_has(record, VOC_KEY_CUES))
        return VOC_KEEP;
    if (!worker->stage->all_roles && is_others(record)) {
        voc_record_remove(record, VOC_KEY_CUES);
        return VOC_KEEP;
    }
    const VocCueHit *hits = voc_tagger_tag(worker->tagger, voc_record_words(record, worker->words), &n);
    voc_buffer_reset(&worker->json);
    voc_buffer_add_char(&worker->json, '[');
    for (guint i = 0; i < n; i++) {
        if (i)
            voc_buffer_add_char(&worker->json, ',');
        add_hit(&worker->json, &hits[i]);
    }
    voc_buffer_add_char(&worker->json, ']');
    voc_record_set_raw(record, VOC_KEY_CUES, voc_arena_copy(record->arena, voc_buffer_slice(&worker->json)));
    return VOC_KEEP;
}

static void
stage_free(VocStage *data)
{
    TagStage *stage = (TagStage *)data;
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        voc_cues_free((VocCues *)stage->cues[lang]);
    g_free(stage);
}

static const VocStageOps OPS = {.name = "tag",
                                .worker_new = worker_new,
                                .worker_free = worker_free,
                                .process = process,
                                .free = stage_free};

static VocCues *
load(VocLang lang, const VocTagSettings *settings, VocContext *context, VocWords *words, GError **error)
{
    g_autoptr(VocCues) cues = voc_cues_new(lang, words);
    if (!voc_cues_load_language(cues, voc_context_data_dir(context), !settings->only, error))
        return NULL;
    for (char **path = settings->cues; path && *path; path++)
        if (!voc_cues_load(cues, *path, error))
            return NULL;
    voc_cues_freeze(cues);
    return g_steal_pointer(&cues);
}

VocStage *
voc_stage_tag_new(const VocTagSettings *settings, VocContext *context, GError **error)
{
    const VocWordModel *model = voc_context_word_model(context, error);
    if (!model)
        return NULL;
    TagStage *stage = g_new0(TagStage, 1);
    stage->base.ops = &OPS;
    stage->all_roles = settings->all_roles;
    stage->missing = settings->missing;
    VocWords *words = voc_words_new(model);
    gboolean good = TRUE;
    for (int lang = VOC_LANG_FI; lang < VOC_N_LANGS && good; lang++)
        good = (stage->cues[lang] = load((VocLang)lang, settings, context, words, error)) != NULL;
    voc_words_free(words);
    if (good)
        return &stage->base;
    stage_free(&stage->base);
    return NULL;
}
