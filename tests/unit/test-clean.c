/* The parts of cleaning: Unicode, what is HTML, where pieces stood, copies. */
#include "stage/clean-text.h"
#include "text/duplicates.h"
#include "text/features.h"
#include "text/markup-guess.h"
#include "text/tidy.h"
#include "text/token.h"

static void
check_tidy(const char *text, const char *tidy, guint done)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    g_auto(VocOrigin) origin = {0};
    VocSlice whole = voc_slice_from_string(text);
    voc_buffer_add_literal(&out, "x");
    g_assert_cmpuint(voc_text_tidy(whole, voc_text_features(whole), &out, &origin), ==, done);
    g_assert_cmpstr(voc_buffer_string(&out) + 1, ==, done ? tidy : "");
    g_assert_cmpuint(voc_origin_of(&origin, done ? out.len - 1 : whole.len), <=, whole.len);
}

static void
test_tidy(void)
{
    check_tidy("", "", 0);
    check_tidy("Hyvää päivää\t1\n2 – ”kyllä” 👍🏽 👩‍👧", "", 0);
    check_tidy("va\xCC\x88"
               "a\xCC\x88rin",
               "väärin", VOC_TIDY_COMPOSED);
    check_tidy("\xE2\x84\xAB", "Å", VOC_TIDY_COMPOSED); /* the ångström sign */
    check_tidy("a\r\nb\rc\xE2\x80\xA8"
               "d\x0C"
               "e",
               "a\nb\nc\nd\ne", VOC_TIDY_CONTROLS);
    check_tidy("a\x01\x1B[31mb\x7F\xC2\x9B", "a[31mb", VOC_TIDY_CONTROLS);
    check_tidy("\xEF\xBB\xBFsa\xC2\xADna\xE2\x80\x8B\xE2\x80\xAEx", "sanax", VOC_TIDY_CONTROLS);
    check_tidy("\u200Ba\u0308", "ä", VOC_TIDY_CONTROLS | VOC_TIDY_COMPOSED);
    /* A mark that has nothing to join with stays, so does one that cannot. */
    check_tidy("q\xCC\x88", "", 0);
}

static void
test_origin(void)
{
    g_auto(VocOrigin) origin = {0};
    g_assert_cmpuint(voc_origin_of(&origin, 7), ==, 7);
    voc_origin_add(&origin, 3, 5);
    voc_origin_add(&origin, 6, 18);
    voc_origin_add(&origin, 6, 19);
    g_assert_cmpuint(voc_origin_of(&origin, 0), ==, 0);
    g_assert_cmpuint(voc_origin_of(&origin, 3), ==, 5);
    g_assert_cmpuint(voc_origin_of(&origin, 5), ==, 7);
    g_assert_cmpuint(voc_origin_of(&origin, 6), ==, 19);
    g_assert_cmpuint(voc_origin_of(&origin, 8), ==, 21);
    voc_origin_reset(&origin);
    g_assert_cmpuint(voc_origin_of(&origin, 7), ==, 7);
}

static void
test_guess(void)
{
    static const struct {
        const char *text;
        VocMarkup markup;
    } TEXTS[] = {
        {"", VOC_MARKUP_NONE},
        {"a < b ja <3", VOC_MARKUP_NONE},
        {"Täytä <nimi> ja <osoite> tähän", VOC_MARKUP_NONE},
        {"Maija <maija@posti.example> kirjoitti", VOC_MARKUP_NONE},
        {"<https://kauppa.example/a>", VOC_MARKUP_NONE},
        {"laitoin <b> sivulle", VOC_MARKUP_NONE},
        {"R&D; AT&T & muut &", VOC_MARKUP_NONE},
        {"Hyv&auml;&auml;", VOC_MARKUP_REFERENCES},
        {"5 &lt; 6 &#8364;", VOC_MARKUP_REFERENCES},
        {"<p>Hei", VOC_MARKUP_HTML},
        {"Hei<br>sitten", VOC_MARKUP_HTML},
        {"Hei<br/>sitten", VOC_MARKUP_HTML},
        {"<b>Hei</b>", VOC_MARKUP_HTML},
        {"katso <a href=\"https://x.example\">tästä", VOC_MARKUP_HTML},
        {"  <!DOCTYPE html><html>", VOC_MARKUP_HTML},
        {"<div", VOC_MARKUP_NONE},
        {"<DIV CLASS=x>a", VOC_MARKUP_HTML},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(TEXTS); i++) {
        VocSlice text = voc_slice_from_string(TEXTS[i].text);
        g_test_message("%s", TEXTS[i].text);
        g_assert_cmpint(voc_markup_guess(text, voc_text_features(text)), ==, TEXTS[i].markup);
    }
}

