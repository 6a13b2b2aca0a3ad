#include "store/parts.h"
#include "store/schema.h"

#include <fcntl.h>
#include <unistd.h>

/* A transaction's pages are written to the log once and wait there for this many (of 4 KiB) before they go
 * into the file; the cache bounds memory. */
#define SETTINGS                                                                                             \
    "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 8192;"             \
    "PRAGMA temp_store = MEMORY; PRAGMA journal_size_limit = 67108864"

static const char *const TEXTS[VOC_N_DO] = {
    [VOC_DO_INSERT] =
        "INSERT OR IGNORE INTO message (id, time, day, week, channel, role, author, customer, thread, turn,"
        " touchpoint, unit, lang, sentiment, label, negative, positive, duplicate, automatic, source, said,"
        " found, version, emptied) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, "
        "?16,"
        " ?17, ?18, ?19, ?20, ?21, ?22, 1, 0)",
    [VOC_DO_FIND] = "SELECT key, said, found, emptied FROM message WHERE id = ?1",
    [VOC_DO_IS_ERASED] = "SELECT 1 FROM erased WHERE id = ?1",
    [VOC_DO_IS_VERSION] = "SELECT 1 FROM version WHERE message = ?1 AND said = ?2",
    [VOC_DO_KEEP_VERSION] =
        "INSERT INTO version (message, version, said, json) SELECT m.key, m.version, m.said, r.json"
        " FROM message m JOIN record r ON r.message = m.key WHERE m.key = ?1",
    [VOC_DO_UPDATE] =
        "UPDATE message SET time = ?2, day = ?3, week = ?4, channel = ?5, role = ?6, author = ?7, customer = "
        "?8,"
        " thread = ?9, turn = ?10, touchpoint = ?11, unit = ?12, lang = ?13, sentiment = ?14, label = ?15,"
        " negative = ?16, positive = ?17, duplicate = ?18, automatic = ?19, source = ?20, said = ?21,"
        " found = ?22, version = version + ?23 WHERE id = ?1",
    [VOC_DO_RECORD] = "INSERT OR REPLACE INTO record (message, json) VALUES (?1, ?2)",
    [VOC_DO_THEME] = "INSERT INTO theme (message, place, theme, weight, start, end, sentiment)"
                     " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [VOC_DO_CUE] = "INSERT INTO cue (message, place, cue, kind, start, end) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [VOC_DO_RATING] = "INSERT OR IGNORE INTO rating (message, rating, value) VALUES (?1, ?2, ?3)",
    [VOC_DO_SEARCH] = "INSERT INTO search (rowid, text, terms) VALUES (?1, ?2, ?3)",
    [VOC_DO_UNSEARCH] = "INSERT INTO search (search, rowid, text, terms) VALUES ('delete', ?1, ?2, ?3)",
    [VOC_DO_GET_RECORD] = "SELECT json FROM record WHERE message = ?1",
    [VOC_DO_DROP_RECORD] = "DELETE FROM record WHERE message = ?1",
    [VOC_DO_DROP_THEMES] = "DELETE FROM theme WHERE message = ?1",
    [VOC_DO_DROP_CUES] = "DELETE FROM cue WHERE message = ?1",
    [VOC_DO_DROP_RATINGS] = "DELETE FROM rating WHERE message = ?1",
    [VOC_DO_DROP_VERSIONS] = "DELETE FROM version WHERE message = ?1",
    [VOC_DO_DROP_MESSAGE] = "DELETE FROM message WHERE key = ?1",
    [VOC_DO_ERASE] = "INSERT OR IGNORE INTO erased (id) VALUES (?1)",
    [VOC_DO_EMPTY] = "UPDATE message SET id = ?2, author = NULL, source = NULL, customer = ?3, thread = ?4,"
                     " said = x'', found = x'', emptied = 1, version = 1 WHERE key = ?1",
    [VOC_DO_FIND_MARK] =
        "SELECT json_extract(r.json, '$.clean.duplicate_of'), json_extract(r.json, '$.clean.similarity')"
        " FROM message m LEFT JOIN record r ON r.message = m.key WHERE m.id = ?1",
    [VOC_DO_LIST_READING] = "SELECT path, size, mtime, inode, rejected FROM reading",
    [VOC_DO_PUT_READING] = "INSERT OR REPLACE INTO reading (path, size, mtime, inode, rejected)"
                           " VALUES (?1, ?2, ?3, ?4, ?5)",
    [VOC_DO_GET_SETTING] = "SELECT value FROM setting WHERE name = ?1",
    [VOC_DO_PUT_SETTING] = "INSERT OR REPLACE INTO setting (name, value) VALUES (?1, ?2)",
    [VOC_DO_FIRST_TOUCHED] = "SELECT min(day) FROM touched",
    [VOC_DO_SETTLE] = "DELETE FROM touched WHERE day <= ?1",
};

gboolean
voc_store_is(const char *path)
{
    char head[16];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return FALSE;
    gboolean is = g_file_test(path, G_FILE_TEST_IS_REGULAR) && read(fd, head, sizeof head) == sizeof head &&
                  memcmp(head, "SQLite format 3", sizeof head) == 0;
    close(fd);
    return is;
}

static VocStore *
store_new(VocSql *sql, gboolean writes)
{
    VocStore *store = g_new0(VocStore, 1);
    store->sql = sql;
    store->writes = writes;
    store->reader = voc_json_reader_new();
    voc_arena_init(&store->arena, 0);
    return store;
}

