#include "store/ledger.h"
#include "store/parts.h"
#include "store/schema.h"

#include "padded.h"

#include <glib/gstdio.h>

static char *folder;
static VocJsonReader *reader;
static VocArena arena;

static char *
fresh_path(void)
{
    static int n;
    return g_strdup_printf("%s/%d.db", folder, n++);
}

static VocStore *
open_store(const char *path)
{
    g_autoptr(GError) error = NULL;
    VocStore *store = voc_store_open(path, &error);
    g_assert_no_error(error);
    return store;
}

static VocStoreCounts
add(VocStore *store, const char *line)
{
    g_auto(Padded) text = padded(line);
    g_autoptr(GError) error = NULL;
    VocStoreCounts counts = {0};
    VocRecord record;
    const char *reason = NULL;
    g_assert_true(voc_record_parse(&record, reader, &arena, text.text, &reason));
    voc_store_add(store, &record, 1, &counts, &error);
    g_assert_no_error(error);
    return counts;
}

static gint64
ask(VocStore *store, const char *sql)
{
    return voc_sql_ask_int(voc_store_sql(store), sql, -1);
}

#define FIRST "{\"id\":\"a\",\"source\":\"x:1\",\"text\":\"Lasku\",\"terms\":[\"lasku\"]}"
#define SECOND "{\"id\":\"a\",\"source\":\"x:1\",\"text\":\"Maksu\",\"terms\":[\"maksu\"]}"

/* Once, from whichever export; what says something else is a version; what was said once is no news. */
static void
test_versions(void)
{
    g_autofree char *path = fresh_path();
    g_autoptr(VocStore) store = open_store(path);
    g_assert_cmpuint(add(store, FIRST).added, ==, 1);
    g_assert_cmpuint(add(store, FIRST).known, ==, 1);
    g_assert_cmpuint(
        add(store, "{\"id\":\"a\",\"source\":\"y:9\",\"text\":\"Lasku\",\"terms\":[\"lasku\"]}").known, ==,
        1);
    g_assert_cmpuint(add(store, SECOND).changed, ==, 1);
    g_assert_cmpuint(add(store, FIRST).known, ==, 1);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM message"), ==, 1);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM versions"), ==, 2);
    g_assert_cmpint(ask(store, "SELECT version FROM message"), ==, 2);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM search WHERE search MATCH 'maksu'"), ==, 1);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM search WHERE search MATCH 'lasku'"), ==, 0);
}

/* The same words with other findings: replaced, no version. */
static void
test_found_anew(void)
{
    g_autofree char *path = fresh_path();
    g_autoptr(VocStore) store = open_store(path);
    add(store,
        "{\"id\":\"a\",\"text\":\"x\",\"themes\":[{\"id\":\"t\"},{\"id\":\"u\"}],\"rating\":{\"nps\":3}}");
    VocStoreCounts counts =
        add(store, "{\"id\":\"a\",\"text\":\"x\",\"themes\":[{\"id\":\"v\"}],\"rating\":{\"nps\":3}}");
    g_assert_cmpuint(counts.updated, ==, 1);
    g_assert_cmpuint(add(store, "{\"id\":\"a\",\"text\":\"x\",\"rating\":{\"nps\":3}}").known, ==, 1);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM theme WHERE theme = 'v'"), ==, 1);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM theme"), ==, 1);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM rating"), ==, 1);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM version"), ==, 0);
}

static gboolean
file_holds(const char *path, const char *word)
{
    g_autofree char *text = NULL;
    gsize len = 0;
    return g_file_get_contents(path, &text, &len, NULL) && memmem(text, len, word, strlen(word)) != NULL;
}

