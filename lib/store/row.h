/* A record as the store's tables have it. */
#ifndef VOC_STORE_ROW_H
#define VOC_STORE_ROW_H

#include "record/record.h"

G_BEGIN_DECLS

#define VOC_DIGEST 16

typedef struct VocRow {
    VocSlice id, time, channel, role, author, customer, thread, touchpoint, unit, lang, source;
    VocSlice label;
    char day[16], week[16]; /* "" without a time */
    gint64 turn;            /* -1: none */
    double sentiment, negative, positive;
    gboolean duplicate, automatic;
    VocSlice json;            /* the record, without a newline */
    VocSlice text, terms;     /* for the index */
    guint8 said[VOC_DIGEST];  /* of what people and exports gave, but for where it was read */
    guint8 found[VOC_DIGEST]; /* of what the filters made of it */
} VocRow;

/* Works out the row; everything lives as long as the record. */
void voc_row_make(VocRow *row, VocRecord *record);

/* The record without what people wrote or were called: what figures are counted from. `id`, `customer` and
 * `thread` stand in for the record's own (NULL: none). Adds it, without a newline. */
void voc_row_empty(VocRecord *record, const char *id, const char *customer, const char *thread,
                   VocBuffer *json);

/* A number that stands for an id or a customer's key without saying it. */
void voc_row_digest(VocSlice text, guint8 digest[VOC_DIGEST]);

G_END_DECLS

#endif
