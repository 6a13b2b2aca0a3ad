#include "io/json.h"

#include "padded.h"

static VocJsonReader *reader;

/* The members as "key=value;", or "!" when the text is refused. */
static char *
members(const char *bytes, gsize len)
{
    g_auto(Padded) text = padded_bytes(bytes, len);
    VocJsonMember found[16];
    const char *reason = NULL;
    GString *seen = g_string_new(NULL);
    gssize n = voc_json_members(reader, text.text, found, G_N_ELEMENTS(found), &reason);
    if (n < 0) {
        g_assert_nonnull(reason);
        g_assert_cmpuint(strlen(reason), >, 3);
        g_string_append_c(seen, '!');
    }
    for (gssize i = 0; i < n; i++) {
        g_string_append_len(seen, found[i].key.data, (gssize)found[i].key.len);
        g_string_append_c(seen, '=');
        g_string_append_len(seen, found[i].value.data, (gssize)found[i].value.len);
        g_string_append_c(seen, ';');
    }
    return g_string_free(seen, FALSE);
}

static void
check_members(const char *text, const char *expected)
{
    g_autofree char *seen = members(text, strlen(text));
    g_assert_cmpstr(seen, ==, expected);
}

static void
test_members(void)
{
    check_members("{}", "");
    check_members(" { } ", "");
    check_members("{\"a\":1}", "a=1;");
    check_members("{\"a\" : 1 , \"b\":\t\"x\" }", "a=1;b=\"x\";");
    check_members("{\"a\":[1, 2 ,{\"c\":null}] ,\"b\":{ \"d\":[ ] } }",
                  "a=[1, 2 ,{\"c\":null}];b={ \"d\":[ ] };");
    check_members("{\"a\":true,\"a\":false}", "a=true;a=false;");
    check_members("{\"\":-1.5e+3}", "=-1.5e+3;");
    check_members("{\"a\\\"b\":\"c\\\\\"}", "a\\\"b=\"c\\\\\";");
    check_members("{\"ä\":\"\\ud83d\\ude00\"}", "ä=\"\\ud83d\\ude00\";");
    check_members("{\"a\":\"\\ud83d\"}", "a=\"\\ud83d\";");
    check_members("{\"a\":123456789012345678901234567890,\"b\":1e999}",
                  "a=123456789012345678901234567890;b=1e999;");
}

/* What is no object, or no JSON. */
static const char *const REFUSED[] = {
    "",
    " ",
    "x",
    "1",
    "null",
    "\"a\"",
    "[]",
    "[{}]",
    "{",
    "}",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":1",
    "{\"a\":1,}",
    "{,}",
    "{\"a\":1 \"b\":2}",
    "{\"a\":\"b\":1}",
    "{\"a\":\"b\":\"c\",\"d\":1}",
    "{\"a\":null:1}",
    "{\"a\":1:1}",
    "{\"a\":1e999:1}",
    "{\"a\":[1]:1}",
    "{\"a\":{\"b\":\"c\":1}}",
    "{\"a\":[\"b\":1]}",
    "{\"a\":[{\"b\":\"c\":1}]}",
    "{\"a\":1}}",
    "{\"a\":1}{\"b\":2}",
    "{\"a\":1} x",
    "{\"a\":1},",
    "{a:1}",
    "{'a':1}",
    "{\"a\":01}",
    "{\"a\":+1}",
    "{\"a\":.5}",
    "{\"a\":5.}",
    "{\"a\":1e}",
    "{\"a\":1e+}",
    "{\"a\":-}",
    "{\"a\":0x10}",
    "{\"a\":NaN}",
    "{\"a\":tru}",
    "{\"a\":truex}",
    "{\"a\":nulL}",
    "{\"a\":null1}",
    "{\"a\":\"b}",
    "{\"a\":\"b\\\"}",
    "{\"a\":\"\\x\"}",
    "{\"a\":\"\\u12\"}",
    "{\"a\":\"\\u12g4\"}",
    "{\"\\x\":1}",
    "{\"a\":\"\t\"}",
    "{\"a\":[1,]}",
    "{\"a\":[1 2]}",
    "{\"a\":[}",
    "{\"a\":{]}",
    "{\"a\":[[\"\\q\"]]}",
    "{\"a\":[tru]}",
    "{\"a\":{\"b\":01}}",
    "{\"a\":\"\377\"}",
    "{\"a\":\"\355\240\200\"}",
    "{\"a\":\"\300\200\"}",
    "{\"\303\":1}",
    "{\"a\":1 /* no */}",
};

static void
test_refused(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(REFUSED); i++) {
        g_autofree char *seen = members(REFUSED[i], strlen(REFUSED[i]));
        if (strcmp(seen, "!") != 0)
            g_error("taken: %s", REFUSED[i]);
    }
    g_autofree char *nul = members("{\"a\":\"\0\"}", 9);
    g_assert_cmpstr(nul, ==, "!");
    g_autofree char *behind = members("{\"a\":1}\0", 8);
    g_assert_cmpstr(behind, ==, "!");
}

