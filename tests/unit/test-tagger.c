#include <glib/gstdio.h>

#include "lexicon/tagger.h"
#include "padded.h"

static VocWordModel *model;

static gboolean
load(VocCues *cues, const char *rows, GError **error)
{
    g_autofree char *path = NULL;
    g_close(g_file_open_tmp("voc-cues-XXXXXX", &path, NULL), NULL);
    g_assert_true(g_file_set_contents(path, rows, -1, NULL));
    gboolean good = voc_cues_load(cues, path, error);
    g_unlink(path);
    return good;
}

/* The hits of `rows` in an English text, as "kind@start-end" with blanks between. */
static char *
hits_of(const char *rows, const char *bytes)
{
    g_auto(Padded) padding = padded(bytes);
    VocWords *words = voc_words_new(model);
    g_autoptr(VocCues) cues = voc_cues_new(VOC_LANG_EN, words);
    g_autoptr(GError) error = NULL;
    voc_cues_load_language(cues, TEST_SOURCE_DIR, FALSE, &error);
    g_assert_no_error(error);
    load(cues, rows, &error);
    g_assert_no_error(error);
    voc_cues_freeze(cues);
    const VocCues *by_lang[VOC_N_LANGS] = {[VOC_LANG_EN] = cues};
    VocTagger *tagger = voc_tagger_new(by_lang, words);
    VocArena arena;
    voc_arena_init(&arena, 0);
    VocText text = *voc_words_read(words, padding.text, &arena);
    text.lang = VOC_LANG_EN;
    guint n;
    const VocCueHit *hits = voc_tagger_tag(tagger, &text, &n);
    GString *seen = g_string_new(NULL);
    for (guint i = 0; i < n; i++)
        g_string_append_printf(seen, "%s%s@%u-%u", i ? " " : "", hits[i].pattern->kind, hits[i].start,
                               hits[i].end);
    voc_tagger_free(tagger);
    voc_words_free(words);
    voc_arena_clear(&arena);
    return g_string_free(seen, FALSE);
}

static void
check(const char *rows, const char *text, const char *expected)
{
    g_autofree char *seen = hits_of(rows, text);
    if (!g_str_equal(seen, expected))
        g_error("'%s' in '%s': '%s', not '%s'", rows, text, seen, expected);
}

static void
test_items(void)
{
    check("c\tk\torder\n", "My orders came", "k@3-9");
    check("c\tk\t=order\n", "My orders came, Order", "k@16-21");
    check("c\tk\tord*\n", "Ordinary", "k@0-8");
    check("c\tk\torder|parcel late\n", "the parcel late", "k@4-15");
    check("c\tk\tNEG come\n", "it didn't come", "k@3-14");
    check("c\tk\tNEG come\n", "it never came", "");
    check("c\tk\twhere _ order\n", "where my order", "k@0-14");
    check("c\tk\twhere _ order\n", "where order", "");
    check("c\tk\twhere ~2 order\n", "where order", "k@0-11");
    check("c\tk\twhere ~2 order\n", "where is my order", "k@0-17");
    check("c\tk\twhere ~2 order\n", "where on earth is order", "");
    check("c\tk\twhere my? order\n", "where order where my order", "k@0-11 k@12-26");
    check("c\tk\torder ~2\n", "order of the day", "k@0-5");
    check("c\tk\t~2 order\n", "the day of order", "k@11-16");
}

static void
test_forbidden(void)
{
    check("c\tk\torder !number\n", "order number", "");
    check("c\tk\torder !number\n", "order the number", "");
    check("c\tk\torder !number\n", "order is the number", "k@0-5");
    check("c\tk\torder !number late\n", "order late number", "");
    check("c\tk\torder !number late\n", "order late", "k@0-10");
    check("c\tk\t!my order\n", "my order", "");
    check("c\tk\t!my order\n", "my big order", "");
    check("c\tk\t!my order\n", "my very big order", "k@12-17");
}

/* A pattern stays in its sentence; marks inside it are passed over. */
static void
test_sentences(void)
{
    check("c\tk\twhere order\n", "Where, order?", "k@0-12");
    check("c\tk\twhere order\n", "Where? Order!", "");
    check("c\tk\torder\n", "Ääkkönen 😀 order", "k@11-16");
    check("c\tk\torder\n", "", "");
    check("cause\tk\tbecause\n", "I left because it was late, and went. Why", "k@7-26");
    check("cause\tk\tbecause\n", "because", "k@0-7");
}

static void
test_overlap(void)
{
    check("c\ta\torder late\nc\tb\tlate\n", "order late", "a@0-10");
    check("c\tb\tlate\nc\ta\torder late\n", "order late", "a@0-10");
    check("c\ta\torder late\nd\tb\tlate\n", "order late", "a@0-10 b@6-10");
    check("c\ta\tlate\nc\tb\torder\n", "order late", "b@0-5 a@6-10");
    check("c\ta\tlate|order\n", "order late", "a@0-5 a@6-10");
}

/* A sentence longer than the window is looked at in pieces; nothing is lost but what lies across a seam. */
static void
test_long(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 5000; i++)
        g_string_append(text, "word ");
    g_string_append(text, "order");
    g_autofree char *seen = hits_of("c\tk\torder\n", text->str);
    g_assert_cmpstr(seen, ==, "k@25000-25005");
}

static void
test_broken(void)
{
    static const char *const BROKEN[] = {"c\tk\t\n",       "c\tk\t_ ~2\n", "c\tk\ta?\n",   "c\tk\t~0 a\n",
                                         "c\tk\t~21 a\n",  "c\tk\t~x a\n", "c\tk\ta||b\n", "c\tk\ta|\n",
                                         "\tk\ta\n",       "c\tk\t!a\n",   "c\n",          "c\tk\t!\n",
                                         "a\tk\tx\n\377\n"};
    for (gsize i = 0; i < G_N_ELEMENTS(BROKEN); i++) {
        VocWords *words = voc_words_new(model);
        g_autoptr(VocCues) cues = voc_cues_new(VOC_LANG_EN, words);
        g_autoptr(GError) error = NULL;
        if (load(cues, BROKEN[i], &error))
            g_error("'%s' was taken", BROKEN[i]);
        g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
        voc_words_free(words);
    }
}

static void
test_shipped(void)
{
    for (VocLang lang = VOC_LANG_FI; lang <= VOC_LANG_EN; lang++) {
        VocWords *words = voc_words_new(model);
        g_autoptr(VocCues) cues = voc_cues_new(lang, words);
        g_autoptr(GError) error = NULL;
        voc_cues_load_language(cues, TEST_SOURCE_DIR, TRUE, &error);
        g_assert_no_error(error);
        g_assert_cmpuint(voc_cues_size(cues), >, 300);
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
    g_test_add_func("/tagger/items", test_items);
    g_test_add_func("/tagger/forbidden", test_forbidden);
    g_test_add_func("/tagger/sentences", test_sentences);
    g_test_add_func("/tagger/overlap", test_overlap);
    g_test_add_func("/tagger/long", test_long);
    g_test_add_func("/tagger/broken", test_broken);
    g_test_add_func("/tagger/shipped", test_shipped);
    int result = g_test_run();
    voc_word_model_free(model);
    return result;
}
