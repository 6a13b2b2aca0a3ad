#include <glib/gstdio.h>

#include "lexicon/lists.h"
#include "lexicon/score.h"
#include "padded.h"

static VocWordModel *model;

static gboolean
load(VocLexicon *lexicon, const char *rows, VocEffect effect, GError **error)
{
    g_autofree char *path = NULL;
    g_close(g_file_open_tmp("voc-lexicon-XXXXXX", &path, NULL), NULL);
    g_assert_true(g_file_set_contents(path, rows, -1, NULL));
    gboolean good = voc_lexicon_load(lexicon, path, effect, error);
    g_unlink(path);
    return good;
}

/* A small Finnish lexicon of the test's own. */
static VocLexicon *
small_lexicon(VocWords *words)
{
    VocLexicon *lexicon = voc_lexicon_new(VOC_LANG_FI, words);
    g_assert_true(load(
        lexicon,
        "hyvä\t2\nhuono\t-2\nrikki*\t-1.5\n=paskaa\t-3\nei toimi\t-2.5\nhyvä idea\t3\n10/10\t3\n5 tähteä\t3\n"
        "erinomainen\t1\nerinomainen\t3.5\n😡\t-3\n",
        VOC_EFFECT_WEIGHT, NULL));
    g_assert_true(load(lexicon, "ei\nilman\n", VOC_EFFECT_NEGATE, NULL));
    g_assert_true(
        load(lexicon, "todella\t1.5\nvähän\t0.5\n=aivan =mahdottoman\t2\n", VOC_EFFECT_SCALE, NULL));
    g_assert_true(load(lexicon, "mutta\tbut\nvaikka\talthough\n", VOC_EFFECT_BUT, NULL));
    g_assert_true(load(lexicon, "hyvä ystävä\n", VOC_EFFECT_NEUTRAL, NULL));
    voc_lexicon_freeze(lexicon);
    return lexicon;
}

typedef struct Bench {
    VocArena arena;
    VocWords *words;
    VocLexicon *lexicon;
    const VocLexicon *by_lang[VOC_N_LANGS];
    VocScorer *scorer;
} Bench;

static Bench *
bench_new(void)
{
    Bench *bench = g_new0(Bench, 1);
    voc_arena_init(&bench->arena, 0);
    bench->words = voc_words_new(model);
    bench->lexicon = small_lexicon(bench->words);
    bench->by_lang[VOC_LANG_FI] = bench->lexicon;
    bench->scorer = voc_scorer_new(bench->by_lang, bench->words);
    return bench;
}

static void
bench_free(Bench *bench)
{
    voc_scorer_free(bench->scorer);
    voc_words_free(bench->words);
    voc_lexicon_free(bench->lexicon);
    voc_arena_clear(&bench->arena);
    g_free(bench);
}

/* Scores `bytes` as Finnish; the hits as "term@start-end" with blanks between. */
static char *
hits_of(Bench *bench, const char *bytes, VocScore *score)
{
    g_auto(Padded) text = padded(bytes);
    VocText read = *voc_words_read(bench->words, text.text, &bench->arena);
    GString *seen = g_string_new(NULL);
    read.lang = VOC_LANG_FI;
    voc_scorer_score(bench->scorer, &read, score);
    float sum = 0;
    for (int i = 0; i < 3; i++) {
        g_assert_cmpfloat(score->p[i], >=, 0);
        sum += score->p[i];
    }
    g_assert_cmpfloat_with_epsilon(sum, 1, 1e-4);
    g_assert_cmpfloat(score->value, >=, -1);
    g_assert_cmpfloat(score->value, <=, 1);
    for (guint i = 0; i < score->n_hits; i++) {
        const VocHit *hit = &score->hits[i];
        g_assert_cmpuint(hit->start, <, hit->end);
        g_assert_cmpuint(hit->end, <=, voc_text_length(text.text));
        g_string_append_printf(seen, "%s%.*s@%u-%u", i ? " " : "", (int)hit->entry->term.len,
                               hit->entry->term.data, hit->start, hit->end);
    }
    return g_string_free(seen, FALSE);
}

static void
check_hits(Bench *bench, const char *text, const char *expected)
{
    VocScore score;
    g_autofree char *seen = hits_of(bench, text, &score);
    g_assert_cmpstr(seen, ==, expected);
}

static void
test_entries(void)
{
    Bench *bench = bench_new();
    check_hits(bench, "", "");
    check_hits(bench, "Se tuli.", "");
    check_hits(bench, "Hyvä!", "hyvä@0-4");
    check_hits(bench, "HYVÄÄ, huonoa", "hyvä@0-5 huono@7-13");
    check_hits(bench, "Laite on rikkinäinen", "rikki*@9-20");
    check_hits(bench, "paskaa", "=paskaa@0-6");
    check_hits(bench, "paska", "");
    check_hits(bench, "😡 ääh 😡", "😡@0-1 😡@6-7");
    check_hits(bench, "hyvä idea", "hyvä idea@0-9");
    check_hits(bench, "Se ei toimi", "ei toimi@3-11");
    check_hits(bench, "hyvä\nidea ei. toimi", "hyvä idea@0-9");
    check_hits(bench, "Hyvä ystävä", "");
    check_hits(bench, "Arvosana: 10/10, 5 tähteä", "10/10@10-15 5 tähteä@17-25");
    bench_free(bench);
}

