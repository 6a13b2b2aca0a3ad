/* What kinds of byte a text has, in one pass: most messages have none of what a costly step looks for. */
#ifndef VOC_TEXT_FEATURES_H
#define VOC_TEXT_FEATURES_H

#include "base/slice.h"

G_BEGIN_DECLS

enum {
    VOC_HAS_NEWLINE = 1 << 0,
    VOC_HAS_CONTROL = 1 << 1, /* ASCII controls other than tab and newline */
    VOC_HAS_WIDE =
        1 << 2,          /* UTF-8 lead bytes from 0xCC on: marks, scripts beyond Latin, punctuation, emoji */
    VOC_HAS_C2 = 1 << 3, /* the lead byte of U+0080 to U+00BF */
    VOC_HAS_LESS = 1 << 4, /* < */
    VOC_HAS_AMPERSAND = 1 << 5,
    VOC_HAS_AT = 1 << 6,
    VOC_HAS_DIGIT = 1 << 7,
    VOC_HAS_SLASHES = 1 << 8, /* // */
    VOC_HAS_DOT = 1 << 9,
};

/* The bits of `text`. */
guint voc_text_features(VocSlice text);

G_END_DECLS

#endif
