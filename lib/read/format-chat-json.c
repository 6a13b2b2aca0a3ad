/* Chats as JSON: Telegram's result.json (one chat, or all of them) and the message_1.json of Facebook and
 * Instagram. */
#include "read/chat.h"
#include "read/json-split.h"

typedef struct State {
    VocReading *reading;
    VocJsonSplit *split;
    VocArena arena;
    VocBuffer text, mended;
} State;

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    gsize n = MIN(text.len, (gsize)64 << 10);

    (void)export;
    if (!text.len || voc_slice_strip(text).data[0] != '{' || !memmem(text.data, n, "\"messages\"", 10))
        return VOC_PROBE_NO;
    if (memmem(text.data, n, "\"date_unixtime\"", 15) && memmem(text.data, n, "\"from\"", 6))
        return *why = "the keys of Telegram's messages", VOC_PROBE_SURE;
    if (memmem(text.data, n, "\"sender_name\"", 13) && memmem(text.data, n, "\"timestamp_ms\"", 14))
        return *why = "the keys of Facebook's and Instagram's messages", VOC_PROBE_SURE;
    return VOC_PROBE_NO;
}

/* Telegram cuts a text where its form changes: into strings and objects with a text. */
static VocSlice
text_of(State *state, const VocJson *value)
{
    voc_buffer_reset(&state->text);
    if (value && value->type == VOC_JSON_STRING)
        return value->text;
    for (const VocJson *part = value && value->type == VOC_JSON_ARRAY ? value->first : NULL; part;
         part = part->next) {
        VocSlice text = part->type == VOC_JSON_STRING ? part->text : voc_json_get_text(part, "text");

        if (state->text.len && text.len && !g_ascii_isspace(state->text.data[state->text.len - 1]) &&
            !g_ascii_isspace(text.data[0]) && part->type == VOC_JSON_OBJECT)
            voc_buffer_add_char(&state->text, ' ');
        voc_buffer_add_slice(&state->text, text);
    }
    return voc_buffer_slice(&state->text);
}

/* Facebook writes each byte of its UTF-8 as a character: brings them together where that gives UTF-8. */
static VocSlice
mend(State *state, VocSlice text)
{
    const char *at = text.data, *end = at + text.len;
    gboolean any = FALSE;
    gsize start = state->mended.len;

    while (at < end) {
        gunichar c = g_utf8_get_char(at);

        if (c > 0xff)
            return text;
        any |= c > 0x7f;
        voc_buffer_add_char(&state->mended, (char)c);
        at = g_utf8_next_char(at);
    }
    if (!any || voc_utf8_valid_length(voc_slice_of(state->mended.data + start, state->mended.len - start)) <
                    state->mended.len - start)
        return text;
    return voc_arena_copy(&state->arena, voc_slice_of(state->mended.data + start, state->mended.len - start));
}

static void
write_message(State *state, const VocJson *json, VocSlice chat, guint64 line, VocSlice raw)
{
    VocChatMessage message = {.chat = chat, .line = line};

    voc_buffer_reset(&state->mended);
    if (voc_json_get(json, "timestamp_ms")) {
        message.stamp = voc_json_get_text(json, "timestamp_ms");
        message.author = mend(state, voc_json_get_text(json, "sender_name"));
        message.text = mend(state, voc_json_get_text(json, "content"));
    } else {
        gboolean service = voc_slice_equal_string(voc_json_get_text(json, "type"), "service");

        message.stamp = voc_json_get_text(json, "date_unixtime");
        message.id = voc_json_get_text(json, "id");
        message.author = service ? VOC_SLICE_NONE : voc_json_get_text(json, "from");
        message.text =
            service ? voc_json_get_text(json, "action") : text_of(state, voc_json_get(json, "text"));
    }
    voc_chat_write(state->reading, &message, raw);
}

static gboolean
take_element(const VocJsonElement *element, gpointer data)
{
    State *state = data;
    g_autoptr(GError) error = NULL;
    const VocJson *json, *messages;

    if (!g_str_has_suffix(voc_json_split_path(state->split, element->array), "messages") &&
        !g_str_has_suffix(voc_json_split_path(state->split, element->array), "list"))
        return TRUE; /* participants, contacts and the like */
    voc_arena_reset(&state->arena);
    json =
        element->too_long ? NULL : voc_json_parse(state->reading->json, element->text, &state->arena, &error);
    if (!json) {
        voc_reading_reject(state->reading, element->line, element->text, "%s",
                           error ? error->message
                                 : "an object longer than 16 MiB (its beginning is rejected)");
        return TRUE;
    }
    messages = voc_json_get(json, "messages");
    if (!messages) {
        write_message(state, json, VOC_SLICE_NONE, element->line, element->text);
        return TRUE;
    }
    for (const VocJson *one = messages->type == VOC_JSON_ARRAY ? messages->first : NULL; one; one = one->next)
        write_message(state, one, voc_json_get_text(json, "name"), element->line, VOC_SLICE_NONE);
    return TRUE;
}

static gpointer
open_chat(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);

    (void)error;
    state->reading = reading;
    state->split = voc_json_split_new(take_element, state);
    voc_arena_init(&state->arena, 0);
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
    (void)data;
    (void)reading;
    voc_buffer_add_string(out, "  agents     nobody is told apart  (--agent NAME)\n");
}

static void
close_state(gpointer data)
{
    State *state = data;

    voc_json_split_free(state->split);
    voc_arena_clear(&state->arena);
    voc_buffer_clear(&state->text);
    voc_buffer_clear(&state->mended);
    g_free(state);
}

const VocFormat voc_format_chat_json = {
    .name = "chat-json",
    .summary = "a chat of Telegram, Facebook or Instagram as JSON",
    .recognised = "the keys of its messages",
    .probe = probe,
    .open = open_chat,
    .step = step,
    .explain = explain,
    .close = close_state,
};
