/* Forgetting people and old texts. */
#include "store/parts.h"

static gboolean
collect(VocStore *store, const char *text, VocSlice value, GArray *keys, GError **error)
{
    g_autoptr(VocStatement) s = voc_sql_prepare(store->sql, voc_slice_from_string(text), error);
    int got = -1;
    if (!s)
        return FALSE;
    voc_statement_bind_text(s, 1, value);
    while ((got = voc_statement_step(s, error)) > 0) {
        gint64 key = voc_statement_int(s, 0);
        g_array_append_val(keys, key);
    }
    return got == 0;
}

/* Remembers, without saying it, that the message was here. */
static gboolean
erase_id(VocStore *store, VocSlice id, GError **error)
{
    guint8 digest[VOC_DIGEST];
    VocStatement *s = voc_store_do(store, VOC_DO_ERASE, error);
    if (!s)
        return FALSE;
    voc_row_digest(id, digest);
    voc_statement_bind_blob(s, 1, voc_slice_of((const char *)digest, VOC_DIGEST));
    return voc_statement_run(s, error);
}

static gboolean
erase(VocStore *store, gint64 key, GError **error)
{
    static const VocDo DROPS[] = {VOC_DO_DROP_RECORD,  VOC_DO_DROP_THEMES,   VOC_DO_DROP_CUES,
                                  VOC_DO_DROP_RATINGS, VOC_DO_DROP_VERSIONS, VOC_DO_DROP_MESSAGE};
    VocRecord record;
    VocRow row;
    if (!voc_store_get(store, key, &record, error) || !voc_store_unsearch(store, key, &record, error))
        return FALSE;
    voc_row_make(&row, &record);
    gboolean good = erase_id(store, row.id, error);
    for (gsize i = 0; i < G_N_ELEMENTS(DROPS) && good; i++)
        good = voc_store_do_key(store, DROPS[i], key, error);
    return good;
}

/* What stands for a name: the number of the first message that has it. */
static char *
alias_of(VocStatement *aliases, VocSlice name, GError **error)
{
    if (!name.len)
        return NULL;
    voc_statement_bind_text(aliases, 1, name);
    char *alias = voc_statement_step(aliases, error) > 0
                      ? g_strdup_printf("past-%" G_GINT64_FORMAT, voc_statement_int(aliases, 0))
                      : NULL;
    voc_statement_reset(aliases);
    return alias;
}

static gboolean
empty(VocStore *store, gint64 key, VocStatement *customers, VocStatement *threads, GError **error)
{
    VocRecord record;
    VocRow row;
    g_auto(VocBuffer) json = VOC_BUFFER_INIT;
    if (!voc_store_get(store, key, &record, error) || !voc_store_unsearch(store, key, &record, error))
        return FALSE;
    voc_row_make(&row, &record);
    g_autofree char *id = g_strdup_printf("past-%" G_GINT64_FORMAT, key);
    g_autofree char *customer = alias_of(customers, row.customer, error);
    g_autofree char *thread = alias_of(threads, row.thread, error);
    voc_row_empty(&record, id, customer, thread, &json);
    VocStatement *s = voc_store_do(store, VOC_DO_EMPTY, error),
                 *r = voc_store_do(store, VOC_DO_RECORD, error);
    if (!s || !r || !erase_id(store, row.id, error))
        return FALSE;
    voc_statement_bind_int(s, 1, key);
    voc_statement_bind_text(s, 2, voc_slice_from_string(id));
    voc_statement_bind_text(s, 3, voc_slice_from_string(customer));
    voc_statement_bind_text(s, 4, voc_slice_from_string(thread));
    voc_statement_bind_int(r, 1, key);
    voc_statement_bind_text(r, 2, voc_buffer_slice(&json));
    return voc_statement_run(s, error) && voc_statement_run(r, error) &&
           voc_store_do_key(store, VOC_DO_DROP_VERSIONS, key, error);
}

/* Pages that are given up are wiped; the index is merged, so that no list of it names a word that is gone. */
static gboolean
begin(VocStore *store, GError **error)
{
    return voc_sql_exec(store->sql, "PRAGMA secure_delete = ON", error) &&
           voc_sql_exec(store->sql, "BEGIN IMMEDIATE", error);
}

