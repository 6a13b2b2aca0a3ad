#include "stage/runner.h"

typedef struct Reject {
    guint64 line;
    const char *reason;
    VocSlice raw;
} Reject;

/* A block of lines on its way through the stages. */
typedef struct Batch {
    guint64 serial;
    VocBlock block;
    VocArena arena;
    VocRecord *records;
    guint n;
    GArray *rejects;
    VocBuffer out;
} Batch;

/* A point that batches pass one at a time, in order. */
typedef struct Gate {
    GMutex mutex;
    GCond changed;
    guint64 turn;
} Gate;

typedef struct Runner {
    VocContext *context;
    VocSource source;
    VocStage *const *stages;
    guint n_stages;
    const VocSink *sink;
    GMutex source_mutex;
    guint64 serial;
    Gate *gates;  /* one a stage, and the last for the sink */
    gint stopped; /* atomic */
    GMutex error_mutex;
    GError *error; /* the first failure */
} Runner;

typedef struct Worker {
    Runner *runner;
    VocThread *thread;
    void **workspaces; /* one a stage */
    Batch batch;
} Worker;

static void
stop(Runner *runner, GError *error)
{
    g_mutex_lock(&runner->error_mutex);
    if (error && !runner->error)
        runner->error = error;
    else
        g_clear_error(&error);
    g_mutex_unlock(&runner->error_mutex);
    g_atomic_int_set(&runner->stopped, 1);
    for (guint i = 0; i <= runner->n_stages; i++) {
        g_mutex_lock(&runner->gates[i].mutex);
        g_cond_broadcast(&runner->gates[i].changed);
        g_mutex_unlock(&runner->gates[i].mutex);
    }
}

/* Waits for the batch's turn; FALSE when the run has been stopped. */
static gboolean
enter(Runner *runner, Gate *gate, guint64 serial)
{
    g_mutex_lock(&gate->mutex);
    while (gate->turn != serial && !g_atomic_int_get(&runner->stopped))
        g_cond_wait(&gate->changed, &gate->mutex);
    g_mutex_unlock(&gate->mutex);
    return !g_atomic_int_get(&runner->stopped);
}

static void
leave(Gate *gate)
{
    g_mutex_lock(&gate->mutex);
    gate->turn++;
    g_cond_broadcast(&gate->changed);
    g_mutex_unlock(&gate->mutex);
}

static gboolean
take(Runner *runner, Batch *batch)
{
    g_mutex_lock(&runner->source_mutex);
    gboolean got =
        !g_atomic_int_get(&runner->stopped) && runner->source.next(runner->source.data, &batch->block);
    batch->serial = runner->serial;
    runner->serial += got;
    g_mutex_unlock(&runner->source_mutex);
    return got;
}

static void
reject(Batch *batch, guint64 line, const char *reason, VocSlice raw)
{
    Reject made = {line, reason, raw};
    g_array_append_val(batch->rejects, made);
}

static void
parse(Batch *batch, VocJsonReader *reader)
{
    VocSlice rest = voc_buffer_slice(&batch->block.data);
    guint64 number = batch->block.first_line;
    /* A last line may lack its newline. */
    batch->records = voc_arena_alloc(&batch->arena, sizeof(VocRecord) * (batch->block.n_lines + 1));
    for (; rest.len; number++) {
        const char *newline = memchr(rest.data, '\n', rest.len);
        gsize whole = newline ? (gsize)(newline - rest.data) + 1 : rest.len;
        VocSlice raw = voc_slice_of(rest.data, whole);
        VocSlice line = voc_slice_of(rest.data, whole - (newline != NULL));
        rest = voc_slice_of(rest.data + whole, rest.len - whole);
        if (line.len && line.data[line.len - 1] == '\r')
            line.len--;
        if (!line.len)
            continue; /* an empty line is no record and no fault */
        const char *reason = NULL;
        g_assert(batch->n <= batch->block.n_lines); /* a source must count its lines */
        VocRecord *record = &batch->records[batch->n];
        if (!voc_record_parse(record, reader, &batch->arena, line, &reason)) {
            reject(batch, number, reason, raw);
            continue;
        }
        record->line_number = number;
        batch->n++;
    }
    for (guint i = 0; i < batch->n; i++)
        batch->records[i].followers = batch->n - 1 - i;
}

