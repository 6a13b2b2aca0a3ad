/* A lock that one run at a time holds, and that a dead one loses. */
#ifndef VOC_CMD_LOCK_H
#define VOC_CMD_LOCK_H

#include "base/error.h"

G_BEGIN_DECLS

typedef struct VocLock VocLock;

/* Takes the lock that the file `path` stands for and writes our process number into it. `wait`: until its
 * owner is done; else NULL and VOC_ERROR_BUSY, naming the owner. `*left` (may be NULL): the number of an
 * owner that died holding it, 0 for none. The kernel takes the lock from a process that ends in whatever way;
 * the file stays. */
VocLock *voc_lock_take(const char *path, gboolean wait, gint64 *left, GError **error);
void voc_lock_release(VocLock *lock); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocLock, voc_lock_release)

G_END_DECLS

#endif
