/* For markup.c: what a document would cost to parse, and how to do without. */
#ifndef VOC_TEXT_MARKUP_SCAN_H
#define VOC_TEXT_MARKUP_SCAN_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

/* Whether the parser's time and memory for it are bounded by a small multiple of its length. */
gboolean voc_markup_is_tame(VocSlice html);

/* Adds the text between the tags, styles and scripts left out. */
void voc_markup_strip_tags(VocSlice html, VocBuffer *out);

G_END_DECLS

#endif