/* The record's line with its end, as it was read. */
static VocSlice
whole_line(const Batch *batch, const VocRecord *record)
{
    VocSlice raw = record->line;
    const char *end = batch->block.data.data + batch->block.data.len;
    if (raw.data + raw.len < end && raw.data[raw.len] == '\r')
        raw.len++;
    if (raw.data + raw.len < end && raw.data[raw.len] == '\n')
        raw.len++;
    return raw;
}

static void
judge(Batch *batch, VocRecord *record, VocVerdict verdict, const char *reason)
{
    record->dropped = verdict != VOC_KEEP;
    if (verdict == VOC_REJECT)
        reject(batch, record->line_number, reason ? reason : "rejected", whole_line(batch, record));
}

static gboolean
run_stage(Worker *worker, guint at)
{
    Runner *runner = worker->runner;
    Batch *batch = &worker->batch;
    VocStage *stage = runner->stages[at];
    for (guint i = 0; stage->ops->process && i < batch->n; i++) {
        VocRecord *record = &batch->records[i];
        const char *reason = NULL;
        if (record->dropped)
            continue;
        VocVerdict verdict = stage->ops->process(worker->workspaces[at], record, &reason);
        judge(batch, record, verdict, reason);
    }
    if (!stage->ops->ordered)
        return TRUE;
    if (!enter(runner, &runner->gates[at], batch->serial))
        return FALSE;
    for (guint i = 0; i < batch->n; i++) {
        VocRecord *record = &batch->records[i];
        const char *reason = NULL;
        if (record->dropped)
            continue;
        VocVerdict verdict = stage->ops->ordered(stage, record, &reason);
        judge(batch, record, verdict, reason);
    }
    leave(&runner->gates[at]);
    return TRUE;
}

static int
compare_rejects(gconstpointer a, gconstpointer b)
{
    const Reject *left = a, *right = b;
    return left->line < right->line ? -1 : left->line > right->line;
}

static gboolean
give_rejects(Runner *runner, Batch *batch, GError **error)
{
    const VocSink *sink = runner->sink;
    const VocBlock *block = &batch->block;
    VocSlice data = voc_buffer_slice(&block->data);
    if (block->kind == VOC_BLOCK_ERROR)
        return sink->reject(sink->data, block->file, block->first_line,
                            block->error ? block->error->message : NULL, data, error);
    if (block->kind != VOC_BLOCK_LINES) {
        /* Only the first piece is as long as a line may be. */
        const char *reason = data.len >= VOC_LINE_MAX ? "line longer than 16 MiB" : NULL;
        return sink->reject(sink->data, block->file, block->first_line, reason, data, error);
    }
    g_array_sort(batch->rejects, compare_rejects);
    for (guint i = 0; i < batch->rejects->len; i++) {
        const Reject *one = &g_array_index(batch->rejects, Reject, i);
        if (!sink->reject(sink->data, block->file, one->line, one->reason, one->raw, error))
            return FALSE;
    }
    return TRUE;
}

/* Dropped records are taken out, so that a sink sees a plain array. */
static void
close_ranks(Batch *batch)
{
    guint kept = 0;
    for (guint i = 0; i < batch->n; i++)
        if (!batch->records[i].dropped)
            batch->records[kept++] = batch->records[i];
    batch->n = kept;
}

static gboolean
give(Runner *runner, Batch *batch, GError **error)
{
    const VocSink *sink = runner->sink;
    if (sink->records) {
        if (batch->n && !sink->records(sink->data, batch->records, batch->n, error))
            return FALSE;
    } else if (batch->out.len && !sink->write(sink->data, voc_buffer_slice(&batch->out), error)) {
        return FALSE;
    }
    return give_rejects(runner, batch, error);
}

static void
work(Worker *worker)
{
    Runner *runner = worker->runner;
    Batch *batch = &worker->batch;
    batch->n = 0;
    voc_buffer_reset(&batch->out);
    g_array_set_size(batch->rejects, 0);
    if (batch->block.kind == VOC_BLOCK_LINES)
        parse(batch, voc_thread_reader(worker->thread));
    for (guint i = 0; i < runner->n_stages; i++)
        if (!run_stage(worker, i))
            return;
    close_ranks(batch);
    if (!runner->sink->records)
        for (guint i = 0; i < batch->n; i++)
            voc_record_write(&batch->records[i], &batch->out);
    Gate *gate = &runner->gates[runner->n_stages];
    if (!enter(runner, gate, batch->serial))
        return;
    GError *error = NULL;
    if (!give(runner, batch, &error))
        stop(runner, error);
    leave(gate);
    voc_arena_reset(&batch->arena);
    voc_thread_settle(worker->thread);
}

