#include "text/words.h"

#include "padded.h"

static VocWordModel *model;

static Padded
space_padded(const char *bytes, gsize len)
{
    Padded text = padded_bytes(bytes, len);
    memset(text.memory + len, g_test_rand_bit() ? 'x' : ' ', VOC_PADDING);
    return text;
}

/* What voc_words_read() must find, the slow way. */
static void
check_chunks(const VocText *read, VocSlice text)
{
    guint n = 0;
    gsize at = 0, before = 0;
    while (at < text.len) {
        if ((guchar)text.data[at] <= 0x20) {
            at++;
            continue;
        }
        gboolean newline = FALSE;
        for (gsize i = before; i < at; i++)
            newline |= text.data[i] == '\n';
        gsize end = at;
        while (end < text.len && (guchar)text.data[end] > 0x20)
            end++;
        while (at < end) {
            gsize stop = MIN(end, at + VOC_CHUNK_MAX);
            while (stop < end && ((guchar)text.data[stop] & 0xC0) == 0x80)
                stop--;
            g_assert_cmpuint(n, <, read->n);
            const VocChunk *chunk = read->chunks[n];
            g_assert_cmpuint(VOC_CHUNK_START(read->starts[n]), ==, at);
            g_assert_true(newline == ((read->starts[n] & VOC_CHUNK_NEWLINE) != 0));
            g_assert_cmpuint(chunk->len, ==, stop - at);
            g_assert_true(memcmp(voc_chunk_key(chunk), text.data + at, chunk->len) == 0);
            g_assert_cmpuint(chunk->cp_len, ==, voc_text_length(voc_slice_of(text.data + at, stop - at)));
            newline = FALSE;
            n++;
            before = at = stop;
        }
    }
    g_assert_cmpuint(n, ==, read->n);
}

static void
test_chunks(void)
{
    static const char *const texts[] = {
        "", " ", "\n", "a", " a ", "hyvä palvelu", "\n\na\n b\tc\r\n", "a\001b\037c", "ä", " 😀",
    };
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    VocWords *words = voc_words_new(model);
    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_auto(Padded) text = space_padded(texts[i], strlen(texts[i]));
        check_chunks(voc_words_read(words, text.text, &arena), text.text);
    }
    const VocText *none = voc_words_read(words, VOC_SLICE_NONE, &arena);
    g_assert_cmpuint(none->n, ==, 0);
    voc_words_free(words);
}

static void
test_chunks_at_random(void)
{
    static const char *const pieces[] = {
        "a", "bc", " ", "  ", "\n", "ä", "😀", "\t", "x-y", ".", "laskutuskäytäntö"};
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    VocWords *words = voc_words_new(model);
    for (int round = 0; round < 3000; round++) {
        g_autoptr(GString) bytes = g_string_new(NULL);
        for (int k = g_test_rand_int_range(0, 1 + round % 200); k > 0; k--)
            g_string_append(bytes, pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))]);
        g_auto(Padded) text = space_padded(bytes->str, bytes->len);
        check_chunks(voc_words_read(words, text.text, &arena), text.text);
        voc_arena_reset(&arena);
    }
    voc_words_free(words);
}

/* Runs around the longest chunk, of characters of one to four bytes. */
static void
test_long_chunks(void)
{
    static const char *const characters[] = {"a", "ä", "€", "😀"};
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    VocWords *words = voc_words_new(model);
    for (gsize c = 0; c < G_N_ELEMENTS(characters); c++)
        for (guint n = 250; n<3100; n += n % 256> 250 || n % 256 < 3 ? 1 : 47) {
            g_autoptr(GString) bytes = g_string_new("x ");
            for (guint i = 0; i < n; i++)
                g_string_append(bytes, characters[c]);
            g_string_append(bytes, "\nend");
            g_auto(Padded) text = space_padded(bytes->str, bytes->len);
            check_chunks(voc_words_read(words, text.text, &arena), text.text);
            voc_arena_reset(&arena);
        }
    voc_words_free(words);
}

/* More distinct chunks than the table holds, with and without settling in between. */
static void
test_flood(void)
{
    for (int settles = 0; settles < 2; settles++) {
        g_auto(VocArena) arena;
        voc_arena_init(&arena, 0);
        VocWords *words = voc_words_new(model);
        for (guint batch = 0; batch < 300; batch++) {
            g_autoptr(GString) bytes = g_string_new(NULL);
            for (guint i = 0; i < 1000; i++)
                g_string_append_printf(
                    bytes, "sana%u%s ", batch * 1000 + i,
                    i % 10 ? "" : "-joka-on-pidempi-kuin-rivi-jonka-taulu-itse-pitää-muistissa");
            g_auto(Padded) text = space_padded(bytes->str, bytes->len);
            const VocText *read = voc_words_read(words, text.text, &arena);
            check_chunks(read, text.text);
            for (guint i = 0; i < read->n; i += 100)
                g_assert_cmpuint(voc_words_list(words, read->chunks[i], VOC_LANG_FI)->n, >, 0);
            voc_arena_reset(&arena);
            if (settles)
                voc_words_settle(words);
        }
        voc_words_free(words);
    }
}

static void
check_langs(VocWords *words, const char *string, const char *expected)
{
    g_auto(VocArena) arena;
    g_auto(Padded) text = padded(string);
    g_autoptr(GString) told = g_string_new(NULL);
    voc_arena_init(&arena, 0);
    const VocText *read = voc_words_read(words, text.text, &arena);
    for (guint i = 0; i < read->n; i++)
        g_string_append_c(told, voc_lang_name(voc_text_lang(read, i))[0]);
    g_assert_cmpstr(told->str, ==, expected);
    g_assert_cmpint(read->langs != NULL, ==, strchr(expected, 'f') && strchr(expected, 'e'));
}

