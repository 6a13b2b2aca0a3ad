/* Tables: comma, semicolon, tab, bar between the cells, one row a message or an answer to several questions.
 */
#include "io/csv.h"
#include "read/format.h"
#include "read/mapping.h"
#include "read/rows.h"
#include "read/table.h"

#define SAMPLE_ROWS 3000 /* that the columns are told from */

typedef struct State {
    VocCsvOptions options;
    VocCsvGuess guess;
    VocTable *table;
    VocRows *rows;
    VocCsv *csv;
    VocReading *reading;
    gboolean has_header;
    guint64 header_row, first_row; /* of the CSV's rows: the header's, and the first that is a message */
    gsize skip;                    /* bytes in front of the table that are still to be passed over */
    VocBuffer reason;
} State;

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    static const char *const endings[] = {".csv", ".tsv", ".tab", NULL};
    const char *base = voc_export_base(export);
    gboolean complete, named = FALSE;
    VocCsvGuess guess;

    voc_export_head(export, &complete);
    for (const char *const *end = endings; *end; end++) {
        g_autofree char *packed = g_strconcat(*end, ".gz", NULL);
        named |= g_str_has_suffix(base, *end) || g_str_has_suffix(base, packed);
    }
    if (memchr(text.data, 0, text.len))
        return VOC_PROBE_NO; /* no text at all */
    guess = voc_csv_guess(text, complete);
    if (guess.skip_bytes)
        return *why = "a line sep= in front", VOC_PROBE_SURE;
    if (named)
        return *why = "the file's name and rows of cells", VOC_PROBE_LIKELY;
    if (guess.n_columns > 1 && guess.n_rows > 1 && guess.share > 0.9)
        return *why = "rows with the same number of cells", VOC_PROBE_PERHAPS + 10;
    return VOC_PROBE_NO;
}

/* The head's rows, for finding the header and for looking at the columns. */
typedef struct Look {
    State *state;
    const VocNames *names;
    const VocReadOptions *options;
    guint64 seen;
} Look;

static void
set_columns(State *state, const Look *look, const VocCsvRow *row)
{
    state->has_header =
        !look->options->no_header && voc_table_has_header(look->names, row->cells, row->n_cells);
    if (state->has_header) {
        state->table = voc_table_new(look->names, row->cells, row->n_cells);
        state->header_row = row->row;
        state->first_row = row->row + 1;
        return;
    }
    state->table = voc_table_new(look->names, NULL, 0);
    for (gsize i = 0; i < row->n_cells; i++)
        voc_table_add_column(state->table, VOC_SLICE_NONE);
    state->first_row = row->row;
}

/* A second row of a header says what kind of answer stands in the column ("Open-Ended Response"). */
static gboolean
is_subheader(const Look *look, const VocCsvRow *row)
{
    VocTable *table = look->state->table;
    g_auto(GStrv) folded = g_new0(char *, table->columns->len + 1);
    const VocPreset *preset;
    gboolean found = FALSE;

    for (guint i = 0; i < table->columns->len; i++)
        folded[i] = voc_names_fold(voc_slice_from_string(voc_table_column(table, i)->name));
    preset = voc_names_find_preset(look->names, (const char *const *)folded, table->columns->len);
    for (gsize i = 0; preset && i < row->n_cells; i++) {
        g_autofree char *cell = voc_names_fold(row->cells[i]);
        found |= voc_preset_is_subheader(preset, cell);
    }
    return found;
}

/* Lines in front of the header are titles: at most one cell has something in it where the table has several.
 */
static gboolean
is_title(const Look *look, const VocCsvRow *row)
{
    gsize columns = look->state->guess.n_columns, filled = 0;
    gboolean named = FALSE;

    if (row->n_cells * 2 <= columns)
        return TRUE;
    for (gsize i = 0; i < row->n_cells; i++) {
        if (!voc_slice_strip(row->cells[i]).len)
            continue;
        g_autofree char *folded = voc_names_fold(row->cells[i]);
        g_autoptr(GArray) hits = voc_names_match(look->names, folded);
        named |= hits->len && g_array_index(hits, VocNameHit, 0).match == VOC_NAME_IS;
        filled++;
    }
    return columns > 2 && filled < 2 && !named;
}

static gboolean
look_at_row(const VocCsvRow *row, gpointer data)
{
    Look *look = data;
    State *state = look->state;

    if (!state->table) {
        if (is_title(look, row))
            return TRUE;
        set_columns(state, look, row);
        if (state->has_header)
            return TRUE;
    } else if (state->has_header && row->row == state->header_row + 1 && is_subheader(look, row)) {
        state->first_row = row->row + 1;
        return TRUE;
    }
    voc_table_look(state->table, row->cells, row->n_cells);
    return ++look->seen < SAMPLE_ROWS;
}

static gboolean
choose_marks(State *state, const VocReadOptions *options, GError **error)
{
    state->options = state->guess.options;
    return (!options->delimiter ||
            voc_read_options_mark("delimiter", options->delimiter, &state->options.delimiter, error)) &&
           (!options->quote || voc_read_options_mark("quote", options->quote, &state->options.quote, error));
}

