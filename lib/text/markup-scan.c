#include "text/markup-scan.h"

#include "text/markup.h"

#define MAX_BYTES ((gsize)16 << 20)
#define MAX_TAGS 200000
#define MAX_DEPTH 512        /* elements open at once */
#define MAX_FORMATTING 128   /* of them such as every new paragraph opens again */
#define MAX_REOPENED 1000000 /* how often it may do that, in all */
#define MAX_ATTRIBUTES 256   /* of a tag: each is compared with all */

/* A tag in the text: `name` is empty for comments and the like. */
typedef struct Tag {
    VocSlice name;
    gboolean closes;
    guint attributes;
} Tag;

static const char *
skip_comment(const char *at, const char *end)
{
    for (at += 4; end - at >= 3; at++)
        if (memcmp(at, "-->", 3) == 0)
            return at + 3;
    return end;
}

/* Reads the tag that begins at `at`, a '<'; behind it, or NULL when it is a '<' of the text. */
static const char *
read_tag(const char *at, const char *end, Tag *tag)
{
    const char *name = at + 1;
    char quote = 0;

    memset(tag, 0, sizeof *tag);
    if (end - at >= 4 && memcmp(at, "<!--", 4) == 0)
        return skip_comment(at, end);
    if (name < end && *name == '/') {
        tag->closes = TRUE;
        name++;
    }
    if (name == end || (!g_ascii_isalpha(*name) && *name != '!' && *name != '?'))
        return NULL;
    for (at = name; at < end && !g_ascii_isspace(*at) && *at != '>' && *at != '/'; at++)
        ;
    tag->name = voc_slice_of(name, (gsize)(at - name));
    for (; at < end && (quote || *at != '>'); at++) {
        if (quote)
            quote = *at == quote ? 0 : quote;
        else if ((*at == '"' || *at == '\'') && at[-1] == '=')
            quote = *at;
        else
            tag->attributes += g_ascii_isspace(*at) || *at == '/' || *at == '"' || *at == '\'';
    }
    return at < end ? at + 1 : end;
}

static guint
name_hash(VocSlice name)
{
    guint hash = 5381;

    for (gsize i = 0; i < name.len && i < 32; i++)
        hash = hash * 33 + (guchar)g_ascii_tolower(name.data[i]);
    return hash;
}

