/* Bytes and lines from files, stdin and gzip.
 *
 * gzip is told by its content, never by its name, and may have several members. A file that breaks off inside
 * gzip gives all that could be unpacked, and then an error. */
#ifndef VOC_IO_INPUT_H
#define VOC_IO_INPUT_H

#include "base/buffer.h"
#include "base/error.h"

G_BEGIN_DECLS

/* Bytes that may be read (not used) behind the data of a block: SIMD code reads past the end. */
#define VOC_PADDING 64

/* A line longer than this is passed on in pieces, to be rejected. */
#define VOC_LINE_MAX ((gsize)16 * 1024 * 1024)

typedef struct VocInput VocInput;

/* Opens `path`; "-" is stdin. NULL and an error when it cannot be opened or is a directory. */
VocInput *voc_input_open(const char *path, GError **error);

/* Bytes that `read` gives: as voc_input_read, for raw ones. `data` is freed with `destroy`; `name` is copied.
 */
VocInput *voc_input_new(const char *name,
                        gssize (*read)(gpointer data, void *bytes, gsize size, GError **error), gpointer data,
                        GDestroyNotify destroy);
void voc_input_free(VocInput *input); /* NULL is fine; stdin stays open */

/* Up to `size` bytes, unpacked: how many, 0 at the end, -1 on failure. What was read before a failure has
 * been given. A short count is not the end. */
gssize voc_input_read(VocInput *input, void *data, gsize size, GError **error);

/* Whether it unpacks gzip; known once something has been read. */
gboolean voc_input_is_packed(const VocInput *input);

/* The name for messages: the path, or "(stdin)". Lives as long as the input. */
const char *voc_input_name(const VocInput *input);

/* Raw bytes taken so far, and how many there are in all (0 when that cannot be known). */
guint64 voc_input_taken(const VocInput *input);
guint64 voc_input_size(const VocInput *input);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocInput, voc_input_free)

G_END_DECLS

#endif
