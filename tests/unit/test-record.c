#include "record/record.h"

#include "padded.h"

static VocJsonReader *reader;
static VocArena arena;

static VocRecord
parse(const Padded *line)
{
    VocRecord record;
    const char *reason = NULL;
    if (!voc_record_parse(&record, reader, &arena, line->text, &reason))
        g_error("refused: %s: %s", line->text.data, reason);
    return record;
}

static void
check_written(const VocRecord *record, const char *expected)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    voc_record_write(record, &out);
    g_assert_cmpstr(voc_buffer_string(&out), ==, expected);
}

/* What nobody touches comes back byte for byte. */
static void
test_untouched(void)
{
    static const char *const lines[] = {
        "{}",
        "{ }",
        "{\"text\":\"a\"}",
        "{ \"b\" : 1.50 , \"text\":\"\\u00e4\\/\" ,\"a\":[ 1,2 ], \"b\":1E5 }",
    };
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_auto(Padded) line = padded(lines[i]);
        VocRecord record = parse(&line);
        g_autofree char *expected = g_strconcat(lines[i], "\n", NULL);
        check_written(&record, expected);
    }
    g_auto(Padded) spaced = padded("  {\"text\":\"a\"} \t");
    VocRecord record = parse(&spaced);
    check_written(&record, "{\"text\":\"a\"}\n");
}

static void
test_added(void)
{
    g_auto(Padded) line = padded(" {\"text\":\"a\" ,\"mine\": 1 } ");
    VocRecord record = parse(&line);
    voc_record_set_raw(&record, VOC_KEY_LANG, VOC_SLICE("\"fi\""));
    voc_record_set_string(&record, VOC_KEY_SOURCE, VOC_SLICE("a\"b\n"));
    check_written(&record, "{\"text\":\"a\" ,\"mine\": 1 ,\"lang\":\"fi\",\"source\":\"a\\\"b\\n\"}\n");
    g_assert_true(voc_slice_equal_string(voc_record_string(&record, VOC_KEY_SOURCE), "a\"b\n"));
    g_auto(Padded) empty = padded("{ }");
    record = parse(&empty);
    voc_record_set_raw(&record, VOC_KEY_TERMS, VOC_SLICE("[]"));
    check_written(&record, "{ \"terms\":[]}\n");
}

static void
test_changed(void)
{
    g_auto(Padded) line = padded("{\"z\":1,\"text\":\"a\",\"lang\":\"sv\",\"y\":[ 2 ]}");
    VocRecord record = parse(&line);
    voc_record_set_raw(&record, VOC_KEY_LANG, VOC_SLICE("\"fi\""));
    check_written(&record, "{\"z\":1,\"text\":\"a\",\"lang\":\"fi\",\"y\":[ 2 ]}\n");
    voc_record_remove(&record, VOC_KEY_TEXT);
    voc_record_remove(&record, VOC_KEY_TEXT);
    g_assert_false(voc_record_has(&record, VOC_KEY_TEXT));
    voc_record_set_raw(&record, VOC_KEY_TAGS, VOC_SLICE("[]"));
    voc_record_remove(&record, VOC_KEY_TAGS);
    check_written(&record, "{\"z\":1,\"lang\":\"fi\",\"y\":[ 2 ]}\n");
    voc_record_remove(&record, VOC_KEY_LANG);
    voc_record_set_string(&record, VOC_KEY_TEXT, VOC_SLICE("b"));
    check_written(&record, "{\"z\":1,\"y\":[ 2 ],\"text\":\"b\"}\n");
}

/* Every key of ours can be set, also when all of them are. */
static void
test_all_keys(void)
{
    g_auto(Padded) line = padded("{}");
    VocRecord record = parse(&line);
    for (int key = 0; key < VOC_N_KEYS; key++) {
        g_assert_cmpint(voc_key_find(voc_key_name((VocKey)key)), ==, key);
        voc_record_set_raw(&record, (VocKey)key, VOC_SLICE("null"));
        g_assert_true(voc_record_has(&record, (VocKey)key));
    }
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    voc_record_write(&record, &out);
    g_auto(Padded) again = padded_bytes(out.data, out.len);
    VocRecord read = parse(&again);
    g_assert_cmpuint(read.n_members, ==, VOC_N_KEYS);
    for (int key = 0; key < VOC_N_KEYS; key++)
        g_assert_false(voc_record_has(&read, (VocKey)key)); /* null is absent */
    g_assert_cmpint(voc_key_find(VOC_SLICE("nosuch")), ==, -1);
    g_assert_cmpint(voc_key_find(VOC_SLICE("")), ==, -1);
}

