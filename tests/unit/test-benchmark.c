/* Benchmarks of tallies written out by hand. */
#include "near.h"

#include "padded.h"
#include "report/benchmark-text.h"

static VocJsonReader *reader;
static VocArena arena;

static gboolean
add(VocBenchmark *benchmark, const char *group, const char *line)
{
    g_auto(Padded) text = padded(line);
    VocRecord record;
    const char *reason = NULL;
    g_assert_true(voc_record_parse(&record, reader, &arena, text.text, &reason));
    gboolean good = voc_benchmark_add(benchmark, &record, group, &reason);
    g_assert_true(good || reason);
    return good;
}

#define CELL(by, rest) "{\"tally\":1,\"by\":{" by "}," rest "}"
#define FEELINGS(n, k) "\"messages\":" #n ",\"negative\":" #k ",\"neutral\":0,\"positive\":"

static const VocBenchmarkLine *
find(const GArray *lines, const char *group, const char *against, const char *measure)
{
    for (guint i = 0; i < lines->len; i++) {
        const VocBenchmarkLine *line = &g_array_index(lines, VocBenchmarkLine, i);
        if (g_str_equal(line->group, group) && g_strcmp0(line->against, against) == 0 &&
            g_str_equal(line->measure, measure))
            return line;
    }
    g_error("no line for %s", measure);
}

/* Each channel is the same in both, which mix them differently. */
static void
test_mix(void)
{
    g_autoptr(VocBenchmark) b = voc_benchmark_new("channel", NULL);
    g_assert_true(add(b, "own", CELL("\"channel\":\"chat\"", FEELINGS(900, 90) "810")));
    g_assert_true(add(b, "own", CELL("\"channel\":\"call\"", FEELINGS(100, 50) "50")));
    g_assert_true(add(b, "other", CELL("\"channel\":\"chat\"", FEELINGS(100, 10) "90")));
    g_assert_true(add(b, "other", CELL("\"channel\":\"call\"", FEELINGS(900, 450) "450")));
    g_autoptr(GArray) lines = voc_benchmark_compare(b, "own", FALSE);
    const VocBenchmarkLine *line = find(lines, "own", NULL, "negative");
    g_assert_true(voc_benchmark_has_mix(b));
    assert_near(line->value, 0.14, 1e-12);
    assert_near(line->other, 0.46, 1e-12);
    assert_near(line->difference.value, -0.32, 1e-12);
    assert_near(line->adjusted, 0.14, 1e-12);
    assert_near(line->adjusted_difference.value, 0, 1e-12);
    assert_near(line->coverage, 1, 1e-12);
    g_assert_cmpstr(voc_benchmark_verdict(line), ==, "alike");
    /* Without the mix the difference stands. */
    g_autoptr(VocBenchmark) plain = voc_benchmark_new("", NULL);
    add(plain, "own", CELL("\"channel\":\"chat\"", FEELINGS(1000, 140) "860"));
    add(plain, "other", CELL("\"channel\":\"chat\"", FEELINGS(1000, 460) "540"));
    g_autoptr(GArray) crude = voc_benchmark_compare(plain, "own", FALSE);
    g_assert_true(isnan(find(crude, "own", NULL, "negative")->adjusted));
    g_assert_cmpstr(voc_benchmark_verdict(find(crude, "own", NULL, "negative")), ==, "below");
}

/* What a k-anonymous tally does not say is not taken for nothing. */
static void
test_hidden(void)
{
    g_autoptr(VocBenchmark) b = voc_benchmark_new("channel", NULL);
    add(b, "own", CELL("\"channel\":\"chat\"", FEELINGS(400, 40) "360,\"cue_counts\":{\"churn\":40}"));
    add(b, "own", CELL("\"channel\":\"call\"", FEELINGS(100, 50) "50,\"cue_counts\":{\"churn\":50}"));
    add(b, "other",
        CELL("\"channel\":\"chat\"",
             "\"k_anonymous\":5," FEELINGS(200, 20) "180,\"cue_counts\":{\"churn\":20}"));
    add(b, "other", CELL("\"channel\":\"call\"", "\"k_anonymous\":5,\"messages\":50,\"cue_counts\":{}"));
    g_autoptr(GArray) lines = voc_benchmark_compare(b, "own", FALSE);
    const VocBenchmarkLine *churn = find(lines, "own", NULL, "cue:churn");
    assert_near(churn->value, 0.1, 1e-12); /* of chat alone */
    assert_near(churn->other, 0.1, 1e-12);
    assert_near(churn->coverage, 0.8, 1e-12);
    assert_near(find(lines, "own", NULL, "negative")->coverage, 0.8, 1e-12);
    /* A tally that hides nothing means none by what it does not name. */
    g_autoptr(VocBenchmark) open = voc_benchmark_new("channel", NULL);
    add(open, "own", CELL("\"channel\":\"chat\"", FEELINGS(400, 40) "360,\"cue_counts\":{\"churn\":40}"));
    add(open, "other", CELL("\"channel\":\"chat\"", FEELINGS(400, 40) "360,\"cue_counts\":{}"));
    g_autoptr(GArray) all = voc_benchmark_compare(open, "own", FALSE);
    assert_near(find(all, "own", NULL, "cue:churn")->other, 0, 1e-12);
    g_assert_cmpstr(voc_benchmark_verdict(find(all, "own", NULL, "cue:churn")), ==, "above");
}

