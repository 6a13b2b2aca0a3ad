#include "stage/cut.h"

struct VocCut {
    GPtrArray *paths; /* char */
    VocCutFormat format;
    gboolean raw;
};

/* --- making --- */

static void
add_paths(GPtrArray *paths, const char *list)
{
    GString *path = g_string_new(NULL);
    for (const char *at = list;; at++) {
        if (*at == '\0' || *at == ',') {
            g_ptr_array_add(paths, g_strdup(path->str));
            g_string_truncate(path, 0);
        } else {
            at += *at == '\\' && at[1] == ',';
            g_string_append_c(path, *at);
        }
        if (*at == '\0')
            break;
    }
    g_string_free(path, TRUE);
}

VocCut *
voc_cut_new(const VocCutSettings *settings, GError **error)
{
    static const char *const USUAL[] = {"id,time,channel,text", NULL};
    VocCut *cut = g_new0(VocCut, 1);
    cut->paths = g_ptr_array_new_with_free_func(g_free);
    cut->format = settings->format;
    cut->raw = settings->raw;
    const char *const *list = settings->fields ? (const char *const *)settings->fields : USUAL;
    for (; *list; list++)
        add_paths(cut->paths, *list);
    gboolean named = TRUE;
    for (guint i = 0; i < cut->paths->len; i++)
        named &= *(const char *)g_ptr_array_index(cut->paths, i) != '\0';
    if (named)
        return cut;
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "a field without a name in the list of fields");
    voc_cut_free(cut);
    return NULL;
}

void
voc_cut_free(VocCut *cut)
{
    if (!cut)
        return;
    g_ptr_array_unref(cut->paths);
    g_free(cut);
}

/* --- cells --- */

/* What a spreadsheet takes for the beginning of a formula, also in full width. White space in front does not
 * stop all of them. */
static gboolean
could_run(VocSlice text)
{
    static const VocSlice STARTS[] = {
        VOC_SLICE("="),  VOC_SLICE("+"),  VOC_SLICE("-"),  VOC_SLICE("@"),
        VOC_SLICE("＝"), VOC_SLICE("＋"), VOC_SLICE("－"), VOC_SLICE("＠"),
    };
    if (text.len && (text.data[0] == '\t' || text.data[0] == '\r' || text.data[0] == '\n'))
        return TRUE;
    text = voc_slice_strip(text);
    for (guint i = 0; i < G_N_ELEMENTS(STARTS); i++)
        if (voc_slice_starts_with(text, STARTS[i]))
            return TRUE;
    return FALSE;
}

/* -5, -0.25, -3,5: cannot run. */
static gboolean
is_negative_number(VocSlice text)
{
    guint marks = 0;
    if (text.len < 2 || text.data[0] != '-' || !g_ascii_isdigit(text.data[1]) ||
        !g_ascii_isdigit(text.data[text.len - 1]))
        return FALSE;
    for (gsize i = 1; i < text.len; i++) {
        gboolean mark = text.data[i] == '.' || text.data[i] == ',';
        if (!mark && !g_ascii_isdigit(text.data[i]))
            return FALSE;
        marks += mark;
    }
    return marks < 2;
}

/* Adds valid UTF-8 without what steers terminals; line ends as LF, or spaces. */
static void
add_clean(VocBuffer *out, VocSlice text, gboolean one_line)
{
    const char *at = text.data, *end = at + text.len;
    for (; at < end; at++) {
        guchar c = (guchar)*at;
        if (c == '\r' && at + 1 < end && at[1] == '\n')
            continue;
        if (c == '\r' || c == '\n') {
            voc_buffer_add_char(out, one_line ? ' ' : '\n');
        } else if (c == '\t') {
            voc_buffer_add_char(out, one_line ? ' ' : '\t');
        } else if (c == 0xC2 && at + 1 < end && (guchar)at[1] < 0xA0) {
            voc_buffer_add_literal(out, "\xEF\xBF\xBD");
            at++;
        } else if (c < 0x20 || c == 0x7F) {
            voc_buffer_add_literal(out, "\xEF\xBF\xBD");
        } else {
            voc_buffer_add_char(out, *at);
        }
    }
}

