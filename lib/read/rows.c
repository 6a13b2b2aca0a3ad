#include "read/rows.h"

#include <math.h>

#include "io/json.h"

#define OWN_IS_UNIQUE 8 /* characters of a thread's key that stand for themselves, as of an id */

struct VocRows {
    VocTable *table;
    VocZone *zone;
    VocIdentity *identity;
    char *source;
    const char *name; /* of the export */
    const char *role; /* of messages that have no column for it; NULL: none */
    VocSlice *parts;  /* by column: what tells a row without an id from others */
    VocBuffer id, row_id, where, time, thread, fields, tags;
    guint64 n;
};

VocRows *
voc_rows_new(VocTable *table, VocZone *zone, VocIdentity *identity, const char *source)
{
    static const char *const by_customers[] = {"survey", "review", "social", NULL};
    VocRows *rows = g_new0(VocRows, 1);

    rows->table = table;
    rows->zone = zone;
    rows->identity = identity;
    rows->source = g_strdup(source);
    rows->name = voc_identity_name(identity);
    rows->parts = g_new(VocSlice, table->columns->len + 1);
    if (table->channel && g_strv_contains(by_customers, table->channel))
        rows->role = "customer";
    return rows;
}

void
voc_rows_free(VocRows *rows)
{
    if (!rows)
        return;
    voc_buffer_clear(&rows->id);
    voc_buffer_clear(&rows->row_id);
    voc_buffer_clear(&rows->where);
    voc_buffer_clear(&rows->time);
    voc_buffer_clear(&rows->thread);
    voc_buffer_clear(&rows->fields);
    voc_buffer_clear(&rows->tags);
    g_free(rows->parts);
    g_free(rows->source);
    g_free(rows);
}

guint64
voc_rows_count(const VocRows *rows)
{
    return rows->n;
}

static VocSlice
cell_at(const VocRow *row, int i)
{
    return i >= 0 && (gsize)i < row->n ? row->cells[i] : VOC_SLICE_NONE;
}

static VocSlice
cell_of(const VocRows *rows, const VocRow *row, VocRole role)
{
    VocSlice cell = voc_slice_strip(cell_at(row, rows->table->at[role]));

    return voc_names_is_missing(rows->table->names, cell) ? VOC_SLICE_NONE : cell;
}

static gboolean
fail(const VocRows *rows, const VocRow *row, int column, VocSlice cell, const char *what, VocBuffer *reason)
{
    voc_buffer_add_printf(reason, "row %" G_GUINT64_FORMAT ", column '%s' (%d): '%.*s' %s", row->row,
                          voc_table_column(rows->table, (guint)column)->name, column + 1,
                          (int)MIN(cell.len, 40), cell.data, what);
    return FALSE;
}

static gboolean
read_time(VocRows *rows, const VocRow *row, VocBuffer *reason)
{
    VocTable *table = rows->table;
    VocSlice day = cell_of(rows, row, VOC_ROLE_TIME), clock = cell_of(rows, row, VOC_ROLE_CLOCK);
    VocDateOrder order;
    VocDate date;

    voc_buffer_reset(&rows->time);
    if (!day.len)
        return TRUE;
    order = table->orders ? voc_date_orders_at(table->orders, row->row, table->order) : table->order;
    /* A date that can be read but one way is read so, whatever its neighbours do. */
    if (!voc_date_parse(day, order, &date) &&
        (table->order_given || !voc_date_parse(day, VOC_DATE_AUTO, &date)))
        return fail(rows, row, table->at[VOC_ROLE_TIME], day, "is no date", reason);
    if (clock.len && !voc_time_parse(clock, &date))
        return fail(rows, row, table->at[VOC_ROLE_CLOCK], clock, "is no time of day", reason);
    voc_date_add(&rows->time, &date, rows->zone);
    return TRUE;
}

/* A cell's rating on the record's scale; NaN when it is none of its scale. */
static double
read_rating(const VocRows *rows, const VocColumn *column, VocSlice cell)
{
    VocRatingKey key = (VocRatingKey)(column->role - VOC_ROLE_NPS);
    double low = MIN(column->scale.worst, column->scale.best),
           high = MAX(column->scale.worst, column->scale.best);
    double worst = voc_rating_key_worst(key), best = voc_rating_key_best(key), number;

    if (!voc_rating_parse(cell, &number)) {
        number = voc_names_label(rows->table->names, cell);
        if (number == 0)
            return NAN;
        /* A scale in words has its own direction: 5 is best whatever the numbers of the column do. */
        return worst + (number - 1) / 4 * (best - worst);
    }
    if (number < low || number > high)
        return NAN;
    if (!column->own_scale)
        return number;
    return worst +
           (number - column->scale.worst) / (column->scale.best - column->scale.worst) * (best - worst);
}

