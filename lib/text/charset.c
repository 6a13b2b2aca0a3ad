#include "text/charset.h"

#include <errno.h>

#include "base/error.h"

#define REPLACEMENT "\357\277\275" /* U+FFFD */

struct VocDecoder {
    char *charset;
    GIConv iconv;     /* (GIConv)-1 for UTF-8 */
    gboolean decided; /* FALSE: VOC_CHARSET_AUTO, and only ASCII so far */
    gsize unit;       /* bytes that a bad character costs */
    guint64 in, out;  /* bytes taken and given */
    VocBuffer carry;  /* the beginning of a character that the last feed cut */
    VocBuffer head;   /* the same with the feed behind it, while the charset is open */
    VocBuffer text;
    GArray *bad; /* of VocBadByte */
};

/* The length of the valid UTF-8 character at `at`; 0: bad; -1: cut by the end. */
static int
character_length(const guchar *at, const guchar *end)
{
    guchar c = *at;
    int n = c < 0x80 ? 1 : c < 0xc2 ? 0 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : c < 0xf5 ? 4 : 0;

    for (int i = 1; i < n; i++) {
        guchar low = 0x80, high = 0xbf;

        if (at + i == end)
            return -1;
        if (i == 1) {
            low = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : low;
            high = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : high;
        }
        if (at[i] < low || at[i] > high)
            return 0;
    }
    return n;
}

static const guchar *
skip_ascii(const guchar *at, const guchar *end)
{
    guint64 word;

    for (; end - at >= 8; at += 8) {
        memcpy(&word, at, 8);
        if (word & G_GUINT64_CONSTANT(0x8080808080808080))
            break;
    }
    while (at < end && *at < 0x80)
        at++;
    return at;
}

gsize
voc_utf8_valid_length(VocSlice text)
{
    const guchar *start = (const guchar *)text.data, *at = start, *end = start + text.len;

    while ((at = skip_ascii(at, end)) < end) {
        int n = character_length(at, end);

        if (n <= 0)
            break;
        at += n;
    }
    return (gsize)(at - start);
}

/* What the bytes beyond ASCII look like. */
typedef struct Census {
    gsize good_utf8, bad_utf8;   /* characters; bytes */
    gsize even_zeros, odd_zeros; /* zero bytes by place */
    gsize c1;                    /* 0x80 to 0x9f, which ISO-8859 leaves to controls */
    gsize latin, mac, dos;       /* the letters äöåÄÖÅ in the three, between letters */
    gsize euro_15;               /* 0xa4 beside a digit or a space, or Š š Ž ž of ISO-8859-15 in a word */
} Census;

static gboolean
is_letter_at(const guchar *text, gsize len, gsize at)
{
    return at < len && (g_ascii_isalpha(text[at]) || text[at] >= 0x80);
}

static void
count_single_byte(Census *census, const guchar *text, gsize len, gsize at)
{
    guchar c = text[at];
    gboolean before = at > 0 && is_letter_at(text, len, at - 1), after = is_letter_at(text, len, at + 1);

    if (c >= 0x80 && c <= 0x9f)
        census->c1++;
    if (c == 0xa4 && !before && !after)
        census->euro_15++;
    if (!before && !after)
        return;
    if (memchr("\246\250\264\270", c, 4))
        census->euro_15++;
    if (memchr("\344\366\345\304\326\305", c, 6))
        census->latin++;
    /* Windows-1252 has quotes and dashes here, at the ends of words. */
    if (before && after && memchr("\212\232\214\200\205\201", c, 6))
        census->mac++;
    if (before && after && memchr("\204\224\206\216\231\217", c, 6))
        census->dos++;
}

static Census
take_census(VocSlice sample, gboolean complete)
{
    Census census = {0};
    const guchar *start = (const guchar *)sample.data, *at = start, *end = start + sample.len;

    for (gsize i = 0; i < sample.len; i++) {
        if (!start[i])
            i & 1 ? census.odd_zeros++ : census.even_zeros++;
        else if (start[i] >= 0x80)
            count_single_byte(&census, start, sample.len, i);
    }
    while ((at = skip_ascii(at, end)) < end) {
        int n = character_length(at, end);

        if (n < 0 && !complete)
            break;
        if (n > 0)
            census.good_utf8++;
        else
            census.bad_utf8++;
        at += n > 0 ? n : 1;
    }
    return census;
}

static gboolean
has_bom(VocSlice sample, const char *bom, gsize len)
{
    return sample.len >= len && memcmp(sample.data, bom, len) == 0;
}