/* Cleans, and checks each span: what stands there in the old text, without white space at its ends. */
static void
check_clean(const char *text, const char *left, const char *const *spans)
{
    g_autoptr(VocPhrases) phrases = voc_phrases_load(TEST_SOURCE_DIR "/data/quotes.tsv", NULL);
    VocCleaner *cleaner = voc_cleaner_new(phrases);
    VocQuoteHints hints = {.mail = TRUE};
    VocCleaned cleaned;
    g_assert_true(voc_cleaner_clean(cleaner, voc_slice_from_string(text), &hints, 0, &cleaned));
    g_autofree char *made = voc_slice_dup(cleaned.text);
    g_assert_cmpstr(made, ==, left);
    g_assert_cmpuint(cleaned.length, ==, (gsize)g_utf8_strlen(text, -1));
    for (guint i = 0; i < cleaned.cuts->len; i++) {
        const VocCleanCut *cut = &g_array_index(cleaned.cuts, VocCleanCut, i);
        g_assert_nonnull(spans[i]);
        g_assert_cmpuint(cut->end, <=, cleaned.length);
        g_autofree char *piece = g_utf8_substring(text, (glong)cut->start, (glong)cut->end);
        g_assert_cmpstr(g_strstrip(piece), ==, spans[i]);
    }
    g_assert_null(spans[cleaned.cuts->len]);
    voc_cleaner_free(cleaner);
}

#define SPANS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void
test_spans(void)
{
    check_clean("Ähää\n\nTerv. Åke\n\nke 8.1.2025 klo 9.15 N <a@b.example> kirjoitti:\n> öö\n", "Ähää",
                SPANS("Terv. Åke", "ke 8.1.2025 klo 9.15 N <a@b.example> kirjoitti:\n> öö"));
    check_clean("> äää\r\n\r\nJoo.\r\n\r\n> ö\r\n\r\nEi.\r\n", "Joo.\n\nEi.", SPANS("> äää", "> ö"));
    check_clean("a\u0308iti\u200B.\n\n> b\u0308\u0308\n", "äiti.", SPANS("> b\u0308\u0308"));
    check_clean("<p>Hyv&auml;&auml;.</p><blockquote>van<b>ha</b></blockquote><p>Uusi</p>", "Hyvää.\n\nUusi",
                SPANS("van<b>ha</b></blockquote><p>"));
    check_clean("&auml;&auml;\n&gt; &ouml;\n&gt; b\nuusi &lt;3", "ää\nuusi <3", SPANS("&gt; &ouml;\n&gt; b"));
    check_clean("<p>Toimii.</p><p>Lähetetty iPhonesta</p>", "Toimii.", SPANS("Lähetetty iPhonesta</p>"));
}

/* --- copies --- */

static const char *
find(VocDuplicates *duplicates, const char *text, const char *id, double *similarity)
{
    g_auto(VocBuffer) scratch = VOC_BUFFER_INIT;
    VocSignature signature;
    voc_signature_make(voc_slice_from_string(text), &scratch, &signature);
    return voc_duplicates_find(duplicates, g_str_hash(id), &signature, voc_slice_from_string(id), similarity);
}

#define LONG                                                                                                 \
    "Tilasin teiltä kolme viikkoa sitten pesukoneen ja se on edelleen tulematta, vaikka lupasitte sen "     \
    "viime maanantaiksi"

