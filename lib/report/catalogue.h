/* Translations from a gettext catalogue (.mo), looked up without gettext.
 *
 * gettext translates only in a locale that the machine has, and newer C libraries count C.UTF-8, often the
 * only one, as none. A report's language is its reader's and not the machine's, so its texts are found here.
 */
#ifndef VOC_REPORT_CATALOGUE_H
#define VOC_REPORT_CATALOGUE_H

#include "base/error.h"

G_BEGIN_DECLS

typedef struct VocCatalogue VocCatalogue;

/* The catalogue in the file `path`. NULL and VOC_ERROR_FATAL when it cannot be read or is none. Catalogues
 * are kept for ever, as gettext keeps them: the same path gives the same one, and their texts live as long.
 */
const VocCatalogue *voc_catalogue_load(const char *path, GError **error);

/* What stands for `key` (of a text in a context: the context, \004 and the text); `form` chooses among
 * plurals, 0 where there are none. NULL when the catalogue does not have it. */
const char *voc_catalogue_find(const VocCatalogue *catalogue, const char *key, guint form);

G_END_DECLS

#endif
