#include "source.h"

/* Neighbours that are no stores are read together, as voc read would. */
typedef struct Part {
    VocReader *reader;
    VocStore *store;
    VocStoreReader *records;
} Part;

struct VocOperands {
    GArray *parts;
    guint at;
};

static void
part_clear(gpointer data)
{
    Part *part = data;
    voc_reader_free(part->reader);
    voc_store_reader_free(part->records);
    voc_store_free(part->store);
}

static gboolean
add_store(VocOperands *operands, const char *path, GError **error)
{
    Part part = {.store = voc_store_open_to_read(path, error)};
    if (!part.store)
        return FALSE;
    part.records = voc_store_reader_new(part.store, error);
    g_array_append_val(operands->parts, part);
    return part.records != NULL;
}

static gboolean
add_exports(VocOperands *operands, VocProgram *program, const VocReadOptions *options, char **paths, guint n,
            GError **error)
{
    g_autoptr(GPtrArray) some = g_ptr_array_new();
    for (guint i = 0; i < n; i++)
        g_ptr_array_add(some, paths[i]);
    g_ptr_array_add(some, NULL);
    Part part = {.reader = voc_reading_open(program, options, (char **)some->pdata, error)};
    if (part.reader)
        g_array_append_val(operands->parts, part);
    return part.reader != NULL;
}

VocOperands *
voc_operands_open(VocProgram *program, const VocReadOptions *options, char **paths, GError **error)
{
    g_autoptr(VocOperands) operands = g_new0(VocOperands, 1);
    operands->parts = g_array_new(FALSE, TRUE, sizeof(Part));
    g_array_set_clear_func(operands->parts, part_clear);
    if (!paths[0] && !add_exports(operands, program, options, paths, 0, error))
        return NULL;
    while (*paths) {
        guint n = 0;
        while (paths[n] && !voc_store_is(paths[n]))
            n++;
        if (n ? !add_exports(operands, program, options, paths, n, error)
              : !add_store(operands, *paths, error))
            return NULL;
        paths += MAX(n, 1);
    }
    return g_steal_pointer(&operands);
}

void
voc_operands_free(VocOperands *operands)
{
    if (!operands)
        return;
    g_array_unref(operands->parts);
    g_free(operands);
}

static gboolean
next(void *data, VocBlock *block)
{
    VocOperands *operands = data;
    for (; operands->at < operands->parts->len; operands->at++) {
        const Part *part = &g_array_index(operands->parts, Part, operands->at);
        if (part->store ? voc_store_reader_next(part->records, block) : voc_reader_next(part->reader, block))
            return TRUE;
    }
    return FALSE;
}

VocSource
voc_operands_source(VocOperands *operands)
{
    return (VocSource){next, operands};
}

void
voc_operands_progress(const VocProgram *program, VocOperands *operands)
{
    const Part *first = operands->parts->len == 1 ? &g_array_index(operands->parts, Part, 0) : NULL;
    if (first && first->reader)
        voc_reading_progress(program, first->reader);
}

static gboolean
store_next(void *reader, VocBlock *block)
{
    return voc_store_reader_next(reader, block);
}

VocSource
voc_store_source(VocStoreReader *reader)
{
    return (VocSource){store_next, reader};
}
