/* A message of a conversation that is exported as JSON, on its way to a record. */
#ifndef VOC_READ_CHAT_H
#define VOC_READ_CHAT_H

#include "read/format.h"

G_BEGIN_DECLS

/* Empty slices stand for what the export does not have. */
typedef struct VocChatMessage {
    VocSlice channel; /* empty: chat */
    VocSlice own;     /* the message's id as it is in whatever export; empty: it is hashed */
    VocSlice thread;  /* the conversation's id in the same way; empty: it is named by the export and `chat` */
    VocSlice chat;    /* the conversation's name or key; empty: the export's */
    VocSlice id;      /* in the chat */
    VocSlice author;  /* who is shown to speak; empty, without a role: the system */
    VocSlice role;    /* as in the record; empty: told by --agent */
    VocSlice customer; /* the customer's key */
    VocSlice stamp;    /* as a date to be parsed; empty: no time */
    VocSlice subject, text, lang;
    VocSlice fields, tags; /* as of VocMessage */
    double csat, stars;    /* 0: none */
    guint64 line;
} VocChatMessage;

/* Writes it; when its date is none it is rejected with `raw`. Who has no role is an agent when --agent names
 * him, else, where it names anybody, a customer. */
void voc_chat_write(VocReading *reading, const VocChatMessage *message, VocSlice raw);

/* Adds to `fields`, which is open, the members of an object that are plain values (no texts longer than some
 * hundreds of bytes) and not among `skip` (NULL-terminated). */
void voc_chat_add_scalars(VocBuffer *fields, const VocJson *object, const char *const *skip);

/* The texts at `key` of an array's objects (or its strings, if `key` is NULL) as a JSON array; the empty
 * slice when there are none. */
VocSlice voc_chat_list(VocBuffer *buffer, const VocJson *array, const char *key);

/* The member behind several keys, "author.name"; NULL when there is none. */
const VocJson *voc_chat_at(const VocJson *json, const char *path);
VocSlice voc_chat_text_at(const VocJson *json, const char *path);

/* Whether the member is true. */
gboolean voc_chat_is(const VocJson *json, const char *key);

/* HTML as text, in the arena; what has no tags and no references is given back as it is. */
VocSlice voc_chat_plain(VocArena *arena, VocSlice html);

/* A role by the export's own word for who speaks ("end-user", "lead", "AGENT"); empty when it says nothing.
 */
VocSlice voc_chat_role(const VocReading *reading, VocSlice word);

G_END_DECLS

#endif
