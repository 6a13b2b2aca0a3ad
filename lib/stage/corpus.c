/* Gathers texts to find themes in. */
#include "stage/theme.h"

#include "stage/words.h"

typedef struct CorpusStage {
    VocStage base;
    VocCorpus *corpus;
    char *labels;
    GMutex lock;
} CorpusStage;

typedef struct CorpusWorker {
    CorpusStage *stage;
    VocWords *words;
    VocCorpusReader *reader;
    GArray *labels;
} CorpusWorker;

static void *
worker_new(VocStage *stage, VocThread *thread, GError **error)
{
    VocWords *words = voc_thread_words(thread, error);
    if (!words)
        return NULL;
    CorpusWorker *worker = g_new0(CorpusWorker, 1);
    worker->stage = (CorpusStage *)stage;
    worker->words = words;
    worker->reader = voc_corpus_reader_new(worker->stage->corpus, words);
    worker->labels = g_array_new(FALSE, FALSE, sizeof(guint32));
    return worker;
}

static void
worker_free(void *data)
{
    CorpusWorker *worker = data;
    voc_corpus_reader_free(worker->reader);
    g_array_unref(worker->labels);
    g_free(worker);
}

static gboolean
is_set(const VocJson *json)
{
    return json && json->type != VOC_JSON_NULL && json->type != VOC_JSON_FALSE;
}

/* Themes are what customers speak of, in words of their own. */
static gboolean
is_customers(const VocRecord *record)
{
    VocSlice role = voc_record_string(record, VOC_KEY_ROLE);
    if (role.len && !voc_slice_equal(role, VOC_SLICE("customer")))
        return FALSE;
    const VocJson *clean = voc_record_value(record, VOC_KEY_CLEAN);
    return !is_set(voc_json_get(clean, "automatic")) && !is_set(voc_json_get(clean, "duplicate_of")) &&
           !is_set(voc_json_get(clean, "duplicate"));
}

static void
add_label(CorpusWorker *worker, VocSlice name)
{
    name = voc_slice_strip(name);
    if (!name.len)
        return;
    guint32 label = voc_corpus_label(worker->stage->corpus, name);
    g_array_append_val(worker->labels, label);
}

/* "a|b" is two labels. */
static void
add_labels(CorpusWorker *worker, VocSlice text)
{
    while (text.len) {
        const char *bar = memchr(text.data, '|', text.len);
        gsize len = bar ? (gsize)(bar - text.data) : text.len;
        add_label(worker, voc_slice_of(text.data, len));
        len += bar != NULL;
        text = voc_slice_of(text.data + len, text.len - len);
    }
}

static void
read_labels(CorpusWorker *worker, const VocRecord *record)
{
    const VocJson *found = voc_record_find(record, voc_slice_from_string(worker->stage->labels));
    g_array_set_size(worker->labels, 0);
    if (!found)
        return;
    if (found->type == VOC_JSON_STRING || found->type == VOC_JSON_NUMBER)
        add_labels(worker, found->text);
    for (const VocJson *one = found->type == VOC_JSON_ARRAY ? found->first : NULL; one; one = one->next) {
        if (one->type == VOC_JSON_STRING)
            add_labels(worker, one->text);
        if (one->type == VOC_JSON_OBJECT) {
            add_label(worker, voc_json_get_text(one, "id"));
            return;
        }
    }
}

static VocVerdict
process(void *data, VocRecord *record, const char **reason)
{
    CorpusWorker *worker = data;
    (void)reason;
    if (!is_customers(record))
        return VOC_KEEP;
    const VocText *text = voc_record_words(record, worker->words);
    if (!text->n)
        return VOC_KEEP;
    /* The corpus has an order of its own: who comes first does not matter. */
    g_mutex_lock(&worker->stage->lock);
    if (worker->stage->labels)
        read_labels(worker, record);
    voc_corpus_add(worker->reader, text, (const guint32 *)(const void *)worker->labels->data,
                   worker->labels->len);
    g_mutex_unlock(&worker->stage->lock);
    return VOC_KEEP;
}

static void
stage_free(VocStage *data)
{
    CorpusStage *stage = (CorpusStage *)data;
    g_mutex_clear(&stage->lock);
    g_free(stage->labels);
    g_free(stage);
}

static const VocStageOps OPS = {.name = "corpus",
                                .worker_new = worker_new,
                                .worker_free = worker_free,
                                .process = process,
                                .free = stage_free};

/* Gives the corpus the glossary. */
static gboolean
load_glossary(VocCorpus *corpus, const VocWordModel *model, VocContext *context, GError **error)
{
    g_autofree char *path =
        g_build_filename(voc_context_data_dir(context), "data", "glossary-fi-en.tsv", NULL);
    VocWords *words = voc_words_new(model);
    VocGlossary *glossary = voc_glossary_load(path, words, error);
    voc_words_free(words);
    voc_corpus_take_glossary(corpus, glossary);
    return glossary != NULL;
}

VocStage *
voc_stage_corpus_with(VocCorpus *corpus, const VocCorpusSettings *settings, VocContext *context,
                      GError **error)
{
    const VocWordModel *model = voc_context_word_model(context, error);
    if (!model || (!settings->one_language && !load_glossary(corpus, model, context, error)))
        return NULL;
    CorpusStage *stage = g_new0(CorpusStage, 1);
    stage->base.ops = &OPS;
    stage->corpus = corpus;
    stage->labels = g_strdup(settings->labels);
    g_mutex_init(&stage->lock);
    return &stage->base;
}

VocStage *
voc_stage_corpus_new(VocCorpus *corpus, VocContext *context, GError **error)
{
    return voc_stage_corpus_with(corpus, &(VocCorpusSettings){0}, context, error);
}
