/* Text in one Unicode form, without characters that nobody sees. */
#ifndef VOC_TEXT_TIDY_H
#define VOC_TEXT_TIDY_H

#include "base/buffer.h"
#include "text/origin.h"

G_BEGIN_DECLS

enum {
    VOC_TIDY_COMPOSED = 1 << 0, /* letters and their marks became one character (NFC) */
    VOC_TIDY_CONTROLS = 1 << 1, /* invisible characters left out, line ends made one kind */
};

/* Adds `text` (UTF-8) to `out` in NFC, with "\n" for every kind of line end, without controls (tabs stay),
 * directional marks, soft hyphens and zero-width characters other than joiners. Tells `origin` (may be NULL)
 * what stood where, `at` counted from where `out` was; it must be empty. Returns what was done, as bits; when
 * it returns 0 nothing was added: the text is tidy. `features` are those of the text. */
guint voc_text_tidy(VocSlice text, guint features, VocBuffer *out, VocOrigin *origin);

G_END_DECLS

#endif
