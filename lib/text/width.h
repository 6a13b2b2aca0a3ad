/* What text is on a terminal: how many columns it takes, and what of it must not get there. */
#ifndef VOC_TEXT_WIDTH_H
#define VOC_TEXT_WIDTH_H

#include "base/buffer.h"

G_BEGIN_DECLS

/* Columns of a character: 2 for wide ones (emoji, CJK), 0 for combining marks, joiners and variation
 * selectors. */
static inline int
voc_char_width(gunichar c)
{
    return g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
}

/* Columns of `text` (valid UTF-8 without control characters). */
int voc_text_width(VocSlice text);

/* Whether the character could steer a terminal or turn the order of what is read: the controls (U+0000 to
 * U+001F, U+007F to U+009F), line and paragraph separators, bidirectional controls. */
gboolean voc_char_is_control(gunichar c);

/* Adds `text` (any bytes) as one line that is safe to show: every run of white space and line ends is one
 * space, other controls and what is no UTF-8 are U+FFFD. */
void voc_text_add_plain(VocBuffer *out, VocSlice text);

/* The longest piece of `text` (valid UTF-8), from its start or from its end, that fits in `width` columns;
 * marks stay with what they stand on, and emoji that are joined stay together. */
VocSlice voc_text_fit_start(VocSlice text, int width);
VocSlice voc_text_fit_end(VocSlice text, int width);

G_END_DECLS

#endif
