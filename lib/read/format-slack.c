/* A Slack workspace's export: a folder a channel with a file a day, beside users.json and channels.json. */
#include "read/chat.h"
#include "read/json-feed.h"
#include "read/slack-text.h"

typedef struct State {
    VocJsonFeed *feed; /* first: see voc_json_feed_step */
    VocReading *reading;
    VocSlackNames *names;
    char *folder;               /* the channel's */
    const VocSlackPlace *place; /* NULL: channels.json does not tell */
    gboolean list;              /* users.json and its like: nothing is said there */
    VocBuffer text, thread, own, list_text, fields;
} State;

/* users.json, channels.json and the other lists that lie beside the channels' folders. */
static gboolean
is_list(VocExport *export, VocSlice text)
{
    static const char *const names[] = {"users.json",
                                        "channels.json",
                                        "groups.json",
                                        "dms.json",
                                        "mpims.json",
                                        "integration_logs.json",
                                        "canvases.json",
                                        "file_conversations.json",
                                        "huddle_transcripts.json",
                                        "lists.json",
                                        "org_users.json",
                                        NULL};
    const char *base = voc_export_base(export);
    g_auto(VocBuffer) other = VOC_BUFFER_INIT;

    if (!g_strv_contains(names, base))
        return FALSE;
    if (strcmp(base, "users.json") == 0 || strcmp(base, "org_users.json") == 0)
        return voc_json_feed_has(text, "\"profile\"") &&
               (voc_json_feed_has(text, "\"team_id\"") || voc_json_feed_has(text, "\"is_bot\""));
    if (voc_json_feed_has(text, "\"members\"") && voc_json_feed_has(text, "\"created\""))
        return TRUE;
    return voc_export_beside(export, "users.json", 4096, &other) &&
           voc_json_feed_has(voc_buffer_slice(&other), "\"profile\"");
}

/* "ts": "1736478514.897649" */
static gboolean
has_stamp(VocSlice text)
{
    const char *at = memmem(text.data, text.len, "\"ts\"", 4), *end = text.data + text.len;
    int digits = 0;

    if (!at)
        return FALSE;
    for (at += 4; at < end && (g_ascii_isspace(*at) || *at == ':' || *at == '"'); at++)
        continue;
    for (; at < end && g_ascii_isdigit(*at); at++)
        digits++;
    return digits >= 9 && digits <= 11 && end - at > 1 && at[0] == '.' && g_ascii_isdigit(at[1]);
}

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    VocSlice head;

    if (!voc_json_feed_begins(text, (gsize)64 << 10, &head) || voc_slice_strip(head).data[0] != '[')
        return VOC_PROBE_NO;
    if (is_list(export, head))
        return *why = "a list of users or channels, of Slack", VOC_PROBE_SURE;
    if (has_stamp(head) && voc_json_feed_has(head, "\"type\"") && voc_json_feed_has(head, "\"message\""))
        return *why = "the keys of Slack's messages", VOC_PROBE_SURE;
    return VOC_PROBE_NO;
}

/* What a person or a bot said; all other subtypes are the system's lines. */
static gboolean
is_said(VocSlice subtype)
{
    static const char *const said[] = {"bot_message",
                                       "me_message",
                                       "thread_broadcast",
                                       "file_share",
                                       "file_comment",
                                       "file_mention",
                                       "reply_broadcast",
                                       "document_mention",
                                       "assistant_app_thread",
                                       "ai_message",
                                       NULL};

    for (const char *const *one = said; *one; one++)
        if (voc_slice_equal_string(subtype, *one))
            return TRUE;
    return subtype.len == 0;
}

static void
set_text(State *state, const VocJson *json)
{
    const VocJson *attachments = voc_json_get(json, "attachments");
    static const char *const keys[] = {"pretext", "title", "text", "fallback"};

    voc_buffer_reset(&state->text);
    voc_slack_plain(state->names, voc_json_get_text(json, "text"), &state->text);
    if (!voc_slice_strip(voc_buffer_slice(&state->text)).len)
        voc_slack_blocks(state->names, voc_json_get(json, "blocks"), &state->text);
    if (voc_slice_strip(voc_buffer_slice(&state->text)).len || !attachments ||
        attachments->type != VOC_JSON_ARRAY)
        return;
    for (const VocJson *one = attachments->first; one; one = one->next) {
        for (gsize i = 0; i < G_N_ELEMENTS(keys); i++) {
            VocSlice text = voc_json_get_text(one, keys[i]);

            if (!text.len || (i == 3 && state->text.len))
                continue;
            if (state->text.len)
                voc_buffer_add_char(&state->text, '\n');
            voc_slack_plain(state->names, text, &state->text);
        }
    }
}

static void
set_fields(State *state, const VocJson *json, VocChatMessage *message)
{
    VocSlice subtype = voc_json_get_text(json, "subtype");
    VocSlice files;

    voc_list_open(&state->fields, '{');
    if (state->place && !state->place->direct)
        voc_list_add_field(&state->fields, VOC_SLICE("channel"), voc_slice_from_string(state->place->name));
    else if (!state->place && state->folder)
        voc_list_add_field(&state->fields, VOC_SLICE("channel"), voc_slice_from_string(state->folder));
    if (subtype.len)
        voc_list_add_field(&state->fields, VOC_SLICE("subtype"), subtype);
    files = voc_chat_list(&state->list_text, voc_json_get(json, "files"), "name");
    if (files.len)
        voc_list_add_raw_field(&state->fields, VOC_SLICE("attachments"), files);
    if (voc_json_get(json, "edited") && voc_json_get(json, "edited")->type == VOC_JSON_OBJECT)
        voc_list_add_raw_field(&state->fields, VOC_SLICE("edited"), VOC_SLICE("true"));
    message->fields = voc_list_close(&state->fields);
}

