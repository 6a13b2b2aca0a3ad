#include <glib/gstdio.h>
#include <math.h>

#include "lexicon/vader.h"

/* The valences are this test's own; those of the golden file come from the reference with them. */
static const char LEXICON[] =
    "good\t2\nbad\t-2.5\ngreat\t3.1\nnice\t1.8\nhorrible\t-2.9\nno\t-1.2\nkind\t2.4\nshit\t-2.6\nbomb\t-2.2\n"
    "ass\t-2.5\ndie\t-2.9\nbeating\t-2\nheart\t3.2\nyeah\t1.2\nright\t0.8\nfine\t0.8\nsad\t-2.1\n:)\t2\n"
    ":(\t-1.9\t0.3\t[-2, -1]\n:d\t2.3\nlol\t1.8\nsmile\t1.5\nleast\t0.4\n";
static const char EMOJI[] = "😁\tsmile face\n";

static gboolean
load(VocVader *vader, const char *rows, GError **error)
{
    g_autofree char *path = NULL;
    g_close(g_file_open_tmp("voc-vader-XXXXXX", &path, NULL), NULL);
    g_assert_true(g_file_set_contents(path, rows, -1, NULL));
    gboolean good = voc_vader_load(vader, path, error);
    g_unlink(path);
    return good;
}

static VocVader *
loaded(void)
{
    g_autoptr(GError) error = NULL;
    VocVader *vader = voc_vader_new(TEST_SOURCE_DIR, &error);
    g_assert_no_error(error);
    g_assert_true(load(vader, LEXICON, NULL));
    g_assert_true(load(vader, EMOJI, NULL));
    return vader;
}

/* Equal to so many decimals, halves to the even side. */
static void
check_rounded(const char *sentence, double value, int decimals, const char *expected)
{
    char format[8], text[G_ASCII_DTOSTR_BUF_SIZE];
    g_snprintf(format, sizeof format, "%%.%df", decimals);
    g_ascii_formatd(text, sizeof text, format, value);
    if (fabs(g_ascii_strtod(text, NULL) - g_ascii_strtod(expected, NULL)) > 1e-9)
        g_error("%s: %s, not %s", sentence, text, expected);
}

static void
test_golden(void)
{
    g_autoptr(VocVader) vader = loaded();
    g_autofree char *data = NULL;
    VocArena arena;
    guint n = 0;
    voc_arena_init(&arena, 0);
    g_assert_true(g_file_get_contents(TEST_SOURCE_DIR "/tests/unit/vader-golden.tsv", &data, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(data, "\n", -1);
    for (char **line = lines; *line; line++) {
        if (**line == '#' || !**line)
            continue;
        g_auto(GStrv) cells = g_strsplit(*line, "\t", 5);
        g_autofree char *sentence = g_strcompress(cells[4]);
        VocVaderScore score;
        voc_vader_score(vader, voc_slice_from_string(sentence), &arena, &score);
        check_rounded(sentence, score.compound, 4, cells[0]);
        check_rounded(sentence, score.neg, 3, cells[1]);
        check_rounded(sentence, score.neu, 3, cells[2]);
        check_rounded(sentence, score.pos, 3, cells[3]);
        n++;
    }
    g_assert_cmpuint(n, >=, 70);
    voc_arena_clear(&arena);
}

/* Spans are those of the text as it came, with its emoji. */
static void
test_hits(void)
{
    g_autoptr(VocVader) vader = loaded();
    VocArena arena;
    VocVaderScore score;
    voc_arena_init(&arena, 0);
    voc_vader_score(vader, voc_slice_from_string("ä 😁 (GOOD) x"), &arena, &score);
    g_assert_cmpuint(score.n_hits, ==, 2);
    g_assert_cmpuint(score.hits[0].start, ==, 2);
    g_assert_cmpuint(score.hits[0].end, ==, 3);
    g_assert_cmpuint(score.hits[1].start, ==, 5);
    g_assert_cmpuint(score.hits[1].end, ==, 9);
    g_assert_cmpfloat_with_epsilon(score.hits[1].valence, 2.733, 1e-9);
    voc_arena_clear(&arena);
}

static void
test_broken(void)
{
    static const char *const BROKEN[] = {"good\n", "good\t1,5\n", "good\t\n", "good\t--\n",
                                         "a\t1\n\377\t2\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(BROKEN); i++) {
        g_autoptr(VocVader) vader = loaded();
        g_autoptr(GError) error = NULL;
        g_assert_false(load(vader, BROKEN[i], &error));
        g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(voc_vader_new("/nonexistent", &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/vader/golden", test_golden);
    g_test_add_func("/vader/hits", test_hits);
    g_test_add_func("/vader/broken", test_broken);
    return g_test_run();
}
