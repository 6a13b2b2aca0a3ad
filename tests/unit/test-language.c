/* The language model: the shipped profile on lines of our own, the C scorer against the training script's
 * figures, broken profiles, hostile bytes, mixed texts. */
#include <glib/gstdio.h>

#include "text/language.h"

static VocLangModel *model;

static void
sum_of(const char *text, VocLangScores *sum)
{
    VocLangScores one;
    memset(sum, 0, sizeof *sum);
    for (const char *at = text; *at;) {
        gsize len = strcspn(at, " \t\n");
        if (len) {
            voc_lang_model_score(model, voc_slice_of(at, len), &one);
            voc_lang_scores_add(sum, &one);
        }
        at += len + (at[len] != '\0');
    }
}

static VocLang
tell(const char *text, double *confidence)
{
    VocLangScores sum;
    sum_of(text, &sum);
    return voc_lang_decide(model, &sum, confidence);
}

/* The rows of a table of ours beside this file: cells parted by tabs, # begins a comment. */
static char **
rows_of(const char *name)
{
    g_autofree char *path = g_build_filename(TEST_SOURCE_DIR, "tests", "unit", name, NULL);
    g_autofree char *data = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &data, NULL, &error);
    g_assert_no_error(error);
    return g_strsplit(g_strchomp(data), "\n", -1);
}

static void
test_lines(void)
{
    int n[VOC_N_LANGS] = {0}, right[VOC_N_LANGS] = {0};
    g_auto(GStrv) rows = rows_of("language-lines.tsv");
    for (char **row = rows; *row; row++) {
        if (**row == '#')
            continue;
        g_auto(GStrv) cell = g_strsplit(*row, "\t", 2);
        VocLang gold = voc_lang_from_name(voc_slice_from_string(cell[0]));
        VocLang told = tell(cell[1], NULL);
        n[gold]++;
        right[gold] += told == gold;
        if (told != gold)
            g_test_message("%s for %s", voc_lang_name(told), *row);
    }
    for (int lang = 0; lang < VOC_N_LANGS; lang++) {
        g_test_message("%s: %d of %d", voc_lang_name((VocLang)lang), right[lang], n[lang]);
        g_assert_cmpint(n[lang], >=, 30);
        g_assert_cmpfloat(right[lang], >=, 0.95 * n[lang]);
    }
}

/* The figures are those of tests/eval/language/train.py, which has the features in Python. */
static void
test_golden(void)
{
    int n = 0;
    g_auto(GStrv) rows = rows_of("language-golden.tsv");
    for (char **row = rows; *row; row++) {
        if (**row == '#')
            continue;
        g_auto(GStrv) cell = g_strsplit(*row, "\t", -1);
        g_autofree char *chunk = g_strcompress(cell[0]);
        g_assert_cmpuint(g_strv_length(cell), ==, 1 + VOC_LANG_CLASSES);
        VocLangScores scores;
        voc_lang_model_score(model, voc_slice_from_string(chunk), &scores);
        for (int i = 0; i < VOC_LANG_CLASSES; i++) {
            double expected = g_ascii_strtod(cell[1 + i], NULL);
            double got = (double)scores.v[i] / VOC_LANG_UNITS;
            if (ABS(got - expected) > 2.0 / VOC_LANG_UNITS)
                g_error("%s: class %d has %g, not %g", chunk, i, got, expected);
        }
        n++;
    }
    g_assert_cmpint(n, >, 40);
}

static void
test_equal_forms(void)
{
    static const char *const PAIRS[][2] = {
        {"TYYTYMÄTÖN", "tyytymätön"},  {"tyytyma\xCC\x88to\xCC\x88n", "tyytymätön"},
        {"hyvääääää", "hyvää"},        {"(laskun)", "laskun"},
        {"don\xE2\x80\x99t", "don't"}, {"toimi\xC2\xADtus", "toimitus"},
        {"[NIMI]laskun", "laskun"},    {"lasku123", "lasku"},
        {"'quoted'", "quoted"}};
    for (gsize i = 0; i < G_N_ELEMENTS(PAIRS); i++) {
        VocLangScores a, b;
        voc_lang_model_score(model, voc_slice_from_string(PAIRS[i][0]), &a);
        voc_lang_model_score(model, voc_slice_from_string(PAIRS[i][1]), &b);
        g_assert_cmpmem(&a, sizeof a, &b, sizeof b);
        g_assert_cmpint(a.letters, >, 0);
    }
}

