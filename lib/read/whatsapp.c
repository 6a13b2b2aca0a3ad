#include "read/whatsapp.h"

#include "base/error.h"
#include "base/tsv.h"

#define MAX_STAMP 64   /* bytes */
#define MAX_AUTHOR 200 /* bytes: a colon further on is the text's */

/* Words that a text may begin with. */
typedef struct List {
    GPtrArray *words;    /* of char *, in small letters */
    guint8 begins[8192]; /* a bit for each pair of bytes that one begins with, ASCII in small letters */
} List;

struct VocWhatsappWords {
    List media, deleted, edited;
};

/* The length of the direction mark (U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069) or byte order mark at
 * `at`, or 0. */
static gsize
mark_length(const char *at, const char *end)
{
    const guchar *c = (const guchar *)at;

    if (end - at < 3)
        return 0;
    if (c[0] == 0xe2 && c[1] == 0x80 && (c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xaa && c[2] <= 0xae)))
        return 3;
    if (c[0] == 0xe2 && c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9)
        return 3;
    return c[0] == 0xef && c[1] == 0xbb && c[2] == 0xbf ? 3 : 0;
}

static const char *
skip_marks(const char *at, const char *end)
{
    gsize n;

    while ((n = mark_length(at, end)))
        at += n;
    return at;
}

/* The end of a stamp that Android writes: " - " behind it. */
static const char *
find_dash(const char *at, const char *end)
{
    const char *stop = MIN(end, at + MAX_STAMP);

    for (; at + 3 <= stop; at++)
        if (at[0] == ' ' && at[1] == '-' && at[2] == ' ')
            return at;
    return NULL;
}

/* Does it begin as a date in numbers does, and has it a clock? */
static gboolean
looks_like_stamp(const char *at, const char *end)
{
    int digits = 0, parts = 0;

    for (; at < end; at++) {
        if (g_ascii_isdigit(*at))
            digits++;
        else if (digits)
            parts += *at == '.' || *at == '/' || *at == '-' || *at == ':';
    }
    return digits >= 5 && digits <= 17 && parts >= 3;
}

/* "~ Name" is somebody who is not in the phone's book. */
static VocSlice
bare_author(const char *at, const char *end)
{
    VocSlice author;

    at = skip_marks(at, end);
    author = voc_slice_strip(voc_slice_of(at, (gsize)(end - at)));
    if (author.len > 1 && author.data[0] == '~') {
        author = voc_slice_of(author.data + 1, author.len - 1);
        while (author.len >= 3 &&
               (memcmp(author.data, "\342\200\257", 3) == 0 || memcmp(author.data, "\342\200\252", 3) == 0))
            author = voc_slice_of(author.data + 3, author.len - 3);
        if (author.len >= 2 && memcmp(author.data, "\302\240", 2) == 0)
            author = voc_slice_of(author.data + 2, author.len - 2);
        author = voc_slice_strip(author);
    }
    return author;
}

static void
split_author(const char *at, const char *end, VocWhatsappLine *parts)
{
    const char *stop = MIN(end, at + MAX_AUTHOR), *colon = at;

    while (colon < stop && (*colon != ':' || (colon + 1 < end && colon[1] != ' ' && colon[1] != '.')))
        colon++;
    parts->author = VOC_SLICE_NONE;
    if (colon < stop) {
        parts->author = bare_author(at, colon);
        at = colon + 1;
        if (at < end && *at == ' ')
            at++;
    }
    parts->marked = mark_length(at, end) > 0;
    at = skip_marks(at, end);
    parts->text = voc_slice_of(at, (gsize)(end - at));
}

