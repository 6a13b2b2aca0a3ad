#include "read/chat.h"

#include <math.h>

#include "read/turns.h"
#include "text/markup.h"

#define LONG_FIELD 400 /* bytes */

static void
set_role(const VocReading *reading, const VocChatMessage *message, VocMessage *record)
{
    record->role = message->role;
    record->customer = message->customer;
    if (!record->role.len && !record->author.len) {
        record->role = VOC_SLICE("system");
        return;
    }
    record->role = voc_turns_role_of(reading, record->author, message->role);
    if (voc_slice_equal_string(record->role, "agent"))
        record->customer = VOC_SLICE_NONE;
    if (voc_slice_equal_string(record->role, "customer") && !record->customer.len)
        record->customer = record->author;
}

static void
set_ids(VocReading *reading, const VocChatMessage *message, VocMessage *record, VocBuffer *thread,
        VocBuffer *id)
{
    voc_buffer_add_slice(thread, message->thread);
    if (!message->thread.len)
        voc_buffer_add_string(thread, voc_identity_name(reading->identity));
    if (message->chat.len) {
        voc_buffer_add_char(thread, ':');
        voc_buffer_add_slice(thread, message->chat);
    }
    record->thread = voc_buffer_slice(thread);
    VocSlice parts[] = {record->thread, message->id, record->time, record->author,
                        message->id.len ? VOC_SLICE_NONE : record->text};
    if (message->own.len)
        voc_identity_add_own(reading->identity, message->own, id);
    else if (message->thread.len) /* which file it lies in says nothing */
        voc_identity_add_hashed_in(reading->identity, "chat", parts, G_N_ELEMENTS(parts), id);
    else
        voc_identity_add_hashed(reading->identity, parts, G_N_ELEMENTS(parts), id);
    record->id = voc_buffer_slice(id);
}

void
voc_chat_write(VocReading *reading, const VocChatMessage *message, VocSlice raw)
{
    g_auto(VocBuffer) time = VOC_BUFFER_INIT, thread = VOC_BUFFER_INIT, id = VOC_BUFFER_INIT,
                      source = VOC_BUFFER_INIT;
    VocMessage record;
    VocDate date;

    voc_message_init(&record);
    if (message->stamp.len) {
        if (!voc_date_parse(message->stamp, VOC_DATE_AUTO, &date)) {
            voc_reading_reject(reading, message->line, raw, "'%.*s' is no date",
                               (int)MIN(message->stamp.len, 40), message->stamp.data);
            return;
        }
        voc_date_add(&time, &date, reading->zone);
    }
    record.channel = message->channel.len ? message->channel : VOC_SLICE("chat");
    record.time = voc_buffer_slice(&time);
    record.author = message->author;
    record.subject = message->subject;
    record.text = message->text;
    record.lang = message->lang;
    record.fields = message->fields;
    record.tags = message->tags;
    record.rating[VOC_RATING_KEY_CSAT] = message->csat > 0 ? message->csat : NAN;
    record.rating[VOC_RATING_KEY_STARS] = message->stars > 0 ? message->stars : NAN;
    set_role(reading, message, &record);
    set_ids(reading, message, &record, &thread, &id);
    voc_buffer_add_printf(&source, "%s:%" G_GUINT64_FORMAT, voc_export_path(reading->export), message->line);
    record.source = voc_buffer_slice(&source);
    voc_message_write(&record, reading->out);
}

void
voc_chat_add_scalars(VocBuffer *fields, const VocJson *object, const char *const *skip)
{
    for (const VocJson *one = object && object->type == VOC_JSON_OBJECT ? object->first : NULL; one;
         one = one->next) {
        const char *const *name = skip;

        while (*name && !voc_slice_equal_string(one->key, *name))
            name++;
        if (*name)
            continue;
        if (one->type == VOC_JSON_STRING && one->text.len && one->text.len <= LONG_FIELD)
            voc_list_add_field(fields, one->key, one->text);
        else if (one->type == VOC_JSON_NUMBER)
            voc_list_add_raw_field(fields, one->key, one->text);
        else if (one->type == VOC_JSON_TRUE || one->type == VOC_JSON_FALSE)
            voc_list_add_raw_field(fields, one->key,
                                   one->type == VOC_JSON_TRUE ? VOC_SLICE("true") : VOC_SLICE("false"));
    }
}

VocSlice
voc_chat_list(VocBuffer *buffer, const VocJson *array, const char *key)
{
    voc_list_open(buffer, '[');
    for (const VocJson *one = array && array->type == VOC_JSON_ARRAY ? array->first : NULL; one;
         one = one->next) {
        VocSlice text = key ? voc_json_get_text(one, key) : one->text;

        if (text.len && (key || one->type == VOC_JSON_STRING))
            voc_list_add_item(buffer, text);
    }
    return voc_list_close(buffer);
}

const VocJson *
voc_chat_at(const VocJson *json, const char *path)
{
    while (json && *path) {
        char key[64];
        gsize n = strcspn(path, ".");

        if (n >= sizeof key)
            return NULL;
        memcpy(key, path, n);
        key[n] = 0;
        json = voc_json_get(json, key);
        path += n + (path[n] == '.');
    }
    return json;
}

VocSlice
voc_chat_text_at(const VocJson *json, const char *path)
{
    const VocJson *value = voc_chat_at(json, path);

    return value && (value->type == VOC_JSON_STRING || value->type == VOC_JSON_NUMBER) ? value->text
                                                                                       : VOC_SLICE_NONE;
}

gboolean
voc_chat_is(const VocJson *json, const char *key)
{
    const VocJson *value = voc_json_get(json, key);

    return value && value->type == VOC_JSON_TRUE;
}

VocSlice
voc_chat_plain(VocArena *arena, VocSlice html)
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;

    if (!html.len || (!memchr(html.data, '<', html.len) && !memchr(html.data, '&', html.len)))
        return html;
    voc_markup_to_text(html, &text);
    return voc_arena_copy(arena, voc_buffer_slice(&text));
}

VocSlice
voc_chat_role(const VocReading *reading, VocSlice word)
{
    return voc_names_value(reading->names, VOC_ROLE_ROLE, word);
}
