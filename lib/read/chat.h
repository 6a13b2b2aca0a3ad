/* A message of a chat that is exported as JSON, on its way to a record. */
#ifndef VOC_READ_CHAT_H
#define VOC_READ_CHAT_H

#include "read/format.h"

G_BEGIN_DECLS

typedef struct VocChatMessage {
    VocSlice chat;   /* the conversation's name or key; empty: the export's */
    VocSlice id;     /* in the chat; empty: it has none */
    VocSlice author; /* empty: the system's message */
    VocSlice stamp;  /* as a date to be parsed */
    VocSlice text;
    VocSlice fields; /* as of VocMessage */
    guint64 line;
} VocChatMessage;

/* Writes it; without a date it is rejected with `raw`. Who is the company's is told by --agent. */
void voc_chat_write(VocReading *reading, const VocChatMessage *message, VocSlice raw);

G_END_DECLS

#endif
