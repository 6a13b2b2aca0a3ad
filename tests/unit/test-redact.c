/* Personal data: the checks of numbers, the forms of names, and made values of every kind in sentences. */
#include "base/tsv.h"
#include "io/json.h"
#include "text/checks.h"
#include "text/name-forms.h"
#include "text/redact.h"

static VocRedactRules *rules;
static VocPhrases *phrases;
static VocRedactor *redactor;

typedef gsize (*Check)(VocSlice text);

static void
accept(Check check, const char *const *values)
{
    for (; *values; values++)
        g_assert_cmpuint(check(voc_slice_from_string(*values)), ==, strlen(*values));
}

static void
refuse(Check check, const char *const *values)
{
    for (; *values; values++)
        g_assert_cmpuint(check(voc_slice_from_string(*values)), ==, 0);
}

#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

/* The code in the decree's own example, and its kin with other signs: the check character does not count
 * them. */
static void
test_hetu(void)
{
    accept(voc_check_hetu, LIST("131052-308T", "131052+308T", "131052A308T", "131052b308t", "131052F308T",
                                "131052Y308T", "131052U308T", "290200A002C", "131052 -308T"));
    refuse(voc_check_hetu, LIST("131052-308U", "311152-308T", "290201A002D", "131052G308T", "131052Z308T",
                                "131052-001A", "131052-308", "131052-3080T", "001052-308T", "131352-308T"));
}

static void
test_iban(void)
{
    accept(voc_check_iban, LIST("FI2112345600000785", "FI21 1234 5600 0007 85", "GB82 WEST 1234 5698 7654 32",
                                "DE89370400440532013000", "fi2112345600000785"));
    refuse(voc_check_iban, LIST("FI2112345600000786", "FI21123456000007", "XX2112345600000785",
                                "FI21 1234 5600 0007 851", "FI"));
    g_assert_cmpuint(voc_check_iban(VOC_SLICE("FI2112345600000785 ja")), ==, 18);
}

static void
test_card(void)
{
    accept(voc_check_card, LIST("4111111111111111", "4111 1111 1111 1111", "5555-5555-5555-4444",
                                "378282246310005", "6011111111111117", "30569309025904"));
    refuse(voc_check_card,
           LIST("4111111111111112", "7111111111111119", "411111111111111", "1234567812345670"));
}

static void
test_business(void)
{
    accept(voc_check_business, LIST("1572860-0", "FI15728600", "0112038-9"));
    refuse(voc_check_business, LIST("1572860-1", "0000000-0", "157286-0", "15728600-0"));
}

static void
test_phone(void)
{
    accept(voc_check_phone_fi,
           LIST("040 123 4567", "0401234567", "(09) 123 456", "013-123456", "0800 123 456"));
    refuse(voc_check_phone_fi,
           LIST("000 123 4567", "1234567", "040 12", "0401 2345 6789 012", "090 123 456"));
    accept(voc_check_phone, LIST("+358 40 123 4567", "+358 (0)40 123 4567", "00358401234567",
                                 "+46 70 123 45 67", "+1 212 555 0123"));
    refuse(voc_check_phone, LIST("+999 123 456 789", "+1 123 555 0123", "+358 00 123 4567", "0012"));
}

static void
test_url(void)
{
    accept(voc_check_secret_url, LIST("https://x.example/reset?token=abc123", "https://user:pass@x.example/",
                                      "https://x.example/t/aB3dE6gH9kL2mN5p"));
    refuse(voc_check_secret_url,
           LIST("https://x.example/ohje", "https://x.example/haku?q=reititin&sivu=2", "www.x.example"));
    g_assert_cmpuint(voc_check_secret_url(VOC_SLICE("https://x.example/?sid=7).")), ==, 24);
}

static void
test_forms(void)
{
    static const char *const SAME[][2] = {
        {"Virtanen", "Virtasen"}, {"Virtanen", "Virtaselle"}, {"Virtanen", "Virtasta"},
        {"Pekka", "Pekan"},       {"Pekka", "Pekalta"},       {"Pekka", "Pekkaa"},
        {"Mäki", "Mäen"},         {"Lahti", "Lahdelle"},      {"Rinne", "Rinteen"},
        {"Rinne", "Rinteellä"},   {"Markus", "Markuksen"},    {"Tuomas", "Tuomaan"},
        {"Erik", "Erikin"},       {"Tom", "Tommin"},          {"Niemi", "Niemeltä"},
        {"Heikki", "Heikinkin"},  {"Virve", "Virveä"},        {"meikalainen", "Meikäläisen"},
        {"VIRTANEN", "Virtasen"}, {"Foster", "Fosters"},      {"Aalto", "Aallosta"},
        {"Lehto", "Lehtoon"}};
    static const char *const OTHER[][2] = {
        {"Aki", "Aina"},     {"Maija", "Maijala"},  {"Virtanen", "Virta"}, {"Tuomi", "Tuomioja"},
        {"Aho", "Ahonen"},   {"Matti", "Mattila"},  {"Elina", "Elämä"},    {"Ville", "Villasukka"},
        {"Kari", "Karjala"}, {"Mäkinen", "Mäkelä"}, {"Oli", "Olivat"}};
    for (gsize i = 0; i < G_N_ELEMENTS(SAME); i++)
        g_assert_true(voc_name_matches(voc_slice_from_string(SAME[i][0]), voc_slice_from_string(SAME[i][1])));
    for (gsize i = 0; i < G_N_ELEMENTS(OTHER); i++)
        g_assert_false(
            voc_name_matches(voc_slice_from_string(OTHER[i][0]), voc_slice_from_string(OTHER[i][1])));
}

