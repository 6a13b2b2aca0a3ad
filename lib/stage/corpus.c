/* Gathers texts to find themes in. */
#include "stage/theme.h"

#include "stage/words.h"

typedef struct CorpusStage {
    VocStage base;
    VocCorpus *corpus;
    GMutex lock;
} CorpusStage;

typedef struct CorpusWorker {
    CorpusStage *stage;
    VocWords *words;
    VocCorpusReader *reader;
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
    return worker;
}

static void
worker_free(void *data)
{
    CorpusWorker *worker = data;
    voc_corpus_reader_free(worker->reader);
    g_free(worker);
}

/* Themes are what customers speak of. */
static gboolean
is_customers(const VocRecord *record)
{
    VocSlice role = voc_record_string(record, VOC_KEY_ROLE);
    return !role.len || voc_slice_equal(role, VOC_SLICE("customer"));
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
    voc_corpus_add(worker->reader, text);
    g_mutex_unlock(&worker->stage->lock);
    return VOC_KEEP;
}

static void
stage_free(VocStage *stage)
{
    g_mutex_clear(&((CorpusStage *)stage)->lock);
    g_free(stage);
}

static const VocStageOps OPS = {.name = "corpus",
                                .worker_new = worker_new,
                                .worker_free = worker_free,
                                .process = process,
                                .free = stage_free};

VocStage *
voc_stage_corpus_new(VocCorpus *corpus, VocContext *context, GError **error)
{
    if (!voc_context_word_model(context, error))
        return NULL;
    CorpusStage *stage = g_new0(CorpusStage, 1);
    stage->base.ops = &OPS;
    stage->corpus = corpus;
    g_mutex_init(&stage->lock);
    return &stage->base;
}
