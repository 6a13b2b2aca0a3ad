/* What a mail says, out of its parts: the text its reader would see, and what is attached. */
#ifndef VOC_READ_MAIL_BODY_H
#define VOC_READ_MAIL_BODY_H

#include "read/mime.h"

G_BEGIN_DECLS

/* Longer texts are cut. */
#define VOC_MAIL_TEXT_MAX ((gsize)2 << 20)

typedef struct VocMailBody {
    VocBuffer text;           /* UTF-8, lines end in LF, none at the end */
    GArray *attached;         /* of guint: the parts that are attachments */
    gboolean from_html;       /* no plain text was there */
    VocBuffer bytes, decoded; /* of a part, for those that follow */
    gboolean cut;             /* the text is longer than VOC_MAIL_TEXT_MAX */
} VocMailBody;

void voc_mail_body_init(VocMailBody *body);
void voc_mail_body_clear(VocMailBody *body);

/* Fills `body` from the mail's parts. What is text and what is attached is told as RFC 8621, 4.1.4, has it:
 * of alternatives the plain one, texts in a row one behind the other, no text out of related parts or with a
 * name of its own. HTML is read where there is no plain text, or only blank. Mails in the mail are
 * attachments, but for one that is all there is. */
void voc_mail_body_read(VocMailBody *body, const VocMime *mime);

G_END_DECLS

#endif
