/* HTML to the text that its reader sees. */
#ifndef VOC_TEXT_MARKUP_H
#define VOC_TEXT_MARKUP_H

#include "base/buffer.h"
#include "base/slice.h"
#include "text/origin.h"

G_BEGIN_DECLS

/* Adds the text of `html` (a document or a piece of one, UTF-8) to `out`: lines for blocks, an empty one
 * between paragraphs, "- " and "1. " for the items of lists, "> " before what is quoted, links by their
 * words; white space is what a browser makes of it. Left out is what nobody sees: styles and scripts, hidden
 * elements (attributes, inline styles, classes that the document's own style hides), comments. No newline at
 * the end.
 *
 * A document that only an attacker writes (hundreds of tags open at once, megabytes) loses its tags without
 * being parsed: its lists, quotes and hidden texts are not told. */
void voc_markup_to_text(VocSlice html, VocBuffer *out);

/* The same, and tells `origin` (empty; `at` counts from where `out` was) where in `html` each text stood;
 * exact where a piece of text begins, within it as far as there are no character references. */
void voc_markup_to_text_traced(VocSlice html, VocBuffer *out, VocOrigin *origin);

/* Adds `text` with its character references ("&auml;", "&#228;") as the characters; nothing else is done. */
void voc_markup_unescape(VocSlice text, VocBuffer *out);

G_END_DECLS

#endif
