/* Records out of the store. */
#include "store/store.h"

#define BLOCK ((gsize)256 * 1024)

struct VocStoreReader {
    VocStatement *statement;
    char *bound[2]; /* what the statement's parameters point to */
    const char *file;
    guint64 line;
    GError *pending; /* a failure, told once what was read has been given */
    gboolean done;
};

static VocStoreReader *
reader_new(VocStore *store, const char *question, GError **error)
{
    VocStatement *statement = voc_sql_prepare(voc_store_sql(store), voc_slice_from_string(question), error);
    if (!statement)
        return NULL;
    VocStoreReader *reader = g_new0(VocStoreReader, 1);
    reader->statement = statement;
    reader->file = g_intern_string(voc_sql_path(voc_store_sql(store)));
    reader->line = 1;
    return reader;
}

VocStoreReader *
voc_store_reader_new(VocStore *store, GError **error)
{
    return reader_new(store, "SELECT json FROM record ORDER BY message", error);
}

VocStoreReader *
voc_store_reader_new_days(VocStore *store, const char *first, const char *last, GError **error)
{
    VocStoreReader *reader = reader_new(store,
                                        "SELECT r.json FROM message m JOIN record r ON r.message = m.key"
                                        " WHERE m.day BETWEEN ?1 AND ?2 ORDER BY m.key",
                                        error);
    if (!reader)
        return NULL;
    reader->bound[0] = g_strdup(first);
    reader->bound[1] = g_strdup(last);
    for (int i = 0; i < 2; i++)
        voc_statement_bind_text(reader->statement, i + 1, voc_slice_from_string(reader->bound[i]));
    return reader;
}

VocStoreReader *
voc_store_reader_new_last(VocStore *store, guint n, GError **error)
{
    VocStoreReader *reader = reader_new(store,
                                        "SELECT json FROM (SELECT message, json FROM record"
                                        " ORDER BY message DESC LIMIT ?1) ORDER BY message",
                                        error);
    if (reader)
        voc_statement_bind_int(reader->statement, 1, n);
    return reader;
}

VocStoreReader *
voc_store_reader_new_behind(VocStore *store, gint64 key, GError **error)
{
    VocStoreReader *reader =
        reader_new(store, "SELECT json FROM record WHERE message > ?1 ORDER BY message", error);
    if (reader)
        voc_statement_bind_int(reader->statement, 1, key);
    return reader;
}

gint64
voc_store_last_key(VocStore *store)
{
    return voc_sql_ask_int(voc_store_sql(store), "SELECT max(message) FROM record", 0);
}

void
voc_store_reader_free(VocStoreReader *reader)
{
    if (!reader)
        return;
    voc_statement_free(reader->statement);
    g_free(reader->bound[0]);
    g_free(reader->bound[1]);
    g_clear_error(&reader->pending);
    g_free(reader);
}

gboolean
voc_store_reader_next(VocStoreReader *reader, VocBlock *block)
{
    voc_buffer_reset(&block->data);
    g_clear_error(&block->error);
    block->kind = VOC_BLOCK_LINES;
    block->file = reader->file;
    block->first_line = reader->line;
    block->n_lines = 0;
    while (!reader->done && block->data.len < BLOCK) {
        int got = voc_statement_step(reader->statement, &reader->pending);
        reader->done = got <= 0;
        if (got > 0) {
            voc_buffer_add_slice(&block->data, voc_statement_text(reader->statement, 0));
            voc_buffer_add_char(&block->data, '\n');
            reader->line++;
            block->n_lines++;
        }
    }
    if (!block->data.len)
        block->error = g_steal_pointer(&reader->pending);
    block->kind = block->error ? VOC_BLOCK_ERROR : VOC_BLOCK_LINES;
    memset(voc_buffer_reserve(&block->data, VOC_PADDING), 0, VOC_PADDING);
    return block->data.len > 0 || block->error;
}