gboolean
voc_whatsapp_line(VocSlice line, VocWhatsappLine *parts)
{
    const char *end = line.data + line.len, *at = line.len ? skip_marks(line.data, end) : end, *stop;

    if (at == end)
        return FALSE;
    if (*at == '[') {
        stop = memchr(at, ']', (gsize)(MIN(end, at + MAX_STAMP) - at));
        if (!stop || !looks_like_stamp(at + 1, stop))
            return FALSE;
        parts->stamp = voc_slice_of(at + 1, (gsize)(stop - at - 1));
        at = stop + 1;
        at += at < end && *at == ' ';
    } else if (g_ascii_isdigit(*at)) {
        stop = find_dash(at, end);
        if (!stop || !looks_like_stamp(at, stop))
            return FALSE;
        parts->stamp = voc_slice_of(at, (gsize)(stop - at));
        at = stop + 3;
    } else {
        return FALSE;
    }
    split_author(at, end, parts);
    return TRUE;
}

/* A year of the Buddhist era (2565 is 2022) at the end of `out`. */
static void
mend_year(VocBuffer *out)
{
    int year = 0;

    if (out->len < 4)
        return;
    for (gsize i = out->len - 4; i < out->len; i++) {
        if (!g_ascii_isdigit(out->data[i]))
            return;
        year = year * 10 + (out->data[i] - '0');
    }
    if (year < 2443 || year > 2742)
        return;
    out->len -= 4;
    voc_buffer_add_int(out, year - 543);
}

/* Whether nothing is to be done to it: ASCII without "a. m.", and no year that may be Buddhist. */
static gboolean
is_plain_stamp(VocSlice stamp)
{
    int digits = 0;

    for (gsize i = 0; i < stamp.len; i++) {
        char c = stamp.data[i];

        digits = g_ascii_isdigit(c) ? digits + 1 : 0;
        if ((guchar)c >= 0x80 || c == 'B' || c == 'm' || c == 'M' ||
            (digits == 4 && stamp.data[i - 3] == '2' && stamp.data[i - 2] >= '4'))
            return FALSE;
    }
    return TRUE;
}

void
voc_whatsapp_stamp(VocSlice stamp, VocBuffer *out)
{
    const char *at = stamp.data, *end = at + stamp.len;

    if (is_plain_stamp(stamp)) {
        voc_buffer_add_slice(out, stamp);
        return;
    }
    while (at < end) {
        gsize mark = mark_length(at, end);

        if (mark) {
            at += mark;
        } else if (end - at >= 2 && memcmp(at, "\330\214", 2) == 0) { /* an Arabic comma */
            voc_buffer_add_char(out, ',');
            at += 2;
        } else if (end - at >= 3 && memcmp(at, "\342\200\257", 3) == 0) {
            voc_buffer_add_char(out, ' ');
            at += 3;
        } else if (end - at >= 3 && memcmp(at, " BE", 3) == 0) {
            at += 3;
        } else if (end - at >= 4 && g_ascii_tolower(at[3]) == 'm' && memcmp(at + 1, ". ", 2) == 0 &&
                   strchr("ap", g_ascii_tolower(*at))) { /* "a. m." */
            voc_buffer_add_char(out, *at);
            voc_buffer_add_char(out, 'm');
            at += 4;
            at += at < end && *at == '.';
        } else {
            voc_buffer_add_char(out, *at++);
            mend_year(out);
        }
    }
}

static guint
pair_of(const char *text)
{
    return (guint)(guchar)g_ascii_tolower(text[0]) << 8 | (guchar)g_ascii_tolower(text[1]);
}

static void
list_init(List *list)
{
    list->words = g_ptr_array_new_with_free_func(g_free);
}

static void
list_add(List *list, const char *given)
{
    char *forms[] = {g_utf8_strdown(given, -1), g_utf8_strup(given, -1)};

    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++)
        list->begins[pair_of(forms[i]) >> 3] |= (guint8)(1 << (pair_of(forms[i]) & 7));
    g_ptr_array_add(list->words, forms[0]);
    g_free(forms[1]);
}