static VocCharsetGuess
guess_by_census(const Census *census)
{
    if (!census->bad_utf8)
        return (VocCharsetGuess){"UTF-8", "its bytes are valid UTF-8", 0, TRUE};
    if (census->good_utf8 > 4 * census->bad_utf8)
        return (VocCharsetGuess){"UTF-8", "most of its bytes are valid UTF-8", 0, TRUE};
    if (census->mac > census->latin && census->mac > census->dos)
        return (VocCharsetGuess){"MACINTOSH", "the Finnish letters stand where Mac Roman has them", 0, TRUE};
    if (census->dos > census->latin && census->dos > census->mac)
        return (VocCharsetGuess){"CP850", "the Finnish letters stand where code page 850 has them", 0, TRUE};
    if (census->euro_15 && !census->c1)
        return (VocCharsetGuess){"ISO-8859-15", "it is not UTF-8, and its euro sign is that of ISO-8859-15",
                                 0, TRUE};
    return (VocCharsetGuess){"WINDOWS-1252", "its bytes are not UTF-8", 0, TRUE};
}

VocCharsetGuess
voc_charset_guess(VocSlice sample, gboolean complete)
{
    static const char mark[] = "a byte order mark";
    Census census;
    gsize pairs = sample.len / 2;

    if (has_bom(sample, "\357\273\277", 3))
        return (VocCharsetGuess){"UTF-8", mark, 3, TRUE};
    if (has_bom(sample, "\377\376\0\0", 4))
        return (VocCharsetGuess){"UTF-32LE", mark, 4, TRUE};
    if (has_bom(sample, "\0\0\376\377", 4))
        return (VocCharsetGuess){"UTF-32BE", mark, 4, TRUE};
    if (has_bom(sample, "\377\376", 2))
        return (VocCharsetGuess){"UTF-16LE", mark, 2, TRUE};
    if (has_bom(sample, "\376\377", 2))
        return (VocCharsetGuess){"UTF-16BE", mark, 2, TRUE};
    census = take_census(sample, complete);
    if (census.odd_zeros > pairs * 2 / 5 && census.even_zeros <= pairs / 10)
        return (VocCharsetGuess){"UTF-16LE", "every other byte is zero", 0, TRUE};
    if (census.even_zeros > pairs * 2 / 5 && census.odd_zeros <= pairs / 10)
        return (VocCharsetGuess){"UTF-16BE", "every other byte is zero", 0, TRUE};
    if (!census.good_utf8 && !census.bad_utf8)
        return (VocCharsetGuess){"UTF-8", "it is ASCII", 0, FALSE};
    return guess_by_census(&census);
}

const char *
voc_charset_canonical(const char *label)
{
    static const char *const aliases[][2] = {
        {"utf8", "UTF-8"},
        {"usascii", "WINDOWS-1252"},
        {"ansix341968", "WINDOWS-1252"},
        {"ascii", "WINDOWS-1252"},
        {"iso88591", "WINDOWS-1252"},
        {"latin1", "WINDOWS-1252"},
        {"cp1252", "WINDOWS-1252"},
        {"windows1252", "WINDOWS-1252"},
        {"ansi", "WINDOWS-1252"},
        {"iso885915", "ISO-8859-15"},
        {"latin9", "ISO-8859-15"},
        {"utf16le", "UTF-16LE"},
        {"utf16be", "UTF-16BE"},
        {"ucs2", "UTF-16LE"},
        {"utf16", "UTF-16"},
        {"macroman", "MACINTOSH"},
        {"auto", VOC_CHARSET_AUTO},
    };
    char key[32];
    gsize n = 0;

    if (!label)
        return NULL;
    for (const char *at = label; *at && n + 1 < sizeof key; at++)
        if (g_ascii_isalnum(*at))
            key[n++] = g_ascii_tolower(*at);
    key[n] = 0;
    for (gsize i = 0; i < G_N_ELEMENTS(aliases); i++)
        if (strcmp(key, aliases[i][0]) == 0)
            return aliases[i][1];
    return label;
}

/* Takes `name` for what follows. */
static gboolean
set_charset(VocDecoder *decoder, const char *name, GError **error)
{
    GIConv converter = (GIConv)-1;

    if (g_ascii_strcasecmp(name, "UTF-8") != 0) {
        converter = g_iconv_open("UTF-8", name);
        if (converter == (GIConv)-1) {
            g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE, "unknown charset '%s'", name);
            return FALSE;
        }
    }
    g_free(decoder->charset);
    decoder->charset = g_strdup(name);
    decoder->iconv = converter;
    decoder->unit = g_str_has_prefix(name, "UTF-16") ? 2 : g_str_has_prefix(name, "UTF-32") ? 4 : 1;
    decoder->decided = TRUE;
    return TRUE;
}