/* Whoever makes a store has to be alone for a moment, and SQLite does not always wait for that by itself. */
static gboolean
write_ahead(VocSql *sql, GError **error)
{
    for (int tries = 0;; tries++) {
        g_autoptr(GError) problem = NULL;
        if (voc_sql_exec(sql, "PRAGMA journal_mode = WAL", &problem))
            return TRUE;
        if (tries == 100 || !strstr(problem->message, "locked")) {
            g_propagate_error(error, g_steal_pointer(&problem));
            return FALSE;
        }
        g_usleep(50000);
    }
}

VocStore *
voc_store_open(const char *path, GError **error)
{
    g_autoptr(VocSql) sql = voc_sql_open(path, VOC_SQL_CREATE, error);
    if (!sql || !write_ahead(sql, error) || !voc_sql_exec(sql, SETTINGS, error) ||
        !voc_schema_migrate(sql, voc_schema_newest(), error))
        return NULL;
    return store_new(g_steal_pointer(&sql), TRUE);
}

VocStore *
voc_store_open_to_read(const char *path, GError **error)
{
    g_autoptr(VocSql) sql = voc_sql_open(path, VOC_SQL_READ, error);
    if (!sql || !voc_schema_check(sql, error))
        return NULL;
    return store_new(g_steal_pointer(&sql), FALSE);
}

static void
close_sql(VocStore *store)
{
    for (int i = 0; i < VOC_N_DO; i++)
        g_clear_pointer(&store->statements[i], voc_statement_free);
    g_clear_pointer(&store->sql, voc_sql_close);
}

gboolean
voc_store_close(VocStore *store, GError **error)
{
    /* Others may be reading: then the log stays for them, and that is well. */
    gboolean good = !store->writes || voc_sql_exec(store->sql, "PRAGMA wal_checkpoint(PASSIVE)", error);
    close_sql(store);
    return good;
}

void
voc_store_free(VocStore *store)
{
    if (!store)
        return;
    close_sql(store);
    voc_json_reader_free(store->reader);
    voc_arena_clear(&store->arena);
    voc_buffer_clear(&store->padded);
    g_free(store);
}

VocSql *
voc_store_sql(VocStore *store)
{
    return store->sql;
}

VocStatement *
voc_store_do(VocStore *store, VocDo what, GError **error)
{
    if (!store->statements[what])
        store->statements[what] = voc_sql_prepare(store->sql, voc_slice_from_string(TEXTS[what]), error);
    return store->statements[what];
}

gboolean
voc_store_do_key(VocStore *store, VocDo what, gint64 key, GError **error)
{
    VocStatement *statement = voc_store_do(store, what, error);
    if (!statement)
        return FALSE;
    voc_statement_bind_int(statement, 1, key);
    return voc_statement_run(statement, error);
}

gboolean
voc_store_begin(VocStore *store, GError **error)
{
    store->begun = voc_sql_exec(store->sql, "BEGIN IMMEDIATE", error);
    return store->begun;
}

gboolean
voc_store_commit(VocStore *store, GError **error)
{
    store->begun = FALSE;
    if (voc_sql_exec(store->sql, "COMMIT", error))
        return TRUE;
    voc_sql_exec(store->sql, "ROLLBACK", NULL);
    return FALSE;
}

void
voc_store_rollback(VocStore *store)
{
    if (store->begun)
        voc_sql_exec(store->sql, "ROLLBACK", NULL);
    store->begun = FALSE;
}

int
voc_store_find_mark(VocStore *store, VocSlice id, char **first, double *similarity, GError **error)
{
    VocStatement *statement = voc_store_do(store, VOC_DO_FIND_MARK, error);
    *first = NULL;
    if (!statement)
        return -1;
    voc_statement_bind_text(statement, 1, id);
    int got = voc_statement_step(statement, error);
    if (got > 0 && voc_statement_type(statement, 0) == VOC_CELL_TEXT) {
        *first = voc_slice_dup(voc_statement_text(statement, 0));
        *similarity = voc_statement_number(statement, 1);
    }
    voc_statement_reset(statement);
    return got;
}

gboolean
voc_store_get(VocStore *store, gint64 key, VocRecord *record, GError **error)
{
    VocStatement *statement = voc_store_do(store, VOC_DO_GET_RECORD, error);
    const char *reason = NULL;
    if (!statement)
        return FALSE;
    voc_statement_bind_int(statement, 1, key);
    int got = voc_statement_step(statement, error);
    if (got > 0) {
        voc_buffer_reset(&store->padded);
        voc_buffer_add_slice(&store->padded, voc_statement_text(statement, 0));
        memset(voc_buffer_reserve(&store->padded, VOC_PADDING), 0, VOC_PADDING);
    }
    voc_statement_reset(statement);
    if (got < 0)
        return FALSE;
    voc_arena_reset(&store->arena);
    if (got > 0 &&
        voc_record_parse(record, store->reader, &store->arena, voc_buffer_slice(&store->padded), &reason))
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s: message %" G_GINT64_FORMAT " has no record: %s",
                voc_sql_path(store->sql), key, reason ? reason : "it is missing");
    return FALSE;
}

gboolean
voc_store_unsearch(VocStore *store, gint64 key, VocRecord *record, GError **error)
{
    VocStatement *statement = voc_store_do(store, VOC_DO_UNSEARCH, error);
    VocRow row;
    if (!statement)
        return FALSE;
    voc_row_make(&row, record);
    voc_statement_bind_int(statement, 1, key);
    voc_statement_bind_text(statement, 2, row.text);
    voc_statement_bind_text(statement, 3, row.terms);
    return voc_statement_run(statement, error);
}
