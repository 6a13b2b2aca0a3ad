#include "read/columns.h"

#include "io/json.h"

static void
column_free(gpointer data)
{
    VocColumn *column = data;

    g_free(column->name);
    g_free(column->alias);
    g_free(column->key);
    g_free(column->why);
    g_free(column);
}

VocTable *
voc_table_new(const VocNames *names, const VocSlice *columns, gsize n)
{
    VocTable *table = g_new0(VocTable, 1);

    table->names = names;
    table->columns = g_ptr_array_new_with_free_func(column_free);
    for (gsize i = 0; i < n; i++)
        voc_table_add_column(table, columns[i]);
    for (int role = 0; role < VOC_N_ROLES; role++)
        table->at[role] = -1;
    return table;
}

void
voc_table_free(VocTable *table)
{
    if (!table)
        return;
    voc_date_orders_free(table->orders);
    g_ptr_array_unref(table->columns);
    g_free(table);
}

static gboolean
has_name(const VocTable *table, const char *name)
{
    for (guint i = 0; i < table->columns->len; i++)
        if (strcmp(voc_table_column(table, i)->name, name) == 0)
            return TRUE;
    return FALSE;
}

guint
voc_table_add_column(VocTable *table, VocSlice name)
{
    VocColumn *column = g_new0(VocColumn, 1);
    g_auto(VocBuffer) key = VOC_BUFFER_INIT;
    VocSlice given = voc_slice_strip(name);

    column->name = given.len ? g_utf8_make_valid(given.data, (gssize)given.len)
                             : g_strdup_printf("column %u", table->columns->len + 1);
    /* Two columns of one name would be one key of `fields`. */
    for (int copy = 2; has_name(table, column->name); copy++) {
        g_free(column->name);
        column->name = g_strdup_printf("%.*s (%d)", (int)given.len, given.data ? given.data : "", copy);
    }
    voc_json_add_string(&key, voc_slice_from_string(column->name));
    voc_buffer_add_char(&key, ':');
    column->key = g_strdup(voc_buffer_string(&key));
    column->key_len = key.len;
    g_ptr_array_add(table->columns, column);
    return table->columns->len - 1;
}

void
voc_table_look(VocTable *table, const VocSlice *cells, gsize n)
{
    table->n_rows++;
    for (guint i = 0; i < table->columns->len; i++)
        voc_profile_add(&voc_table_column(table, i)->profile, table->names,
                        i < n ? cells[i] : VOC_SLICE_NONE);
}

gboolean
voc_table_has_header(const VocNames *names, const VocSlice *first, gsize n)
{
    gsize data = 0, empty = 0;

    for (gsize i = 0; i < n; i++) {
        g_autofree char *folded = voc_names_fold(first[i]);
        g_autoptr(GArray) hits = voc_names_match(names, folded);
        double number;
        VocDate date;

        if (hits->len && g_array_index(hits, VocNameHit, 0).match == VOC_NAME_IS)
            return TRUE;
        empty += !first[i].len;
        data += voc_rating_parse(first[i], &number) || voc_date_parse(first[i], VOC_DATE_AUTO, &date) ||
                first[i].len > 200;
    }
    return data == 0 && empty < n;
}

gboolean
voc_table_wants_dates(const VocTable *table)
{
    int i = table->at[VOC_ROLE_TIME];
    const VocDateEvidence *dates;

    if (i < 0 || table->order_given)
        return FALSE;
    dates = &voc_table_column(table, (guint)i)->profile.dates;
    return dates->dmy + dates->mdy + dates->either > dates->dots;
}

void
voc_table_take_dates(VocTable *table, VocDateOrders *orders)
{
    table->order =
        voc_date_evidence_order(voc_date_orders_evidence(orders), &table->order_sure, &table->order_why);
    voc_date_orders_free(table->orders);
    table->orders = orders;
}
