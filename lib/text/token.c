#include "text/token.h"

typedef struct Char {
    gunichar c;
    guint16 at; /* byte offset */
} Char;

typedef struct Scan {
    VocSlice chunk;
    Char *chars; /* n characters, and one behind them for the end */
    guint n;
    VocRawToken *tokens;
    guint n_tokens;
} Scan;

static gboolean
is_word_char(gunichar c)
{
    if (c < 0x80)
        return g_ascii_isalnum((char)c) || c == '_';
    if (c == 0x200C || c == 0x200D || c == 0x00AD)
        return TRUE;
    return g_unichar_isalnum(c) || g_unichar_ismark(c);
}

static gboolean
is_letter(gunichar c)
{
    return c < 0x80 ? g_ascii_isalpha((char)c) : g_unichar_isalpha(c) || g_unichar_ismark(c);
}

static gboolean
is_digit(gunichar c)
{
    return c < 0x80 ? g_ascii_isdigit((char)c) : g_unichar_isdigit(c);
}

static gboolean
is_apostrophe(gunichar c)
{
    return c == '\'' || c == 0x2019 || c == 0x02BC || c == 0x00B4;
}

static gboolean
is_currency(gunichar c)
{
    return c == '$' || c == '%' || c == 0x20AC || c == 0x00A3 || c == 0x00B0;
}

/* Pictures, and symbols that people use as such. */
static gboolean
is_emoji(gunichar c)
{
    return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2600 && c <= 0x27BF) || (c >= 0x2B00 && c <= 0x2BFF) ||
           (c >= 0x2300 && c <= 0x23FF) || c == 0x203C || c == 0x2049;
}

/* What clings to a picture in front of it. */
static gboolean
is_emoji_tail(gunichar c)
{
    return c == 0xFE0F || c == 0xFE0E || c == 0x20E3 || (c >= 0x1F3FB && c <= 0x1F3FF) ||
           (c >= 0xE0020 && c <= 0xE007F);
}

static gunichar
char_at(const Scan *scan, guint i)
{
    return i < scan->n ? scan->chars[i].c : 0;
}

static VocRawToken *
add(Scan *scan, guint from, guint to, VocTokenKind kind)
{
    VocRawToken *token = &scan->tokens[scan->n_tokens++];
    *token = (VocRawToken){.kind = (guint8)kind,
                           .start = scan->chars[from].at,
                           .len = (guint16)(scan->chars[to].at - scan->chars[from].at),
                           .cp_start = (guint16)from,
                           .cp_len = (guint16)(to - from)};
    return token;
}

static guint
emoji_end(const Scan *scan, guint i)
{
    gunichar c = char_at(scan, i++);
    /* Two regional indicators are one flag. */
    if (c >= 0x1F1E6 && c <= 0x1F1FF && char_at(scan, i) >= 0x1F1E6 && char_at(scan, i) <= 0x1F1FF)
        i++;
    while (i < scan->n) {
        if (is_emoji_tail(char_at(scan, i)))
            i++;
        else if (char_at(scan, i) == 0x200D && is_emoji(char_at(scan, i + 1)))
            i += 2;
        else
            break;
    }
    return i;
}

/* Emoticons: eyes, an optional nose, a mouth, and some that are drawn otherwise. Returns where it ends, or
 * `i`. */
