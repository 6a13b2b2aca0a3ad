/* Checked output: a full disk is found at the latest when the output is closed, and a reader that has gone is
 * told apart from a failure. */
#ifndef VOC_IO_OUTPUT_H
#define VOC_IO_OUTPUT_H

#include "base/error.h"
#include "base/slice.h"

G_BEGIN_DECLS

typedef struct VocOutput VocOutput;

/* Writes to the descriptor `fd`; `name` is for messages. With `packed` the bytes are gzipped. */
VocOutput *voc_output_new(int fd, const char *name, gboolean packed);

/* Writes a file atomically: what was there stays until voc_output_close() succeeds. A device or a pipe is
 * written as it is; of a symbolic link the target is replaced. NULL and an error when it cannot be written.
 */
VocOutput *voc_output_create(const char *path, gboolean packed, GError **error);

/* The same for who holds a lock on the file: what a writer that was killed has left beside it is written
 * over. */
VocOutput *voc_output_create_alone(const char *path, GError **error);

/* FALSE on failure: VOC_ERROR_CLOSED when the reader has gone, else VOC_ERROR_FATAL. After a failure all
 * further writes fail the same way. */
gboolean voc_output_write(VocOutput *output, VocSlice bytes, GError **error);

/* Hands on what is buffered (gzip: with a flush point). */
gboolean voc_output_flush(VocOutput *output, GError **error);

/* Flushes, checks, closes the descriptor and puts a created file in its place. The output is then only good
 * for voc_output_free(). */
gboolean voc_output_close(VocOutput *output, GError **error);

/* Frees; a created file that was not closed vanishes and the old one stays. NULL is fine. */
void voc_output_free(VocOutput *output);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocOutput, voc_output_free)

G_END_DECLS

#endif
