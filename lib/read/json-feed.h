/* An export of JSON objects, one after the other: for formats that know what the objects are. */
#ifndef VOC_READ_JSON_FEED_H
#define VOC_READ_JSON_FEED_H

#include "read/format.h"

G_BEGIN_DECLS

/* An object of the export. All of it lives until the function returns. */
typedef struct VocJsonItem {
    const VocJson *json;
    const char *path; /* the keys that lead to its array; "" at the top */
    VocSlice outer;   /* see voc_json_split_outer */
    guint64 line;     /* where it begins, from 1 */
    VocSlice raw;
} VocJsonItem;

typedef struct VocJsonFeed VocJsonFeed;

/* With `whole` the objects are those at the top: one alone, JSON Lines, the elements of an array (an object
 * that is longer than VOC_JSON_ELEMENT_MAX is taken apart even so); else the objects in any array. What is no
 * JSON is rejected. The reading must outlive it. */
VocJsonFeed *voc_json_feed_new(VocReading *reading, gboolean whole,
                               void (*take)(const VocJsonItem *item, gpointer data), gpointer data);
void voc_json_feed_free(VocJsonFeed *feed); /* NULL is fine */

/* A format's step, of one whose state begins with a pointer to the feed. */
gboolean voc_json_feed_step(gpointer state, VocReading *reading, GError **error);

/* Calls `take` for each object of the item: those of the first array among the members `lists`
 * (NULL-terminated), for an answer of an API that holds many, else the item's own. */
void voc_json_feed_each(const VocJsonItem *item, const char *const *lists,
                        void (*take)(const VocJsonItem *item, const VocJson *json, gpointer data),
                        gpointer data);

/* Whether an export may be JSON: `*head` is its beginning, as much as `max` bytes, which starts with `{` or
 * `[`. */
gboolean voc_json_feed_begins(VocSlice text, gsize max, VocSlice *head);

/* Whether the word stands in the text. */
gboolean voc_json_feed_has(VocSlice text, const char *word);

/* For texts that must live as long as the item. */
VocArena *voc_json_feed_arena(VocJsonFeed *feed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocJsonFeed, voc_json_feed_free)

G_END_DECLS

#endif
