/* Signatures and small print at the end of what somebody wrote. For quotes.c. */
#ifndef VOC_TEXT_SIGNATURE_H
#define VOC_TEXT_SIGNATURE_H

#include "text/mail.h"
#include "text/quotes.h"

G_BEGIN_DECLS

/* Marks in the lines from `from` up to `to`, which are all of one writer, what is signature, small print or a
 * program's line at their end. */
void voc_signature_cut(VocMail *mail, guint from, guint to, const VocQuoteHints *hints);

G_END_DECLS

#endif
