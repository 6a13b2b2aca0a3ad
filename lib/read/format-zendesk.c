/* Zendesk's tickets with their comments: JSON Lines or JSON, as the account's export and the API give them.
 */
#include "read/chat.h"
#include "read/json-feed.h"

typedef struct State {
    VocJsonFeed *feed; /* first: see voc_json_feed_step */
    VocReading *reading;
    GHashTable *users; /* of this answer: id to VocJson */
    VocBuffer own, thread, list, fields;
} State;

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    VocSlice head;

    (void)export;
    if (!voc_json_feed_begins(text, (gsize)64 << 10, &head))
        return VOC_PROBE_NO;
    *why = "the keys of Zendesk's tickets";
    if (voc_json_feed_has(head, "\"requester_id\"") &&
        (voc_json_feed_has(head, "\"subject\"") || voc_json_feed_has(head, "\"comments\"")))
        return voc_json_feed_has(head, "\"comments\"") || voc_json_feed_has(head, "\"submitter_id\"") ||
                       voc_json_feed_has(head, ".zendesk.com")
                   ? VOC_PROBE_SURE
                   : VOC_PROBE_NO;
    if (voc_json_feed_has(head, "\"author_id\"") && voc_json_feed_has(head, "\"comments\"") &&
        voc_json_feed_has(head, "\"html_body\""))
        return VOC_PROBE_SURE;
    if (voc_json_feed_has(head, "\"requester\"") && voc_json_feed_has(head, "\"comments\"") &&
        (voc_json_feed_has(head, "\"submitter\"") || voc_json_feed_has(head, "\"assignee\"") ||
         voc_json_feed_has(head, "\"author\"")))
        return VOC_PROBE_LIKELY + 10;
    return VOC_PROBE_NO;
}

static const VocJson *
user_of(const State *state, const VocJson *json, const char *key, VocSlice id)
{
    const VocJson *user = voc_json_get(json, key);
    g_autofree char *name = voc_slice_dup(id);

    if (user && user->type == VOC_JSON_OBJECT)
        return user;
    return g_hash_table_lookup(state->users, name);
}

static VocSlice
name_of(const VocJson *user)
{
    VocSlice name = voc_json_get_text(user, "name");

    return name.len ? name : voc_json_get_text(user, "email");
}

/* The id of the user at `key_id`, or of the object at `key`. */
static VocSlice
id_of(const VocJson *json, const char *key_id, const char *key)
{
    VocSlice id = voc_json_get_text(json, key_id);

    return id.len ? id : voc_json_get_text(voc_json_get(json, key), "id");
}

/* One ticket, as far as its messages need it. */
typedef struct Ticket {
    const VocJson *json;
    VocSlice id, requester; /* the requester's id */
    const VocJson *user;    /* the requester; NULL: nothing but the id is known */
    VocSlice customer;
} Ticket;

/* Who works on the ticket, if that is the one of this id. */
static const VocJson *
helper_of(const VocJson *ticket, VocSlice id)
{
    static const char *const keys[] = {"assignee", "submitter"};

    for (gsize i = 0; i < G_N_ELEMENTS(keys); i++)
        if (id.len && voc_slice_equal(voc_json_get_text(voc_json_get(ticket, keys[i]), "id"), id))
            return voc_json_get(ticket, keys[i]);
    return NULL;
}

static void
set_author(const State *state, const Ticket *ticket, const VocJson *comment, VocChatMessage *message)
{
    VocSlice id = id_of(comment, "author_id", "author");
    const VocJson *user = user_of(state, comment, "author", id);
    gboolean same = id.len && voc_slice_equal(id, ticket->requester);
    VocSlice role;

    if (voc_slice_equal_string(id, "-1")) {
        message->role = VOC_SLICE("system");
        return;
    }
    if (!user)
        user = same ? ticket->user : helper_of(ticket->json, id);
    message->author = name_of(user);
    if (!message->author.len)
        message->author = id;
    role = voc_chat_role(state->reading, voc_json_get_text(user, "role"));
    if (role.len)
        message->role = role;
    else if (same)
        message->role = VOC_SLICE("customer");
    else if (id.len && ticket->requester.len)
        message->role = VOC_SLICE("agent");
    if (!voc_slice_equal_string(message->role, "customer"))
        return;
    message->customer = same ? ticket->customer : voc_json_get_text(user, "email");
    if (!message->customer.len)
        message->customer = id;
}