static gboolean
add_words(VocWhatsappWords *words, const VocTsv *tsv, GError **error)
{
    g_autofree char *given = voc_slice_dup(tsv->cell[1]);
    List *list = voc_slice_equal_string(tsv->cell[0], "media")     ? &words->media
                 : voc_slice_equal_string(tsv->cell[0], "deleted") ? &words->deleted
                 : voc_slice_equal_string(tsv->cell[0], "edited")  ? &words->edited
                                                                   : NULL;

    if (!list || !*given)
        return voc_tsv_fail(tsv, error, "not 'media', 'deleted' or 'edited' and words");
    list_add(list, given);
    return TRUE;
}

VocWhatsappWords *
voc_whatsapp_words_load(const char *dir, GError **error)
{
    g_autofree char *path = g_build_filename(dir, "whatsapp.tsv", NULL);
    g_autoptr(VocWhatsappWords) words = g_new0(VocWhatsappWords, 1);
    g_auto(VocTsv) tsv = {0};

    list_init(&words->media);
    list_init(&words->deleted);
    list_init(&words->edited);
    if (!voc_tsv_open(&tsv, path, error))
        return NULL;
    while (voc_tsv_next(&tsv))
        if (!add_words(words, &tsv, error))
            return NULL;
    return g_steal_pointer(&words);
}

void
voc_whatsapp_words_free(VocWhatsappWords *words)
{
    if (!words)
        return;
    g_ptr_array_unref(words->media.words);
    g_ptr_array_unref(words->deleted.words);
    g_ptr_array_unref(words->edited.words);
    g_free(words);
}

/* Most texts begin with none, which their first two bytes tell. */
static gboolean
begins_with_any(VocSlice text, const List *list)
{
    g_autofree char *small = NULL;

    if (text.len < 2 || !(list->begins[pair_of(text.data) >> 3] >> (pair_of(text.data) & 7) & 1))
        return FALSE;
    small = g_utf8_strdown(text.data, (gssize)MIN(text.len, 200));
    for (guint i = 0; i < list->words->len; i++)
        if (g_str_has_prefix(small, g_ptr_array_index(list->words, i)))
            return TRUE;
    return FALSE;
}

/* <WORDS> at the end of the text, behind a mark: takes it off. */
static gboolean
take_edit(const VocWhatsappWords *words, VocSlice *text)
{
    const char *open;

    if (!text->len || text->data[text->len - 1] != '>')
        return FALSE;
    open = memrchr(text->data, '<', text->len);
    if (!open ||
        !begins_with_any(voc_slice_of(open + 1, text->len - (gsize)(open + 1 - text->data)), &words->edited))
        return FALSE;
    text->len = (gsize)(open - text->data);
    while (text->len >= 3 && mark_length(text->data + text->len - 3, text->data + text->len))
        text->len -= 3;
    *text = voc_slice_strip(*text);
    return TRUE;
}

VocWhatsappKind
voc_whatsapp_kind(const VocWhatsappWords *words, gboolean marked, VocSlice *text, VocSlice *file,
                  gboolean *edited)
{
    VocSlice inner = *text;

    *file = VOC_SLICE_NONE;
    *edited = take_edit(words, text);
    inner = *text;
    if (inner.len > 2 && inner.data[0] == '<' && inner.data[inner.len - 1] == '>') {
        const char *colon = memchr(inner.data, ':', inner.len);

        inner = voc_slice_of(inner.data + 1, inner.len - 2);
        if (colon && marked) {
            *file = voc_slice_strip(voc_slice_of(colon + 1, inner.len - (gsize)(colon - inner.data) - 1));
            return VOC_WHATSAPP_MEDIA;
        }
        if (begins_with_any(inner, &words->media))
            return VOC_WHATSAPP_MEDIA;
    }
    if (marked && begins_with_any(inner, &words->media))
        return VOC_WHATSAPP_MEDIA;
    if (begins_with_any(inner, &words->deleted))
        return VOC_WHATSAPP_DELETED;
    return marked ? VOC_WHATSAPP_SYSTEM : VOC_WHATSAPP_TEXT;
}
