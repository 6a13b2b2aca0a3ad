/* A record's words, shared by the stages that look at its text: read once for a text, again when a stage has
 * changed it. */
#ifndef VOC_STAGE_WORDS_H
#define VOC_STAGE_WORDS_H

#include "record/record.h"
#include "text/words.h"

G_BEGIN_DECLS

/* The words of the record's text; lives as long as the record's batch. Never NULL: a record without text has
 * none. The language is the record's own where it says one, else what the words tell. */
const VocText *voc_record_words(VocRecord *record, VocWords *words);

/* The record's language as words tell it: voc_record_words() by another name for those who need no more. */
VocLang voc_record_lang(VocRecord *record, VocWords *words);

G_END_DECLS

#endif
