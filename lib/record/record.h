/* The record: one message, one line of JSON. See voc-record(5).
 *
 * A record is read into slices of its line; what nobody touches is written back byte for byte, in its order.
 */
#ifndef VOC_RECORD_RECORD_H
#define VOC_RECORD_RECORD_H

#include "io/json.h"

G_BEGIN_DECLS

/* The keys that the filters know, in the order in which a reader writes them. */
typedef enum {
    VOC_KEY_ID,
    VOC_KEY_SOURCE,
    VOC_KEY_CHANNEL,
    VOC_KEY_TIME,
    VOC_KEY_ROLE,
    VOC_KEY_AUTHOR,
    VOC_KEY_CUSTOMER,
    VOC_KEY_THREAD,
    VOC_KEY_TURN,
    VOC_KEY_TOUCHPOINT,
    VOC_KEY_UNIT,
    VOC_KEY_TAGS,
    VOC_KEY_FIELDS,
    VOC_KEY_RATING,
    VOC_KEY_SUBJECT,
    VOC_KEY_TEXT,
    VOC_KEY_LANG,
    VOC_KEY_LANG_CONFIDENCE,
    VOC_KEY_CLEAN,
    VOC_KEY_REDACTED,
    VOC_KEY_TERMS,
    VOC_KEY_SCORE,
    VOC_KEY_CUES,
    VOC_KEY_THEMES,
    VOC_N_KEYS,
} VocKey;

/* The key as it is written, and back: -1 when the filters don't know it. */
VocSlice voc_key_name(VocKey key);
int voc_key_find(VocSlice name);

/* An object with more keys than this is refused. */
#define VOC_RECORD_MEMBERS 1024

typedef struct VocRecord {
    VocArena *arena;        /* the batch's: all that hangs on the record lives there */
    VocJsonReader *reader;  /* the thread's */
    VocSlice line;          /* as read, without its newline */
    VocJsonMember *members; /* as read, then what was added */
    guint n_members, n_read, capacity;
    gint16 known[VOC_N_KEYS]; /* where a known key stands in `members`, or -1 */
    gboolean rewritten;       /* a member that was read has changed or gone */
    gboolean dropped;         /* a stage has decided that it goes no further */
    guint64 line_number;
    guint followers; /* records that stand behind this one in its batch's array */
    void *analysis;  /* the words stage's view of the text; see stage/words.h */
    void *handover;  /* from a stage's process() to its ordered(), which come one after the other */
} VocRecord;

/* Reads `line`, which must live as long as the record and be followed by VOC_PADDING readable bytes. FALSE
 * when it is no JSON object or a known key has a value of the wrong kind; `*reason` (static, or in the arena)
 * says what is wrong. */
gboolean voc_record_parse(VocRecord *record, VocJsonReader *reader, VocArena *arena, VocSlice line,
                          const char **reason);

static inline gboolean
voc_record_has(const VocRecord *record, VocKey key)
{
    return record->known[key] >= 0;
}

/* The value as written; VOC_SLICE_NONE when the record has no such key. */
VocSlice voc_record_raw(const VocRecord *record, VocKey key);

/* The characters of a string value, VOC_SLICE_NONE when there is none; lives as long as the record and is
 * followed by VOC_PADDING readable bytes. */
VocSlice voc_record_string(const VocRecord *record, VocKey key);

/* A key by its name, known or not; a path like "rating.nps" or "fields.Yksikkö" goes into objects (a name
 * that is itself a key goes first). NULL when there is none. */
const VocJson *voc_record_find(const VocRecord *record, VocSlice path);

/* The value as a tree; NULL when the record has no such key. */
const VocJson *voc_record_value(const VocRecord *record, VocKey key);

/* Sets a key, in its old place or behind all others. `raw` must be JSON, and live as long as the record. */
void voc_record_set_raw(VocRecord *record, VocKey key, VocSlice raw);
void voc_record_set_string(VocRecord *record, VocKey key, VocSlice text); /* copies */
void voc_record_remove(VocRecord *record, VocKey key);

/* Sets the value of the member at that place of `members`; `raw` must be JSON of the same kind. */
void voc_record_set_member(VocRecord *record, guint member, VocSlice raw);

/* Adds the record and a newline. */
void voc_record_write(const VocRecord *record, VocBuffer *out);

G_END_DECLS

#endif
