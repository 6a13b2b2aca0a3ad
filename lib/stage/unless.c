#include "stage/unless.h"

typedef struct Unless {
    VocStage stage;
    VocStage *inner;
    VocKey key;
} Unless;

typedef struct Worker {
    Unless *unless;
    void *inner;
} Worker;

static void
worker_free(void *data)
{
    Worker *worker = data;
    if (worker->unless->inner->ops->worker_free && worker->inner)
        worker->unless->inner->ops->worker_free(worker->inner);
    g_free(worker);
}

static void *
worker_new(VocStage *stage, VocThread *thread, GError **error)
{
    Unless *unless = (Unless *)stage;
    Worker *worker = g_new0(Worker, 1);
    worker->unless = unless;
    if (unless->inner->ops->worker_new &&
        !(worker->inner = unless->inner->ops->worker_new(unless->inner, thread, error))) {
        g_free(worker);
        return NULL;
    }
    return worker;
}

static VocVerdict
process(void *data, VocRecord *record, const char **reason)
{
    Worker *worker = data;
    if (voc_record_has(record, worker->unless->key))
        return VOC_KEEP;
    return worker->unless->inner->ops->process(worker->inner, record, reason);
}

/* `inner` must not have added the key itself; see the header. */
static VocVerdict
ordered(VocStage *stage, VocRecord *record, const char **reason)
{
    Unless *unless = (Unless *)stage;
    if (voc_record_has(record, unless->key))
        return VOC_KEEP;
    return unless->inner->ops->ordered(unless->inner, record, reason);
}

static void
unless_free(VocStage *stage)
{
    voc_stage_free(((Unless *)stage)->inner);
    g_free(stage);
}

static const VocStageOps unless_ops = {.name = "unless",
                                       .worker_new = worker_new,
                                       .worker_free = worker_free,
                                       .process = process,
                                       .free = unless_free};

static const VocStageOps ordered_ops = {.name = "unless",
                                        .worker_new = worker_new,
                                        .worker_free = worker_free,
                                        .process = process,
                                        .ordered = ordered,
                                        .free = unless_free};

VocStage *
voc_stage_unless(VocKey key, VocStage *inner)
{
    if (!inner)
        return NULL;
    Unless *stage = g_new0(Unless, 1);
    stage->stage.ops = inner->ops->ordered ? &ordered_ops : &unless_ops;
    stage->inner = inner;
    stage->key = key;
    return &stage->stage;
}
