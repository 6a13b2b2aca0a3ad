/* Intercom's conversations and tickets, as its API and its exports give them. */
#include "read/chat.h"
#include "read/json-feed.h"

typedef struct State {
    VocJsonFeed *feed; /* first: see voc_json_feed_step */
    VocReading *reading;
    VocBuffer own, thread, list, fields;
} State;

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    VocSlice head;

    (void)export;
    if (!voc_json_feed_begins(text, (gsize)64 << 10, &head))
        return VOC_PROBE_NO;
    if (voc_json_feed_has(head, "\"conversation_parts\"") || voc_json_feed_has(head, "\"ticket_parts\"") ||
        voc_json_feed_has(head, "\"conversation.list\"") || voc_json_feed_has(head, "\"ticket.list\"") ||
        voc_json_feed_has(head, "\"error.list\""))
        return *why = "the keys of Intercom's conversations", VOC_PROBE_SURE;
    if ((voc_json_feed_has(head, "\"ticket_attributes\"") && voc_json_feed_has(head, "\"ticket_type\"")) ||
        (voc_json_feed_has(head, "\"delivered_as\"") && voc_json_feed_has(head, "\"conversation\"") &&
         voc_json_feed_has(head, "\"source\"")))
        return *why = "the keys of Intercom's conversations", VOC_PROBE_SURE;
    return VOC_PROBE_NO;
}

/* Who says it: by the author's type, else by where the part stands. */
static void
set_author(const State *state, const VocJson *author, VocChatMessage *message)
{
    static const char *const agents[] = {"admin", "team", "teammate", "owner", NULL};
    static const char *const bots[] = {"bot", "operator", "workflow", "fin", "ai_agent", NULL};
    VocSlice type = voc_json_get_text(author, "type");
    g_autofree char *kind = voc_slice_dup(type);

    message->author = voc_json_get_text(author, "name");
    if (!message->author.len)
        message->author = voc_json_get_text(author, "email");
    if (voc_chat_is(author, "from_ai_agent") || voc_chat_is(author, "is_ai_answer") ||
        g_strv_contains(bots, kind))
        message->role = VOC_SLICE("bot");
    else if (g_strv_contains(agents, kind))
        message->role = VOC_SLICE("agent");
    else
        message->role = voc_chat_role(state->reading, type);
    if (!voc_slice_equal_string(message->role, "customer"))
        return;
    message->customer = voc_json_get_text(author, "email");
    if (!message->customer.len)
        message->customer = voc_json_get_text(author, "id");
}

static void
set_own(State *state, const char *kind, VocSlice conversation, VocSlice part, VocChatMessage *message)
{
    voc_buffer_reset(&state->thread);
    voc_buffer_add_printf(&state->thread, "intercom:%s", kind);
    voc_buffer_add_slice(&state->thread, conversation);
    voc_buffer_reset(&state->own);
    voc_buffer_add_slice(&state->own, voc_buffer_slice(&state->thread));
    voc_buffer_add_char(&state->own, '/');
    voc_buffer_add_slice(&state->own, part);
    message->thread = voc_buffer_slice(&state->thread);
    message->own = voc_buffer_slice(&state->own);
}

/* A comment, a note, an assignment: without a body it is nothing that anybody said. */
static void
take_part(State *state, const VocJsonItem *item, const VocJson *part, const char *kind, VocSlice conversation)
{
    VocChatMessage message = {.line = item->line};
    VocSlice type = voc_json_get_text(part, "part_type"), body = voc_json_get_text(part, "body");
    g_auto(VocBuffer) names = VOC_BUFFER_INIT;
    VocSlice attachments = voc_chat_list(&names, voc_json_get(part, "attachments"), "name");

    message.text = voc_chat_plain(voc_json_feed_arena(state->feed), body);
    if (!voc_slice_strip(message.text).len && !attachments.len)
        return;
    set_author(state, voc_json_get(part, "author"), &message);
    set_own(state, kind, conversation, voc_json_get_text(part, "id"), &message);
    message.stamp = voc_json_get_text(part, "created_at");
    voc_list_open(&state->fields, '{');
    if (type.len && !voc_slice_equal_string(type, "comment"))
        voc_list_add_field(&state->fields, VOC_SLICE("part_type"), type);
    if (voc_slice_starts_with(type, VOC_SLICE("note")))
        voc_list_add_raw_field(&state->fields, VOC_SLICE("internal"), VOC_SLICE("true"));
    if (attachments.len)
        voc_list_add_raw_field(&state->fields, VOC_SLICE("attachments"), attachments);
    message.fields = voc_list_close(&state->fields);
    voc_chat_write(state->reading, &message, item->raw);
}

static void
take_parts(State *state, const VocJsonItem *item, const VocJson *json, const char *kind, VocSlice id)
{
    static const char *const paths[] = {"conversation_parts.conversation_parts", "ticket_parts.ticket_parts",
                                        "conversation_parts.data", "conversation_parts", "ticket_parts"};

    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        const VocJson *parts = voc_chat_at(json, paths[i]);

        if (!parts || parts->type != VOC_JSON_ARRAY)
            continue;
        for (const VocJson *part = parts->first; part; part = part->next)
            take_part(state, item, part, kind, id);
        return;
    }
}

