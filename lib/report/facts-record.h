/* From records to facts. */
#ifndef VOC_REPORT_FACTS_RECORD_H
#define VOC_REPORT_FACTS_RECORD_H

#include "record/record.h"
#include "report/facts.h"

G_BEGIN_DECLS

/* Adds the record as a row. A field that is missing or makes no sense is left out; nothing fails. */
void voc_facts_add_record(VocFacts *facts, VocRecord *record);

G_END_DECLS

#endif
