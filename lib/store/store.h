/* The store: every message once, with its history, what was found in it, and an index of its words, in one
 * SQLite file. See voc-store(1) for the tables. */
#ifndef VOC_STORE_STORE_H
#define VOC_STORE_STORE_H

#include "io/lines.h"
#include "record/record.h"
#include "store/sqlite.h"

G_BEGIN_DECLS

typedef struct VocStore VocStore;

/* Whether the file begins as a SQLite database does. */
gboolean voc_store_is(const char *path);

/* Opens the store for writing, makes it when it is not there, and brings it to the newest schema. NULL and an
 * error on failure. */
VocStore *voc_store_open(const char *path, GError **error);

/* Opens it for reading only. */
VocStore *voc_store_open_to_read(const char *path, GError **error);

/* FALSE when what had been added could not be brought from the log into the file; it is in the log. */
gboolean voc_store_close(VocStore *store, GError **error);
void voc_store_free(VocStore *store); /* NULL is fine; also after voc_store_close() */

/* The connection, for questions. */
VocSql *voc_store_sql(VocStore *store);

/* What became of records. */
typedef struct VocStoreCounts {
    guint64 added;
    guint64 changed; /* said something else than before: a new version, the old one kept */
    guint64 updated; /* the same words, found something else in them: replaced */
    guint64 known;   /* nothing new, or an older version */
    guint64 erased;  /* forgotten before, and left out */
} VocStoreCounts;

/* Adds `n` records (dropped ones left out) in one transaction: all of them, or none on failure. `counts` is
 * added to. A record without an id gets one made of all it says. */
gboolean voc_store_add(VocStore *store, VocRecord *records, guint n, VocStoreCounts *counts, GError **error);

/* Makes of all calls of voc_store_add() and of the ledger until voc_store_commit() one transaction: all of
 * them, or, after a failure, a rollback or a killed process, none. */
gboolean voc_store_begin(VocStore *store, GError **error);
gboolean voc_store_commit(VocStore *store, GError **error);
void voc_store_rollback(VocStore *store);

/* Whether a message of that id is kept: 1, 0 when not, -1 and an error. `*first` (free it): the message that
 * it was found to be a copy of, with how like the two are; NULL for none. */
int voc_store_find_mark(VocStore *store, VocSlice id, char **first, double *similarity, GError **error);

/* Erases every message of the customer, in the index and all versions too, and remembers (by a hash) which
 * they were, so that they don't come back from an old export. `*n`: how many messages. */
gboolean voc_store_forget_customer(VocStore *store, VocSlice customer, guint64 *n, GError **error);

/* Empties every message before the day ("2026-01-05"): texts, names, other fields and versions go, customers
 * and threads become numbers; what was counted stays. */
gboolean voc_store_forget_before(VocStore *store, const char *day, guint64 *n, GError **error);

/* The records, in the order in which they were first added. */
typedef struct VocStoreReader VocStoreReader;

/* `store` must outlive the reader. */
VocStoreReader *voc_store_reader_new(VocStore *store, GError **error);
void voc_store_reader_free(VocStoreReader *reader);

/* Only messages of these days ("2026-01-05"), both counted in. */
VocStoreReader *voc_store_reader_new_days(VocStore *store, const char *first, const char *last,
                                          GError **error);

/* Only the last `n` messages. */
VocStoreReader *voc_store_reader_new_last(VocStore *store, guint n, GError **error);

/* Only messages added behind that of `key` (see voc_store_last_key()). */
VocStoreReader *voc_store_reader_new_behind(VocStore *store, gint64 key, GError **error);
gint64 voc_store_last_key(VocStore *store); /* 0 when it is empty */

/* Fills `block` as voc_lines_next() does; `file` is the store, lines are counted from 1. */
gboolean voc_store_reader_next(VocStoreReader *reader, VocBlock *block);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocStore, voc_store_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocStoreReader, voc_store_reader_free)

G_END_DECLS

#endif
