#include "text/width.h"

#define FAMILY "\U0001F468\u200D\U0001F469\u200D\U0001F467"
#define THUMB "\U0001F44D\U0001F3FD"

static void
test_width(void)
{
    static const struct {
        const char *text;
        int width;
    } CASES[] = {
        {"", 0},           {"abc", 3},  {"äö", 2},           {"a\u0308o\u0308", 2},
        {"\U0001F600", 2}, {"日本", 4}, {"\u2764\uFE0F", 1}, {"…", 1},
    };
    for (guint i = 0; i < G_N_ELEMENTS(CASES); i++)
        g_assert_cmpint(voc_text_width(voc_slice_from_string(CASES[i].text)), ==, CASES[i].width);
}

static void
check_plain(VocSlice text, const char *expected)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    voc_text_add_plain(&out, text);
    g_assert_cmpstr(voc_buffer_string(&out), ==, expected);
}

static void
test_plain(void)
{
    check_plain(VOC_SLICE("hyvää  päivää\r\n\r\n\tterve"), "hyvää päivää terve");
    check_plain(VOC_SLICE("a\x1b[31mred\x07"), "a\uFFFD[31mred\uFFFD");
    check_plain(VOC_SLICE("a\0b"), "a\uFFFDb");
    check_plain(VOC_SLICE("csi \xC2\x9B"
                          "31m del \x7f"),
                "csi \uFFFD31m del \uFFFD");
    check_plain(VOC_SLICE("rtl \u202Eabc\u202C"), "rtl \uFFFDabc\uFFFD");
    check_plain(VOC_SLICE("line\u2028par\u2029end"), "line par end");
    check_plain(VOC_SLICE("no\xff utf\xc3"), "no\uFFFD utf\uFFFD");
    check_plain(VOC_SLICE_NONE, "");
}

static void
check_fit(const char *text, int width, const char *start, const char *end)
{
    g_autofree char *first = voc_slice_dup(voc_text_fit_start(voc_slice_from_string(text), width));
    g_autofree char *last = voc_slice_dup(voc_text_fit_end(voc_slice_from_string(text), width));
    g_assert_cmpstr(first, ==, start);
    g_assert_cmpstr(last, ==, end);
}

static void
test_fit(void)
{
    check_fit("abcdef", 3, "abc", "def");
    check_fit("abc", 3, "abc", "abc");
    check_fit("abc", 0, "", "");
    check_fit("", 3, "", "");
    check_fit("ääkköset", 3, "ääk", "set");
    /* A mark stays with its letter. */
    check_fit("a\u0308b\u0308c\u0308", 2, "a\u0308b\u0308", "b\u0308c\u0308");
    /* A wide character that does not fit is left out whole. */
    check_fit("\U0001F600\U0001F601", 3, "\U0001F600", "\U0001F601");
    check_fit("\U0001F600", 1, "", "");
    /* Joined pictures and skin tones are not torn apart. */
    check_fit("a" FAMILY, 5, "a", "");
    check_fit(FAMILY "a", 7, FAMILY "a", FAMILY "a");
    check_fit("ab" THUMB, 4, "ab", THUMB);
    check_fit("a" THUMB "b", 4, "a", "b");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/width/columns", test_width);
    g_test_add_func("/width/plain", test_plain);
    g_test_add_func("/width/fit", test_fit);
    return g_test_run();
}
