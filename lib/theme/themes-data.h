/* What the files that make up the theme file share. */
#ifndef VOC_THEME_THEMES_DATA_H
#define VOC_THEME_THEMES_DATA_H

#include "theme/themes.h"

G_BEGIN_DECLS

/* An empty file, without even a version. */
VocThemes *voc_themes_empty(const char *path);

/* A theme at the end of the file. */
VocTheme *voc_theme_new(VocThemes *themes, const char *id, guint line);

VocThemeLine *voc_theme_line_new(VocSlice raw, guint number);

/* Reads again what the theme's lines say; adds what is wrong to `problems` (may be NULL). */
void voc_theme_reread(VocTheme *theme, GPtrArray *problems);

/* Adds a problem. */
void voc_theme_complain(GPtrArray *problems, guint line, gboolean fatal, const char *format, ...)
    G_GNUC_PRINTF(4, 5);

G_END_DECLS

#endif
