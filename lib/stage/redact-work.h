/* A thread's work on a record that is redacted. For redact.c and what it is made of. */
#ifndef VOC_STAGE_REDACT_WORK_H
#define VOC_STAGE_REDACT_WORK_H

#include "stage/pseudonym.h"
#include "stage/redact.h"
#include "text/redact.h"

G_BEGIN_DECLS

/* What the stage knows of redaction; read-only while records run. */
typedef struct VocRedactPlan {
    VocRedactRules *rules;
    VocPhrases *phrases;
    VocPseudonymKey *key; /* or NULL */
    guint name_kind;
    gboolean text_only;
} VocRedactPlan;

/* What stood at these code points of the text has been masked, and the mask's. */
typedef struct VocRedactShift {
    gint64 old_start, old_end, start, end;
} VocRedactShift;

typedef struct VocRedactWork {
    const VocRedactPlan *plan;
    VocRedactor *redactor;
    VocSlice author; /* of the record at work, as it was; empty: unknown, or masked before */
    VocSlice names[VOC_REDACT_NAMES];
    guint n_names;
    gboolean mail;   /* the record is a letter */
    VocBuffer notes; /* the items of `redacted` */
    VocBuffer text;  /* a text with its masks */
    VocBuffer value; /* a JSON value made anew */
    VocBuffer field; /* the path of the value at work; empty: the text */
    GArray *shifts;  /* VocRedactShift, of the text */
    gboolean gave_up;
} VocRedactWork;

/* Behind the closing quote of the JSON string that begins at `at`; whether a colon follows there. */
gsize voc_redact_string_end(VocSlice raw, gsize at);
gboolean voc_redact_is_key(VocSlice raw, gsize behind);

/* Notes what was masked; a negative `start`: the whole value, which is gone. */
void voc_redact_note(VocRedactWork *work, guint kind, gint64 start, gint64 end);

void voc_redact_set_field(VocRedactWork *work, VocSlice key);

/* Adds to work->text the mask of a value, of which `personal` is the whole. */
void voc_redact_add_mask(VocRedactWork *work, guint kind, VocSlice personal);

/* Whether a value is empty, a mask ("[HETU]") or a pseudonym: masked already. */
gboolean voc_redact_is_done(VocSlice value);

/* Masks `text` into work->text and notes it; FALSE when there is nothing to mask. `prose`: greetings and
 * signatures may be there. */
gboolean voc_redact_text(VocRedactWork *work, VocSlice text, gboolean prose);

/* Masks the strings and long numbers of the member at `i`, however deep. `columns`: names of keys tell what
 * they hold too. */
void voc_redact_member(VocRedactWork *work, VocRecord *record, guint i, gboolean columns);

/* Gathers work->names: the author's, and those of the columns that hold names. */
void voc_redact_gather(VocRedactWork *work, VocRecord *record);

/* Masks `source` within: the names of files. Ends the search for work->names, as voc_redact_people() does. */
void voc_redact_source(VocRedactWork *work, VocRecord *record);

/* Replaces or takes out `customer`, `thread`, `id` and `author`. */
void voc_redact_people(VocRedactWork *work, VocRecord *record);

/* Moves the spans of `score`, `cues` and `themes`, which point into the text, to where the words stand now.
 */
void voc_redact_move_spans(VocRedactWork *work, VocRecord *record);

/* Takes the text as it was out of `clean`; the id that it names goes by the name that it has now. */
void voc_redact_clean(VocRedactWork *work, VocRecord *record);

/* The kind that makes a record's key personal, or -1: it says nothing of anybody. */
int voc_redact_key_kind(VocRedactWork *work, VocSlice value);

/* Sets `redacted`: what was masked before, at its new place, and now. */
void voc_redact_set_notes(VocRedactWork *work, VocRecord *record);

G_END_DECLS

#endif
