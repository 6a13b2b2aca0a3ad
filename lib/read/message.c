#include "read/message.h"

#include <math.h>

#include "io/json.h"

static const struct {
    const char *name;
    double worst, best;
} RATINGS[VOC_N_RATING_KEYS] = {
    [VOC_RATING_KEY_NPS] = {"nps", 0, 10},
    [VOC_RATING_KEY_CSAT] = {"csat", 1, 5},
    [VOC_RATING_KEY_CES] = {"ces", 1, 7},
    [VOC_RATING_KEY_STARS] = {"stars", 1, 5},
};

const char *
voc_rating_key_name(VocRatingKey key)
{
    return RATINGS[key].name;
}

double
voc_rating_key_worst(VocRatingKey key)
{
    return RATINGS[key].worst;
}

double
voc_rating_key_best(VocRatingKey key)
{
    return RATINGS[key].best;
}

void
voc_message_init(VocMessage *message)
{
    memset(message, 0, sizeof *message);
    for (int i = 0; i < VOC_N_RATING_KEYS; i++)
        message->rating[i] = NAN;
}

/* A key, with what stands in front of it and behind it, and its text; nothing when the text is empty. */
static void
add_text(VocBuffer *out, VocSlice key, VocSlice text)
{
    if (!text.len)
        return;
    voc_buffer_add_slice(out, key);
    voc_json_add_string(out, text);
}

static void
add_raw(VocBuffer *out, VocSlice key, VocSlice json)
{
    if (!json.len)
        return;
    voc_buffer_add_slice(out, key);
    voc_buffer_add_slice(out, json);
}

static void
add_ratings(VocBuffer *out, const double *rating)
{
    gboolean any = FALSE;

    for (int i = 0; i < VOC_N_RATING_KEYS; i++) {
        if (isnan(rating[i]))
            continue;
        voc_buffer_add_string(out, any ? ",\"" : ",\"rating\":{\"");
        voc_buffer_add_string(out, RATINGS[i].name);
        voc_buffer_add_literal(out, "\":");
        voc_buffer_add_number(out, rating[i], 4);
        any = TRUE;
    }
    if (any)
        voc_buffer_add_char(out, '}');
}

void
voc_message_write(const VocMessage *message, VocBuffer *out)
{
    voc_buffer_add_literal(out, "{\"id\":");
    voc_json_add_string(out, message->id);
    add_text(out, VOC_SLICE(",\"source\":"), message->source);
    add_text(out, VOC_SLICE(",\"channel\":"), message->channel);
    add_text(out, VOC_SLICE(",\"time\":"), message->time);
    add_text(out, VOC_SLICE(",\"role\":"), message->role);
    add_text(out, VOC_SLICE(",\"author\":"), message->author);
    add_text(out, VOC_SLICE(",\"customer\":"), message->customer);
    add_text(out, VOC_SLICE(",\"thread\":"), message->thread);
    if (message->turn) {
        voc_buffer_add_literal(out, ",\"turn\":");
        voc_buffer_add_int(out, (gint64)message->turn);
    }
    add_text(out, VOC_SLICE(",\"touchpoint\":"), message->touchpoint);
    add_text(out, VOC_SLICE(",\"unit\":"), message->unit);
    add_raw(out, VOC_SLICE(",\"tags\":"), message->tags);
    add_raw(out, VOC_SLICE(",\"fields\":"), message->fields);
    add_ratings(out, message->rating);
    add_text(out, VOC_SLICE(",\"subject\":"), message->subject);
    voc_buffer_add_literal(out, ",\"text\":");
    voc_json_add_string(out, message->text);
    add_text(out, VOC_SLICE(",\"lang\":"), message->lang);
    voc_buffer_add_literal(out, "}\n");
}

void
voc_list_open(VocBuffer *buffer, char bracket)
{
    voc_buffer_reset(buffer);
    voc_buffer_add_char(buffer, bracket);
}

static void
add_comma(VocBuffer *buffer)
{
    if (buffer->len > 1)
        voc_buffer_add_char(buffer, ',');
}

void
voc_list_add_field(VocBuffer *buffer, VocSlice name, VocSlice text)
{
    add_comma(buffer);
    voc_json_add_string(buffer, name);
    voc_buffer_add_char(buffer, ':');
    voc_json_add_string(buffer, text);
}

void
voc_list_add_raw_field(VocBuffer *buffer, VocSlice name, VocSlice json)
{
    add_comma(buffer);
    voc_json_add_string(buffer, name);
    voc_buffer_add_char(buffer, ':');
    voc_buffer_add_slice(buffer, json);
}

void
voc_list_add_item(VocBuffer *buffer, VocSlice text)
{
    add_comma(buffer);
    voc_json_add_string(buffer, text);
}

VocSlice
voc_list_close(VocBuffer *buffer)
{
    if (buffer->len <= 1)
        return VOC_SLICE_NONE;
    voc_buffer_add_char(buffer, buffer->data[0] == '{' ? '}' : ']');
    return voc_buffer_slice(buffer);
}