/* Every known key with a value of every kind: taken or refused, never worse. */
static void
test_kinds(void)
{
    static const char *const values[] = {"\"a\"", "1", "-1", "true", "false", "null", "[]", "{}", "0.5"};
    for (int key = 0; key < VOC_N_KEYS; key++) {
        guint taken = 0;
        for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
            g_autofree char *text = g_strdup_printf("{\"%s\":%s}", voc_key_name((VocKey)key).data, values[i]);
            g_auto(Padded) line = padded(text);
            VocRecord record;
            const char *reason = NULL;
            gboolean good = voc_record_parse(&record, reader, &arena, line.text, &reason);
            taken += good;
            if (!good)
                g_assert_nonnull(strstr(reason, voc_key_name((VocKey)key).data));
            if (strcmp(values[i], "null") == 0)
                g_assert_true(good);
        }
        g_assert_cmpuint(taken, >, 1);
        g_assert_cmpuint(taken, <, G_N_ELEMENTS(values));
    }
}

static void
test_find(void)
{
    g_auto(Padded) line =
        padded("{\"rating\":{\"nps\":9,\"a.b\":1},\"fields\":{\"Yksikkö\":\"Oulu\",\"x\":{\"y\":2}},"
               "\"rating.nps\":3,\"mine\":null,\"dup\":1,\"dup\":2}");
    VocRecord record = parse(&line);
    double number;
    g_assert_true(voc_json_number(voc_record_find(&record, VOC_SLICE("rating.nps")), &number));
    g_assert_cmpfloat(number, ==, 3);
    g_assert_true(voc_json_number(voc_record_find(&record, VOC_SLICE("rating.a.b")), &number));
    g_assert_cmpfloat(number, ==, 1);
    g_assert_true(voc_json_number(voc_record_find(&record, VOC_SLICE("fields.x.y")), &number));
    g_assert_cmpfloat(number, ==, 2);
    g_assert_true(voc_json_number(voc_record_find(&record, VOC_SLICE("dup")), &number));
    g_assert_cmpfloat(number, ==, 2);
    g_assert_true(
        voc_slice_equal_string(voc_record_find(&record, VOC_SLICE("fields.Yksikkö"))->text, "Oulu"));
    g_assert_cmpint(voc_record_find(&record, VOC_SLICE("mine"))->type, ==, VOC_JSON_NULL);
    static const char *const none[] = {"",   ".",      "..",       "rating.", ".nps", "rating.nps.x",
                                       "no", "mine.x", "fields.x."};
    for (gsize i = 0; i < G_N_ELEMENTS(none); i++)
        g_assert_null(voc_record_find(&record, voc_slice_from_string(none[i])));
    g_assert_cmpuint(voc_record_value(&record, VOC_KEY_RATING)->n, ==, 2);
    g_assert_null(voc_record_value(&record, VOC_KEY_TEXT));
}

/* Strings keep their promise of padding, wherever they end up. */
static void
test_string_padding(void)
{
    static const char *const lines[] = {"{\"text\":\"plain\"}", "{\"text\":\"esc\\n\"}", "{\"text\":\"\"}"};
    for (gsize i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_auto(Padded) line = padded(lines[i]);
        VocRecord record = parse(&line);
        VocSlice text = voc_record_string(&record, VOC_KEY_TEXT);
        guint sum = 0;
        for (int k = 0; k < VOC_PADDING; k++)
            sum += (guchar)text.data[text.len + (gsize)k];
        g_assert_cmpuint(sum, <, 64 * 256);
        voc_record_set_string(&record, VOC_KEY_TEXT, text);
        text = voc_record_string(&record, VOC_KEY_TEXT);
        for (int k = 1; k < VOC_PADDING - 1; k++)
            g_assert_cmpint(text.data[text.len + (gsize)k], ==, 0);
    }
}

static void
test_many_members(void)
{
    for (guint n = 1000; n < 1030; n++) {
        g_autoptr(GString) text = g_string_new("{");
        for (guint i = 0; i < n; i++)
            g_string_append_printf(text, "%s\"k%u\":%u", i ? "," : "", i, i);
        g_string_append_c(text, '}');
        g_auto(Padded) line = padded(text->str);
        VocRecord record;
        const char *reason = NULL;
        gboolean good = voc_record_parse(&record, reader, &arena, line.text, &reason);
        g_assert_true(good == (n <= VOC_RECORD_MEMBERS));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    reader = voc_json_reader_new();
    voc_arena_init(&arena, 0);
    g_test_add_func("/record/untouched", test_untouched);
    g_test_add_func("/record/added", test_added);
    g_test_add_func("/record/changed", test_changed);
    g_test_add_func("/record/all-keys", test_all_keys);
    g_test_add_func("/record/kinds", test_kinds);
    g_test_add_func("/record/find", test_find);
    g_test_add_func("/record/string-padding", test_string_padding);
    g_test_add_func("/record/many-members", test_many_members);
    int result = g_test_run();
    voc_arena_clear(&arena);
    voc_json_reader_free(reader);
    return result;
}
