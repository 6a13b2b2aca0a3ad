#include "text/features.h"

guint
voc_text_features(VocSlice text)
{
    const guchar *at = (const guchar *)text.data;
    guchar newline = 0, control = 0, wide = 0, c2 = 0, less = 0, ampersand = 0, address = 0, digit = 0,
           dot = 0;
    guchar slashes = 0, last = 0;
    /* Plain comparisons without branches: the compiler does sixteen or more bytes a step. */
    for (gsize i = 0; i < text.len; i++) {
        guchar c = at[i];
        newline |= c == '\n';
        control |= (guchar)((c < 0x20) & (c != '\n') & (c != '\t')) | (c == 0x7F);
        wide |= c >= 0xCC;
        c2 |= c == 0xC2;
        less |= c == '<';
        ampersand |= c == '&';
        address |= c == '@';
        digit |= (guchar)(c - '0') < 10;
        dot |= c == '.';
    }
    if (memchr(text.data ? text.data : "", '/', text.len))
        for (gsize i = 0; i < text.len; i++) {
            slashes |= (guchar)((at[i] == '/') & (last == '/'));
            last = at[i];
        }
    return (newline ? VOC_HAS_NEWLINE : 0u) | (control ? VOC_HAS_CONTROL : 0u) | (wide ? VOC_HAS_WIDE : 0u) |
           (c2 ? VOC_HAS_C2 : 0u) | (less ? VOC_HAS_LESS : 0u) | (ampersand ? VOC_HAS_AMPERSAND : 0u) |
           (address ? VOC_HAS_AT : 0u) | (digit ? VOC_HAS_DIGIT : 0u) | (dot ? VOC_HAS_DOT : 0u) |
           (slashes ? VOC_HAS_SLASHES : 0u);
}
