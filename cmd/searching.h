/* The options of programs that look for something in texts. */
#ifndef VOC_CMD_SEARCHING_H
#define VOC_CMD_SEARCHING_H

#include "filter.h"
#include "stage/search.h"

G_BEGIN_DECLS

/* Adds the options, which point into `search` (zeroed before; voc_search_settings_clear() frees what they put
 * there). */
void voc_searching_options(VocSearchSettings *search, GArray *entries);

/* Adds a copy of `text` to a list of strings (NULL: a new one). */
char **voc_searching_append(char **list, const char *text);

G_END_DECLS

#endif
