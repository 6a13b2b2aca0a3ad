#include "io/lines.h"

#include <sys/stat.h>

#define DEFAULT_BLOCK ((gsize)256 * 1024)

struct VocLines {
    char **paths;
    guint next_path;
    gsize block_size;
    gboolean eager;
    VocInput *input;
    const char *file;
    guint64 line;        /* number of the next line */
    VocBuffer rest;      /* the begun line behind the last block */
    gboolean overlong;   /* inside a line that is passed on in pieces */
    GError *pending;     /* a failure to report once what was read is given */
    guint64 done, taken; /* raw bytes of finished files; of all */
    guint64 size;
};

void
voc_block_init(VocBlock *block)
{
    *block = (VocBlock){.data = VOC_BUFFER_INIT};
}

void
voc_block_clear(VocBlock *block)
{
    voc_buffer_clear(&block->data);
    g_clear_error(&block->error);
}

static guint64
total_size(char **paths)
{
    guint64 total = 0;
    for (char **path = paths; *path; path++) {
        struct stat status;
        if (strcmp(*path, "-") == 0 || stat(*path, &status) != 0 || !S_ISREG(status.st_mode))
            return 0;
        total += (guint64)status.st_size;
    }
    return total;
}

VocLines *
voc_lines_new(const char *const *paths, gsize block_size, gboolean eager)
{
    static const char *const STDIN_ONLY[] = {"-", NULL};
    VocLines *lines = g_new0(VocLines, 1);
    lines->paths = g_strdupv((char **)(paths && paths[0] ? paths : STDIN_ONLY));
    lines->block_size = block_size ? block_size : DEFAULT_BLOCK;
    lines->eager = eager;
    lines->size = total_size(lines->paths);
    return lines;
}

void
voc_lines_free(VocLines *lines)
{
    if (!lines)
        return;
    voc_input_free(lines->input);
    voc_buffer_clear(&lines->rest);
    g_clear_error(&lines->pending);
    g_strfreev(lines->paths);
    g_free(lines);
}

void
voc_lines_position(VocLines *lines, guint64 *taken, guint64 *size)
{
    *taken = __atomic_load_n(&lines->taken, __ATOMIC_RELAXED);
    *size = lines->size;
}

static void
close_file(VocLines *lines)
{
    if (lines->input)
        lines->done += voc_input_taken(lines->input);
    g_clear_pointer(&lines->input, voc_input_free);
    lines->overlong = FALSE;
    voc_buffer_reset(&lines->rest);
}

/* Opens the next file, or leaves why it cannot be in `pending`; FALSE when there is none left. */
static gboolean
open_next(VocLines *lines)
{
    const char *path = lines->paths[lines->next_path];
    if (!path)
        return FALSE;
    lines->next_path++;
    lines->line = 1;
    lines->file = g_intern_string(strcmp(path, "-") == 0 ? "(stdin)" : path);
    lines->input = voc_input_open(path, &lines->pending);
    return TRUE;
}

/* Reads behind what `data` holds, up to `limit` bytes in all; FALSE at the end of the file. */
static gboolean
read_more(VocLines *lines, VocBuffer *data, gsize limit)
{
    char *at = voc_buffer_reserve(data, limit - data->len + VOC_PADDING);
    gssize n = voc_input_read(lines->input, at, limit - data->len, &lines->pending);
    __atomic_store_n(&lines->taken, lines->done + voc_input_taken(lines->input), __ATOMIC_RELAXED);
    if (n > 0)
        data->len += (gsize)n;
    return n > 0;
}

static void
pad(VocBuffer *data)
{
    memset(voc_buffer_reserve(data, VOC_PADDING), 0, VOC_PADDING);
}

void
voc_block_count_lines(VocBlock *block)
{
    const char *at = block->data.data, *end = at + block->data.len;
    block->n_lines = 0;
    while (at < end && (at = memchr(at, '\n', (gsize)(end - at)))) {
        block->n_lines++;
        at++;
    }
}

/* Cuts `data` behind `newline` and keeps the rest for the next block. */
static void
cut_behind(VocLines *lines, VocBuffer *data, const char *newline)
{
    gsize whole = (gsize)(newline - data->data) + 1;
    voc_buffer_add(&lines->rest, data->data + whole, data->len - whole);
    data->len = whole;
}

/* The rest of an overlong line, a piece at a time. */
static void
fill_piece(VocLines *lines, VocBlock *block)
{
    VocBuffer *data = &block->data;
    gboolean more = data->len > 0 || read_more(lines, data, lines->block_size);
    const char *newline = data->len ? memchr(data->data, '\n', data->len) : NULL;
    block->kind = VOC_BLOCK_PIECE;
    if (newline)
        cut_behind(lines, data, newline);
    else if (!more)
        voc_buffer_add_char(data, '\n'); /* whoever keeps the line keeps it apart from the next */
    if (newline || !more) {
        block->kind = VOC_BLOCK_PIECE_END;
        lines->overlong = FALSE;
        lines->line++;
    }
}

/* Whole lines: as many as fit, or one that is longer. */
static void
fill_lines(VocLines *lines, VocBlock *block)
{
    VocBuffer *data = &block->data;
    gsize limit = MAX(lines->block_size, data->len + 1);
    gsize searched = 0;
    gboolean has_line = FALSE;
    block->kind = VOC_BLOCK_LINES;
    for (;;) {
        has_line = has_line || (data->len > searched &&
                                memchr(data->data + searched, '\n', data->len - searched) != NULL);
        searched = data->len;
        if (has_line && (lines->eager || data->len >= limit)) {
            cut_behind(lines, data, memrchr(data->data, '\n', data->len));
            break;
        }
        if (data->len >= VOC_LINE_MAX) {
            lines->overlong = TRUE;
            block->kind = VOC_BLOCK_PIECE;
            return;
        }
        if (data->len >= limit)
            limit = MIN(limit * 2, VOC_LINE_MAX);
        if (!read_more(lines, data, limit))
            break;
    }
    voc_block_count_lines(block);
    lines->line += block->n_lines;
}

/* One block from the open file; FALSE when the file is exhausted. */
static gboolean
fill(VocLines *lines, VocBlock *block)
{
    gboolean inside = lines->overlong;
    voc_buffer_reset(&block->data);
    voc_buffer_add_slice(&block->data, voc_buffer_slice(&lines->rest));
    voc_buffer_reset(&lines->rest);
    block->file = lines->file;
    block->first_line = lines->line;
    if (inside)
        fill_piece(lines, block);
    else
        fill_lines(lines, block);
    pad(&block->data);
    return inside || block->data.len > 0;
}

gboolean
voc_lines_next(VocLines *lines, VocBlock *block)
{
    for (;;) {
        if (lines->input && fill(lines, block))
            return TRUE;
        gboolean opened = lines->input != NULL;
        close_file(lines);
        if (lines->pending) {
            voc_buffer_reset(&block->data);
            block->kind = VOC_BLOCK_ERROR;
            block->file = lines->file;
            block->first_line = opened ? lines->line : 0;
            g_clear_error(&block->error);
            block->error = g_steal_pointer(&lines->pending);
            return TRUE;
        }
        if (!open_next(lines))
            return FALSE;
    }
}
