#include "read/line-split.h"

#include "io/input.h"

void
voc_line_split_clear(VocLineSplit *split)
{
    voc_buffer_clear(&split->rest);
}

/* Hands on what is in `rest`, which `len` bytes of the stream are. */
static void
hand_on(VocLineSplit *split, gboolean too_long, void (*func)(const VocTextLine *line, gpointer data),
        gpointer data)
{
    VocTextLine line = {.number = split->number + 1, .offset = split->offset, .too_long = too_long};

    memset(voc_buffer_reserve(&split->rest, VOC_PADDING), 0, VOC_PADDING);
    line.text = voc_buffer_slice(&split->rest);
    func(&line, data);
    split->offset += line.text.len;
    split->number++;
    voc_buffer_reset(&split->rest);
}

/* Hands on a line that is in one piece. */
static void
hand_on_whole(VocLineSplit *split, VocSlice text, void (*func)(const VocTextLine *line, gpointer data),
              gpointer data)
{
    VocTextLine line = {.text = text, .number = split->number + 1, .offset = split->offset};

    func(&line, data);
    split->offset += text.len;
    split->number++;
}

/* Bytes of a line that is too long to be held. */
static void
tell_more(VocLineSplit *split, VocSlice bytes, void (*func)(const VocTextLine *line, gpointer data),
          gpointer data)
{
    VocTextLine line = {.text = bytes, .number = split->number, .offset = split->offset, .more = TRUE};

    func(&line, data);
    split->offset += bytes.len;
}

void
voc_line_split_feed(VocLineSplit *split, VocSlice bytes, gboolean last,
                    void (*func)(const VocTextLine *line, gpointer data), gpointer data)
{
    const char *at = bytes.data, *end = at + bytes.len;

    while (at < end) {
        const char *newline = memchr(at, '\n', (gsize)(end - at));
        gsize n = (gsize)((newline ? newline + 1 : end) - at);

        if (split->skipping) {
            tell_more(split, voc_slice_of(at, n), func, data);
            split->skipping = newline == NULL;
        } else if (newline && !split->rest.len && n <= split->max && (gsize)(end - at) >= n + VOC_PADDING) {
            hand_on_whole(split, voc_slice_of(at, n), func, data);
        } else {
            gsize room = split->max - MIN(split->max, split->rest.len);

            voc_buffer_add(&split->rest, at, MIN(n, room));
            if (n > room) {
                hand_on(split, TRUE, func, data);
                tell_more(split, voc_slice_of(at + room, n - room), func, data);
                split->skipping = newline == NULL;
            } else if (newline) {
                hand_on(split, FALSE, func, data);
            }
        }
        at += n;
    }
    if (last && split->rest.len)
        hand_on(split, FALSE, func, data);
    if (last && split->skipping)
        tell_more(split, VOC_SLICE("\n"), func, data); /* a rejected line is a whole one */
    split->skipping &= !last;
}
