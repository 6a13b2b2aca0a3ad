#include "read/table.h"

static void
explain_rating(const VocColumn *column, VocBuffer *out)
{
    voc_buffer_add_literal(out, "; worst ");
    voc_buffer_add_number(out, column->scale.worst, 2);
    voc_buffer_add_literal(out, ", best ");
    voc_buffer_add_number(out, column->scale.best, 2);
    voc_buffer_add_printf(out, "  (--scale %s=WORST..BEST)", voc_role_name(column->role));
}

/* Runs of rows whose dates have another order than most. */
static void
explain_orders(const VocTable *table, VocBuffer *out)
{
    guint n = table->orders ? voc_date_orders_runs(table->orders) : 0;

    for (guint i = 0; n > 1 && i < MIN(n, 20); i++) {
        VocDateRun run = voc_date_orders_run(table->orders, i);

        voc_buffer_add_printf(out, "             %s from row %" G_GUINT64_FORMAT,
                              voc_date_order_name(run.order), MAX(run.first, 1));
        if (run.last != G_MAXUINT64)
            voc_buffer_add_printf(out, " to row %" G_GUINT64_FORMAT, run.last);
        voc_buffer_add_char(out, '\n');
    }
}

/* Pads what was written since `start` to `width` characters. */
static void
pad(VocBuffer *out, gsize start, glong width)
{
    for (glong n = g_utf8_strlen(out->data + start, (gssize)(out->len - start)); n < width; n++)
        voc_buffer_add_char(out, ' ');
    voc_buffer_add_char(out, ' ');
}

static void
explain_column(const VocTable *table, guint i, VocBuffer *out)
{
    const VocColumn *column = voc_table_column(table, i);
    const VocProfile *profile = &column->profile;
    gsize start;

    voc_buffer_add_printf(out, "    %3u ", i + 1);
    start = out->len;
    voc_buffer_add_string(out, column->name);
    pad(out, start, 28);
    start = out->len;
    voc_buffer_add_string(out, column->role == VOC_ROLE_FIELD ? "(fields)" : voc_role_name(column->role));
    pad(out, start, 10);
    if (column->why)
        voc_buffer_add_string(out, column->why);
    if (voc_role_is_rating(column->role))
        explain_rating(column, out);
    if (column->role == VOC_ROLE_TIME && profile->n)
        voc_buffer_add_printf(out, "; %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT " are dates",
                              profile->dates.n, profile->n);
    voc_buffer_add_char(out, '\n');
}

void
voc_table_explain(const VocTable *table, const char *zone, VocBuffer *out)
{
    if (table->preset)
        voc_buffer_add_printf(out, "  tool       %s: its names of columns\n", voc_preset_tool(table->preset));
    if (table->channel)
        voc_buffer_add_printf(out, "  channel    %s: %s  (--channel NAME)\n", table->channel,
                              table->channel_why);
    if (table->at[VOC_ROLE_TIME] >= 0) {
        voc_buffer_add_printf(out, "  dates      %s%s: %s  (--date-order dmy|mdy|ymd)\n",
                              voc_date_order_name(table->order), table->order_sure ? "" : ", uncertain",
                              table->order_why);
        explain_orders(table, out);
        voc_buffer_add_printf(out, "  time zone  %s for times that have none  (--timezone ZONE)\n", zone);
    }
    voc_buffer_add_printf(
        out, "  columns    told from %" G_GUINT64_FORMAT " rows  (--map FIELD=COLUMN; FIELD= for none)\n",
        table->n_rows);
    for (guint i = 0; i < table->columns->len; i++)
        explain_column(table, i, out);
    if (!table->n_texts)
        voc_buffer_add_string(out, "  no column has the text; say which: --map text=COLUMN\n");
    if (table->n_texts > 1)
        voc_buffer_add_printf(out,
                              "  %u columns have text: a row gives a message for each, and is their thread\n",
                              table->n_texts);
}
