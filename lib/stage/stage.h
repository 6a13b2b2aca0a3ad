/* A stage: a filter's work on one record at a time, so that a filter by itself and a chain of them in one
 * process run the same code and write the same bytes. */
#ifndef VOC_STAGE_STAGE_H
#define VOC_STAGE_STAGE_H

#include "record/record.h"
#include "stage/context.h"

G_BEGIN_DECLS

typedef enum {
    VOC_KEEP,   /* the record goes on */
    VOC_DROP,   /* it goes no further, and that is well */
    VOC_REJECT, /* it is bad: reported, its line to --rejects */
} VocVerdict;

typedef struct VocStage VocStage;

typedef struct VocStageOps {
    const char *name;

    /* A thread's workspace; called before anything is read. NULL with an error when it cannot be made. May be
     * left out when the stage needs none. */
    void *(*worker_new)(VocStage *stage, VocThread *thread, GError **error);
    void (*worker_free)(void *worker);

    /* Works on one record, in any order, on any thread; must depend on the record and the stage's settings
     * alone. What it allocates for the record comes from record->arena. `*reason` (static, or in the arena)
     * belongs to VOC_REJECT. */
    VocVerdict (*process)(void *worker, VocRecord *record, const char **reason);

    /* Work that needs to see the records in their order, one after the other (counting, duplicates,
     * sampling); done behind `process`, under the runner's turnstile: keep it short. May be left out. */
    VocVerdict (*ordered)(VocStage *stage, VocRecord *record, const char **reason);

    /* What the stage has to say when all records have passed; adds to `out`. May be left out. */
    gboolean (*finish)(VocStage *stage, VocBuffer *out, GError **error);

    void (*free)(VocStage *stage);
} VocStageOps;

/* The head of every stage: embed it as the first member. Settings do not change while records run. */
struct VocStage {
    const VocStageOps *ops;
};

static inline void
voc_stage_free(VocStage *stage)
{
    if (stage)
        stage->ops->free(stage);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocStage, voc_stage_free)

G_END_DECLS

#endif
