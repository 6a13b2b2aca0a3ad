/* Conditions on a record's fields, as an analyst writes them: channel=email, time>=2026-W40, rating.nps<7,
 * score.label=negative, cues~chase.
 *
 *     FIELD=VALUE  FIELD!=VALUE  FIELD<VALUE  FIELD<=VALUE  FIELD>VALUE  FIELD>=VALUE  FIELD~REGEX
 * FIELD!~REGEX
 *
 * FIELD is a path as in stage/field.h; an operator's character in it needs a backslash. Where it leads to
 * several values the condition holds when it does for one of them; != and !~ are the opposites of = and ~, so
 * they hold when it does for none (and where the field is missing). An empty VALUE stands for a field that is
 * missing or empty.
 *
 * Numbers compare as numbers. A VALUE that is a period (2026, 2026-10, 2026-W40, 2026-10-05) compares with
 * dates and times by their days: = means inside it, < before it, >= not before it. A time of day
 * (2026-10-05T12:00) compares to the second, by the clock that the record's time writes unless both say their
 * offset. All else compares byte by byte. */
#ifndef VOC_STAGE_CONDITION_H
#define VOC_STAGE_CONDITION_H

#include "stage/field.h"
#include "text/regex.h"

G_BEGIN_DECLS

typedef struct VocCondition VocCondition;

/* Whether `text` has the form of a condition: a name, perhaps with points and more behind it, and an
 * operator. */
gboolean voc_condition_is(const char *text);

/* NULL and an error (VOC_ERROR_USAGE) when it is none or its expression is broken. `flags` are for ~. */
VocCondition *voc_condition_parse(const char *text, VocRegexFlags flags, GError **error);
void voc_condition_free(VocCondition *condition); /* NULL is fine */

/* Any number of threads may ask, each with a match of its own. An expression that gives up on a value has not
 * matched it. */
gboolean voc_condition_holds(const VocCondition *condition, const VocRecord *record, VocRegexMatch *match);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocCondition, voc_condition_free)

G_END_DECLS

#endif