/* Rows that were rewritten before, and pages that were parted, leave what they held in their slack, where no
 * statement reaches it: only a file written anew has none. */
static gboolean
write_anew(VocStore *store, GError **error)
{
    return voc_sql_exec(store->sql, "PRAGMA temp_store = FILE; VACUUM; PRAGMA temp_store = MEMORY", error);
}

static gboolean
end(VocStore *store, gboolean good, GError **error)
{
    good = good && voc_sql_exec(store->sql, "INSERT INTO search (search) VALUES ('optimize')", error);
    good = good && voc_sql_exec(store->sql, "COMMIT", error);
    if (!good) {
        voc_sql_exec(store->sql, "ROLLBACK", NULL);
        return FALSE;
    }
    if (!write_anew(store, error)) {
        g_prefix_error(error, "forgotten, but traces may be left; run this again: ");
        return FALSE;
    }
    if (voc_sql_ask_int(store->sql, "PRAGMA wal_checkpoint(TRUNCATE)", 1) != 0) {
        g_set_error(
            error, VOC_ERROR, VOC_ERROR_FATAL,
            "%s: forgotten, but its log may still hold the words: others are reading it; run this again",
            voc_sql_path(store->sql));
        return FALSE;
    }
    return TRUE;
}

gboolean
voc_store_forget_customer(VocStore *store, VocSlice customer, guint64 *n, GError **error)
{
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(gint64));
    if (!begin(store, error))
        return FALSE;
    gboolean good =
        collect(store,
                "SELECT key FROM message WHERE customer = ?1 OR (customer IS NULL AND (author = ?1"
                " OR thread IN (SELECT thread FROM message WHERE customer = ?1)))",
                customer, keys, error);
    for (guint i = 0; i < keys->len && good; i++)
        good = erase(store, g_array_index(keys, gint64, i), error);
    *n = keys->len;
    /* Run again, it finishes what a reader kept from being finished. */
    return end(store, good, error);
}

static VocStatement *
aliases(VocStore *store, const char *column, const char *day, GError **error)
{
    g_autofree char *drop = g_strdup_printf("DROP TABLE IF EXISTS temp.past_%s", column);
    g_autofree char *make = g_strdup_printf(
        "CREATE TEMP TABLE past_%s (name TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID", column);
    g_autofree char *fill = g_strdup_printf("INSERT INTO past_%s SELECT %s, min(key) FROM message"
                                            " WHERE %s IS NOT NULL AND day < ?1 GROUP BY 1",
                                            column, column, column);
    g_autofree char *ask = g_strdup_printf("SELECT number FROM past_%s WHERE name = ?1", column);
    if (!voc_sql_exec(store->sql, drop, error) || !voc_sql_exec(store->sql, make, error))
        return NULL;
    g_autoptr(VocStatement) s = voc_sql_prepare(store->sql, voc_slice_from_string(fill), error);
    if (!s)
        return NULL;
    voc_statement_bind_text(s, 1, voc_slice_from_string(day));
    return voc_statement_run(s, error) ? voc_sql_prepare(store->sql, voc_slice_from_string(ask), error)
                                       : NULL;
}

static gboolean
empty_all(VocStore *store, const char *day, GArray *keys, GError **error)
{
    g_autoptr(VocStatement) customers = aliases(store, "customer", day, error);
    g_autoptr(VocStatement) threads = customers ? aliases(store, "thread", day, error) : NULL;
    gboolean good = threads != NULL;
    for (guint i = 0; i < keys->len && good; i++)
        good = empty(store, g_array_index(keys, gint64, i), customers, threads, error);
    return good;
}

gboolean
voc_store_forget_before(VocStore *store, const char *day, guint64 *n, GError **error)
{
    g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(gint64));
    if (!begin(store, error))
        return FALSE;
    gboolean good = collect(store, "SELECT key FROM message WHERE day < ?1 AND NOT emptied",
                            voc_slice_from_string(day), keys, error) &&
                    empty_all(store, day, keys, error);
    *n = keys->len;
    return end(store, good, error);
}