static gboolean
needs_quotes(VocSlice cell, char separator)
{
    for (gsize i = 0; i < cell.len; i++)
        if (cell.data[i] == separator || strchr("\"\n\t", cell.data[i]))
            return TRUE;
    return cell.len && (cell.data[0] == ' ' || cell.data[cell.len - 1] == ' ');
}

static void
add_quoted(VocBuffer *out, VocSlice cell)
{
    voc_buffer_add_char(out, '"');
    for (gsize i = 0; i < cell.len; i++) {
        if (cell.data[i] == '"')
            voc_buffer_add_char(out, '"');
        voc_buffer_add_char(out, cell.data[i]);
    }
    voc_buffer_add_char(out, '"');
}

static void
add_cell(const VocCut *cut, VocBuffer *out, VocSlice text, gboolean number)
{
    g_auto(VocBuffer) cell = VOC_BUFFER_INIT;
    if (!cut->raw && !number && could_run(text) && !is_negative_number(text))
        voc_buffer_add_char(&cell, '\'');
    add_clean(&cell, text, cut->format == VOC_CUT_TSV);
    if (number && cut->format == VOC_CUT_EXCEL)
        for (gsize i = 0; i < cell.len; i++)
            if (cell.data[i] == '.')
                cell.data[i] = ',';
    /* A row of one empty cell would be an empty line, which is no row. */
    gboolean lone = !cell.len && cut->paths->len == 1;
    char separator = cut->format == VOC_CUT_CSV ? ',' : ';';
    if (cut->format != VOC_CUT_TSV && (lone || needs_quotes(voc_buffer_slice(&cell), separator)))
        add_quoted(out, voc_buffer_slice(&cell));
    else
        voc_buffer_add_slice(out, voc_buffer_slice(&cell));
}

/* --- rows --- */

static void
add_separator(const VocCut *cut, VocBuffer *out, guint column)
{
    static const char SEPARATORS[] = {'\t', ',', ';'};
    if (column)
        voc_buffer_add_char(out, SEPARATORS[cut->format]);
}

static void
end_row(const VocCut *cut, VocBuffer *out)
{
    if (cut->format != VOC_CUT_TSV)
        voc_buffer_add_char(out, '\r');
    voc_buffer_add_char(out, '\n');
}

void
voc_cut_head(const VocCut *cut, VocBuffer *out)
{
    if (cut->format == VOC_CUT_EXCEL)
        voc_buffer_add_literal(out, "\xEF\xBB\xBF");
    for (guint i = 0; i < cut->paths->len; i++) {
        add_separator(cut, out, i);
        add_cell(cut, out, voc_slice_from_string(g_ptr_array_index(cut->paths, i)), FALSE);
    }
    end_row(cut, out);
}

/* A cell's values so far. */
typedef struct Values {
    VocBuffer text;
    guint n;
    gboolean number;
} Values;

static gboolean
add_value(const VocJson *value, gpointer data)
{
    Values *values = data;
    if (values->n++)
        voc_buffer_add_char(&values->text, '|');
    voc_field_add(&values->text, value);
    values->number = values->n == 1 && value->type == VOC_JSON_NUMBER;
    return FALSE;
}

void
voc_cut_row(const VocCut *cut, const VocRecord *record, VocBuffer *out)
{
    Values values = {VOC_BUFFER_INIT, 0, FALSE};
    for (guint i = 0; i < cut->paths->len; i++) {
        values.text.len = values.n = 0;
        values.number = FALSE;
        voc_field_each(record, voc_slice_from_string(g_ptr_array_index(cut->paths, i)), add_value, &values);
        add_separator(cut, out, i);
        add_cell(cut, out, voc_buffer_slice(&values.text), values.number);
    }
    end_row(cut, out);
    voc_buffer_clear(&values.text);
}
