/* Who is on which side of the mails: whose addresses are the company's. */
#ifndef VOC_READ_MAIL_PARTIES_H
#define VOC_READ_MAIL_PARTIES_H

#include <glib.h>

G_BEGIN_DECLS

/* Is the address (in small letters) one of `own`, or of its domains ("@company.fi")? NULL has none. */
gboolean voc_mail_is_own(char *const *own, const char *address);

/* How many mails have an address on either side. Memory is bounded: of many thousands the first are counted.
 */
typedef struct VocMailParties VocMailParties;

VocMailParties *voc_mail_parties_new(void);
void voc_mail_parties_free(VocMailParties *parties); /* NULL is fine */
void voc_mail_parties_add_mail(VocMailParties *parties);
void voc_mail_parties_add(VocMailParties *parties, const char *address);

/* The most frequent address and the share of mails it is on; NULL when there is none. Lives until the next
 * one is added. */
const char *voc_mail_parties_likely_own(const VocMailParties *parties, double *share);

G_END_DECLS

#endif
