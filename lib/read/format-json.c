/* JSON: an array of objects, or one inside other objects ({"data": [...]}), or a single object. */
#include "read/json-rows.h"
#include "read/json-split.h"
#include "read/table.h"

#define SAMPLE 2000 /* objects that the keys are told from */

typedef struct State {
    VocReading *reading;
    VocJsonRows *rows;
    VocJsonSplit *split;
    guint array;  /* the one that is read */
    char *path;   /* the keys that lead to it */
    guint others; /* arrays of objects that are not */
} State;

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    VocSlice start = voc_slice_strip(text);

    (void)export;
    if (!start.len || (start.data[0] != '{' && start.data[0] != '['))
        return VOC_PROBE_NO;
    if (start.data[0] == '[') {
        start = voc_slice_strip(voc_slice_of(start.data + 1, start.len - 1));
        if (!start.len || (start.data[0] != '{' && start.data[0] != ']'))
            return VOC_PROBE_NO;
        return *why = "a JSON array of objects", VOC_PROBE_LIKELY;
    }
    start = voc_slice_strip(voc_slice_of(start.data + 1, start.len - 1));
    if (!start.len || (start.data[0] != '"' && start.data[0] != '}'))
        return VOC_PROBE_NO;
    return *why = "a JSON object", VOC_PROBE_LIKELY - 20;
}

/* Bytes of elements by array, to find the one that the export is about. */
typedef struct Sizes {
    GArray *bytes; /* of guint64, by array */
} Sizes;

static gboolean
add_size(const VocJsonElement *element, gpointer data)
{
    Sizes *sizes = data;

    while (sizes->bytes->len <= element->array)
        g_array_set_size(sizes->bytes, sizes->bytes->len + 1);
    g_array_index(sizes->bytes, guint64, element->array) += element->text.len;
    return TRUE;
}

static void
choose_array(State *state, VocSlice text, gboolean complete)
{
    Sizes sizes = {g_array_new(FALSE, TRUE, sizeof(guint64))};
    g_autoptr(VocJsonSplit) split = voc_json_split_new(add_size, &sizes);
    guint64 most = 0;

    voc_json_split_feed(split, text);
    if (complete || !sizes.bytes->len)
        voc_json_split_finish(split);
    for (guint i = 0; i < sizes.bytes->len; i++) {
        guint64 bytes = g_array_index(sizes.bytes, guint64, i);

        state->others += i > 0 && bytes > 0;
        if (bytes > most) {
            most = bytes;
            state->array = i;
        }
    }
    state->others -= state->array > 0;
    state->path = g_strdup(voc_json_split_path(split, state->array));
    g_array_unref(sizes.bytes);
}

typedef struct Look {
    State *state;
    guint64 n;
} Look;

static gboolean
look_at_element(const VocJsonElement *element, gpointer data)
{
    Look *look = data;

    if (element->array != look->state->array || element->too_long)
        return TRUE;
    voc_json_rows_look(look->state->rows, element->text);
    return ++look->n < SAMPLE;
}

static gboolean
read_element(const VocJsonElement *element, gpointer data)
{
    State *state = data;

    if (element->array != state->array)
        return TRUE;
    if (element->too_long)
        voc_reading_reject(state->reading, element->line, element->text,
                           "an object longer than %u MiB (its beginning is rejected)",
                           (guint)(VOC_JSON_ELEMENT_MAX >> 20));
    else
        voc_json_rows_add(state->rows, element->text, element->line);
    return TRUE;
}

static void
close_state(gpointer data)
{
    State *state = data;

    voc_json_split_free(state->split);
    voc_json_rows_free(state->rows);
    g_free(state->path);
    g_free(state);
}

static gpointer
open_json(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);
    Look look = {state, 0};
    g_autoptr(VocJsonSplit) split = voc_json_split_new(look_at_element, &look);
    VocSlice text = voc_export_head_text(reading->export);
    gboolean complete;

    voc_export_head(reading->export, &complete);
    state->reading = reading;
    state->rows = voc_json_rows_new(reading);
    choose_array(state, text, complete);
    voc_json_split_feed(split, text);
    if (complete)
        voc_json_split_finish(split);
    if (!voc_json_rows_decide(state->rows, error)) {
        close_state(state);
        return NULL;
    }
    if (state->others)
        voc_reading_note(reading, "of its arrays of objects only '%s' is read", state->path);
    state->split = voc_json_split_new(read_element, state);
    return state;
}

static gboolean
step(gpointer data, VocReading *reading, GError **error)
{
    State *state = data;
    VocSlice text;
    int got = voc_export_text(reading->export, &text, error);

    if (got > 0) {
        voc_json_split_feed(state->split, text);
        return TRUE;
    }
    if (!voc_json_split_finish(state->split) && got == 0)
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "the JSON text breaks off; what came before is read");
    return FALSE;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    State *state = data;
    const char *zone = reading->options->timezone;

    if (state->array)
        voc_buffer_add_printf(out, "  array      %s\n", *state->path ? state->path : "the whole file");
    voc_table_explain(voc_json_rows_table(state->rows), zone ? zone : VOC_ZONE_DEFAULT, out);
}

const VocFormat voc_format_json = {
    .name = "json",
    .summary = "an array of JSON objects, by itself or under a key; or one object",
    .recognised = "its first brackets",
    .probe = probe,
    .open = open_json,
    .step = step,
    .explain = explain,
    .close = close_state,
};
