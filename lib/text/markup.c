#include "text/markup.h"

#include <gumbo.h>

#include "text/charset.h"
#include "text/markup-scan.h"

#define MAX_HIDING 64 /* classes that a document's style hides */
#define MAX_LISTS 32  /* nested */

/* A document on its way to text. */
typedef struct Page {
    VocBuffer *out;
    gsize start;    /* where the text begins in `out` */
    guint breaks;   /* newlines due before the next text: up to 2 */
    gboolean space; /* a space is due */
    guint quotes;   /* blockquotes around */
    guint pre;      /* elements around whose white space counts */
    guint lists;    /* around; the items of each so far, -1 in lists without numbers: */
    int items[MAX_LISTS];
    gboolean bullet; /* an item begins */
    char *hiding[MAX_HIDING + 1];
    guint n_hiding;
    VocOrigin *origin; /* or NULL */
    const char *html;
    const char *untraced; /* where the text stands whose first character is still to come */
} Page;

static gboolean
is_tag(const GumboNode *node, GumboTag tag)
{
    return (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE) &&
           node->v.element.tag == tag;
}

static gboolean
tag_is_in(GumboTag tag, const GumboTag *tags)
{
    for (; *tags != GUMBO_TAG_LAST; tags++)
        if (*tags == tag)
            return TRUE;
    return FALSE;
}

static const char *
attribute(const GumboNode *node, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&node->v.element.attributes, name);

    return found ? found->value : NULL;
}

static gboolean
is_first_text(const Page *page)
{
    return page->out->len == page->start;
}

static void
break_lines(Page *page, guint n)
{
    page->breaks = MAX(page->breaks, n);
}

static void
trace(Page *page)
{
    if (page->origin && page->untraced)
        voc_origin_add(page->origin, page->out->len - page->start, (gsize)(page->untraced - page->html));
}

/* Writes what is due before a text: newlines, the marks of quotes and items, or a space. */
static void
begin_text(Page *page)
{
    if (is_first_text(page))
        page->breaks = 0;
    trace(page);
    for (guint i = 0; i < page->breaks; i++) {
        voc_buffer_add_char(page->out, '\n');
        if (i + 1 < page->breaks && page->quotes)
            voc_buffer_add_char(page->out, '>');
    }
    if (page->breaks || is_first_text(page)) {
        for (guint i = 0; i < MIN(page->quotes, 16); i++)
            voc_buffer_add_literal(page->out, "> ");
        for (guint i = 1; page->lists && i < MIN(page->lists, 16); i++)
            voc_buffer_add_literal(page->out, "  ");
    } else if (page->space) {
        voc_buffer_add_char(page->out, ' ');
    }
    if (page->bullet) {
        int item = page->lists && page->lists <= MAX_LISTS ? page->items[page->lists - 1] : -1;

        if (item >= 0)
            voc_buffer_add_printf(page->out, "%d. ", item);
        else
            voc_buffer_add_literal(page->out, "- ");
    }
    page->breaks = 0;
    page->space = page->bullet = FALSE;
    trace(page);
    page->untraced = NULL;
}

/* The length of the white space character at `at`, no-break spaces and their like among them; 0: none. */
static gsize
space_length(const char *at)
{
    if (g_ascii_isspace(*at))
        return 1;
    if ((guchar)at[0] == 0xc2 && (guchar)at[1] == 0xa0)
        return 2;
    if ((guchar)at[0] == 0xe2 && (guchar)at[1] == 0x80 && (guchar)at[2] >= 0x80 && (guchar)at[2] <= 0x8a)
        return 3;
    return 0;
}

static void
add_text(Page *page, const char *text)
{
    while (*text) {
        gsize space = space_length(text);

        if (space && page->pre && *text == '\n')
            page->breaks = MIN(page->breaks + 1, 2);
        else if (space && page->pre && !page->breaks && !is_first_text(page))
            voc_buffer_add_char(page->out, ' ');
        else if (space)
            page->space = TRUE;
        if (space) {
            text += space;
            continue;
        }
        begin_text(page);
        while (*text && !space_length(text))
            voc_buffer_add_char(page->out, *text++);
    }
}

/* Adds an image's words only where they are a character of the text: an emoji. */
static void
add_image(Page *page, const GumboNode *node)
{
    const char *alt = attribute(node, "alt");
    gboolean short_text = alt && strlen(alt) <= 32 && g_utf8_validate(alt, -1, NULL);
    gunichar c = short_text ? g_utf8_get_char(alt) : 0;

    if ((c >= 0x1f000 && c <= 0x1faff) || (c >= 0x2600 && c <= 0x27bf))
        add_text(page, alt);
}