/* --- sentences --- */

/* The text with every find replaced by its mask. */
static char *
masked(VocSlice text, VocSlice author)
{
    VocRedactHints hints = {TRUE, FALSE, author, &author, author.len ? 1 : 0};
    GString *out = g_string_new(NULL);
    gsize at = 0;
    guint n;
    gboolean gave_up = FALSE;
    const VocPersonal *found = voc_redactor_find(redactor, text, &hints, &n, &gave_up);
    g_assert_false(gave_up);
    for (guint i = 0; i < n; i++) {
        g_assert_cmpuint(found[i].start, >=, at);
        g_string_append_len(out, text.data + at, (gssize)(found[i].start - at));
        g_string_append(out, voc_redact_mask(rules, found[i].kind));
        at = found[i].end;
    }
    g_string_append_len(out, text.data + at, (gssize)(text.len - at));
    return g_string_free(out, FALSE);
}

static void
test_sample(void)
{
    g_auto(VocTsv) tsv = {0};
    VocArena arena;
    guint n = 0, wrong = 0;
    voc_arena_init(&arena, 0);
    g_assert_true(voc_tsv_open(&tsv, TEST_SOURCE_DIR "/tests/eval/redact/sample.tsv", NULL));
    while (voc_tsv_next(&tsv)) {
        g_assert_cmpuint(tsv.n, ==, 3);
        VocSlice text = voc_json_unquote(tsv.cell[0], &arena),
                 expected = voc_json_unquote(tsv.cell[2], &arena);
        VocSlice author = voc_slice_equal_string(tsv.cell[1], "-") ? VOC_SLICE_NONE : tsv.cell[1];
        g_autofree char *actual = masked(text, author);
        n++;
        if (voc_slice_equal_string(expected, actual))
            continue;
        wrong++;
        g_test_message("line %u: %s", tsv.line, actual);
    }
    voc_arena_clear(&arena);
    g_test_message("%u of %u sentences as they must be", n - wrong, n);
    g_assert_cmpuint(n, ==, 1000);
    g_assert_cmpuint(wrong * 100, <=, n);
}

static void
check(const char *text, const char *author, const char *expected)
{
    g_autofree char *actual =
        masked(voc_slice_from_string(text), voc_slice_from_string(author ? author : ""));
    g_assert_cmpstr(actual, ==, expected);
}

static void
test_letters(void)
{
    check("Hei Sanna kulta, tule käymään.", NULL, "Hei [NAME] kulta, tule käymään.");
    check("Kiitos!\nT. Maija M.", NULL, "Kiitos!\nT. [NAME]");
    check("Asia: 131052-308T/040 123 4567, maija@esimerkki.fi.", NULL, "Asia: [HETU]/[PHONE], [EMAIL].");
    check("Maijan tilaus, Meikäläisellekin kerrottu.", "Meikäläinen, Maija",
          "[NAME] tilaus, [NAME] kerrottu.");
    check("Toivon vastausta. Toivo", "Toivo Lahti", "Toivon vastausta. [NAME]");
    check("[HETU] ja [NAME]", NULL, "[HETU] ja [NAME]");
    check("Asentaja Pekka Virtanen oli mukava, asentaja Helsingistä ei.", NULL,
          "Asentaja [NAME] oli mukava, asentaja Helsingistä ei.");
    check("Mr. Smith and Dr. Manuj K. Nangia; rouva Virtanen soitti.", NULL,
          "Mr. [NAME] and Dr. [NAME]; rouva [NAME] soitti.");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    rules = voc_redact_rules_load(TEST_SOURCE_DIR "/data/redact.tsv", NULL, NULL, &error);
    g_assert_no_error(error);
    phrases = voc_phrases_load(TEST_SOURCE_DIR "/data/quotes.tsv", &error);
    g_assert_no_error(error);
    redactor = voc_redactor_new(rules, phrases);
    g_test_add_func("/redact/hetu", test_hetu);
    g_test_add_func("/redact/iban", test_iban);
    g_test_add_func("/redact/card", test_card);
    g_test_add_func("/redact/business-id", test_business);
    g_test_add_func("/redact/phone", test_phone);
    g_test_add_func("/redact/url", test_url);
    g_test_add_func("/redact/forms", test_forms);
    g_test_add_func("/redact/sample", test_sample);
    g_test_add_func("/redact/letters", test_letters);
    int status = g_test_run();
    voc_redactor_free(redactor);
    voc_redact_rules_free(rules);
    voc_phrases_free(phrases);
    return status;
}