static void
test_nothing(void)
{
    static const char *const SILENT[] = {"",
                                         "12345",
                                         "???",
                                         "😊",
                                         "[PERSON]",
                                         "<EMAIL>",
                                         "&amp;",
                                         "&#228;",
                                         "@name",
                                         "a.b@example.fi",
                                         "https://example.fi/tilaus",
                                         "WWW.example.fi",
                                         "ok",
                                         "OK!",
                                         "\xC3",
                                         "\xFF\xFE"};
    for (gsize i = 0; i < G_N_ELEMENTS(SILENT); i++) {
        VocLangScores scores;
        double confidence = 1;
        voc_lang_model_score(model, voc_slice_from_string(SILENT[i]), &scores);
        g_assert_cmpint(scores.letters, ==, 0);
        g_assert_cmpint(voc_lang_decide(model, &scores, &confidence), ==, VOC_LANG_UND);
        g_assert_cmpfloat(confidence, ==, 0);
    }
}

/* Sums do not depend on the order, and no word outvotes a sentence. */
static void
test_sums(void)
{
    VocLangScores a, b;
    sum_of("lasku on taas väärin the invoice", &a);
    sum_of("invoice väärin on the taas lasku", &b);
    g_assert_cmpmem(&a, sizeof a, &b, sizeof b);
    double few, many;
    g_assert_cmpint(tell("en saa", &few), ==, VOC_LANG_FI);
    g_assert_cmpint(tell("en saa tätä toimimaan millään vaikka mitä tekisin", &many), ==, VOC_LANG_FI);
    g_assert_cmpfloat(many, >=, few);
    g_assert_cmpfloat(many, <=, 1);
    g_assert_cmpfloat(many, >, 0.95);
    g_assert_cmpint(tell("Can I choose between Visa and Mastercard?", NULL), ==, VOC_LANG_EN);
    g_assert_cmpint(tell("Voinko vaihtaa Visan ja Mastercardin välillä?", NULL), ==, VOC_LANG_FI);
}

static void
check_segments(const char *text, const char *expected)
{
    g_auto(GStrv) words = g_strsplit(text, " ", -1);
    guint n = g_strv_length(words);
    g_autofree VocLangScores *scores = g_new(VocLangScores, n);
    g_autofree VocLang *told = g_new(VocLang, n);
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < n; i++)
        voc_lang_model_score(model, voc_slice_from_string(words[i]), &scores[i]);
    voc_lang_segments(model, scores, n, told);
    for (guint i = 0; i < n; i++)
        g_string_append(names, voc_lang_name(told[i]));
    g_assert_cmpstr(names->str, ==, expected);
}

static void
test_segments(void)
{
    voc_lang_segments(model, NULL, 0, NULL);
    check_segments("12 !! 3", "undundund");
    check_segments("Kiitos nopeasta vastauksesta , asia on nyt hoidettu kuntoon", "fififififififififi");
    check_segments("Hei, en saanut vielä tilausta perille. Dear team, I have not received my order yet.",
                   "fifififififi"
                   "enenenenenenenenen");
    /* One loan does not make a segment. */
    check_segments("Ostin teiltä uuden washing koneen ja se on rikki", "fififififififififi");
}

/* Any bytes: nothing is read outside, and the same bytes say the same. */
static void
test_hostile(void)
{
    for (int round = 0; round < 2000; round++) {
        gsize len = (gsize)g_test_rand_int_range(0, 80);
        g_autofree char *bytes = g_malloc(len + 1);
        for (gsize i = 0; i < len; i++)
            bytes[i] = (char)g_test_rand_int_range(0, 256);
        g_autofree char *copy = g_memdup2(bytes, len + 1);
        VocLangScores a, b;
        voc_lang_model_score(model, voc_slice_of(bytes, len), &a);
        voc_lang_model_score(model, voc_slice_of(copy, len), &b);
        g_assert_cmpmem(&a, sizeof a, &b, sizeof b);
    }
    g_autofree char *long_word = g_strnfill(1 << 20, 'x');
    VocLangScores scores;
    for (gsize i = 0; i < 1 << 20; i += 3)
        long_word[i] = "aeiouy&<["[i % 9];
    voc_lang_model_score(model, voc_slice_of(long_word, 1 << 20), &scores);
    for (int i = 0; i < VOC_LANG_CLASSES; i++)
        g_assert_cmpint(scores.v[i], <=, 0);
}

