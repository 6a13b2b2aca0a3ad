/* What a mail is when no person wrote it, and a mail's text as it is to be read. */
#ifndef VOC_READ_MAIL_KIND_H
#define VOC_READ_MAIL_KIND_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

typedef enum {
    VOC_MAIL_WRITTEN,
    VOC_MAIL_BOUNCE,     /* a report that a mail did not arrive */
    VOC_MAIL_AUTO_REPLY, /* an automatic answer */
    VOC_MAIL_CALENDAR,   /* an invitation, or an answer to one */
    VOC_MAIL_NEWSLETTER, /* what one unsubscribes from */
    VOC_MAIL_AUTOMATIC,  /* sent by a program, to nobody's mail in particular */
    VOC_MAIL_LIST,       /* came by a mailing list: somebody wrote it */
} VocMailKind;

/* Whether `text` begins as a mail does: lines of headers, two of them well known. */
gboolean voc_mail_begins(VocSlice text);

/* "bounce", "auto-reply", "calendar", "newsletter", "automatic", "list"; NULL for what somebody wrote. */
const char *voc_mail_kind_name(VocMailKind kind);

/* Headers that tell, decoded; NULL when a mail has none. */
typedef struct VocMailSigns {
    const char *subject, *from; /* the bare address */
    const char *auto_submitted, *auto_reply, *precedence, *list_id, *list_unsubscribe, *return_path;
    gboolean is_report, is_calendar;
} VocMailSigns;

VocMailKind voc_mail_kind(const VocMailSigns *signs);

/* Adds `text` with LF line ends and without blanks at its end. With `flowed` (RFC 3676) lines that end in a
 * blank go on in the next one; `delsp`: without that blank. */
void voc_mail_add_text(VocSlice text, gboolean flowed, gboolean delsp, VocBuffer *out);

G_END_DECLS

#endif
