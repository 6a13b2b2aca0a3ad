#include <glib/gstdio.h>
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/tsv.h"

static void
test_arena_alignment(void)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 100);
    for (gsize size = 0; size < 300; size++) {
        voc_arena_copy(&arena, VOC_SLICE("x")); /* leaves the next address odd */
        char *at = voc_arena_alloc(&arena, size);
        g_assert_cmpuint((guintptr)at % sizeof(gpointer), ==, 0);
        memset(at, 0xAB, size); /* a sanitizer sees what is not ours */
        at = voc_arena_alloc_aligned(&arena, size, 64);
        g_assert_cmpuint((guintptr)at % 64, ==, 0);
        memset(at, 0xAB, size);
    }
}

static void
test_arena_zeroes(void)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    memset(voc_arena_alloc(&arena, 5000), 0xFF, 5000);
    voc_arena_reset(&arena);
    const char *at = voc_arena_alloc0(&arena, 5000);
    for (int i = 0; i < 5000; i++)
        g_assert_cmpint(at[i], ==, 0);
}

static void
test_arena_slices(void)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 16);
    VocSlice copy = voc_arena_copy(&arena, VOC_SLICE("hyvä"));
    g_assert_true(voc_slice_equal_string(copy, "hyvä"));
    g_assert_cmpstr(voc_arena_string(&arena, voc_slice_of(copy.data, 3)), ==, "hyv");
    g_assert_true(voc_slice_equal_string(voc_arena_concat(&arena, copy, VOC_SLICE("!")), "hyvä!"));
    g_assert_cmpuint(voc_arena_copy(&arena, VOC_SLICE_NONE).len, ==, 0);
    g_assert_cmpstr(voc_arena_string(&arena, VOC_SLICE_NONE), ==, "");
    g_assert_cmpuint(voc_arena_concat(&arena, VOC_SLICE_NONE, VOC_SLICE_NONE).len, ==, 0);
}

/* A reset arena settles: the same work again takes no further block. */
static void
test_arena_settles(void)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 1024);
    VocArenaBlock *settled = NULL;
    for (int round = 0; round < 20; round++) {
        for (int i = 0; i < 100; i++)
            memset(voc_arena_alloc(&arena, 100), i, 100);
        if (round > 10)
            g_assert_true(arena.block == settled);
        settled = arena.block;
        voc_arena_reset(&arena);
    }
    /* What one huge record took is given back. */
    memset(voc_arena_alloc(&arena, 1 << 20), 1, 1 << 20);
    voc_arena_reset(&arena);
    g_assert_true(arena.end - arena.next < 1 << 20);
    memset(voc_arena_alloc(&arena, 10), 1, 10);
}

static void
test_arena_trim(void)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    char *at = voc_arena_alloc(&arena, 1000);
    voc_arena_trim(&arena, at, 1000, 10);
    char *next = voc_arena_copy(&arena, VOC_SLICE("next")).data == at + 10 ? at + 10 : NULL;
    g_assert_nonnull(next);
    voc_arena_trim(&arena, at, 10, 5); /* no longer the last: nothing happens */
    g_assert_true(voc_arena_copy(&arena, VOC_SLICE("z")).data == at + 14);
}

static void
check_number(double value, int decimals, const char *expected)
{
    g_auto(VocBuffer) buffer = VOC_BUFFER_INIT;
    voc_buffer_add_number(&buffer, value, decimals);
    g_assert_cmpstr(voc_buffer_string(&buffer), ==, expected);
}

static void
test_buffer_numbers(void)
{
    check_number(0, 3, "0");
    check_number(-0.0, 3, "0");
    check_number(-0.0001, 3, "0");
    check_number(0.0005, 3, "0.001");
    check_number(-0.0005, 3, "-0.001");
    check_number(0.5, 0, "1");
    check_number(1, 3, "1");
    check_number(1.1, 1, "1.1");
    check_number(1.10, 9, "1.1");
    check_number(-2.25, 2, "-2.25");
    check_number(0.999, 2, "1");
    check_number(9.995, 1, "10");
    check_number(123456.789, 3, "123456.789");
    check_number(0.000000001, 9, "0.000000001");
    check_number(100, 2, "100");
    check_number(1e17, 0, "100000000000000000");
    check_number(1e22, 2, "1e+22");
    check_number(-1e22, 9, "-1e+22");
    check_number(NAN, 3, "0");
    check_number(INFINITY, 3, "0");
    check_number(-INFINITY, 3, "0");
}

/* Against the C library, over many values: the same number to the last decimal. */
static void
test_buffer_numbers_at_random(void)
{
    g_auto(VocBuffer) buffer = VOC_BUFFER_INIT;
    for (int i = 0; i < 20000; i++) {
        int decimals = g_test_rand_int_range(0, 10);
        double value = g_test_rand_double_range(-2000, 2000);
        voc_buffer_reset(&buffer);
        voc_buffer_add_number(&buffer, value, decimals);
        double read = g_ascii_strtod(voc_buffer_string(&buffer), NULL);
        double step = 1;
        for (int k = 0; k < decimals; k++)
            step /= 10;
        g_assert_cmpfloat_with_epsilon(read, value, step * 0.5000001 + 1e-12);
    }
}

static void
test_buffer_ints(void)
{
    static const gint64 values[] = {0, 7, -7, 10, -10, 123456789, G_MAXINT64, G_MININT64, G_MAXINT32};
    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        g_auto(VocBuffer) buffer = VOC_BUFFER_INIT;
        g_autofree char *expected = g_strdup_printf("%" G_GINT64_FORMAT, values[i]);
        voc_buffer_add_int(&buffer, values[i]);
        g_assert_cmpstr(voc_buffer_string(&buffer), ==, expected);
    }
}

