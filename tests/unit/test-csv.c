#include "io/csv.h"

/* What a parse gave, as text: a row a line, cells in <>, problems in !KIND@LINE:CELL!. */
typedef struct Seen {
    GString *text;
    GString *more; /* of lines that are too long */
    guint64 last_line;
    guint64 stop_after;
    guint64 n;
} Seen;

static gboolean
see_row(const VocCsvRow *row, gpointer data)
{
    Seen *seen = data;

    g_string_append_printf(seen->text, "%" G_GUINT64_FORMAT "/%" G_GUINT64_FORMAT ":", row->row, row->line);
    for (gsize i = 0; i < row->n_cells; i++) {
        g_string_append_c(seen->text, '<');
        g_string_append_len(seen->text, row->cells[i].data, (gssize)row->cells[i].len);
        g_string_append_c(seen->text, '>');
    }
    g_string_append_c(seen->text, '\n');
    seen->last_line = row->line;
    return ++seen->n != seen->stop_after;
}

static gboolean
see_problem(const VocCsvProblem *problem, gpointer data)
{
    Seen *seen = data;

    if (problem->kind == VOC_CSV_MORE) {
        g_string_append_len(seen->more, problem->raw.data, (gssize)problem->raw.len);
        return TRUE;
    }
    g_string_append_printf(seen->text, "!%s@%d:%d %.*s!\n",
                           problem->kind == VOC_CSV_TOO_LONG ? "long" : "open", (int)problem->line,
                           (int)problem->cell, (int)MIN(problem->raw.len, 40), problem->raw.data);
    return TRUE;
}

static char *
parse_in_pieces(const char *table, gsize len, VocCsvOptions options, gsize piece)
{
    Seen seen = {g_string_new(NULL), g_string_new(NULL), 0, 0, 0};
    VocCsvHandler handler = {see_row, see_problem, &seen};
    g_autoptr(VocCsv) csv = voc_csv_new(&options, &handler);

    for (gsize at = 0; at < len; at += piece) {
        /* A copy of its own size, so that a sanitizer sees a read outside the piece. */
        gsize n = MIN(piece, len - at);
        g_autofree char *copy = g_malloc(n);
        memcpy(copy, table + at, n);
        g_assert_true(voc_csv_feed(csv, voc_slice_of(copy, n)));
    }
    g_assert_true(voc_csv_finish(csv));
    if (seen.more->len)
        g_string_append_printf(seen.text, "+%s", seen.more->str);
    g_string_free(seen.more, TRUE);
    return g_string_free(seen.text, FALSE);
}

/* However the bytes are cut, the rows are the same. */
static void
check_with(const char *table, gsize len, VocCsvOptions options, const char *expected)
{
    for (gsize piece = 1; piece <= len + 1; piece++) {
        g_autofree char *got = parse_in_pieces(table, len, options, piece);
        g_assert_cmpstr(got, ==, expected);
    }
}

static void
check(const char *table, const char *expected)
{
    check_with(table, strlen(table), VOC_CSV_OPTIONS_INIT, expected);
}

static void
test_rows(void)
{
    check("", "");
    check("a", "1/1:<a>\n");
    check("a,b\n1,2\n", "1/1:<a><b>\n2/2:<1><2>\n");
    check("a,b\r\n1,2", "1/1:<a><b>\n2/2:<1><2>\n");
    check("a,b\r1,2\r", "1/1:<a><b>\n2/2:<1><2>\n");
    check(",\n,,", "1/1:<><>\n2/2:<><><>\n");
    check("\n\n a , b\t\n  \n\n1,2\n", "1/3:<a><b>\n2/6:<1><2>\n");
    check("\r\n\r\na\r\n\r\nb\r\n", "1/3:<a>\n2/5:<b>\n");
}

static void
test_quotes(void)
{
    check("a,\"b, c\"\n1,2", "1/1:<a><b, c>\n2/2:<1><2>\n");
    check("\"ei \"\"hyv\303\244\"\"\",2\n", "1/1:<ei \"hyv\303\244\"><2>\n");
    check("\"\",\"\"\n", "1/1:<><>\n");
    check("a,b\n\"x\ny\nz\",2\nlast,1\n", "1/1:<a><b>\n2/2:<x\ny\nz><2>\n3/5:<last><1>\n");
    check("\"x\r\ny\",2\r\nlast,1\r\n", "1/1:<x\r\ny><2>\n2/3:<last><1>\n");
    check("\"x\ry\",2\rlast,1\r", "1/1:<x\ry><2>\n2/3:<last><1>\n");
    check("\"x\n\n\ny\"\n\nb", "1/1:<x\n\n\ny>\n2/6:<b>\n");
    check("a \"b\" c,d\n", "1/1:<a \"b\" c><d>\n");
    check("\"a\" b\",c\n", "1/1:<a\" b><c>\n");
    check("a, \"b, c\" ,d\n", "1/1:<a><b, c><d>\n");
    check("\"  kept  \",  cut  \n", "1/1:<  kept  ><cut>\n");
}

static void
test_open_quotes(void)
{
    check("a,b\n1,\"2\nx,y\nz,w\n", "1/1:<a><b>\n!open@2:1 1,\"2!\n3/3:<x><y>\n4/4:<z><w>\n");
    check("\"", "!open@1:0 \"!\n");
    check("a\n\"b", "1/1:<a>\n!open@2:0 \"b!\n");
    check("\"\n\"\n\"\n", "1/1:<\n>\n!open@3:0 \"!\n");
}

