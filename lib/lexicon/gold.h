/* What people said a text's sentiment is: a label, or a rating that stands for one. */
#ifndef VOC_LEXICON_GOLD_H
#define VOC_LEXICON_GOLD_H

#include "lexicon/calibration.h"
#include "record/record.h"

G_BEGIN_DECLS

/* Where the gold is, and what its numbers mean. */
typedef struct VocGold {
    const char *field; /* a key or a path: rating.nps, fields.gold */
    double negative;   /* a number of at most this is negative */
    double positive;   /* a number of at least this is positive; what is between is neutral */
} VocGold;

/* Numbers as the field's name suggests: rating.nps up to 6 and from 9; rating.stars and rating.csat up to 2
 * and from 4; any other below 0 and above 0. `negative` and `positive`, when they are not NaN, win. */
void voc_gold_init(VocGold *gold, const char *field, double negative, double positive);

/* The record's label, and its number (NaN when it has a word). FALSE when the record has no gold or none that
 * can be read: a number, or negative, neutral, positive, or their first three letters. */
gboolean voc_gold_read(const VocGold *gold, const VocRecord *record, VocLabel *label, double *number);

G_END_DECLS

#endif
