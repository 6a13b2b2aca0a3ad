#include "read/mail-body.h"

#include "text/charset.h"
#include "text/markup.h"

#define MAX_CONTENT ((gsize)16 << 20) /* of a part of text; what is behind is not read */

void
voc_mail_body_init(VocMailBody *body)
{
    memset(body, 0, sizeof *body);
    body->attached = g_array_new(FALSE, FALSE, sizeof(guint));
}

void
voc_mail_body_clear(VocMailBody *body)
{
    voc_buffer_clear(&body->text);
    voc_buffer_clear(&body->bytes);
    voc_buffer_clear(&body->decoded);
    g_array_unref(body->attached);
}

static gboolean
is_type(const VocMimePart *part, const char *type)
{
    return voc_slice_equal_string(part->type, type);
}

/* Pictures and sounds that stand between texts. */
static gboolean
is_media(const VocMimePart *part)
{
    return voc_slice_starts_with(part->type, VOC_SLICE("image/")) ||
           voc_slice_starts_with(part->type, VOC_SLICE("audio/")) ||
           voc_slice_starts_with(part->type, VOC_SLICE("video/"));
}

/* The sorting of parts while the tree is walked. */
typedef struct Sort {
    const VocMime *mime;
    GArray *plain, *html; /* parts to show to who wants plain text, or HTML: of guint */
    GArray *attached;
} Sort;

static void
add_unless_there(GArray *parts, guint part)
{
    for (guint i = 0; i < parts->len; i++)
        if (g_array_index(parts, guint, i) == part)
            return;
    g_array_append_val(parts, part);
}

static void
add_from(GArray *to, const GArray *from, guint start)
{
    for (guint i = start; i < from->len; i++)
        add_unless_there(to, g_array_index(from, guint, i));
}

/* A leaf: where it belongs. `plain` and `html` say which list is still open, and are closed where an
 * alternative has shown what it is. */
static void
sort_leaf(Sort *sort, guint index, const char *around, gboolean in_alternative, gboolean *plain,
          gboolean *html)
{
    const VocMimePart *part = &sort->mime->parts[index];
    gboolean is_plain = is_type(part, "text/plain"), is_html = is_type(part, "text/html"),
             media = is_media(part);
    gboolean shown = part->kind == VOC_MIME_LEAF && !part->attached && (is_plain || is_html || media) &&
                     (part->place == 0 || (strcmp(around, "related") != 0 && (media || !part->name.len)));

    if (!shown) {
        g_array_append_val(sort->attached, index);
        return;
    }
    if (strcmp(around, "alternative") == 0) {
        if (is_plain && *plain)
            g_array_append_val(sort->plain, index);
        else if (is_html && *html)
            g_array_append_val(sort->html, index);
        else if (media)
            g_array_append_val(sort->attached, index);
        return;
    }
    if (in_alternative && is_plain)
        *html = FALSE;
    if (in_alternative && is_html)
        *plain = FALSE;
    if (*plain)
        g_array_append_val(sort->plain, index);
    if (*html)
        g_array_append_val(sort->html, index);
    if (media)
        g_array_append_val(sort->attached, index);
}

/* The parts in the part `parent` (-1: the root alone). GMime bounds how deep they go. */
static void
sort_parts(Sort *sort, int parent, const char *around, gboolean in_alternative, gboolean plain, gboolean html)
{
    guint n_plain = sort->plain->len, n_html = sort->html->len;

    for (guint i = (guint)(parent + 1); i < sort->mime->n_parts; i++) {
        const VocMimePart *part = &sort->mime->parts[i];

        if (part->parent < parent)
            break; /* behind all that is in it */
        if (part->parent != parent)
            continue;
        if (part->kind == VOC_MIME_MULTIPART) {
            const char *slash = memchr(part->type.data, '/', part->type.len);
            g_autofree char *subtype =
                slash ? g_strndup(slash + 1, part->type.len - 1 - (gsize)(slash - part->type.data))
                      : g_strdup("mixed");

            sort_parts(sort, (int)i, subtype, in_alternative || strcmp(subtype, "alternative") == 0, plain,
                       html);
        } else {
            sort_leaf(sort, i, around, in_alternative, &plain, &html);
        }
    }
    if (strcmp(around, "alternative") == 0 && plain && html) {
        gboolean no_plain = sort->plain->len == n_plain, no_html = sort->html->len == n_html;

        if (no_plain && !no_html)
            add_from(sort->plain, sort->html, n_html);
        if (no_html && !no_plain)
            add_from(sort->html, sort->plain, n_plain);
    }
}

