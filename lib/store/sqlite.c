#include "store/sqlite.h"

#include <math.h>
#include <sqlite3.h>
#include <sys/stat.h>

/* How long a connection waits for another that writes. */
#define BUSY_MS 60000

/* A guarded connection may not build values larger than this, nor use more memory in all. */
#define GUARDED_LENGTH (64 << 20)

struct VocSql {
    sqlite3 *db;
    char *path;
    gboolean guarded;
    double seconds;
    gint64 deadline; /* monotonic; 0: none */
    gboolean overtime;
};

struct VocStatement {
    VocSql *sql;
    sqlite3_stmt *stmt;
    gboolean begun;
};

static int
error_code(int code)
{
    switch (code & 0xff) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return VOC_ERROR_INPUT;
    case SQLITE_ERROR:
    case SQLITE_AUTH:
    case SQLITE_RANGE:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
    case SQLITE_INTERRUPT:
        return VOC_ERROR_USAGE;
    default:
        return VOC_ERROR_FATAL;
    }
}

static void
fail(VocSql *sql, int code, GError **error)
{
    if (code == SQLITE_INTERRUPT && sql->overtime)
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s: the question took longer than %g seconds",
                    sql->path, sql->seconds);
    else
        g_set_error(error, VOC_ERROR,
                    sql->guarded && (code & 0xff) == SQLITE_READONLY ? VOC_ERROR_USAGE : error_code(code),
                    "%s: %s", sql->path, sql->db ? sqlite3_errmsg(sql->db) : sqlite3_errstr(code));
}

/* A database in a folder that may not be written cannot be opened the usual way, for want of its shared
 * memory; while nobody writes it (there is no log beside it) it can be read as it lies there. */
static char *
immutable_name(const char *path)
{
    g_autofree char *log = g_strconcat(path, "-wal", NULL);
    struct stat status;
    if (stat(log, &status) == 0 && status.st_size > 0)
        return NULL;
    g_autofree char *absolute = g_canonicalize_filename(path, NULL);
    g_autofree char *escaped = g_uri_escape_string(absolute, "/", FALSE);
    return g_strconcat("file:", escaped, "?immutable=1", NULL);
}

static int
open_file(VocSql *sql, VocSqlMode mode)
{
    int flags = SQLITE_OPEN_NOMUTEX;
    flags |= mode == VOC_SQL_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    flags |= mode == VOC_SQL_CREATE ? SQLITE_OPEN_CREATE : 0;
    int code = sqlite3_open_v2(sql->path, &sql->db, flags, NULL);
    if (code == SQLITE_OK) {
        sqlite3_busy_timeout(sql->db, BUSY_MS);
        code = sqlite3_exec(sql->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL);
    }
    if (mode != VOC_SQL_READ || (code != SQLITE_CANTOPEN && code != SQLITE_READONLY))
        return code;
    g_autofree char *name = immutable_name(sql->path);
    if (!name || !g_file_test(sql->path, G_FILE_TEST_EXISTS))
        return code;
    sqlite3_close(sql->db);
    code = sqlite3_open_v2(name, &sql->db, flags | SQLITE_OPEN_URI, NULL);
    return code == SQLITE_OK ? sqlite3_exec(sql->db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL)
                             : code;
}

VocSql *
voc_sql_open(const char *path, VocSqlMode mode, GError **error)
{
    g_autoptr(VocSql) sql = g_new0(VocSql, 1);
    /* ":memory:" and the like are file names to us. */
    sql->path = g_path_is_absolute(path) || *path == '.' ? g_strdup(path) : g_strconcat("./", path, NULL);
    int code = open_file(sql, mode);
    if (code == SQLITE_OK) {
        g_free(sql->path);
        sql->path = g_strdup(path);
        sqlite3_extended_result_codes(sql->db, 1);
        return g_steal_pointer(&sql);
    }
    gboolean missing = mode != VOC_SQL_CREATE && !g_file_test(path, G_FILE_TEST_EXISTS);
    g_set_error(error, VOC_ERROR, missing ? VOC_ERROR_INPUT : error_code(code), "%s: %s", path,
                missing ? "there is no such store" : sqlite3_errmsg(sql->db));
    return NULL;
}

void
voc_sql_close(VocSql *sql)
{
    if (!sql)
        return;
    sqlite3_close(sql->db);
    g_free(sql->path);
    g_free(sql);
}

const char *
voc_sql_path(const VocSql *sql)
{
    return sql->path;
}

