#include "stage/score.h"

#include "lexicon/lists.h"
#include "stage/vader.h"
#include "stage/words.h"

typedef struct ScoreStage {
    VocStage base;
    gboolean segments, missing;
    const VocLexicon *lexicons[VOC_N_LANGS];
} ScoreStage;

typedef struct ScoreWorker {
    VocWords *words;
    VocScorer *scorer;
    gboolean segments, missing;
    VocBuffer json;
} ScoreWorker;

static void *
worker_new(VocStage *stage, VocThread *thread, GError **error)
{
    VocWords *words = voc_thread_words(thread, error);
    if (!words)
        return NULL;
    ScoreWorker *worker = g_new0(ScoreWorker, 1);
    worker->words = words;
    worker->segments = ((ScoreStage *)stage)->segments;
    worker->missing = ((ScoreStage *)stage)->missing;
    worker->scorer = voc_scorer_new(((ScoreStage *)stage)->lexicons, words);
    return worker;
}

static void
worker_free(void *data)
{
    ScoreWorker *worker = data;
    voc_scorer_free(worker->scorer);
    voc_buffer_clear(&worker->json);
    g_free(worker);
}

#define PUT(at, literal) ((char *)memcpy((at), "" literal, sizeof(literal) - 1) + sizeof(literal) - 1)

/* Most of what a record gains: written without asking for room piece by piece. */
static void
add_hit(VocBuffer *json, const VocHit *hit)
{
    VocSlice term = hit->entry->json;
    const char *rule = voc_rule_name(hit->rules);
    char *at = voc_buffer_reserve(json, term.len + 3 * VOC_DIGITS_ROOM + 64);
    at = PUT(at, "{\"start\":");
    at = voc_digits_int(at, hit->start);
    at = PUT(at, ",\"end\":");
    at = voc_digits_int(at, hit->end);
    at = PUT(at, ",\"term\":");
    at = (char *)memcpy(at, term.data, term.len) + term.len;
    at = PUT(at, ",\"weight\":");
    at = voc_digits_number(at, hit->weight, 2);
    json->len = (gsize)(at - json->data);
    if (rule) {
        voc_buffer_add_literal(json, ",\"rule\":\"");
        voc_buffer_add_string(json, rule);
        voc_buffer_add_char(json, '"');
    }
    voc_buffer_add_char(json, '}');
}

static void
add_score(VocBuffer *json, const VocScore *score)
{
    voc_buffer_add_literal(json, "{\"value\":");
    voc_buffer_add_number(json, score->value, 3);
    voc_buffer_add_literal(json, ",\"label\":\"");
    voc_buffer_add_string(json, voc_label_name(score->label));
    voc_buffer_add_literal(json, "\",\"p\":[");
    for (int i = 0; i < 3; i++) {
        if (i)
            voc_buffer_add_char(json, ',');
        voc_buffer_add_number(json, score->p[i], 3);
    }
    voc_buffer_add_literal(json, "],\"hits\":[");
    for (guint i = 0; i < score->n_hits; i++) {
        if (i)
            voc_buffer_add_char(json, ',');
        add_hit(json, &score->hits[i]);
    }
    voc_buffer_add_char(json, ']');
}

static void
add_segments(ScoreWorker *worker)
{
    guint n;
    VocBuffer *json = &worker->json;
    const VocSegment *segments = voc_scorer_segments(worker->scorer, &n);
    voc_buffer_add_literal(json, ",\"segments\":[");
    for (guint i = 0; i < n; i++) {
        voc_buffer_add_string(json, i ? ",{\"start\":" : "{\"start\":");
        voc_buffer_add_int(json, segments[i].start);
        voc_buffer_add_literal(json, ",\"end\":");
        voc_buffer_add_int(json, segments[i].end);
        voc_buffer_add_literal(json, ",\"value\":");
        voc_buffer_add_number(json, segments[i].value, 3);
        voc_buffer_add_literal(json, ",\"label\":\"");
        voc_buffer_add_string(json, voc_label_name(segments[i].label));
        voc_buffer_add_literal(json, "\"}");
    }
    voc_buffer_add_char(json, ']');
}

/* Whether the record is part of a conversation: business, most of it, and no judgement. */
static gboolean
is_conversation(const VocRecord *record)
{
    static const char *const CHANNELS[] = {"email", "chat", "call", "ticket"};
    VocSlice channel = voc_record_string(record, VOC_KEY_CHANNEL);
    for (guint i = 0; channel.len && i < G_N_ELEMENTS(CHANNELS); i++)
        if (voc_slice_equal_string(channel, CHANNELS[i]))
            return TRUE;
    return FALSE;
}

static VocVerdict
process(void *data, VocRecord *record, const char **reason)
{
    ScoreWorker *worker = data;
    VocScore score;
    (void)reason;
    if (worker->missing && voc_record_has(record, VOC_KEY_SCORE))
        return VOC_KEEP;
    voc_scorer_set_conversation(worker->scorer, is_conversation(record));
    voc_scorer_score(worker->scorer, voc_record_words(record, worker->words), &score);
    voc_buffer_reset(&worker->json);
    add_score(&worker->json, &score);
    if (worker->segments)
        add_segments(worker);
    voc_buffer_add_char(&worker->json, '}');
    voc_record_set_raw(record, VOC_KEY_SCORE, voc_arena_copy(record->arena, voc_buffer_slice(&worker->json)));
    return VOC_KEEP;
}

static void
stage_free(VocStage *data)
{
    ScoreStage *stage = (ScoreStage *)data;
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        voc_lexicon_free((VocLexicon *)stage->lexicons[lang]);
    g_free(stage);
}

static const VocStageOps OPS = {.name = "score",
                                .worker_new = worker_new,
                                .worker_free = worker_free,
                                .process = process,
                                .free = stage_free};

VocStage *
voc_stage_score_new(const VocScoreSettings *settings, VocContext *context, GError **error)
{
    if (settings->rules && g_str_equal(settings->rules, "vader"))
        return voc_stage_vader_new(settings->lexicons, context, error);
    if (settings->rules && !g_str_equal(settings->rules, "voc")) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "'%s' are no rules: voc or vader", settings->rules);
        return NULL;
    }
    const VocWordModel *model = voc_context_word_model(context, error);
    if (!model)
        return NULL;
    ScoreStage *stage = g_new0(ScoreStage, 1);
    stage->base.ops = &OPS;
    stage->segments = settings->segments;
    stage->missing = settings->missing;
    VocWords *words = voc_words_new(model);
    gboolean good = TRUE;
    for (int lang = 0; lang < VOC_N_LANGS && good; lang++) {
        stage->lexicons[lang] = voc_lexicon_for_scoring((VocLang)lang, words, voc_context_data_dir(context),
                                                        settings->lexicons, settings->only, error);
        good = stage->lexicons[lang] != NULL;
    }
    voc_words_free(words);
    if (good)
        return &stage->base;
    stage_free(&stage->base);
    return NULL;
}