static void
test_copies(void)
{
    g_autoptr(VocDuplicates) duplicates = voc_duplicates_new(&VOC_DUPLICATE_RULES);
    double similarity;
    g_assert_null(find(duplicates, LONG ".", "a", &similarity));
    g_assert_cmpstr(find(duplicates, LONG ".", "b", &similarity), ==, "a");
    g_assert_cmpfloat(similarity, ==, 1);
    g_assert_cmpstr(find(duplicates, LONG "!!", "c", &similarity), ==, "a");
    g_assert_cmpfloat(similarity, >, 0.9);
    g_assert_null(find(duplicates,
                       "Tilasin teiltä viime viikolla kuivausrummun ja se tuli jo maanantaina, kiitos siitä!",
                       "d", &similarity));
    /* The same id is the same message. */
    g_assert_cmpstr(find(duplicates, "Aivan muuta asiaa", "a", &similarity), ==, "a");
    /* What many write says nothing. */
    g_assert_null(find(duplicates, "Kiitos!", "e", &similarity));
    g_assert_null(find(duplicates, "Kiitos!", "f", &similarity));
    g_assert_null(find(duplicates, "", "g", &similarity));
    g_assert_null(find(duplicates, "", "h", &similarity));
    g_assert_null(find(duplicates, "Lasku on väärin", "i", &similarity));
    g_assert_cmpstr(find(duplicates, "LASKU on väärin", "j", &similarity), ==, "i");
    g_assert_null(find(duplicates, "Lasku oli väärin", "k", &similarity));
}

/* A text of `n` random words. */
static void
random_words(GRand *rand, guint n, GPtrArray *words)
{
    g_ptr_array_set_size(words, 0);
    for (guint i = 0; i < n; i++) {
        char word[12];
        int len = g_rand_int_range(rand, 2, 10);
        for (int k = 0; k < len; k++)
            word[k] = (char)('a' + g_rand_int_range(rand, 0, 26));
        word[len] = 0;
        g_ptr_array_add(words, g_strdup(word));
    }
}

static char *
join(GPtrArray *words)
{
    GString *text = g_string_new(NULL);
    for (guint i = 0; i < words->len; i++)
        g_string_append_printf(text, "%s ", (const char *)words->pdata[i]);
    return g_string_free(text, FALSE);
}

/* Of texts with one word of forty changed nearly all are found, of unrelated ones none. */
static void
test_near_copies(void)
{
    g_autoptr(VocDuplicates) duplicates = voc_duplicates_new(&VOC_DUPLICATE_RULES);
    g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
    GRand *rand = g_rand_new_with_seed(1);
    guint found = 0, wrong = 0;
    for (guint i = 0; i < 1000; i++) {
        g_autofree char *id = g_strdup_printf("first-%u", i), *copy = g_strdup_printf("copy-%u", i);
        double similarity;
        random_words(rand, 40, words);
        g_autofree char *text = join(words);
        wrong += find(duplicates, text, id, &similarity) != NULL;
        g_free(words->pdata[i % 40]);
        words->pdata[i % 40] = g_strdup("muu");
        g_autofree char *changed = join(words);
        const char *first = find(duplicates, changed, copy, &similarity);
        found += first && strcmp(first, id) == 0;
    }
    g_assert_cmpuint(wrong, ==, 0);
    g_assert_cmpuint(found, >=, 980);
    g_rand_free(rand);
}

static void
test_memory_is_bounded(void)
{
    VocDuplicateRules rules = VOC_DUPLICATE_RULES;
    rules.capacity = 3000;
    g_autoptr(VocDuplicates) duplicates = voc_duplicates_new(&rules);
    guint found = 0;
    double similarity;
    for (guint i = 0; i < 20000; i++) {
        g_autofree char *text = g_strdup_printf("viesti numero %u on tässä", i),
                        *id = g_strdup_printf("m%u", i);
        g_assert_null(find(duplicates, text, id, &similarity));
    }
    for (guint i = 18500; i < 20000; i++) {
        g_autofree char *text = g_strdup_printf("viesti numero %u on tässä", i),
                        *id = g_strdup_printf("m%u", i);
        g_autofree char *again = g_strdup_printf("n%u", i);
        const char *first = find(duplicates, text, again, &similarity);
        found += first && strcmp(first, id) == 0;
    }
    g_assert_cmpuint(found, >=, 1470); /* a group of places may be full of younger ones */
    g_assert_null(find(duplicates, "viesti numero 5 on tässä", "uusi", &similarity));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/clean/tidy", test_tidy);
    g_test_add_func("/clean/origin", test_origin);
    g_test_add_func("/clean/markup-guess", test_guess);
    g_test_add_func("/clean/spans", test_spans);
    g_test_add_func("/clean/copies", test_copies);
    g_test_add_func("/clean/near-copies", test_near_copies);
    g_test_add_func("/clean/bounded", test_memory_is_bounded);
    return g_test_run();
}
