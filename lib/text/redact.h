/* Personal data in text: where it stands and of what kind it is. Patterns and words come from
 * data/redact.tsv. */
#ifndef VOC_TEXT_REDACT_H
#define VOC_TEXT_REDACT_H

#include "text/phrases.h"

G_BEGIN_DECLS

#define VOC_REDACT_KINDS 32u

/* Patterns and words; read-only once loaded, for any number of threads. */
typedef struct VocRedactRules VocRedactRules;

/* Reads the rules of `path`, then those of each of `more` (NULL-terminated; may be NULL itself), which go
 * first where they find the same. `only` (may be NULL) names the kinds that are looked for, parted by commas.
 * NULL and an error: VOC_ERROR_FATAL when `path` cannot be read, VOC_ERROR_USAGE when `more` or `only` is at
 * fault. */
VocRedactRules *voc_redact_rules_load(const char *path, char *const *more, const char *only, GError **error);
void voc_redact_rules_free(VocRedactRules *rules); /* NULL is fine */

/* A kind's name ("hetu") and mask ("[HETU]"); -1 when there is no such kind. The kind `name` always exists.
 */
int voc_redact_find_kind(const VocRedactRules *rules, VocSlice name);
const char *voc_redact_kind(const VocRedactRules *rules, guint kind);
const char *voc_redact_mask(const VocRedactRules *rules, guint kind);

/* The kind of what a column of that name holds ("Sähköposti"), -1 for all others. */
int voc_redact_column(const VocRedactRules *rules, VocSlice name);

/* Whether a word is no name, whatever it looks like ("Asiakaspalvelu"). */
gboolean voc_redact_is_no_name(const VocRedactRules *rules, VocSlice word);

/* Bytes of a text. */
typedef struct VocPersonal {
    gsize start, end;
    guint kind;
    VocSlice name; /* of what is a form of one of the hints' names: that word of it; else empty */
} VocPersonal;

/* A thread's finder; `rules` and `phrases` must outlive it. */
typedef struct VocRedactor VocRedactor;

VocRedactor *voc_redactor_new(const VocRedactRules *rules, const VocPhrases *phrases);
void voc_redactor_free(VocRedactor *redactor); /* NULL is fine */

/* Names that are looked for in a text. */
#define VOC_REDACT_NAMES 8u

typedef struct VocRedactHints {
    gboolean prose;        /* somebody's words: greetings and signatures may be there */
    gboolean mail;         /* a letter: a name alone at its end is its writer's */
    VocSlice author;       /* who wrote them, a name or an address; empty: unknown */
    const VocSlice *names; /* names or addresses of people, whose words are masked in any inflection */
    guint n_names;
} VocRedactHints;

/* The personal data of `text` (UTF-8), in order, none overlapping another; lives until the next call. Where
 * the work on a pattern passes its bound, what it would have found is not told, and `*gave_up` (may be NULL)
 * is set. */
const VocPersonal *voc_redactor_find(VocRedactor *redactor, VocSlice text, const VocRedactHints *hints,
                                     guint *n, gboolean *gave_up);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocRedactRules, voc_redact_rules_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocRedactor, voc_redactor_free)

G_END_DECLS

#endif