static guint
emoticon_end(const Scan *scan, guint i)
{
    static const char *const OTHERS[] = {"<3",   "</3", "^^",  "^_^", "-_-",  "o_o", "O_O",  "o_O",
                                         "O_o",  "xD",  "XD",  "xd",  "\\o/", ":'(", ":'-(", ":')",
                                         ":'-)", "D:",  "._.", ">:(", ">:-(", "T_T", "u_u"};
    VocSlice rest = voc_slice_of(scan->chunk.data + scan->chars[i].at, scan->chunk.len - scan->chars[i].at);
    guint best = i;
    if (rest.len < 2 || !strchr("<^-oOxX\\:D.>Tu;=8", rest.data[0]))
        return i;
    for (guint k = 0; k < G_N_ELEMENTS(OTHERS); k++) {
        VocSlice drawn = voc_slice_from_string(OTHERS[k]);
        if (voc_slice_starts_with(rest, drawn))
            best = MAX(best, i + (guint)drawn.len);
    }
    gunichar eyes = char_at(scan, i);
    guint mouth = i + 1;
    if (eyes == ':' || eyes == ';' || eyes == '=' || eyes == '8') {
        gunichar nose = char_at(scan, mouth);
        if (nose == '-' || nose == 'o' || nose == '^')
            mouth++;
        gunichar c = char_at(scan, mouth);
        if (c && c < 0x80 && strchr(")(]dDpPsSoO/\\|*3@[", (int)c)) {
            guint end = mouth + 1;
            while (char_at(scan, end) == c && strchr(")(D", (int)c)) /* :))) */
                end++;
            best = MAX(best, end);
        }
    }
    /* What a letter or digit touches is no face: "8)" of a list, "klo:D", "http://". */
    if (best > i) {
        gboolean before = i > 0 && is_word_char(char_at(scan, i - 1)) && is_word_char(char_at(scan, i));
        gboolean after = is_word_char(char_at(scan, best - 1)) && is_word_char(char_at(scan, best));
        gboolean slashes = char_at(scan, best - 1) == '/' &&
                           (is_word_char(char_at(scan, best)) || char_at(scan, best) == '/');
        gboolean list = is_digit(eyes) && (i > 0 || best < scan->n || best - i == 2);
        if (before || after || slashes || list)
            return i;
    }
    return best;
}

static gboolean
starts_with_at(const Scan *scan, guint i, const char *prefix)
{
    gsize len = strlen(prefix);
    VocSlice rest = voc_slice_of(scan->chunk.data + scan->chars[i].at, scan->chunk.len - scan->chars[i].at);
    return rest.len > len && g_ascii_strncasecmp(rest.data, prefix, len) == 0;
}

/* Marks at the end of a URL or address belong to the sentence. */
static guint
without_marks(const Scan *scan, guint from, guint to)
{
    while (to > from + 1 && strchr(".,;:!?)]}'\">", (int)MIN(char_at(scan, to - 1), 0x7E)) &&
           char_at(scan, to - 1) < 0x7F)
        to--;
    return to;
}

static guint
url_end(const Scan *scan, guint i)
{
    if (!starts_with_at(scan, i, "http://") && !starts_with_at(scan, i, "https://") &&
        !starts_with_at(scan, i, "www."))
        return i;
    guint end = i;
    while (end < scan->n && char_at(scan, end) != '<' && char_at(scan, end) != '"' &&
           char_at(scan, end) != '>')
        end++;
    return without_marks(scan, i, end);
}

static gboolean
is_address_char(gunichar c)
{
    return is_word_char(c) || c == '.' || c == '-' || c == '+' || c == '%';
}

/* name@host.tld that begins at `i`. */
static guint
email_end(const Scan *scan, guint i)
{
    guint at = i;
    while (at < scan->n && is_address_char(char_at(scan, at)))
        at++;
    if (at == i || char_at(scan, at) != '@')
        return i;
    guint end = at + 1;
    while (end < scan->n && is_address_char(char_at(scan, end)))
        end++;
    end = without_marks(scan, at, end);
    for (guint k = at + 2; k + 1 < end; k++)
        if (char_at(scan, k) == '.')
            return end;
    return i;
}

/* @name and #word. */
static guint
tagged_end(const Scan *scan, guint i)
{
    guint end = i + 1;
    while (end < scan->n && is_word_char(char_at(scan, end)))
        end++;
    return end > i + 1 ? end : i;
}

static guint
number_end(const Scan *scan, guint i)
{
    guint end = i;
    while (end < scan->n) {
        gunichar c = char_at(scan, end);
        gboolean joins =
            (c == '.' || c == ',' || c == ':' || c == '/' || c == '-') && is_digit(char_at(scan, end + 1));
        if (is_digit(c) || joins)
            end++;
        else
            break;
    }
    /* Its unit: 12kk, 50e, 20%, 1.2.2026. */
    while (end < scan->n && (is_letter(char_at(scan, end)) || is_currency(char_at(scan, end))))
        end++;
    return end;
}