VocDecoder *
voc_decoder_new(const char *charset, GError **error)
{
    VocDecoder *decoder = g_new0(VocDecoder, 1);
    const char *name = voc_charset_canonical(charset);

    decoder->iconv = (GIConv)-1;
    decoder->bad = g_array_new(FALSE, FALSE, sizeof(VocBadByte));
    if (strcmp(name, VOC_CHARSET_AUTO) == 0) {
        decoder->charset = g_strdup("UTF-8");
    } else if (!set_charset(decoder, name, error)) {
        voc_decoder_free(decoder);
        return NULL;
    }
    return decoder;
}

void
voc_decoder_free(VocDecoder *decoder)
{
    if (!decoder)
        return;
    if (decoder->iconv != (GIConv)-1)
        g_iconv_close(decoder->iconv);
    voc_buffer_clear(&decoder->carry);
    voc_buffer_clear(&decoder->head);
    voc_buffer_clear(&decoder->text);
    g_array_free(decoder->bad, TRUE);
    g_free(decoder->charset);
    g_free(decoder);
}

static void
add_bad(VocDecoder *decoder, guint64 in, guint64 out, guchar byte)
{
    VocBadByte bad = {in, out, byte};

    g_array_append_val(decoder->bad, bad);
}

/* UTF-8 goes through as it is. Only a character that a feed cut is looked at again: `carry` is its beginning,
 * which has been given out already. */
static void
check_utf8(VocDecoder *decoder, VocSlice bytes, gboolean last)
{
    const guchar *start = (const guchar *)bytes.data, *at = start, *end = start + bytes.len;

    while (decoder->carry.len && at < end) {
        guchar *carry = (guchar *)voc_buffer_reserve(&decoder->carry, 1) - decoder->carry.len;
        guint64 place = decoder->in - decoder->carry.len + (guint64)(at - start);
        int n;

        carry[decoder->carry.len] = *at;
        n = character_length(carry, carry + decoder->carry.len + 1);
        if (n == 0) {
            for (gsize i = 0; i < decoder->carry.len; i++)
                add_bad(decoder, place + i, place + i, carry[i]);
        } else {
            at++;
        }
        decoder->carry.len = n < 0 ? decoder->carry.len + 1 : 0;
    }
    while ((at = skip_ascii(at, end)) < end) {
        int n = character_length(at, end);

        if (n < 0) {
            voc_buffer_add(&decoder->carry, at, (gsize)(end - at));
            break;
        }
        if (n == 0)
            add_bad(decoder, decoder->in + (guint64)(at - start), decoder->in + (guint64)(at - start), *at);
        at += n ? n : 1;
    }
    if (last) {
        guint64 place = decoder->in + bytes.len - decoder->carry.len;

        for (gsize i = 0; i < decoder->carry.len; i++)
            add_bad(decoder, place + i, place + i, (guchar)decoder->carry.data[i]);
        decoder->carry.len = 0;
    }
}

/* `bytes` into decoder->text; what a cut character leaves is carried to the next feed. */
static void
convert(VocDecoder *decoder, VocSlice bytes, gboolean last)
{
    char *in;
    gsize left, carried = decoder->carry.len;
    guint64 start = decoder->in - carried;

    if (carried) {
        voc_buffer_add_slice(&decoder->carry, bytes);
        bytes = voc_buffer_slice(&decoder->carry);
    }
    in = (char *)(gpointer)bytes.data;
    left = bytes.len;
    while (left) {
        gsize room = left * 2 + 16, room_left = room;
        char *out = voc_buffer_reserve(&decoder->text, room);
        gsize status = g_iconv(decoder->iconv, &in, &left, &out, &room_left);
        int problem = errno;

        decoder->text.len += room - room_left;
        if (status != (gsize)-1 || problem == E2BIG)
            continue;
        if (problem == EINVAL && !last)
            break;
        add_bad(decoder, start + (guint64)(in - bytes.data), decoder->out + decoder->text.len, (guchar)*in);
        voc_buffer_add_literal(&decoder->text, REPLACEMENT);
        gsize skip = MIN(decoder->unit, left);
        in += skip;
        left -= skip;
    }
    if (carried)
        memmove(decoder->carry.data, in, left);
    else
        voc_buffer_add(&decoder->carry, in, left);
    decoder->carry.len = left;
}

/* Looks for the charset in `bytes` (behind what the last feed held back). Returns what is to be decoded now;
 * while all is ASCII that is all, but for a character that is cut before it can be judged. */
