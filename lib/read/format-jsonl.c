/* JSON Lines of somebody else: an object a line. */
#include "read/json-rows.h"
#include "read/line-split.h"
#include "read/table.h"

#define SAMPLE 2000 /* objects that the keys are told from */

typedef struct State {
    VocReading *reading;
    VocJsonRows *rows;
    VocLineSplit lines;
    guint64 looked;
} State;

static gboolean
is_object_line(VocSlice line)
{
    line = voc_slice_strip(line);
    return line.len >= 2 && line.data[0] == '{' && line.data[line.len - 1] == '}';
}

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    const char *newline = memchr(text.data, '\n', text.len);
    gboolean complete, two;
    VocSlice rest;

    voc_export_head(export, &complete);
    if (!newline || !is_object_line(voc_slice_of(text.data, (gsize)(newline - text.data))))
        return g_str_has_suffix(voc_export_base(export), ".jsonl") && is_object_line(text)
                   ? (*why = "its name and a JSON object", VOC_PROBE_LIKELY + 10)
                   : VOC_PROBE_NO;
    rest = voc_slice_strip(voc_slice_of(newline + 1, text.len - (gsize)(newline + 1 - text.data)));
    two = rest.len && rest.data[0] == '{';
    if (!two && rest.len)
        return VOC_PROBE_NO;
    *why = two ? "a JSON object a line" : "a JSON object in one line";
    return two || g_str_has_suffix(voc_export_base(export), ".jsonl") ? VOC_PROBE_LIKELY + 10
                                                                      : VOC_PROBE_PERHAPS;
}

static void
look_at_line(const VocTextLine *line, gpointer data)
{
    State *state = data;

    if (state->looked++ < SAMPLE && !line->too_long && !line->more)
        voc_json_rows_look(state->rows, line->text);
}

static void
read_line(const VocTextLine *line, gpointer data)
{
    State *state = data;

    if (line->too_long || line->more)
        voc_reading_reject_line(state->reading, line);
    else if (voc_slice_strip(line->text).len)
        voc_json_rows_add(state->rows, line->text, line->number);
}

static void
close_state(gpointer data)
{
    State *state = data;

    voc_json_rows_free(state->rows);
    voc_line_split_clear(&state->lines);
    g_free(state);
}

static gpointer
open_jsonl(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);
    VocLineSplit lines = {.max = VOC_LINE_MAX};
    gboolean complete;

    voc_export_head(reading->export, &complete);
    state->reading = reading;
    state->rows = voc_json_rows_new(reading);
    state->lines.max = VOC_LINE_MAX;
    voc_line_split_feed(&lines, voc_export_head_text(reading->export), complete, look_at_line, state);
    voc_line_split_clear(&lines);
    if (voc_json_rows_decide(state->rows, error))
        return state;
    close_state(state);
    return NULL;
}

static gboolean
step(gpointer data, VocReading *reading, GError **error)
{
    State *state = data;
    VocSlice text = VOC_SLICE_NONE;
    int got = voc_export_text(reading->export, &text, error);

    voc_line_split_feed(&state->lines, got > 0 ? text : VOC_SLICE_NONE, got <= 0, read_line, state);
    return got > 0;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    State *state = data;
    const char *zone = reading->options->timezone;

    voc_table_explain(voc_json_rows_table(state->rows), zone ? zone : VOC_ZONE_DEFAULT, out);
}

const VocFormat voc_format_jsonl = {
    .name = "jsonl",
    .summary = "JSON Lines: an object a line",
    .recognised = "lines that begin and end with braces",
    .probe = probe,
    .open = open_jsonl,
    .step = step,
    .explain = explain,
    .close = close_state,
};
