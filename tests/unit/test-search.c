/* Searching for words and patterns in records. */
#include "stage/search.h"

#include "padded.h"

static VocJsonReader *reader;
static VocArena arena;

/* What was found, as the texts of the spans with bars between. */
static void
gather(const VocFound *found, gpointer data)
{
    GString *seen = data;
    for (guint i = 0; i < found->n; i++)
        g_string_append_printf(seen, "%s%.*s", seen->len ? "|" : "",
                               (int)(found->spans[i].end - found->spans[i].start),
                               found->text.data + found->spans[i].start);
}

static char *
find(const VocSearchSettings *settings, VocMorphology morphology, const char *text)
{
    g_autoptr(VocContext) context = voc_context_new(TEST_SOURCE_DIR);
    g_autoptr(GError) error = NULL;
    voc_context_set_morphology(context, morphology, NULL);
    g_autoptr(VocSearch) search = voc_search_new(settings, context, &error);
    g_assert_no_error(error);
    VocThread *thread = voc_thread_new(context);
    VocSearcher *searcher = voc_searcher_new(search, thread, &error);
    g_assert_no_error(error);
    g_auto(Padded) line = padded(text);
    VocRecord record;
    const char *reason;
    GString *seen = g_string_new(NULL);
    if (!voc_record_parse(&record, reader, &arena, line.text, &reason))
        g_error("refused: %s", reason);
    g_assert_true(voc_searcher_each(searcher, &record, gather, seen));
    g_assert_cmpint(voc_searcher_test(searcher, &record), ==, seen->len ? VOC_SEARCH_FOUND : VOC_SEARCH_NONE);
    voc_searcher_free(searcher);
    voc_thread_free(thread);
    voc_arena_reset(&arena);
    return g_string_free(seen, FALSE);
}

static void
check_words(const char *word, gboolean parts, VocMorphology morphology, const char *text,
            const char *expected)
{
    const char *words[] = {word, NULL};
    VocSearchSettings settings = {.words = (char **)words, .parts = parts};
    g_autofree char *seen = find(&settings, morphology, text);
    g_assert_cmpstr(seen, ==, expected);
}

static void
test_stems(void)
{
    const VocMorphology stems = VOC_MORPHOLOGY_SNOWBALL;
    check_words("invoice", FALSE, stems, "{\"lang\":\"en\",\"text\":\"Invoices, an INVOICE and voices\"}",
                "Invoices|INVOICE");
    check_words("lasku", FALSE, stems, "{\"lang\":\"fi\",\"text\":\"Laskun (laskut) sähkölasku\"}",
                "Laskun|laskut");
    check_words("slow invoice", FALSE, stems,
                "{\"lang\":\"en\",\"text\":\"slow invoices; slow, invoices slow Invoice.\"}",
                "slow invoices|slow Invoice");
    check_words("invoice", FALSE, stems, "{\"lang\":\"en\",\"subject\":\"Invoice 5\",\"text\":\"no\"}",
                "Invoice");
    /* Escapes in the record do not move the spans. */
    check_words("invoice", FALSE, stems, "{\"lang\":\"en\",\"text\":\"\\u00e4\\n\\\"invoices\\\"\"}",
                "invoices");
    /* Where the language is not known, any will do. */
    check_words("invoice", FALSE, stems, "{\"lang\":\"und\",\"text\":\"invoices 5\"}", "invoices");
    check_words("invoice", FALSE, stems, "{\"text\":\"\"}", "");
    check_words("#lasku", FALSE, stems, "{\"lang\":\"fi\",\"text\":\"laskut #laskut\"}", "laskut|#laskut");
}

static gboolean
has_voikko(void)
{
    g_autoptr(VocContext) context = voc_context_new(TEST_SOURCE_DIR);
    voc_context_set_morphology(context, VOC_MORPHOLOGY_VOIKKO, NULL);
    return voc_context_word_model(context, NULL) != NULL;
}