static gboolean
look_at_head(State *state, VocReading *reading)
{
    Look look = {state, reading->names, reading->options, 0};
    VocCsvHandler handler = {look_at_row, NULL, &look};
    g_autoptr(VocCsv) csv = voc_csv_new(&state->options, &handler);
    VocSlice text = voc_export_head_text(reading->export);
    gboolean complete;

    voc_export_head(reading->export, &complete);
    text = voc_slice_of(text.data + state->guess.skip_bytes, text.len - state->guess.skip_bytes);
    voc_csv_feed(csv, text);
    if (complete)
        voc_csv_finish(csv);
    return state->table != NULL;
}

/* The whole column of dates. */
typedef struct Dates {
    const State *state;
    VocDateOrders *orders;
} Dates;

static gboolean
look_at_date(const VocCsvRow *row, gpointer data)
{
    Dates *dates = data;
    gsize at = (gsize)dates->state->table->at[VOC_ROLE_TIME];

    if (row->row >= dates->state->first_row && at < row->n_cells)
        voc_date_orders_add(dates->orders, row->row, row->cells[at]);
    return TRUE;
}

/* Reads the export twice when it can: once for the order of its dates. Of a pipe the head must do. */
static void
look_at_all_dates(State *state, VocReading *reading)
{
    Dates dates = {state, NULL};
    VocCsvHandler handler = {look_at_date, NULL, &dates};
    g_autoptr(VocCsv) csv = NULL;
    VocCsvOptions options = state->options;
    gsize skip = state->guess.skip_bytes;
    gboolean complete;
    VocSlice text = voc_export_head_text(reading->export);

    if (!voc_table_wants_dates(state->table))
        return;
    dates.orders = voc_date_orders_new();
    options.wanted = (gsize)state->table->at[VOC_ROLE_TIME] + 1;
    csv = voc_csv_new(&options, &handler);
    voc_export_head(reading->export, &complete);
    if (complete || !voc_export_rewind(reading->export)) {
        voc_csv_feed(csv, voc_slice_of(text.data + skip, text.len - skip));
    } else {
        while (voc_export_text(reading->export, &text, NULL) > 0) {
            gsize n = MIN(skip, text.len);

            voc_csv_feed(csv, voc_slice_of(text.data + n, text.len - n));
            skip -= n;
        }
        voc_export_rewind(reading->export);
    }
    voc_csv_finish(csv);
    voc_table_take_dates(state->table, dates.orders);
}

static void
tell_of_both_orders(State *state, VocReading *reading)
{
    const VocDateOrders *orders = state->table->orders;
    const VocDateEvidence *evidence = orders ? voc_date_orders_evidence(orders) : NULL;

    if (evidence && evidence->dmy && evidence->mdy)
        voc_reading_note(reading,
                         "dates of both orders, %" G_GUINT64_FORMAT " day first and %" G_GUINT64_FORMAT
                         " month first; each is read as those around it (voc read --explain names the rows)",
                         evidence->dmy, evidence->mdy);
}

static void
reject_bad_bytes(State *state, const VocCsvRow *row, const VocBadByte *bad)
{
    VocReading *reading = state->reading;
    const char *column = "";
    gsize i = 0;

    for (; i < row->n_cells && i < state->table->columns->len; i++) {
        VocSlice cell = row->cells[i];

        if (voc_utf8_valid_length(cell) < cell.len ||
            g_strstr_len(cell.data, (gssize)cell.len, "\357\277\275")) {
            column = voc_table_column(state->table, (guint)i)->name;
            break;
        }
    }
    voc_reading_reject(
        reading, row->line + state->guess.skip_lines, row->raw,
        "row %" G_GUINT64_FORMAT ", column '%s' (%u): byte 0x%02x at %" G_GUINT64_FORMAT " is no %s",
        row->row, column, (guint)i + 1, bad->byte, bad->in, voc_export_charset(reading->export).name);
}

/* Whether the row's bytes were all characters; those of earlier rows are forgotten. */
static gboolean
has_good_bytes(State *state, const VocCsvRow *row)
{
    guint64 start = row->offset + state->guess.skip_bytes, end = start + row->raw.len;
    VocBadByte bad, first;
    gboolean good = TRUE;

    while (voc_export_take_bad(state->reading->export, end, &bad)) {
        if (good && bad.out >= start) {
            first = bad;
            good = FALSE;
        }
    }
    if (!good)
        reject_bad_bytes(state, row, &first);
    return good;
}

/* Cells behind the last column may be empty, nothing else may differ. */
static gboolean
has_all_cells(State *state, const VocCsvRow *row)
{
    gsize columns = state->table->columns->len, n = row->n_cells;

    while (n > columns && !row->cells[n - 1].len)
        n--;
    if (n == columns)
        return TRUE;
    if (n > columns)
        voc_reading_reject(state->reading, row->line + state->guess.skip_lines, row->raw,
                           "row %" G_GUINT64_FORMAT " has %u cells, the header %u", row->row, (guint)n,
                           (guint)columns);
    else
        voc_reading_reject(
            state->reading, row->line + state->guess.skip_lines, row->raw,
            "row %" G_GUINT64_FORMAT " has %u cells, the header %u: column '%s' (%u) is missing", row->row,
            (guint)n, (guint)columns, voc_table_column(state->table, (guint)n)->name, (guint)n + 1);
    return FALSE;
}

