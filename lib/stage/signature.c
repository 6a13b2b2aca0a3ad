#include "stage/signature.h"

#include "text/duplicates.h"

static guint64
hash_sender(VocRecord *record)
{
    VocSlice sender = voc_record_string(record, VOC_KEY_CUSTOMER);
    return voc_slice_hash64(sender.len ? sender : voc_record_string(record, VOC_KEY_AUTHOR));
}

VocSignature *
voc_record_sign(VocRecord *record, VocSlice text, VocBuffer *scratch)
{
    VocSignature *signature = voc_arena_alloc(record->arena, sizeof *signature);
    voc_signature_make(text, scratch, signature);
    if (signature->hash && signature->letters < VOC_DUPLICATE_RULES.near_letters) {
        guint64 sender = hash_sender(record);
        signature->hash = sender ? MAX(signature->hash ^ sender, 1) : 0;
    }
    return signature;
}

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
    (void)reason;
    record->handover = voc_record_sign(record, voc_record_string(record, VOC_KEY_TEXT), scratch);
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
