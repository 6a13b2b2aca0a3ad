/* Mails out of a stream of mbox, in whichever dialect, one at a time. */
#ifndef VOC_READ_MBOX_SPLIT_H
#define VOC_READ_MBOX_SPLIT_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

typedef struct VocMboxMail {
    VocSlice bytes;       /* from its first header on, ">From " as the mail had it */
    guint64 line, offset; /* of its first header: line from 1, byte from 0 */
    gboolean cut;         /* longer than the most: this is its beginning */
} VocMboxMail;

typedef struct VocMboxSplit VocMboxSplit;

/* `func` gets each mail; its bytes live until it returns. A mail of more than `max` bytes is cut. */
VocMboxSplit *voc_mbox_split_new(gsize max, void (*func)(const VocMboxMail *mail, gpointer data),
                                 gpointer data);
void voc_mbox_split_free(VocMboxSplit *split); /* NULL is fine */

/* The next bytes; `last` says that none follow. What stands in front of the first mail is passed over; how
 * many bytes that was, voc_mbox_split_lost tells. */
void voc_mbox_split_feed(VocMboxSplit *split, VocSlice bytes, gboolean last);

guint64 voc_mbox_split_lost(const VocMboxSplit *split);

/* Whether the text begins as an mbox does: a "From " line that separates mails, and a header. */
gboolean voc_mbox_begins(VocSlice text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocMboxSplit, voc_mbox_split_free)

G_END_DECLS

#endif
