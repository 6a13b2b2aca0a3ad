#include "rows.h"

#include <math.h>
#include <unistd.h>

#include "io/json.h"
#include "text/width.h"

/* A table's cell is no wider than this. */
#define WIDEST 60

/* Buffered rows go out when there are this many bytes of them. */
#define FLUSH ((gsize)64 * 1024)

gboolean
voc_rows_format(const VocProgram *program, const char *name, VocRowsFormat *format, GError **error)
{
    static const char *const NAMES[VOC_N_ROWS] = {"records", "tsv", "csv", "table"};
    *format = isatty(STDOUT_FILENO) && !program->packed ? VOC_ROWS_TABLE : VOC_ROWS_TSV;
    for (int i = 0; name && i < VOC_N_ROWS; i++)
        if (strcmp(name, NAMES[i]) == 0) {
            *format = (VocRowsFormat)i;
            return TRUE;
        }
    if (name)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, _("no format '%s': records, tsv, csv or table"), name);
    return !name;
}

static void
add_number(VocBuffer *out, double value)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    if (isfinite(value))
        voc_buffer_add_string(out, g_ascii_formatd(text, sizeof text, "%.15g", value));
}

static void
add_hex(VocBuffer *out, VocSlice bytes)
{
    for (gsize i = 0; i < bytes.len; i++)
        voc_buffer_add_printf(out, "%02x", (guchar)bytes.data[i]);
}

static gboolean
is_formula(VocSlice text)
{
    return text.len && strchr("=+-@\t\r", text.data[0]) != NULL && text.data[0];
}

/* The cell as text, before any quoting. */
static void
add_cell(VocBuffer *out, VocStatement *statement, int column, gboolean line, gboolean guarded)
{
    VocSlice text = VOC_SLICE_NONE;
    switch (voc_statement_type(statement, column)) {
    case VOC_CELL_INT:
        voc_buffer_add_int(out, voc_statement_int(statement, column));
        return;
    case VOC_CELL_NUMBER:
        add_number(out, voc_statement_number(statement, column));
        return;
    case VOC_CELL_BLOB:
        add_hex(out, voc_statement_text(statement, column));
        return;
    case VOC_CELL_TEXT:
        text = voc_statement_text(statement, column);
        break;
    default:
        return;
    }
    if (guarded && is_formula(text))
        voc_buffer_add_char(out, '\'');
    if (line)
        voc_text_add_plain(out, text);
    else
        voc_buffer_add_slice(out, text);
}

static void
add_csv(VocBuffer *out, VocSlice cell)
{
    gboolean quote = FALSE;
    for (gsize i = 0; i < cell.len && !quote; i++)
        quote = strchr(",;\"\r\n\t ", cell.data[i]) != NULL;
    if (quote)
        voc_buffer_add_char(out, '"');
    for (gsize i = 0; i < cell.len; i++) {
        if (cell.data[i] == '"')
            voc_buffer_add_char(out, '"');
        if (cell.data[i])
            voc_buffer_add_char(out, cell.data[i]);
    }
    if (quote)
        voc_buffer_add_char(out, '"');
}

static void
add_object(VocBuffer *out, VocStatement *statement)
{
    g_auto(VocBuffer) cell = VOC_BUFFER_INIT;
    int n = voc_statement_columns(statement);
    for (int i = 0; i < n; i++)
        if (strcmp(voc_statement_name(statement, i), "record") == 0 &&
            voc_statement_type(statement, i) == VOC_CELL_TEXT) {
            voc_buffer_add_slice(out, voc_statement_text(statement, i));
            voc_buffer_add_char(out, '\n');
            return;
        }
    voc_buffer_add_char(out, '{');
    for (int i = 0; i < n; i++) {
        VocCellType type = voc_statement_type(statement, i);
        if (i)
            voc_buffer_add_char(out, ',');
        voc_json_add_string(out, voc_slice_from_string(voc_statement_name(statement, i)));
        voc_buffer_add_char(out, ':');
        voc_buffer_reset(&cell);
        add_cell(&cell, statement, i, FALSE, FALSE);
        if (type == VOC_CELL_TEXT || type == VOC_CELL_BLOB)
            voc_json_add_string(out, voc_buffer_slice(&cell));
        else if (cell.len)
            voc_buffer_add_slice(out, voc_buffer_slice(&cell));
        else
            voc_buffer_add_literal(out, "null");
    }
    voc_buffer_add_literal(out, "}\n");
}

static void
add_row(VocBuffer *out, VocStatement *statement, VocRowsFormat format)
{
    g_auto(VocBuffer) cell = VOC_BUFFER_INIT;
    int n = voc_statement_columns(statement);
    for (int i = 0; i < n; i++) {
        if (i)
            voc_buffer_add_char(out, format == VOC_ROWS_TSV ? '\t' : ',');
        voc_buffer_reset(&cell);
        add_cell(&cell, statement, i, format == VOC_ROWS_TSV, TRUE);
        if (format == VOC_ROWS_TSV)
            voc_buffer_add_slice(out, voc_buffer_slice(&cell));
        else
            add_csv(out, voc_buffer_slice(&cell));
    }
    voc_buffer_add_char(out, '\n');
}