static void
test_themes(void)
{
    g_autoptr(VocBenchmark) b = voc_benchmark_new("channel", NULL);
    add(b, "own", CELL("\"channel\":\"chat\"", FEELINGS(100, 40) "60"));
    add(b, "own", CELL("\"theme\":\"lasku\",\"channel\":\"chat\"", FEELINGS(30, 20) "10"));
    add(b, "own", CELL("\"theme\":null,\"channel\":\"chat\"", FEELINGS(90, 20) "70"));
    add(b, "other", CELL("\"channel\":\"chat\"", FEELINGS(200, 40) "160"));
    add(b, "other", CELL("\"theme\":null,\"channel\":\"chat\"", FEELINGS(200, 20) "180"));
    add(b, "third", CELL("\"theme\":\"lasku\",\"channel\":\"chat\"", FEELINGS(30, 20) "10"));
    g_autoptr(GArray) lines = voc_benchmark_compare(b, "own", TRUE);
    const VocBenchmarkLine *lasku = find(lines, "own", "other", "theme:lasku");
    assert_near(lasku->value, 0.3, 1e-12); /* of the messages, not of the mentions */
    assert_near(lasku->other, 0, 1e-12);
    g_assert_cmpstr(find(lines, "own", "third", "theme:lasku")->withheld, ==,
                    "one side counts mentions, the other messages");
    /* Twice the same messages, or cells that share them. */
    g_assert_false(add(b, "own", CELL("\"week\":\"2026-W01\",\"channel\":\"chat\"", FEELINGS(1, 0) "1")));
    g_assert_false(add(b, "own", CELL("\"cue\":\"churn\"", FEELINGS(1, 0) "1")));
    g_assert_false(add(b, "own", "{\"text\":\"x\"}"));
}

static void
test_units(void)
{
    g_autoptr(VocBenchmark) b = voc_benchmark_new("channel", "unit");
#define NPS(n, p, d)                                                                                         \
    "\"messages\":" #n ",\"ratings\":{\"nps\":{\"n\":" #n ",\"sum\":0,\"squares\":0,\"promoters\":" #p       \
    ",\"detractors\":" #d "}}"
    add(b, "file", CELL("\"unit\":\"north\"", NPS(100, 60, 10)));
    add(b, "file", CELL("\"unit\":\"south\"", NPS(100, 20, 40)));
    add(b, "file", CELL("\"unit\":\"west\"", NPS(100, 20, 40)));
    add(b, "file", CELL("\"unit\":\"\xc3\xa5\"", NPS(19, 19, 0)));
    g_assert_false(add(b, "file", CELL("\"week\":\"2026-W01\"", NPS(1, 1, 0))));
    g_autoptr(GArray) lines = voc_benchmark_compare(b, NULL, FALSE);
    const VocBenchmarkLine *north = find(lines, "north", NULL, "nps");
    assert_near(north->value, 50, 1e-12);
    assert_near(north->other, 100.0 * (59 - 80) / 219 * 1.0 + 0, 1e-9);
    g_assert_cmpstr(voc_benchmark_verdict(north), ==, "above");
    g_assert_cmpstr(voc_benchmark_verdict(find(lines, "south", NULL, "nps")), ==, "below");
    g_assert_cmpstr(find(lines, "\xc3\xa5", NULL, "nps")->withheld, ==, "fewer than 20 on one side");
    g_autoptr(GArray) nobody = voc_benchmark_compare(b, "east", FALSE);
    g_assert_cmpuint(nobody->len, ==, 0);
}

/* Whatever a tally from elsewhere says, the text is plain lines of 80 columns. */
static void
test_text(void)
{
    g_autoptr(VocBenchmark) b = voc_benchmark_new("channel", NULL);
    add(b, "own\033[31m",
        CELL("\"theme\":\"\\u001b[2J\\u202e<b>\",\"channel\":\"x\"", FEELINGS(90, 20) "70"));
    add(b, "own\033[31m", CELL("\"theme\":null,\"channel\":\"x\"", FEELINGS(90, 20) "70"));
    add(b, "other\n", CELL("\"theme\":null,\"channel\":\"x\"", FEELINGS(900, 20) "880"));
    add(b, "other\n",
        CELL("\"channel\":\"y\"", "\"messages\":1e300,\"negative\":-5,\"neutral\":null,\"positive\":[]"));
    add(b, "other\n",
        CELL("\"channel\":\"y\"", "\"messages\":5,\"ratings\":{\"nps\":{\"n\":-1}},\"cue_counts\":{\"\":9}"));
    g_autoptr(GArray) lines = voc_benchmark_compare(b, NULL, TRUE);
    g_auto(VocPhrase) phrase = {0};
    g_assert_true(voc_phrase_init(&phrase, "en", NULL, NULL));
    VocBenchmarkPage page = {&phrase, NULL, "channel", 80, TRUE};
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    voc_benchmark_write(&page, lines, &out);
    const char *text = voc_buffer_string(&out);
    g_assert_null(strchr(text, '\033'));
    g_assert_null(strstr(text, "\xe2\x80\xae"));
    g_assert_true(g_utf8_validate(text, -1, NULL));
    g_auto(GStrv) rows = g_strsplit(text, "\n", -1);
    for (char **row = rows; *row; row++)
        g_assert_cmpint(g_utf8_strlen(*row, -1), <=, 80);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    reader = voc_json_reader_new();
    voc_arena_init(&arena, 0);
    g_test_add_func("/benchmark/mix", test_mix);
    g_test_add_func("/benchmark/hidden", test_hidden);
    g_test_add_func("/benchmark/themes", test_themes);
    g_test_add_func("/benchmark/units", test_units);
    g_test_add_func("/benchmark/text", test_text);
    int code = g_test_run();
    voc_json_reader_free(reader);
    voc_arena_clear(&arena);
    return code;
}
