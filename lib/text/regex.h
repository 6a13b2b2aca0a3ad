/* Regular expressions: PCRE2 with its just-in-time compiler, in Unicode mode (\w, \b and \d know Finnish
 * letters).
 *
 * Safe on any bytes: what is no UTF-8 never matches. The work on one text is bounded, so that a pattern like
 * (a+)+$ gives up instead of running for hours. */
#ifndef VOC_TEXT_REGEX_H
#define VOC_TEXT_REGEX_H

#include "base/error.h"
#include "base/slice.h"

G_BEGIN_DECLS

/* A compiled pattern; read-only, for any number of threads. */
typedef struct VocRegex VocRegex;

typedef enum {
    VOC_REGEX_IGNORE_CASE = 1 << 0,
    VOC_REGEX_LITERAL = 1 << 1, /* the pattern is a text, not an expression */
} VocRegexFlags;

/* NULL and an error (VOC_ERROR_USAGE: where and why) when the pattern is broken or is no UTF-8. */
VocRegex *voc_regex_new(const char *pattern, VocRegexFlags flags, GError **error);
void voc_regex_free(VocRegex *regex); /* NULL is fine */

/* A thread's memory for matching, for all patterns. */
typedef struct VocRegexMatch VocRegexMatch;

VocRegexMatch *voc_regex_match_new(void);
void voc_regex_match_free(VocRegexMatch *match); /* NULL is fine */

typedef enum {
    VOC_REGEX_FOUND,
    VOC_REGEX_NONE,
    VOC_REGEX_GAVE_UP, /* more work than the bound allows */
} VocRegexAnswer;

/* The first match in `text` at or behind the byte `from` (the end of a match before it, or 0): its bytes are
 * in
 * `*start` and `*end`, which may be equal. */
VocRegexAnswer voc_regex_find(const VocRegex *regex, VocRegexMatch *match, VocSlice text, gsize from,
                              gsize *start, gsize *end);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocRegex, voc_regex_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocRegexMatch, voc_regex_match_free)

G_END_DECLS

#endif
