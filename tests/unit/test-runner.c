#include <glib/gstdio.h>
#include <unistd.h>

#include "stage/runner.h"

/* A stage made for the test: what it does to a record is told by the record itself. */
typedef struct Probe {
    VocStage base;
    guint n_ordered;
    gint64 last; /* the id that passed the turnstile last */
    gboolean in_order;
    gint n_workers; /* atomic */
    gboolean cannot_start;
} Probe;

static void *
probe_worker_new(VocStage *stage, VocThread *thread, GError **error)
{
    Probe *probe = (Probe *)stage;
    g_assert_nonnull(voc_thread_reader(thread));
    if (probe->cannot_start && g_atomic_int_get(&probe->n_workers) == 1) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "no more workers");
        return NULL;
    }
    g_atomic_int_inc(&probe->n_workers);
    return g_new0(guint, 1);
}

static VocVerdict
probe_process(void *data, VocRecord *record, const char **reason)
{
    guint *seen = data;
    ++*seen;
    VocSlice text = voc_record_string(record, VOC_KEY_TEXT);
    if (voc_slice_equal_string(text, "drop"))
        return VOC_DROP;
    if (voc_slice_equal_string(text, "reject")) {
        *reason = "asked for it";
        return VOC_REJECT;
    }
    /* Work of uneven length, so that batches overtake each other. */
    for (volatile guint i = 0; i < text.len * 50; i++)
        continue;
    voc_record_set_string(record, VOC_KEY_SUBJECT, text);
    return VOC_KEEP;
}

static VocVerdict
probe_ordered(VocStage *stage, VocRecord *record, const char **reason)
{
    Probe *probe = (Probe *)stage;
    g_autofree char *id = voc_slice_dup(voc_record_string(record, VOC_KEY_ID));
    gint64 number = g_ascii_strtoll(id, NULL, 10);
    probe->in_order &= number > probe->last;
    probe->last = number;
    probe->n_ordered++;
    if (number % 101 == 0) {
        *reason = "a hundred and first";
        return VOC_REJECT;
    }
    return VOC_KEEP;
}

static gboolean
probe_finish(VocStage *stage, VocBuffer *out, GError **error)
{
    (void)error;
    voc_buffer_add_printf(out, "{\"passed\":%u}\n", ((Probe *)stage)->n_ordered);
    return TRUE;
}

static void
probe_free(VocStage *stage)
{
    g_free(stage);
}

static const VocStageOps OPS = {"probe",       probe_worker_new, g_free,    probe_process,
                                probe_ordered, probe_finish,     probe_free};
static const VocStageOps PLAIN = {.name = "plain", .process = NULL, .free = probe_free};

static Probe *
probe_new(void)
{
    Probe *probe = g_new0(Probe, 1);
    probe->base.ops = &OPS;
    probe->last = -1;
    probe->in_order = TRUE;
    return probe;
}

/* A sink that keeps all it hears, and may refuse after so many calls. */
typedef struct Heard {
    GString *out, *rejects;
    guint calls, refuse_at;
    guint busy;
} Heard;

static gboolean
refuse(Heard *heard, GError **error)
{
    if (++heard->calls != heard->refuse_at)
        return FALSE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "full");
    return TRUE;
}

static gboolean
on_write(void *data, VocSlice bytes, GError **error)
{
    Heard *heard = data;
    g_assert_cmpuint(heard->busy++, ==, 0);
    g_string_append_len(heard->out, bytes.data, (gssize)bytes.len);
    heard->busy--;
    return !refuse(heard, error);
}

static gboolean
on_records(void *data, VocRecord *records, guint n, GError **error)
{
    Heard *heard = data;
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    for (guint i = 0; i < n; i++) {
        g_assert_false(records[i].dropped);
        voc_record_write(&records[i], &out);
    }
    g_string_append_len(heard->out, out.data, (gssize)out.len);
    return !refuse(heard, error);
}

static gboolean
on_reject(void *data, const char *file, guint64 line, const char *reason, VocSlice raw, GError **error)
{
    Heard *heard = data;
    g_autofree char *name = g_path_get_basename(file);
    g_string_append_printf(heard->rejects, "%s:%d: %s: %.*s\n", name, (int)line, reason,
                           (int)MIN(raw.len, 30), raw.data);
    (void)error;
    return TRUE;
}

static char *folder;

static char *
input_file(const char *name, guint from, guint n)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = from; i < from + n; i++) {
        const char *kind = i % 17 == 3   ? "drop"
                           : i % 29 == 5 ? "reject"
                                         : "text of some length, or none at all";
        if (i % 41 == 7)
            g_string_append_printf(text, "bad %u\n", i);
        else
            g_string_append_printf(text, "{\"id\":\"%u\",\"text\":\"%.*s\"}%s\n", i,
                                   (int)(strlen(kind) < 10 ? strlen(kind) : i % 35), kind, i % 2 ? "\r" : "");
    }
    char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, text->str, (gssize)text->len, NULL));
    return path;
}

typedef struct Run {
    guint threads, stages;
    gsize block_size;
    gboolean collect;
    guint refuse_at;
    gboolean cannot_start;
} Run;