static void
add_field(VocRows *rows, const VocRow *row, guint i)
{
    const VocColumn *column = voc_table_column(rows->table, i);
    VocBuffer *fields = &rows->fields;

    if (row->raws && (i >= row->n || !row->raws[i].len))
        return;
    if (fields->len > 1)
        voc_buffer_add_char(fields, ',');
    voc_buffer_add(fields, column->key, column->key_len);
    if (row->raws)
        voc_buffer_add_slice(fields, row->raws[i]);
    else
        voc_json_add_string(fields, cell_at(row, (int)i));
}

/* Labels in a cell: between commas, semicolons or bars; the items of a JSON array come a line each. */
static void
add_tags(VocRows *rows, VocSlice cell)
{
    const char *at = cell.data, *end = at + cell.len;
    const char *marks = cell.len && memchr(cell.data, '\n', cell.len) ? "\n" : ",;|";

    while (at < end) {
        const char *stop = at;
        VocSlice tag;

        while (stop < end && !strchr(marks, *stop))
            stop++;
        tag = voc_slice_strip(voc_slice_of(at, (gsize)(stop - at)));
        if (!voc_names_is_missing(rows->table->names, tag))
            voc_list_add_item(&rows->tags, tag);
        at = stop + 1;
    }
}

/* What the columns that go together give: fields, tags, ratings. */
static void
read_columns(VocRows *rows, const VocRow *row, VocMessage *message)
{
    VocTable *table = rows->table;

    voc_list_open(&rows->fields, '{');
    voc_list_open(&rows->tags, '[');
    for (guint i = 0; i < table->columns->len; i++) {
        const VocColumn *column = voc_table_column(table, i);
        VocSlice cell = cell_at(row, (int)i);
        gboolean set;

        if (column->role == VOC_ROLE_FIELD) {
            add_field(rows, row, i);
        } else if (column->role == VOC_ROLE_TAGS) {
            add_tags(rows, cell);
        } else if (column->role == VOC_ROLE_FLAG && cell.len) {
            if (!voc_flag_parse(cell, &set))
                add_field(rows, row, i);
            else if (set)
                voc_list_add_item(&rows->tags, voc_slice_from_string(column->name));
        } else if (voc_role_is_rating(column->role) && !voc_names_is_missing(table->names, cell)) {
            double *rating = &message->rating[column->role - VOC_ROLE_NPS];

            *rating = read_rating(rows, column, cell);
            if (isnan(*rating))
                add_field(rows, row, i);
        }
    }
    if (row->fields.len) {
        if (rows->fields.len > 1)
            voc_buffer_add_char(&rows->fields, ',');
        voc_buffer_add_slice(&rows->fields, row->fields);
    }
    message->tags = voc_list_close(&rows->tags);
}

/* A value of a list, in the record's words; one that is not on the list is kept as it is. */
static VocSlice
read_value(const VocRows *rows, const VocRow *row, VocRole role)
{
    VocSlice cell = cell_of(rows, row, role);
    VocSlice known = cell.len ? voc_names_value(rows->table->names, role, cell) : VOC_SLICE_NONE;

    return known.len ? known : cell;
}

/* Who speaks: a role that the record does not know is kept among the fields. */
static VocSlice
read_role(VocRows *rows, const VocRow *row)
{
    VocSlice cell = cell_of(rows, row, VOC_ROLE_ROLE), known;

    if (!cell.len)
        return voc_slice_from_string(rows->role);
    known = voc_names_value(rows->table->names, VOC_ROLE_ROLE, cell);
    if (!known.len)
        add_field(rows, row, (guint)rows->table->at[VOC_ROLE_ROLE]);
    return known;
}

static void
add_key(const VocRows *rows, VocBuffer *key, VocSlice own)
{
    if (own.len < OWN_IS_UNIQUE) {
        voc_buffer_add_string(key, rows->name);
        voc_buffer_add_char(key, ':');
    }
    voc_buffer_add_slice(key, own);
}

static void
read_ids(VocRows *rows, const VocRow *row, VocMessage *message)
{
    const VocTable *table = rows->table;
    VocSlice own = cell_of(rows, row, VOC_ROLE_ID), thread = cell_of(rows, row, VOC_ROLE_THREAD);

    voc_buffer_reset(&rows->row_id);
    voc_buffer_reset(&rows->thread);
    if (own.len) {
        voc_identity_add_own(rows->identity, own, &rows->row_id);
    } else {
        for (guint i = 0; i < table->columns->len; i++)
            rows->parts[i] = voc_table_column(table, i)->late ? VOC_SLICE_NONE : cell_at(row, (int)i);
        voc_identity_add_hashed(rows->identity, rows->parts, table->columns->len, &rows->row_id);
    }
    if (thread.len)
        add_key(rows, &rows->thread, thread);
    else if (table->n_texts > 1 || table->at[VOC_ROLE_REPLY] >= 0)
        voc_buffer_add_slice(&rows->thread, voc_buffer_slice(&rows->row_id));
    message->thread = voc_buffer_slice(&rows->thread);
    voc_buffer_reset(&rows->where);
    voc_buffer_add_string(&rows->where, rows->source);
    voc_buffer_add_char(&rows->where, ':');
    voc_buffer_add_int(&rows->where, (gint64)row->line);
    message->source = voc_buffer_slice(&rows->where);
}