/* Nothing of the person is left in the files, and an old export does not bring it back. */
static void
test_forget_customer(void)
{
    g_autofree char *path = fresh_path(), *log = g_strconcat(path, "-wal", NULL);
    g_autoptr(VocStore) store = open_store(path);
    g_autoptr(GError) error = NULL;
    const char *line =
        "{\"id\":\"a\",\"customer\":\"Virtanen\",\"thread\":\"t\",\"text\":\"qwertyuiop zxcvbnm\"}";
    const char *answer = "{\"id\":\"b\",\"role\":\"agent\",\"thread\":\"t\",\"text\":\"Hei asdfghjkl\"}";
    guint64 n;
    for (int i = 0; i < 50; i++) {
        g_autofree char *other =
            g_strdup_printf("{\"id\":\"%d\",\"customer\":\"k%d\",\"text\":\"sana%d\"}", i, i, i);
        add(store, other);
    }
    add(store, line);
    add(store, answer);
    add(store, "{\"id\":\"a\",\"customer\":\"Virtanen\",\"thread\":\"t\",\"text\":\"poiuytrewq\"}");
    g_assert_true(file_holds(path, "qwertyuiop") || file_holds(log, "qwertyuiop"));
    g_assert_true(voc_store_forget_customer(store, VOC_SLICE("Virtanen"), &n, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(n, ==, 2);
    const char *const words[] = {"qwertyuiop", "zxcvbnm", "asdfghjkl", "poiuytrewq", "Virtanen"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        g_assert_false(file_holds(path, words[i]));
        g_assert_false(file_holds(log, words[i]));
    }
    g_assert_cmpuint(add(store, line).erased, ==, 1);
    g_assert_cmpuint(add(store, answer).erased, ==, 1);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM message"), ==, 50);
    g_assert_true(
        voc_sql_exec(voc_store_sql(store), "INSERT INTO search(search) VALUES('integrity-check')", NULL));
}

/* Forgetting drops what is temporary. */
static void
list_words(VocStore *store)
{
    g_assert_true(voc_sql_exec(voc_store_sql(store),
                               "CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, search, row)",
                               NULL));
}

/* Whether the index has a list for the word. */
static gboolean
is_indexed(VocStore *store, const char *word)
{
    g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM temp.vocabulary WHERE term = '%s'", word);
    return ask(store, sql) > 0;
}

static gboolean
is_anywhere(VocStore *store, const char *path, const char *word)
{
    g_autofree char *log = g_strconcat(path, "-wal", NULL);
    return file_holds(path, word) || file_holds(log, word) || is_indexed(store, word);
}

/* A customer's message, whose word, id and name nobody else has; some of them are said anew. */
static void
add_many(VocStore *store, int from, int to)
{
    for (int i = from; i < to; i++) {
        g_autofree char *line = g_strdup_printf(
            "{\"id\":\"id%05dqx\",\"time\":\"2025-0%d-15T10:00:00Z\",\"customer\":\"name%05dqx\",\"text\":"
            "\"lasku word%05dqx oli\",\"terms\":[\"lasku\",\"base%05dqx\"],"
            "\"cues\":[{\"cue\":\"churn\",\"start\":0,\"end\":5}]}",
            i, 1 + i % 9, i, i, i);
        add(store, line);
        if (i % 5)
            continue;
        g_autofree char *again = g_strdup_printf(
            "{\"id\":\"id%05dqx\",\"time\":\"2025-0%d-15T10:00:00Z\",\"customer\":\"name%05dqx\",\"text\":"
            "\"lasku later%05dqx on\"}",
            i, 1 + i % 9, i, i);
        add(store, again);
    }
}

/* Of 400 customers every seventh is forgotten, then all before June: no byte of the files and no list of the
 * index holds what only they had, and everybody else is found. */
static void
test_forget_many(void)
{
    static const char *const KINDS[] = {"word", "base", "later", "id", "name"};
    g_autofree char *path = fresh_path();
    g_autoptr(VocStore) store = open_store(path);
    g_autoptr(GError) error = NULL;
    guint64 n, found = 0;
    add_many(store, 0, 400);
    list_words(store);
    g_assert_true(is_indexed(store, "later00005qx") && is_indexed(store, "base00008qx"));
    for (int i = 0; i < 400; i += 7) {
        g_autofree char *name = g_strdup_printf("name%05dqx", i);
        g_assert_true(voc_store_forget_customer(store, voc_slice_from_string(name), &n, &error));
        g_assert_cmpuint(n, ==, 1);
    }
    g_assert_true(voc_store_forget_before(store, "2025-06-01", &n, &error));
    list_words(store);
    g_assert_no_error(error);
    for (int i = 0; i < 400; i++) {
        gboolean old = 1 + i % 9 < 6, gone = i % 7 == 0 || old;
        for (gsize k = 0; k < G_N_ELEMENTS(KINDS); k++) {
            g_autofree char *word = g_strdup_printf("%s%05dqx", KINDS[k], i);
            if (gone && is_anywhere(store, path, word))
                g_error("%s is still there", word);
        }
        g_autofree char *sql = g_strdup_printf("SELECT count(*) FROM search WHERE search MATCH '%s%05dqx'",
                                               i % 5 ? "word" : "later", i);
        g_assert_cmpint(ask(store, sql), ==, !gone);
        found += !gone;
    }
    g_assert_cmpuint(found, >, 100);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM cue"), >, 0);
    g_assert_true(
        voc_sql_exec(voc_store_sql(store), "INSERT INTO search(search) VALUES('integrity-check')", NULL));
}

/* Old texts go, what is counted stays. */
static void
test_forget_before(void)
{
    g_autofree char *path = fresh_path(), *log = g_strconcat(path, "-wal", NULL);
    g_autoptr(VocStore) store = open_store(path);
    g_autoptr(GError) error = NULL;
    const char *old =
        "{\"id\":\"a@mail\",\"time\":\"2025-01-05T10:00:00Z\",\"customer\":\"Virtanen\",\"author\":\"Veli\","
        "\"text\":\"qwertyuiop\",\"rating\":{\"nps\":3},\"themes\":[{\"id\":\"t\",\"weight\":1}],"
        "\"score\":{\"value\":-0.5,\"label\":\"negative\",\"p\":[0.7,0.2,0.1],\"hits\":[{\"term\":"
        "\"zxcvbnm\"}]},"
        "\"clean\":{\"duplicate\":\"zzz\"}}";
    guint64 n;
    add(store, old);
    add(store,
        "{\"id\":\"b\",\"time\":\"2025-01-06T10:00:00Z\",\"customer\":\"Virtanen\",\"text\":\"uusi\"}");
    g_assert_true(voc_store_forget_before(store, "2025-01-06", &n, &error));
    g_assert_no_error(error);
    g_assert_cmpuint(n, ==, 1);
    const char *const words[] = {"qwertyuiop", "zxcvbnm", "Veli", "a@mail"};
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        g_assert_false(file_holds(path, words[i]) || file_holds(log, words[i]));
    g_assert_cmpint(ask(store, "SELECT count(*) FROM messages WHERE week = '2025-W01' AND sentiment = -0.5"
                               " AND nps = 3 AND customer = 'past-1' AND duplicate"),
                    ==, 1);
    g_assert_cmpint(
        ask(store,
            "SELECT count(*) FROM record WHERE json_extract(json, '$.score.p[1]') BETWEEN 0.19 AND 0.21"
            " AND json_extract(json, '$.themes[0].id') = 't'"),
        ==, 1);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM message WHERE customer = 'Virtanen'"), ==, 1);
    g_assert_cmpuint(add(store, old).erased, ==, 1);
    g_assert_true(voc_store_forget_before(store, "2025-01-06", &n, NULL));
    g_assert_cmpuint(n, ==, 0);
}

/* A store of an older program is brought forward, with all that is in it. */
static void
test_migration(void)
{
    g_autofree char *path = fresh_path();
    g_autoptr(GError) error = NULL;
    VocSql *sql = voc_sql_open(path, VOC_SQL_CREATE, &error);
    g_assert_no_error(error);
    g_assert_true(voc_schema_migrate(sql, 1, &error));
    g_assert_true(voc_sql_exec(sql,
                               "INSERT INTO message (id, duplicate, automatic, version, emptied, said, found)"
                               " VALUES ('a', 0, 0, 1, 0, x'', x'');"
                               "INSERT INTO record VALUES (1, '{\"text\":\"x\"}')",
                               &error));
    g_assert_false(voc_schema_check(sql, NULL));
    voc_sql_close(sql);
    VocStore *store = open_store(path);
    g_assert_cmpint(ask(store, "PRAGMA user_version"), ==, voc_schema_newest());
    g_assert_cmpint(ask(store, "SELECT count(*) FROM messages WHERE text = 'x'"), ==, 1);
    g_assert_true(voc_sql_exec(voc_store_sql(store), "PRAGMA user_version = 99", NULL));
    voc_store_free(store);
    g_assert_null(voc_store_open(path, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_USAGE);
}

static gboolean
names_index(VocStore *store, const char *question, const char *name)
{
    g_autofree char *sql = g_strconcat("EXPLAIN QUERY PLAN ", question, NULL);
    g_autoptr(GError) error = NULL;
    g_autoptr(VocStatement) s = voc_sql_prepare(voc_store_sql(store), voc_slice_from_string(sql), &error);
    gboolean found = FALSE;
    g_assert_no_error(error);
    while (voc_statement_step(s, &error) > 0) {
        g_autofree char *line = voc_slice_dup(voc_statement_text(s, 3));
        found |= strstr(line, name) != NULL;
    }
    return found;
}

/* From every version there has been, with cues in it: they can be asked about in the customer's words. */
static void
test_migration_of_cues(void)
{
    for (int version = 1; version < voc_schema_newest(); version++) {
        g_autofree char *path = fresh_path();
        g_autoptr(GError) error = NULL;
        VocSql *sql = voc_sql_open(path, VOC_SQL_CREATE, &error);
        g_assert_no_error(error);
        g_assert_true(voc_schema_migrate(sql, version, &error));
        g_assert_true(voc_sql_exec(
            sql,
            "INSERT INTO message (id, thread, week, duplicate, automatic, version, emptied, said, found)"
            " VALUES ('a', 't', '2026-W47', 0, 0, 1, 0, x'', x'');"
            "INSERT INTO record VALUES (1, '{\"text\":\"Hyv\xc3\xa4\xc3\xa4 ei toimi\"}');"
            "INSERT INTO cue VALUES (1, 0, 'failure-demand', 'fault', 6, 14);"
            "INSERT INTO cue VALUES (1, 1, 'value-demand', 'order', 0, 5)",
            &error));
        g_assert_no_error(error);
        voc_sql_close(sql);
        g_autoptr(VocStore) store = open_store(path);
        g_assert_cmpint(ask(store, "PRAGMA user_version"), ==, voc_schema_newest());
        g_assert_cmpint(ask(store, "SELECT count(*) FROM cues WHERE words = 'ei toimi' AND thread = 't'"), ==,
                        1);
        g_assert_cmpint(ask(store, "SELECT count(*) FROM demand WHERE demand = 'failure'"), ==, 1);
        g_assert_cmpint(ask(store, "SELECT messages FROM contacts WHERE contact = 't'"), ==, 1);
        g_assert_true(names_index(store, "SELECT 1 FROM message WHERE thread = 't'", "message_thread"));
    }
}

/* Whatever is no question is refused, however it is put. */
static void
test_guard(void)
{
    static const char *const refused[] = {
        "DELETE FROM message",
        "INSERT INTO search(search) VALUES('rebuild')",
        "ATTACH '/tmp/x' AS x",
        "PRAGMA writable_schema = 1",
        "PRAGMA user_version",
        "CREATE TEMP TABLE x (a)",
        "VACUUM INTO '/tmp/x'",
        "SELECT load_extension('x')",
        "BEGIN",
        "CREATE TABLE vtab (a)",
        "INSERT INTO sqlite_master VALUES (1, 2, 3, 4, 5)",
        "SELECT 1; SELECT 2",
        "",
        "-- nothing",
        "SELECT zeroblob(1000000000)",
        "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
        "REINDEX",
        "ANALYZE"};
    g_autofree char *path = fresh_path();
    VocStore *store = open_store(path);
    add(store, FIRST);
    voc_store_free(store);
    store = voc_store_open_to_read(path, NULL);
    voc_sql_guard(voc_store_sql(store), 0.2);
    for (gsize i = 0; i < G_N_ELEMENTS(refused); i++) {
        g_autoptr(GError) error = NULL;
        g_autoptr(VocStatement) s =
            voc_sql_prepare(voc_store_sql(store), voc_slice_from_string(refused[i]), &error);
        if (s && voc_statement_run(s, &error))
            g_error("not refused: %s", refused[i]);
        g_assert_error(error, VOC_ERROR, VOC_ERROR_USAGE);
    }
    g_assert_cmpint(ask(store, "SELECT count(*) FROM search WHERE search MATCH 'lasku'"), ==, 1);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM messages JOIN themes USING (week) WHERE 0"), ==, 0);
    voc_store_free(store);
}

/* A batch that fails leaves nothing behind. */
static void
test_all_or_nothing(void)
{
    g_autofree char *path = fresh_path();
    g_autoptr(VocStore) store = open_store(path);
    g_assert_true(voc_sql_exec(
        voc_store_sql(store),
        "CREATE TRIGGER stop BEFORE INSERT ON rating BEGIN SELECT raise(ABORT, 'full'); END", NULL));
    g_auto(Padded) a = padded(FIRST), b = padded("{\"id\":\"b\",\"rating\":{\"nps\":3}}");
    VocRecord records[2];
    VocStoreCounts counts = {0};
    const char *reason;
    g_autoptr(GError) error = NULL;
    g_assert_true(voc_record_parse(&records[0], reader, &arena, a.text, &reason));
    g_assert_true(voc_record_parse(&records[1], reader, &arena, b.text, &reason));
    g_assert_false(voc_store_add(store, records, 2, &counts, &error));
    g_assert_nonnull(error);
    g_assert_cmpuint(counts.added, ==, 0);
    g_assert_cmpint(ask(store, "SELECT count(*) FROM message"), ==, 0);
}

/* What no database is, or another program's. */
static void
test_strangers(void)
{
    g_autofree char *path = fresh_path(), *none = fresh_path();
    g_autoptr(GError) error = NULL;
    g_assert_true(
        g_file_set_contents(path, "SQLite format 3 is what this is not, nor a store of ours", -1, NULL));
    g_assert_null(voc_store_open(path, &error));
    g_clear_error(&error);
    g_assert_null(voc_store_open_to_read(none, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_INPUT);
    g_clear_error(&error);
    VocSql *sql = voc_sql_open(none, VOC_SQL_CREATE, &error);
    g_assert_true(voc_sql_exec(sql, "CREATE TABLE message (a)", &error));
    voc_sql_close(sql);
    g_assert_null(voc_store_open(none, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_USAGE);
}

/* What a run reads, keeps and says of itself stands or falls together. */
static void
test_ledger(void)
{
    g_autofree char *path = fresh_path();
    g_autoptr(VocStore) store = open_store(path);
    g_autoptr(GError) error = NULL;
    const VocReadFile file = {10, 20, 30, 1};
    for (int commit = 0; commit < 2; commit++) {
        g_assert_true(voc_store_begin(store, &error));
        add(store, "{\"id\":\"a\",\"time\":\"2026-11-10T10:00:00Z\",\"text\":\"Lasku\"}");
        g_assert_true(voc_ledger_keep(store, "in/a.csv", &file, &error));
        g_assert_true(voc_ledger_set(store, "themes.text", "äö", &error));
        if (commit)
            g_assert_true(voc_store_commit(store, &error));
        voc_store_rollback(store);
        g_autoptr(GHashTable) files = voc_ledger_files(store, &error);
        g_autofree char *text = voc_ledger_get(store, "themes.text", &error);
        g_autofree char *first = voc_ledger_first_touched(store, &error);
        const VocReadFile *read = g_hash_table_lookup(files, "in/a.csv");
        g_assert_no_error(error);
        g_assert_cmpint(ask(store, "SELECT count(*) FROM message"), ==, commit);
        g_assert_true(commit ? read && memcmp(read, &file, sizeof file) == 0 : !read);
        g_assert_cmpstr(text, ==, commit ? "äö" : NULL);
        g_assert_cmpstr(first, ==, commit ? "2026-11-10" : NULL);
    }
}

/* Days whose messages change, by whatever hand, are to be told of again. */
static void
test_touched(void)
{
    g_autofree char *path = fresh_path();
    g_autoptr(VocStore) store = open_store(path);
    guint64 n;
    add(store, "{\"id\":\"a\",\"time\":\"2026-11-10T10:00:00Z\",\"customer\":\"k\",\"text\":\"Lasku\"}");
    add(store, "{\"id\":\"b\",\"time\":\"2026-11-12T10:00:00Z\",\"text\":\"Maksu\"}");
    add(store, "{\"id\":\"c\",\"text\":\"without a time\"}");
    g_assert_cmpint(ask(store, "SELECT count(*) FROM touched"), ==, 2);
    g_assert_true(voc_ledger_settle(store, "2026-11-12", NULL));
    g_assert_cmpint(ask(store, "SELECT count(*) FROM touched"), ==, 0);
    /* Known already: nothing has changed. */
    add(store, "{\"id\":\"b\",\"time\":\"2026-11-12T10:00:00Z\",\"text\":\"Maksu\"}");
    g_assert_cmpint(ask(store, "SELECT count(*) FROM touched"), ==, 0);
    /* To another day: both. */
    add(store, "{\"id\":\"b\",\"time\":\"2026-11-13T10:00:00Z\",\"text\":\"Maksu\"}");
    g_assert_cmpint(ask(store, "SELECT count(*) FROM touched WHERE day IN ('2026-11-12', '2026-11-13')"), ==,
                    2);
    g_assert_true(voc_store_forget_customer(store, VOC_SLICE("k"), &n, NULL));
    g_assert_cmpint(ask(store, "SELECT count(*) FROM touched WHERE day = '2026-11-10'"), ==, 1);
}

/* The same message from two exports of one run, the second marked as a copy of the first, is still the first.
 */
static void
test_own_copy(void)
{
    g_autofree char *path = fresh_path();
    g_autoptr(VocStore) store = open_store(path);
    g_autofree char *first = NULL;
    double similarity = 0;
    add(store, "{\"id\":\"a\",\"text\":\"x\",\"score\":{\"value\":0},\"clean\":{\"length\":1}}");
    VocStoreCounts counts = add(store, "{\"id\":\"a\",\"text\":\"x\",\"score\":{\"value\":0},"
                                       "\"clean\":{\"length\":1,\"duplicate_of\":\"a\",\"similarity\":1}}");
    g_assert_cmpuint(counts.known, ==, 1);
    g_assert_cmpint(ask(store, "SELECT duplicate FROM message"), ==, 0);
    add(store, "{\"id\":\"b\",\"text\":\"x\",\"clean\":{\"length\":1,\"duplicate_of\":\"a\","
               "\"similarity\":0.93}}");
    g_assert_cmpint(voc_store_find_mark(store, VOC_SLICE("b"), &first, &similarity, NULL), ==, 1);
    g_assert_cmpstr(first, ==, "a");
    g_assert_cmpfloat_with_epsilon(similarity, 0.93, 1e-9);
    g_free(g_steal_pointer(&first));
    g_assert_cmpint(voc_store_find_mark(store, VOC_SLICE("none"), &first, &similarity, NULL), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    folder = g_dir_make_tmp("voc-store-XXXXXX", NULL);
    reader = voc_json_reader_new();
    voc_arena_init(&arena, 0);
    g_test_add_func("/store/versions", test_versions);
    g_test_add_func("/store/found-anew", test_found_anew);
    g_test_add_func("/store/forget-customer", test_forget_customer);
    g_test_add_func("/store/forget-before", test_forget_before);
    g_test_add_func("/store/forget-many", test_forget_many);
    g_test_add_func("/store/migration", test_migration);
    g_test_add_func("/store/migration-of-cues", test_migration_of_cues);
    g_test_add_func("/store/guard", test_guard);
    g_test_add_func("/store/all-or-nothing", test_all_or_nothing);
    g_test_add_func("/store/strangers", test_strangers);
    g_test_add_func("/store/ledger", test_ledger);
    g_test_add_func("/store/touched", test_touched);
    g_test_add_func("/store/own-copy", test_own_copy);
    int code = g_test_run();
    g_autofree char *command = g_strdup_printf("rm -rf '%s'", folder);
    g_spawn_command_line_sync(command, NULL, NULL, NULL, NULL);
    g_free(folder);
    voc_json_reader_free(reader);
    voc_arena_clear(&arena);
    return code;
}
