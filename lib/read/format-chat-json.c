/* Chats as JSON: Telegram's result.json (one chat, or all of them) and the message_1.json of Facebook and
 * Instagram. */
#include "read/chat.h"
#include "read/json-feed.h"

typedef struct State {
    VocJsonFeed *feed; /* first: see voc_json_feed_step */
    VocReading *reading;
    char *chat; /* what the file is about; NULL: it does not say */
    VocBuffer text, mended, fields;
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
    if (memmem(text.data, n, "\"from_id\"", 9) && memmem(text.data, n, "\"date\"", 6)) /* until 2021 */
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

/* Media that came instead of words, or with them. */
static void
set_fields(State *state, const VocJson *json, VocChatMessage *message)
{
    static const char *const media[] = {"media_type",
                                        "photo",
                                        "photos",
                                        "videos",
                                        "audio_files",
                                        "gifs",
                                        "file",
                                        "files",
                                        "sticker",
                                        "contact_information",
                                        "location_information",
                                        "poll"};
    VocSlice link = voc_chat_text_at(json, "share.link"), action = voc_json_get_text(json, "action");
    gboolean any = FALSE;

    voc_list_open(&state->fields, '{');
    for (gsize i = 0; i < G_N_ELEMENTS(media); i++)
        any |= voc_json_get(json, media[i]) != NULL;
    if (any)
        voc_list_add_raw_field(&state->fields, VOC_SLICE("media"), VOC_SLICE("true"));
    if (link.len)
        voc_list_add_field(&state->fields, VOC_SLICE("link"), link);
    if (voc_json_get(json, "edited_unixtime") || voc_json_get(json, "edited"))
        voc_list_add_raw_field(&state->fields, VOC_SLICE("edited"), VOC_SLICE("true"));
    if (voc_chat_is(json, "is_unsent"))
        voc_list_add_raw_field(&state->fields, VOC_SLICE("deleted"), VOC_SLICE("true"));
    if (action.len)
        voc_list_add_field(&state->fields, VOC_SLICE("event"), action);
    message->fields = voc_list_close(&state->fields);
}

static void
write_message(State *state, const VocJsonItem *item, const VocJson *json, VocSlice chat)
{
    VocChatMessage message = {.chat = chat, .line = item->line};

    voc_buffer_reset(&state->mended);
    if (voc_json_get(json, "timestamp_ms")) {
        message.stamp = voc_json_get_text(json, "timestamp_ms");
        if (chat.len)
            message.thread = VOC_SLICE("messages"); /* over all of message_1.json, message_2.json ... */
        message.author = mend(state, voc_json_get_text(json, "sender_name"));
        message.text = mend(state, voc_json_get_text(json, "content"));
    } else {
        message.stamp = voc_json_get_text(json, "date_unixtime");
        if (!message.stamp.len)
            message.stamp = voc_json_get_text(json, "date");
        message.id = voc_json_get_text(json, "id");
        message.author = voc_json_get_text(json, "from");
        message.text = text_of(state, voc_json_get(json, "text"));
        if (voc_slice_equal_string(voc_json_get_text(json, "type"), "service")) {
            message.author = voc_json_get_text(json, "actor");
            message.role = VOC_SLICE("system");
        }
    }
    if (!message.stamp.len) {
        voc_reading_reject(state->reading, item->line, item->raw, "a message without a date");
        return;
    }
    set_fields(state, json, &message);
    voc_chat_write(state->reading, &message, item->raw);
}

/* The number, or else the name, that stands in front of a chat's messages; free it, NULL when there is
 * neither. */
static char *
key_of(VocSlice text)
{
    static const char *const keys[] = {"\"id\"", "\"name\""};

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
        const char *at = text.len ? memmem(text.data, text.len, keys[i], strlen(keys[i])) : NULL;
        const char *end = text.data + text.len, *stop;

        if (!at)
            continue;
        for (at += strlen(keys[i]); at < end && (g_ascii_isspace(*at) || strchr(":\"", *at)); at++)
            continue;
        for (stop = at; stop < end && !strchr(",\"\n}", *stop); stop++)
            continue;
        if (stop > at)
            return g_strndup(at, (gsize)(stop - at));
    }
    return NULL;
}

/* A chat's own key: its id, else its name. */
static VocSlice
chat_of(const VocJson *json)
{
    VocSlice id = voc_json_get_text(json, "id");

    return id.len ? id : voc_json_get_text(json, "name");
}

static void
take_item(const VocJsonItem *item, gpointer data)
{
    State *state = data;
    const VocJson *messages = voc_json_get(item->json, "messages");

    if (g_str_has_suffix(item->path, "messages")) {
        g_autofree char *outer = key_of(item->outer);

        write_message(state, item, item->json, voc_slice_from_string(outer ? outer : state->chat));
        return;
    }
    if (!g_str_has_suffix(item->path, "chats.list") || !messages || messages->type != VOC_JSON_ARRAY)
        return; /* participants, contacts and the like */
    for (const VocJson *one = messages->first; one; one = one->next)
        write_message(state, item, one, chat_of(item->json));
}

/* Telegram says in front of the messages whose they are; Facebook by the folder, the file being one of
 * several. */
static char *
find_chat(VocExport *export)
{
    VocSlice text = voc_export_head_text(export);
    const char *messages = text.len ? memmem(text.data, text.len, "\"messages\"", 10) : NULL;
    g_autofree char *folder = g_path_get_dirname(voc_export_path(export));
    VocSlice front = voc_slice_of(text.data, messages ? (gsize)(messages - text.data) : 0);

    if (g_str_has_prefix(voc_export_base(export), "message_") && strcmp(folder, ".") != 0)
        return g_path_get_basename(folder);
    return memchr(front.data ? front.data : "", '[', front.len) ? NULL : key_of(front);
}

static gpointer
open_chat(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);

    (void)error;
    state->reading = reading;
    state->feed = voc_json_feed_new(reading, FALSE, take_item, state);
    state->chat = find_chat(reading->export);
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
    voc_buffer_clear(&state->fields);
    g_free(state->chat);
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