static gboolean
is_one_of(VocSlice name, const char *const *names)
{
    for (; *names; names++)
        if (strlen(*names) == name.len && g_ascii_strncasecmp(name.data, *names, name.len) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
is_formatting(VocSlice name)
{
    static const char *const names[] = {"a", "b",     "big",    "code",   "em", "font", "i", "nobr",
                                        "s", "small", "strike", "strong", "tt", "u",    NULL};

    return is_one_of(name, names);
}

static gboolean
is_void(VocSlice name)
{
    static const char *const names[] = {"area", "base", "br",    "col",   "embed",  "hr",    "img",
                                        "link", "meta", "input", "param", "source", "track", NULL};

    return is_one_of(name, names) || name.data[0] == '!' || name.data[0] == '?';
}

/* How many elements of each name are open, by the hash of the name, and of all. */
typedef struct Depth {
    guint16 open[1024];
    guint all, formatting;
    guint64 reopened;
} Depth;

/* A closing tag closes at most one of its name; what it leaves open counts on, so this errs to the deep. */
static gboolean
count_tag(Depth *depth, const Tag *tag)
{
    guint16 *open = &depth->open[name_hash(tag->name) % G_N_ELEMENTS(depth->open)];
    gboolean formatting = is_formatting(tag->name);

    if (tag->closes) {
        if (*open) {
            (*open)--;
            depth->all--;
            depth->formatting -= formatting && depth->formatting;
        }
        return TRUE;
    }
    if (!is_void(tag->name)) {
        (*open)++;
        depth->all++;
        depth->formatting += formatting;
    }
    depth->reopened += depth->formatting;
    return depth->all <= MAX_DEPTH && depth->formatting <= MAX_FORMATTING &&
           depth->reopened <= MAX_REOPENED && tag->attributes <= MAX_ATTRIBUTES;
}

/* Paragraphs, items, rows and cells are closed by the next one, which most documents rely on. */
static void
close_implied(Depth *depth, const Tag *tag)
{
    static const char *const names[] = {"p", "li", "td", "th", "tr", "dt", "dd", "option", NULL};
    Tag before = *tag;

    before.closes = TRUE;
    if (!tag->closes && is_one_of(tag->name, names))
        count_tag(depth, &before);
}

gboolean
voc_markup_is_tame(VocSlice html)
{
    const char *at = html.data, *end = at + html.len;
    g_autofree Depth *depth = NULL;
    guint n = 0;

    if (!html.len)
        return TRUE;
    if (html.len > MAX_BYTES)
        return FALSE;
    depth = g_new0(Depth, 1);
    while ((at = memchr(at, '<', (gsize)(end - at)))) {
        Tag tag;
        const char *behind = read_tag(at, end, &tag);

        at = behind ? behind : at + 1;
        if (!behind || !tag.name.len)
            continue;
        close_implied(depth, &tag);
        if (++n > MAX_TAGS || !count_tag(depth, &tag))
            return FALSE;
        if (at == end)
            break;
    }
    return TRUE;
}

/* Behind the end of the element whose text is no text; `end` when it is not closed. */
static const char *
skip_element(const char *at, const char *end, VocSlice name)
{
    while ((at = memchr(at, '<', (gsize)(end - at)))) {
        if ((gsize)(end - at) > name.len + 2 && at[1] == '/' &&
            g_ascii_strncasecmp(at + 2, name.data, name.len) == 0) {
            at = memchr(at, '>', (gsize)(end - at));
            return at ? at + 1 : end;
        }
        at++;
    }
    return end;
}

static gboolean
breaks_line(VocSlice name)
{
    static const char *const names[] = {"br", "p",  "div", "li", "tr",         "h1",      "h2",      "h3",
                                        "h4", "ul", "ol",  "td", "blockquote", "section", "article", NULL};

    return is_one_of(name, names);
}

static gboolean
is_not_text(VocSlice name)
{
    static const char *const names[] = {"style", "script", "head", "title", NULL};

    return is_one_of(name, names);
}

/* Adds a piece of text with its white space made one space or newline. */
static void
add_piece(VocBuffer *out, VocSlice piece)
{
    VocBuffer plain = VOC_BUFFER_INIT;

    voc_markup_unescape(piece, &plain);
    for (gsize i = 0; i < plain.len; i++) {
        gboolean space = g_ascii_isspace(plain.data[i]) || !plain.data[i];

        if (!space)
            voc_buffer_add_char(out, plain.data[i]);
        else if (out->len && !g_ascii_isspace(out->data[out->len - 1]))
            voc_buffer_add_char(out, ' ');
    }
    voc_buffer_clear(&plain);
}

void
voc_markup_strip_tags(VocSlice html, VocBuffer *out)
{
    const char *at = html.data, *end = at + html.len, *text = at;
    gsize start = out->len;
    guint unclosed = 0; /* such elements without an end, each looked for through the rest */

    while (at < end && (at = memchr(at, '<', (gsize)(end - at)))) {
        Tag tag;
        const char *behind = read_tag(at, end, &tag);

        if (!behind) {
            at++;
            continue;
        }
        add_piece(out, voc_slice_of(text, (gsize)(at - text)));
        if (breaks_line(tag.name) && out->len > start && out->data[out->len - 1] != '\n')
            voc_buffer_add_char(out, '\n');
        if (!tag.closes && is_not_text(tag.name) && unclosed < 8) {
            const char *closed = skip_element(behind, end, tag.name);

            unclosed += closed == end;
            behind = closed < end ? closed : behind;
        }
        at = text = behind;
    }
    if (text < end)
        add_piece(out, voc_slice_of(text, (gsize)(end - text)));
    while (out->len > start && g_ascii_isspace(out->data[out->len - 1]))
        out->len--;
}
