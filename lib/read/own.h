/* Whose mailbox it is: the addresses that are the company's own. */
#ifndef VOC_READ_OWN_H
#define VOC_READ_OWN_H

#include "base/buffer.h"
#include "read/mime.h"

G_BEGIN_DECLS

/* Whether the address is one of `own` (NULL-terminated or NULL): "name@company.fi" is that address,
 * "@company.fi" and "company.fi" all of the domain and those below it. */
gboolean voc_own_has(const char *const *own, VocSlice address);

/* Counts who takes part in mails, to tell whose mailbox it is. */
typedef struct VocOwnCount VocOwnCount;

VocOwnCount *voc_own_count_new(void);
void voc_own_count_free(VocOwnCount *count); /* NULL is fine */

/* Mails counted so far. */
guint voc_own_count_mails(const VocOwnCount *count);

void voc_own_count_add(VocOwnCount *count, const VocMime *mime);

/* The mailbox's own address as --own takes it: the domain of the address that takes part in most mails, or
 * the address itself where anybody may have one there. NULL when none is in half of them. `*sure` says that
 * it is in four fifths of at least five, and nobody of another house in half as many. Free it. */
char *voc_own_count_guess(const VocOwnCount *count, gboolean *sure);

/* Says on which mails the guess rests: "asiakaspalvelu@company.fi takes part in 79 of 85 mails". */
void voc_own_count_explain(const VocOwnCount *count, VocBuffer *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocOwnCount, voc_own_count_free)

G_END_DECLS

#endif
