/* Lines out of a stream of text, in bounded memory. */
#ifndef VOC_READ_LINE_SPLIT_H
#define VOC_READ_LINE_SPLIT_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

typedef struct VocTextLine {
    VocSlice
        text; /* with its line end (LF or CRLF) if it has one; followed by readable bytes, as JSON wants it */
    guint64 number;    /* from 1 */
    guint64 offset;    /* bytes in front of it */
    gboolean too_long; /* longer than the most: this is its beginning */
    gboolean more;     /* more of such a line */
} VocTextLine;

/* Keeps what is unfinished between feeds. Zero it, set `max` (bytes), clear it at the end. */
typedef struct VocLineSplit {
    gsize max;
    VocBuffer rest;
    guint64 number, offset;
    gboolean skipping;
} VocLineSplit;

void voc_line_split_clear(VocLineSplit *split);

/* Calls `func` for each line of `bytes` that is whole, and with `last` for what is left. */
void voc_line_split_feed(VocLineSplit *split, VocSlice bytes, gboolean last,
                         void (*func)(const VocTextLine *line, gpointer data), gpointer data);

G_END_DECLS

#endif
