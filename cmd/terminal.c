#include "terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

gboolean
voc_terminal_colour(const VocProgram *program, const char *when, gboolean *colour, GError **error)
{
    const char *refused = g_getenv("NO_COLOR");
    *colour = program->terminal && g_strcmp0(g_getenv("TERM"), "dumb") != 0 && !(refused && *refused);
    if (!when || g_str_equal(when, "auto"))
        return TRUE;
    *colour = g_str_equal(when, "always");
    if (*colour || g_str_equal(when, "never"))
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("--color takes auto, always or never"));
    return FALSE;
}

int
voc_terminal_width(const VocProgram *program)
{
    const char *columns = g_getenv("COLUMNS");
    gint64 said = columns ? g_ascii_strtoll(columns, NULL, 10) : 0;
    struct winsize size;
    if (said >= 20 && said <= 10000)
        return (int)said;
    if (program->terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 20)
        return size.ws_col;
    return 80;
}