static void
test_buffer_grows(void)
{
    g_auto(VocBuffer) buffer = VOC_BUFFER_INIT;
    g_assert_cmpstr(voc_buffer_string(&buffer), ==, "");
    for (int i = 0; i < 5000; i++)
        voc_buffer_add_literal(&buffer, "abc");
    voc_buffer_add_slice(&buffer, VOC_SLICE_NONE);
    voc_buffer_add_printf(&buffer, "%d", 42);
    g_assert_cmpuint(buffer.len, ==, 15002);
    g_assert_true(g_str_has_suffix(voc_buffer_string(&buffer), "abc42"));
    voc_buffer_reset(&buffer);
    g_assert_cmpstr(voc_buffer_string(&buffer), ==, "");
}

static void
test_slices(void)
{
    g_assert_true(voc_slice_equal_string(voc_slice_strip(VOC_SLICE(" \t a b\r\n")), "a b"));
    g_assert_cmpuint(voc_slice_strip(VOC_SLICE(" \n ")).len, ==, 0);
    g_assert_true(voc_slice_starts_with(VOC_SLICE("abc"), VOC_SLICE("ab")));
    g_assert_false(voc_slice_starts_with(VOC_SLICE("a"), VOC_SLICE("ab")));
    g_assert_true(voc_slice_starts_with(VOC_SLICE_NONE, VOC_SLICE_NONE));
    g_assert_true(voc_slice_equal(VOC_SLICE_NONE, VOC_SLICE("")));
    g_assert_cmpuint(voc_slice_from_string(NULL).len, ==, 0);
    g_autofree char *copy = voc_slice_dup(VOC_SLICE_NONE);
    g_assert_cmpstr(copy, ==, "");
}

/* A table written to a file of its own; unlinked once it is open. */
static gboolean
open_table(VocTsv *tsv, const char *bytes, gssize len, GError **error)
{
    g_autofree char *path = NULL;
    int fd = g_file_open_tmp("voc-tsv-XXXXXX", &path, NULL);
    g_close(fd, NULL);
    g_assert_true(g_file_set_contents(path, bytes, len, NULL));
    gboolean good = voc_tsv_open(tsv, path, error);
    g_unlink(path);
    return good;
}

static void
test_tsv_rows(void)
{
    g_auto(VocTsv) tsv;
    double number;
    g_assert_true(open_table(
        &tsv, "\357\273\277# head\nhuono\t-2.5\tnote \n\n \t \nhyvä \t1,5\r\nlast\tx\ty\tz", -1, NULL));
    g_assert_true(voc_tsv_next(&tsv));
    g_assert_cmpuint(tsv.line, ==, 2);
    g_assert_cmpuint(tsv.n, ==, 3);
    g_assert_true(voc_slice_equal_string(tsv.cell[0], "huono"));
    g_assert_true(voc_tsv_number(&tsv, 1, &number));
    g_assert_cmpfloat(number, ==, -2.5);
    g_assert_true(voc_slice_equal_string(tsv.cell[2], "note"));
    g_assert_cmpuint(tsv.cell[3].len, ==, 0);
    g_assert_true(voc_tsv_next(&tsv));
    g_assert_cmpuint(tsv.line, ==, 5);
    g_assert_true(voc_slice_equal_string(tsv.cell[0], "hyvä"));
    g_assert_false(voc_tsv_number(&tsv, 1, &number));
    g_assert_false(voc_tsv_number(&tsv, 9, &number));
    g_assert_true(voc_tsv_next(&tsv));
    g_assert_cmpuint(tsv.n, ==, 4);
    g_assert_false(voc_tsv_next(&tsv));
    g_assert_false(voc_tsv_next(&tsv));
}

static void
test_tsv_many_columns(void)
{
    g_auto(VocTsv) tsv;
    g_autoptr(GString) row = g_string_new("0");
    for (int i = 1; i < 40; i++)
        g_string_append_printf(row, "\t%d", i);
    g_assert_true(open_table(&tsv, row->str, -1, NULL));
    g_assert_true(voc_tsv_next(&tsv));
    g_assert_cmpuint(tsv.n, ==, VOC_TSV_COLUMNS);
    g_assert_true(g_str_has_prefix(tsv.cell[VOC_TSV_COLUMNS - 1].data, "15\t16"));
}

static void
test_tsv_failures(void)
{
    g_autoptr(GError) error = NULL;
    g_auto(VocTsv) missing, bad, nul;
    g_assert_false(voc_tsv_open(&missing, "/no/such/file", &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
    g_clear_error(&error);
    g_assert_false(open_table(&bad, "a\nb\n\377\n", -1, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
    g_assert_nonnull(strstr(error->message, ":3: "));
    g_clear_error(&error);
    g_assert_false(open_table(&nul, "a\0b\n", 4, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/base/arena/alignment", test_arena_alignment);
    g_test_add_func("/base/arena/zeroes", test_arena_zeroes);
    g_test_add_func("/base/arena/slices", test_arena_slices);
    g_test_add_func("/base/arena/settles", test_arena_settles);
    g_test_add_func("/base/arena/trim", test_arena_trim);
    g_test_add_func("/base/buffer/numbers", test_buffer_numbers);
    g_test_add_func("/base/buffer/numbers-at-random", test_buffer_numbers_at_random);
    g_test_add_func("/base/buffer/ints", test_buffer_ints);
    g_test_add_func("/base/buffer/grows", test_buffer_grows);
    g_test_add_func("/base/slices", test_slices);
    g_test_add_func("/base/tsv/rows", test_tsv_rows);
    g_test_add_func("/base/tsv/many-columns", test_tsv_many_columns);
    g_test_add_func("/base/tsv/failures", test_tsv_failures);
    return g_test_run();
}