static void
set_author(const State *state, const VocJson *json, VocChatMessage *message)
{
    static const char *const names[] = {"user_profile.display_name", "user_profile.real_name", "username",
                                        "bot_profile.name", "user_profile.name"};
    VocSlice id = voc_json_get_text(json, "user");
    const VocSlackUser *user = voc_slack_user(state->names, id);

    if (user && *user->name)
        message->author = voc_slice_from_string(user->name);
    for (gsize i = 0; !message->author.len && i < G_N_ELEMENTS(names); i++)
        message->author = voc_chat_text_at(json, names[i]);
    if (!message->author.len)
        message->author = id;
    if ((user && user->bot) || voc_json_get_text(json, "bot_id").len ||
        voc_slice_equal_string(voc_json_get_text(json, "subtype"), "bot_message")) {
        message->role = VOC_SLICE("bot");
    } else if (user && user->outside) {
        message->role = VOC_SLICE("customer");
        message->customer = id;
    } else if (user && state->names->outsiders) {
        message->role = VOC_SLICE("agent");
    }
}

static void
take_item(const VocJsonItem *item, gpointer data)
{
    State *state = data;
    const VocJson *json = item->json;
    VocSlice stamp = voc_json_get_text(json, "ts"), thread = voc_json_get_text(json, "thread_ts");
    VocSlice subtype = voc_json_get_text(json, "subtype");
    VocChatMessage message = {.line = item->line};
    const char *place = state->place ? state->place->id : state->folder;
    const char *point;

    if (state->list)
        return;
    if (json->type != VOC_JSON_OBJECT || !stamp.len) {
        voc_reading_reject(state->reading, item->line, item->raw, "no message: it has no ts");
        return;
    }
    point = memchr(stamp.data, '.', stamp.len);
    message.stamp = point ? voc_slice_of(stamp.data, (gsize)(point - stamp.data)) : stamp;
    set_author(state, json, &message);
    if (!is_said(subtype)) {
        message.role = VOC_SLICE("system");
        message.customer = VOC_SLICE_NONE;
    }
    voc_buffer_reset(&state->thread);
    voc_buffer_add_printf(&state->thread, "slack:%s", place);
    if (thread.len || !state->place || !state->place->direct) {
        voc_buffer_add_char(&state->thread, '/');
        voc_buffer_add_slice(&state->thread, thread.len ? thread : stamp);
    }
    voc_buffer_reset(&state->own);
    voc_buffer_add_printf(&state->own, "slack:%s/", place);
    voc_buffer_add_slice(&state->own, stamp);
    message.thread = voc_buffer_slice(&state->thread);
    message.own = voc_buffer_slice(&state->own);
    set_text(state, json);
    message.text = voc_slice_strip(voc_buffer_slice(&state->text));
    set_fields(state, json, &message);
    voc_chat_write(state->reading, &message, item->raw);
}

static gpointer
make_names(void)
{
    return voc_slack_names_new();
}

static void
free_names(gpointer names)
{
    voc_slack_names_free(names);
}

static gpointer
open_slack(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);
    const char *path = voc_export_path(reading->export);
    g_autofree char *folder = g_path_get_dirname(path), *root = g_path_get_dirname(folder);
    g_autofree char *key = g_strdup_printf("slack:%s", strcmp(folder, ".") == 0 ? ".." : root);

    (void)error;
    state->reading = reading;
    state->list = is_list(reading->export, voc_export_head_text(reading->export));
    state->feed = voc_json_feed_new(reading, TRUE, take_item, state);
    state->folder = strcmp(folder, ".") == 0 ? g_strdup(voc_identity_name(reading->identity))
                                             : g_path_get_basename(folder);
    if (state->list)
        return state;
    state->names = voc_reading_memory(reading, key, make_names, free_names);
    if (!state->names->loaded)
        voc_slack_names_load(state->names, reading->export, reading->json);
    state->place = voc_slack_place(state->names, state->folder);
    return state;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    State *state = data;

    (void)reading;
    if (state->list) {
        voc_buffer_add_string(out, "  messages   none: it names users or channels\n");
        return;
    }
    voc_buffer_add_printf(out, "  channel    %s\n", state->place ? state->place->name : state->folder);
    voc_buffer_add_printf(out, "  users      %u named in users.json\n",
                          g_hash_table_size(state->names->users));
    voc_buffer_add_string(out, state->names->outsiders
                                   ? "  customers  guests and people of other houses  (--agent NAME)\n"
                                   : "  customers  nobody is told apart  (--agent NAME)\n");
}

static void
close_state(gpointer data)
{
    State *state = data;
    VocBuffer *buffers[] = {&state->text, &state->thread, &state->own, &state->list_text, &state->fields};

    for (gsize i = 0; i < G_N_ELEMENTS(buffers); i++)
        voc_buffer_clear(buffers[i]);
    voc_json_feed_free(state->feed);
    g_free(state->folder);
    g_free(state);
}

const VocFormat voc_format_slack = {
    .name = "slack",
    .summary = "a Slack export: a folder a channel, a JSON file a day",
    .recognised = "messages with ts; users.json and channels.json beside the channels' folders",
    .probe = probe,
    .open = open_slack,
    .step = voc_json_feed_step,
    .explain = explain,
    .close = close_state,
};
