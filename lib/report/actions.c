#include "report/actions.h"

#include "base/calendar.h"
#include "io/csv.h"

typedef struct Reading {
    const char *path;
    GPtrArray *actions;
    GError **error;
} Reading;

static void
free_action(gpointer data)
{
    VocAction *action = data;
    g_free(action->theme);
    g_free(action->what);
    g_free(action);
}

/* 2026-11-02 or 2.11.2026; VOC_DAY_NONE for anything else. */
static gint32
day_of(VocSlice cell)
{
    gint32 day = voc_day_parse(cell, NULL);
    if (day != VOC_DAY_NONE || cell.len > 10)
        return day;
    g_autofree char *text = voc_slice_dup(cell);
    g_auto(GStrv) parts = g_strsplit(text, ".", 4);
    guint64 number[3];
    if (g_strv_length(parts) != 3)
        return VOC_DAY_NONE;
    for (int i = 0; i < 3; i++)
        if (!g_ascii_string_to_unsigned(parts[i], 10, 1, 9999, &number[i], NULL))
            return VOC_DAY_NONE;
    g_autofree char *iso = g_strdup_printf("%04d-%02d-%02d", (int)number[2], (int)number[1], (int)number[0]);
    return voc_day_parse(voc_slice_from_string(iso), NULL);
}

static gboolean
on_row(const VocCsvRow *row, gpointer data)
{
    Reading *reading = data;
    VocSlice bom = VOC_SLICE("\xef\xbb\xbf"), date = row->cells[0];
    if (voc_slice_starts_with(date, bom))
        date = voc_slice_of(date.data + bom.len, date.len - bom.len);
    gint32 day = day_of(voc_slice_strip(date));
    if (day == VOC_DAY_NONE && row->row == 1)
        return TRUE;
    if (day == VOC_DAY_NONE || row->n_cells < 2 || row->cells[1].len == 0) {
        g_set_error(reading->error, VOC_ERROR, VOC_ERROR_USAGE, "%s:%" G_GUINT64_FORMAT ": %s", reading->path,
                    row->line,
                    day == VOC_DAY_NONE ? "no date (2026-11-02 or 2.11.2026) in the first column"
                                        : "no theme in the second column");
        return FALSE;
    }
    VocAction *action = g_new0(VocAction, 1);
    action->day = day;
    action->theme = voc_slice_dup(voc_slice_strip(row->cells[1]));
    action->what = voc_slice_dup(row->n_cells > 2 ? voc_slice_strip(row->cells[2]) : VOC_SLICE_NONE);
    g_ptr_array_add(reading->actions, action);
    return TRUE;
}

static int
by_day(gconstpointer a, gconstpointer b)
{
    const VocAction *x = *(const VocAction *const *)a, *y = *(const VocAction *const *)b;
    return x->day != y->day ? (x->day < y->day ? -1 : 1) : strcmp(x->theme, y->theme);
}

GPtrArray *
voc_actions_read(const char *path, GError **error)
{
    g_autofree char *text = NULL;
    g_autoptr(GError) problem = NULL;
    gsize len;
    if (!g_file_get_contents(path, &text, &len, &problem)) {
        g_set_error_literal(error, VOC_ERROR, VOC_ERROR_USAGE, problem->message);
        return NULL;
    }
    if (!g_utf8_validate(text, (gssize)len, NULL)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "%s: not UTF-8", path);
        return NULL;
    }
    g_autoptr(GPtrArray) actions = g_ptr_array_new_with_free_func(free_action);
    Reading reading = {path, actions, error};
    VocCsvHandler handler = {on_row, NULL, &reading};
    VocCsvGuess guess = voc_csv_guess(voc_slice_of(text, len), TRUE);
    g_autoptr(VocCsv) csv = voc_csv_new(&guess.options, &handler);
    if (!voc_csv_feed(csv, voc_slice_of(text + guess.skip_bytes, len - guess.skip_bytes)) ||
        !voc_csv_finish(csv))
        return NULL;
    g_ptr_array_sort(actions, by_day);
    return g_steal_pointer(&actions);
}
