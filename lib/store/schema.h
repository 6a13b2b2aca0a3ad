/* The store's tables, and how older ones become the newest. */
#ifndef VOC_STORE_SCHEMA_H
#define VOC_STORE_SCHEMA_H

#include "store/sqlite.h"

G_BEGIN_DECLS

/* "voc" and the format's number, in the database's header. */
#define VOC_STORE_APPLICATION 0x766f6331

/* The version of the schema that this program reads and writes. */
int voc_schema_newest(void);

/* Brings an empty database or one of an older version to `version` (voc_schema_newest() but for tests), in
 * one transaction. VOC_ERROR_USAGE when the file is some other program's or a newer one's. */
gboolean voc_schema_migrate(VocSql *sql, int version, GError **error);

/* The same question without changing anything: FALSE and an error unless the database is a store of the
 * newest version. */
gboolean voc_schema_check(VocSql *sql, GError **error);

G_END_DECLS

#endif
