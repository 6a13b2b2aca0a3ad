/* Calls that Whisper and its kin wrote down as JSON: Whisper, whisperX, faster-whisper, whisper.cpp, the
 * API's answers, with speakers where they were told apart. */
#include <math.h>

#include "read/chat.h"
#include "read/json-feed.h"
#include "read/turns.h"

typedef struct State {
    VocJsonFeed *feed; /* first: see voc_json_feed_step */
    VocReading *reading;
    VocBuffer *report; /* --explain: what is found goes here, nothing is written */
} State;

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    VocSlice head;

    (void)export;
    if (!voc_json_feed_begins(text, (gsize)512 << 10, &head) || voc_slice_strip(head).data[0] != '{')
        return VOC_PROBE_NO;
    *why = "segments with times and texts";
    if (voc_json_feed_has(head, "\"segments\"") && voc_json_feed_has(head, "\"start\"") &&
        voc_json_feed_has(head, "\"end\"") && voc_json_feed_has(head, "\"text\""))
        return VOC_PROBE_SURE - 5;
    if (voc_json_feed_has(head, "\"transcription\"") && voc_json_feed_has(head, "\"offsets\"") &&
        voc_json_feed_has(head, "\"timestamps\""))
        return VOC_PROBE_SURE;
    if (voc_json_feed_has(head, "\"chunks\"") && voc_json_feed_has(head, "\"timestamp\"") &&
        voc_json_feed_has(head, "\"text\""))
        return VOC_PROBE_SURE - 5;
    return VOC_PROBE_NO;
}

/* The first of the keys that holds an array of objects. */
static const VocJson *
segments_of(const VocJson *json)
{
    static const char *const keys[] = {"speakers", "segments", "transcription", "chunks"};

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        const VocJson *list = voc_json_get(json, keys[i]);

        if (list && list->type == VOC_JSON_ARRAY && list->first && list->first->type == VOC_JSON_OBJECT)
            return list;
    }
    return NULL;
}

/* Seconds, or none at all. */
static double
seconds(const VocJson *value, double unit)
{
    double number;

    return voc_json_number(value, &number) && fabs(number) < 1e12 ? number * unit : NAN;
}

static void
set_times(const VocJson *segment, VocCue *cue)
{
    const VocJson *pair = voc_json_get(segment, "timestamp"), *offsets = voc_json_get(segment, "offsets");

    cue->start = seconds(voc_json_get(segment, "start"), 1);
    cue->end = seconds(voc_json_get(segment, "end"), 1);
    if (pair && pair->type == VOC_JSON_ARRAY && pair->first) {
        cue->start = seconds(pair->first, 1);
        cue->end = seconds(pair->first->next, 1);
    }
    if (offsets) {
        cue->start = seconds(voc_json_get(offsets, "from"), 0.001);
        cue->end = seconds(voc_json_get(offsets, "to"), 0.001);
    }
}

/* A speaker's own name or number. */
static VocSlice
speaker_of(const VocJson *json)
{
    static const char *const keys[] = {"speaker", "speaker_id", "speaker_label"};

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        const VocJson *value = voc_json_get(json, keys[i]);

        if (value && (value->type == VOC_JSON_STRING || value->type == VOC_JSON_NUMBER))
            return value->text;
        if (value && voc_json_get_text(value, "name").len)
            return voc_json_get_text(value, "name");
    }
    return VOC_SLICE_NONE;
}

static void
add_word(VocTurns *turns, VocBuffer *said, VocCue *cue)
{
    cue->text = voc_buffer_slice(said);
    voc_turns_add(turns, cue, VOC_SLICE_NONE);
    voc_buffer_reset(said);
}