/* Letters, joined inside by apostrophes (don't), hyphens (e-lasku), colons (EU:n). */
static guint
word_end(const Scan *scan, guint i)
{
    guint end = i;
    while (end < scan->n) {
        gunichar c = char_at(scan, end);
        gboolean joins = (c == '-' || c == ':' || c == 0x2010 || c == 0x2011 || is_apostrophe(c)) &&
                         end > i && is_letter(char_at(scan, end + 1)) &&
                         (c != ':' || g_unichar_islower(char_at(scan, end + 1)));
        if (!is_word_char(c) && !joins)
            break;
        end++;
    }
    return end;
}

static void
add_word(Scan *scan, guint from, guint to)
{
    VocRawToken *token = add(scan, from, to, VOC_TOKEN_WORD);
    guint letters = 0, capitals = 0, run = 1;
    for (guint i = from; i < to; i++) {
        gunichar c = char_at(scan, i);
        letters += is_letter(c);
        capitals += g_unichar_isupper(c);
        run = i > from && g_unichar_tolower(c) == g_unichar_tolower(char_at(scan, i - 1)) ? run + 1 : 1;
        if (run == 3 && is_letter(c))
            token->flags |= VOC_TOKEN_ELONGATED;
    }
    if (g_unichar_isupper(char_at(scan, from)))
        token->flags |= VOC_TOKEN_TITLE;
    if (letters >= 2 && capitals == letters)
        token->flags |= VOC_TOKEN_CAPS;
    if (char_at(scan, to) == '-' && !is_word_char(char_at(scan, to + 1)))
        token->flags |= VOC_TOKEN_HYPHEN;
}

gsize
voc_mask_length(VocSlice text)
{
    gsize at = 1;
    if (text.len < 5 || text.data[0] != '[')
        return 0;
    while (at < text.len && (g_ascii_isupper(text.data[at]) || (text.data[at] == '-' && at > 1)))
        at++;
    return at >= 4 && at < text.len && text.data[at] == ']' ? at + 1 : 0;
}

/* The end of the mask at `i`, or `i`. */
static guint
mask_end(const Scan *scan, guint i)
{
    if (char_at(scan, i) != '[')
        return i;
    gsize from = scan->chars[i].at;
    return i + (guint)voc_mask_length(voc_slice_of(scan->chunk.data + from, scan->chunk.len - from));
}

static gboolean
starts_token(const Scan *scan, guint i)
{
    gunichar c = char_at(scan, i);
    return is_word_char(c) || is_emoji(c) || g_unichar_isspace(c) || emoticon_end(scan, i) > i ||
           ((c == '@' || c == '#') && tagged_end(scan, i) > i) || mask_end(scan, i) > i;
}

static guint
add_marks(Scan *scan, guint from)
{
    guint to = from;
    guint16 flags = 0;
    do {
        gunichar c = char_at(scan, to);
        if (c == '!' || c == '?' || c == 0x2026 || c == 0x203D ||
            (c == '.' && (to + 1 == scan->n || to > from || char_at(scan, to + 1) < 0x80)))
            flags |= VOC_TOKEN_END;
        if (c == '!')
            flags |= VOC_TOKEN_EXCLAIM;
        if (c == '?')
            flags |= VOC_TOKEN_QUESTION;
        if ((c < 0x80 && strchr(",;:()", (int)c)) || c == 0x2013 || c == 0x2014)
            flags |= VOC_TOKEN_COMMA;
        to++;
    } while (to < scan->n && !starts_token(scan, to));
    /* A dash that stands alone parts clauses too. */
    if (to - from == 1 && to - from == scan->n && char_at(scan, from) == '-')
        flags |= VOC_TOKEN_COMMA;
    add(scan, from, to, VOC_TOKEN_PUNCT)->flags = flags;
    return to;
}