static gpointer
work_all(gpointer data)
{
    Worker *worker = data;
    while (take(worker->runner, &worker->batch))
        work(worker);
    return NULL;
}

static gboolean
worker_init(Worker *worker, Runner *runner, GError **error)
{
    worker->runner = runner;
    worker->thread = voc_thread_new(runner->context);
    worker->workspaces = g_new0(void *, runner->n_stages + 1);
    voc_block_init(&worker->batch.block);
    voc_arena_init(&worker->batch.arena, 256 * 1024);
    worker->batch.rejects = g_array_new(FALSE, FALSE, sizeof(Reject));
    for (guint i = 0; i < runner->n_stages; i++) {
        const VocStageOps *ops = runner->stages[i]->ops;
        if (!ops->worker_new)
            continue;
        worker->workspaces[i] = ops->worker_new(runner->stages[i], worker->thread, error);
        if (!worker->workspaces[i])
            return FALSE;
    }
    return TRUE;
}

static void
worker_clear(Worker *worker)
{
    Runner *runner = worker->runner;
    for (guint i = 0; runner && i < runner->n_stages; i++)
        if (worker->workspaces[i] && runner->stages[i]->ops->worker_free)
            runner->stages[i]->ops->worker_free(worker->workspaces[i]);
    g_free(worker->workspaces);
    g_clear_pointer(&worker->thread, voc_thread_free);
    voc_block_clear(&worker->batch.block);
    voc_arena_clear(&worker->batch.arena);
    voc_buffer_clear(&worker->batch.out);
    g_clear_pointer(&worker->batch.rejects, g_array_unref);
}

static gboolean
finish(Runner *runner, GError **error)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    for (guint i = 0; i < runner->n_stages; i++) {
        VocStage *stage = runner->stages[i];
        if (stage->ops->finish && !stage->ops->finish(stage, &out, error))
            return FALSE;
    }
    if (out.len && runner->sink->write)
        return runner->sink->write(runner->sink->data, voc_buffer_slice(&out), error);
    return TRUE;
}

static gboolean
run_threads(Runner *runner, guint threads, GError **error)
{
    g_autofree Worker *workers = g_new0(Worker, threads);
    gboolean good = TRUE;
    for (guint i = 0; i < threads && good; i++)
        good = worker_init(&workers[i], runner, error);
    if (good) {
        GPtrArray *others = g_ptr_array_new();
        for (guint i = 1; i < threads; i++)
            g_ptr_array_add(others, g_thread_new("voc", work_all, &workers[i]));
        work_all(&workers[0]);
        for (guint i = 0; i < others->len; i++)
            g_thread_join(g_ptr_array_index(others, i));
        g_ptr_array_unref(others);
    }
    for (guint i = 0; i < threads; i++)
        worker_clear(&workers[i]);
    if (runner->error) {
        g_propagate_error(error, g_steal_pointer(&runner->error));
        return FALSE;
    }
    return good && finish(runner, error);
}

gboolean
voc_runner_run(VocContext *context, VocSource source, VocStage *const *stages, guint n_stages, guint threads,
               const VocSink *sink, GError **error)
{
    Runner runner = {
        .context = context, .source = source, .stages = stages, .n_stages = n_stages, .sink = sink};
    g_mutex_init(&runner.source_mutex);
    g_mutex_init(&runner.error_mutex);
    runner.gates = g_new0(Gate, n_stages + 1);
    for (guint i = 0; i <= n_stages; i++) {
        g_mutex_init(&runner.gates[i].mutex);
        g_cond_init(&runner.gates[i].changed);
    }
    gboolean good = run_threads(&runner, MAX(threads, 1), error);
    for (guint i = 0; i <= n_stages; i++) {
        g_mutex_clear(&runner.gates[i].mutex);
        g_cond_clear(&runner.gates[i].changed);
    }
    g_free(runner.gates);
    g_mutex_clear(&runner.source_mutex);
    g_mutex_clear(&runner.error_mutex);
    return good;
}

static gboolean
next_lines(void *data, VocBlock *block)
{
    return voc_lines_next(data, block);
}

VocSource
voc_source_lines(VocLines *lines)
{
    return (VocSource){next_lines, lines};
}
