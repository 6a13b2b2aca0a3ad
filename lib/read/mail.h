/* A mail as a message: GMime's parse of it, what it says and who says it. */
#ifndef VOC_READ_MAIL_H
#define VOC_READ_MAIL_H

#include "read/format.h"

G_BEGIN_DECLS

/* Mails of one export. What ties mails together (threads, whose mailbox it is) is shared by all exports of a
 * reader. */
typedef struct VocMails VocMails;

VocMails *voc_mails_new(VocReading *reading);
void voc_mails_free(VocMails *mails); /* NULL is fine */

/* Writes the mail `raw` (headers, empty line, body; any line ends) as a record. `number` is its place in the
 * export, 0 when it is alone there; `date` what the mailbox says of its arrival, empty when it says nothing.
 * FALSE: it is no mail. */
gboolean voc_mails_add(VocMails *mails, VocSlice raw, guint64 number, VocSlice date);

/* Counts who writes, without a record: for the proposal of --own. */
void voc_mails_look(VocMails *mails, VocSlice raw);

/* The address that is most often on either side, with its share of the mails looked at (0..1); NULL when
 * there was none. Lives until the next look. */
const char *voc_mails_likely_own(VocMails *mails, double *share);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocMails, voc_mails_free)

G_END_DECLS

#endif
