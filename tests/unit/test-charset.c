#include "text/charset.h"

#include "base/error.h"

static void
check_guess(const char *bytes, gsize len, const char *name, gsize bom)
{
    VocCharsetGuess guess = voc_charset_guess(voc_slice_of(bytes, len), TRUE);

    g_assert_cmpstr(guess.name, ==, name);
    g_assert_cmpuint(guess.bom, ==, bom);
}

static void
test_guess(void)
{
    check_guess("", 0, "UTF-8", 0);
    check_guess("palaute;pvm", 11, "UTF-8", 0);
    check_guess("\357\273\277palaute", 10, "UTF-8", 3);
    check_guess("hyv\303\244\303\244", 7, "UTF-8", 0);
    check_guess("\377\376h\0i\0", 6, "UTF-16LE", 2);
    check_guess("\376\377\0h\0i", 6, "UTF-16BE", 2);
    check_guess("h\0y\0v\0\344\0", 8, "UTF-16LE", 0);
    check_guess("\0h\0y\0v\0\344", 8, "UTF-16BE", 0);
    check_guess("hyv\344\344 ty\366t\344", 11, "WINDOWS-1252", 0);
    check_guess("hinta 5 \244, hyv\344", 15, "ISO-8859-15", 0);
    check_guess("hinta 5 \200, hyv\344", 15, "WINDOWS-1252", 0);
    check_guess("it\222s \223fine\224", 11, "WINDOWS-1252", 0);
    check_guess("hyv\212\212 ty\232t\212 k\212yty", 17, "MACINTOSH", 0);
    check_guess("hyv\204\204 ty\224t\204 k\204yty", 17, "CP850", 0);
    /* One broken byte does not make a UTF-8 file another's. */
    check_guess("\303\244\303\244\303\244\303\244\303\244\303\244\344", 13, "UTF-8", 0);
    /* Nor does a character that the sample cuts. */
    g_assert_cmpstr(voc_charset_guess(voc_slice_of("\303\244\303", 3), FALSE).name, ==, "UTF-8");
    g_assert_false(voc_charset_guess(VOC_SLICE("ascii"), TRUE).settled);
}

/* All of `bytes` in pieces; the bad bytes as " in:out:hex". */
static char *
decode(const char *charset, const char *bytes, gsize len, gsize piece)
{
    g_autoptr(VocDecoder) decoder = voc_decoder_new(charset, NULL);
    GString *text = g_string_new(NULL);
    g_autoptr(GString) bad_bytes = g_string_new(NULL);

    for (gsize at = 0; at < len || at == 0; at += piece) {
        gsize n = MIN(piece, len - at), n_bad;
        g_autofree char *copy = g_malloc(n + 1);
        VocSlice out;
        const VocBadByte *bad;

        memcpy(copy, bytes + at, n);
        out = voc_decoder_feed(decoder, voc_slice_of(copy, n), at + piece >= len);
        g_string_append_len(text, out.data, (gssize)out.len);
        bad = voc_decoder_bad(decoder, &n_bad);
        for (gsize i = 0; i < n_bad; i++)
            g_string_append_printf(bad_bytes, " %d:%d:%02x", (int)bad[i].in, (int)bad[i].out, bad[i].byte);
    }
    g_string_append(text, bad_bytes->str);
    return g_string_free(text, FALSE);
}

static void
check_decode(const char *charset, const char *bytes, gsize len, const char *expected)
{
    for (gsize piece = 1; piece <= len + 1; piece++) {
        g_autofree char *got = decode(charset, bytes, len, piece);
        g_assert_cmpstr(got, ==, expected);
    }
}

static void
test_decode(void)
{
    check_decode("utf-8", "", 0, "");
    check_decode("utf-8", "hyv\303\244 \342\202\254 \360\237\230\200", 14,
                 "hyv\303\244 \342\202\254 \360\237\230\200");
    check_decode("iso-8859-1", "\344\200\223", 3, "\303\244\342\202\254\342\200\234");
    check_decode("ISO-8859-15", "\244", 1, "\342\202\254");
    check_decode("utf-16le", "\344\0=\330\0\336", 6, "\303\244\360\237\230\200");
    check_decode("UTF-16BE", "\0\344\330=\336\0", 6, "\303\244\360\237\230\200");
    check_decode("macroman", "\212\232", 2, "\303\244\303\266");
}

static void
test_bad_bytes(void)
{
    check_decode("utf-8", "a\344b\303", 4, "a\344b\303 1:1:e4 3:3:c3");
    check_decode("utf-8", "\355\240\200\300\257", 5,
                 "\355\240\200\300\257 0:0:ed 1:1:a0 2:2:80 3:3:c0 4:4:af");
    check_decode("utf-8", "\342\202x\342\202\254", 6, "\342\202x\342\202\254 0:0:e2 1:1:82");
    check_decode("cp1252", "a\201\344", 3, "a\357\277\275\303\244 1:1:81");
    check_decode("utf-16le", "a\0\0\334b\0c", 7, "a\357\277\275b\357\277\275 2:1:00 6:5:63");
}

static void
test_auto(void)
{
    check_decode("auto", "abc", 3, "abc");
    check_decode("auto", "abc \303\244", 6, "abc \303\244");
    g_autofree char *latin = decode("auto", "plain ascii first, then hyv\344\344", 29, 29);
    g_assert_cmpstr(latin, ==, "plain ascii first, then hyv\303\244\303\244");
    g_autofree char *late = decode("auto", "plain ascii first, then hyv\344\344 ty\366t", 34, 20);
    g_assert_cmpstr(late, ==, "plain ascii first, then hyv\303\244\303\244 ty\303\266t");
    /* The byte that decides may be the last of a feed. */
    g_autofree char *cut = decode("auto", "k\344k", 3, 2);
    g_assert_cmpstr(cut, ==, "k\303\244k");
    g_autofree char *end = decode("auto", "k\344", 2, 2);
    g_assert_cmpstr(end, ==, "k\303\244");
}

static void
test_unknown(void)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(voc_decoder_new("klingon-7", &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_USAGE);
}

static void
check_whole(const char *bytes, const char *label, const char *expected, gsize n_bad)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;

    g_assert_cmpuint(voc_charset_decode(voc_slice_from_string(bytes), label, &out), ==, n_bad);
    g_assert_cmpstr(voc_buffer_string(&out), ==, expected);
}

static void
test_whole(void)
{
    check_whole("hyv\344", "iso-8859-1", "hyv\303\244", 0);
    check_whole("hyv\303\244", "iso-8859-1", "hyv\303\244", 0); /* the label is wrong */
    check_whole("hyv\344", "utf-8", "hyv\303\244", 0);          /* and so is this */
    check_whole("hyv\344", NULL, "hyv\303\244", 0);
    check_whole("hyv\344", "x-unknown", "hyv\303\244", 0);
    check_whole("\303\244\303\244\303\244\303\244\303\244\344!", NULL,
                "\303\244\303\244\303\244\303\244\303\244\357\277\275!", 1);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/charset/guess", test_guess);
    g_test_add_func("/charset/decode", test_decode);
    g_test_add_func("/charset/bad-bytes", test_bad_bytes);
    g_test_add_func("/charset/auto", test_auto);
    g_test_add_func("/charset/unknown", test_unknown);
    g_test_add_func("/charset/whole", test_whole);
    return g_test_run();
}
