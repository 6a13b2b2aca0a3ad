/* voc watch: a live view in the terminal. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "filter.h"
#include "terminal.h"
#include "watch.h"

typedef struct Settings {
    char *config, *colour;
    int days, every;
    gboolean once;
} Settings;

static void
options(void *data, GArray *entries)
{
    Settings *settings = data;
    settings->days = 7;
    settings->every = 2;
    voc_option(entries, "config", 'c', G_OPTION_ARG_FILENAME, &settings->config,
               N_("The configuration of voc weekly (default: voc.conf)"), N_("FILE"));
    voc_option(entries, "days", 'd', G_OPTION_ARG_INT, &settings->days,
               N_("Count the last N days, and compare with the N before (default: 7)"), N_("N"));
    voc_option(entries, "every", 0, G_OPTION_ARG_INT, &settings->every,
               N_("Look for new messages every so many seconds (default: 2)"), N_("SECONDS"));
    voc_option(entries, "once", 0, G_OPTION_ARG_NONE, &settings->once,
               N_("Print one view and end; also where there is no terminal"), NULL);
    voc_option(entries, "color", 0, G_OPTION_ARG_STRING, &settings->colour,
               N_("Colour: auto, always or never"), N_("WHEN"));
}

static void
clear(void *data)
{
    Settings *settings = data;
    g_free(settings->config);
    g_free(settings->colour);
}

/* ---- the terminal ---- */

/* Another screen without a cursor; and back. */
#define ENTER "\033[?1049h\033[?25l"
#define LEAVE "\033[0m\033[?25h\033[?1049l"

static struct {
    struct termios before;
    int wake[2]; /* signals write here what they are */
} terminal;

static void
on_signal(int signal_number)
{
    char byte = (char)signal_number;
    int kept = errno;
    if (write(terminal.wake[1], &byte, 1) < 0)
        errno = kept;
    errno = kept;
}

static gboolean
put(const char *bytes, gsize len)
{
    while (len > 0) {
        gssize n = write(STDOUT_FILENO, bytes, len);
        if (n < 0 && (errno == EINTR || errno == EAGAIN))
            continue;
        if (n <= 0)
            return FALSE;
        bytes += n;
        len -= (gsize)n;
    }
    return TRUE;
}

static void
enter(void)
{
    struct termios raw = terminal.before;
    raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    put(ENTER, strlen(ENTER));
}

static void
leave(void)
{
    put(LEAVE, strlen(LEAVE));
    tcsetattr(STDIN_FILENO, TCSADRAIN, &terminal.before);
}

static const int SIGNALS[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGWINCH, SIGCONT};

static gboolean
open_terminal(GError **error)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || tcgetattr(STDIN_FILENO, &terminal.before) != 0) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s",
                    _("this draws on a terminal, and here is none; --once prints one view"));
        return FALSE;
    }
    if (pipe(terminal.wake) != 0) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s", g_strerror(errno));
        return FALSE;
    }
    struct sigaction action = {.sa_handler = on_signal};
    sigemptyset(&action.sa_mask);
    for (gsize i = 0; i < G_N_ELEMENTS(SIGNALS); i++)
        sigaction(SIGNALS[i], &action, NULL);
    enter();
    return TRUE;
}

static void
close_terminal(void)
{
    leave();
    for (gsize i = 0; i < G_N_ELEMENTS(SIGNALS); i++)
        signal(SIGNALS[i], SIG_DFL);
    close(terminal.wake[0]);
    close(terminal.wake[1]);
}

static void
measure(const VocProgram *program, VocWatch *watch)
{
    struct winsize size;
    const char *lines = g_getenv("LINES");
    gint64 said = lines ? g_ascii_strtoll(lines, NULL, 10) : 0;
    gboolean known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row >= 4;
    watch->width = MIN(voc_terminal_width(program), 1000);
    watch->height = known ? size.ws_row : said >= 4 && said <= 1000 ? (int)said : 24;
}

/* The whole screen anew, from its top, in one write: nothing flickers and nothing is left over. */
static gboolean
redraw(const VocProgram *program, VocWatch *watch)
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT, frame = VOC_BUFFER_INIT;
    measure(program, watch);
    voc_watch_draw(watch, &text);
    voc_buffer_add_string(&frame, "\033[H");
    const char *at = text.data, *end = text.data + text.len;
    for (int row = 0; at < end && row < watch->height; row++) {
        const char *newline = memchr(at, '\n', (gsize)(end - at));
        gsize len = newline ? (gsize)(newline - at) : (gsize)(end - at);
        voc_buffer_add_string(&frame, row ? "\r\n" : "");
        voc_buffer_add(&frame, at, len);
        voc_buffer_add_string(&frame, "\033[K");
        at += len + 1;
    }
    voc_buffer_add_string(&frame, "\033[J");
    return put(frame.data, frame.len);
}

