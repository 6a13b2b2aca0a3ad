/* Mails into records: what the formats made of mail share. */
#ifndef VOC_READ_MAIL_H
#define VOC_READ_MAIL_H

#include "read/format.h"
#include "read/own.h"

G_BEGIN_DECLS

/* A longer mail is read from its beginning: what is behind is attachments, which nobody opens. */
#define VOC_MAIL_MAX ((gsize)64 << 20)

typedef struct VocMails VocMails;

/* The reading must outlive it. */
VocMails *voc_mails_new(VocReading *reading);
void voc_mails_free(VocMails *mails); /* NULL is fine */

/* Counts a mail of a sample (its headers are enough), to tell whose mailbox it is. */
void voc_mails_look(VocMails *mails, VocOwnCount *count, VocSlice bytes);

/* Decides whose mailbox it is: what --own says, else what the sample shows beyond doubt. `count` must outlive
 * the mails. */
void voc_mails_decide(VocMails *mails, const VocOwnCount *count);

/* Where a mail stands. */
typedef struct VocMailPlace {
    guint64 line;   /* of its first header, from 1; told if it is not the first of the file */
    guint64 offset; /* the same in bytes, from 0; told unless it is 0 */
    gboolean cut;   /* it goes on behind what is given */
} VocMailPlace;

/* Writes the mail's record to the reading, or rejects it. */
void voc_mails_add(VocMails *mails, VocSlice bytes, const VocMailPlace *place);

/* Says whose mailbox it is and how to have it otherwise. */
void voc_mails_explain(VocMails *mails, VocBuffer *out);

/* Whether the line could be the first of a mail's headers: a name, a colon. */
gboolean voc_mail_is_header(VocSlice line);

/* Whether the name in front of its colon is one that mails begin with. */
gboolean voc_mail_is_known_header(VocSlice line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocMails, voc_mails_free)

G_END_DECLS

#endif
