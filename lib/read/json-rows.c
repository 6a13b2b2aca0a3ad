#include "read/json-rows.h"

#define MAX_COLUMNS 1024 /* further keys go to `fields` without being looked at */
#define MAX_NESTING 4    /* objects deeper than this are a value */

struct VocJsonRows {
    VocReading *reading;
    VocTable *table;
    VocRows *rows;
    GHashTable *columns; /* path -> index + 1 */
    VocArena arena;
    GString *path;
    VocSlice *cells, *raws; /* by column */
    gsize room;
    VocBuffer extra, reason;
    guint64 n;
};

VocJsonRows *
voc_json_rows_new(VocReading *reading)
{
    VocJsonRows *rows = g_new0(VocJsonRows, 1);

    rows->reading = reading;
    rows->table = voc_table_new(reading->names, NULL, 0);
    rows->columns = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    rows->path = g_string_new(NULL);
    voc_arena_init(&rows->arena, 0);
    return rows;
}

void
voc_json_rows_free(VocJsonRows *rows)
{
    if (!rows)
        return;
    voc_rows_free(rows->rows);
    voc_table_free(rows->table);
    g_hash_table_destroy(rows->columns);
    g_string_free(rows->path, TRUE);
    voc_arena_clear(&rows->arena);
    voc_buffer_clear(&rows->extra);
    voc_buffer_clear(&rows->reason);
    g_free(rows->cells);
    g_free(rows->raws);
    g_free(rows);
}

const VocTable *
voc_json_rows_table(const VocJsonRows *rows)
{
    return rows->table;
}

static void
write_json(const VocJson *json, VocBuffer *out)
{
    static const char *const words[] = {
        [VOC_JSON_NULL] = "null", [VOC_JSON_FALSE] = "false", [VOC_JSON_TRUE] = "true"};
    gboolean object = json->type == VOC_JSON_OBJECT;

    switch (json->type) {
    case VOC_JSON_NUMBER:
        voc_buffer_add_slice(out, json->text);
        break;
    case VOC_JSON_STRING:
        voc_json_add_string(out, json->text);
        break;
    case VOC_JSON_ARRAY:
    case VOC_JSON_OBJECT:
        voc_buffer_add_char(out, object ? '{' : '[');
        for (const VocJson *child = json->first; child; child = child->next) {
            if (child != json->first)
                voc_buffer_add_char(out, ',');
            if (object) {
                voc_json_add_string(out, child->key);
                voc_buffer_add_char(out, ':');
            }
            write_json(child, out);
        }
        voc_buffer_add_char(out, object ? '}' : ']');
        break;
    default:
        voc_buffer_add_string(out, words[json->type]);
    }
}

static VocSlice
json_of(VocJsonRows *rows, const VocJson *value)
{
    g_auto(VocBuffer) text = VOC_BUFFER_INIT;

    write_json(value, &text);
    return voc_arena_copy(&rows->arena, voc_buffer_slice(&text));
}

/* The text of a value; an array's items a line each. */
static VocSlice
text_of(VocJsonRows *rows, const VocJson *value)
{
    g_auto(VocBuffer) lines = VOC_BUFFER_INIT;

    switch (value->type) {
    case VOC_JSON_STRING:
    case VOC_JSON_NUMBER:
        return value->text;
    case VOC_JSON_TRUE:
        return VOC_SLICE("true");
    case VOC_JSON_FALSE:
        return VOC_SLICE("false");
    case VOC_JSON_ARRAY:
        for (const VocJson *item = value->first; item; item = item->next) {
            if (item->type != VOC_JSON_STRING && item->type != VOC_JSON_NUMBER)
                return json_of(rows, value);
            voc_buffer_add_slice(&lines, item->text);
            voc_buffer_add_char(&lines, '\n');
        }
        return voc_arena_copy(&rows->arena, voc_buffer_slice(&lines));
    case VOC_JSON_OBJECT:
        return json_of(rows, value);
    default:
        return VOC_SLICE_NONE;
    }
}

static void
make_room(VocJsonRows *rows)
{
    gsize n = rows->table->columns->len;

    if (n > rows->room) {
        rows->room = n * 2;
        rows->cells = g_renew(VocSlice, rows->cells, rows->room);
        rows->raws = g_renew(VocSlice, rows->raws, rows->room);
    }
}

/* The column of the path, made if it is new and there is still time; -1 when it has none. */
static int
column_of(VocJsonRows *rows)
{
    guint at = GPOINTER_TO_UINT(g_hash_table_lookup(rows->columns, rows->path->str));

    if (at || rows->rows || rows->table->columns->len >= MAX_COLUMNS)
        return (int)at - 1;
    at = voc_table_add_column(rows->table, voc_slice_of(rows->path->str, rows->path->len));
    g_hash_table_insert(rows->columns, g_strdup(rows->path->str), GUINT_TO_POINTER(at + 1));
    make_room(rows);
    rows->cells[at] = rows->raws[at] = VOC_SLICE_NONE;
    return (int)at;
}

