/* Mails out of a mailbox in one file: mboxo, mboxrd, mboxcl and mboxcl2, however they are mixed. */
#ifndef VOC_READ_MBOX_H
#define VOC_READ_MBOX_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

/* Of a longer mail only so much is kept: its beginning, where the text is. */
#define VOC_MBOX_MAIL_MAX ((gsize)32 << 20)

typedef struct VocMboxMail {
    VocSlice from_line; /* "From ..." without its line end */
    VocSlice mail;      /* headers and body; ">From " lines as they are */
    guint64 number;     /* from 1 */
    guint64 offset;     /* of the From line, in bytes */
    guint64 line;       /* of the From line, from 1 */
    gboolean cut;       /* longer than VOC_MBOX_MAIL_MAX */
    gboolean quoted;    /* FALSE: voc_mbox_unquote has nothing to do */
} VocMboxMail;

typedef void (*VocMboxFunc)(const VocMboxMail *mail, gpointer data);

typedef struct VocMbox VocMbox;

VocMbox *voc_mbox_new(VocMboxFunc func, gpointer data);
void voc_mbox_free(VocMbox *mbox); /* NULL is fine */
void voc_mbox_feed(VocMbox *mbox, VocSlice bytes);
void voc_mbox_finish(VocMbox *mbox);

/* Whether the line may begin a mail: "From -", "From somebody@somewhere", or "From" with the time of a day
 * and a year. */
gboolean voc_mbox_is_from_line(VocSlice line);

/* What the From line says of the mail's arrival, as a date to be parsed; empty when it says nothing. */
VocSlice voc_mbox_from_date(VocSlice from_line);

/* Adds the mail without the quotes that mailboxes put in front of lines that begin with "From ": one '>' goes
 * from each line of '>'s and "From ". */
void voc_mbox_unquote(VocSlice mail, VocBuffer *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocMbox, voc_mbox_free)

G_END_DECLS

#endif
