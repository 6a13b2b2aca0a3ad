/* Writes a theme's words: the weightiest on lines of their own, the rest packed. */
#ifndef VOC_THEME_PACKER_H
#define VOC_THEME_PACKER_H

#include "theme/themes.h"
#include "theme/wording.h"

G_BEGIN_DECLS

typedef struct VocPacker VocPacker;

/* `theme` and `wording` must outlive the packer. The first `lines` columns get lines of their own. */
VocPacker *voc_packer_new(VocTheme *theme, const VocWording *wording, guint lines);

/* Adds the word of a column, in every language in which the texts have it. */
void voc_packer_add(VocPacker *packer, guint32 column, double weight);

/* Writes what is still to be written, and frees. */
void voc_packer_finish(VocPacker *packer);

G_END_DECLS

#endif
