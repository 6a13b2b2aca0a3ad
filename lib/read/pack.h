/* Archives that are being read: the files in them, and in archives in them. */
#ifndef VOC_READ_PACK_H
#define VOC_READ_PACK_H

#include "io/archive.h"
#include "io/input.h"

G_BEGIN_DECLS

/* A file in an archive. */
typedef struct VocPacked VocPacked;

/* Its path for people: the archive's, a slash, the name in it, escaped. And the archive's alone. */
const char *voc_packed_path(const VocPacked *packed);
const char *voc_packed_archive(const VocPacked *packed);
void voc_packed_free(VocPacked *packed); /* NULL is fine; before the pack goes on */

/* The file from its beginning, unpacked; may be asked for again. NULL and an error when it cannot be. */
VocInput *voc_packed_open(VocPacked *packed, GError **error);

/* Adds what another file of the archive holds; `name` is relative to the folder of this one, "../" in front
 * is fine. FALSE when there is none, or it is longer than `max` bytes or broken. */
gboolean voc_packed_beside(const VocPacked *packed, const char *name, gsize max, VocBuffer *out);

/* Calls `func` with the first `max` bytes of each file of the archive that is worth reading, until it returns
 * FALSE. */
void voc_packed_each(const VocPacked *packed, gsize max, gboolean (*func)(VocSlice bytes, gpointer data),
                     gpointer data);

/* The archives that are open, one in the other. */
typedef struct VocPack VocPack;

VocPack *voc_pack_new(void);
void voc_pack_free(VocPack *pack); /* NULL is fine */

/* Goes into the archive at `path`; with `bytes` (which are taken over), into the one they are, `path` being
 * its name. FALSE and an error when it is none, or a document of an office program. */
gboolean voc_pack_enter(VocPack *pack, const char *path, VocBuffer *bytes, GError **error);

/* The next file that is worth reading, NULL when there is none left. With an error the archive at `*path`
 * (free it) has broken off; call again for those around it. */
VocPacked *voc_pack_next(VocPack *pack, char **path, GError **error);

/* Whether an archive is open. */
gboolean voc_pack_is_open(const VocPack *pack);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocPacked, voc_packed_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocPack, voc_pack_free)

G_END_DECLS

#endif
