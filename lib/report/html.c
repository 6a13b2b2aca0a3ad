#include "report/html.h"

#include <math.h>

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

enum { FALL_LEFT = 230, FALL_WIDTH = 420, FALL_STEP = 28 };

typedef struct Scale {
    double low, high;
} Scale;

static Scale
scale_of(const VocDocBlock *block)
{
    Scale scale = {0, 0};
    for (const VocDocStep *step = block->steps; step; step = step->next) {
        double from = step->total ? 0 : step->value - step->change;
        scale.low = MIN(scale.low, MIN(step->value, from));
        scale.high = MAX(scale.high, MAX(step->value, from));
    }
    if (scale.high - scale.low < 1e-9)
        scale.high = scale.low + 1;
    return scale;
}

static double
place(Scale scale, double value)
{
    return FALL_LEFT + (value - scale.low) / (scale.high - scale.low) * FALL_WIDTH;
}

static void
attribute(VocBuffer *out, const char *name, double value)
{
    voc_buffer_add_printf(out, " %s=\"", name);
    voc_buffer_add_number(out, value, 1);
    voc_buffer_add_literal(out, "\"");
}

static void
fall_step(VocBuffer *out, Scale scale, const VocDocStep *step, int i)
{
    double from = step->total ? 0 : step->value - step->change;
    double left = place(scale, MIN(from, step->value)), right = place(scale, MAX(from, step->value));
    double y = i * FALL_STEP;
    voc_buffer_add_literal(out, "<text class=\"name\" x=\"222\"");
    attribute(out, "y", y + 18);
    voc_html_printf(out, ">%s</text><rect class=\"%s\"", step->name,
                    step->total        ? "total"
                    : step->change < 0 ? "neg"
                                       : "pos");
    attribute(out, "x", left);
    attribute(out, "y", y + 4);
    attribute(out, "width", MAX(1.5, right - left));
    attribute(out, "height", FALL_STEP - 8);
    voc_buffer_add_literal(out, "/><text class=\"value\"");
    attribute(out, "x", FALL_LEFT + FALL_WIDTH + 10);
    attribute(out, "y", y + 18);
    voc_html_printf(out, ">%s</text>\n", step->text);
}

void
voc_html_waterfall(VocBuffer *out, const VocDocBlock *block)
{
    Scale scale = scale_of(block);
    g_auto(VocBuffer) told = VOC_BUFFER_INIT;
    int n = 0;
    for (const VocDocStep *step = block->steps; step; step = step->next, n++)
        voc_buffer_add_printf(&told, "%s%s %s", n ? "; " : "", step->name, step->text);
    voc_html_printf(out, "<div class=\"picture\"><svg class=\"fall\" viewBox=\"0 0 730 ");
    voc_buffer_add_int(out, n * FALL_STEP);
    voc_html_printf(out, "\" role=\"img\" aria-label=\"%s\">\n<line", voc_buffer_string(&told));
    attribute(out, "x1", place(scale, 0));
    attribute(out, "x2", place(scale, 0));
    attribute(out, "y1", 0);
    attribute(out, "y2", n * FALL_STEP);
    voc_buffer_add_literal(out, "/>\n");
    int i = 0;
    for (const VocDocStep *step = block->steps; step; step = step->next)
        fall_step(out, scale, step, i++);
    voc_buffer_add_literal(out, "</svg></div>\n");
}
