#include "stage/signature.h"

static void *
worker_new(VocStage *stage, VocThread *thread, GError **error)
{
    (void)stage;
    (void)thread;
    (void)error;
    return g_new0(VocBuffer, 1);
}

static void
worker_free(void *worker)
{
    voc_buffer_clear(worker);
    g_free(worker);
}

static VocVerdict
process(void *scratch, VocRecord *record, const char **reason)
{
    VocSignature *signature = voc_arena_alloc(record->arena, sizeof *signature);
    (void)reason;
    voc_signature_make(voc_record_string(record, VOC_KEY_TEXT), scratch, signature);
    record->handover = signature;
    return VOC_KEEP;
}

static void
stage_free(VocStage *stage)
{
    g_free(stage);
}

static const VocStageOps OPS = {.name = "signature",
                                .worker_new = worker_new,
                                .worker_free = worker_free,
                                .process = process,
                                .free = stage_free};

VocStage *
voc_stage_signature_new(void)
{
    VocStage *stage = g_new0(VocStage, 1);
    stage->ops = &OPS;
    return stage;
}
