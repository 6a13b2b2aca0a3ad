/* Inside the journeys: what the contacts, once gathered and in order, tell of each other. */
#ifndef VOC_REPORT_JOURNEY_JUDGE_H
#define VOC_REPORT_JOURNEY_JUDGE_H

#include "report/journey.h"

G_BEGIN_DECLS

/* Seconds of UTC since 1970. */
gint64 voc_journey_time(const VocFact *fact);

/* Answers, repeated contacts, turns, and what needs an answer. */
void voc_journeys_judge(VocJourneys *journeys);

G_END_DECLS

#endif