/* `style` without its white space, in small letters; free it. */
static char *
squeeze_style(const char *style)
{
    GString *squeezed = g_string_new(NULL);

    for (gsize i = 0; style[i] && i < 4096; i++)
        if (!g_ascii_isspace(style[i]))
            g_string_append_c(squeezed, g_ascii_tolower(style[i]));
    return g_string_free(squeezed, FALSE);
}

/* Whether the declarations hide what they are for: mail programs hide previews and trackers so. */
static gboolean
style_hides(const char *style)
{
    static const char *const hiding[] = {
        "display:none",  "visibility:hidden", "mso-hide:all",  "font-size:0px",  "font-size:0;",
        "font-size:0pt", "opacity:0;",        "max-height:0;", "max-height:0px", NULL};
    g_autofree char *squeezed = squeeze_style(style);
    g_autofree char *ended = g_strconcat(squeezed, ";", NULL);

    for (const char *const *one = hiding; *one; one++)
        if (strstr(ended, *one))
            return TRUE;
    return FALSE;
}

static gboolean
class_hides(const Page *page, const char *classes)
{
    g_auto(GStrv) names = NULL;

    if (!page->n_hiding)
        return FALSE;
    names = g_strsplit_set(classes, " \t\r\n\f", 64);
    for (char **name = names; *name; name++)
        if (**name && g_strv_contains((const char *const *)page->hiding, *name))
            return TRUE;
    return FALSE;
}

static gboolean
is_hidden(const Page *page, const GumboNode *node)
{
    static const GumboTag unseen[] = {GUMBO_TAG_HEAD,   GUMBO_TAG_STYLE,  GUMBO_TAG_SCRIPT,
                                      GUMBO_TAG_TITLE,  GUMBO_TAG_SELECT, GUMBO_TAG_TEMPLATE,
                                      GUMBO_TAG_IFRAME, GUMBO_TAG_OBJECT, GUMBO_TAG_SVG,
                                      GUMBO_TAG_AUDIO,  GUMBO_TAG_VIDEO,  GUMBO_TAG_LAST};
    const char *style, *classes;

    if (tag_is_in(node->v.element.tag, unseen) || attribute(node, "hidden"))
        return TRUE;
    style = attribute(node, "style");
    classes = attribute(node, "class");
    return (style && style_hides(style)) || (classes && class_hides(page, classes));
}

/* Adds the selector when it is a class and nothing else. */
static void
add_hiding(Page *page, VocSlice selector)
{
    const char *at = memchr(selector.data, '.', selector.len);
    gsize n = 0;

    if (!at || page->n_hiding == MAX_HIDING)
        return;
    for (at++; at + n < selector.data + selector.len; n++)
        if (!g_ascii_isalnum(at[n]) && at[n] != '-' && at[n] != '_')
            return;
    if (n)
        page->hiding[page->n_hiding++] = g_strndup(at, n);
}

/* Reads the rules of a style sheet that hide classes; those for some media only (phones) do not count. */
static void
read_rules(Page *page, const char *sheet)
{
    const char *rule = sheet, *open, *close;

    while ((open = strchr(rule, '{')) && (close = strpbrk(open + 1, "{}"))) {
        g_autofree char *body = g_strndup(open + 1, (gsize)(close - open - 1));

        if (*close == '{') { /* a rule of rules */
            const char *end = strstr(close, "}}");

            for (const char *inner = close; !end && (inner = strchr(inner, '}'));) {
                const char *next = inner + 1 + strspn(inner + 1, " \t\r\n");

                if (*next == '}')
                    end = next;
                inner = next;
            }
            if (!end)
                return;
            rule = end + strspn(end, "}");
            continue;
        }
        if (style_hides(body)) {
            g_autofree char *list = g_strndup(rule, (gsize)(open - rule));
            g_auto(GStrv) selectors = g_strsplit(list, ",", 32);

            for (char **one = selectors; *one; one++)
                add_hiding(page, voc_slice_strip(voc_slice_from_string(*one)));
        }
        rule = close + 1;
    }
}

/* What an element does to lines: 0 nothing, 1 a new one, 2 an empty one between. */
static guint
breaks_of(GumboTag tag)
{
    static const GumboTag paragraphs[] = {GUMBO_TAG_P,   GUMBO_TAG_H1, GUMBO_TAG_H2,    GUMBO_TAG_H3,
                                          GUMBO_TAG_H4,  GUMBO_TAG_H5, GUMBO_TAG_H6,    GUMBO_TAG_UL,
                                          GUMBO_TAG_OL,  GUMBO_TAG_DL, GUMBO_TAG_TABLE, GUMBO_TAG_BLOCKQUOTE,
                                          GUMBO_TAG_PRE, GUMBO_TAG_HR, GUMBO_TAG_LAST};
    static const GumboTag blocks[] = {
        GUMBO_TAG_DIV,     GUMBO_TAG_LI,      GUMBO_TAG_TR,         GUMBO_TAG_DT,      GUMBO_TAG_DD,
        GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_HEADER,     GUMBO_TAG_FOOTER,  GUMBO_TAG_ASIDE,
        GUMBO_TAG_NAV,     GUMBO_TAG_MAIN,    GUMBO_TAG_FIGURE,     GUMBO_TAG_ADDRESS, GUMBO_TAG_FORM,
        GUMBO_TAG_CAPTION, GUMBO_TAG_CENTER,  GUMBO_TAG_FIGCAPTION, GUMBO_TAG_BODY,    GUMBO_TAG_LAST};

    return tag_is_in(tag, paragraphs) ? 2 : tag_is_in(tag, blocks) ? 1 : 0;
}

