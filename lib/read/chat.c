#include "read/chat.h"

static void
set_role(const VocReading *reading, VocMessage *record)
{
    char **agent = reading->options->agent;

    if (!record->author.len) {
        record->role = VOC_SLICE("system");
        return;
    }
    if (!agent)
        return;
    record->role = VOC_SLICE("customer");
    record->customer = record->author;
    for (; *agent; agent++) {
        if (voc_slice_equal_string(record->author, *agent)) {
            record->role = VOC_SLICE("agent");
            record->customer = VOC_SLICE_NONE;
        }
    }
}

void
voc_chat_write(VocReading *reading, const VocChatMessage *message, VocSlice raw)
{
    g_auto(VocBuffer) time = VOC_BUFFER_INIT, thread = VOC_BUFFER_INIT, id = VOC_BUFFER_INIT,
                      source = VOC_BUFFER_INIT;
    VocMessage record;
    VocDate date;

    if (!voc_date_parse(message->stamp, VOC_DATE_AUTO, &date)) {
        voc_reading_reject(reading, message->line, raw, "'%.*s' is no date", (int)MIN(message->stamp.len, 40),
                           message->stamp.data ? message->stamp.data : "");
        return;
    }
    voc_message_init(&record);
    voc_date_add(&time, &date, reading->zone);
    voc_buffer_add_string(&thread, voc_identity_name(reading->identity));
    if (message->chat.len) {
        voc_buffer_add_char(&thread, ':');
        voc_buffer_add_slice(&thread, message->chat);
    }
    record.channel = VOC_SLICE("chat");
    record.time = voc_buffer_slice(&time);
    record.author = message->author;
    record.thread = voc_buffer_slice(&thread);
    record.text = message->text;
    record.fields = message->fields;
    set_role(reading, &record);
    VocSlice parts[] = {record.thread, message->id, record.time, record.author,
                        message->id.len ? VOC_SLICE_NONE : record.text};
    voc_identity_add_hashed(reading->identity, parts, G_N_ELEMENTS(parts), &id);
    record.id = voc_buffer_slice(&id);
    voc_buffer_add_printf(&source, "%s:%" G_GUINT64_FORMAT, voc_export_path(reading->export), message->line);
    record.source = voc_buffer_slice(&source);
    voc_message_write(&record, reading->out);
}
