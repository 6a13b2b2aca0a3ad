#include "text/markup-guess.h"

#include "text/features.h"

#define TAG_MAX 4000u /* bytes that a tag may have */
#define REFERENCE_MAX 10u
#define TRIES_MAX 20000u /* things that look like a tag at first sight */

/* Tags that mail programs, editors and help desks write; those with a mark need neither end tag nor
 * attributes. */
static const char *const TAGS[] = {
    "a",      "abbr", "address", "article", "b",      "big",     "blockquote!", "body!", "br!",    "center!",
    "cite",   "code", "dd!",     "div!",    "dl!",    "dt!",     "em",          "font",  "footer", "form!",
    "h1!",    "h2!",  "h3!",     "h4!",     "h5!",    "head!",   "hr!",         "html!", "i",      "iframe",
    "img",    "ins",  "label",   "li!",     "link",   "main",    "meta!",       "nobr",  "o:p",    "ol!",
    "p!",     "pre!", "q",       "s",       "script", "section", "small",       "span",  "strike", "strong",
    "style!", "sub",  "sup",     "table!",  "tbody!", "td!",     "tfoot",       "th!",   "thead",  "title",
    "tr!",    "tt",   "u",       "ul!",     "wbr!",
};

/* 0: no tag of HTML; 1: one that tells little by itself; 2: one that needs nothing else. */
static int
tag_weight(VocSlice name)
{
    char lower[12];
    if (!name.len || name.len >= sizeof lower)
        return 0;
    for (gsize i = 0; i < name.len; i++)
        lower[i] = g_ascii_tolower(name.data[i]);
    for (gsize i = 0; i < G_N_ELEMENTS(TAGS); i++)
        if (strncmp(TAGS[i], lower, name.len) == 0 && (!TAGS[i][name.len] || TAGS[i][name.len] == '!'))
            return TAGS[i][name.len] ? 2 : 1;
    return 0;
}

/* Whether the tag that begins at `at` (behind its <) makes the text HTML. */
static gboolean
is_tag(const char *at, const char *end)
{
    gboolean closing = at < end && *at == '/';
    at += closing;
    if (end - at >= 8 && g_ascii_strncasecmp(at, "!doctype", 8) == 0)
        return TRUE;
    const char *name = at;
    while (at < end && (g_ascii_isalnum(*at) || *at == ':'))
        at++;
    int weight = tag_weight(voc_slice_of(name, (gsize)(at - name)));
    if (!weight || at == end || (*at != '>' && *at != '/' && !g_ascii_isspace(*at)))
        return FALSE;
    const char *stop = memchr(at, '>', MIN((gsize)(end - at), TAG_MAX));
    if (!stop)
        return FALSE;
    gboolean attributes = memchr(at, '=', (gsize)(stop - at)) != NULL;
    return closing || attributes || (weight == 2 && (*at == '>' || stop[-1] == '/' || at + 1 == stop));
}

static gboolean
has_tag(VocSlice text)
{
    const char *at = text.data, *end = at + text.len;
    for (guint tries = 0; tries < TRIES_MAX && (at = memchr(at, '<', (gsize)(end - at))); tries++)
        if (is_tag(++at, end))
            return TRUE;
    return FALSE;
}

static gboolean
has_reference(VocSlice text)
{
    const char *at = text.data, *end = at + text.len;
    while ((at = memchr(at, '&', (gsize)(end - at)))) {
        at++;
        const char *stop = memchr(at, ';', MIN((gsize)(end - at), REFERENCE_MAX));
        if (!stop || stop - at < 2)
            continue;
        gboolean good = *at == '#' || g_ascii_isalpha(*at);
        for (const char *c = at + 1; c < stop; c++)
            good &= g_ascii_isalnum(*c);
        if (good)
            return TRUE;
    }
    return FALSE;
}

VocMarkup
voc_markup_guess(VocSlice text, guint features)
{
    if (features & VOC_HAS_LESS && has_tag(text))
        return VOC_MARKUP_HTML;
    return features & VOC_HAS_AMPERSAND && has_reference(text) ? VOC_MARKUP_REFERENCES : VOC_MARKUP_NONE;
}
