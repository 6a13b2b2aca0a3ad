/* SQLite, as the rest of the house sees it: connections, statements, errors that say which file and why.
 *
 * A connection is used by one thread at a time. */
#ifndef VOC_STORE_SQLITE_H
#define VOC_STORE_SQLITE_H

#include "base/error.h"
#include "base/slice.h"

G_BEGIN_DECLS

typedef struct VocSql VocSql;
typedef struct VocStatement VocStatement;

typedef enum {
    VOC_SQL_READ,   /* an existing file, never written: also where neither it nor its folder may be */
    VOC_SQL_WRITE,  /* an existing file */
    VOC_SQL_CREATE, /* the same, made when it is not there */
} VocSqlMode;

/* Opens `path`. NULL and an error on failure: VOC_ERROR_INPUT when reading what is missing or no database,
 * else VOC_ERROR_FATAL. */
VocSql *voc_sql_open(const char *path, VocSqlMode mode, GError **error);
void voc_sql_close(VocSql *sql); /* NULL is fine; all statements must have been freed */

const char *voc_sql_path(const VocSql *sql);

/* Runs one or more statements that give no rows. */
gboolean voc_sql_exec(VocSql *sql, const char *script, GError **error);

/* From here on only questions: SELECT alone, no writes, attached files, pragmas or extensions, and none
 * that takes longer than `seconds` (0: no bound) after its first step. */
void voc_sql_guard(VocSql *sql, double seconds);

/* Prepares the one statement in `text`. What SQLite refuses in it is a VOC_ERROR_USAGE. */
VocStatement *voc_sql_prepare(VocSql *sql, VocSlice text, GError **error);
void voc_statement_free(VocStatement *statement); /* NULL is fine */

/* Values of the parameters, from 1. Bytes must live until the statement is reset. */
void voc_statement_bind_text(VocStatement *statement, int at, VocSlice text); /* no data: NULL */
void voc_statement_bind_blob(VocStatement *statement, int at, VocSlice bytes);
void voc_statement_bind_int(VocStatement *statement, int at, gint64 value);
void voc_statement_bind_number(VocStatement *statement, int at, double value); /* NaN: NULL */

/* The next row: 1 when there is one, 0 at the end, -1 and an error on failure. */
int voc_statement_step(VocStatement *statement, GError **error);
void voc_statement_reset(VocStatement *statement); /* bindings go too */

/* Steps to the end and resets. */
gboolean voc_statement_run(VocStatement *statement, GError **error);

/* The row's cells, from 0; text lives until the next step. A NULL is empty text, 0 and 0.0. */
typedef enum { VOC_CELL_NULL, VOC_CELL_INT, VOC_CELL_NUMBER, VOC_CELL_TEXT, VOC_CELL_BLOB } VocCellType;
int voc_statement_columns(VocStatement *statement);
const char *voc_statement_name(VocStatement *statement, int column);
VocCellType voc_statement_type(VocStatement *statement, int column);
VocSlice voc_statement_text(VocStatement *statement, int column);
gint64 voc_statement_int(VocStatement *statement, int column);
double voc_statement_number(VocStatement *statement, int column);

/* Rows changed by the last statement, and the key of the last row inserted. */
gint64 voc_sql_changes(VocSql *sql);
gint64 voc_sql_last_key(VocSql *sql);

/* The first cell of a statement's first row; `fallback` when there is none or it failed. */
gint64 voc_sql_ask_int(VocSql *sql, const char *text, gint64 fallback);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocSql, voc_sql_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocStatement, voc_statement_free)

G_END_DECLS

#endif
