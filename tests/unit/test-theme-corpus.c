/* The corpus: an order of its own, a bounded sample, labels, words of two languages as one; and what is
 * learned from it.
 */
#include "base/arena.h"
#include "theme/discover.h"
#include "theme/learn.h"
#include "theme/update.h"
#include "theme/wording.h"

typedef struct Fixture {
    VocWordModel *model;
    VocWords *words;
    VocArena arena;
} Fixture;

static void
set_up(Fixture *f, gconstpointer data)
{
    (void)data;
    f->model = voc_word_model_load(TEST_SOURCE_DIR, VOC_MORPHOLOGY_SNOWBALL, NULL, NULL);
    g_assert_nonnull(f->model);
    f->words = voc_words_new(f->model);
    voc_arena_init(&f->arena, 0);
}

static void
tear_down(Fixture *f, gconstpointer data)
{
    (void)data;
    voc_words_free(f->words);
    voc_word_model_free(f->model);
    voc_arena_clear(&f->arena);
}

/* Adds a text, with padding behind it; `label` may be NULL. */
static void
add(Fixture *f, VocCorpus *corpus, VocCorpusReader *reader, const char *text, VocLang lang, const char *label)
{
    gsize len = strlen(text);
    char *padded = voc_arena_alloc0(&f->arena, len + 64);
    memcpy(padded, text, len);
    VocText *read = (VocText *)voc_words_read(f->words, voc_slice_of(padded, len), &f->arena);
    guint32 number = label ? voc_corpus_label(corpus, voc_slice_from_string(label)) : 0;
    read->lang = lang;
    voc_corpus_add(reader, read, &number, label != NULL);
}

static const char *const TEXTS[] = {
    "wrong invoice again",         "the invoice was wrong",    "invoice twice, wrong amount",
    "wrong amount on the invoice", "parcel late, no delivery", "delivery of the parcel late",
    "late parcel delivery",        "parcel delivery was late",
};

/* A corpus of its own needs a word table of its own: its annotator comes before the first text. */
static char *
themes_of(Fixture *f, guint from, guint step, guint most)
{
    voc_words_free(f->words);
    f->words = voc_words_new(f->model);
    g_autoptr(VocCorpus) corpus = voc_corpus_new(most);
    g_autoptr(VocCorpusReader) reader = voc_corpus_reader_new(corpus, f->words);
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        add(f, corpus, reader, TEXTS[(from + i * step) % G_N_ELEMENTS(TEXTS)], VOC_LANG_EN, NULL);
    voc_corpus_finish(corpus);
    VocDiscoverSettings settings = {.k = 2};
    g_autoptr(VocThemes) themes = voc_discover(corpus, &settings, NULL);
    g_assert_nonnull(themes);
    voc_themes_write(themes, &out);
    return g_strdup(voc_buffer_string(&out));
}

static void
test_order(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autofree char *first = themes_of(f, 0, 1, 0);
    g_autofree char *second = themes_of(f, 3, 5, 0);

    g_assert_cmpstr(first, ==, second);
    g_assert_nonnull(strstr(first, "name.en = Wrong amount"));
}

static void
test_sample(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autofree char *first = themes_of(f, 0, 1, 7);
    g_autofree char *second = themes_of(f, 7, 3, 7);

    g_assert_cmpstr(first, ==, second);
}

static void
test_copies_and_labels(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(VocCorpus) corpus = voc_corpus_new(0);
    g_autoptr(VocCorpusReader) reader = voc_corpus_reader_new(corpus, f->words);
    add(f, corpus, reader, "same text", VOC_LANG_EN, "zebra");
    add(f, corpus, reader, "same text", VOC_LANG_EN, "apple");
    add(f, corpus, reader, "same text", VOC_LANG_EN, "zebra");
    add(f, corpus, reader, "another", VOC_LANG_EN, NULL);
    voc_corpus_finish(corpus);

    g_assert_cmpuint(voc_corpus_n_documents(corpus), ==, 2);
    g_assert_cmpuint(voc_corpus_seen(corpus), ==, 4);
    g_assert_cmpuint(voc_corpus_n_labels(corpus), ==, 2);
    g_assert_cmpstr(voc_corpus_label_name(corpus, 0), ==, "apple");
    for (guint i = 0; i < 2; i++) {
        const VocDocument *document = voc_corpus_document(corpus, i);
        gboolean same = strcmp(document->text, "same text") == 0;
        g_assert_cmpuint(document->copies, ==, same ? 3 : 1);
        g_assert_cmpuint(document->n_labels, ==, same ? 2 : 0);
    }
}