static float
value_of(Bench *bench, const char *text)
{
    VocScore score;
    g_free(hits_of(bench, text, &score));
    return score.value;
}

static void
test_rules(void)
{
    Bench *bench = bench_new();
    float good = value_of(bench, "se oli hyvä"), bad = value_of(bench, "se oli huono");
    g_assert_cmpfloat(good, >, 0);
    g_assert_cmpfloat(bad, <, 0);
    g_assert_cmpfloat(value_of(bench, "se ei ollut hyvä"), <, 0);
    g_assert_cmpfloat(value_of(bench, "se ei ollut huono"), >, bad);
    g_assert_cmpfloat(value_of(bench, "se oli todella hyvä"), >, good);
    g_assert_cmpfloat(value_of(bench, "se oli vähän hyvä"), <, good);
    g_assert_cmpfloat(value_of(bench, "se oli HYVÄ"), >, good);
    /* An intensifier of two words; what stands behind the word that it strengthens is not strengthened too.
     */
    g_assert_cmpfloat(value_of(bench, "oli aivan mahdottoman hyvä"), >,
                      value_of(bench, "oli todella se hyvä"));
    g_assert_cmpfloat(value_of(bench, "se aivan mahdottoman se hyvä"), <,
                      value_of(bench, "se se aivan mahdottoman hyvä"));
    /* A comma ends what a negator reaches; a negator in a phrase has been weighed with it. */
    g_assert_cmpfloat(value_of(bench, "ei se, hyvä"), >, 0);
    g_assert_cmpfloat(value_of(bench, "ei toimi hyvä"), >, value_of(bench, "ei toimi"));
    g_assert_cmpfloat(value_of(bench, "oli hyvä mutta huono"), <, value_of(bench, "oli huono mutta hyvä"));
    g_assert_cmpfloat(value_of(bench, "ei. Oli hyvä"), >, 0);
    g_assert_cmpfloat_with_epsilon(value_of(bench, "se tuli"), 0, 0.2);
    /* The value of a term that came twice is the last. */
    g_assert_cmpfloat(value_of(bench, "se oli erinomainen"), >, good);
    bench_free(bench);
}

/* The table forgets between texts; the score does not change by it. */
static void
test_after_settling(void)
{
    Bench *bench = bench_new();
    float before = value_of(bench, "se ei ollut hyvä, rikki koko laite");
    for (guint batch = 0; batch < 400; batch++) {
        g_autoptr(GString) bytes = g_string_new(NULL);
        for (guint i = 0; i < 1000; i++)
            g_string_append_printf(bytes, "sana%ux hyvä%u ", batch * 1000 + i, i);
        value_of(bench, bytes->str);
        voc_arena_reset(&bench->arena);
        voc_words_settle(bench->words);
        g_assert_cmpfloat(value_of(bench, "se ei ollut hyvä, rikki koko laite"), ==, before);
    }
    bench_free(bench);
}

static void
check_broken(const char *rows, VocEffect effect, const char *where)
{
    VocWords *words = voc_words_new(model);
    g_autoptr(VocLexicon) lexicon = voc_lexicon_new(VOC_LANG_FI, words);
    g_autoptr(GError) error = NULL;
    g_assert_false(load(lexicon, rows, effect, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
    g_assert_nonnull(strstr(error->message, where));
    voc_words_free(words);
}

static void
test_broken(void)
{
    check_broken("hyvä\t2\nhuono\n", VOC_EFFECT_WEIGHT, ":2:");
    check_broken("# x\n\nhuono\t-1,5\n", VOC_EFFECT_WEIGHT, ":3:");
    check_broken("huono\tnan\n", VOC_EFFECT_WEIGHT, ":1:");
    check_broken("huono\tinf\n", VOC_EFFECT_WEIGHT, ":1:");
    check_broken("huono\tbad\n", VOC_EFFECT_WEIGHT, ":1:");
    check_broken("a b c d e f g h i\t1\n", VOC_EFFECT_WEIGHT, ":1:");
    check_broken("\t1\n", VOC_EFFECT_WEIGHT, ":1:");
    check_broken("a\t1\n\377\t1\n", VOC_EFFECT_WEIGHT, ":2:");
}

/* The shipped lists load. */
static void
test_shipped(void)
{
    static const VocLang langs[] = {VOC_LANG_FI, VOC_LANG_EN};
    for (gsize i = 0; i < G_N_ELEMENTS(langs); i++) {
        VocWords *words = voc_words_new(model);
        g_autoptr(VocLexicon) lexicon = voc_lexicon_new(langs[i], words);
        g_autoptr(GError) error = NULL;
        voc_lexicon_load_language(lexicon, TEST_SOURCE_DIR, VOC_LISTS_ALL, &error);
        g_assert_no_error(error);
        voc_lexicon_freeze(lexicon);
        g_assert_cmpuint(voc_lexicon_size(lexicon), >, 1000);
        voc_words_free(words);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    model = voc_word_model_load(TEST_SOURCE_DIR, VOC_MORPHOLOGY_SNOWBALL, NULL, &error);
    g_assert_no_error(error);
    g_test_add_func("/lexicon/entries", test_entries);
    g_test_add_func("/lexicon/rules", test_rules);
    g_test_add_func("/lexicon/after-settling", test_after_settling);
    g_test_add_func("/lexicon/broken", test_broken);
    g_test_add_func("/lexicon/shipped", test_shipped);
    int result = g_test_run();
    voc_word_model_free(model);
    return result;
}
