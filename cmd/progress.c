#include "progress.h"

#include <stdio.h>
#include <unistd.h>

static struct {
    GMutex mutex;
    GCond stop;
    GThread *thread;
    gboolean stopping, shown;
    VocPosition position;
    void *data;
    gint64 started;
} progress;

static void
hide(void)
{
    if (progress.shown)
        fputs("\r\033[K", stderr);
    progress.shown = FALSE;
}

static void
show(void)
{
    guint64 taken, size;
    progress.position(progress.data, &taken, &size);
    double seconds = (double)(g_get_monotonic_time() - progress.started) / 1e6;
    double rate = (double)taken / seconds;
    g_autofree char *amount = g_format_size(taken);
    g_autofree char *speed = g_format_size((guint64)rate);
    hide();
    if (size && rate > 0) {
        guint left = (guint)((double)(size - MIN(size, taken)) / rate);
        fprintf(stderr, _("%s (%d %%), %s/s, %u:%02u left"), amount, (int)(100 * taken / size), speed,
                left / 60, left % 60);
    } else {
        fprintf(stderr, _("%s, %s/s"), amount, speed);
    }
    fflush(stderr);
    progress.shown = TRUE;
}

static gpointer
watch(gpointer data)
{
    g_mutex_lock(&progress.mutex);
    while (!progress.stopping) {
        gint64 until = g_get_monotonic_time() + G_TIME_SPAN_SECOND;
        if (!g_cond_wait_until(&progress.stop, &progress.mutex, until) && !progress.stopping)
            show();
    }
    g_mutex_unlock(&progress.mutex);
    return data;
}

static void
lines_position(void *data, guint64 *taken, guint64 *size)
{
    voc_lines_position(data, taken, size);
}

void
voc_progress_start(const VocProgram *program, VocLines *lines)
{
    voc_progress_start_with(program, lines_position, lines);
}

void
voc_progress_start_with(const VocProgram *program, VocPosition position, void *data)
{
    if (program->quiet || (!program->progress && !isatty(STDERR_FILENO)))
        return;
    progress.position = position;
    progress.data = data;
    progress.stopping = FALSE;
    progress.started = g_get_monotonic_time();
    progress.thread = g_thread_new("progress", watch, NULL);
}

void
voc_progress_stop(void)
{
    if (!progress.thread)
        return;
    g_mutex_lock(&progress.mutex);
    progress.stopping = TRUE;
    g_cond_signal(&progress.stop);
    g_mutex_unlock(&progress.mutex);
    g_thread_join(g_steal_pointer(&progress.thread));
    hide();
}

void
voc_progress_hide(void)
{
    if (!progress.thread)
        return;
    g_mutex_lock(&progress.mutex);
    hide();
    g_mutex_unlock(&progress.mutex);
}
