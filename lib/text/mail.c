#include "text/mail.h"

/* How many quote marks the line begins with: ">", "> >", ">>". */
static guint8
quote_depth(VocSlice line)
{
    gsize at = 0;
    guint depth = 0;
    while (at < line.len && at < 3 && line.data[at] == ' ')
        at++;
    while (at < line.len && depth < 255) {
        if (line.data[at] == '>')
            depth++;
        else if (line.data[at] != ' ' || !depth || at + 1 >= line.len || line.data[at + 1] != '>')
            break;
        at++;
    }
    /* >:( and >;) are faces. */
    if (depth == 1 && at + 1 < line.len && strchr(":;=", line.data[at]) &&
        strchr("(-)/[|DOo", line.data[at + 1]))
        return 0;
    return (guint8)depth;
}

/* An mbox writes >From where a line of a mail begins with From: no quote by itself. */
static gboolean
is_escaped_from(VocSlice line)
{
    return voc_slice_starts_with(line, VOC_SLICE(">From "));
}

static void
unmark_escaped(GArray *lines)
{
    for (guint i = 0; i < lines->len; i++) {
        VocMailLine *line = &g_array_index(lines, VocMailLine, i);
        if (line->depth != 1 || !is_escaped_from(line->text))
            continue;
        gboolean above = i > 0 && (line - 1)->depth > 0;
        gboolean below = i + 1 < lines->len && (line + 1)->depth > 0;
        if (!above && !below)
            line->depth = 0;
    }
}

gboolean
voc_mail_split(VocSlice text, guint max, GArray *lines)
{
    gboolean escaped = FALSE;
    g_array_set_size(lines, 0);
    for (gsize at = 0; at < text.len;) {
        if (lines->len == max)
            return FALSE;
        const char *newline = memchr(text.data + at, '\n', text.len - at);
        gsize end = newline ? (gsize)(newline - text.data) + 1 : text.len;
        VocSlice line = voc_slice_of(text.data + at, end - at);
        while (line.len && g_ascii_isspace(line.data[line.len - 1]))
            line.len--;
        VocMailLine made = {.text = line, .start = at, .end = end, .depth = quote_depth(line)};
        escaped |= made.depth == 1 && is_escaped_from(line);
        g_array_append_val(lines, made);
        at = end;
    }
    if (escaped)
        unmark_escaped(lines);
    return TRUE;
}

guint
voc_mail_skip_blank(const VocMail *mail, guint i)
{
    while (i < mail->n && voc_mail_is_blank(mail, i))
        i++;
    return i;
}

gboolean
voc_mail_has_own_words(const VocMail *mail, guint from, guint to)
{
    for (guint i = from; i < to; i++)
        if (!voc_mail_is_blank(mail, i) && !mail->lines[i].depth && !mail->lines[i].cut)
            return TRUE;
    return FALSE;
}

void
voc_mail_cut(VocMail *mail, guint from, guint to, guint8 cut)
{
    for (guint i = from; i < to && i < mail->n; i++)
        mail->lines[i].cut = cut;
}

VocSlice
voc_mail_fold_line(VocSlice line, char folded[VOC_MAIL_FOLD])
{
    gsize at = 0;
    while (at < line.len && strchr(" \t*_#|", line.data[at]))
        at++;
    return voc_phrase_fold(voc_slice_of(line.data + at, line.len - at), folded, VOC_MAIL_FOLD);
}

static gsize
count_digits(VocSlice text, gsize at)
{
    gsize n = 0;
    while (at + n < text.len && g_ascii_isdigit(text.data[at + n]))
        n++;
    return n;
}

static char
char_at(VocSlice text, gsize at)
{
    return at < text.len ? text.data[at] : 0;
}

gboolean
voc_mail_has_date(VocSlice text)
{
    for (gsize at = 0; at < text.len;) {
        gsize n = count_digits(text, at);
        char mark = char_at(text, at + n);
        if (n == 4 && (text.data[at] == '1' || text.data[at] == '2') && strchr("09", text.data[at + 1]))
            return TRUE;
        if ((n == 1 || n == 2) && (mark == '.' || mark == '/') && count_digits(text, at + n + 1) &&
            count_digits(text, at + n + 1) <= 2 &&
            (mark == '/' || char_at(text, at + n + 1 + count_digits(text, at + n + 1)) == '.'))
            return TRUE;
        at += n ? n : 1;
    }
    return FALSE;
}

gboolean
voc_mail_has_time(VocSlice text)
{
    for (gsize at = 0; at < text.len;) {
        gsize n = count_digits(text, at);
        char mark = char_at(text, at + n);
        if ((n == 1 || n == 2) && (mark == ':' || mark == '.') && count_digits(text, at + n + 1) == 2)
            return TRUE;
        at += n ? n : 1;
    }
    return FALSE;
}

gboolean
voc_mail_has_address(VocSlice text)
{
    const char *end = text.data + text.len;
    for (const char *at = text.data; at < end && (at = memchr(at, '@', (gsize)(end - at))); at++)
        if (at > text.data && g_ascii_isalnum(at[-1]) && at + 1 < end && g_ascii_isalnum(at[1]))
            return TRUE;
    return FALSE;
}

guint
voc_mail_count_digits(VocSlice text)
{
    guint n = 0;
    for (gsize i = 0; i < text.len; i++)
        n += g_ascii_isdigit(text.data[i]);
    return n;
}

guint
voc_mail_count_words(VocSlice text)
{
    guint n = 0;
    for (gsize i = 0; i < text.len; i++)
        n += !g_ascii_isspace(text.data[i]) && (i == 0 || g_ascii_isspace(text.data[i - 1]));
    return n;
}

/* A word of a name; `*particle` when it is one that stands between names. */
static gboolean
is_name_word(VocSlice word, gboolean *particle)
{
    static const char *const PARTICLES[] = {"von", "af", "de", "van", "ja", "&", "and", "och", "och", "/"};
    *particle = FALSE;
    for (gsize i = 0; i < G_N_ELEMENTS(PARTICLES); i++)
        if (voc_slice_equal_string(word, PARTICLES[i]))
            return *particle = TRUE;
    gunichar first = g_utf8_get_char_validated(word.data, (gssize)word.len);
    if (first >= 0x110000 || !g_unichar_isupper(first))
        return FALSE;
    for (const char *at = word.data, *end = word.data + word.len; at < end; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);
        if (!g_unichar_isalpha(c) && !strchr("-'.", (int)MIN(c, 0x7E)) && c != 0x2019)
            return FALSE;
    }
    return TRUE;
}

gboolean
voc_mail_is_name(VocSlice text, guint max)
{
    guint n = 0;
    gboolean particle = FALSE;
    text = voc_slice_strip(text);
    while (text.len && strchr(",.", text.data[text.len - 1]))
        text.len--;
    if (!text.len)
        return FALSE;
    for (gsize at = 0; at < text.len;) {
        gsize len = 0;
        while (at + len < text.len && !g_ascii_isspace(text.data[at + len]))
            len++;
        if (len && (!is_name_word(voc_slice_of(text.data + at, len), &particle) || ++n > max))
            return FALSE;
        at += len + 1;
    }
    return !particle;
}
