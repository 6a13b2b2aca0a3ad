/* Chats as JSON: Telegram's result.json (one chat, or all of them) and the message_1.json of Facebook and
 * Instagram. */
#include "read/chat.h"
#include "read/json-feed.h"

typedef struct State {
    VocJsonFeed *feed; /* first: see voc_json_feed_step */
    VocReading *reading;
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
    return voc_arena_copy(voc_json_feed_arena(state->feed),
                          voc_slice_of(state->mended.data + start, state->mended.len - start));
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

static void
take_item(const VocJsonItem *item, gpointer data)
{
    State *state = data;
    const VocJson *messages = voc_json_get(item->json, "messages");

    if (!g_str_has_suffix(item->path, "messages") && !g_str_has_suffix(item->path, "list"))
        return; /* participants, contacts and the like */
    if (!messages) {
        write_message(state, item->json, VOC_SLICE_NONE, item->line, item->raw);
        return;
    }
    for (const VocJson *one = messages->type == VOC_JSON_ARRAY ? messages->first : NULL; one; one = one->next)
        write_message(state, one, voc_json_get_text(item->json, "name"), item->line, VOC_SLICE_NONE);
}

static gpointer
open_chat(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);

    (void)error;
    state->reading = reading;
    state->feed = voc_json_feed_new(reading, FALSE, take_item, state);
    return state;
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

    voc_json_feed_free(state->feed);
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
    .step = voc_json_feed_step,
    .explain = explain,
    .close = close_state,
};
