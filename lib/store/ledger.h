/* The ledger: what runs that come again leave for each other in the store, in the transaction of the messages
 * it is about. So a run that is killed leaves both or neither. */
#ifndef VOC_STORE_LEDGER_H
#define VOC_STORE_LEDGER_H

#include "store/store.h"

G_BEGIN_DECLS

/* A file as it was when it was read. */
typedef struct VocReadFile {
    gint64 size, mtime, inode; /* mtime in nanoseconds since 1970 */
    gint64 rejected;           /* messages of it that could not be read */
} VocReadFile;

/* All files that have been read: path -> VocReadFile; free with g_hash_table_unref(). NULL and an error. */
GHashTable *voc_ledger_files(VocStore *store, GError **error);

gboolean voc_ledger_keep(VocStore *store, const char *path, const VocReadFile *file, GError **error);

/* A value kept under a name; free it. NULL without an error when there is none. */
char *voc_ledger_get(VocStore *store, const char *name, GError **error);
gboolean voc_ledger_set(VocStore *store, const char *name, const char *value, GError **error);

/* The first day ("2026-11-16") whose messages have changed, by whatever hand, since voc_ledger_settle(); free
 * it. NULL without an error when none has. */
char *voc_ledger_first_touched(VocStore *store, GError **error);

/* The days up to `day` have been told of. */
gboolean voc_ledger_settle(VocStore *store, const char *day, GError **error);

G_END_DECLS

#endif
