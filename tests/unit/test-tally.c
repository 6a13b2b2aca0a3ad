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

/* The cells of a written tally: "week|channel". */
static GHashTable *
cells_of(VocSlice lines)
{
    GHashTable *cells = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    while (lines.len) {
        const char *end = memchr(lines.data, '\n', lines.len);
        g_auto(Padded) line = padded_bytes(lines.data, (gsize)(end - lines.data));
        VocRecord record;
        const char *reason = NULL;
        g_assert_true(voc_record_parse(&record, reader, &arena, line.text, &reason));
        const VocJson *channel = voc_record_find(&record, VOC_SLICE("by.channel")),
                      *theme = voc_record_find(&record, VOC_SLICE("by.theme"));
        g_autofree char *one = voc_slice_dup(channel->text), *two = voc_slice_dup(theme->text);
        g_hash_table_add(cells, g_strconcat(one, "|", theme->type == VOC_JSON_NULL ? "" : two, NULL));
        /* Labels are there all or not at all. */
        gboolean negative = voc_record_find(&record, VOC_SLICE("negative")) != NULL;
        g_assert_true(negative == (voc_record_find(&record, VOC_SLICE("neutral")) != NULL));
        g_assert_true(negative == (voc_record_find(&record, VOC_SLICE("positive")) != NULL));
        voc_arena_reset(&arena);
        lines = voc_slice_of(end + 1, lines.len - (gsize)(end - lines.data) - 1);
    }
    return cells;
}

/* How many cells of each row (part 0) or column (part 1) there are, and how many of them are hidden. */
static void
check_lines(GHashTable *all, GHashTable *shown, int part)
{
    g_autoptr(GHashTable) n = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    g_autoptr(GHashTable) hidden = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    GHashTableIter iter;
    gpointer key, count;
    g_hash_table_iter_init(&iter, all);
    while (g_hash_table_iter_next(&iter, &key, NULL)) {
        g_auto(GStrv) parts = g_strsplit(key, "|", 2);
        gint before = GPOINTER_TO_INT(g_hash_table_lookup(n, parts[part]));
        g_hash_table_insert(n, g_strdup(parts[part]), GINT_TO_POINTER(before + 1));
        before = GPOINTER_TO_INT(g_hash_table_lookup(hidden, parts[part]));
        if (!g_hash_table_contains(shown, key))
            g_hash_table_insert(hidden, g_strdup(parts[part]), GINT_TO_POINTER(before + 1));
    }
    g_hash_table_iter_init(&iter, hidden);
    while (g_hash_table_iter_next(&iter, &key, &count))
        g_assert_true(GPOINTER_TO_INT(count) != 1 || GPOINTER_TO_INT(g_hash_table_lookup(n, key)) == 1);
}

/* No hidden cell is alone in a row or column, whose total would tell it; nor any hidden label. */
static void
test_anonymous(void)
{
    guint64 hidden = 0, shown_all = 0;
    for (guint32 seed = 1; seed <= 40; seed++) {
        g_autoptr(GRand) rand = g_rand_new_with_seed(seed);
        g_autoptr(VocTally) tally = voc_tally_new("channel,theme", FALSE, NULL);
        for (int i = 0, n = g_rand_int_range(rand, 10, 150); i < n; i++) {
            g_autofree char *line = random_line(rand);
            g_autofree char *with_end = g_strconcat(line, "\n", NULL);
            each_line(voc_slice_from_string(with_end), voc_tally_add, tally);
        }
        g_auto(VocBuffer) plain = VOC_BUFFER_INIT, safe = VOC_BUFFER_INIT;
        VocTallyOutput output = {.anonymous = 0}, anonymous = {.anonymous = 8};
        voc_tally_write(tally, &output, &plain);
        voc_tally_write(tally, &anonymous, &safe);
        g_autoptr(GHashTable) all = cells_of(voc_buffer_slice(&plain));
        g_autoptr(GHashTable) shown = cells_of(voc_buffer_slice(&safe));
        g_assert_cmpuint(g_hash_table_size(all) - g_hash_table_size(shown), ==, anonymous.hidden);
        check_lines(all, shown, 0);
        check_lines(all, shown, 1);
        hidden += anonymous.hidden;
        shown_all += g_hash_table_size(shown);
    }
    g_assert_cmpuint(hidden, >, 20);
    g_assert_cmpuint(shown_all, >, 20);
}

/* The merge of any split of more customers than are counted exactly says so, and what the whole says. */
static void
test_estimates(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(7);
    g_autoptr(VocTally) whole = voc_tally_new("channel", FALSE, NULL),
                        merged = voc_tally_new("channel", FALSE, NULL);
    VocTally *parts[3];
    for (guint i = 0; i < 3; i++)
        parts[i] = voc_tally_new("channel", FALSE, NULL);
    for (int i = 0; i < 6000; i++) {
        g_autofree char *line = g_strdup_printf("{\"id\":\"%d\",\"customer\":\"c%d\",\"channel\":\"%s\"}\n",
                                                i, i % 2000, i < 5000 ? "chat" : "call");
        each_line(voc_slice_from_string(line), voc_tally_add, whole);
        each_line(voc_slice_from_string(line), voc_tally_add, parts[g_rand_int_range(rand, 0, 3)]);
    }
    g_auto(VocBuffer) a = VOC_BUFFER_INIT, b = VOC_BUFFER_INIT;
    for (guint i = 0; i < 3; i++) {
        each_line(written(parts[i], TRUE, &a), merge, merged);
        voc_tally_free(parts[i]);
    }
    g_assert_true(voc_slice_equal(written(whole, FALSE, &a), written(merged, FALSE, &b)));
    const char *call = strstr(voc_buffer_string(&b), "\"call\""),
               *chat = strstr(voc_buffer_string(&b), "\"chat\"");
    g_assert_true(call < chat);
    const char *label = strstr(call, "\"customers_estimated\":true");
    g_assert_true(label > chat); /* of 2,000; the 1,000 of calls are exact */
    g_assert_nonnull(strstr(call, "\"customers\":1000,"));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    reader = voc_json_reader_new();
    voc_arena_init(&arena, 0);
    g_test_add_func("/tally/distinct", test_distinct);
    g_test_add_func("/tally/any-split", test_any_split);
    g_test_add_func("/tally/anonymous", test_anonymous);
    g_test_add_func("/tally/estimates", test_estimates);
    int code = g_test_run();
    voc_json_reader_free(reader);
    voc_arena_clear(&arena);
    return code;
}