/* A key, with the bytes that belong to it. */
static gsize
key_length(const char *bytes, gsize n)
{
    if (n >= 3 && bytes[0] == '\033' && (bytes[1] == '[' || bytes[1] == 'O')) {
        gsize len = 2;
        while (len < n && (guchar)bytes[len] < 0x40)
            len++;
        return MIN(len + 1, n);
    }
    gsize len = (gsize)g_utf8_skip[(guchar)bytes[0]];
    return MIN(len, n);
}

static gboolean
take_keys(VocWatch *watch)
{
    char bytes[256];
    gssize n = read(STDIN_FILENO, bytes, sizeof bytes);
    if (n <= 0)
        return n < 0 && errno == EINTR;
    for (gsize at = 0; at < (gsize)n;) {
        gsize len = key_length(bytes + at, (gsize)n - at);
        g_autofree char *key = g_strndup(bytes + at, len);
        at += len;
        if (!voc_watch_key(watch, key))
            return FALSE;
        voc_watch_count(watch);
    }
    return TRUE;
}

/* FALSE when the signal ends the program. */
static gboolean
take_signal(int *ended)
{
    char number = 0;
    if (read(terminal.wake[0], &number, 1) != 1 || number == SIGWINCH)
        return TRUE;
    if (number == SIGTSTP) {
        leave();
        raise(SIGSTOP);
        enter();
        return TRUE;
    }
    if (number == SIGCONT) {
        enter();
        return TRUE;
    }
    *ended = number;
    return FALSE;
}

/* Until a key or a signal ends it; `*ended` is the signal. */
static gboolean
loop(VocProgram *program, VocWatch *watch, const Settings *settings, int *ended, GError **error)
{
    gint64 due = 0;
    gboolean first = TRUE;
    for (;;) {
        gint64 now = g_get_monotonic_time();
        gboolean changed = FALSE;
        if (now >= due) {
            if (!voc_watch_poll(watch, &changed, error))
                return FALSE;
            /* What lay there before is no arrival. */
            if (first)
                watch->arrived = 0;
            first = FALSE;
            voc_watch_count(watch);
            due = g_get_monotonic_time() + (gint64)settings->every * G_USEC_PER_SEC;
        }
        if (!redraw(program, watch))
            return TRUE;
        struct pollfd fds[] = {{STDIN_FILENO, POLLIN, 0}, {terminal.wake[0], POLLIN, 0}};
        int wait = (int)CLAMP((due - g_get_monotonic_time()) / 1000 + 1, 1, 3600000);
        if (poll(fds, 2, wait) < 0 && errno != EINTR)
            return TRUE;
        if ((fds[1].revents & POLLIN) && !take_signal(ended))
            return TRUE;
        if (fds[0].revents && !take_keys(watch))
            return TRUE;
    }
}

static gboolean
watch_live(VocProgram *program, VocWatch *watch, const Settings *settings, GError **error)
{
    int ended = 0;
    if (!open_terminal(error))
        return FALSE;
    gboolean good = loop(program, watch, settings, &ended, error);
    close_terminal();
    /* Who sent the signal sees that it was heeded. */
    if (ended)
        raise(ended);
    return good;
}

static gboolean
print_once(VocProgram *program, VocWatch *watch, GError **error)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    gboolean changed;
    if (!voc_watch_poll(watch, &changed, error))
        return FALSE;
    watch->arrived = 0;
    voc_watch_count(watch);
    measure(program, watch);
    voc_watch_draw(watch, &out);
    return voc_output_write(program->out, voc_buffer_slice(&out), error);
}

static gboolean
check(const Settings *settings, char **operands, GError **error)
{
    if (operands[0])
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s", _("what to read stands in the configuration"));
    else if (settings->days < 1 || settings->days > 366 || settings->every < 1 || settings->every > 3600)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s", _("--days takes 1 to 366, --every 1 to 3600"));
    else
        return TRUE;
    return FALSE;
}

static gboolean
run(VocProgram *program, void *data, char **operands, GError **error)
{
    const Settings *settings = data;
    VocWatch watch = {.days = settings->days};
    if (!check(settings, operands, error) ||
        !voc_terminal_colour(program, settings->colour, &watch.colour, error))
        return FALSE;
    g_autoptr(VocConfig) config = voc_config_read(settings->config ? settings->config : "voc.conf", error);
    if (!config)
        return FALSE;
    /* What it has to say would be drawn over: the view counts it. */
    program->quiet = TRUE;
    watch.weekly = (VocWeekly){.program = program, .config = config};
    watch.weekly.threads = config->jobs > 0 ? (guint)MIN(config->jobs, 256) : g_get_num_processors();
    g_mutex_init(&watch.weekly.mutex);
    gboolean good =
        voc_watch_start(&watch, error) &&
        (settings->once ? print_once(program, &watch, error) : watch_live(program, &watch, settings, error));
    voc_watch_clear(&watch);
    return good;
}

const VocFilter voc_filter_watch = {
    .name = "watch",
    .summary = N_("Watch themes, sentiment and volume in the terminal as messages come"),
    .operands = "",
    .settings_size = sizeof(Settings),
    .options = options,
    .run = run,
    .clear = clear,
};
