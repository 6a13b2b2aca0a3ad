/* The front of `voc read`: paths in, records out. */
#ifndef VOC_READ_READER_H
#define VOC_READ_READER_H

#include "io/lines.h"
#include "read/options.h"

G_BEGIN_DECLS

typedef struct VocReader VocReader;

/* A reader of files and folders (walked in the order of their names; hidden files are passed over). `paths`
 * is NULL-terminated and copied; none means stdin. `data_dir` is the folder that holds `data`; `options` must
 * outlive the reader. NULL and an error: VOC_ERROR_USAGE for options that cannot be, VOC_ERROR_FATAL without
 * the data. */
VocReader *voc_reader_new(const char *const *paths, const VocReadOptions *options, const char *data_dir,
                          GError **error);
void voc_reader_free(VocReader *reader); /* NULL is fine */

/* Whom to tell what costs no message (a table without a text column); may be called on whichever thread
 * reads. */
void voc_reader_set_note(VocReader *reader, void (*note)(gpointer data, const char *text), gpointer data);

/* Passes over the files for which `wanted` is FALSE, folders' as well as those given; asked once a file, when
 * its turn comes, on whichever thread reads. */
void voc_reader_set_filter(VocReader *reader, gboolean (*wanted)(gpointer data, const char *path),
                           gpointer data);

/* Records as they are made, or in blocks of a fair size (the default). */
void voc_reader_set_eager(VocReader *reader, gboolean eager);

/* Fills `block` with the next records of one export, as VOC_BLOCK_LINES whose `file` is the export and
 * `first_line` is 1; or with a rejected piece of it: VOC_BLOCK_ERROR, `data` the piece as it was,
 * `first_line` where it began; without an error it is more of the piece before. FALSE at the end. Calls must
 * not overlap. */
gboolean voc_reader_next(VocReader *reader, VocBlock *block);

/* Raw bytes taken from all exports so far, and their size in all (0: unknown). Any thread may ask. */
void voc_reader_position(VocReader *reader, guint64 *taken, guint64 *size);

/* Adds what is recognised in each export of the reader and how to override it, for people; the reader is at
 * its end after. FALSE when an export could not be read or was not recognised (told there). */
gboolean voc_reader_explain(VocReader *reader, VocBuffer *out);

/* Adds the known formats and the tools with presets, for people. */
gboolean voc_reader_list(const char *data_dir, VocBuffer *out, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocReader, voc_reader_free)

G_END_DECLS

#endif
