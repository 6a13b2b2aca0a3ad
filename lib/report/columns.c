#include "report/columns.h"

#include "text/width.h"

#define GAP 2

int
voc_columns_width(const char *text)
{
    int width = 0;
    for (const char *p = text; *p; p = g_utf8_next_char(p)) {
        const char *end = *p == '\033' ? strchr(p, 'm') : NULL;
        if (end)
            p = end;
        else
            width += voc_char_width(g_utf8_get_char(p));
    }
    return width;
}

void
voc_columns_init(VocColumns *columns, int n_columns, const VocAlign *align)
{
    *columns = (VocColumns){n_columns, align, g_ptr_array_new()};
}

void
voc_columns_clear(VocColumns *columns)
{
    g_clear_pointer(&columns->cells, g_ptr_array_unref);
}

void
voc_columns_add(VocColumns *columns, const char *const *cells)
{
    for (int i = 0; i < columns->n_columns; i++)
        g_ptr_array_add(columns->cells, (gpointer)cells[i]);
}

static void
spaces(VocBuffer *out, int n)
{
    for (int i = 0; i < n; i++)
        voc_buffer_add_char(out, ' ');
}

/* The text within `width` columns, cut with an ellipsis. */
static void
fit(const char *text, int width, VocAlign align, gboolean last, VocBuffer *out)
{
    int full = voc_columns_width(text);
    if (full > width) {
        int used = 0;
        for (; *text; text = g_utf8_next_char(text)) {
            int more = voc_char_width(g_utf8_get_char(text));
            if (used + more > width - 1)
                break;
            voc_buffer_add(out, text, (gsize)(g_utf8_next_char(text) - text));
            used += more;
        }
        voc_buffer_add_string(out, "…");
        spaces(out, last ? 0 : width - 1 - used);
        return;
    }
    if (align == VOC_ALIGN_RIGHT)
        spaces(out, width - full);
    voc_buffer_add_string(out, text);
    if (align == VOC_ALIGN_LEFT && !last)
        spaces(out, width - full);
}

void
voc_columns_write(const VocColumns *columns, int width, VocBuffer *out)
{
    int n = columns->n_columns, total = 0;
    guint rows = columns->cells->len / (guint)n;
    g_autofree int *widths = g_new0(int, n);
    for (guint i = 0; i < columns->cells->len; i++) {
        int w = voc_columns_width(g_ptr_array_index(columns->cells, i));
        widths[i % (guint)n] = MAX(widths[i % (guint)n], w);
    }
    for (int i = 0; i < n; i++)
        total += widths[i] + (i ? GAP : 0);
    if (total > width)
        widths[0] = MAX(8, widths[0] - (total - width));
    total = 0;
    for (int i = 0; i < n; i++)
        total += widths[i] + (i ? GAP : 0);
    for (guint row = 0; row < rows; row++) {
        for (int i = 0; i < n; i++) {
            spaces(out, i ? GAP : 0);
            fit(g_ptr_array_index(columns->cells, row * (guint)n + (guint)i), widths[i], columns->align[i],
                i == n - 1, out);
        }
        while (out->len && out->data[out->len - 1] == ' ')
            out->len--;
        voc_buffer_add_char(out, '\n');
        if (row == 0) {
            for (int i = 0; i < total; i++)
                voc_buffer_add_char(out, '-');
            voc_buffer_add_char(out, '\n');
        }
    }
}

void
voc_columns_paragraph(const char *text, const char *first, const char *rest, int width, VocBuffer *out)
{
    int used = voc_columns_width(first), indent = voc_columns_width(rest);
    gboolean fresh = TRUE;
    voc_buffer_add_string(out, first);
    while (*text) {
        gsize len = strcspn(text, " ");
        g_autofree char *word = g_strndup(text, len);
        int w = voc_columns_width(word);
        if (!fresh && used + 1 + w > width) {
            voc_buffer_add_char(out, '\n');
            voc_buffer_add_string(out, rest);
            used = indent;
            fresh = TRUE;
        }
        if (!fresh) {
            voc_buffer_add_char(out, ' ');
            used++;
        }
        voc_buffer_add(out, text, len);
        used += w;
        fresh = FALSE;
        text += len + strspn(text + len, " ");
    }
    voc_buffer_add_char(out, '\n');
}
