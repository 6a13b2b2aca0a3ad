/* Our own records: they pass byte for byte. */
#include "read/format.h"
#include "read/line-split.h"
#include "record/record.h"

#define LOOK_AT 5 /* lines, the first of which must be a record and half of which */

typedef struct State {
    VocReading *reading;
    VocLineSplit lines;
    VocArena arena;
} State;

/* A record says what was said and where it came from. One that says less is one only if it says nothing that
 * a record has no key for: "date" wants to be mapped. */
static gboolean
is_record(VocJsonReader *json, VocArena *arena, VocSlice line)
{
    VocRecord record;
    const char *reason;

    if (!voc_record_parse(&record, json, arena, line, &reason) || !voc_record_has(&record, VOC_KEY_TEXT))
        return FALSE;
    if (voc_record_has(&record, VOC_KEY_SOURCE) || voc_record_has(&record, VOC_KEY_CHANNEL))
        return TRUE;
    for (guint i = 0; i < record.n_members; i++)
        if (voc_key_find(record.members[i].key) < 0)
            return FALSE;
    return TRUE;
}

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    g_autoptr(VocJsonReader) json = voc_json_reader_new();
    g_auto(VocArena) arena;
    gboolean complete, first = FALSE;
    int good = 0, bad = 0;

    voc_arena_init(&arena, 0);
    if (!text.len || text.data[0] != '{')
        return VOC_PROBE_NO;
    voc_export_head(export, &complete);
    while (text.len && good + bad < LOOK_AT) {
        const char *newline = memchr(text.data, '\n', text.len);
        gsize len = newline ? (gsize)(newline - text.data) : text.len;

        if (!newline && !complete)
            break;
        if (voc_slice_strip(voc_slice_of(text.data, len)).len) {
            gboolean is = is_record(json, &arena, voc_slice_of(text.data, len));

            first |= is && good + bad == 0;
            is ? good++ : bad++;
        }
        len += newline != NULL;
        text = voc_slice_of(text.data + len, text.len - len);
    }
    *why = "JSON lines with the keys of records";
    return first && good >= bad ? VOC_PROBE_SURE : VOC_PROBE_NO;
}

static void
read_line(const VocTextLine *line, gpointer data)
{
    State *state = data;
    VocReading *reading = state->reading;
    VocRecord record;
    const char *reason;
    gsize len = line->text.len;

    if (line->too_long || line->more) {
        voc_reading_reject_line(reading, line);
        return;
    }
    while (len && (line->text.data[len - 1] == '\n' || line->text.data[len - 1] == '\r'))
        len--;
    if (!len)
        return;
    voc_arena_reset(&state->arena);
    if (!voc_record_parse(&record, reading->json, &state->arena, voc_slice_of(line->text.data, len),
                          &reason)) {
        voc_reading_reject(reading, line->number, line->text, "%s", reason);
        return;
    }
    voc_buffer_add(reading->out, line->text.data, len);
    voc_buffer_add_char(reading->out, '\n');
}

static gpointer
open_records(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);

    (void)error;
    state->reading = reading;
    state->lines.max = VOC_LINE_MAX;
    voc_arena_init(&state->arena, 0);
    return state;
}

static gboolean
step(gpointer data, VocReading *reading, GError **error)
{
    State *state = data;
    VocSlice bytes = VOC_SLICE_NONE;
    int got = voc_export_bytes(reading->export, &bytes, error);

    voc_line_split_feed(&state->lines, got > 0 ? bytes : VOC_SLICE_NONE, got <= 0, read_line, state);
    return got > 0;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    (void)data;
    (void)reading;
    voc_buffer_add_string(out, "  records of voc: they pass as they are\n");
}

static void
close_state(gpointer data)
{
    State *state = data;

    voc_line_split_clear(&state->lines);
    voc_arena_clear(&state->arena);
    g_free(state);
}

const VocFormat voc_format_records = {
    .name = "records",
    .summary = "records of voc, which pass byte for byte",
    .recognised = "JSON lines with text and a record's other keys",
    .probe = probe,
    .open = open_records,
    .step = step,
    .explain = explain,
    .close = close_state,
};
