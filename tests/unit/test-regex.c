#include "text/regex.h"

static VocRegexMatch *match;

/* What the pattern finds: "START-END" of every match, "none" or "gave up". */
static char *
found(const char *pattern, VocRegexFlags flags, VocSlice text)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(VocRegex) regex = voc_regex_new(pattern, flags, &error);
    g_assert_no_error(error);
    GString *seen = g_string_new(NULL);
    gsize start, end, from = 0;
    VocRegexAnswer answer;
    while ((answer = voc_regex_find(regex, match, text, from, &start, &end)) == VOC_REGEX_FOUND) {
        g_string_append_printf(seen, "%s%" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT, seen->len ? " " : "", start,
                               end);
        if (end == start || end >= text.len)
            break;
        from = end;
    }
    if (answer == VOC_REGEX_GAVE_UP)
        g_string_append(seen, "gave up");
    else if (!seen->len)
        g_string_append(seen, "none");
    return g_string_free(seen, FALSE);
}

static void
check(const char *pattern, VocRegexFlags flags, const char *text, const char *expected)
{
    g_autofree char *seen = found(pattern, flags, voc_slice_from_string(text));
    g_assert_cmpstr(seen, ==, expected);
}

static void
test_find(void)
{
    check("lasku", 0, "lasku ja laskut", "0-5 9-14");
    check("lasku", 0, "Lasku", "none");
    check("LASKU", VOC_REGEX_IGNORE_CASE, "lasku", "0-5");
    check("ÄLÄ", VOC_REGEX_IGNORE_CASE, "älä", "0-5");
    check("^\\w+$", 0, "määräys", "0-10");
    check("\\bmä\\b", 0, "määrä mä", "9-12");
    check("a.c", VOC_REGEX_LITERAL, "abc a.c", "4-7");
    check("(?<=ei )toimi", 0, "toimi ei toimi", "9-14");
    check("", 0, "abc", "0-0");
    check("", 0, "", "0-0");
    check("x", 0, "", "none");
}

static void
test_any_bytes(void)
{
    g_autofree char *seen = found("b", 0,
                                  voc_slice_of("a\xff\xfe"
                                               "b\xc3",
                                               5));
    g_assert_cmpstr(seen, ==, "3-4");
    g_autofree char *nul = found("b", 0, voc_slice_of("a\0b", 3));
    g_assert_cmpstr(nul, ==, "2-3");
    g_autofree char *none = found("b", 0, VOC_SLICE_NONE);
    g_assert_cmpstr(none, ==, "none");
}

static void
test_bounded(void)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < 5000; i++)
        g_string_append_c(text, 'a');
    g_string_append(text, "bc");
    gint64 before = g_get_monotonic_time();
    check("(a+)+$", 0, text->str, "gave up");
    check("^(?:a?){40}a{40}(a|aa)+$", 0, text->str, "gave up");
    /* Recursion that would eat the stack. */
    check("^(a(?1)?)*c", 0, text->str, "gave up");
    g_assert_cmpint(g_get_monotonic_time() - before, <, 20 * G_USEC_PER_SEC);
    g_string_free(text, TRUE);
}

static void
test_broken(void)
{
    static const char *const PATTERNS[] = {"(", "[a", "*a", "a{2,1}", "\\C", "\xff", "(?<n>a)(?<n>b)"};
    for (guint i = 0; i < G_N_ELEMENTS(PATTERNS); i++) {
        GError *error = NULL;
        g_assert_null(voc_regex_new(PATTERNS[i], 0, &error));
        g_assert_error(error, VOC_ERROR, VOC_ERROR_USAGE);
        g_error_free(error);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    match = voc_regex_match_new();
    g_test_add_func("/regex/find", test_find);
    g_test_add_func("/regex/any-bytes", test_any_bytes);
    g_test_add_func("/regex/bounded", test_bounded);
    g_test_add_func("/regex/broken", test_broken);
    int failed = g_test_run();
    voc_regex_match_free(match);
    return failed;
}