/* Charsets in which ASCII bytes may mean something else. */
static gboolean
is_stateful(const char *label)
{
    return g_ascii_strncasecmp(label, "utf-7", 5) == 0 || g_ascii_strncasecmp(label, "utf7", 4) == 0 ||
           g_ascii_strncasecmp(label, "utf-16", 6) == 0 || g_ascii_strncasecmp(label, "utf-32", 6) == 0 ||
           g_ascii_strncasecmp(label, "iso-2022", 8) == 0 || g_ascii_strncasecmp(label, "hz-", 3) == 0 ||
           g_ascii_strncasecmp(label, "unicode-1-1-utf-7", 17) == 0 ||
           g_ascii_strncasecmp(label, "ucs", 3) == 0;
}

/* The charset that an HTML document claims, where its mail does not say; free it. */
static char *
claimed_charset(VocSlice html)
{
    VocSlice head = voc_slice_of(html.data, MIN(html.len, 2048));
    g_autofree char *lower = g_ascii_strdown(head.data ? head.data : "", (gssize)head.len);
    const char *at = strstr(lower, "charset=");
    gsize n;

    if (!at)
        return NULL;
    at += strlen("charset=");
    at += *at == '"' || *at == '\'';
    n = strspn(at, "abcdefghijklmnopqrstuvwxyz0123456789-_");
    return n ? g_strndup(at, n) : NULL;
}

/* The part's content as UTF-8; lives until the next call. */
static VocSlice
decode_part(VocMailBody *body, const VocMimePart *part)
{
    g_autofree char *label = part->charset.len ? voc_slice_dup(part->charset) : NULL;
    VocSlice content = voc_slice_of(part->content.data, MIN(part->content.len, MAX_CONTENT));

    content = voc_mime_decode(part, content, &body->bytes);
    if (!label && is_type(part, "text/html"))
        label = claimed_charset(content);
    if ((!label || !is_stateful(label)) && voc_utf8_valid_length(content) == content.len &&
        !voc_slice_starts_with(content, VOC_SLICE("\357\273\277")))
        return content;
    voc_buffer_reset(&body->decoded);
    voc_charset_decode(content, label, &body->decoded);
    return voc_buffer_slice(&body->decoded);
}

static gsize
count_marks(VocSlice line)
{
    gsize n = 0;

    while (n < line.len && line.data[n] == '>')
        n++;
    return n;
}

/* RFC 3676: lines that end in a space go on in the next one of the same quotation. */
static void
add_flowed(VocBuffer *out, VocSlice text, gboolean delsp)
{
    const char *at = text.data, *end = at + text.len;
    gsize marks_before = 0;
    gboolean flows = FALSE;

    while (at < end) {
        const char *newline = memchr(at, '\n', (gsize)(end - at));
        VocSlice line = voc_slice_of(at, (gsize)((newline ? newline : end) - at));
        gsize marks;

        at = newline ? newline + 1 : end;
        while (line.len && line.data[line.len - 1] == '\r')
            line.len--;
        marks = count_marks(line);
        if (flows && (marks != marks_before || voc_slice_equal_string(line, "-- "))) {
            voc_buffer_add_char(out, '\n');
            flows = FALSE;
        }
        if (!flows)
            voc_buffer_add(out, line.data, marks);
        line = voc_slice_of(line.data + marks, line.len - marks);
        if (line.len && line.data[0] == ' ')
            line = voc_slice_of(line.data + 1, line.len - 1);
        if (!flows && marks && line.len)
            voc_buffer_add_char(out, ' ');
        flows = line.len && line.data[line.len - 1] == ' ' &&
                !(line.len == 3 && memcmp(line.data, "-- ", 3) == 0);
        voc_buffer_add(out, line.data, line.len - (flows && delsp));
        if (!flows)
            voc_buffer_add_char(out, '\n');
        marks_before = marks;
    }
}

