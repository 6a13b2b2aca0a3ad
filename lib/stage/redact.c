#include "stage/redact.h"

#include "stage/redact-work.h"

typedef struct RedactStage {
    VocStage base;
    VocRedactPlan plan;
} RedactStage;

static void *
worker_new(VocStage *stage, VocThread *thread, GError **error)
{
    VocRedactWork *work = g_new0(VocRedactWork, 1);
    (void)thread;
    (void)error;
    work->plan = &((RedactStage *)stage)->plan;
    work->redactor = voc_redactor_new(work->plan->rules, work->plan->phrases);
    work->shifts = g_array_new(FALSE, FALSE, sizeof(VocRedactShift));
    return work;
}

static void
worker_free(void *data)
{
    VocRedactWork *work = data;
    voc_redactor_free(work->redactor);
    voc_buffer_clear(&work->notes);
    voc_buffer_clear(&work->text);
    voc_buffer_clear(&work->value);
    voc_buffer_clear(&work->field);
    g_array_unref(work->shifts);
    g_free(work);
}

/* Every other string of the record, those of keys that nobody knows too. */
static void
redact_others(VocRedactWork *work, VocRecord *record)
{
    const guint SKIPPED = 1u << VOC_KEY_ID | 1u << VOC_KEY_SOURCE | 1u << VOC_KEY_CHANNEL |
                          1u << VOC_KEY_TIME | 1u << VOC_KEY_ROLE | 1u << VOC_KEY_AUTHOR |
                          1u << VOC_KEY_CUSTOMER | 1u << VOC_KEY_THREAD | 1u << VOC_KEY_TURN |
                          1u << VOC_KEY_RATING | 1u << VOC_KEY_LANG | 1u << VOC_KEY_LANG_CONFIDENCE |
                          1u << VOC_KEY_CLEAN | 1u << VOC_KEY_REDACTED | 1u << VOC_KEY_TERMS |
                          1u << VOC_KEY_SCORE | 1u << VOC_KEY_CUES | 1u << VOC_KEY_THEMES;
    for (guint i = 0; i < record->n_members; i++) {
        VocSlice key = record->members[i].key;
        if (!key.data)
            continue;
        int known = voc_key_find(key);
        gboolean own = known >= 0 && record->known[known] == (gint16)i;
        /* A key that stands twice counts once, but its other value is written too. */
        if (own && (known == VOC_KEY_TEXT || SKIPPED & 1u << known))
            continue;
        voc_redact_member(work, record, i, !own || known == VOC_KEY_FIELDS);
    }
}

static void
redact_text(VocRedactWork *work, VocRecord *record)
{
    voc_buffer_reset(&work->field);
    if (!voc_redact_text(work, voc_record_string(record, VOC_KEY_TEXT), TRUE))
        return;
    voc_record_set_string(record, VOC_KEY_TEXT, voc_buffer_slice(&work->text));
    voc_record_remove(record, VOC_KEY_TERMS); /* names among them */
    voc_redact_move_spans(work, record);
}

static VocVerdict
process(void *data, VocRecord *record, const char **reason)
{
    VocRedactWork *work = data;
    voc_buffer_reset(&work->notes);
    g_array_set_size(work->shifts, 0);
    work->gave_up = FALSE;
    voc_redact_gather(work, record);
    redact_text(work, record);
    if (!work->plan->text_only) {
        redact_others(work, record);
        voc_redact_people(work, record);
        if (voc_record_has(record, VOC_KEY_CLEAN))
            voc_redact_clean(work, record);
    }
    voc_redact_source(work, record);
    if (work->notes.len)
        voc_redact_set_notes(work, record);
    if (!work->gave_up)
        return VOC_KEEP;
    *reason = "took too much work to redact";
    return VOC_REJECT;
}

static void
stage_free(VocStage *data)
{
    RedactStage *stage = (RedactStage *)data;
    voc_redact_rules_free(stage->plan.rules);
    voc_phrases_free(stage->plan.phrases);
    voc_pseudonym_key_free(stage->plan.key);
    g_free(stage);
}

static const VocStageOps OPS = {.name = "redact",
                                .worker_new = worker_new,
                                .worker_free = worker_free,
                                .process = process,
                                .free = stage_free};

VocStage *
voc_stage_redact_new(const VocRedactSettings *settings, VocContext *context, GError **error)
{
    const char *folder = voc_context_data_dir(context);
    g_autofree char *rules = g_build_filename(folder, "data", "redact.tsv", NULL);
    g_autofree char *phrases = g_build_filename(folder, "data", "quotes.tsv", NULL);
    RedactStage *stage = g_new0(RedactStage, 1);
    stage->base.ops = &OPS;
    stage->plan.text_only = settings->text_only;
    if ((settings->key && !(stage->plan.key = voc_pseudonym_key_load(settings->key, error))) ||
        !(stage->plan.phrases = voc_phrases_load(phrases, error)) ||
        !(stage->plan.rules = voc_redact_rules_load(rules, settings->patterns, settings->only, error))) {
        stage_free(&stage->base);
        return NULL;
    }
    stage->plan.name_kind = (guint)voc_redact_find_kind(stage->plan.rules, VOC_SLICE("name"));
    return &stage->base;
}
