#include "text/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/* Steps of a match, and KiB of memory where the just-in-time compiler is not there: some tenths of a second.
 */
#define MATCH_LIMIT 5000000
#define DEPTH_LIMIT 100000
#define HEAP_LIMIT (20 * 1024)

#define STACK_START (32 * 1024)
#define STACK_MAX (8 * 1024 * 1024)

struct VocRegex {
    pcre2_code *code;
};

struct VocRegexMatch {
    pcre2_match_data *data;
    pcre2_match_context *context;
    pcre2_jit_stack *stack;
};

static void
tell_error(GError **error, const char *pattern, int code, gsize at)
{
    PCRE2_UCHAR reason[256];
    pcre2_get_error_message(code, reason, sizeof reason);
    g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "pattern '%s', at byte %" G_GSIZE_FORMAT ": %s", pattern,
                at, (const char *)reason);
}

VocRegex *
voc_regex_new(const char *pattern, VocRegexFlags flags, GError **error)
{
    guint32 options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    if (flags & VOC_REGEX_LITERAL)
        options |= PCRE2_LITERAL;
    else
        options |= PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
    if (flags & VOC_REGEX_IGNORE_CASE)
        options |= PCRE2_CASELESS;
    int code;
    PCRE2_SIZE at;
    pcre2_code *compiled =
        pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, options, &code, &at, NULL);
    if (!compiled) {
        tell_error(error, pattern, code, at);
        return NULL;
    }
    pcre2_jit_compile(compiled, PCRE2_JIT_COMPLETE); /* where it cannot, the interpreter works as well */
    VocRegex *regex = g_new0(VocRegex, 1);
    regex->code = compiled;
    return regex;
}

void
voc_regex_free(VocRegex *regex)
{
    if (!regex)
        return;
    pcre2_code_free(regex->code);
    g_free(regex);
}

VocRegexMatch *
voc_regex_match_new(void)
{
    VocRegexMatch *match = g_new0(VocRegexMatch, 1);
    match->data = pcre2_match_data_create(1, NULL); /* the whole match is all that anyone asks for */
    match->context = pcre2_match_context_create(NULL);
    match->stack = pcre2_jit_stack_create(STACK_START, STACK_MAX, NULL);
    pcre2_set_match_limit(match->context, MATCH_LIMIT);
    pcre2_set_depth_limit(match->context, DEPTH_LIMIT);
    pcre2_set_heap_limit(match->context, HEAP_LIMIT);
    pcre2_jit_stack_assign(match->context, NULL, match->stack);
    return match;
}

void
voc_regex_match_free(VocRegexMatch *match)
{
    if (!match)
        return;
    pcre2_match_context_free(match->context);
    pcre2_match_data_free(match->data);
    pcre2_jit_stack_free(match->stack);
    g_free(match);
}

VocRegexAnswer
voc_regex_find(const VocRegex *regex, VocRegexMatch *match, VocSlice text, gsize from, gsize *start,
               gsize *end)
{
    const char *data = text.data ? text.data : "";
    int found = pcre2_match(regex->code, (PCRE2_SPTR)data, text.len, from, 0, match->data, match->context);
    if (found == PCRE2_ERROR_NOMATCH)
        return VOC_REGEX_NONE;
    if (found < 0)
        return VOC_REGEX_GAVE_UP;
    const PCRE2_SIZE *span = pcre2_get_ovector_pointer(match->data);
    *start = span[0];
    *end = MAX(span[0], span[1]); /* \K in a lookahead may put the end first (PCRE2 before 10.38) */
    return VOC_REGEX_FOUND;
}
