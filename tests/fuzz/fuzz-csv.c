/* Tables: however the bytes are cut, rows and problems are the same, none of them is lost, and what is
 * guessed can be parsed. The first bytes choose the marks and the bound of a row. */
#include "fuzz.h"
#include "io/csv.h"
#include "read/identity.h"

typedef struct Sum {
    VocHash hash;
    guint64 end; /* of the last row or problem */
} Sum;

static gboolean
on_row(const VocCsvRow *row, gpointer data)
{
    Sum *sum = data;

    g_assert(row->n_cells >= 1 && row->offset >= sum->end);
    for (gsize i = 0; i < row->n_cells; i++)
        voc_hash_add_part(&sum->hash, row->cells[i]);
    voc_hash_add_part(&sum->hash, row->raw);
    voc_hash_add_part(&sum->hash, voc_slice_of((const char *)&row->line, sizeof row->line));
    sum->end = row->offset + row->raw.len;
    return TRUE;
}

static gboolean
on_problem(const VocCsvProblem *problem, gpointer data)
{
    Sum *sum = data;

    if (problem->kind == VOC_CSV_MORE)
        return TRUE;
    g_assert(problem->offset >= sum->end);
    voc_hash_add_part(&sum->hash, problem->raw);
    voc_hash_add_part(&sum->hash, voc_slice_of((const char *)&problem->line, sizeof problem->line));
    sum->end = problem->offset + problem->raw.len;
    return TRUE;
}

static void
parse(VocCsvOptions options, VocSlice text, gsize piece, guint64 result[2])
{
    Sum sum = {.end = 0};
    VocCsvHandler handler = {on_row, on_problem, &sum};
    g_autoptr(VocCsv) csv = voc_csv_new(&options, &handler);

    voc_hash_init(&sum.hash);
    for (gsize at = 0; at < text.len; at += piece)
        g_assert(voc_csv_feed(csv, voc_slice_of(text.data + at, MIN(piece, text.len - at))));
    g_assert(voc_csv_finish(csv));
    voc_hash_end(&sum.hash, result);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char delimiters[] = {',', ';', '\t', 0}, quotes[] = {'"', '\'', 0, '"'};
    VocCsvOptions options = VOC_CSV_OPTIONS_INIT;
    VocCsvGuess guess;
    VocSlice text;
    guint64 whole[2], cut[2];

    if (size < 2)
        return 0;
    options.delimiter = delimiters[data[0] & 3];
    options.quote = quotes[data[0] >> 2 & 3];
    options.max_row = data[0] & 16 ? 64 : 0;
    text = voc_slice_of((const char *)data + 2, size - 2);
    parse(options, text, MAX(text.len, 1), whole);
    parse(options, text, 1u + data[1] % 32, cut);
    /* A row that is too long is found at once in one piece and a little later in many. */
    g_assert(options.max_row || (whole[0] == cut[0] && whole[1] == cut[1]));
    guess = voc_csv_guess(text, data[1] & 1);
    parse(guess.options, text, 64, cut);
    return 0;
}
