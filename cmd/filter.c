#include "filter.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "options.h"
#include "progress.h"

static void
say(const VocProgram *program, const char *text)
{
    /* Names and reasons come from strangers: nothing of them may steer a terminal. */
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    for (char *at = valid; *at; at++)
        if ((guchar)*at < 0x20 || *at == 0x7f)
            *at = '?';
    fprintf(stderr, "%s: %s\n", program->name, valid);
}

void
voc_program_say(VocProgram *program, const char *format, ...)
{
    if (program->quiet)
        return;
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    say(program, text);
}

gboolean
voc_program_reject(VocProgram *program, const char *file, guint64 line, const char *reason, VocSlice raw,
                   GError **error)
{
    if (reason) {
        program->n_rejected++;
        voc_progress_hide();
        if (line)
            voc_program_say(program, "%s:%" G_GUINT64_FORMAT ": %s", file, line, reason);
        else
            voc_program_say(program, "%s: %s", file, reason);
    }
    if (!program->rejects || !raw.len)
        return TRUE;
    if (!voc_output_write(program->rejects, raw, error))
        return FALSE;
    /* A piece of an overlong line, or a last line without a newline: only whole lines end in one. */
    gboolean piece = raw.len >= VOC_LINE_MAX || !reason;
    if (!piece && raw.data[raw.len - 1] != '\n')
        return voc_output_write(program->rejects, VOC_SLICE("\n"), error);
    return TRUE;
}

/* JSON lets DEL and the controls from U+0080 to U+009F stand as they are, and some terminals obey them: there
 * they are escaped. */
static gboolean
write_to_terminal(VocProgram *program, VocSlice bytes, GError **error)
{
    const char *at = bytes.data, *end = at + bytes.len, *from = at;
    for (; at < end; at++) {
        gboolean del = *at == 0x7f, high = *at == '\xC2' && at + 1 < end && (guchar)at[1] < 0xA0;
        if (!del && !high)
            continue;
        char escape[8];
        g_snprintf(escape, sizeof escape, "\\u%04x", del ? 0x7fu : (guint)(guchar)at[1]);
        if (!voc_output_write(program->out, voc_slice_of(from, (gsize)(at - from)), error) ||
            !voc_output_write(program->out, voc_slice_of(escape, 6), error))
            return FALSE;
        at += high;
        from = at + 1;
    }
    return voc_output_write(program->out, voc_slice_of(from, (gsize)(end - from)), error);
}

static gboolean
on_write(void *data, VocSlice bytes, GError **error)
{
    VocProgram *program = data;
    return (program->terminal ? write_to_terminal(program, bytes, error)
                              : voc_output_write(program->out, bytes, error)) &&
           (!program->line_buffered || voc_output_flush(program->out, error));
}

static gboolean
on_reject(void *data, const char *file, guint64 line, const char *reason, VocSlice raw, GError **error)
{
    return voc_program_reject(data, file, line, reason, raw, error);
}

gboolean
voc_program_run(VocProgram *program, VocSource source, VocStage *const *stages, guint n_stages, guint threads,
                GError **error)
{
    VocSink sink = {.data = program, .write = on_write, .reject = on_reject};
    return voc_runner_run(program->context, source, stages, n_stages, threads, &sink, error);
}

typedef struct Collector {
    VocProgram *program;
    gboolean (*records)(void *data, VocRecord *records, guint n, GError **error);
    void *data;
} Collector;

static gboolean
on_records(void *data, VocRecord *records, guint n, GError **error)
{
    Collector *collector = data;
    return collector->records(collector->data, records, n, error);
}

static gboolean
on_collector_reject(void *data, const char *file, guint64 line, const char *reason, VocSlice raw,
                    GError **error)
{
    Collector *collector = data;
    return voc_program_reject(collector->program, file, line, reason, raw, error);
}

gboolean
voc_program_collect(VocProgram *program, VocSource source, VocStage *const *stages, guint n_stages,
                    guint threads,
                    gboolean (*records)(void *data, VocRecord *records, guint n, GError **error), void *data,
                    GError **error)
{
    Collector collector = {program, records, data};
    VocSink sink = {.data = &collector, .records = on_records, .reject = on_collector_reject};
    return voc_runner_run(program->context, source, stages, n_stages, threads, &sink, error);
}

gboolean
voc_program_stream(VocProgram *program, VocStage *stage, char **paths, GError **error)
{
    g_autoptr(VocLines) lines = voc_lines_new((const char *const *)paths, 0, program->line_buffered);
    voc_progress_start(program, lines);
    gboolean good = voc_program_run(program, voc_source_lines(lines), &stage, 1, 1, error);
    voc_progress_stop();
    return good;
}

static gboolean
pass_over(void *data, VocRecord *records, guint n, GError **error)
{
    (void)data;
    (void)records;
    (void)n;
    (void)error;
    return TRUE;
}

