/* Signal's messages as JSON: the app's own plain-text backup, the desktop's messages, and data.json of
 * signal-export. */
#include "read/chat.h"
#include "read/json-feed.h"

typedef struct State {
    VocJsonFeed *feed; /* first: see voc_json_feed_step */
    VocReading *reading;
    GHashTable *names; /* of a backup: recipient's id to its name */
    GHashTable *chats; /* of a backup: chat's id to its recipient's id */
    char *self;        /* the recipient that the phone's owner is */
    VocBuffer chat, list, fields;
} State;

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    VocSlice head;

    (void)export;
    if (!voc_json_feed_begins(text, (gsize)256 << 10, &head))
        return VOC_PROBE_NO;
    *why = "the keys of Signal's messages";
    if (voc_json_feed_has(head, "\"chatItem\"") && voc_json_feed_has(head, "\"authorId\""))
        return VOC_PROBE_SURE;
    if (voc_json_feed_has(head, "\"recipient\"") &&
        (voc_json_feed_has(head, "\"backupTimeMs\"") || voc_json_feed_has(head, "\"profileKey\"")))
        return VOC_PROBE_SURE;
    if (voc_json_feed_has(head, "\"sent_at\"") && voc_json_feed_has(head, "\"conversationId\""))
        return VOC_PROBE_SURE;
    if (voc_json_feed_has(head, "\"sender\"") && voc_json_feed_has(head, "\"body\"") &&
        voc_json_feed_has(head, "\"sticker\"") && voc_json_feed_has(head, "\"quote\""))
        return VOC_PROBE_SURE;
    return VOC_PROBE_NO;
}

/* The frame of a backup that says who somebody is. */
static void
note_recipient(State *state, const VocJson *recipient)
{
    static const char *const names[] = {"contact.systemGivenName",    "contact.profileGivenName",
                                        "contact.nickname.given",     "contact.e164",
                                        "group.snapshot.title.title", "group.name"};
    static const char *const families[] = {"contact.systemFamilyName", "contact.profileFamilyName"};
    VocSlice id = voc_json_get_text(recipient, "id"), name = VOC_SLICE_NONE, family = VOC_SLICE_NONE;
    gsize i;

    for (i = 0; !name.len && i < G_N_ELEMENTS(names); i++) {
        name = voc_chat_text_at(recipient, names[i]);
        family = name.len && i < G_N_ELEMENTS(families) ? voc_chat_text_at(recipient, families[i])
                                                        : VOC_SLICE_NONE;
    }
    if (voc_json_get(recipient, "self")) {
        g_free(state->self);
        state->self = voc_slice_dup(id);
    }
    if (name.len)
        g_hash_table_replace(state->names, voc_slice_dup(id),
                             g_strdup_printf("%.*s%s%.*s", (int)MIN(name.len, 200), name.data,
                                             family.len ? " " : "", (int)MIN(family.len, 200),
                                             family.len ? family.data : ""));
}

static VocSlice
look_up(GHashTable *table, VocSlice id)
{
    g_autofree char *key = voc_slice_dup(id);

    return voc_slice_from_string(g_hash_table_lookup(table, key));
}

/* Of the phone's owner, or of the other. */
static void
set_side(VocChatMessage *message, gboolean own)
{
    message->role = own ? VOC_SLICE("agent") : VOC_SLICE("customer");
    if (own)
        message->customer = VOC_SLICE_NONE;
}

static void
take_chat_item(State *state, const VocJsonItem *item, const VocJson *said)
{
    VocSlice author = voc_json_get_text(said, "authorId"), chat = voc_json_get_text(said, "chatId");
    VocSlice other = look_up(state->chats, chat), name = look_up(state->names, other);
    const VocJson *message = voc_json_get(said, "standardMessage");
    VocChatMessage out = {.line = item->line, .stamp = voc_json_get_text(said, "dateSent")};
    gboolean own = voc_json_get(said, "outgoing") != NULL ||
                   (state->self && voc_slice_equal_string(author, state->self));

    out.chat = name.len ? name : chat;
    out.author = look_up(state->names, author);
    if (!out.author.len)
        out.author = own ? VOC_SLICE("me") : author;
    out.customer = author;
    set_side(&out, own);
    out.text = voc_chat_text_at(message, "text.body");
    voc_list_open(&state->fields, '{');
    if (voc_json_get(said, "updateMessage") || voc_json_get(said, "directionless")) {
        out.role = VOC_SLICE("system");
        out.customer = VOC_SLICE_NONE;
    } else if (voc_json_get(said, "remoteDeletedMessage")) {
        voc_list_add_raw_field(&state->fields, VOC_SLICE("deleted"), VOC_SLICE("true"));
    } else if (voc_json_get(message, "attachments") || !message) {
        voc_list_add_raw_field(&state->fields, VOC_SLICE("media"), VOC_SLICE("true"));
    }
    out.fields = voc_list_close(&state->fields);
    voc_chat_write(state->reading, &out, item->raw);
}

