/* Inside the tally: one cell's sums, in whole numbers, so that the order of adding makes no difference. */
#ifndef VOC_STAGE_TALLY_CELL_H
#define VOC_STAGE_TALLY_CELL_H

#include "io/json.h"
#include "stats/distinct.h"

G_BEGIN_DECLS

#define VOC_SENTIMENT_DIGITS 5 /* sentiment is counted in 1e-5, its squares in 1e-10 */
#define VOC_RATING_DIGITS 3    /* ratings in 1e-3, their squares in 1e-6 */

typedef struct VocSums {
    gint64 n, sum, squares;
    gint64 promoters, detractors; /* of NPS */
} VocSums;

typedef struct VocTallyCell {
    gint64 messages, negative, neutral, positive;
    VocSums sentiment;
    VocDistinct contacts, customers;
    GTree *ratings; /* name -> VocSums */
    GTree *cues;    /* name -> gint64 */
} VocTallyCell;

VocTallyCell *voc_tally_cell_new(void);
void voc_tally_cell_free(VocTallyCell *cell);

void voc_tally_cell_add_sentiment(VocTallyCell *cell, double sentiment);
void voc_tally_cell_add_rating(VocTallyCell *cell, VocSlice name, double value);
void voc_tally_cell_add_cue(VocTallyCell *cell, VocSlice name, gint64 n);

/* Adds the cell's members behind what the object has already. Counts below `least` (0: none) are left out. */
void voc_tally_cell_write(const VocTallyCell *cell, gboolean partial, gint64 least, VocBuffer *out);

/* Adds what a partial result says of the cell; FALSE when it is none. */
typedef const VocJson *(*VocMember)(void *data, const char *key);
gboolean voc_tally_cell_read(VocTallyCell *cell, VocMember member, void *data);

G_END_DECLS

#endif
