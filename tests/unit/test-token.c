#include "text/token.h"

static VocArena arena;

/* The tokens of `chunk` as "kind text" with a bar between them. */
static char *
tokens(const char *chunk)
{
    static const char *const kinds[] = {"word",  "number",  "emoji", "face",  "url",
                                        "email", "mention", "tag",   "punct", "mask"};
    guint n;
    VocRawToken *found = voc_tokenize(voc_slice_from_string(chunk), &arena, &n);
    GString *seen = g_string_new(NULL);
    for (guint i = 0; i < n; i++)
        g_string_append_printf(seen, "%s%s %.*s", i ? "|" : "", kinds[found[i].kind], (int)found[i].len,
                               chunk + found[i].start);
    return g_string_free(seen, FALSE);
}

static void
check(const char *chunk, const char *expected)
{
    g_autofree char *seen = tokens(chunk);
    g_assert_cmpstr(seen, ==, expected);
}

static void
test_words(void)
{
    check("", "");
    check("laskutus", "word laskutus");
    check("hyvää,", "word hyvää|punct ,");
    check("\"Ei!\"", "punct \"|word Ei|punct !\"");
    check("e-lasku", "word e-lasku");
    check("toimitus-", "word toimitus|punct -");
    check("EU:n", "word EU:n");
    check("don't", "word don't");
    check("don’t", "word don’t");
    check("vaa'an", "word vaa'an");
    check("ja/tai", "word ja|punct /|word tai");
    check("(ks.liite)", "punct (|word ks|punct .|word liite|punct )");
    check("kyllä...ei", "word kyllä|punct ...|word ei");
    check("A\314\210iti", "word A\314\210iti"); /* combining diaeresis */
    check("lasku\302\255tus", "word lasku\302\255tus");
    check("hyvä\302\240palvelu", "word hyvä|word palvelu");
    check("ÄÄKKÖSET", "word ÄÄKKÖSET");
    check("тест", "word тест");
}

static void
test_masks(void)
{
    check("[HETU]", "mask [HETU]");
    check("([NAME-ABCDEFGH]),", "punct (|mask [NAME-ABCDEFGH]|punct ),");
    check("[BUSINESS-ID]/[PHONE]", "mask [BUSINESS-ID]|punct /|mask [PHONE]");
    check("[OK]", "punct [|word OK|punct ]");
    check("[NAME", "punct [|word NAME");
    check("[Nimi]", "punct [|word Nimi|punct ]");
}

static void
test_numbers(void)
{
    check("12", "number 12");
    check("3,50", "number 3,50");
    check("12kk", "number 12kk");
    check("50€", "number 50€");
    check("20%", "number 20%");
    check("1.2.2026", "number 1.2.2026");
    check("15:30", "number 15:30");
    check("5.", "number 5|punct .");
    check("0401234567", "number 0401234567");
    check("1000,", "number 1000|punct ,");
}

static void
test_addresses(void)
{
    check("matti.virtanen@example.fi", "email matti.virtanen@example.fi");
    check("<a.b+c@example.co.uk>,", "punct <|email a.b+c@example.co.uk|punct >,");
    check("a@b", "word a|mention @b");
    check("https://example.fi/a?b=c#d.", "url https://example.fi/a?b=c#d|punct .");
    check("(www.example.fi)", "punct (|url www.example.fi|punct )");
    check("http://", "word http|punct ://");
    check("@asiakaspalvelu", "mention @asiakaspalvelu");
    check("#postilakko!", "tag #postilakko|punct !");
    check("@", "punct @");
    check("#", "punct #");
}

static void
test_pictures(void)
{
    check("😀", "emoji 😀");
    check("😀😡", "emoji 😀|emoji 😡");
    check("hyvä👍🏽!", "word hyvä|emoji 👍🏽|punct !");
    check("👩‍👩‍👧‍👦", "emoji 👩‍👩‍👧‍👦");
    check("❤️", "emoji ❤️");
    check("🇫🇮🇸🇪", "emoji 🇫🇮|emoji 🇸🇪");
    check(":)", "face :)");
    check(":-(", "face :-(");
    check(":D", "face :D");
    check(";-)", "face ;-)");
    check(":)))", "face :)))");
    check("<3", "face <3");
    check("kiva:)", "word kiva|face :)");
    check("klo:D2", "word klo|punct :|word D2");
    check("8)", "number 8|punct )");
    check("xD", "face xD");
    check("xDxD", "word xDxD");
}

static guint
flags_of(const char *chunk, guint token)
{
    guint n;
    VocRawToken *found = voc_tokenize(voc_slice_from_string(chunk), &arena, &n);
    g_assert_cmpuint(token, <, n);
    return found[token].flags;
}