static void
take_desktop(State *state, const VocJsonItem *item, const VocJson *said)
{
    static const char *const names[] = {"sourceName", "source", "sourceServiceId", "sourceUuid"};
    VocSlice type = voc_json_get_text(said, "type");
    VocChatMessage message = {.line = item->line,
                              .id = voc_json_get_text(said, "id"),
                              .chat = voc_json_get_text(said, "conversationId"),
                              .stamp = voc_json_get_text(said, "sent_at"),
                              .text = voc_json_get_text(said, "body")};
    VocSlice files = voc_chat_list(&state->list, voc_json_get(said, "attachments"), "fileName");

    for (gsize i = 0; !message.author.len && i < G_N_ELEMENTS(names); i++)
        message.author = voc_json_get_text(said, names[i]);
    if (voc_slice_equal_string(type, "outgoing")) {
        message.author = message.author.len ? message.author : VOC_SLICE("me");
        set_side(&message, TRUE);
    } else if (voc_slice_equal_string(type, "incoming")) {
        message.author = message.author.len ? message.author : message.chat;
        set_side(&message, FALSE);
    } else {
        message.role = VOC_SLICE("system");
    }
    voc_list_open(&state->fields, '{');
    if (!voc_slice_equal_string(message.role, "customer") && !voc_slice_equal_string(message.role, "agent") &&
        type.len)
        voc_list_add_field(&state->fields, VOC_SLICE("event"), type);
    if (files.len)
        voc_list_add_raw_field(&state->fields, VOC_SLICE("attachments"), files);
    message.fields = voc_list_close(&state->fields);
    voc_chat_write(state->reading, &message, item->raw);
}

/* One conversation a file; who exports it is called "Me". */
static void
take_exported(State *state, const VocJsonItem *item, const VocJson *said)
{
    VocChatMessage message = {.line = item->line,
                              .author = voc_json_get_text(said, "sender"),
                              .stamp = voc_json_get_text(said, "date"),
                              .text = voc_json_get_text(said, "body")};
    VocSlice files = voc_chat_list(&state->list, voc_json_get(said, "attachments"), "name");

    message.chat = voc_buffer_slice(&state->chat);
    if (voc_slice_equal_string(message.author, "Me"))
        set_side(&message, TRUE);
    else if (message.author.len && !voc_slice_equal_string(message.author, "No-Sender"))
        set_side(&message, FALSE);
    else
        message.role = VOC_SLICE("system");
    voc_list_open(&state->fields, '{');
    if (files.len)
        voc_list_add_raw_field(&state->fields, VOC_SLICE("attachments"), files);
    message.fields = voc_list_close(&state->fields);
    message.text = voc_slice_strip(message.text);
    voc_chat_write(state->reading, &message, item->raw);
}

static void
take_message(const VocJsonItem *item, const VocJson *json, gpointer data)
{
    State *state = data;
    const VocJson *said = voc_json_get(json, "chatItem"), *recipient = voc_json_get(json, "recipient");
    const VocJson *chat = voc_json_get(json, "chat");

    if (said)
        take_chat_item(state, item, said);
    else if (recipient && recipient->type == VOC_JSON_OBJECT)
        note_recipient(state, recipient);
    else if (chat && chat->type == VOC_JSON_OBJECT)
        g_hash_table_replace(state->chats, voc_slice_dup(voc_json_get_text(chat, "id")),
                             voc_slice_dup(voc_json_get_text(chat, "recipientId")));
    else if (voc_json_get(json, "sent_at"))
        take_desktop(state, item, json);
    else if (voc_json_get(json, "sender") && voc_json_get(json, "date"))
        take_exported(state, item, json);
    else if (!voc_json_get(json, "version") && !voc_json_get(json, "account") &&
             !voc_json_get(json, "stickerPack") && !voc_json_get(json, "adHocCall") &&
             !voc_json_get(json, "notificationProfile") && !voc_json_get(json, "chatFolder"))
        voc_reading_reject(state->reading, item->line, item->raw, "no message of Signal");
}

static void
take_item(const VocJsonItem *item, gpointer data)
{
    static const char *const lists[] = {"messages", NULL};

    voc_json_feed_each(item, lists, take_message, data);
}

static gpointer
open_signal(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);
    g_autofree char *folder = g_path_get_dirname(voc_export_path(reading->export));
    g_autofree char *last = g_path_get_basename(folder);

    (void)error;
    state->reading = reading;
    state->feed = voc_json_feed_new(reading, TRUE, take_item, state);
    state->names = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    state->chats = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    /* signal-export names the folder after the conversation, and every file data.json. */
    if (strcmp(voc_export_base(reading->export), "data.json") == 0 && strcmp(last, ".") != 0)
        voc_buffer_add_string(&state->chat, last);
    return state;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    (void)data;
    (void)reading;
    voc_buffer_add_string(out, "  agents     the phone's owner; all others are customers  (--agent NAME)\n");
}

static void
close_state(gpointer data)
{
    State *state = data;
    VocBuffer *buffers[] = {&state->chat, &state->list, &state->fields};

    for (gsize i = 0; i < G_N_ELEMENTS(buffers); i++)
        voc_buffer_clear(buffers[i]);
    voc_json_feed_free(state->feed);
    g_hash_table_unref(state->names);
    g_hash_table_unref(state->chats);
    g_free(state->self);
    g_free(state);
}

const VocFormat voc_format_signal = {
    .name = "signal",
    .summary = "messages of Signal as JSON: a backup's, the desktop's, signal-export's",
    .recognised = "the keys of its messages (its text exports are read as whatsapp)",
    .probe = probe,
    .open = open_signal,
    .step = voc_json_feed_step,
    .explain = explain,
    .close = close_state,
};
