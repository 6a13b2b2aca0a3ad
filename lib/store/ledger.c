#include "store/ledger.h"

#include "store/parts.h"

GHashTable *
voc_ledger_files(VocStore *store, GError **error)
{
    VocStatement *statement = voc_store_do(store, VOC_DO_LIST_READING, error);
    if (!statement)
        return NULL;
    GHashTable *files = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    int got;
    while ((got = voc_statement_step(statement, error)) > 0) {
        VocReadFile *file = g_new(VocReadFile, 1);
        *file = (VocReadFile){voc_statement_int(statement, 1), voc_statement_int(statement, 2),
                              voc_statement_int(statement, 3), voc_statement_int(statement, 4)};
        g_hash_table_insert(files, voc_slice_dup(voc_statement_text(statement, 0)), file);
    }
    voc_statement_reset(statement);
    if (got < 0)
        g_clear_pointer(&files, g_hash_table_unref);
    return files;
}

gboolean
voc_ledger_keep(VocStore *store, const char *path, const VocReadFile *file, GError **error)
{
    VocStatement *statement = voc_store_do(store, VOC_DO_PUT_READING, error);
    if (!statement)
        return FALSE;
    const gint64 values[] = {file->size, file->mtime, file->inode, file->rejected};
    voc_statement_bind_text(statement, 1, voc_slice_from_string(path));
    for (int i = 0; i < (int)G_N_ELEMENTS(values); i++)
        voc_statement_bind_int(statement, i + 2, values[i]);
    return voc_statement_run(statement, error);
}

/* The first cell of the statement's first row; free it. NULL when there is none. */
static char *
first_text(VocStatement *statement, GError **error)
{
    int got = voc_statement_step(statement, error);
    char *text = NULL;
    if (got > 0 && voc_statement_type(statement, 0) != VOC_CELL_NULL)
        text = voc_slice_dup(voc_statement_text(statement, 0));
    voc_statement_reset(statement);
    return text;
}

char *
voc_ledger_get(VocStore *store, const char *name, GError **error)
{
    VocStatement *statement = voc_store_do(store, VOC_DO_GET_SETTING, error);
    if (!statement)
        return NULL;
    voc_statement_bind_text(statement, 1, voc_slice_from_string(name));
    return first_text(statement, error);
}

gboolean
voc_ledger_set(VocStore *store, const char *name, const char *value, GError **error)
{
    VocStatement *statement = voc_store_do(store, VOC_DO_PUT_SETTING, error);
    if (!statement)
        return FALSE;
    voc_statement_bind_text(statement, 1, voc_slice_from_string(name));
    voc_statement_bind_text(statement, 2, voc_slice_from_string(value));
    return voc_statement_run(statement, error);
}

char *
voc_ledger_first_touched(VocStore *store, GError **error)
{
    VocStatement *statement = voc_store_do(store, VOC_DO_FIRST_TOUCHED, error);
    return statement ? first_text(statement, error) : NULL;
}

gboolean
voc_ledger_settle(VocStore *store, const char *day, GError **error)
{
    VocStatement *statement = voc_store_do(store, VOC_DO_SETTLE, error);
    if (!statement)
        return FALSE;
    voc_statement_bind_text(statement, 1, voc_slice_from_string(day));
    return voc_statement_run(statement, error);
}