/* Writes one of the row's messages; `part` is 0 when the row has but one. */
static void
emit(VocRows *rows, VocMessage *message, guint part, VocBuffer *out)
{
    voc_buffer_reset(&rows->id);
    voc_buffer_add_slice(&rows->id, voc_buffer_slice(&rows->row_id));
    if (part) {
        voc_buffer_add_char(&rows->id, '/');
        voc_buffer_add_int(&rows->id, part);
    }
    message->id = voc_buffer_slice(&rows->id);
    voc_message_write(message, out);
    rows->n++;
}

/* Several open questions: which one the text answers is a field of its message. */
static void
emit_answers(VocRows *rows, const VocRow *row, VocMessage *message, VocBuffer *out)
{
    VocTable *table = rows->table;
    gsize common = rows->fields.len;
    guint part = 0, written = 0;

    for (guint i = 0; i < table->columns->len; i++) {
        const VocColumn *column = voc_table_column(table, i);
        VocSlice text = cell_at(row, (int)i);
        gboolean last;

        if (column->role != VOC_ROLE_TEXT)
            continue;
        last = ++part == table->n_texts;
        if (voc_names_is_missing(table->names, text)) {
            if (!last || written)
                continue; /* but a row without any text is still an answer */
            text = VOC_SLICE_NONE;
        } else {
            voc_list_add_field(&rows->fields, VOC_SLICE("question"), voc_slice_from_string(column->name));
        }
        message->fields = voc_list_close(&rows->fields);
        message->text = text;
        message->turn = ++written;
        emit(rows, message, text.len ? part : 1, out);
        rows->fields.len = common;
    }
}

/* What the company answered, as an agent's message behind the customer's. */
static void
emit_reply(VocRows *rows, const VocRow *row, VocMessage *message, VocBuffer *out)
{
    VocSlice reply = cell_of(rows, row, VOC_ROLE_REPLY);

    if (!reply.len)
        return;
    message->role = VOC_SLICE("agent");
    message->author = message->time = message->fields = message->tags = message->subject = message->lang =
        VOC_SLICE_NONE;
    for (int i = 0; i < VOC_N_RATING_KEYS; i++)
        message->rating[i] = NAN;
    message->text = reply;
    message->turn = MAX(message->turn, 1) + 1;
    emit(rows, message, rows->table->n_texts + 1, out);
}

gboolean
voc_rows_add(VocRows *rows, const VocRow *row, VocBuffer *out, VocBuffer *reason)
{
    const VocTable *table = rows->table;
    VocMessage message;
    VocSlice turn;

    voc_buffer_reset(reason);
    if (!read_time(rows, row, reason))
        return FALSE;
    voc_message_init(&message);
    message.time = voc_buffer_slice(&rows->time);
    read_columns(rows, row, &message);
    read_ids(rows, row, &message);
    message.role = read_role(rows, row);
    message.channel = read_value(rows, row, VOC_ROLE_CHANNEL);
    if (!message.channel.len)
        message.channel = voc_slice_from_string(table->channel);
    message.author = cell_of(rows, row, VOC_ROLE_AUTHOR);
    message.customer = cell_of(rows, row, VOC_ROLE_CUSTOMER);
    message.touchpoint = cell_of(rows, row, VOC_ROLE_TOUCHPOINT);
    message.unit = cell_of(rows, row, VOC_ROLE_UNIT);
    message.subject = cell_of(rows, row, VOC_ROLE_SUBJECT);
    message.lang = read_value(rows, row, VOC_ROLE_LANG);
    if ((turn = cell_of(rows, row, VOC_ROLE_TURN)).len) {
        double number;
        message.turn = voc_rating_parse(turn, &number) ? (guint64)number : 0;
    }
    if (table->n_texts > 1) {
        emit_answers(rows, row, &message, out);
    } else {
        gsize common = rows->fields.len;

        for (guint i = 0; i < table->columns->len; i++)
            if (voc_table_column(table, i)->role == VOC_ROLE_TEXT &&
                !voc_names_is_missing(table->names, cell_at(row, (int)i)))
                message.text = cell_at(row, (int)i);
        message.fields = voc_list_close(&rows->fields);
        emit(rows, &message, 0, out);
        rows->fields.len = common;
    }
    emit_reply(rows, row, &message, out);
    return TRUE;
}