/* What the customer thought of it all, a message of its own. */
static void
take_rating(State *state, const VocJsonItem *item, const VocJson *json, VocSlice id)
{
    const VocJson *rating = voc_json_get(json, "conversation_rating");
    VocChatMessage message = {.line = item->line, .role = VOC_SLICE("customer")};
    double number = 0;

    if (!rating || rating->type != VOC_JSON_OBJECT)
        return;
    voc_json_number(voc_json_get(rating, "rating"), &number);
    message.csat = number >= 1 && number <= 5 ? number : 0;
    message.text = voc_json_get_text(rating, "remark");
    if (message.csat <= 0 && !message.text.len)
        return;
    message.stamp = voc_json_get_text(rating, "created_at");
    message.customer = voc_chat_text_at(rating, "contact.id");
    set_own(state, "", id, VOC_SLICE("rating"), &message);
    voc_chat_write(state->reading, &message, item->raw);
}

/* The contact of a ticket: its first. */
static VocSlice
contact_of(const VocJson *json)
{
    const VocJson *contacts = voc_chat_at(json, "contacts.contacts");
    const VocJson *first = contacts && contacts->type == VOC_JSON_ARRAY ? contacts->first : NULL;
    VocSlice key = voc_json_get_text(first, "external_id");

    return key.len ? key : voc_json_get_text(first, "id");
}

static void
take_ticket(State *state, const VocJsonItem *item, const VocJson *json)
{
    static const char *const skip[] = {"type", "id", "created_at", "updated_at", NULL};
    const VocJson *attributes = voc_json_get(json, "ticket_attributes");
    VocSlice id = voc_json_get_text(json, "id");
    VocChatMessage message = {.line = item->line,
                              .channel = VOC_SLICE("ticket"),
                              .role = VOC_SLICE("customer"),
                              .customer = contact_of(json),
                              .subject = voc_json_get_text(attributes, "_default_title_")};
    VocSlice kind = voc_chat_text_at(json, "ticket_type.name");

    message.text = voc_chat_plain(voc_json_feed_arena(state->feed),
                                  voc_json_get_text(attributes, "_default_description_"));
    message.stamp = voc_json_get_text(json, "created_at");
    message.author = message.customer;
    set_own(state, "ticket-", id, VOC_SLICE("description"), &message);
    voc_list_open(&state->fields, '{');
    voc_chat_add_scalars(&state->fields, json, skip);
    if (kind.len)
        voc_list_add_field(&state->fields, VOC_SLICE("ticket_type"), kind);
    message.fields = voc_list_close(&state->fields);
    voc_chat_write(state->reading, &message, item->raw);
    take_parts(state, item, json, "ticket-", id);
}

static void
take_conversation(State *state, const VocJsonItem *item, const VocJson *json)
{
    static const char *const skip[] = {"type", "id", "created_at", "updated_at", "title", NULL};
    const VocJson *source = voc_json_get(json, "source");
    VocSlice id = voc_json_get_text(json, "id"), part = voc_json_get_text(source, "id");
    VocChatMessage message = {.line = item->line};
    VocArena *arena = voc_json_feed_arena(state->feed);

    if (voc_slice_starts_with(voc_json_get_text(source, "type"), VOC_SLICE("email")))
        message.channel = VOC_SLICE("email");
    set_author(state, voc_json_get(source, "author"), &message);
    message.subject = voc_chat_plain(arena, voc_json_get_text(source, "subject"));
    if (!message.subject.len)
        message.subject = voc_json_get_text(json, "title");
    message.text = voc_chat_plain(arena, voc_json_get_text(source, "body"));
    message.stamp = voc_json_get_text(json, "created_at");
    set_own(state, "", id, part.len ? part : VOC_SLICE("source"), &message);
    message.tags = voc_chat_list(&state->list, voc_chat_at(json, "tags.tags"), "name");
    voc_list_open(&state->fields, '{');
    voc_chat_add_scalars(&state->fields, json, skip);
    message.fields = voc_list_close(&state->fields);
    voc_chat_write(state->reading, &message, item->raw);
    take_parts(state, item, json, "", id);
    take_rating(state, item, json, id);
}

static void
take_one(const VocJsonItem *item, const VocJson *json, gpointer data)
{
    State *state = data;

    if (voc_json_get(json, "ticket_attributes") || voc_json_get(json, "ticket_parts"))
        take_ticket(state, item, json);
    else if (voc_json_get(json, "source") || voc_json_get(json, "conversation_parts"))
        take_conversation(state, item, json);
    else
        voc_reading_reject(state->reading, item->line, item->raw, "neither a conversation nor a ticket");
}

static void
take_item(const VocJsonItem *item, gpointer data)
{
    static const char *const lists[] = {"conversations", "tickets", "data", NULL};

    voc_json_feed_each(item, lists, take_one, data);
}

static gpointer
open_intercom(VocReading *reading, GError **error)
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
    (void)data;
    (void)reading;
    voc_buffer_add_string(out, "  customers  authors of the types user, lead and contact  (--agent NAME)\n");
}

static void
close_state(gpointer data)
{
    State *state = data;
    VocBuffer *buffers[] = {&state->own, &state->thread, &state->list, &state->fields};

    for (gsize i = 0; i < G_N_ELEMENTS(buffers); i++)
        voc_buffer_clear(buffers[i]);
    voc_json_feed_free(state->feed);
    g_free(state);
}

const VocFormat voc_format_intercom = {
    .name = "intercom",
    .summary = "conversations and tickets of Intercom",
    .recognised = "conversation_parts, ticket_parts and their like",
    .probe = probe,
    .open = open_intercom,
    .step = voc_json_feed_step,
    .explain = explain,
    .close = close_state,
};