/* whisperX tells speakers apart word by word: where they change inside a segment, it is cut. */
static gboolean
take_words(VocTurns *turns, const VocJson *words, VocCue cue)
{
    g_auto(VocBuffer) said = VOC_BUFFER_INIT;
    VocSlice now = VOC_SLICE_NONE;
    gboolean several = FALSE;
    double from = cue.start, until = cue.end;

    for (const VocJson *word = words; word; word = word->next) {
        VocSlice speaker = speaker_of(word);

        several |= now.len && speaker.len && !voc_slice_equal(speaker, now);
        now = speaker.len ? speaker : now;
    }
    if (!several)
        return FALSE;
    now = speaker_of(words);
    for (const VocJson *word = words; word; word = word->next) {
        VocSlice speaker = speaker_of(word), text = voc_json_get_text(word, "word");
        double start = seconds(voc_json_get(word, "start"), 1), end = seconds(voc_json_get(word, "end"), 1);

        if (speaker.len && now.len && !voc_slice_equal(speaker, now)) {
            cue.speaker = now;
            cue.start = from;
            cue.end = until;
            add_word(turns, &said, &cue);
            from = start;
        }
        now = speaker.len ? speaker : now;
        until = isnan(end) ? until : end;
        if (said.len && text.len && !g_ascii_isspace(text.data[0]))
            voc_buffer_add_char(&said, ' ');
        voc_buffer_add_slice(&said, text);
    }
    cue.speaker = now;
    cue.start = from;
    cue.end = until;
    add_word(turns, &said, &cue);
    return TRUE;
}

static void
add_segments(VocTurns *turns, const VocJsonItem *item, const VocJson *segments)
{
    for (const VocJson *one = segments->first; one; one = one->next) {
        const VocJson *words = voc_json_get(one, "words");
        VocCue cue = {NAN, NAN, speaker_of(one), voc_json_get_text(one, "text"), item->line};

        set_times(one, &cue);
        if (!words || words->type != VOC_JSON_ARRAY || !words->first || !take_words(turns, words->first, cue))
            voc_turns_add(turns, &cue, VOC_SLICE_NONE);
    }
    voc_turns_end(turns);
}

static void
take_item(const VocJsonItem *item, gpointer data)
{
    State *state = data;
    const VocJson *segments = segments_of(item->json), *empty = voc_json_get(item->json, "segments");
    VocSlice lang = voc_json_get_text(item->json, "language");
    g_autoptr(VocTurns) turns = NULL;

    if (!segments && empty && empty->type == VOC_JSON_ARRAY && !empty->first)
        return; /* nothing was said */
    if (!segments) {
        voc_reading_reject(state->reading, item->line, item->raw, "no transcript: it has no segments");
        return;
    }
    if (!lang.len)
        lang = voc_chat_text_at(item->json, "result.language");
    lang = voc_names_value(state->reading->names, VOC_ROLE_LANG, lang);
    turns = voc_turns_new(state->reading, item->raw, VOC_SLICE_NONE);
    voc_turns_set_call(turns, VOC_SLICE_NONE, lang, VOC_SLICE_NONE);
    voc_turns_look(turns);
    add_segments(turns, item, segments);
    voc_turns_settle(turns);
    if (state->report)
        voc_turns_explain(turns, state->report);
    else
        add_segments(turns, item, segments);
}

static gpointer
open_whisper(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);

    (void)error;
    state->reading = reading;
    state->feed = voc_json_feed_new(reading, TRUE, take_item, state);
    return state;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    State *state = data;

    state->report = out;
    while (voc_json_feed_step(state, reading, NULL))
        continue;
}

static void
close_state(gpointer data)
{
    State *state = data;

    voc_json_feed_free(state->feed);
    g_free(state);
}

const VocFormat voc_format_whisper = {
    .name = "whisper",
    .summary = "a call that Whisper, whisperX or their kin wrote down as JSON",
    .recognised = "segments with start, end and text; speakers where they were told apart",
    .probe = probe,
    .open = open_whisper,
    .step = voc_json_feed_step,
    .explain = explain,
    .close = close_state,
};
