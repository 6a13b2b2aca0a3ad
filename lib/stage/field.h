/* A record's values by the path that leads to them.
 *
 * A path is a key, or keys with points between them: channel, rating.nps, fields.Yksikkö. A name that holds
 * points itself goes first. Where an array stands on the way, the path goes on in each of its elements:
 * themes.id are the ids of all themes. Where the record has no such key, year, month, week (ISO) and day are
 * those of its time. */
#ifndef VOC_STAGE_FIELD_H
#define VOC_STAGE_FIELD_H

#include "record/record.h"

G_BEGIN_DECLS

/* TRUE ends the visit. The value lives as long as the record. */
typedef gboolean (*VocFieldFunc)(const VocJson *value, gpointer data);

/* Visits every value that the path leads to, in their order; null is no value. Whether `func` ended the
 * visit. */
gboolean voc_field_each(const VocRecord *record, VocSlice path, VocFieldFunc func, gpointer data);

/* Visits what a value is made of: an array's elements in turn, an object's own strings, numbers and truth
 * values, a plain value itself. */
gboolean voc_field_plain(const VocJson *value, VocFieldFunc func, gpointer data);

/* The characters of a plain value: of a string unquoted, of a number as written. Empty for arrays and
 * objects. */
VocSlice voc_field_text(const VocJson *value);

/* The first plain value that is not empty, as text; VOC_SLICE_NONE when there is none. */
VocSlice voc_field_first(const VocRecord *record, VocSlice path);

/* Adds a value: a plain one as text, others as JSON. */
void voc_field_add(VocBuffer *out, const VocJson *value);

G_END_DECLS

#endif
