/* Which conversation a mail belongs to. */
#ifndef VOC_READ_MAIL_THREADS_H
#define VOC_READ_MAIL_THREADS_H

#include "read/mime.h"

G_BEGIN_DECLS

/* Remembers the mails of the last while (some 100,000), in memory of a fixed size. */
typedef struct VocMailThreads VocMailThreads;

VocMailThreads *voc_mail_threads_new(void);
void voc_mail_threads_free(VocMailThreads *threads); /* NULL is fine */

/* Adds the thread of the mail with this id to `out`: 24 hexadecimal digits, the same for all mails of a
 * conversation. What starts one gives it its name: the first of the References; of a reply with only an
 * In-Reply-To, the thread of the mail it names. A reply with neither belongs to the last mail with its
 * subject between the same two within `VOC_MAIL_THREAD_DAYS` that has been seen. `customer` is the address of
 * who is not the company, empty when that is not known. */
void voc_mail_threads_find(VocMailThreads *threads, const VocMime *mime, VocSlice id, VocSlice customer,
                           VocBuffer *out);

#define VOC_MAIL_THREAD_DAYS 60

/* The subject without the marks of replies and forwarded mails in front of it ("Re:", "Vs:", "SV:", "VL:",
 * "Fwd:", "Re[2]:"); `*reply` says whether there were any. */
VocSlice voc_mail_subject_strip(VocSlice subject, gboolean *reply);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocMailThreads, voc_mail_threads_free)

G_END_DECLS

#endif