/* Runs probes over the files; what was heard, or the error's message. The probes are checked and freed. */
static char *
run(const Run *how, const char *const *paths)
{
    g_autoptr(VocContext) context = voc_context_new(TEST_SOURCE_DIR);
    g_autoptr(VocLines) lines = voc_lines_new(paths, how->block_size, FALSE);
    g_autoptr(GError) error = NULL;
    Heard heard = {g_string_new(NULL), g_string_new(NULL), 0, how->refuse_at, 0};
    VocSink sink = {&heard, on_write, how->collect ? on_records : NULL, on_reject};
    VocStage *stages[4];
    for (guint i = 0; i < how->stages; i++) {
        stages[i] = &probe_new()->base;
        ((Probe *)stages[i])->cannot_start = how->cannot_start;
    }
    gboolean good =
        voc_runner_run(context, voc_source_lines(lines), stages, how->stages, how->threads, &sink, &error);
    g_assert_true(good == (error == NULL));
    for (guint i = 0; i < how->stages; i++) {
        g_assert_true(((Probe *)stages[i])->in_order);
        voc_stage_free(stages[i]);
    }
    char *result =
        good ? g_strconcat(heard.out->str, "--\n", heard.rejects->str, NULL) : g_strdup(error->message);
    g_string_free(heard.out, TRUE);
    g_string_free(heard.rejects, TRUE);
    return result;
}

/* However many threads, however small the blocks: the same bytes and rejects, in the same order. */
static void
test_same_for_all(void)
{
    g_autofree char *a = input_file("a", 0, 700), *b = input_file("b", 1000, 10), *c = input_file("c", 0, 0);
    const char *paths[] = {a, "/no/such/file", b, c, folder, NULL};
    for (guint stages = 0; stages < 4; stages += 1 + (stages == 1)) {
        Run one = {.threads = 1, .stages = stages};
        g_autofree char *expected = run(&one, paths);
        g_assert_nonnull(strstr(expected, "file:0: No such file or directory"));
        g_assert_nonnull(strstr(expected, "a:8: "));
        if (stages)
            g_assert_nonnull(strstr(expected, "{\"id\":\"121\",\"text\":\"reject\"}\r\n"));
        if (stages)
            g_assert_nonnull(strstr(expected, "a:102: a hundred and first"));
        for (guint threads = 1; threads <= 4; threads++)
            for (gsize block = 1; block < 20000; block = block * 7 + 100) {
                Run many = {.threads = threads, .stages = stages, .block_size = block};
                g_autofree char *seen = run(&many, paths);
                g_assert_cmpstr(seen, ==, expected);
            }
    }
}

static void
test_collects(void)
{
    g_autofree char *a = input_file("a", 0, 500);
    const char *paths[] = {a, NULL};
    Run written = {.threads = 3, .stages = 0, .block_size = 300};
    Run collected = {.threads = 3, .stages = 0, .block_size = 300, .collect = TRUE};
    g_autofree char *one = run(&written, paths), *other = run(&collected, paths);
    g_assert_cmpstr(one, ==, other);
}

/* A sink that fails ends the run, whoever is waiting where. */
static void
test_sink_fails(void)
{
    g_autofree char *a = input_file("a", 0, 2000);
    const char *paths[] = {a, NULL};
    for (guint threads = 1; threads <= 4; threads++)
        for (guint at = 1; at < 40; at += 3)
            for (guint stages = 0; stages < 3; stages++) {
                Run how = {.threads = threads, .stages = stages, .block_size = 500, .refuse_at = at};
                g_autofree char *seen = run(&how, paths);
                g_assert_cmpstr(seen, ==, "full");
            }
}

static void
test_worker_fails(void)
{
    g_autofree char *a = input_file("a", 0, 10);
    const char *paths[] = {a, NULL};
    Run how = {.threads = 3, .stages = 2, .cannot_start = TRUE};
    g_autofree char *seen = run(&how, paths);
    g_assert_cmpstr(seen, ==, "no more workers");
}

/* A stage may leave out all it does not need. */
static void
test_bare_stage(void)
{
    g_autoptr(VocContext) context = voc_context_new(TEST_SOURCE_DIR);
    g_autofree char *a = input_file("a", 0, 100);
    const char *paths[] = {a, NULL};
    Run none = {.threads = 2, .stages = 0};
    g_autofree char *expected = run(&none, paths);
    VocStage *stage = g_new0(VocStage, 1);
    stage->ops = &PLAIN;
    g_autoptr(VocLines) lines = voc_lines_new(paths, 200, FALSE);
    Heard heard = {g_string_new(NULL), g_string_new(NULL), 0, 0, 0};
    VocSink sink = {&heard, on_write, NULL, on_reject};
    g_assert_true(voc_runner_run(context, voc_source_lines(lines), &stage, 1, 2, &sink, NULL));
    g_assert_true(g_str_has_prefix(expected, heard.out->str));
    g_string_free(heard.out, TRUE);
    g_string_free(heard.rejects, TRUE);
    voc_stage_free(stage);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("voc-runner-XXXXXX", NULL);
    g_test_add_func("/runner/same-for-all", test_same_for_all);
    g_test_add_func("/runner/collects", test_collects);
    g_test_add_func("/runner/sink-fails", test_sink_fails);
    g_test_add_func("/runner/worker-fails", test_worker_fails);
    g_test_add_func("/runner/bare-stage", test_bare_stage);
    int result = g_test_run();
    for (const char *name = "abc"; *name; name++) {
        g_autofree char *path = g_strdup_printf("%s/%c", folder, *name);
        g_unlink(path);
    }
    g_rmdir(folder);
    g_free(folder);
    return result;
}