static void
set_own(State *state, const Ticket *ticket, VocSlice part, VocChatMessage *message)
{
    voc_buffer_reset(&state->thread);
    voc_buffer_add_literal(&state->thread, "zendesk:");
    voc_buffer_add_slice(&state->thread, ticket->id);
    voc_buffer_reset(&state->own);
    voc_buffer_add_slice(&state->own, voc_buffer_slice(&state->thread));
    voc_buffer_add_char(&state->own, '/');
    voc_buffer_add_slice(&state->own, part);
    message->channel = VOC_SLICE("ticket");
    message->thread = voc_buffer_slice(&state->thread);
    message->own = part.len ? voc_buffer_slice(&state->own) : VOC_SLICE_NONE;
}

static VocSlice
text_of(State *state, const VocJson *comment)
{
    static const char *const plain[] = {"plain_body", "body"};

    for (gsize i = 0; i < G_N_ELEMENTS(plain); i++) {
        VocSlice text = voc_json_get_text(comment, plain[i]);

        if (text.len && i == 0)
            return voc_chat_plain(voc_json_feed_arena(state->feed), text);
        if (text.len)
            return text;
    }
    return voc_chat_plain(voc_json_feed_arena(state->feed), voc_json_get_text(comment, "html_body"));
}

/* What the ticket says of itself hangs on its first message. */
static void
add_ticket_fields(State *state, const VocJson *ticket)
{
    static const char *const skip[] = {
        "id",         "url",          "subject",   "raw_subject",   "created_at",          "description",
        "updated_at", "requester_id", "ticket_id", "comment_count", "generated_timestamp", NULL};
    VocSlice via = voc_chat_text_at(ticket, "via.channel");

    voc_chat_add_scalars(&state->fields, ticket, skip);
    if (via.len)
        voc_list_add_field(&state->fields, VOC_SLICE("via"), via);
}

static void
take_comment(State *state, const VocJsonItem *item, const Ticket *ticket, const VocJson *comment,
             gboolean first)
{
    VocChatMessage message = {.line = item->line, .stamp = voc_json_get_text(comment, "created_at")};
    const VocJson *public = voc_json_get(comment, "public");
    g_auto(VocBuffer) names = VOC_BUFFER_INIT;
    VocSlice attachments = voc_chat_list(&names, voc_json_get(comment, "attachments"), "file_name");

    message.text = text_of(state, comment);
    message.subject = voc_json_get_text(ticket->json, "subject");
    set_author(state, ticket, comment, &message);
    set_own(state, ticket, voc_json_get_text(comment, "id"), &message);
    voc_list_open(&state->fields, '{');
    if (first) {
        add_ticket_fields(state, ticket->json);
        message.tags = voc_chat_list(&state->list, voc_json_get(ticket->json, "tags"), NULL);
        if (!message.stamp.len)
            message.stamp = voc_json_get_text(ticket->json, "created_at");
    }
    if (public && public->type == VOC_JSON_FALSE)
        voc_list_add_raw_field(&state->fields, VOC_SLICE("internal"), VOC_SLICE("true"));
    if (attachments.len)
        voc_list_add_raw_field(&state->fields, VOC_SLICE("attachments"), attachments);
    message.fields = voc_list_close(&state->fields);
    voc_chat_write(state->reading, &message, item->raw);
}

/* A ticket whose comments are not told has what it began with. */
static void
take_description(State *state, const VocJsonItem *item, const Ticket *ticket)
{
    VocChatMessage message = {.line = item->line,
                              .stamp = voc_json_get_text(ticket->json, "created_at"),
                              .subject = voc_json_get_text(ticket->json, "subject"),
                              .text = voc_json_get_text(ticket->json, "description"),
                              .role = VOC_SLICE("customer"),
                              .author = name_of(ticket->user),
                              .customer = ticket->customer};

    if (!message.author.len)
        message.author = ticket->requester;
    set_own(state, ticket, VOC_SLICE("description"), &message);
    voc_list_open(&state->fields, '{');
    add_ticket_fields(state, ticket->json);
    message.fields = voc_list_close(&state->fields);
    message.tags = voc_chat_list(&state->list, voc_json_get(ticket->json, "tags"), NULL);
    voc_chat_write(state->reading, &message, item->raw);
}