/* Whether the column's value may be wanted as it was written. */
static gboolean
goes_to_fields(const VocColumn *column)
{
    return column->role == VOC_ROLE_FIELD || column->role == VOC_ROLE_FLAG || column->role == VOC_ROLE_ROLE ||
           voc_role_is_rating(column->role);
}

static void
take_value(VocJsonRows *rows, const VocJson *value)
{
    int at = column_of(rows);

    if (at >= 0) {
        rows->cells[at] = text_of(rows, value);
        if (rows->rows && goes_to_fields(voc_table_column(rows->table, (guint)at)))
            rows->raws[at] = json_of(rows, value);
    } else if (rows->rows) {
        if (rows->extra.len)
            voc_buffer_add_char(&rows->extra, ',');
        voc_json_add_string(&rows->extra, voc_slice_of(rows->path->str, rows->path->len));
        voc_buffer_add_char(&rows->extra, ':');
        write_json(value, &rows->extra);
    }
}

static void
take_object(VocJsonRows *rows, const VocJson *object, int nesting)
{
    gsize len = rows->path->len;

    for (const VocJson *child = object->first; child; child = child->next) {
        if (len)
            g_string_append_c(rows->path, '.');
        g_string_append_len(rows->path, child->key.data, (gssize)child->key.len);
        if (child->type == VOC_JSON_OBJECT && child->first && nesting < MAX_NESTING)
            take_object(rows, child, nesting + 1);
        else
            take_value(rows, child);
        g_string_truncate(rows->path, len);
    }
}

/* Spreads the object over the columns; FALSE and an error when it is none. */
static gboolean
spread(VocJsonRows *rows, VocSlice text, GError **error)
{
    const VocJson *object;

    voc_arena_reset(&rows->arena);
    voc_buffer_reset(&rows->extra);
    for (guint i = 0; i < rows->table->columns->len; i++)
        rows->cells[i] = rows->raws[i] = VOC_SLICE_NONE;
    object = voc_json_parse(rows->reading->json, text, &rows->arena, error);
    if (!object)
        return FALSE;
    if (object->type != VOC_JSON_OBJECT) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "not a JSON object");
        return FALSE;
    }
    take_object(rows, object, 0);
    return TRUE;
}

void
voc_json_rows_look(VocJsonRows *rows, VocSlice text)
{
    if (spread(rows, text, NULL))
        voc_table_look(rows->table, rows->cells, rows->table->columns->len);
}

/* A key that only one path ends with is as good a name as the path. */
static void
set_aliases(VocTable *table)
{
    for (guint i = 0; i < table->columns->len; i++) {
        VocColumn *column = voc_table_column(table, i);
        const char *dot = strrchr(column->name, '.');
        gboolean alone = dot != NULL;

        for (guint k = 0; alone && k < table->columns->len; k++) {
            const char *other = voc_table_column(table, k)->name, *last = strrchr(other, '.');
            alone = k == i || strcmp(last ? last + 1 : other, dot + 1) != 0;
        }
        if (alone)
            column->alias = g_strdup(dot + 1);
    }
}

gboolean
voc_json_rows_decide(VocJsonRows *rows, GError **error)
{
    VocReading *reading = rows->reading;

    set_aliases(rows->table);
    if (!voc_table_decide(rows->table, reading->options, error))
        return FALSE;
    rows->rows =
        voc_rows_new(rows->table, reading->zone, reading->identity, voc_export_path(reading->export));
    if (!rows->table->n_texts)
        voc_reading_note(reading, "no key has the text; voc read --explain tells what there is");
    return TRUE;
}

void
voc_json_rows_add(VocJsonRows *rows, VocSlice text, guint64 line)
{
    g_autoptr(GError) error = NULL;
    VocRow row = {.row = ++rows->n, .line = line};

    if (!spread(rows, text, &error)) {
        voc_reading_reject(rows->reading, line, text, "object %" G_GUINT64_FORMAT ": %s", rows->n,
                           error->message);
        return;
    }
    row.cells = rows->cells;
    row.raws = rows->raws;
    row.n = rows->table->columns->len;
    row.fields = voc_buffer_slice(&rows->extra);
    if (!voc_rows_add(rows->rows, &row, rows->reading->out, &rows->reason))
        voc_reading_reject(rows->reading, line, text, "%s", voc_buffer_string(&rows->reason));
}
