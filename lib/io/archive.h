/* Zip archives, by libarchive: their files, one after the other.
 *
 * Nothing is ever written to a disk, and a member's name is never used as a path: it is only told, with what
 * could deceive a reader or a terminal escaped. */
#ifndef VOC_IO_ARCHIVE_H
#define VOC_IO_ARCHIVE_H

#include "base/buffer.h"
#include "base/error.h"

G_BEGIN_DECLS

/* What hostile archives are held to. An archive and those in it share the sums. */
#define VOC_ARCHIVE_MEMBERS 1000000              /* files */
#define VOC_ARCHIVE_TOTAL ((guint64)64 << 30)    /* bytes unpacked */
#define VOC_ARCHIVE_RATIO 200                    /* times its own size ... */
#define VOC_ARCHIVE_FREE ((guint64)256 << 20)    /* ... or this, if that is more */
#define VOC_ARCHIVE_NESTING 3                    /* archives in archives, the outermost counted */
#define VOC_ARCHIVE_IN_MEMORY ((gsize)256 << 20) /* bytes of one that is no file of its own */

typedef struct VocArchive VocArchive;

/* Whether a file that begins so is a zip archive. */
gboolean voc_archive_begins(VocSlice bytes);

/* Opens the archive at `path`; NULL and an error when it cannot be opened or is none. */
VocArchive *voc_archive_open(const char *path, GError **error);

/* Opens the archive in `bytes`, which are taken over (the buffer is empty after); `outer` is the one it lies
 * in, or NULL, and need not outlive it. NULL and an error when it is none, or too deep. */
VocArchive *voc_archive_open_bytes(VocBuffer *bytes, const VocArchive *outer, GError **error);
void voc_archive_free(VocArchive *archive); /* NULL is fine */

/* The same archive from its beginning, independent of this one. NULL and an error when it cannot be. */
VocArchive *voc_archive_again(const VocArchive *archive, GError **error);

/* Goes to the next file (folders, links and devices are passed over). FALSE at the end, and on an error,
 * which ends the archive: it breaks off, or is held to a limit. */
gboolean voc_archive_next(VocArchive *archive, GError **error);

/* The name of the file, UTF-8 with slashes; control characters, what is no UTF-8, "..", and a slash in front
 * are written as \xNN. And its place, from 1. Live until the next call. */
const char *voc_archive_name(const VocArchive *archive);
guint64 voc_archive_place(const VocArchive *archive);

/* Up to `size` bytes of the file: how many, 0 at its end, -1 on failure (it is encrypted, broken, more than
 * the limits); the next file may be fine. */
gssize voc_archive_read(VocArchive *archive, void *data, gsize size, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocArchive, voc_archive_free)

G_END_DECLS

#endif