/* A reader that has refused a text reads the next. */
static void
test_goes_on(void)
{
    for (int i = 0; i < 50; i++) {
        check_members("{\"a\":[1,{\"b\":tru", "!");
        check_members("{\"a\":[1,{\"b\":true}]}", "a=[1,{\"b\":true}];");
    }
}

static char *
nested(int depth, char open, char close)
{
    GString *text = g_string_new("{\"a\":");
    for (int i = 0; i < depth; i++)
        g_string_append_printf(text, "%c%s", open, open == '{' ? "\"k\":" : "");
    g_string_append_c(text, '1');
    for (int i = 0; i < depth; i++)
        g_string_append_c(text, close);
    g_string_append_c(text, '}');
    return g_string_free(text, FALSE);
}

static void
test_depth(void)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    for (int object = 0; object < 2; object++)
        for (int depth = 1; depth < 100000; depth = depth * 2 + 1) {
            g_autofree char *text = nested(depth, object ? '{' : '[', object ? '}' : ']');
            g_autofree char *seen = members(text, strlen(text));
            g_auto(Padded) bytes = padded(text);
            g_autoptr(GError) error = NULL;
            const VocJson *tree = voc_json_parse(reader, bytes.text, &arena, &error);
            if (depth < VOC_JSON_DEPTH) {
                g_assert_cmpstr(seen, !=, "!");
                g_assert_nonnull(tree);
            } else if (depth > VOC_JSON_DEPTH) {
                g_assert_cmpstr(seen, ==, "!");
                g_assert_null(tree);
                g_assert_error(error, VOC_ERROR, VOC_ERROR_INPUT);
            }
        }
}

static void
test_too_many_members(void)
{
    check_members("{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1,"
                  "\"l\":1,\"m\":1,\"n\":1,\"o\":1,\"p\":1,\"q\":1}",
                  "!");
}

static void
check_unquote(const char *written, const char *expected, gsize len)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    g_auto(Padded) text = padded(written);
    VocSlice plain = voc_json_unquote(text.text, &arena);
    g_assert_cmpuint(plain.len, ==, len);
    g_assert_true(memcmp(plain.data, expected, len) == 0);
}

static void
test_unquote(void)
{
    check_unquote("\"\"", "", 0);
    check_unquote("\"hyvä\"", "hyvä", 5);
    check_unquote("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t", 8);
    check_unquote("\"a\\u00e4b\"", "aäb", 4);
    check_unquote("\"\\u0000\"", "\0", 1);
    check_unquote("\"\\uD83D\\uDE00!\"", "😀!", 5);
    check_unquote("\"\\udbff\\udfff\"", "\364\217\277\277", 4);
    /* Halves of a pair, alone, in the wrong order, twice, before another escape. */
    check_unquote("\"\\ud83d\"", "\357\277\275", 3);
    check_unquote("\"\\ude00\"", "\357\277\275", 3);
    check_unquote("\"\\ude00\\ud83d\"", "\357\277\275\357\277\275", 6);
    check_unquote("\"\\ud83d\\ud83d\\ude00\"", "\357\277\275😀", 7);
    check_unquote("\"\\ud83dx\"", "\357\277\275x", 4);
    check_unquote("\"\\ud83d\\n\"", "\357\277\275\n", 4);
    check_unquote("\"\\ud83d\\u0041\"", "\357\277\275A", 4);
    VocSlice none = voc_json_unquote(VOC_SLICE("12"), NULL);
    g_assert_null(none.data);
}

static void
test_add_string(void)
{
    static const struct {
        VocSlice text;
        const char *written;
    } cases[] = {
        {VOC_SLICE(""), "\"\""},
        {VOC_SLICE("hyvä \"x\" \\ / \n\t\r\b\f\001\037\177"),
         "\"hyvä \\\"x\\\" \\\\ / \\n\\t\\r\\b\\f\\u0001\\u001f\177\""},
        {VOC_SLICE("a\0b"), "\"a\\u0000b\""},
        {VOC_SLICE("a\377b"), "\"a\357\277\275b\""},
        {VOC_SLICE("\303"), "\"\357\277\275\""},
        {VOC_SLICE("\355\240\200"), "\"\357\277\275\357\277\275\357\277\275\""},
        {VOC_SLICE("😀"), "\"😀\""},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_auto(VocBuffer) buffer = VOC_BUFFER_INIT;
        voc_json_add_string(&buffer, cases[i].text);
        g_assert_cmpstr(voc_buffer_string(&buffer), ==, cases[i].written);
    }
}

