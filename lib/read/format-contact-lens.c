/* Amazon Connect's Contact Lens: the analysis of a call or a chat as JSON. */
#include <math.h>

#include "read/chat.h"
#include "read/json-feed.h"
#include "read/turns.h"

typedef struct State {
    VocJsonFeed *feed; /* first: see voc_json_feed_step */
    VocReading *reading;
    VocTurns *turns;
    VocBuffer *report; /* --explain: what is found goes here, nothing is written */
    VocBuffer thread, own, fields, list;
} State;

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    VocSlice head;

    (void)export;
    if (!voc_json_feed_begins(text, (gsize)512 << 10, &head) || voc_slice_strip(head).data[0] != '{')
        return VOC_PROBE_NO;
    *why = "the keys of Contact Lens";
    if (voc_json_feed_has(head, "\"ParticipantId\"") &&
        (voc_json_feed_has(head, "\"Transcript\"") || voc_json_feed_has(head, "\"Participants\"")))
        return VOC_PROBE_SURE;
    if (voc_json_feed_has(head, "\"ConversationCharacteristics\"") ||
        voc_json_feed_has(head, "\"ChatTranscriptVersion\"") ||
        (voc_json_feed_has(head, "\"ContentMetadata\"") && voc_json_feed_has(head, "\"JobStatus\"")))
        return VOC_PROBE_SURE;
    return VOC_PROBE_NO;
}

/* What the contact says of who takes part. */
static const VocJson *
participant(const VocJson *contact, VocSlice id)
{
    const VocJson *one = voc_json_get(contact, "Participants");

    for (one = one && one->type == VOC_JSON_ARRAY ? one->first : NULL; one; one = one->next)
        if (id.len && voc_slice_equal(voc_json_get_text(one, "ParticipantId"), id))
            return one;
    return NULL;
}

/* CUSTOMER, AGENT, SYSTEM; CUSTOM_BOT, SUPERVISOR. */
static VocSlice
role_of(const State *state, const VocJson *contact, const VocJson *said)
{
    VocSlice id = voc_json_get_text(said, "ParticipantId");
    VocSlice word = voc_json_get_text(said, "ParticipantRole");

    if (!word.len)
        word = voc_json_get_text(participant(contact, id), "ParticipantRole");
    if (!word.len)
        word = id;
    if (voc_slice_equal_string(word, "CUSTOM_BOT"))
        return VOC_SLICE("bot");
    if (voc_slice_equal_string(word, "SUPERVISOR"))
        return VOC_SLICE("agent");
    return voc_chat_role(state->reading, word);
}

static VocSlice
name_of(const VocJson *contact, const VocJson *said)
{
    VocSlice id = voc_json_get_text(said, "ParticipantId"), name = voc_json_get_text(said, "DisplayName");

    if (!name.len)
        name = voc_json_get_text(participant(contact, id), "DisplayName");
    return name.len ? name : id;
}

static void
take_speech(State *state, const VocJsonItem *item, const VocJson *contact, const VocJson *said)
{
    VocCue cue = {NAN, NAN, name_of(contact, said), voc_json_get_text(said, "Content"), item->line};
    double number;

    if (voc_json_number(voc_json_get(said, "BeginOffsetMillis"), &number) && fabs(number) < 1e12)
        cue.start = number / 1000;
    if (voc_json_number(voc_json_get(said, "EndOffsetMillis"), &number) && fabs(number) < 1e12)
        cue.end = number / 1000;
    voc_turns_add(state->turns, &cue, role_of(state, contact, said));
}

/* A line of a chat: a message, or an event ("participant.joined"). */
static void
take_line(State *state, const VocJsonItem *item, const VocJson *contact, const VocJson *said, VocSlice tags)
{
    VocChatMessage message = {.line = item->line, .tags = tags};
    VocSlice type = voc_json_get_text(said, "ContentType"), id = voc_json_get_text(said, "Id");
    const char *event = type.len ? memmem(type.data, type.len, ".event.", 7) : NULL;

    if (state->report)
        return;
    message.author = name_of(contact, said);
    message.role = role_of(state, contact, said);
    if (event || voc_slice_equal_string(voc_json_get_text(said, "Type"), "EVENT"))
        message.role = VOC_SLICE("system");
    if (voc_slice_equal_string(message.role, "customer"))
        message.customer = voc_json_get_text(said, "ParticipantId");
    message.stamp = voc_json_get_text(said, "AbsoluteTime");
    message.text = voc_json_get_text(said, "Content");
    message.thread = voc_buffer_slice(&state->thread);
    message.id = id;
    if (state->thread.len && id.len) {
        voc_buffer_reset(&state->own);
        voc_buffer_add_slice(&state->own, message.thread);
        voc_buffer_add_char(&state->own, '/');
        voc_buffer_add_slice(&state->own, id);
        message.own = voc_buffer_slice(&state->own);
    }
    voc_list_open(&state->fields, '{');
    if (event)
        voc_list_add_field(&state->fields, VOC_SLICE("event"),
                           voc_slice_of(event + 7, (gsize)(type.data + type.len - event - 7)));
    message.fields = voc_list_close(&state->fields);
    voc_chat_write(state->reading, &message, item->raw);
}

