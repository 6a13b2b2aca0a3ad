#include "report/html.h"

void
voc_html_text(VocBuffer *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            voc_buffer_add_literal(out, "&amp;");
            break;
        case '<':
            voc_buffer_add_literal(out, "&lt;");
            break;
        case '>':
            voc_buffer_add_literal(out, "&gt;");
            break;
        case '"':
            voc_buffer_add_literal(out, "&quot;");
            break;
        case '\'':
            voc_buffer_add_literal(out, "&#39;");
            break;
        default:
            if ((guchar)*text >= 0x20 && *text != 0x7f)
                voc_buffer_add_char(out, *text);
        }
    }
}

void
voc_html_printf(VocBuffer *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    for (const char *p = format; *p; p++) {
        if (p[0] == '%' && p[1] == 's') {
            voc_html_text(out, va_arg(arguments, const char *));
            p++;
        } else {
            voc_buffer_add_char(out, *p);
        }
    }
    va_end(arguments);
}

void
voc_html_sparkline(VocBuffer *out, VocPhrase *phrase, const char *label, const gint64 *history)
{
    enum { WIDTH = 96, HEIGHT = 24 };
    gint64 most = 1;
    int first = 0;
    g_autoptr(GString) told = g_string_new(label);
    while (first < VOC_HISTORY && history[first] < 0)
        first++;
    if (VOC_HISTORY - first < 2)
        return;
    g_string_append(told, ": ");
    for (int i = first; i < VOC_HISTORY; i++) {
        most = MAX(most, history[i]);
        g_string_append_printf(told, "%s%s", i > first ? ", " : "", voc_phrase_int(phrase, history[i]));
    }
    voc_html_printf(out,
                    "<svg class=\"spark\" width=\"100\" height=\"28\" viewBox=\"-2 -2 100 28\" role=\"img\" "
                    "aria-label=\"%s\"><title>%s</title><path d=\"",
                    told->str, told->str);
    double x = 0, y = 0;
    for (int i = first; i < VOC_HISTORY; i++) {
        x = (double)i * WIDTH / (VOC_HISTORY - 1);
        y = HEIGHT - (double)history[i] * HEIGHT / (double)most;
        voc_buffer_add_char(out, i == first ? 'M' : 'L');
        voc_buffer_add_number(out, x, 1);
        voc_buffer_add_char(out, ' ');
        voc_buffer_add_number(out, y, 1);
    }
    voc_buffer_add_literal(out, "\"/><circle r=\"2.5\" cx=\"");
    voc_buffer_add_number(out, x, 1);
    voc_buffer_add_literal(out, "\" cy=\"");
    voc_buffer_add_number(out, y, 1);
    voc_buffer_add_literal(out, "\"/></svg>");
}