static void
add_head(VocBuffer *out, VocStatement *statement, VocRowsFormat format)
{
    int n = voc_statement_columns(statement);
    g_auto(VocBuffer) name = VOC_BUFFER_INIT;
    for (int i = 0; i < n; i++) {
        if (i)
            voc_buffer_add_char(out, format == VOC_ROWS_TSV ? '\t' : ',');
        voc_buffer_reset(&name);
        voc_text_add_plain(&name, voc_slice_from_string(voc_statement_name(statement, i)));
        if (format == VOC_ROWS_TSV)
            voc_buffer_add_slice(out, voc_buffer_slice(&name));
        else
            add_csv(out, voc_buffer_slice(&name));
    }
    voc_buffer_add_char(out, '\n');
}

typedef struct Table {
    int n;
    GPtrArray *cells; /* row by row, the head first */
    gboolean *right;
    int *width;
} Table;

static void
table_add(Table *table, int column, VocSlice text)
{
    VocSlice fit = voc_text_fit_start(text, WIDEST - 1);
    char *cell = fit.len < text.len ? g_strdup_printf("%.*s…", (int)fit.len, text.data) : voc_slice_dup(text);
    table->width[column] = MAX(table->width[column], voc_text_width(voc_slice_from_string(cell)));
    g_ptr_array_add(table->cells, cell);
}

static void
table_write(const Table *table, VocBuffer *out)
{
    for (guint row = 0; row < table->cells->len / (guint)table->n; row++) {
        for (int i = 0; i < table->n; i++) {
            const char *cell = g_ptr_array_index(table->cells, row * (guint)table->n + (guint)i);
            int blank = table->width[i] - voc_text_width(voc_slice_from_string(cell));
            if (i)
                voc_buffer_add_literal(out, "  ");
            if (table->right[i])
                voc_buffer_add_printf(out, "%*s", blank, "");
            voc_buffer_add_string(out, cell);
            if (!table->right[i] && i + 1 < table->n)
                voc_buffer_add_printf(out, "%*s", blank, "");
        }
        voc_buffer_add_char(out, '\n');
        for (int i = 0; row == 0 && i < table->n; i++) {
            for (int k = 0; k < table->width[i]; k++)
                voc_buffer_add_literal(out, "─");
            voc_buffer_add_string(out, i + 1 < table->n ? "  " : "\n");
        }
    }
}

static void
table_row(Table *table, VocStatement *statement)
{
    g_auto(VocBuffer) cell = VOC_BUFFER_INIT;
    for (int i = 0; i < table->n; i++) {
        VocCellType type = voc_statement_type(statement, i);
        voc_buffer_reset(&cell);
        add_cell(&cell, statement, i, TRUE, FALSE);
        table->right[i] |= type == VOC_CELL_INT || type == VOC_CELL_NUMBER;
        table_add(table, i, voc_buffer_slice(&cell));
    }
}

static gboolean
write_table(VocProgram *program, VocStatement *statement, gint64 limit, gboolean *more, GError **error)
{
    Table table = {.n = voc_statement_columns(statement), .cells = g_ptr_array_new_with_free_func(g_free)};
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    gint64 rows = 0;
    int got;
    table.right = g_new0(gboolean, (gsize)table.n);
    table.width = g_new0(int, (gsize)table.n);
    for (int i = 0; i < table.n; i++) {
        g_auto(VocBuffer) name = VOC_BUFFER_INIT;
        voc_text_add_plain(&name, voc_slice_from_string(voc_statement_name(statement, i)));
        table_add(&table, i, voc_buffer_slice(&name));
    }
    while ((got = voc_statement_step(statement, error)) > 0 && !(*more = limit && rows == limit)) {
        table_row(&table, statement);
        rows++;
    }
    table_write(&table, &out);
    g_ptr_array_unref(table.cells);
    g_free(table.right);
    g_free(table.width);
    return got >= 0 && voc_output_write(program->out, voc_buffer_slice(&out), error);
}

gboolean
voc_rows_write(VocProgram *program, VocStatement *statement, VocRowsFormat format, gint64 limit,
               gboolean *more, GError **error)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    gint64 rows = 0;
    int got;
    *more = FALSE;
    if (format == VOC_ROWS_TABLE)
        return write_table(program, statement, limit, more, error);
    /* A head is no answer to a question that fails at its first row. */
    got = voc_statement_step(statement, error);
    if (got >= 0 && format != VOC_ROWS_RECORDS)
        add_head(&out, statement, format);
    for (; got > 0 && !(*more = limit && rows == limit); got = voc_statement_step(statement, error)) {
        if (format == VOC_ROWS_RECORDS)
            add_object(&out, statement);
        else
            add_row(&out, statement, format);
        rows++;
        if (out.len < FLUSH)
            continue;
        if (!voc_output_write(program->out, voc_buffer_slice(&out), error))
            return FALSE;
        voc_buffer_reset(&out);
    }
    return got >= 0 && voc_output_write(program->out, voc_buffer_slice(&out), error);
}