static VocSlice
decide(VocDecoder *decoder, VocSlice bytes, gboolean last)
{
    Census census;
    gsize ascii;

    if (decoder->carry.len) {
        decoder->head.len = 0;
        voc_buffer_add_slice(&decoder->head, voc_buffer_slice(&decoder->carry));
        voc_buffer_add_slice(&decoder->head, bytes);
        bytes = voc_buffer_slice(&decoder->head);
        decoder->carry.len = 0;
    }
    ascii = (gsize)(skip_ascii((const guchar *)bytes.data, (const guchar *)bytes.data + bytes.len) -
                    (const guchar *)bytes.data);
    if (ascii == bytes.len)
        return bytes;
    census = take_census(bytes, last);
    if (census.good_utf8 || census.bad_utf8) {
        set_charset(decoder, guess_by_census(&census).name, NULL);
        return bytes;
    }
    voc_buffer_add(&decoder->carry, bytes.data + ascii, bytes.len - ascii);
    return voc_slice_of(bytes.data, ascii);
}

VocSlice
voc_decoder_feed(VocDecoder *decoder, VocSlice bytes, gboolean last)
{
    VocSlice text;

    g_array_set_size(decoder->bad, 0);
    decoder->text.len = 0;
    if (!decoder->decided)
        bytes = decide(decoder, bytes, last);
    text = bytes;
    if (decoder->iconv != (GIConv)-1) {
        convert(decoder, bytes, last);
        text = voc_buffer_slice(&decoder->text);
    } else if (decoder->decided) {
        check_utf8(decoder, bytes, last);
    }
    decoder->in += bytes.len;
    decoder->out += text.len;
    return text;
}

const VocBadByte *
voc_decoder_bad(const VocDecoder *decoder, gsize *n_bad)
{
    *n_bad = decoder->bad->len;
    return (const VocBadByte *)(void *)decoder->bad->data;
}

const char *
voc_decoder_charset(const VocDecoder *decoder)
{
    return decoder->charset;
}

/* `text` with what is no UTF-8 as U+FFFD. */
static gsize
add_mended(VocBuffer *out, VocSlice text)
{
    gsize n_bad = 0;

    for (;;) {
        gsize valid = voc_utf8_valid_length(text);

        voc_buffer_add(out, text.data, valid);
        if (valid == text.len)
            return n_bad;
        voc_buffer_add_literal(out, REPLACEMENT);
        n_bad++;
        text = voc_slice_of(text.data + valid + 1, text.len - valid - 1);
    }
}

/* Whether text in the charset that is ASCII byte by byte is ASCII. */
static gboolean
extends_ascii(const char *name)
{
    return !name || strcmp(name, VOC_CHARSET_AUTO) == 0 || g_ascii_strcasecmp(name, "UTF-8") == 0 ||
           g_ascii_strncasecmp(name, "WINDOWS-", 8) == 0 || g_ascii_strncasecmp(name, "ISO-8859-", 9) == 0;
}

gsize
voc_charset_decode(VocSlice bytes, const char *label, VocBuffer *out)
{
    const char *name = voc_charset_canonical(label);
    g_autoptr(VocDecoder) decoder = NULL;
    VocCharsetGuess guess;
    gsize n_bad, ascii;

    ascii = (gsize)(skip_ascii((const guchar *)bytes.data, (const guchar *)bytes.data + bytes.len) -
                    (const guchar *)bytes.data);
    if (ascii == bytes.len && extends_ascii(name) && !memchr(bytes.data ? bytes.data : "", 0, bytes.len)) {
        voc_buffer_add_slice(out, bytes);
        return 0;
    }
    guess = voc_charset_guess(bytes, TRUE);
    /* Text in a charset of one byte a letter is practically never valid UTF-8 by chance. */
    if (guess.settled && strcmp(guess.name, "UTF-8") == 0)
        return add_mended(out, voc_slice_of(bytes.data + guess.bom, bytes.len - guess.bom));
    if (name && g_ascii_strcasecmp(name, "UTF-8") != 0 && strcmp(name, VOC_CHARSET_AUTO) != 0)
        decoder = voc_decoder_new(name, NULL);
    if (!decoder) {
        decoder = voc_decoder_new(guess.name, NULL);
        bytes = voc_slice_of(bytes.data + guess.bom, bytes.len - guess.bom);
    }
    if (!decoder || decoder->iconv == (GIConv)-1)
        return add_mended(out, bytes);
    voc_buffer_add_slice(out, voc_decoder_feed(decoder, bytes, TRUE));
    voc_decoder_bad(decoder, &n_bad);
    return n_bad;
}
