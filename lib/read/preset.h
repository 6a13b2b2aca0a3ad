/* The presets' files, for names.c alone; what others need of a preset is in names.h. */
#ifndef VOC_READ_PRESET_H
#define VOC_READ_PRESET_H

#include "read/names.h"

G_BEGIN_DECLS

/* All of `dir`/presets, by file name; NULL and VOC_ERROR_FATAL when one is broken or there is no such folder.
 */
GPtrArray *voc_presets_load(const char *dir, GError **error);

/* How many signs the preset has if all of them are among the columns, else 0. */
gsize voc_preset_signs(const VocPreset *preset, const char *const *folded, gsize n);

G_END_DECLS

#endif
