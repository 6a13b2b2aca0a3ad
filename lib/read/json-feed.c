#include "read/json-feed.h"

#include "read/json-split.h"

struct VocJsonFeed {
    VocReading *reading;
    void (*take)(const VocJsonItem *item, gpointer data);
    gpointer data;
    VocJsonSplit *split;
    VocArena arena;
    gboolean begun;
    gboolean whole;
    gboolean by_lines; /* JSON Lines: a broken line costs no other */
    VocLineSplit lines;
    VocBuffer line;
};

static void
take_object(VocJsonFeed *feed, VocJsonItem *item, gboolean too_long)
{
    g_autoptr(GError) error = NULL;

    voc_arena_reset(&feed->arena);
    if (!too_long)
        item->json = voc_json_parse(feed->reading->json, item->raw, &feed->arena, &error);
    if (item->json)
        feed->take(item, feed->data);
    else
        voc_reading_reject(feed->reading, item->line, item->raw, "%s",
                           error ? error->message
                                 : "an object longer than 16 MiB (its beginning is rejected)");
}

static gboolean
take_element(const VocJsonElement *element, gpointer data)
{
    VocJsonFeed *feed = data;
    VocJsonItem item = {NULL, voc_json_split_path(feed->split, element->array),
                        voc_json_split_outer(feed->split), element->line, element->text};

    take_object(feed, &item, element->too_long);
    return TRUE;
}

static void
take_line(const VocTextLine *line, gpointer data)
{
    VocJsonFeed *feed = data;
    VocJsonItem item = {.path = "", .line = line->number};

    if (line->too_long || line->more) {
        voc_reading_reject_line(feed->reading, line);
        return;
    }
    if (!voc_slice_strip(line->text).len)
        return;
    voc_buffer_reset(&feed->line);
    voc_buffer_add_slice(&feed->line, voc_slice_strip(line->text));
    memset(voc_buffer_reserve(&feed->line, VOC_PADDING), 0, VOC_PADDING);
    item.raw = voc_buffer_slice(&feed->line);
    take_object(feed, &item, FALSE);
}

/* Whether one of the first lines is an object by itself and another begins behind it. */
static gboolean
has_object_lines(VocJsonFeed *feed, VocSlice head)
{
    for (int lines = 0; head.len && lines < 5; lines++) {
        const char *newline = memchr(head.data, '\n', head.len);
        VocSlice line, rest;

        if (!newline)
            return FALSE;
        line = voc_slice_strip(voc_slice_of(head.data, (gsize)(newline - head.data)));
        head = voc_slice_of(newline + 1, (gsize)(head.data + head.len - newline - 1));
        rest = voc_slice_strip(head);
        if (line.len < 2 || line.data[0] != '{' || line.data[line.len - 1] != '}' || !rest.len ||
            rest.data[0] != '{')
            continue;
        voc_arena_reset(&feed->arena);
        if (voc_json_parse(feed->reading->json, line, &feed->arena, NULL))
            return TRUE;
    }
    return FALSE;
}

VocJsonFeed *
voc_json_feed_new(VocReading *reading, gboolean whole, void (*take)(const VocJsonItem *item, gpointer data),
                  gpointer data)
{
    VocJsonFeed *feed = g_new0(VocJsonFeed, 1);

    feed->reading = reading;
    feed->take = take;
    feed->data = data;
    feed->split = voc_json_split_new(take_element, feed);
    feed->whole = whole;
    feed->lines.max = VOC_JSON_ELEMENT_MAX;
    if (whole)
        voc_json_split_set_whole(feed->split);
    voc_json_split_set_deep(feed->split);
    voc_arena_init(&feed->arena, 0);
    return feed;
}

void
voc_json_feed_free(VocJsonFeed *feed)
{
    if (!feed)
        return;
    voc_json_split_free(feed->split);
    voc_arena_clear(&feed->arena);
    voc_line_split_clear(&feed->lines);
    voc_buffer_clear(&feed->line);
    g_free(feed);
}

VocArena *
voc_json_feed_arena(VocJsonFeed *feed)
{
    return &feed->arena;
}

void
voc_json_feed_each(const VocJsonItem *item, const char *const *lists,
                   void (*take)(const VocJsonItem *item, const VocJson *json, gpointer data), gpointer data)
{
    const VocJson *list = NULL;

    /* Of an answer that was too long to be one item, what is in other arrays is no concern. */
    if (*item->path && !g_strv_contains(lists, item->path))
        return;
    for (; !list && *lists; lists++) {
        list = voc_json_get(item->json, *lists);
        if (list && list->type != VOC_JSON_ARRAY)
            list = NULL;
    }
    if (!list)
        take(item, item->json, data);
    for (list = list ? list->first : NULL; list; list = list->next)
        take(item, list, data);
}

gboolean
voc_json_feed_begins(VocSlice text, gsize max, VocSlice *head)
{
    VocSlice start;

    *head = voc_slice_of(text.data, MIN(text.len, max));
    start = voc_slice_strip(*head);
    return start.len && (start.data[0] == '{' || start.data[0] == '[');
}

gboolean
voc_json_feed_has(VocSlice text, const char *word)
{
    return text.len && memmem(text.data, text.len, word, strlen(word)) != NULL;
}

gboolean
voc_json_feed_step(gpointer state, VocReading *reading, GError **error)
{
    VocJsonFeed *feed = *(VocJsonFeed **)state;
    VocSlice text = VOC_SLICE_NONE;
    int got;

    if (!feed->begun)
        feed->by_lines = feed->whole && has_object_lines(feed, voc_export_head_text(reading->export));
    feed->begun = TRUE;
    got = voc_export_text(reading->export, &text, error);
    if (feed->by_lines) {
        voc_line_split_feed(&feed->lines, got > 0 ? text : VOC_SLICE_NONE, got <= 0, take_line, feed);
        return got > 0;
    }
    if (got > 0) {
        voc_json_split_feed(feed->split, text);
        return TRUE;
    }
    if (voc_json_split_stray(feed->split))
        voc_reading_reject(reading, voc_json_split_stray(feed->split), VOC_SLICE_NONE,
                           "no JSON: something stands here that belongs to no object");
    if (!voc_json_split_finish(feed->split) && got == 0)
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "the JSON text breaks off; what came before is read");
    return FALSE;
}