gboolean
voc_program_gather(VocProgram *program, VocStage *stage, const char *const *paths, GError **error)
{
    g_autoptr(VocLines) lines = voc_lines_new(paths, 0, FALSE);
    voc_progress_start(program, lines);
    gboolean good =
        voc_program_collect(program, voc_source_lines(lines), &stage, 1, 1, pass_over, NULL, error);
    voc_progress_stop();
    return good;
}

static gboolean
run_stage(VocProgram *program, const VocFilter *filter, void *settings, char **operands, GError **error)
{
    g_autoptr(VocStage) stage = filter->stage(settings, program->context, error);
    return stage && voc_program_stream(program, stage, operands, error);
}

/* A closed descriptor would be taken by the first file we open; writing there must fail instead. */
static void
hold_descriptors(void)
{
    for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
            while (open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < fd)
                continue;
}

static int
exit_code(const VocProgram *program, const GError *error)
{
    if (!error)
        return program->n_rejected ? VOC_EXIT_REJECTED : VOC_EXIT_OK;
    if (g_error_matches(error, VOC_ERROR, VOC_ERROR_CLOSED))
        return VOC_EXIT_OK; /* whoever read our output has had enough */
    say(program, error->message);
    if (g_error_matches(error, VOC_ERROR, VOC_ERROR_USAGE)) {
        fprintf(stderr, _("Try '%s --help'.\n"), program->name);
        return VOC_EXIT_USAGE;
    }
    if (g_error_matches(error, VOC_ERROR, VOC_ERROR_BUSY))
        return VOC_EXIT_BUSY;
    return g_error_matches(error, VOC_ERROR, VOC_ERROR_INPUT) ? VOC_EXIT_REJECTED : VOC_EXIT_FATAL;
}

/* Even after a failure: what was rejected until then is kept, and its loss is told rather than a lesser one.
 */
static gboolean
close_rejects(VocProgram *program, gboolean good, GError **error)
{
    GError *lost = NULL;
    if (!program->rejects || voc_output_close(program->rejects, &lost))
        return good;
    if (!good && (*error)->code != VOC_ERROR_FATAL)
        g_clear_error(error);
    if (good || !*error)
        g_propagate_error(error, lost);
    else
        g_error_free(lost);
    return FALSE;
}

static gboolean
set_morphology(VocProgram *program, const VocShared *shared, GError **error)
{
    static const char *const KINDS[] = {[VOC_MORPHOLOGY_AUTO] = "auto",
                                        [VOC_MORPHOLOGY_SNOWBALL] = "snowball",
                                        [VOC_MORPHOLOGY_VOIKKO] = "voikko"};
    const char *wanted = shared->morphology ? shared->morphology : "auto";
    g_autofree char *cache = g_build_filename(g_get_user_cache_dir(), "voc", "baseforms-fi", NULL);
    for (guint kind = 0; kind < G_N_ELEMENTS(KINDS); kind++)
        if (strcmp(wanted, KINDS[kind]) == 0) {
            voc_context_set_morphology(program->context, (VocMorphology)kind, cache);
            return TRUE;
        }
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("'%s' is no morphology: auto, voikko or snowball"),
                wanted);
    return FALSE;
}

static gboolean
run(VocProgram *program, const VocFilter *filter, void *settings, VocShared *shared, GError **error)
{
    if (!set_morphology(program, shared, error))
        return FALSE;
    if (shared->rejects && !(program->rejects = voc_output_create(shared->rejects, FALSE, error)))
        return FALSE;
    gboolean good = filter->run ? filter->run(program, settings, shared->operands, error)
                                : run_stage(program, filter, settings, shared->operands, error);
    good = close_rejects(program, good, error);
    return good && voc_output_close(program->out, error);
}

int
voc_filter_main(const VocFilter *filter, int argc, char **argv)
{
    hold_descriptors();
    signal(SIGPIPE, SIG_IGN);
    setlocale(LC_ALL, "");
    voc_bind_translations();
    g_autofree char *name = g_strdup_printf("voc-%s", filter->name);
    g_autofree void *settings = g_malloc0(MAX(filter->settings_size, 1));
    VocProgram program = {.name = name};
    VocShared shared = {0};
    g_autoptr(GError) error = NULL;
    g_autofree char *data_dir = voc_data_dir();
    program.context = voc_context_new(data_dir);
    if (voc_options_parse(filter, settings, &shared, argc, argv, &error) && !shared.done) {
        program.quiet = shared.quiet;
        program.line_buffered = shared.line_buffered;
        program.progress = shared.progress;
        program.packed = shared.packed;
        program.terminal = !shared.packed && isatty(STDOUT_FILENO);
        program.out = voc_output_new(STDOUT_FILENO, _("standard output"), shared.packed);
        run(&program, filter, settings, &shared, &error);
        /* The cache only saves time: one that cannot be written is no news. */
        voc_context_save(program.context, NULL);
    }
    int code = shared.done ? voc_options_exit(&shared) : exit_code(&program, error);
    if (filter->clear)
        filter->clear(settings);
    voc_output_free(program.out);
    voc_output_free(program.rejects);
    voc_context_free(program.context);
    voc_options_clear(&shared);
    return code;
}
