/* Journeys in words, for a person: 80 columns. */
#ifndef VOC_REPORT_JOURNEY_TEXT_H
#define VOC_REPORT_JOURNEY_TEXT_H

#include "base/buffer.h"
#include "report/journey.h"
#include "report/phrase.h"

G_BEGIN_DECLS

typedef struct VocJourneyPage {
    const VocJourneys *journeys;
    VocPhrase *phrase;
    int width;
    int days; /* contacts older than this need no answer any more; 0: none is too old */
    int most; /* how many of a list; 0: all */
} VocJourneyPage;

/* All customers: how often they come again, whose mind turned, how long they wait, who needs an answer first,
 * what people come back about. */
void voc_journey_write_all(const VocJourneyPage *page, VocBuffer *out);

/* The contacts [begin, begin + n) of one customer, and what is likely to come next. */
void voc_journey_write_customer(const VocJourneyPage *page, gsize begin, gsize n, VocBuffer *out);

/* "negative", ..., in the language in use; "" for what is not scored. */
const char *voc_journey_feeling(double score);

G_END_DECLS

#endif
