/* HTML: whatever it is, text comes out, and every piece of it points into the document. */
#include "text/features.h"
#include "text/markup-guess.h"
#include "text/markup.h"

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_auto(VocBuffer) plain = VOC_BUFFER_INIT, traced = VOC_BUFFER_INIT, unescaped = VOC_BUFFER_INIT;
    g_auto(VocOrigin) origin = {0};
    g_autofree char *valid = g_utf8_make_valid((const char *)data, (gssize)size);
    gsize len = strlen(valid), last = 0;
    g_autofree char *copy = g_memdup2(valid, MAX(len, 1));
    VocSlice html = voc_slice_of(copy, len);
    voc_markup_guess(html, voc_text_features(html));
    voc_markup_to_text(html, &plain);
    voc_buffer_add_char(&traced, '=');
    voc_markup_to_text_traced(html, &traced, &origin);
    must(traced.len == plain.len + 1 && (!plain.len || memcmp(traced.data + 1, plain.data, plain.len) == 0));
    must(g_utf8_validate_len(plain.data ? plain.data : "", plain.len, NULL));
    for (gsize i = 0; i <= plain.len; i++) {
        gsize from = voc_origin_of(&origin, i);
        must(from >= last || i == 0);
        last = from;
    }
    voc_markup_unescape(html, &unescaped);
    must(g_utf8_validate_len(unescaped.data ? unescaped.data : "", unescaped.len, NULL));
    return 0;
}
