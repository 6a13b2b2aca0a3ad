/* Charsets: whatever the bytes, what comes out is UTF-8 but for the bytes that are told as bad, and cutting
 * the bytes anywhere gives the same. */
#include "fuzz.h"
#include "text/charset.h"

static void
decode(const char *charset, VocSlice bytes, gsize piece, VocBuffer *out, GArray *bad)
{
    g_autoptr(VocDecoder) decoder = voc_decoder_new(charset, NULL);

    for (gsize at = 0;; at += piece) {
        gsize n = MIN(piece, bytes.len - at), n_bad;
        gboolean last = at + n == bytes.len;
        const VocBadByte *told;

        voc_buffer_add_slice(out, voc_decoder_feed(decoder, voc_slice_of(bytes.data + at, n), last));
        told = voc_decoder_bad(decoder, &n_bad);
        g_array_append_vals(bad, told, (guint)n_bad);
        if (last)
            return;
    }
}

static void
check(const char *charset, VocSlice bytes, gsize piece)
{
    g_auto(VocBuffer) whole = VOC_BUFFER_INIT, cut = VOC_BUFFER_INIT;
    g_autoptr(GArray) bad = g_array_new(FALSE, FALSE, sizeof(VocBadByte)),
                      cut_bad = g_array_new(FALSE, FALSE, sizeof(VocBadByte));
    guint64 last = 0;

    decode(charset, bytes, MAX(bytes.len, 1), &whole, bad);
    decode(charset, bytes, piece, &cut, cut_bad);
    g_assert(bad->len || voc_utf8_valid_length(voc_buffer_slice(&whole)) == whole.len);
    for (guint i = 0; i < bad->len; i++) {
        VocBadByte one = g_array_index(bad, VocBadByte, i);

        g_assert(one.in < bytes.len && one.out <= whole.len && one.in >= last);
        g_assert((guint8)bytes.data[one.in] == one.byte);
        last = one.in;
    }
    if (strcmp(charset, VOC_CHARSET_AUTO) == 0)
        return; /* what a piece shows decides: the pieces may */
    g_assert(voc_slice_equal(voc_buffer_slice(&whole), voc_buffer_slice(&cut)) && bad->len == cut_bad->len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const charsets[] = {"UTF-8",       "UTF-16LE", "UTF-16BE",  "WINDOWS-1252",
                                           "ISO-8859-15", "CP850",    "MACINTOSH", VOC_CHARSET_AUTO};
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;
    VocCharsetGuess guess;
    VocSlice bytes;

    if (size < 2)
        return 0;
    bytes = voc_slice_of((const char *)data + 2, size - 2);
    check(charsets[data[0] % G_N_ELEMENTS(charsets)], bytes, 1u + data[1] % 16);
    guess = voc_charset_guess(bytes, data[0] & 8);
    g_assert(guess.bom <= bytes.len);
    voc_charset_decode(bytes, data[1] & 1 ? NULL : charsets[data[0] % 7], &text);
    g_assert(voc_utf8_valid_length(voc_buffer_slice(&text)) == text.len);
    return 0;
}