static void
open_list(Page *page, GumboTag tag)
{
    if (page->lists < MAX_LISTS)
        page->items[page->lists] = tag == GUMBO_TAG_OL ? 0 : -1;
    page->lists++;
}

static void
open_element(Page *page, const GumboNode *node)
{
    GumboTag tag = node->v.element.tag;
    guint breaks = breaks_of(tag);

    if ((tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL) && page->lists)
        breaks = 1;
    break_lines(page, breaks);
    if (tag == GUMBO_TAG_BR)
        page->breaks = MIN(page->breaks + 1, 2);
    else if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH)
        page->space = TRUE;
    else if (tag == GUMBO_TAG_BLOCKQUOTE)
        page->quotes++;
    else if (tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_TEXTAREA)
        page->pre++;
    else if (tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL)
        open_list(page, tag);
    else if (tag == GUMBO_TAG_IMG)
        add_image(page, node);
    if (tag == GUMBO_TAG_LI) {
        page->bullet = TRUE;
        if (page->lists && page->lists <= MAX_LISTS && page->items[page->lists - 1] >= 0)
            page->items[page->lists - 1]++;
    }
}

static void
close_element(Page *page, const GumboNode *node)
{
    GumboTag tag = node->v.element.tag;
    guint breaks = breaks_of(tag);

    if (tag == GUMBO_TAG_BLOCKQUOTE)
        page->quotes--;
    else if (tag == GUMBO_TAG_PRE || tag == GUMBO_TAG_TEXTAREA)
        page->pre--;
    else if (tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL)
        breaks = --page->lists ? 1 : 2;
    else if (tag == GUMBO_TAG_LI)
        page->bullet = FALSE;
    break_lines(page, breaks);
}

static const GumboVector *
children_of(const GumboNode *node)
{
    if (node->type == GUMBO_NODE_DOCUMENT)
        return &node->v.document.children;
    if (node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE)
        return &node->v.element.children;
    return NULL;
}

/* The node behind `node` and all that hangs on it, `up` called for each element that ends. */
static const GumboNode *
step_over(const GumboNode *node, const GumboNode *top, Page *page, void (*up)(Page *, const GumboNode *))
{
    while (node != top) {
        const GumboNode *parent = node->parent;
        const GumboVector *children = children_of(parent);

        if (node->index_within_parent + 1 < children->length)
            return children->data[node->index_within_parent + 1];
        node = parent;
        if (up && node->type == GUMBO_NODE_ELEMENT)
            up(page, node);
    }
    return NULL;
}

static const GumboNode *
first_child(const GumboNode *node)
{
    const GumboVector *children = children_of(node);

    return children && children->length ? children->data[0] : NULL;
}

/* Finds the document's own styles. */
static void
read_styles(Page *page, const GumboNode *top)
{
    for (const GumboNode *node = top; node;) {
        const GumboNode *child = first_child(node);

        if (child && is_tag(node, GUMBO_TAG_STYLE) && child->type == GUMBO_NODE_TEXT)
            read_rules(page, child->v.text.text);
        node = child ? child : step_over(node, top, page, NULL);
    }
}

/* Adds the text and notes where it stands, its end too: references make it shorter than it was. */
static void
trace_text(Page *page, const GumboText *text)
{
    /* The parser makes no characters of references that are none: &#xbbbbbbbbb; */
    g_autofree char *valid = g_utf8_validate(text->text, -1, NULL) ? NULL : g_utf8_make_valid(text->text, -1);
    page->untraced = text->original_text.data;
    add_text(page, valid ? valid : text->text);
    if (page->origin && !page->untraced)
        voc_origin_add(page->origin, page->out->len - page->start,
                       (gsize)(text->original_text.data - page->html) + text->original_text.length);
}

