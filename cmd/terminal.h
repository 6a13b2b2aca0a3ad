/* What the terminal on stdout can do. */
#ifndef VOC_CMD_TERMINAL_H
#define VOC_CMD_TERMINAL_H

#include "filter.h"

G_BEGIN_DECLS

/* Whether to colour, by --color: NULL and "auto" mean on a terminal that is not dumb, unless NO_COLOR is set;
 * "always", "never". FALSE and an error (VOC_ERROR_USAGE) for any other word. */
gboolean voc_terminal_colour(const VocProgram *program, const char *when, gboolean *colour, GError **error);

/* Its columns; COLUMNS where that is set, 80 where stdout is no terminal. */
int voc_terminal_width(const VocProgram *program);

G_END_DECLS

#endif