/* A stray quote may not swallow more than max_row. */
static void
test_open_quote_far_from_the_end(void)
{
    g_autoptr(GString) table = g_string_new("a,\"b\n");
    VocCsvOptions options = {',', '"', 64};

    for (int i = 0; i < 60; i++)
        g_string_append_printf(table, "%d,\"x, y\"\n", i);
    for (gsize piece = 1; piece < 200; piece += 7) {
        g_autofree char *got = parse_in_pieces(table->str, table->len, options, piece);
        g_assert_nonnull(strstr(got, "<59><x, y>\n"));
        g_assert_nonnull(strstr(got, "<20><x, y>\n"));
    }
}

/* A hostile table: no line but opens a quote that nothing closes. It must be read in linear time. */
static void
test_only_open_quotes(void)
{
    g_autoptr(GString) table = g_string_new(NULL);
    g_autofree char *got = NULL;
    int problems = 0;

    for (int i = 0; i < 200000; i++)
        g_string_append(table, "\"a\n");
    got = parse_in_pieces(table->str, table->len, VOC_CSV_OPTIONS_INIT, 65536);
    for (const char *at = got; *at; at++)
        problems += at[0] == '!' && at[1] == 'o';
    g_assert_cmpint(problems, ==, 200000);
}

static void
test_long_lines(void)
{
    VocCsvOptions options = {',', '"', 10};
    const char *table = "a,b\n0123456789012345678901234567890123456789\nc,d\n";

    for (gsize piece = 1; piece < 12; piece++) {
        g_autofree char *got = parse_in_pieces(table, strlen(table), options, piece);
        g_assert_cmpstr(got, ==,
                        "1/1:<a><b>\n!long@2:0 01234567890!\n3/3:<c><d>\n+12345678901234567890123456789\n");
    }
}

static void
test_options(void)
{
    VocCsvOptions semicolon = {';', '"', 0}, tab = {'\t', '"', 0}, single = {',', '\'', 0},
                  none = {',', 0, 0}, line = {0, '"', 0};

    check_with("a;1,5\n", 6, semicolon, "1/1:<a><1,5>\n");
    check_with("a\t b\t\n", 6, tab, "1/1:<a><b><>\n");
    check_with("'a,b',c\n", 8, single, "1/1:<a,b><c>\n");
    check_with("\"a,b\n", 5, none, "1/1:<\"a><b>\n");
    check_with("a, b; c\n", 8, line, "1/1:<a, b; c>\n");
}

static void
test_nul_bytes(void)
{
    VocCsvOptions options = VOC_CSV_OPTIONS_INIT;
    Seen seen = {g_string_new(NULL), NULL, 0, 0, 0};
    VocCsvHandler handler = {see_row, see_problem, &seen};
    g_autoptr(VocCsv) csv = voc_csv_new(&options, &handler);

    g_assert_true(voc_csv_feed(csv, voc_slice_of("a\0b,\"c\0d\"\n", 10)));
    g_assert_true(voc_csv_finish(csv));
    g_assert_cmpmem(seen.text->str, (int)seen.text->len, "1/1:<a\0b><c\0d>\n", 15);
    g_string_free(seen.text, TRUE);
}

static void
test_stop(void)
{
    VocCsvOptions options = VOC_CSV_OPTIONS_INIT;
    Seen seen = {g_string_new(NULL), NULL, 0, 2, 0};
    VocCsvHandler handler = {see_row, see_problem, &seen};
    g_autoptr(VocCsv) csv = voc_csv_new(&options, &handler);

    g_assert_false(voc_csv_feed(csv, VOC_SLICE("a\nb\nc\n")));
    g_assert_false(voc_csv_feed(csv, VOC_SLICE("d\n")));
    g_assert_false(voc_csv_finish(csv));
    g_assert_cmpint((int)seen.n, ==, 2);
    g_string_free(seen.text, TRUE);
}

static void
check_guess(const char *table, int delimiter, gsize columns)
{
    VocCsvGuess guess = voc_csv_guess(voc_slice_from_string(table), TRUE);

    g_assert_cmpint(guess.options.delimiter, ==, delimiter);
    g_assert_cmpuint(guess.n_columns, ==, columns);
}

static void
test_guess(void)
{
    check_guess("a,b,c\n1,2,3\n", ',', 3);
    check_guess("a;b\n1,5;2,5\n3,5;4,5\n", ';', 2);
    check_guess("a\tb\n1, 2\tx; y\n", '\t', 2);
    check_guess("id|palaute\n1|hyv\303\244, ja halpa\n", '|', 2);
    check_guess("palaute\nhyv\303\244, halpa, nopea\nhuono\nkallis, hidas\nei, ei\n", 0, 1);
    check_guess("a;b\n\"x, y, z\n, w\";1\nq;2\n", ';', 2);
    check_guess("sep=,\r\na,b\r\n", ',', 2);
    check_guess("", 0, 1);
    g_assert_cmpuint(voc_csv_guess(VOC_SLICE("sep=;\na;b\n"), TRUE).skip_bytes, ==, 6);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/csv/rows", test_rows);
    g_test_add_func("/csv/quotes", test_quotes);
    g_test_add_func("/csv/open-quotes", test_open_quotes);
    g_test_add_func("/csv/open-quote-far-from-the-end", test_open_quote_far_from_the_end);
    g_test_add_func("/csv/only-open-quotes", test_only_open_quotes);
    g_test_add_func("/csv/long-lines", test_long_lines);
    g_test_add_func("/csv/options", test_options);
    g_test_add_func("/csv/nul-bytes", test_nul_bytes);
    g_test_add_func("/csv/stop", test_stop);
    g_test_add_func("/csv/guess", test_guess);
    return g_test_run();
}
