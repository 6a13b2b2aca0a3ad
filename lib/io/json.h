/* JSON: read through simdjson, written by ourselves.
 *
 * The parser checks UTF-8 and the grammar. Half a surrogate pair, which exports that cut a text after so many
 * UTF-16 units leave behind, is read as U+FFFD. */
#ifndef VOC_IO_JSON_H
#define VOC_IO_JSON_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

G_BEGIN_DECLS

/* Nesting deeper than this is refused. */
#define VOC_JSON_DEPTH 128

/* A parser's memory; one a thread. */
typedef struct VocJsonReader VocJsonReader;

VocJsonReader *voc_json_reader_new(void);
void voc_json_reader_free(VocJsonReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocJsonReader, voc_json_reader_free)

/* One member of an object, as it stands in the text. */
typedef struct VocJsonMember {
    VocSlice key;   /* without its quotes, escapes as written */
    VocSlice value; /* the value's bytes, strings with their quotes */
} VocJsonMember;

/* Cuts the object in `text` into its members, in order. `text` must be followed by VOC_PADDING readable
 * bytes. Writes at most `max` members (an object with more is refused) and returns how many; -1 when `text`
 * is no JSON object, with what is wrong in `*reason` (static). The slices point into `text`. */
gssize voc_json_members(VocJsonReader *reader, VocSlice text, VocJsonMember *members, gsize max,
                        const char **reason);

/* The characters of a JSON string as written (with its quotes): unescaped into `arena`, or pointing into
 * `written` where nothing is escaped. `written` must be valid JSON; what is no string gives VOC_SLICE_NONE.
 * The result is followed by VOC_PADDING readable bytes if `written` is. */
VocSlice voc_json_unquote(VocSlice written, VocArena *arena);

typedef enum {
    VOC_JSON_NULL,
    VOC_JSON_FALSE,
    VOC_JSON_TRUE,
    VOC_JSON_NUMBER,
    VOC_JSON_STRING,
    VOC_JSON_ARRAY,
    VOC_JSON_OBJECT
} VocJsonType;

/* A value and what hangs below it. */
typedef struct VocJson VocJson;
struct VocJson {
    VocJsonType type;
    guint32 n;            /* children */
    VocSlice key;         /* unescaped; empty unless a member of an object */
    VocSlice text;        /* of a string: its characters; of a number: as written */
    const VocJson *first; /* child */
    const VocJson *next;  /* sibling */
};

/* The tree of `text`, in `arena`; strings may point into `text`. `text` must be followed by VOC_PADDING
 * readable bytes. NULL and an error (with the byte it is at, where known) when it is no JSON, or nested
 * deeper than VOC_JSON_DEPTH. */
const VocJson *voc_json_parse(VocJsonReader *reader, VocSlice text, VocArena *arena, GError **error);

/* The member `key` of an object, the last if there are several; NULL when there is none or `json` is NULL or
 * no object. */
const VocJson *voc_json_get(const VocJson *json, const char *key);

/* The characters of the string (or the digits of the number) at `key`, VOC_SLICE_NONE when there is none. */
VocSlice voc_json_get_text(const VocJson *json, const char *key);

/* The number, also of a string that holds one; FALSE when it is none. */
gboolean voc_json_number(const VocJson *json, double *number);

/* Adds `text` as a JSON string with its quotes. Bytes that are no UTF-8 become U+FFFD. */
void voc_json_add_string(VocBuffer *buffer, VocSlice text);

G_END_DECLS

#endif