static void
check_broken(const char *text, const char *reason)
{
    g_autofree char *path = NULL;
    g_autoptr(GError) error = NULL;
    int fd = g_file_open_tmp("voc-language-XXXXXX", &path, NULL);
    g_assert_cmpint(fd, >=, 0);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    g_assert_null(voc_lang_model_load(path, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
    if (!strstr(error->message, reason))
        g_error("'%s' lacks '%s'", error->message, reason);
    g_unlink(path);
}

#define HEAD                                                                                                 \
    "voc-language 1\nclasses\tfi en sv et no de ro xx\nstep\t0.05\nnoise\t0.02\nbias\t0 0 0 0 0 0 0 0\n"

static void
test_broken_profiles(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(voc_lang_model_load("/nonexistent/profile", &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
    check_broken("", ":0: not a language profile");
    check_broken("voc-language 2\n", ":1: not a language profile");
    check_broken("voc-language 1\nclasses\tfi en\n", ":2: other classes");
    check_broken("voc-language 1\nclasses\tfi en sv et no de ro xx\nstep\tnan\n", ":3: no step");
    check_broken("voc-language 1\n\xFF\n", "not UTF-8");
    check_broken(HEAD, ":5: no count");
    check_broken(HEAD "ngrams\t99999999999\n", ":6: no count");
    check_broken(HEAD "ngrams\t1\n", "no n-gram with its weights");
    check_broken(HEAD "ngrams\t1\nab\tOOOOOOO\n", ":7: no n-gram with its weights");
    check_broken(HEAD "ngrams\t1\nab\tOOOO OOO\n", ":7: a weight that is none");
    check_broken(HEAD "ngrams\t2\nab\tOOOOOOOO\nab\tOOOOOOOO\n", ":8: an n-gram for the second time");
    check_broken(HEAD "ngrams\t1\nab\tOOOOOOOO\nac\tOOOOOOOO\n", ":8: more n-grams");
}

static void
test_names(void)
{
    for (int lang = 0; lang < VOC_N_LANGS; lang++) {
        const char *name = voc_lang_name((VocLang)lang);
        g_assert_cmpint(voc_lang_from_name(voc_slice_from_string(name)), ==, lang);
    }
    g_assert_cmpint(voc_lang_from_name(VOC_SLICE("fi-FI")), ==, VOC_LANG_FI);
    g_assert_cmpint(voc_lang_from_name(VOC_SLICE("EN_gb")), ==, VOC_LANG_EN);
    g_assert_cmpint(voc_lang_from_name(VOC_SLICE("fil")), ==, VOC_LANG_UND);
    g_assert_cmpint(voc_lang_from_name(VOC_SLICE("f")), ==, VOC_LANG_UND);
    g_assert_cmpint(voc_lang_from_name(VOC_SLICE_NONE), ==, VOC_LANG_UND);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autofree char *path = g_build_filename(TEST_SOURCE_DIR, "data", "language.profile", NULL);
    g_autoptr(GError) error = NULL;
    model = voc_lang_model_load(path, &error);
    g_assert_no_error(error);
    g_test_add_func("/language/lines", test_lines);
    g_test_add_func("/language/golden", test_golden);
    g_test_add_func("/language/equal-forms", test_equal_forms);
    g_test_add_func("/language/nothing", test_nothing);
    g_test_add_func("/language/sums", test_sums);
    g_test_add_func("/language/segments", test_segments);
    g_test_add_func("/language/hostile", test_hostile);
    g_test_add_func("/language/broken-profiles", test_broken_profiles);
    g_test_add_func("/language/names", test_names);
    int status = g_test_run();
    voc_lang_model_free(model);
    return status;
}