/* The token that begins at `i`; returns where the next may begin. */
static guint
next(Scan *scan, guint i)
{
    gunichar c = char_at(scan, i);
    guint end;
    if (g_unichar_isspace(c) || c == 0x200B || c == 0xFEFF || c == 0x200E || c == 0x200F)
        return i + 1;
    if ((end = url_end(scan, i)) > i)
        add(scan, i, end, VOC_TOKEN_URL);
    else if ((end = emoticon_end(scan, i)) > i)
        add(scan, i, end, VOC_TOKEN_EMOTICON);
    else if ((end = email_end(scan, i)) > i)
        add(scan, i, end, VOC_TOKEN_EMAIL);
    else if ((c == '@' || c == '#') && (end = tagged_end(scan, i)) > i)
        add(scan, i, end, c == '@' ? VOC_TOKEN_MENTION : VOC_TOKEN_HASHTAG);
    else if (is_digit(c) && (end = number_end(scan, i)) > i)
        add(scan, i, end, VOC_TOKEN_NUMBER);
    else if ((end = mask_end(scan, i)) > i)
        add(scan, i, end, VOC_TOKEN_MASK);
    else if (is_word_char(c))
        add_word(scan, i, end = word_end(scan, i));
    else if (is_emoji(c))
        add(scan, i, end = emoji_end(scan, i), VOC_TOKEN_EMOJI);
    else
        end = add_marks(scan, i);
    return end;
}

/* Most chunks are one word in small letters, perhaps with a comma or full stop behind it: no need to look at
 * each character's properties. Returns the number of tokens, 0 when the chunk is anything else. */
static guint
tokenize_plain(VocSlice chunk, VocRawToken *tokens)
{
    gsize i = 0;
    guint letters = 0, run = 0;
    guchar last = 0;
    for (; i < chunk.len; i++, letters++) {
        guchar c = (guchar)chunk.data[i];
        if (c == 0xC3 && i + 1 < chunk.len) {
            c = (guchar)chunk.data[++i];
            if (c != 0xA4 && c != 0xB6 && c != 0xA5)
                return 0;
        } else if (c < 'a' || c > 'z') {
            break;
        }
        run = c == last ? run + 1 : 1;
        last = c;
        if (run >= 3)
            return 0;
    }
    gboolean mark = i + 1 == chunk.len && (chunk.data[i] == ',' || chunk.data[i] == '.');
    /* "xd" and its like are faces. */
    if (letters < 3 || (i < chunk.len && !mark))
        return 0;
    tokens[0] = (VocRawToken){.kind = VOC_TOKEN_WORD, .len = (guint16)i, .cp_len = (guint16)letters};
    if (!mark)
        return 1;
    tokens[1] = (VocRawToken){.kind = VOC_TOKEN_PUNCT,
                              .flags = chunk.data[i] == '.' ? VOC_TOKEN_END : VOC_TOKEN_COMMA,
                              .start = (guint16)i,
                              .len = 1,
                              .cp_start = (guint16)letters,
                              .cp_len = 1};
    return 2;
}

VocRawToken *
voc_tokenize(VocSlice chunk, VocArena *arena, guint *n)
{
    VocRawToken *plain = voc_arena_alloc(arena, sizeof(VocRawToken) * 2);
    if ((*n = tokenize_plain(chunk, plain)) > 0)
        return plain;
    Char chars[VOC_CHUNK_MAX + 1];
    Scan scan = {.chunk = chunk, .chars = chars};
    const char *end = chunk.data + chunk.len;
    for (const char *at = chunk.data; at < end; at = g_utf8_next_char(at))
        chars[scan.n++] = (Char){g_utf8_get_char(at), (guint16)(at - chunk.data)};
    chars[scan.n] = (Char){0, (guint16)chunk.len};
    scan.tokens = voc_arena_alloc(arena, sizeof(VocRawToken) * (scan.n + 1));
    for (guint i = 0; i < scan.n;)
        i = next(&scan, i);
    *n = scan.n_tokens;
    return scan.tokens;
}