/* "fi-FI" is Finnish. */
static VocSlice
language_of(const VocJson *contact)
{
    VocSlice code = voc_json_get_text(contact, "LanguageCode");

    return code.len >= 2 && (code.len == 2 || code.data[2] == '-') ? voc_slice_of(code.data, 2)
                                                                   : VOC_SLICE_NONE;
}

static void
take_contact(State *state, const VocJsonItem *item, const VocJson *lines, gboolean chat)
{
    const VocJson *contact = item->json;
    VocSlice id = voc_chat_text_at(contact, "CustomerMetadata.ContactId");
    VocSlice tags = voc_chat_list(&state->list, voc_chat_at(contact, "Categories.MatchedCategories"), NULL);

    voc_buffer_reset(&state->thread);
    if (id.len >= 16) { /* a UUID, and no placeholder */
        voc_buffer_add_literal(&state->thread, "connect:");
        voc_buffer_add_slice(&state->thread, id);
    }
    state->turns = voc_turns_new(state->reading, item->raw, VOC_SLICE_NONE);
    voc_turns_set_call(state->turns, voc_buffer_slice(&state->thread), language_of(contact), tags);
    if (state->report)
        voc_turns_look(state->turns);
    for (const VocJson *one = lines->first; one; one = one->next) {
        const VocJson *nested = voc_json_get(one, "Transcript"); /* as the stream of a running call has it */

        if (nested && nested->type == VOC_JSON_OBJECT)
            take_speech(state, item, contact, nested);
        else if (chat)
            take_line(state, item, contact, one, tags), tags = VOC_SLICE_NONE;
        else
            take_speech(state, item, contact, one);
    }
    voc_turns_end(state->turns);
    if (state->report && !chat)
        voc_turns_explain(state->turns, state->report);
    g_clear_pointer(&state->turns, voc_turns_free);
}

static void
take_item(const VocJsonItem *item, gpointer data)
{
    State *state = data;
    const VocJson *lines = voc_json_get(item->json, "Transcript");
    gboolean chat = voc_slice_equal_string(voc_json_get_text(item->json, "Channel"), "CHAT");

    if (!lines)
        lines = voc_json_get(item->json, "Segments");
    if (!lines || lines->type != VOC_JSON_ARRAY) {
        voc_reading_reject(state->reading, item->line, item->raw,
                           "no analysis of a contact: it has no Transcript");
        return;
    }
    if (lines->first && voc_json_get(lines->first, "AbsoluteTime") &&
        !voc_json_get(lines->first, "BeginOffsetMillis"))
        chat = TRUE;
    take_contact(state, item, lines, chat);
}

static gpointer
open_contact_lens(VocReading *reading, GError **error)
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
    voc_buffer_add_string(out, "  customers  as ParticipantRole says\n");
    while (voc_json_feed_step(state, reading, NULL))
        continue;
}

static void
close_state(gpointer data)
{
    State *state = data;
    VocBuffer *buffers[] = {&state->thread, &state->own, &state->fields, &state->list};

    for (gsize i = 0; i < G_N_ELEMENTS(buffers); i++)
        voc_buffer_clear(buffers[i]);
    voc_json_feed_free(state->feed);
    g_free(state);
}

const VocFormat voc_format_contact_lens = {
    .name = "contact-lens",
    .summary = "a call or chat as Amazon Connect's Contact Lens analysed it",
    .recognised = "Transcript, ParticipantId and their like",
    .probe = probe,
    .open = open_contact_lens,
    .step = voc_json_feed_step,
    .explain = explain,
    .close = close_state,
};
