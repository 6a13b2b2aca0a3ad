#include "stage/vader.h"

#include "lexicon/vader.h"

/* What VADER's authors call positive and negative. */
#define THRESHOLD 0.05

typedef struct VaderStage {
    VocStage base;
    VocVader *vader;
} VaderStage;

typedef struct VaderWorker {
    const VocVader *vader;
    VocBuffer json;
} VaderWorker;

static void *
worker_new(VocStage *stage, VocThread *thread, GError **error)
{
    VaderWorker *worker = g_new0(VaderWorker, 1);
    (void)thread;
    (void)error;
    worker->vader = ((VaderStage *)stage)->vader;
    return worker;
}

static void
worker_free(void *data)
{
    VaderWorker *worker = data;
    voc_buffer_clear(&worker->json);
    g_free(worker);
}

static void
add_hits(VocBuffer *json, const VocVaderScore *score)
{
    voc_buffer_add_literal(json, "],\"hits\":[");
    for (guint i = 0; i < score->n_hits; i++) {
        const VocVaderHit *hit = &score->hits[i];
        voc_buffer_add_string(json, i ? ",{\"start\":" : "{\"start\":");
        voc_buffer_add_int(json, hit->start);
        voc_buffer_add_literal(json, ",\"end\":");
        voc_buffer_add_int(json, hit->end);
        voc_buffer_add_literal(json, ",\"term\":");
        voc_json_add_string(json, hit->term);
        voc_buffer_add_literal(json, ",\"weight\":");
        voc_buffer_add_number(json, hit->valence, 2);
        voc_buffer_add_char(json, '}');
    }
    voc_buffer_add_literal(json, "]}");
}

/* Rounded as Python's round() and the C library do it: halves that are exact go to the even side. */
static void
add_rounded(VocBuffer *json, double value, int decimals)
{
    char format[8], text[G_ASCII_DTOSTR_BUF_SIZE];
    g_snprintf(format, sizeof format, "%%.%df", decimals);
    g_ascii_formatd(text, sizeof text, format, value);
    voc_buffer_add_number(json, g_ascii_strtod(text, NULL), decimals);
}

static void
add_score(VocBuffer *json, const VocVaderScore *score)
{
    VocLabel label = score->compound >= THRESHOLD    ? VOC_POSITIVE
                     : score->compound <= -THRESHOLD ? VOC_NEGATIVE
                                                     : VOC_NEUTRAL;
    const double shares[] = {score->neg, score->neu, score->pos};
    voc_buffer_add_literal(json, "{\"value\":");
    add_rounded(json, score->compound, 4);
    voc_buffer_add_literal(json, ",\"label\":\"");
    voc_buffer_add_string(json, voc_label_name(label));
    voc_buffer_add_literal(json, "\",\"p\":[");
    for (int i = 0; i < 3; i++) {
        if (i)
            voc_buffer_add_char(json, ',');
        add_rounded(json, shares[i], 3);
    }
    add_hits(json, score);
}

static VocVerdict
process(void *data, VocRecord *record, const char **reason)
{
    VaderWorker *worker = data;
    VocVaderScore score;
    (void)reason;
    voc_vader_score(worker->vader, voc_record_string(record, VOC_KEY_TEXT), record->arena, &score);
    voc_buffer_reset(&worker->json);
    add_score(&worker->json, &score);
    voc_record_set_raw(record, VOC_KEY_SCORE, voc_arena_copy(record->arena, voc_buffer_slice(&worker->json)));
    return VOC_KEEP;
}

static void
stage_free(VocStage *data)
{
    VaderStage *stage = (VaderStage *)data;
    voc_vader_free(stage->vader);
    g_free(stage);
}

static const VocStageOps OPS = {.name = "score",
                                .worker_new = worker_new,
                                .worker_free = worker_free,
                                .process = process,
                                .free = stage_free};

VocStage *
voc_stage_vader_new(char *const *lexicons, VocContext *context, GError **error)
{
    if (!lexicons || !*lexicons) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                    "--rules vader needs VADER's own lexicon: --lexicon vader_lexicon.txt");
        return NULL;
    }
    g_autoptr(VocVader) vader = voc_vader_new(voc_context_data_dir(context), error);
    if (!vader)
        return NULL;
    for (; *lexicons; lexicons++)
        if (!voc_vader_load(vader, *lexicons, error))
            return NULL;
    VaderStage *stage = g_new0(VaderStage, 1);
    stage->base.ops = &OPS;
    stage->vader = g_steal_pointer(&vader);
    return &stage->base;
}
