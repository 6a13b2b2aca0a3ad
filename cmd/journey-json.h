/* Journeys for programs: lines of JSON. */
#ifndef VOC_CMD_JOURNEY_JSON_H
#define VOC_CMD_JOURNEY_JSON_H

#include "base/buffer.h"
#include "report/journey.h"

G_BEGIN_DECLS

/* A line for each contact [begin, begin + n). */
void voc_journey_json_contacts(const VocJourneys *journeys, gsize begin, gsize n, VocBuffer *out);

/* What all contacts come to; then who needs an answer, `most` (0: all) of them. */
void voc_journey_json_summary(const VocJourneys *journeys, VocBuffer *out);
void voc_journey_json_pressing(const VocJourneys *journeys, int days, int most, VocBuffer *out);

/* A line for each theme that may come next. */
void voc_journey_json_next(const VocJourneys *journeys, const VocJourneyNext *next, VocBuffer *out);

/* The words that both forms of a contact use. */
const char *voc_journey_reply_name(VocReply reply);
char *voc_journey_reasons(guint reasons); /* "urgent,unanswered"; free it */

G_END_DECLS

#endif