/* Adds `text` with its line ends made LF. */
static void
add_lines(VocBuffer *out, VocSlice text)
{
    const char *at = text.data, *end = at + text.len;

    while (at < end) {
        const char *cr = memchr(at, '\r', (gsize)(end - at));

        voc_buffer_add(out, at, (gsize)((cr ? cr : end) - at));
        if (!cr)
            return;
        if (cr + 1 == end || cr[1] != '\n')
            voc_buffer_add_char(out, '\n');
        at = cr + 1;
    }
}

/* Blank lines at either end of what was added from `start` on go. */
static void
trim(VocBuffer *text, gsize start)
{
    gsize first = start;

    while (text->len > start && g_ascii_isspace(text->data[text->len - 1]))
        text->len--;
    for (gsize i = start; i < text->len && g_ascii_isspace(text->data[i]); i++)
        if (text->data[i] == '\n')
            first = i + 1;
    if (first > start) {
        memmove(text->data + start, text->data + first, text->len - first);
        text->len -= first - start;
    }
}

static void
add_part(VocMailBody *body, const VocMimePart *part)
{
    VocSlice text = decode_part(body, part);
    gsize start;

    if (body->text.len)
        voc_buffer_add_literal(&body->text, "\n\n");
    start = body->text.len;
    if (is_type(part, "text/html"))
        voc_markup_to_text(text, &body->text);
    else if (part->flowed)
        add_flowed(&body->text, text, part->delsp);
    else
        add_lines(&body->text, text);
    trim(&body->text, start);
    if (body->text.len == start)
        body->text.len = start >= 2 ? start - 2 : 0;
}

/* Adds the parts of the list that are text; whether one is HTML. */
static gboolean
add_texts(VocMailBody *body, const VocMime *mime, const GArray *list)
{
    gboolean html = FALSE;

    for (guint i = 0; i < list->len && body->text.len <= VOC_MAIL_TEXT_MAX; i++) {
        const VocMimePart *part = &mime->parts[g_array_index(list, guint, i)];

        if (is_media(part))
            continue;
        html |= is_type(part, "text/html");
        add_part(body, part);
    }
    return html;
}

static void
cut_text(VocMailBody *body)
{
    gsize n = VOC_MAIL_TEXT_MAX;

    if (body->text.len <= n)
        return;
    while (((guchar)body->text.data[n] & 0xc0) == 0x80)
        n--;
    body->text.len = n;
    body->cut = TRUE;
}

/* The only mail in a mail without a text of its own: the index of its part; -1 when it is not so. */
static int
only_nested(const VocMime *mime)
{
    int found = -1;

    for (guint i = 0; i < mime->n_parts; i++) {
        if (mime->parts[i].kind != VOC_MIME_MESSAGE)
            continue;
        for (int up = mime->parts[i].parent; up >= 0; up = mime->parts[up].parent)
            if (mime->parts[up].kind == VOC_MIME_MESSAGE || mime->parts[up].report.len)
                return found;
        if (found >= 0)
            return -1;
        found = (int)i;
    }
    return found;
}

static void
read_texts(VocMailBody *body, const Sort *sort)
{
    body->from_html = add_texts(body, sort->mime, sort->plain);
    if (!body->text.len && sort->html->len)
        body->from_html = add_texts(body, sort->mime, sort->html);
}

void
voc_mail_body_read(VocMailBody *body, const VocMime *mime)
{
    Sort sort = {mime, g_array_new(FALSE, FALSE, sizeof(guint)), g_array_new(FALSE, FALSE, sizeof(guint)),
                 body->attached};
    int nested;

    voc_buffer_reset(&body->text);
    g_array_set_size(body->attached, 0);
    body->cut = FALSE;
    sort_parts(&sort, -1, "mixed", FALSE, TRUE, TRUE);
    read_texts(body, &sort);
    if (!body->text.len && (nested = only_nested(mime)) >= 0) {
        g_autoptr(GArray) kept = g_array_copy(body->attached);

        sort_parts(&sort, nested, "mixed", FALSE, TRUE, TRUE);
        read_texts(body, &sort);
        if (!body->text.len) {
            g_array_set_size(body->attached, 0);
            add_from(body->attached, kept, 0);
        }
    }
    trim(&body->text, 0);
    cut_text(body);
    g_array_unref(sort.plain);
    g_array_unref(sort.html);
}
