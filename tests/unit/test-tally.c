#include "stage/tally.h"

#include "padded.h"
#include "stats/distinct.h"

static VocJsonReader *reader;
static VocArena arena;

/* Exact up to the bound, then within four standard errors; both merge to what the whole gives. */
static void
test_distinct(void)
{
    static const guint sizes[] = {0, 1, 7, 1000, 1024, 1025, 3000, 50000, 400000};
    for (gsize s = 0; s < G_N_ELEMENTS(sizes); s++) {
        g_auto(VocDistinct) whole = {0}, odd = {0}, even = {0}, read = {0};
        for (guint i = 0; i < sizes[s]; i++) {
            char name[16];
            VocSlice slice = {name, (gsize)g_snprintf(name, sizeof name, "c%u", i)};
            voc_distinct_add(&whole, slice);
            voc_distinct_add(&whole, slice);
            voc_distinct_add(i % 3 ? &odd : &even, slice);
        }
        voc_distinct_merge(&odd, &even);
        g_auto(VocBuffer) a = VOC_BUFFER_INIT, b = VOC_BUFFER_INIT;
        voc_distinct_write(&whole, &a);
        voc_distinct_write(&odd, &b);
        g_assert_true(voc_slice_equal(voc_buffer_slice(&a), voc_buffer_slice(&b)));
        g_assert_true(voc_distinct_read(&read, voc_buffer_slice(&a)));
        g_assert_cmpint(voc_distinct_count(&read), ==, voc_distinct_count(&whole));
        g_assert_cmpint(voc_distinct_is_exact(&whole), ==, sizes[s] <= VOC_DISTINCT_EXACT);
        double off = (double)voc_distinct_count(&whole) - sizes[s];
        g_assert_cmpfloat(ABS(off), <=, voc_distinct_is_exact(&whole) ? 0 : 4 * 0.01625 * sizes[s]);
    }
}

static char *
random_line(GRand *rand)
{
    static const char *const channels[] = {"chat", "email", "survey"}, *const labels[] = {
                                                                           "negative", "neutral", "positive"};
    g_autoptr(GString) line = g_string_new("{");
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(line, "\"id\":\"m%u\",\"channel\":\"%s\",\"customer\":\"c%d\",\"thread\":\"t%d\"",
                           g_rand_int(rand), channels[g_rand_int_range(rand, 0, 3)],
                           g_rand_int_range(rand, 0, 2500), g_rand_int_range(rand, 0, 4000));
    g_string_append_printf(line, ",\"time\":\"2026-11-%02dT10:00:00Z\"", g_rand_int_range(rand, 1, 29));
    g_string_append_printf(line, ",\"rating\":{\"nps\":%d,\"stars\":%s}", g_rand_int_range(rand, 0, 11),
                           g_ascii_formatd(number, sizeof number, "%.2f", g_rand_double_range(rand, 1, 5)));
    g_string_append_printf(line, ",\"score\":{\"value\":%s,\"label\":\"%s\"}",
                           g_ascii_dtostr(number, sizeof number, g_rand_double_range(rand, -1, 1)),
                           labels[g_rand_int_range(rand, 0, 3)]);
    g_string_append(line, ",\"themes\":[");
    for (int i = 0, n = g_rand_int_range(rand, 0, 4); i < n; i++)
        g_string_append_printf(line, "%s{\"id\":\"theme%d\",\"score\":%s}", i ? "," : "",
                               g_rand_int_range(rand, 0, 5),
                               g_ascii_dtostr(number, sizeof number, g_rand_double_range(rand, -1, 1)));
    g_string_append_printf(line, "],\"cues\":[{\"cue\":\"cue%d\"}]}", g_rand_int_range(rand, 0, 3));
    return g_string_free(g_steal_pointer(&line), FALSE);
}

static void
each_line(VocSlice lines, void (*act)(VocTally *tally, VocRecord *record), VocTally *tally)
{
    while (lines.len) {
        const char *end = memchr(lines.data, '\n', lines.len);
        g_auto(Padded) line = padded_bytes(lines.data, (gsize)(end - lines.data));
        VocRecord record;
        const char *reason = NULL;
        g_assert_true(voc_record_parse(&record, reader, &arena, line.text, &reason));
        act(tally, &record);
        voc_arena_reset(&arena);
        lines = voc_slice_of(end + 1, lines.len - (gsize)(end - lines.data) - 1);
    }
}

static void
merge(VocTally *tally, VocRecord *record)
{
    const char *reason = NULL;
    if (!voc_tally_merge(tally, record, FALSE, &reason))
        g_error("not merged: %s", reason);
}

static VocSlice
written(const VocTally *tally, gboolean partial, VocBuffer *out)
{
    VocTallyOutput output = {.partial = partial};
    voc_buffer_reset(out);
    voc_tally_write(tally, &output, out);
    return voc_buffer_slice(out);
}

/* Any split into any number of parts, merged in any order, is the whole, byte for byte. */
static void
test_any_split(void)
{
    static const char *const fields[] = {"week", "week,theme,channel", "cue,day", "channel,rating.nps"};
    for (guint32 seed = 1; seed <= 24; seed++) {
        g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
        const char *by = fields[seed % G_N_ELEMENTS(fields)];
        guint n_parts = (guint)g_rand_int_range(rand, 1, 6);
        g_autoptr(VocTally) whole = voc_tally_new(by, FALSE, NULL), merged = voc_tally_new(by, FALSE, NULL);
        VocTally *parts[6];
        for (guint i = 0; i < n_parts; i++)
            parts[i] = voc_tally_new(by, FALSE, NULL);
        for (int i = 0, n = g_rand_int_range(rand, 0, 6000); i < n; i++) {
            g_autofree char *line = random_line(rand);
            g_autofree char *with_end = g_strconcat(line, "\n", NULL);
            each_line(voc_slice_from_string(with_end), voc_tally_add, whole);
            each_line(voc_slice_from_string(with_end), voc_tally_add,
                      parts[g_rand_int_range(rand, 0, (gint32)n_parts)]);
        }
        g_auto(VocBuffer) a = VOC_BUFFER_INIT, b = VOC_BUFFER_INIT;
        for (guint i = n_parts; i-- > 0;) {
            each_line(written(parts[i], TRUE, &a), merge, merged);
            voc_tally_free(parts[i]);
        }
        for (int partial = 0; partial < 2; partial++)
            g_assert_true(voc_slice_equal(written(whole, partial, &a), written(merged, partial, &b)));
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    reader = voc_json_reader_new();
    voc_arena_init(&arena, 0);
    g_test_add_func("/tally/distinct", test_distinct);
    g_test_add_func("/tally/any-split", test_any_split);
    int code = g_test_run();
    voc_json_reader_free(reader);
    voc_arena_clear(&arena);
    return code;
}
