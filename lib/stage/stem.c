#include "stage/stem.h"

#include "stage/words.h"

typedef struct StemStage {
    VocStage base;
    VocStemSettings settings;
} StemStage;

typedef struct StemWorker {
    const VocStemSettings *settings;
    VocWords *words;
    VocBuffer terms;
} StemWorker;

static void *
worker_new(VocStage *stage, VocThread *thread, GError **error)
{
    VocWords *words = voc_thread_words(thread, error);
    if (!words)
        return NULL;
    StemWorker *worker = g_new0(StemWorker, 1);
    worker->settings = &((StemStage *)stage)->settings;
    worker->words = words;
    return worker;
}

static void
worker_free(void *data)
{
    StemWorker *worker = data;
    voc_buffer_clear(&worker->terms);
    g_free(worker);
}

static gboolean
is_term(const StemWorker *worker, const VocToken *token)
{
    if (token->raw.kind != VOC_TOKEN_WORD && token->raw.kind != VOC_TOKEN_HASHTAG)
        return FALSE;
    return worker->settings->keep_stop_words || !(token->raw.flags & VOC_TOKEN_STOP);
}

/* Terms as a JSON array. */
static VocSlice
collect(StemWorker *worker, const VocText *text, VocArena *arena)
{
    VocBuffer *terms = &worker->terms;
    voc_buffer_reset(terms);
    voc_buffer_add_char(terms, '[');
    for (guint i = 0; i < text->n; i++) {
        VocLang lang = voc_text_lang(text, i);
        const VocWordList *list = voc_words_list(worker->words, text->chunks[i], lang);
        for (guint k = 0; k < list->n; k++) {
            if (!is_term(worker, &list->tokens[k]))
                continue;
            VocSlice base = list->tokens[k].base, parts = VOC_SLICE_NONE;
            if (worker->settings->parts)
                parts = voc_words_parts(worker->words, list->tokens[k].norm, lang, arena);
            if (parts.len)
                base = parts;
            /* A base form has no quotes or controls in it: nothing to escape. */
            char *at = voc_buffer_reserve(terms, base.len + 3);
            gsize n = 0;
            if (terms->len > 1)
                at[n++] = ',';
            at[n++] = '"';
            memcpy(at + n, base.data, base.len);
            n += base.len;
            at[n++] = '"';
            terms->len += n;
        }
    }
    voc_buffer_add_char(terms, ']');
    return voc_arena_copy(arena, voc_buffer_slice(terms));
}

/* A number between 0 and 1 with two decimals. */
static VocSlice
confidence_value(double confidence, VocArena *arena)
{
    char *at = voc_arena_alloc(arena, VOC_DIGITS_ROOM);
    return voc_slice_of(at, (gsize)(voc_digits_number(at, confidence, 2) - at));
}

static void
set_lang(VocRecord *record, const VocText *text)
{
    static const VocSlice QUOTED[VOC_N_LANGS] = {VOC_SLICE("\"und\""), VOC_SLICE("\"fi\""),
                                                 VOC_SLICE("\"en\""), VOC_SLICE("\"sv\"")};
    if (voc_record_has(record, VOC_KEY_LANG))
        return;
    voc_record_set_raw(record, VOC_KEY_LANG, QUOTED[text->lang]);
    voc_record_set_raw(record, VOC_KEY_LANG_CONFIDENCE, confidence_value(text->confidence, record->arena));
}

static VocVerdict
process(void *data, VocRecord *record, const char **reason)
{
    StemWorker *worker = data;
    (void)reason;
    const VocText *text = voc_record_words(record, worker->words);
    VocSlice terms = collect(worker, text, record->arena);
    set_lang(record, text);
    voc_record_set_raw(record, VOC_KEY_TERMS, terms);
    return VOC_KEEP;
}

void
voc_stem_add_line(const VocRecord *record, VocBuffer *out)
{
    VocSlice terms = voc_record_raw(record, VOC_KEY_TERMS);
    gboolean inside = FALSE;
    for (gsize i = 0; i < terms.len; i++) {
        if (terms.data[i] == '"')
            inside = !inside; /* see collect(): no quote is escaped */
        else if (inside)
            voc_buffer_add_char(out, terms.data[i]);
        else if (terms.data[i] == ',')
            voc_buffer_add_char(out, ' ');
    }
    voc_buffer_add_char(out, '\n');
}

static void
stage_free(VocStage *stage)
{
    g_free(stage);
}

static const VocStageOps OPS = {.name = "stem",
                                .worker_new = worker_new,
                                .worker_free = worker_free,
                                .process = process,
                                .free = stage_free};

VocStage *
voc_stage_stem_new(const VocStemSettings *settings, VocContext *context, GError **error)
{
    if (!voc_context_word_model(context, error))
        return NULL;
    StemStage *stage = g_new0(StemStage, 1);
    stage->base.ops = &OPS;
    stage->settings = *settings;
    return &stage->base;
}
