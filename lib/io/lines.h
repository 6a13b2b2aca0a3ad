/* Blocks of whole lines over many files, with file and line numbers, in bounded memory. */
#ifndef VOC_IO_LINES_H
#define VOC_IO_LINES_H

#include "io/input.h"

G_BEGIN_DECLS

typedef enum {
    VOC_BLOCK_LINES,     /* whole lines; only a file's last may lack its newline */
    VOC_BLOCK_PIECE,     /* a piece of an overlong line; `first_line` is its number */
    VOC_BLOCK_PIECE_END, /* its last piece, newline included (added where the file lacks it) */
    VOC_BLOCK_ERROR, /* the file could not be opened or read: `error` says why; `data` is what is rejected of
                        it. Without an error: more of what the block before rejected */
} VocBlockKind;

typedef struct VocBlock {
    VocBlockKind kind;
    VocBuffer data;     /* len bytes, VOC_PADDING zero bytes behind them */
    const char *file;   /* interned: lives for ever */
    guint64 n_lines;    /* how many newlines the data has */
    guint64 first_line; /* number of the first line, from 1; of an error: the line it came at, 0 for none */
    GError *error;
} VocBlock;

void voc_block_init(VocBlock *block);
void voc_block_clear(VocBlock *block);

/* Counts the newlines of a block that somebody else has filled. */
void voc_block_count_lines(VocBlock *block);

typedef struct VocLines VocLines;

/* `paths` is NULL-terminated and copied; NULL or empty means stdin. `block_size` in bytes, 0 for the default.
 * With `eager` a block is given as soon as it holds a line, for pipes that somebody watches. */
VocLines *voc_lines_new(const char *const *paths, gsize block_size, gboolean eager);
void voc_lines_free(VocLines *lines);

/* Fills `block` with the next one; FALSE when all files are done. A broken file is a VOC_BLOCK_ERROR behind
 * all that could be read of it, and the next file follows. */
gboolean voc_lines_next(VocLines *lines, VocBlock *block);

/* Raw bytes taken from all files so far and their size in all (0: unknown), for progress. Any thread may ask.
 */
void voc_lines_position(VocLines *lines, guint64 *taken, guint64 *size);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocLines, voc_lines_free)

G_END_DECLS

#endif
