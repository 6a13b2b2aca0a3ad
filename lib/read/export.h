/* An export being read: its bytes, its beginning to look at, and its text as UTF-8. */
#ifndef VOC_READ_EXPORT_H
#define VOC_READ_EXPORT_H

#include "io/input.h"
#include "read/pack.h"
#include "text/charset.h"

G_BEGIN_DECLS

/* The beginning that formats are told from: this many bytes, or a whole first line of JSON if that is longer.
 */
#define VOC_EXPORT_HEAD ((gsize)1 << 20)

typedef struct VocExport VocExport;

/* Opens the file at `path` ("-": stdin) and reads its beginning; `eager` makes do with as much as is there
 * once there is a line. NULL and an error when it cannot; a file that breaks off later gives what could be
 * read, then the error. */
VocExport *voc_export_open(const char *path, gboolean eager, GError **error);

/* The same of a file in an archive, which is taken over. */
VocExport *voc_export_open_packed(VocPacked *packed, gboolean eager, GError **error);
void voc_export_free(VocExport *export); /* NULL is fine */

/* As given; its last part; and the first bytes (all of them when `*complete`), which live as long as the
 * export until voc_export_text or voc_export_bytes is called. */
const char *voc_export_path(const VocExport *export);
const char *voc_export_base(const VocExport *export);
VocSlice voc_export_head(const VocExport *export, gboolean *complete);

/* Adds what another file of the same folder (or, with "../" in front, of the one above it) or archive holds,
 * as far as `max` bytes, unpacked. FALSE when there is none; stdin has none. */
gboolean voc_export_beside(const VocExport *export, const char *name, gsize max, VocBuffer *out);

/* Whether its bytes are those of a file as it lies on the disk: not piped, not unpacked. */
gboolean voc_export_is_plain_file(const VocExport *export);

/* The archive's file that it is; NULL: it is a file of its own. */
const VocPacked *voc_export_packed(const VocExport *export);

/* Reads the same file from its beginning again; FALSE when that cannot be (stdin, pipes). */
gboolean voc_export_rewind(VocExport *export);

/* Before the first text: `label` is the user's charset, NULL to tell it from the head. FALSE and
 * VOC_ERROR_USAGE when it is not known. */
gboolean voc_export_set_charset(VocExport *export, const char *label, GError **error);

/* The charset and how it was told; name "auto" while all is ASCII. */
VocCharsetGuess voc_export_charset(const VocExport *export);

/* The head as text, without its byte order mark and without a character that its end cuts; for telling a
 * format. Lives as long as the export. */
VocSlice voc_export_head_text(VocExport *export);

/* The next text, as much as there is at hand: 1, 0 at the end, -1 and an error. The slice lives until the
 * next call. */
int voc_export_text(VocExport *export, VocSlice *text, GError **error);

/* The next bytes as they are, by the same rules. A file is read as text or as bytes, not both. */
int voc_export_bytes(VocExport *export, VocSlice *bytes, GError **error);

/* Takes the next bad byte whose place in the text (from 0, all texts counted) is before `end`; FALSE when
 * there is none. Those that nobody takes before the text goes on behind them are kept. */
gboolean voc_export_take_bad(VocExport *export, guint64 end, VocBadByte *bad);

/* Raw bytes taken from the file and its size, as of VocInput. */
guint64 voc_export_taken(const VocExport *export);
guint64 voc_export_size(const VocExport *export);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocExport, voc_export_free)

G_END_DECLS

#endif