gboolean
voc_sql_exec(VocSql *sql, const char *script, GError **error)
{
    int code = sqlite3_exec(sql->db, script, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        fail(sql, code, error);
    return code == SQLITE_OK;
}

/* Whatever is not a question is denied, but for what the full-text index does to get ready: it asks for
 * data_version and declares a table, which on this connection makes none (it is open for reading only). */
static int
authorise(void *data, int action, const char *first, const char *second, const char *base,
          const char *trigger)
{
    static const char *const DENIED[] = {"load_extension", "fts3_tokenizer", "readfile", "writefile", "edit"};
    gboolean main = base && strcmp(base, "main") == 0;
    (void)data;
    (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_CREATE_TABLE:
        return main && first && strcmp(first, "vtab") == 0 ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
        return main && first && strcmp(first, "sqlite_master") == 0 ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA:
        return first && !second && g_ascii_strcasecmp(first, "data_version") == 0 ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_FUNCTION:
        for (gsize i = 0; i < G_N_ELEMENTS(DENIED); i++)
            if (second && g_ascii_strcasecmp(second, DENIED[i]) == 0)
                return SQLITE_DENY;
        return SQLITE_OK;
    default:
        return SQLITE_DENY;
    }
}

static int
check_time(void *data)
{
    VocSql *sql = data;
    sql->overtime = sql->deadline && g_get_monotonic_time() > sql->deadline;
    return sql->overtime;
}

void
voc_sql_guard(VocSql *sql, double seconds)
{
    sql->guarded = TRUE;
    sql->seconds = seconds;
    sqlite3_limit(sql->db, SQLITE_LIMIT_LENGTH, GUARDED_LENGTH);
    sqlite3_limit(sql->db, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(sql->db, SQLITE_LIMIT_WORKER_THREADS, 0);
    sqlite3_hard_heap_limit64((sqlite3_int64)1 << 30);
    sqlite3_set_authorizer(sql->db, authorise, sql);
    sqlite3_progress_handler(sql->db, 10000, check_time, sql);
}

VocStatement *
voc_sql_prepare(VocSql *sql, VocSlice text, GError **error)
{
    sqlite3_stmt *stmt = NULL;
    const char *tail = NULL;
    if (text.len > G_MAXINT || memchr(text.data, '\0', text.len)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s: that is no SQL", sql->path);
        return NULL;
    }
    sql->deadline = 0;
    int code = sqlite3_prepare_v3(sql->db, text.data, (int)text.len, 0, &stmt, &tail);
    if (code != SQLITE_OK) {
        fail(sql, code, error);
        return NULL;
    }
    VocSlice rest = voc_slice_of(tail, (gsize)(text.data + text.len - tail));
    while (rest.len && (g_ascii_isspace(*rest.data) || *rest.data == ';'))
        rest = voc_slice_of(rest.data + 1, rest.len - 1);
    if (!stmt || (rest.len && !voc_slice_starts_with(rest, VOC_SLICE("--")))) {
        sqlite3_finalize(stmt);
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s: %s", sql->path,
                    stmt ? "one statement at a time" : "there is no statement");
        return NULL;
    }
    VocStatement *statement = g_new0(VocStatement, 1);
    statement->sql = sql;
    statement->stmt = stmt;
    return statement;
}

void
voc_statement_free(VocStatement *statement)
{
    if (!statement)
        return;
    sqlite3_finalize(statement->stmt);
    g_free(statement);
}

void
voc_statement_bind_text(VocStatement *statement, int at, VocSlice text)
{
    if (text.data)
        sqlite3_bind_text64(statement->stmt, at, text.data, text.len, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(statement->stmt, at);
}

void
voc_statement_bind_blob(VocStatement *statement, int at, VocSlice bytes)
{
    sqlite3_bind_blob64(statement->stmt, at, bytes.data, bytes.len, SQLITE_STATIC);
}

void
voc_statement_bind_int(VocStatement *statement, int at, gint64 value)
{
    sqlite3_bind_int64(statement->stmt, at, value);
}

void
voc_statement_bind_number(VocStatement *statement, int at, double value)
{
    if (isnan(value))
        sqlite3_bind_null(statement->stmt, at);
    else
        sqlite3_bind_double(statement->stmt, at, value);
}

int
voc_statement_step(VocStatement *statement, GError **error)
{
    VocSql *sql = statement->sql;
    if (!statement->begun && sql->seconds > 0)
        sql->deadline = g_get_monotonic_time() + (gint64)(sql->seconds * G_USEC_PER_SEC);
    statement->begun = TRUE;
    int code = sqlite3_step(statement->stmt);
    if (code == SQLITE_ROW)
        return 1;
    if (code == SQLITE_DONE)
        return 0;
    fail(sql, code, error);
    return -1;
}

void
voc_statement_reset(VocStatement *statement)
{
    statement->begun = FALSE;
    sqlite3_reset(statement->stmt);
    sqlite3_clear_bindings(statement->stmt);
}

gboolean
voc_statement_run(VocStatement *statement, GError **error)
{
    int got;
    while ((got = voc_statement_step(statement, error)) > 0)
        continue;
    voc_statement_reset(statement);
    return got == 0;
}

int
voc_statement_columns(VocStatement *statement)
{
    return sqlite3_column_count(statement->stmt);
}

const char *
voc_statement_name(VocStatement *statement, int column)
{
    return sqlite3_column_name(statement->stmt, column);
}

VocCellType
voc_statement_type(VocStatement *statement, int column)
{
    switch (sqlite3_column_type(statement->stmt, column)) {
    case SQLITE_INTEGER:
        return VOC_CELL_INT;
    case SQLITE_FLOAT:
        return VOC_CELL_NUMBER;
    case SQLITE_TEXT:
        return VOC_CELL_TEXT;
    case SQLITE_BLOB:
        return VOC_CELL_BLOB;
    default:
        return VOC_CELL_NULL;
    }
}

VocSlice
voc_statement_text(VocStatement *statement, int column)
{
    const char *text = sqlite3_column_blob(statement->stmt, column);
    return voc_slice_of(text, (gsize)sqlite3_column_bytes(statement->stmt, column));
}

gint64
voc_statement_int(VocStatement *statement, int column)
{
    return sqlite3_column_int64(statement->stmt, column);
}

double
voc_statement_number(VocStatement *statement, int column)
{
    return sqlite3_column_double(statement->stmt, column);
}

gint64
voc_sql_changes(VocSql *sql)
{
    return sqlite3_changes64(sql->db);
}

gint64
voc_sql_last_key(VocSql *sql)
{
    return sqlite3_last_insert_rowid(sql->db);
}

gint64
voc_sql_ask_int(VocSql *sql, const char *text, gint64 fallback)
{
    g_autoptr(VocStatement) statement = voc_sql_prepare(sql, voc_slice_from_string(text), NULL);
    return statement && voc_statement_step(statement, NULL) == 1 ? voc_statement_int(statement, 0) : fallback;
}
