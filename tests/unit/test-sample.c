#include "stage/sample.h"

#include "near.h"
#include "padded.h"

static VocJsonReader *reader;
static VocArena arena;

/* Calls `func` with a record {"id":"m<i>"}, or without an id. */
static void
with_record(guint i, gboolean id, void (*func)(VocRecord *record, gpointer data), gpointer data)
{
    g_autofree char *text = id ? g_strdup_printf("{\"id\":\"m%u\",\"k\":\"%u\"}", i, i % 3)
                               : g_strdup_printf("{\"text\":\"ok\",\"k\":\"%u\"}", i);
    g_auto(Padded) line = padded(text);
    VocRecord record;
    const char *reason;
    g_assert_true(voc_record_parse(&record, reader, &arena, line.text, &reason));
    func(&record, data);
    voc_arena_reset(&arena);
}

typedef struct Rated {
    VocStage *stage;
    guint kept;
    gboolean last;
} Rated;

static void
rate(VocRecord *record, gpointer data)
{
    Rated *rated = data;
    const char *reason;
    rated->last = rated->stage->ops->ordered(rated->stage, record, &reason) == VOC_KEEP;
    rated->kept += rated->last;
}

/* The share that is kept is the share asked for, for numbered ids and for no ids, and seeds do not hang
 * together. */
static void
test_rate(void)
{
    const guint n = 20000;
    for (int id = 0; id < 2; id++)
        for (guint64 seed = 0; seed < 5; seed++) {
            VocSampleSettings settings = {.seed = seed, .rate = 0.1}, other = {.seed = seed + 1, .rate = 0.1};
            Rated one = {voc_stage_sample_new(&settings), 0, FALSE},
                  two = {voc_stage_sample_new(&other), 0, FALSE};
            guint both = 0;
            for (guint i = 0; i < n; i++) {
                with_record(i, id, rate, &one);
                with_record(i, id, rate, &two);
                both += one.last && two.last;
            }
            voc_stage_free(one.stage);
            voc_stage_free(two.stage);
            /* Five standard deviations of the binomial. */
            assert_near(one.kept, 0.1 * n, 5 * sqrt(0.1 * 0.9 * n) / (0.1 * n));
            assert_near(both, 0.01 * n, 5 * sqrt(0.01 * 0.99 * n) / (0.01 * n));
        }
}

static void
take(VocRecord *record, gpointer sample)
{
    g_autoptr(GError) error = NULL;
    g_assert_true(voc_sample_take(sample, record, &error));
}

static guint
count(const char *text, const char *what)
{
    guint n = 0;
    for (const char *at = text; (at = strstr(at, what)); at++)
        n++;
    return n;
}

/* Every record has the same chance: over 2,000 seeds a chi-squared of 19 degrees of freedom stays below 43.8
 * (p 0.001). */
static void
test_fair(void)
{
    enum { N = 20, DRAWN = 5, SEEDS = 2000 };
    guint seen[N] = {0};
    for (guint seed = 0; seed < SEEDS; seed++) {
        VocSampleSettings settings = {.seed = seed, .n = DRAWN};
        g_autoptr(VocSample) sample = voc_sample_new(&settings);
        g_auto(VocBuffer) out = VOC_BUFFER_INIT;
        for (guint i = 0; i < N; i++)
            with_record(i, TRUE, take, sample);
        voc_sample_write(sample, &out);
        const char *text = voc_buffer_string(&out);
        g_assert_cmpuint(count(text, "\n"), ==, DRAWN);
        for (guint i = 0; i < N; i++) {
            g_autofree char *id = g_strdup_printf("\"m%u\"", i);
            seen[i] += count(text, id);
        }
    }
    double expected = SEEDS * DRAWN / (double)N, chi = 0;
    for (guint i = 0; i < N; i++)
        chi += (seen[i] - expected) * (seen[i] - expected) / (expected * (1 - DRAWN / (double)N));
    g_assert_cmpfloat(chi, <, 43.8);
    g_assert_cmpfloat(chi, >, 5.4); /* too even would be as odd */
}

static void
test_strata(void)
{
    VocSampleSettings settings = {.n = 4, .by = "k"};
    g_autoptr(VocSample) sample = voc_sample_new(&settings);
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    for (guint i = 0; i < 1000; i++)
        with_record(i, TRUE, take, sample);
    voc_sample_write(sample, &out);
    for (guint k = 0; k < 3; k++) {
        g_autofree char *what = g_strdup_printf("\"k\":\"%u\"", k);
        g_assert_cmpuint(count(voc_buffer_string(&out), what), ==, 4);
    }
}

static void
test_few(void)
{
    VocSampleSettings settings = {.n = 50};
    g_autoptr(VocSample) sample = voc_sample_new(&settings);
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    voc_sample_write(sample, &out);
    g_assert_cmpuint(out.len, ==, 0);
    for (guint i = 0; i < 7; i++)
        with_record(i, FALSE, take, sample);
    voc_sample_write(sample, &out);
    g_assert_cmpuint(count(voc_buffer_string(&out), "\n"), ==, 7);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    reader = voc_json_reader_new();
    voc_arena_init(&arena, 0);
    g_test_add_func("/sample/rate", test_rate);
    g_test_add_func("/sample/fair", test_fair);
    g_test_add_func("/sample/strata", test_strata);
    g_test_add_func("/sample/few", test_few);
    int failed = g_test_run();
    voc_arena_clear(&arena);
    voc_json_reader_free(reader);
    return failed;
}
