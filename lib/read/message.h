/* What a reader found: one message, and the record line it becomes. */
#ifndef VOC_READ_MESSAGE_H
#define VOC_READ_MESSAGE_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

typedef enum {
    VOC_RATING_KEY_NPS,
    VOC_RATING_KEY_CSAT,
    VOC_RATING_KEY_CES,
    VOC_RATING_KEY_STARS,
    VOC_N_RATING_KEYS
} VocRatingKey;

/* "nps", "csat", "ces", "stars"; and the ends of the scale that the record uses: 0 to 10, 1 to 5, 1 to 7, 1
 * to 5. */
const char *voc_rating_key_name(VocRatingKey key);
double voc_rating_key_worst(VocRatingKey key);
double voc_rating_key_best(VocRatingKey key);

/* Slices are UTF-8 and somebody else's; an empty one leaves its key out, but for `text`, which is always
 * written. */
typedef struct VocMessage {
    VocSlice id, source, channel, time, role, author, customer, thread;
    guint64 turn; /* from 1; 0 leaves it out */
    VocSlice touchpoint, unit;
    VocSlice tags;                    /* a JSON array as written */
    VocSlice fields;                  /* a JSON object as written */
    double rating[VOC_N_RATING_KEYS]; /* NaN where there is none */
    VocSlice subject, text, lang;
} VocMessage;

/* No keys, no ratings. */
void voc_message_init(VocMessage *message);

/* Adds the message as one line of JSON, its keys in the order of the record. */
void voc_message_write(const VocMessage *message, VocBuffer *out);

/* Builds the objects and arrays for `fields` and `tags`: open with voc_list_open(buffer, '{' or '['), add,
 * close. What is closed empty is the empty slice. The result lives until the buffer is changed. */
void voc_list_open(VocBuffer *buffer, char bracket);
void voc_list_add_field(VocBuffer *buffer, VocSlice name, VocSlice text);
void voc_list_add_raw_field(VocBuffer *buffer, VocSlice name, VocSlice json);
void voc_list_add_item(VocBuffer *buffer, VocSlice text);
VocSlice voc_list_close(VocBuffer *buffer);

G_END_DECLS

#endif
