#include "read/whatsapp.h"

#include "base/error.h"
#include "base/tsv.h"

#define MAX_STAMP 96   /* bytes */
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

/* A digit of any script at `at`: how many bytes, 0 when it is none. */
static gsize
digit_length(const char *at, const char *end)
{
    gunichar c;

    if ((guchar)*at < 0x80)
        return g_ascii_isdigit(*at) ? 1 : 0;
    c = g_utf8_get_char_validated(at, end - at);
    return c < 0x110000 && g_unichar_isdigit(c) ? (gsize)(g_utf8_next_char(at) - at) : 0;
}

/* Does it begin as a date in numbers does, and has it a clock? */
static gboolean
looks_like_stamp(const char *at, const char *end)
{
    int digits = 0, parts = 0;

    while (at < end) {
        gsize n = (guchar)*at < 0x80 ? 1 : MAX(digit_length(at, end), 1);

        if (g_ascii_isdigit(*at) || n > 1)
            digits++;
        else if (digits)
            parts += *at == '.' || *at == '/' || *at == '-' || *at == ':' ||
                     (*at == 'h' && at[-1] == ' '); /* "15 h 04" */
        at += n;
    }
    return digits >= 5 && digits <= 17 && parts >= 3;
}

/* Korean phones write no dash: "2023. 1. 25. <half of the day> 3:04, Name : text". */
static const char *
find_korean_end(const char *at, const char *end)
{
    static const char *const halves[] = {"\354\230\244\354\240\204", "\354\230\244\355\233\204"};
    gsize len = MIN((gsize)(end - at), MAX_STAMP);

    for (gsize i = 0; i < G_N_ELEMENTS(halves); i++) {
        const char *half = memmem(at, len, halves[i], 6);
        const char *comma = half ? memmem(half, (gsize)(at + len - half), ", ", 2) : NULL;

        if (comma)
            return comma;
    }
    return NULL;
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
    } else if (digit_length(at, end)) {
        gsize behind = 3;

        stop = find_dash(at, end);
        if (!stop && (stop = find_korean_end(at, end)))
            behind = 2;
        if (!stop || !looks_like_stamp(at, stop))
            return FALSE;
        parts->stamp = voc_slice_of(at, (gsize)(stop - at));
        at = stop + behind;
    } else {
        return FALSE;
    }
    split_author(at, end, parts);
    return TRUE;
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