static gboolean
read_row(const VocCsvRow *row, gpointer data)
{
    State *state = data;
    VocRow one = {.cells = row->cells,
                  .n = MIN(row->n_cells, state->table->columns->len),
                  .row = row->row,
                  .line = row->line + state->guess.skip_lines};

    if (row->row < state->first_row)
        return TRUE;
    if (has_good_bytes(state, row) && has_all_cells(state, row) &&
        !voc_rows_add(state->rows, &one, state->reading->out, &state->reason))
        voc_reading_reject(state->reading, one.line, row->raw, "%s", voc_buffer_string(&state->reason));
    return TRUE;
}

static gboolean
read_problem(const VocCsvProblem *problem, gpointer data)
{
    State *state = data;
    guint64 line = problem->line + state->guess.skip_lines;

    if (problem->kind == VOC_CSV_OPEN_QUOTE)
        voc_reading_reject(state->reading, line, problem->raw,
                           "row %" G_GUINT64_FORMAT ", column %u: a quote that opens here is not closed",
                           problem->row, (guint)problem->cell + 1);
    else if (problem->kind == VOC_CSV_TOO_LONG)
        voc_reading_reject(state->reading, line, VOC_SLICE_NONE,
                           "row %" G_GUINT64_FORMAT " is longer than %u MiB", problem->row,
                           (guint)(VOC_CSV_MAX_ROW >> 20));
    if (problem->kind != VOC_CSV_OPEN_QUOTE)
        voc_reading_reject_more(state->reading, problem->raw);
    return TRUE;
}

static void
close_state(gpointer data)
{
    State *state = data;

    voc_csv_free(state->csv);
    voc_rows_free(state->rows);
    voc_table_free(state->table);
    voc_buffer_clear(&state->reason);
    g_free(state);
}

static gpointer
open_table(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);
    VocCsvHandler handler = {read_row, read_problem, state};
    gboolean complete;

    state->reading = reading;
    voc_export_head(reading->export, &complete);
    state->guess = voc_csv_guess(voc_export_head_text(reading->export), complete);
    if (!choose_marks(state, reading->options, error)) {
        close_state(state);
        return NULL;
    }
    if (reading->options->delimiter)
        state->guess.n_columns = 1; /* the first row is the header, whatever the guess would have been */
    if (!look_at_head(state, reading)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT,
                    "no table: no row could be read of its first megabyte");
        close_state(state);
        return NULL;
    }
    if (!voc_table_decide(state->table, reading->options, error)) {
        close_state(state);
        return NULL;
    }
    look_at_all_dates(state, reading);
    tell_of_both_orders(state, reading);
    state->skip = state->guess.skip_bytes;
    state->rows =
        voc_rows_new(state->table, reading->zone, reading->identity, voc_export_path(reading->export));
    state->csv = voc_csv_new(&state->options, &handler);
    if (!state->table->n_texts)
        voc_reading_note(reading, "no column has the text; voc read --explain tells what there is");
    return state;
}

static gboolean
step(gpointer data, VocReading *reading, GError **error)
{
    State *state = data;
    VocSlice text;
    int got = voc_export_text(reading->export, &text, error);

    if (got > 0) {
        gsize skip = MIN(state->skip, text.len);

        state->skip -= skip;
        voc_csv_feed(state->csv, voc_slice_of(text.data + skip, text.len - skip));
        return TRUE;
    }
    voc_csv_finish(state->csv);
    return FALSE;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    State *state = data;
    const VocReadOptions *options = reading->options;

    if (state->options.delimiter)
        voc_buffer_add_printf(
            out, "  delimiter  %s: ",
            state->options.delimiter == '\t' ? "tab" : (char[]){'\'', state->options.delimiter, '\'', 0});
    else
        voc_buffer_add_string(out, "  delimiter  none: ");
    if (options->delimiter)
        voc_buffer_add_string(out, "--delimiter\n");
    else
        voc_buffer_add_printf(out, "%d %% of the rows have %u cells  (--delimiter CHARACTER)\n",
                              (int)(state->guess.share * 100), (guint)state->guess.n_columns);
    voc_buffer_add_printf(out, "  header     %s%s\n", state->has_header ? "row " : "none",
                          state->has_header ? "" : ": the first row is a message");
    if (state->has_header) {
        out->len--;
        voc_buffer_add_printf(out, "%" G_GUINT64_FORMAT "  (--no-header)\n", state->header_row);
    }
    voc_table_explain(state->table, options->timezone ? options->timezone : VOC_ZONE_DEFAULT, out);
}

const VocFormat voc_format_table = {
    .name = "table",
    .summary = "a table of answers, reviews, tickets or messages: CSV, TSV, semicolons",
    .recognised = "its name (.csv, .tsv), or rows with the same number of cells",
    .probe = probe,
    .open = open_table,
    .step = step,
    .explain = explain,
    .close = close_state,
};