/* What is written is read back, whatever the bytes. */
static void
test_strings_at_random(void)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    for (int round = 0; round < 3000; round++) {
        char bytes[40];
        gsize len = (gsize)g_test_rand_int_range(0, sizeof bytes);
        for (gsize i = 0; i < len; i++)
            bytes[i] = (char)g_test_rand_int_range(0, round % 2 ? 128 : 256);
        g_auto(VocBuffer) object = VOC_BUFFER_INIT;
        voc_buffer_add_literal(&object, "{\"k\":");
        voc_json_add_string(&object, voc_slice_of(bytes, len));
        voc_buffer_add_literal(&object, "}");
        g_auto(Padded) text = padded_bytes(object.data, object.len);
        const VocJson *tree = voc_json_parse(reader, text.text, &arena, NULL);
        g_assert_nonnull(tree);
        VocSlice read = voc_json_get_text(tree, "k");
        if (round % 2)
            g_assert_true(voc_slice_equal(read, voc_slice_of(bytes, len)));
        g_assert_true(read.len == 0 || memchr(read.data, 0, read.len) ||
                      g_utf8_validate_len(read.data, read.len, NULL));
        voc_arena_reset(&arena);
    }
}

static void
test_tree(void)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    g_auto(Padded) text =
        padded("{\"a\\u0062\":[1,\"x\\n\",null,true,false],\"o\":{\"n\":\" 12\",\"m\":-1.5},"
               "\"o\":{\"n\":7},\"deep\":{}}");
    g_autoptr(GError) error = NULL;
    const VocJson *tree = voc_json_parse(reader, text.text, &arena, &error);
    double number;
    g_assert_no_error(error);
    g_assert_cmpint(tree->type, ==, VOC_JSON_OBJECT);
    g_assert_cmpuint(tree->n, ==, 4);
    const VocJson *list = voc_json_get(tree, "ab");
    g_assert_cmpint(list->type, ==, VOC_JSON_ARRAY);
    g_assert_cmpuint(list->n, ==, 5);
    static const VocJsonType types[] = {VOC_JSON_NUMBER, VOC_JSON_STRING, VOC_JSON_NULL, VOC_JSON_TRUE,
                                        VOC_JSON_FALSE};
    const VocJson *item = list->first;
    for (gsize i = 0; i < G_N_ELEMENTS(types); i++, item = item->next)
        g_assert_cmpint(item->type, ==, types[i]);
    g_assert_null(item);
    g_assert_true(voc_slice_equal_string(list->first->next->text, "x\n"));
    /* The last of two keys counts. */
    g_assert_true(voc_json_number(voc_json_get(voc_json_get(tree, "o"), "n"), &number));
    g_assert_cmpfloat(number, ==, 7);
    g_assert_null(voc_json_get(voc_json_get(tree, "o"), "m"));
    g_assert_null(voc_json_get(list, "ab"));
    g_assert_null(voc_json_get(NULL, "ab"));
    g_assert_null(voc_json_get_text(tree, "deep").data);
    g_assert_false(voc_json_number(voc_json_get(tree, "deep"), &number));
}

static void
test_scalar_documents(void)
{
    static const char *const good[] = {
        "1",     "-0.5e3", "9E2999", " 1e999 ", "123456789012345678901234567890", "\"a\\n\"", "true",
        "false", "null",   "[]",     " {} "};
    static const char *const bad[] = {"",   "1 2", "1e999 2", "1e999]", "1e",      "tru",
                                      "01", "\"a", "nul",     "[1",     "\"\\x\"", "-"};
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    for (gsize i = 0; i < G_N_ELEMENTS(good); i++) {
        g_auto(Padded) text = padded(good[i]);
        g_autoptr(GError) error = NULL;
        if (!voc_json_parse(reader, text.text, &arena, &error))
            g_error("refused: %s: %s", good[i], error->message);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(bad); i++) {
        g_auto(Padded) text = padded(bad[i]);
        g_autoptr(GError) error = NULL;
        if (voc_json_parse(reader, text.text, &arena, &error))
            g_error("taken: %s", bad[i]);
        g_assert_error(error, VOC_ERROR, VOC_ERROR_INPUT);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    reader = voc_json_reader_new();
    g_test_add_func("/json/members", test_members);
    g_test_add_func("/json/refused", test_refused);
    g_test_add_func("/json/goes-on", test_goes_on);
    g_test_add_func("/json/depth", test_depth);
    g_test_add_func("/json/too-many-members", test_too_many_members);
    g_test_add_func("/json/unquote", test_unquote);
    g_test_add_func("/json/add-string", test_add_string);
    g_test_add_func("/json/strings-at-random", test_strings_at_random);
    g_test_add_func("/json/tree", test_tree);
    g_test_add_func("/json/scalar-documents", test_scalar_documents);
    int result = g_test_run();
    voc_json_reader_free(reader);
    return result;
}
