#include "io/csv.h"

#define MAX_COLUMNS 4096 /* more are counted as this many */
#define SAMPLE ((gsize)256 << 10)
#define GOOD_SHARE 0.6 /* of the rows must agree, or a line is one cell */

typedef struct Count {
    guint rows_with[MAX_COLUMNS + 1];
    gsize first; /* cells of the first row */
    gsize n_rows;
} Count;

static gboolean
count_row(const VocCsvRow *row, gpointer data)
{
    Count *count = data;

    if (count->n_rows++ == 0)
        count->first = row->n_cells;
    count->rows_with[MIN(row->n_cells, MAX_COLUMNS)]++;
    return TRUE;
}

/* Up to and with the last line end, so that no row is counted that the sample cuts. */
static VocSlice
whole_lines(VocSlice sample)
{
    while (sample.len && sample.data[sample.len - 1] != '\n' && sample.data[sample.len - 1] != '\r')
        sample.len--;
    return sample;
}

static void
try_delimiter(VocCsvGuess *guess, Count *count, VocSlice sample, gboolean complete)
{
    VocCsvHandler handler = {count_row, NULL, count};
    g_autoptr(VocCsv) csv = voc_csv_new(&guess->options, &handler);
    gsize columns = 1;

    memset(count, 0, sizeof *count);
    voc_csv_feed(csv, sample);
    if (complete)
        voc_csv_finish(csv);
    for (gsize i = 1; i <= MAX_COLUMNS; i++)
        if (count->rows_with[i] > count->rows_with[columns])
            columns = i;
    guess->n_columns = columns;
    guess->n_rows = count->n_rows;
    guess->share = count->n_rows ? (double)count->rows_with[columns] / (double)count->n_rows : 0;
}

/* The line `sep=;` that Excel takes as the delimiter. */
static gboolean
read_sep_line(VocSlice sample, VocCsvGuess *guess)
{
    gsize end;

    if (sample.len < 6 || g_ascii_strncasecmp(sample.data, "sep=", 4) != 0)
        return FALSE;
    end = 5;
    if (sample.data[end] == '\r')
        end++;
    if (end < sample.len && sample.data[end] == '\n')
        end++;
    if (end == 5)
        return FALSE;
    guess->options.delimiter = sample.data[4];
    guess->skip_bytes = end;
    guess->skip_lines = 1;
    return TRUE;
}

VocCsvGuess
voc_csv_guess(VocSlice sample, gboolean complete)
{
    static const char delimiters[] = {',', ';', '\t', '|'};
    g_autofree Count *count = g_new(Count, 1);
    VocCsvGuess best = {.options = VOC_CSV_OPTIONS_INIT};
    double best_score = 0;

    if (sample.len > SAMPLE) {
        sample.len = SAMPLE;
        complete = FALSE;
    }
    if (!complete)
        sample = whole_lines(sample);
    if (read_sep_line(sample, &best)) {
        try_delimiter(&best, count, voc_slice_of(sample.data + best.skip_bytes, sample.len - best.skip_bytes),
                      complete);
        return best;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(delimiters); i++) {
        VocCsvGuess guess = {.options = VOC_CSV_OPTIONS_INIT};
        double score;

        guess.options.delimiter = delimiters[i];
        try_delimiter(&guess, count, sample, complete);
        /* Text is full of commas, and decimals in every row look like a delimiter: the header must agree. */
        score = guess.share * (count->first == guess.n_columns ? 1 : 0.65);
        if (guess.n_columns > 1 && guess.share >= GOOD_SHARE && score > best_score) {
            best = guess;
            best_score = score;
        }
    }
    if (best_score > 0)
        return best;
    best.options.delimiter = 0;
    try_delimiter(&best, count, sample, complete);
    return best;
}
