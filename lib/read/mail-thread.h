/* Which conversation a mail belongs to, told as the mails come by: by the mails it answers, else by its
 * subject and parties. Memory is fixed; of conversations long ago the beginning may be forgotten. */
#ifndef VOC_READ_MAIL_THREAD_H
#define VOC_READ_MAIL_THREAD_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

typedef struct VocMailThreads VocMailThreads;

VocMailThreads *voc_mail_threads_new(void);
void voc_mail_threads_free(VocMailThreads *threads); /* NULL is fine */

typedef struct VocMailLinks {
    VocSlice id;       /* of the mail, may be empty */
    VocSlice root;     /* the first of References; empty when there are none */
    VocSlice parent;   /* the last of References, or In-Reply-To */
    VocSlice subject;  /* decoded */
    VocSlice from, to; /* one address of each side, in small letters */
} VocMailLinks;

/* Adds the thread's key (16 hexadecimal digits) to `key`. */
void voc_mail_threads_find(VocMailThreads *threads, const VocMailLinks *links, VocBuffer *key);

/* The subject without the marks that answers and forwards put in front (Re: Vs: SV: VS: Fwd: VL: Vb: TR: AW:
 * WG:, numbers in brackets, lists' names); `*answers` says whether there was one. */
VocSlice voc_mail_bare_subject(VocSlice subject, gboolean *answers);

G_END_DECLS

#endif
