/* Whether a text is HTML, told by what stands in it. */
#ifndef VOC_TEXT_MARKUP_GUESS_H
#define VOC_TEXT_MARKUP_GUESS_H

#include "base/slice.h"

G_BEGIN_DECLS

typedef enum {
    VOC_MARKUP_NONE,
    VOC_MARKUP_REFERENCES, /* plain, but for character references: "Hyv&auml;&auml;" */
    VOC_MARKUP_HTML,
} VocMarkup;

/* HTML has an end tag, a tag that stands alone (<br>), an opening tag with attributes or of a block; what
 * only looks like a tag (<nimi>, <3, a < b, <matti@posti.example>) makes none. `features` are those of the
 * text. */
VocMarkup voc_markup_guess(VocSlice text, guint features);

G_END_DECLS

#endif
