#include "base/tsv.h"

#include <math.h>
#include <stdarg.h>

gboolean
voc_tsv_open(VocTsv *tsv, const char *path, GError **error)
{
    gsize len;
    const char *bad;
    g_autoptr(GError) problem = NULL;
    *tsv = (VocTsv){.path = g_strdup(path)};
    if (!g_file_get_contents(path, &tsv->data, &len, &problem)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s", problem->message);
        return FALSE;
    }
    tsv->next = tsv->data;
    if (!g_utf8_validate_len(tsv->data, len, &bad)) {
        tsv->line = 1;
        for (const char *at = tsv->data; at < bad; at++)
            tsv->line += *at == '\n';
        return voc_tsv_fail(tsv, error, "not UTF-8");
    }
    if (strncmp(tsv->next, "\xEF\xBB\xBF", 3) == 0)
        tsv->next += 3;
    return TRUE;
}

static void
cut_row(VocTsv *tsv, char *row, char *end)
{
    tsv->n = 0;
    memset(tsv->cell, 0, sizeof tsv->cell);
    for (;;) {
        char *tab = memchr(row, '\t', (gsize)(end - row));
        char *stop = tab && tsv->n + 1 < VOC_TSV_COLUMNS ? tab : end;
        tsv->cell[tsv->n++] = voc_slice_strip(voc_slice_of(row, (gsize)(stop - row)));
        if (stop == end)
            return;
        row = stop + 1;
    }
}

gboolean
voc_tsv_next(VocTsv *tsv)
{
    while (tsv->next && *tsv->next) {
        char *row = tsv->next;
        char *end = strchr(row, '\n');
        tsv->next = end ? end + 1 : NULL;
        if (!end)
            end = row + strlen(row);
        tsv->line++;
        if (*row == '#' || voc_slice_strip(voc_slice_of(row, (gsize)(end - row))).len == 0)
            continue;
        cut_row(tsv, row, end);
        return TRUE;
    }
    return FALSE;
}

gboolean
voc_tsv_fail(const VocTsv *tsv, GError **error, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    g_autofree char *text = g_strdup_vprintf(format, args);
    va_end(args);
    g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s:%u: %s", tsv->path, tsv->line, text);
    return FALSE;
}

gboolean
voc_tsv_number(const VocTsv *tsv, guint cell, double *number)
{
    VocSlice text = tsv->cell[cell];
    g_autofree char *copy = voc_slice_dup(text);
    char *end;
    *number = g_ascii_strtod(copy, &end);
    return text.len > 0 && *end == '\0' && isfinite(*number);
}

void
voc_tsv_clear(VocTsv *tsv)
{
    g_free(tsv->path);
    g_free(tsv->data);
    *tsv = (VocTsv){0};
}
