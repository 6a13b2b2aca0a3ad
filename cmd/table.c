#include "table.h"

#include "terminal.h"
#include "text/width.h"

void
voc_table_init(VocTable *table)
{
    *table = (VocTable){.cells = g_ptr_array_new_with_free_func(g_free)};
}

void
voc_table_clear(VocTable *table)
{
    g_clear_pointer(&table->cells, g_ptr_array_unref);
}

void
voc_table_column(VocTable *table, const char *name, VocAlign align)
{
    g_return_if_fail(table->n_columns < VOC_TABLE_COLUMNS);
    table->align[table->n_columns++] = align;
    voc_table_text(table, voc_slice_from_string(name));
}

void
voc_table_columns(VocTable *table, const char *names)
{
    g_auto(GStrv) all = g_strsplit(names, " ", -1);
    for (char **name = all; *name; name++) {
        gboolean right = **name == '>';
        voc_table_column(table, *name + right, right ? VOC_ALIGN_RIGHT : VOC_ALIGN_LEFT);
    }
}

void
voc_table_text(VocTable *table, VocSlice text)
{
    VocBuffer plain = VOC_BUFFER_INIT;
    voc_text_add_plain(&plain, text);
    g_ptr_array_add(table->cells, g_strdup(voc_buffer_string(&plain)));
    voc_buffer_clear(&plain);
}

void
voc_table_number(VocTable *table, double number, int decimals)
{
    VocBuffer digits = VOC_BUFFER_INIT;
    voc_buffer_add_number(&digits, number, decimals);
    g_ptr_array_add(table->cells, g_strdup(voc_buffer_string(&digits)));
    voc_buffer_clear(&digits);
}

static gboolean
write_columns(const VocTable *table, VocProgram *program, GError **error)
{
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    g_auto(VocColumns) columns = {0};
    voc_columns_init(&columns, (int)table->n_columns, table->align);
    for (guint at = 0; at < table->cells->len; at += table->n_columns)
        voc_columns_add(&columns, (const char *const *)table->cells->pdata + at);
    voc_columns_write(&columns, voc_terminal_width(program), &out);
    return voc_output_write(program->out, voc_buffer_slice(&out), error);
}

gboolean
voc_table_write(const VocTable *table, VocProgram *program, GError **error)
{
    if (program->terminal)
        return write_columns(table, program, error);
    g_auto(VocBuffer) out = VOC_BUFFER_INIT;
    for (guint at = 0; at < table->cells->len; at++) {
        voc_buffer_add_string(&out, g_ptr_array_index(table->cells, at));
        voc_buffer_add_char(&out, (at + 1) % table->n_columns ? '\t' : '\n');
    }
    return voc_output_write(program->out, voc_buffer_slice(&out), error);
}

void
voc_table_tell_lost(VocProgram *program, const VocTerms *terms)
{
    guint32 lost = voc_terms_lost(terms);
    if (lost)
        voc_program_say(program, _("more than %u different terms: counts may be too low by %u"),
                        VOC_TERMS_MAX, lost);
}