/* Parts in another language, and what is too short to be one. */
static void
test_mixed(void)
{
    VocWords *words = voc_words_new(model);
    check_langs(words, "En ole saanut vieläkään vastausta. I have not received any answer yet!",
                "fffffeeeeeee");
    check_langs(words, "I have not received any answer yet! En ole saanut vieläkään vastausta.",
                "eeeeeeefffff");
    check_langs(words, "Ostin teiltä uuden washing koneen ja se on rikki", "fffffffff");
    check_langs(words, "Ihan hyvä palvelu, thank you very much, suosittelen kaikille tuttaville",
                "fffeeeefff");
    check_langs(words, "En ole saanut vieläkään vastausta vaikka olen kysynyt jo monta kertaa",
                "fffffffffff");
    voc_words_free(words);
}

static const void *
note(void *data, const VocToken *token, VocLang lang, VocArena *arena)
{
    guint *calls = data;
    ++*calls;
    return lang == VOC_LANG_FI && token->norm.len > 3 ? voc_arena_string(arena, token->norm) : NULL;
}

/* A chunk is analysed once a language, and what was noted about its tokens is found again. */
static void
test_notes(void)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    VocWords *words = voc_words_new(model);
    guint calls = 0, others = 0;
    guint annotator = voc_words_add_annotator(words, note, &calls);
    g_assert_cmpuint(voc_words_add_annotator(words, note, &others), ==, annotator + 1);
    for (int round = 0; round < 3; round++) {
        g_auto(Padded) text = padded("Hyvää-, on HYVÄÄ-,");
        const VocText *read = voc_words_read(words, text.text, &arena);
        g_assert_cmpuint(read->n, ==, 3);
        for (int lang = VOC_LANG_EN; lang >= VOC_LANG_UND; lang--) {
            const VocWordList *list = voc_words_list(words, read->chunks[0], (VocLang)lang);
            g_assert_cmpuint(list->n, ==, 2);
            g_assert_cmpstr(voc_word_note(list, annotator, 0), ==, lang == VOC_LANG_FI ? "hyvää" : NULL);
            g_assert_cmpstr(voc_word_note(list, annotator, 1), ==, NULL);
            g_assert_cmpuint(list->marks, ==, lang == VOC_LANG_FI ? 3 : 0);
            g_assert_cmpuint(list->flags & VOC_TOKEN_COMMA, ==, VOC_TOKEN_COMMA);
        }
        g_assert_cmpuint(voc_words_list(words, read->chunks[1], VOC_LANG_FI)->marks, ==, 0);
        g_assert_cmpuint(calls, ==, 7);
        g_assert_cmpuint(others, ==, 7);
    }
    voc_words_free(words);
}

static void
check_base(VocLang lang, const char *word, const char *other)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    VocWords *words = voc_words_new(model);
    g_autofree char *a = voc_slice_dup(voc_words_base(words, voc_slice_from_string(word), lang, &arena));
    g_autofree char *b = voc_slice_dup(voc_words_base(words, voc_slice_from_string(other), lang, &arena));
    g_assert_cmpstr(a, ==, b);
    voc_words_free(words);
}

static void
test_bases(void)
{
    check_base(VOC_LANG_FI, "laskut", "laskua");
    check_base(VOC_LANG_FI, "LASKUT", "lasku");
    check_base(VOC_LANG_EN, "invoices", "Invoice");
    check_base(VOC_LANG_EN, "waiting", "waited");
    check_base(VOC_LANG_UND, "Sana", "sana");
}

static VocLang
language(const char *bytes)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    VocWords *words = voc_words_new(model);
    g_auto(Padded) text = padded(bytes);
    const VocText *read = voc_words_read(words, text.text, &arena);
    VocLang lang = read->lang;
    g_assert_cmpfloat(read->confidence, >=, 0);
    g_assert_cmpfloat(read->confidence, <=, 1);
    voc_words_free(words);
    return lang;
}

static void
test_language(void)
{
    g_assert_cmpint(language("Laskussa oli virhe eikä kukaan vastannut puhelimeen koko päivänä."), ==,
                    VOC_LANG_FI);
    g_assert_cmpint(language("There was an error in the invoice and nobody answered the phone."), ==,
                    VOC_LANG_EN);
    g_assert_cmpint(language("Det var ett fel på fakturan och ingen svarade i telefon."), ==, VOC_LANG_SV);
    g_assert_cmpint(language(""), ==, VOC_LANG_UND);
    g_assert_cmpint(language("12 345 :) 😀"), ==, VOC_LANG_UND);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_autoptr(GError) error = NULL;
    model = voc_word_model_load(TEST_SOURCE_DIR, VOC_MORPHOLOGY_SNOWBALL, NULL, &error);
    g_assert_no_error(error);
    g_test_add_func("/words/chunks", test_chunks);
    g_test_add_func("/words/chunks-at-random", test_chunks_at_random);
    g_test_add_func("/words/long-chunks", test_long_chunks);
    g_test_add_func("/words/flood", test_flood);
    g_test_add_func("/words/notes", test_notes);
    g_test_add_func("/words/mixed", test_mixed);
    g_test_add_func("/words/bases", test_bases);
    g_test_add_func("/words/language", test_language);
    int result = g_test_run();
    voc_word_model_free(model);
    return result;
}