static void
test_flags(void)
{
    g_assert_cmpuint(flags_of("HUONO", 0), ==, VOC_TOKEN_CAPS | VOC_TOKEN_TITLE);
    g_assert_cmpuint(flags_of("Huono", 0), ==, VOC_TOKEN_TITLE);
    g_assert_cmpuint(flags_of("Ä", 0), ==, VOC_TOKEN_TITLE);
    g_assert_cmpuint(flags_of("huono", 0), ==, 0);
    g_assert_cmpuint(flags_of("hyväääää", 0), ==, VOC_TOKEN_ELONGATED);
    g_assert_cmpuint(flags_of("hyvää", 0), ==, 0);
    g_assert_cmpuint(flags_of("SOOOO", 0), ==, VOC_TOKEN_ELONGATED | VOC_TOKEN_CAPS | VOC_TOKEN_TITLE);
    g_assert_cmpuint(flags_of("toimitus-", 0) & VOC_TOKEN_HYPHEN, ==, VOC_TOKEN_HYPHEN);
    g_assert_cmpuint(flags_of("ei!", 1), ==, VOC_TOKEN_END | VOC_TOKEN_EXCLAIM);
    g_assert_cmpuint(flags_of("ei?!", 1), ==, VOC_TOKEN_END | VOC_TOKEN_EXCLAIM | VOC_TOKEN_QUESTION);
    g_assert_cmpuint(flags_of("ei.", 1), ==, VOC_TOKEN_END);
    g_assert_cmpuint(flags_of("ei…", 1), ==, VOC_TOKEN_END);
    g_assert_cmpuint(flags_of("ei,", 1), ==, VOC_TOKEN_COMMA);
    g_assert_cmpuint(flags_of("–", 0) & VOC_TOKEN_COMMA, ==, VOC_TOKEN_COMMA);
}

/* Whatever the characters: tokens stand in order, on characters, and their code points are counted right. */
static void
test_anything(void)
{
    static const char *const pieces[] = {
        "a", "Ä",    "ö",       "1", "9",  ".", ",",      "-",      "'",      ":",      ")", "(", "@",
        "#", "!",    "?",       "/", "<3", "😀", "🏽",   "\u200d", "\u00a0", "\u0308", "€", "%", "x",
        "D", "www.", "http://", "🇫", "🇮",  "…", "\u00ad", "\ufeff", "_",      "\\",     "8", "日"};
    for (int round = 0; round < 20000; round++) {
        g_autoptr(GString) chunk = g_string_new(NULL);
        for (int k = g_test_rand_int_range(0, 14); k > 0; k--)
            g_string_append(chunk, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
        /* A copy of its own size: a sanitizer sees a read beyond. */
        g_autofree char *copy = g_memdup2(chunk->str, chunk->len);
        guint n, end = 0;
        VocRawToken *found = voc_tokenize(voc_slice_of(copy, chunk->len), &arena, &n);
        for (guint i = 0; i < n; i++) {
            const char *at = chunk->str + found[i].start;
            g_assert_cmpuint(found[i].len, >, 0);
            g_assert_cmpuint(found[i].start, >=, end);
            end = (guint)found[i].start + found[i].len;
            g_assert_cmpuint(end, <=, chunk->len);
            g_assert_true(g_utf8_validate(at, found[i].len, NULL));
            g_assert_cmpint(found[i].cp_start, ==, g_utf8_pointer_to_offset(chunk->str, at));
            g_assert_cmpint(found[i].cp_len, ==, g_utf8_strlen(at, found[i].len));
        }
        voc_arena_reset(&arena);
    }
}

static void
test_longest_chunk(void)
{
    g_autofree char *plain = g_strnfill(VOC_CHUNK_MAX, 'a');
    g_autofree char *marks = g_strnfill(VOC_CHUNK_MAX, '.');
    guint n;
    g_assert_cmpuint(voc_tokenize(voc_slice_from_string(plain), &arena, &n)[0].len, ==, VOC_CHUNK_MAX);
    g_assert_cmpuint(voc_tokenize(voc_slice_from_string(marks), &arena, &n)[0].len, ==, VOC_CHUNK_MAX);
    g_assert_cmpuint(n, ==, 1);
}

static void
check_fold(const char *word, const char *expected)
{
    VocSlice folded = voc_text_fold(voc_slice_from_string(word), &arena);
    g_autofree char *seen = voc_slice_dup(folded);
    g_assert_cmpstr(seen, ==, expected);
}

static void
test_fold(void)
{
    check_fold("", "");
    check_fold("TYYTYMÄTÖN", "tyytymätön");
    check_fold("A\314\210iti", "äiti");
    check_fold("Don’t", "don't");
    check_fold("don`t", "don't");
    check_fold("E‑lasku", "e-lasku");
    check_fold("lasku\302\255tus", "laskutus");
    check_fold("Straße", "strasse");
    check_fold("\u200d", "");
    check_fold("ﬁnland", "finland");
}

static void
check_shorten(const char *word, guint keep, const char *expected)
{
    g_autofree char *seen = voc_slice_dup(voc_text_shorten(voc_slice_from_string(word), keep, &arena));
    g_assert_cmpstr(seen, ==, expected);
}

static void
test_shorten(void)
{
    check_shorten("hyväääää", 2, "hyvää");
    check_shorten("hyväääää", 1, "hyvä");
    check_shorten("soooo", 1, "so");
    check_shorten("saa", 1, "saa");
    check_shorten("", 1, "");
    check_shorten("aaa", 2, "aa");
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    voc_arena_init(&arena, 0);
    g_test_add_func("/token/words", test_words);
    g_test_add_func("/token/numbers", test_numbers);
    g_test_add_func("/token/masks", test_masks);
    g_test_add_func("/token/addresses", test_addresses);
    g_test_add_func("/token/pictures", test_pictures);
    g_test_add_func("/token/flags", test_flags);
    g_test_add_func("/token/anything", test_anything);
    g_test_add_func("/token/longest-chunk", test_longest_chunk);
    g_test_add_func("/token/fold", test_fold);
    g_test_add_func("/token/shorten", test_shorten);
    int result = g_test_run();
    voc_arena_clear(&arena);
    return result;
}