static void
test_base_forms(void)
{
    const VocMorphology voikko = VOC_MORPHOLOGY_VOIKKO;
    if (!has_voikko()) {
        g_test_skip("Voikko is not there");
        return;
    }
    check_words("laskuttaa", FALSE, voikko,
                "{\"lang\":\"fi\",\"text\":\"Laskutettiin, laskutatte, laskutettu; laskuttaisivatko lasku "
                "laskettu\"}",
                "Laskutettiin|laskutatte|laskutettu|laskuttaisivatko");
    check_words("toimitus", FALSE, voikko,
                "{\"lang\":\"fi\",\"text\":\"toimituksen toimituksissanne toimitusaika\"}",
                "toimituksen|toimituksissanne");
    check_words("huono", FALSE, voikko, "{\"lang\":\"fi\",\"text\":\"huonommin, huonosti, huonoin\"}",
                "huonommin|huonosti|huonoin");
    /* An inflected form finds the others, too. */
    check_words("laskutettiin", FALSE, voikko, "{\"lang\":\"fi\",\"text\":\"laskutamme\"}", "laskutamme");
    check_words("virhe", FALSE, voikko, "{\"lang\":\"fi\",\"text\":\"laskutusvirheestä\"}", "");
    check_words("virhe", TRUE, voikko, "{\"lang\":\"fi\",\"text\":\"laskutusvirheestä virheen virka\"}",
                "laskutusvirheestä|virheen");
    check_words("laskutus virhe", TRUE, voikko, "{\"lang\":\"fi\",\"text\":\"laskutuksen virheet\"}",
                "laskutuksen virheet");
}

static void
check_patterns(const char *const *patterns, const char *const *fields, const char *text, const char *expected)
{
    VocSearchSettings settings = {.patterns = (char **)patterns, .fields = (char **)fields};
    g_autofree char *seen = find(&settings, VOC_MORPHOLOGY_SNOWBALL, text);
    g_assert_cmpstr(seen, ==, expected);
}

static void
test_patterns(void)
{
    static const char *const ONE[] = {"ä+", NULL}, *const TWO[] = {"bc", "abc?", "c", NULL},
                             *const EMPTY[] = {"x*", NULL};
    static const char *const TAGS[] = {"tags", "fields.a", NULL};
    check_patterns(ONE, NULL, "{\"text\":\"ä ää bä\"}", "ä|ää|ä");
    /* Of those that overlap the first, of those that begin together the longest. */
    check_patterns(TWO, NULL, "{\"text\":\"abc c\"}", "abc|c");
    check_patterns(EMPTY, NULL, "{\"text\":\"äxxä\"}", "xx");
    check_patterns(TWO, TAGS, "{\"text\":\"abc\",\"tags\":[\"c\",\"d\"],\"fields\":{\"a\":{\"b\":\"bc\"}}}",
                   "c|bc");
}

/* Of a text that is all finds, a bounded number is told. */
static void
test_many(void)
{
    static const char *const ANY[] = {".", NULL};
    VocSearchSettings settings = {.patterns = (char **)ANY};
    GString *text = g_string_new("{\"text\":\"");
    for (guint i = 0; i < 3 * VOC_SEARCH_FINDS; i++)
        g_string_append_c(text, 'a');
    g_string_append(text, "\"}");
    g_autofree char *seen = find(&settings, VOC_MORPHOLOGY_SNOWBALL, text->str);
    g_assert_cmpuint(strlen(seen), ==, 2 * VOC_SEARCH_FINDS - 1);
    g_string_free(text, TRUE);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    reader = voc_json_reader_new();
    voc_arena_init(&arena, 0);
    g_test_add_func("/search/stems", test_stems);
    g_test_add_func("/search/base-forms", test_base_forms);
    g_test_add_func("/search/patterns", test_patterns);
    g_test_add_func("/search/many", test_many);
    int failed = g_test_run();
    voc_arena_clear(&arena);
    voc_json_reader_free(reader);
    return failed;
}
