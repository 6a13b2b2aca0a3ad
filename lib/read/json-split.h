/* Objects out of a JSON text that need not fit in memory: the elements of its arrays, one at a time. */
#ifndef VOC_READ_JSON_SPLIT_H
#define VOC_READ_JSON_SPLIT_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

/* A longer element is told and passed over. */
#define VOC_JSON_ELEMENT_MAX ((gsize)16 << 20)

typedef struct VocJsonElement {
    guint array;  /* which array it is in: arrays outside of elements are numbered from 1 as they begin; 0:
                     none, the text  itself is the object */
    guint64 line; /* where it begins, from 1 */
    gboolean too_long; /* `text` is its beginning */
    VocSlice text;     /* followed by room to read, as JSON parsers want it */
} VocJsonElement;

/* FALSE ends the splitting. */
typedef gboolean (*VocJsonElementFunc)(const VocJsonElement *element, gpointer data);

typedef struct VocJsonSplit VocJsonSplit;

/* Elements are objects that are in an array, and an object that is the whole text and holds no array of
 * objects. */
VocJsonSplit *voc_json_split_new(VocJsonElementFunc func, gpointer data);
void voc_json_split_free(VocJsonSplit *split); /* NULL is fine */

/* Before the first bytes: an object that stands at the top is an element itself (JSON Lines, an object
 * alone), with all that it holds. */
void voc_json_split_set_whole(VocJsonSplit *split);

/* Before the first bytes: an element that is longer than VOC_JSON_ELEMENT_MAX is no element, but those in its
 * arrays are. */
void voc_json_split_set_deep(VocJsonSplit *split);

/* Of the last element that was taken apart so: what stands in it in front of its first array, as far as that
 * is short; empty when there was none. */
VocSlice voc_json_split_outer(const VocJsonSplit *split);

gboolean voc_json_split_feed(VocJsonSplit *split, VocSlice bytes);

/* The end of the text; FALSE when it breaks off inside an element or an array (the last element is told,
 * cut). */
gboolean voc_json_split_finish(VocJsonSplit *split);

/* The line of the first text outside of all elements that has no business there (a bracket that closes
 * nothing, a bare word); 0 when there is none. */
guint64 voc_json_split_stray(const VocJsonSplit *split);

/* The keys that lead to the array, "data" or "result.items", "" for one that is the text itself; lives as
 * long as the split. */
const char *voc_json_split_path(const VocJsonSplit *split, guint array);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocJsonSplit, voc_json_split_free)

G_END_DECLS

#endif