static void
test_two_languages(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    g_autoptr(VocCorpus) corpus = voc_corpus_new(0);
    g_autoptr(VocCorpusReader) reader = voc_corpus_reader_new(corpus, f->words);
    VocGlossary *glossary = voc_glossary_load(TEST_SOURCE_DIR "/data/glossary-fi-en.tsv", f->words, &error);
    guint n = 0;
    g_assert_no_error(error);
    g_assert_cmpuint(voc_glossary_size(glossary), >=, 1500);
    voc_corpus_take_glossary(corpus, glossary);
    add(f, corpus, reader, "lasku", VOC_LANG_FI, NULL);
    add(f, corpus, reader, "invoice", VOC_LANG_EN, NULL);
    add(f, corpus, reader, "saippua", VOC_LANG_FI, NULL);
    voc_corpus_finish(corpus);
    guint32 finnish = VOC_NO_TERM, english = VOC_NO_TERM, soap = VOC_NO_TERM;
    for (guint i = 0; i < 3; i++) {
        const VocDocument *document = voc_corpus_document(corpus, i);
        if (strcmp(document->text, "lasku") == 0)
            finnish = document->terms[0];
        else if (strcmp(document->text, "invoice") == 0)
            english = document->terms[0];
        else
            soap = document->terms[0];
    }
    g_assert_cmpuint(voc_corpus_columns(corpus, finnish, &n)[0], ==, english);
    g_assert_cmpuint(n, ==, 1);
    g_assert_cmpuint(voc_corpus_columns(corpus, soap, &n)[0], ==, soap);
    g_autoptr(VocWording) wording = voc_wording_new(corpus);
    g_assert_cmpstr(voc_wording_form(wording, english, VOC_LANG_FI), ==, "lasku");
    g_assert_cmpstr(voc_wording_form(wording, english, VOC_LANG_EN), ==, "invoice");
    g_assert_null(voc_wording_form(wording, english, VOC_LANG_SV));
}

static void
test_learn(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(GError) error = NULL;
    g_autoptr(VocCorpus) corpus = voc_corpus_new(0);
    g_autoptr(VocCorpusReader) reader = voc_corpus_reader_new(corpus, f->words);
    VocThemeLearning settings = {.least = 3};
    for (guint i = 0; i < G_N_ELEMENTS(TEXTS); i++)
        add(f, corpus, reader, TEXTS[i], VOC_LANG_EN, i < 4 ? "Billing" : i < 7 ? "Delivery" : NULL);
    voc_corpus_finish(corpus);
    g_autoptr(VocThemes) themes = voc_themes_learn(corpus, &settings, &error);
    g_assert_no_error(error);
    g_assert_cmpuint(themes->themes->len, ==, 2);
    const VocTheme *billing = voc_themes_find(themes, "billing");
    for (guint r = 0; r < billing->rules->len; r++) {
        const VocThemeRule *rule = &g_array_index(billing->rules, VocThemeRule, r);
        if (strcmp(rule->text, "invoice") == 0)
            g_assert_cmpfloat(rule->weight, >, 0);
        if (strcmp(rule->text, "parcel") == 0)
            g_assert_cmpfloat(rule->weight, <, 0);
    }
    settings.least = 5;
    g_assert_null(voc_themes_learn(corpus, &settings, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_INPUT);
}

/* Twenty billing texts with a new word in a third of them, ten about two other things. */
static void
test_drift(Fixture *f, gconstpointer data)
{
    (void)data;
    g_autoptr(VocCorpus) corpus = voc_corpus_new(0);
    g_autoptr(VocCorpusReader) reader = voc_corpus_reader_new(corpus, f->words);
    g_autoptr(VocThemes) themes = voc_themes_new();
    VocUpdate update;
    voc_theme_add_rule(voc_themes_add(themes, "billing"), VOC_RULE_TERM, "invoice", 1, VOC_LANG_EN);
    for (guint i = 0; i < 20; i++) {
        g_autofree char *text = g_strdup_printf("invoice x%uy %s", i, i % 3 ? "" : "duplicated");
        add(f, corpus, reader, text, VOC_LANG_EN, "billing");
    }
    for (guint i = 0; i < 10; i++) {
        g_autofree char *text = g_strdup_printf("%s z%uz", i % 2 ? "parking garage" : "coffee machine", i);
        add(f, corpus, reader, text, VOC_LANG_EN, NULL);
    }
    voc_corpus_finish(corpus);
    voc_themes_update(themes, corpus, 0, f->words, &update);
    g_assert_cmpuint(update.texts, ==, 30);
    g_assert_cmpuint(update.unexplained, ==, 10);
    g_assert_cmpuint(update.added, ==, 2);
    g_assert_cmpuint(update.drifts->len, ==, 1);
    const VocDrift *drift = &g_array_index(update.drifts, VocDrift, 0);
    g_assert_cmpstr(drift->word, ==, "duplicated");
    g_assert_cmpuint(drift->with, ==, 7);
    g_assert_cmpuint(drift->of, ==, 20);
    const VocTheme *found = g_ptr_array_index(themes->themes, 1);
    g_assert_cmpint(found->state, ==, VOC_THEME_NEW);
    g_assert_cmpstr(voc_theme_get(found, "evidence"), ==, "5 messages");
    voc_update_clear(&update);
}

#define ADD(path, test) g_test_add(path, Fixture, NULL, set_up, test, tear_down)

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    ADD("/theme-corpus/order", test_order);
    ADD("/theme-corpus/sample", test_sample);
    ADD("/theme-corpus/copies-and-labels", test_copies_and_labels);
    ADD("/theme-corpus/two-languages", test_two_languages);
    ADD("/theme-corpus/learn", test_learn);
    ADD("/theme-corpus/drift", test_drift);
    return g_test_run();
}
