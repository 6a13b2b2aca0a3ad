/* What was done about a theme and when: a table with the columns date, theme, what was done. */
#ifndef VOC_REPORT_ACTIONS_H
#define VOC_REPORT_ACTIONS_H

#include "base/error.h"

G_BEGIN_DECLS

typedef struct VocAction {
    gint32 day;
    char *theme; /* an id or a name, as written */
    char *what;
} VocAction;

/* Reads a CSV file (comma, semicolon or tab; dates as 2026-11-02 or 2.11.2026; a first row without a date is
 * a head). An array of VocAction, by day; free with g_ptr_array_unref(). NULL and VOC_ERROR_USAGE, naming
 * file and line, when it cannot be read. */
GPtrArray *voc_actions_read(const char *path, GError **error);

G_END_DECLS

#endif