static void
take_satisfaction(State *state, const VocJsonItem *item, const Ticket *ticket)
{
    const VocJson *rating = voc_json_get(ticket->json, "satisfaction_rating");
    VocSlice score = voc_json_get_text(rating, "score");
    VocChatMessage message = {.line = item->line, .role = VOC_SLICE("customer")};

    if (voc_slice_starts_with(score, VOC_SLICE("good")))
        message.csat = 5;
    else if (voc_slice_starts_with(score, VOC_SLICE("bad")))
        message.csat = 1;
    message.text = voc_json_get_text(rating, "comment");
    if (message.csat <= 0 && !message.text.len)
        return;
    message.author = name_of(ticket->user);
    message.customer = ticket->customer;
    message.stamp = voc_json_get_text(rating, "created_at");
    if (!message.stamp.len)
        message.stamp = voc_json_get_text(ticket->json, "updated_at");
    set_own(state, ticket, VOC_SLICE("satisfaction"), &message);
    voc_chat_write(state->reading, &message, item->raw);
}

static void
write_ticket(State *state, const VocJsonItem *item, const VocJson *json)
{
    Ticket ticket = {json, voc_json_get_text(json, "id"), id_of(json, "requester_id", "requester"), NULL,
                     VOC_SLICE_NONE};
    const VocJson *comments = voc_json_get(json, "comments");
    gboolean first = TRUE;

    if (comments && comments->type == VOC_JSON_OBJECT) /* an answer of the API as it was */
        comments = voc_json_get(comments, "comments");
    if (json->type != VOC_JSON_OBJECT ||
        (!ticket.id.len && (!comments || comments->type != VOC_JSON_ARRAY))) {
        voc_reading_reject(state->reading, item->line, item->raw, "no ticket: it has no id");
        return;
    }
    ticket.user = user_of(state, json, "requester", ticket.requester);
    ticket.customer = voc_json_get_text(ticket.user, "email");
    if (!ticket.customer.len)
        ticket.customer = ticket.requester;
    for (const VocJson *one = comments && comments->type == VOC_JSON_ARRAY ? comments->first : NULL; one;
         one = one->next, first = FALSE)
        take_comment(state, item, &ticket, one, first);
    if (first)
        take_description(state, item, &ticket);
    take_satisfaction(state, item, &ticket);
}

static void
take_ticket(const VocJsonItem *item, const VocJson *json, gpointer data)
{
    State *state = data;
    const VocJson *only = voc_json_get(json, "ticket");

    if (only && only->type == VOC_JSON_OBJECT)
        json = only;
    write_ticket(state, item, json);
}

static void
note_users(State *state, const VocJson *users)
{
    g_hash_table_remove_all(state->users);
    for (users = users && users->type == VOC_JSON_ARRAY ? users->first : NULL; users; users = users->next)
        g_hash_table_replace(state->users, voc_slice_dup(voc_json_get_text(users, "id")), (gpointer)users);
}

static void
take_item(const VocJsonItem *item, gpointer data)
{
    static const char *const lists[] = {"tickets", "results", "requests", "data", NULL};
    State *state = data;

    note_users(state, voc_json_get(item->json, "users"));
    voc_json_feed_each(item, lists, take_ticket, state);
    g_hash_table_remove_all(state->users);
}

static gpointer
open_zendesk(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);

    (void)error;
    state->reading = reading;
    state->users = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    state->feed = voc_json_feed_new(reading, TRUE, take_item, state);
    return state;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    (void)data;
    (void)reading;
    voc_buffer_add_string(out, "  customers  who asked for the ticket, and end-users  (--agent NAME)\n");
}

static void
close_state(gpointer data)
{
    State *state = data;
    VocBuffer *buffers[] = {&state->own, &state->thread, &state->list, &state->fields};

    for (gsize i = 0; i < G_N_ELEMENTS(buffers); i++)
        voc_buffer_clear(buffers[i]);
    voc_json_feed_free(state->feed);
    g_hash_table_unref(state->users);
    g_free(state);
}

const VocFormat voc_format_zendesk = {
    .name = "zendesk",
    .summary = "tickets of Zendesk with their comments: JSON Lines or JSON",
    .recognised = "tickets with requester and comments",
    .probe = probe,
    .open = open_zendesk,
    .step = voc_json_feed_step,
    .explain = explain,
    .close = close_state,
};
