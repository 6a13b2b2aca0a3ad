/* Mails that nobody wrote to anybody: bounces, automatic replies, invitations, newsletters. */
#ifndef VOC_READ_MAIL_KIND_H
#define VOC_READ_MAIL_KIND_H

#include "read/mime.h"

G_BEGIN_DECLS

typedef enum {
    VOC_MAIL_BOUNCE = 1 << 0,
    VOC_MAIL_RECEIPT = 1 << 1, /* it has been read, says a program */
    VOC_MAIL_AUTO_REPLY = 1 << 2,
    VOC_MAIL_AUTOMATIC = 1 << 3, /* a program sent it: orders, forms on a website */
    VOC_MAIL_CALENDAR = 1 << 4,
    VOC_MAIL_NEWSLETTER = 1 << 5,
    VOC_MAIL_LIST = 1 << 6, /* came over a mailing list; people write there */
    VOC_MAIL_ENCRYPTED = 1 << 7,
} VocMailKind;

/* Kinds that no person wrote: their role is system. What a program sent may be what a customer typed into a
 * form. */
#define VOC_MAIL_NOBODYS                                                                                     \
    (VOC_MAIL_BOUNCE | VOC_MAIL_RECEIPT | VOC_MAIL_AUTO_REPLY | VOC_MAIL_CALENDAR | VOC_MAIL_NEWSLETTER)

/* The kinds of the mail that the reader parsed last, by its headers and parts; by its subject where a program
 * in common use says it nowhere else. */
guint voc_mail_kinds(VocMimeReader *reader, const VocMime *mime);

/* "bounce" for VOC_MAIL_BOUNCE: what tags say. */
const char *voc_mail_kind_name(VocMailKind kind);

G_END_DECLS

#endif
