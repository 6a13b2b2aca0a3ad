/* The runner: chains stages over threads. Batches of records are taken in order, worked on at once, and given
 * on in order, so that one thread or many give the same bytes. */
#ifndef VOC_STAGE_RUNNER_H
#define VOC_STAGE_RUNNER_H

#include "io/lines.h"
#include "stage/stage.h"

G_BEGIN_DECLS

/* Where records come from: fills `block` as voc_lines_next() does; FALSE at the end. Calls never overlap. */
typedef struct VocSource {
    gboolean (*next)(void *data, VocBlock *block);
    void *data;
} VocSource;

/* Who hears of the run; calls never overlap and follow the order of the input. Each returns FALSE to end the
 * run. */
typedef struct VocSink {
    void *data;
    /* Bytes to be written: records and what stages say at the end. Left out when `records` is there. */
    gboolean (*write)(void *data, VocSlice bytes, GError **error);
    /* The batch's records, valid during the call. */
    gboolean (*records)(void *data, VocRecord *records, guint n, GError **error);
    /* A bad line: `line` is 0 when the whole file is meant, `reason` NULL for the further pieces of an
     * overlong line, `raw` the line with its newline where it had one. */
    gboolean (*reject)(void *data, const char *file, guint64 line, const char *reason, VocSlice raw,
                       GError **error);
} VocSink;

/* Runs all records of `source` through `stages` (VocStage pointers; may be empty) on `threads` (1 or more)
 * threads. FALSE and an error when it had to stop; rejected records are no error. */
gboolean voc_runner_run(VocContext *context, VocSource source, VocStage *const *stages, guint n_stages,
                        guint threads, const VocSink *sink, GError **error);

/* A source over an input's lines. */
VocSource voc_source_lines(VocLines *lines);

G_END_DECLS

#endif