static void
read_nodes(Page *page, const GumboNode *top)
{
    for (const GumboNode *node = top; node;) {
        const GumboNode *child = NULL;

        if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
            node->type == GUMBO_NODE_CDATA) {
            trace_text(page, &node->v.text);
        } else if (node->type == GUMBO_NODE_ELEMENT && !is_hidden(page, node)) {
            open_element(page, node);
            child = first_child(node);
            if (!child)
                close_element(page, node);
        }
        node = child ? child : step_over(node, top, page, close_element);
    }
}

/* The parser makes odd bytes of references to characters that are none (&#99999999999;). */
static void
mend(VocBuffer *out, gsize start)
{
    VocSlice text = voc_slice_of(out->data + start, out->len - start);
    g_auto(VocBuffer) valid = VOC_BUFFER_INIT;

    if (text.len && voc_utf8_valid_length(text) < text.len) {
        voc_charset_decode(text, "UTF-8", &valid);
        out->len = start;
        voc_buffer_add_slice(out, voc_buffer_slice(&valid));
    }
}

void
voc_markup_to_text(VocSlice html, VocBuffer *out)
{
    voc_markup_to_text_traced(html, out, NULL);
}

void
voc_markup_to_text_traced(VocSlice html, VocBuffer *out, VocOrigin *origin)
{
    g_autofree Page *page = NULL;
    GumboOptions options = kGumboDefaultOptions;
    GumboOutput *tree;

    if (!voc_markup_is_tame(html)) {
        voc_markup_strip_tags(html, out);
        return;
    }
    options.max_errors = 0;
    tree = gumbo_parse_with_options(&options, html.data ? html.data : "", html.len);
    page = g_new0(Page, 1);
    page->out = out;
    page->start = out->len;
    page->origin = origin;
    page->html = html.data;
    read_styles(page, tree->root);
    read_nodes(page, tree->root);
    while (out->len > page->start && g_ascii_isspace(out->data[out->len - 1]))
        out->len--;
    mend(out, page->start);
    for (guint i = 0; i < page->n_hiding; i++)
        g_free(page->hiding[i]);
    gumbo_destroy_output(&kGumboDefaultOptions, tree);
}

static const struct {
    const char *name, *text;
} REFERENCES[] = {
    {"amp", "&"},    {"lt", "<"},     {"gt", ">"},    {"quot", "\""}, {"apos", "'"},  {"nbsp", " "},
    {"auml", "ä"},   {"ouml", "ö"},   {"aring", "å"}, {"Auml", "Ä"},  {"Ouml", "Ö"},  {"Aring", "Å"},
    {"eacute", "é"}, {"uuml", "ü"},   {"Uuml", "Ü"},  {"szlig", "ß"}, {"euro", "€"},  {"ndash", "–"},
    {"mdash", "—"},  {"hellip", "…"}, {"lsquo", "‘"}, {"rsquo", "’"}, {"ldquo", "“"}, {"rdquo", "”"},
    {"bull", "•"},   {"middot", "·"}, {"copy", "©"},  {"reg", "®"},   {"deg", "°"},   {"laquo", "«"},
    {"raquo", "»"},  {"times", "×"},  {"trade", "™"}, {"sect", "§"},  {"pound", "£"}, {"shy", ""},
    {"zwnj", ""},
};

/* The length of the reference at `at`, whose character is added; 0 when there is none. */
static gsize
add_reference(const char *at, const char *end, VocBuffer *out)
{
    const char *semicolon = memchr(at, ';', (gsize)MIN(end - at, 12));
    VocSlice name;

    if (!semicolon)
        return 0;
    name = voc_slice_of(at + 1, (gsize)(semicolon - at - 1));
    if (name.len > 1 && name.data[0] == '#') {
        gboolean hex = (name.data[1] | 0x20) == 'x';
        char *stop;
        guint64 c = g_ascii_strtoull(name.data + 1 + hex, &stop, hex ? 16 : 10);

        if (stop != semicolon || !g_ascii_isxdigit(name.data[1 + hex]) || c == 0 || c > 0x10ffff ||
            !g_unichar_validate((gunichar)c))
            return 0;
        out->len += (gsize)g_unichar_to_utf8((gunichar)c, voc_buffer_reserve(out, 6));
        return name.len + 2;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(REFERENCES); i++)
        if (voc_slice_equal_string(name, REFERENCES[i].name)) {
            voc_buffer_add_string(out, REFERENCES[i].text);
            return name.len + 2;
        }
    return 0;
}

void
voc_markup_unescape(VocSlice text, VocBuffer *out)
{
    const char *at = text.data, *end = at + text.len;

    while (at < end) {
        const char *reference = memchr(at, '&', (gsize)(end - at));
        gsize n;

        voc_buffer_add(out, at, (gsize)((reference ? reference : end) - at));
        if (!reference)
            return;
        n = add_reference(reference, end, out);
        if (!n)
            voc_buffer_add_char(out, '&');
        at = reference + (n ? n : 1);
    }
}
