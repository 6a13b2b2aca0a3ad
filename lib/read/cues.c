#include "read/cues.h"

#include <math.h>

#include "text/markup.h"

#define MAX_NAME 64        /* characters, and ... */
#define MAX_NAME_BYTES 256 /* ... bytes: what is longer in front of a colon is no name */

typedef struct Lines {
    VocSlice rest;
    guint64 number; /* of the line that was taken last */
} Lines;

static gboolean
take_line(Lines *lines, VocSlice *line)
{
    const char *newline;
    gsize len;

    if (!lines->rest.len)
        return FALSE;
    newline = memchr(lines->rest.data, '\n', lines->rest.len);
    len = newline ? (gsize)(newline - lines->rest.data) : lines->rest.len;
    *line = voc_slice_of(lines->rest.data, len);
    if (line->len && line->data[line->len - 1] == '\r')
        line->len--;
    len += newline != NULL;
    lines->rest = voc_slice_of(lines->rest.data + len, lines->rest.len - len);
    lines->number++;
    return TRUE;
}

/* 1:02:03.456, 02:03,4; how many bytes, 0 when it is no time. */
static gsize
take_time(const char *at, const char *end, double *seconds)
{
    const char *start = at;
    double parts[3] = {0}, fraction = 0, scale = 1;
    int n = 0;

    for (;;) {
        const char *digits = at;

        while (at < end && g_ascii_isdigit(*at) && at - digits < 6)
            parts[n] = parts[n] * 10 + (*at++ - '0');
        if (at == digits)
            return 0;
        n++;
        if (n == 3 || at == end || *at != ':')
            break;
        at++;
    }
    if (n < 2)
        return 0;
    if (at < end && (*at == '.' || *at == ','))
        for (at++; at < end && g_ascii_isdigit(*at); at++)
            fraction += (*at - '0') * (scale /= 10);
    if (parts[n - 1] > 59 || (n == 3 && parts[1] > 59))
        return 0;
    *seconds = (n == 3 ? parts[0] * 3600 + parts[1] * 60 + parts[2] : parts[0] * 60 + parts[1]) + fraction;
    return (gsize)(at - start);
}

gboolean
voc_cue_times(VocSlice line, double *start, double *end)
{
    const char *at, *stop;
    gsize n;

    line = voc_slice_strip(line);
    at = line.data;
    stop = at + line.len;
    if (!line.len || !(n = take_time(at, stop, start)))
        return FALSE;
    for (at += n; at < stop && g_ascii_isspace(*at); at++)
        continue;
    if (stop - at < 3 || memcmp(at, "-->", 3) != 0)
        return FALSE;
    for (at += 3; at < stop && g_ascii_isspace(*at); at++)
        continue;
    n = take_time(at, stop, end);
    /* Settings may follow, by the standard's parser even without a space. */
    return n && (at + n == stop || !strchr("0123456789:.,", at[n])) && *end >= *start;
}

gboolean
voc_cue_speaker(VocSlice line, VocSlice *speaker, VocSlice *text)
{
    const char *colon = line.len ? memchr(line.data, ':', MIN(line.len, MAX_NAME_BYTES)) : NULL;
    gsize len = colon ? (gsize)(colon - line.data) : 0, characters = 0;

    if (!colon || !len || (len + 1 < line.len && !g_ascii_isspace(colon[1])) ||
        g_ascii_isspace(line.data[0]) || g_ascii_isdigit(line.data[0]))
        return FALSE;
    for (gsize i = 0; i < len; i++) {
        if (strchr("?!\"<>", line.data[i]))
            return FALSE;
        characters += (line.data[i] & 0xc0) != 0x80;
    }
    if (characters > MAX_NAME)
        return FALSE;
    *speaker = voc_slice_strip(voc_slice_of(line.data, len));
    if (speaker->len > 2 && speaker->data[0] == '[' && speaker->data[speaker->len - 1] == ']') /* whisperX */
        *speaker = voc_slice_strip(voc_slice_of(speaker->data + 1, speaker->len - 2));
    *text = voc_slice_strip(voc_slice_of(colon + 1, line.len - len - 1));
    return speaker->len > 0;
}

/* "**Name:** text" and "**Name**: text", as notes are written. */
static gboolean
take_starred(VocSlice line, VocSlice *speaker, VocSlice *text)
{
    const char *colon = line.len ? memchr(line.data, ':', MIN(line.len, MAX_NAME_BYTES)) : NULL;
    VocSlice name, rest;

    if (!colon || line.data[0] != '*')
        return FALSE;
    name = voc_slice_of(line.data, (gsize)(colon - line.data));
    rest = voc_slice_of(colon + 1, line.len - name.len - 1);
    while (name.len && name.data[0] == '*')
        name = voc_slice_of(name.data + 1, name.len - 1);
    while (name.len && name.data[name.len - 1] == '*')
        name.len--;
    while (rest.len && rest.data[0] == '*')
        rest = voc_slice_of(rest.data + 1, rest.len - 1);
    *speaker = voc_slice_strip(name);
    *text = voc_slice_strip(rest);
    return speaker->len && !memchr(name.data, '*', name.len);
}

/* Behind "00:12 ", "[00:00:12] - " or "(12:01) " at the line's beginning; all of it where there is none. */
static VocSlice
skip_time(VocSlice line, double *start)
{
    VocSlice rest = line;
    gboolean bracket = rest.len && strchr("[(", rest.data[0]) != NULL;
    gsize n;

    *start = NAN;
    rest = voc_slice_of(rest.data + bracket, rest.len - bracket);
    n = rest.len ? take_time(rest.data, rest.data + rest.len, start) : 0;
    rest = voc_slice_of(rest.data + n, rest.len - n);
    if (n && bracket) {
        n = rest.len && strchr("])", rest.data[0]) ? 1 : 0;
        rest = voc_slice_of(rest.data + n, rest.len - n);
    }
    if (!n || !rest.len || !g_ascii_isspace(rest.data[0])) {
        *start = NAN;
        return line;
    }
    while (rest.len && (g_ascii_isspace(rest.data[0]) || rest.data[0] == '-'))
        rest = voc_slice_of(rest.data + 1, rest.len - 1);
    return rest;
}

gboolean
voc_cue_plain(VocSlice line, double *start, VocSlice *speaker, VocSlice *text)
{
    VocSlice rest = skip_time(line, start);

    return take_starred(rest, speaker, text) || voc_cue_speaker(rest, speaker, text);
}

static gboolean
has_arrow(VocSlice line)
{
    return line.len >= 3 && memmem(line.data, line.len, "-->", 3) != NULL;
}

/* The payload without its tags; the first <v Name> names who speaks. */
static void
add_plain(VocSlice payload, VocBuffer *out, VocBuffer *speaker)
{
    const char *at = payload.data, *end = at + payload.len;

    while (at < end) {
        const char *open = memchr(at, '<', (gsize)(end - at)), *close;

        voc_buffer_add(out, at, (gsize)((open ? open : end) - at));
        if (!open)
            return;
        close = memchr(open, '>', (gsize)(end - open));
        if (!close) /* a tag that is not closed takes the rest, as browsers have it */
            close = end;
        if (open + 2 < close && open[1] == 'v' && (open[2] == ' ' || open[2] == '.' || open[2] == '\t') &&
            !speaker->len) {
            const char *name = memchr(open, ' ', (gsize)(close - open));

            if (name)
                voc_buffer_add_slice(speaker, voc_slice_strip(voc_slice_of(name, (gsize)(close - name))));
        }
        at = close < end ? close + 1 : end;
    }
}

/* Takes the payload's lines, and tells the cue. */
static void
read_cue(Lines *lines, double start, double end, const VocCueHandler *handler)
{
    g_auto(VocBuffer) raw = VOC_BUFFER_INIT, text = VOC_BUFFER_INIT, tag = VOC_BUFFER_INIT,
                      name = VOC_BUFFER_INIT;
    VocCue cue = {.start = start, .end = end, .line = lines->number};
    Lines ahead = *lines;
    VocSlice line;

    while (take_line(&ahead, &line) && line.len && !has_arrow(line)) {
        *lines = ahead;
        if (raw.len)
            voc_buffer_add_char(&raw, ' ');
        add_plain(voc_slice_strip(line), &raw, &tag);
    }
    voc_markup_unescape(voc_slice_strip(voc_buffer_slice(&raw)), &text);
    voc_markup_unescape(voc_buffer_slice(&tag), &name);
    cue.text = voc_buffer_slice(&text);
    cue.speaker = voc_buffer_slice(&name);
    if (!name.len)
        voc_cue_speaker(cue.text, &cue.speaker, &cue.text);
    handler->cue(&cue, handler->data);
}

static gboolean
begins_block(VocSlice line, const char *word)
{
    gsize n = strlen(word);

    return voc_slice_starts_with(line, voc_slice_from_string(word)) &&
           (line.len == n || g_ascii_isspace(line.data[n]));
}

void
voc_cues_read(VocSlice text, const VocCueHandler *handler)
{
    Lines lines = {.rest = text};
    gboolean at_block = TRUE, in_note = FALSE;
    VocSlice line;

    while (take_line(&lines, &line)) {
        double start, end;

        if (!voc_slice_strip(line).len) {
            at_block = TRUE;
            in_note = FALSE;
        } else if (at_block && (begins_block(line, "NOTE") || begins_block(line, "STYLE") ||
                                begins_block(line, "REGION"))) {
            in_note = TRUE;
            at_block = FALSE;
        } else if (!in_note && has_arrow(line)) {
            if (voc_cue_times(line, &start, &end))
                read_cue(&lines, start, end, handler);
            else
                handler->problem(lines.number, line, "no times of a cue", handler->data);
            at_block = FALSE;
        } else {
            at_block = FALSE;
        }
    }
}

void
voc_cues_read_plain(VocSlice text, const VocCueHandler *handler)
{
    g_auto(VocBuffer) said = VOC_BUFFER_INIT;
    VocCue cue = {.start = NAN, .end = NAN};
    Lines lines = {.rest = text};
    VocSlice line, speaker, rest;
    double start;

    while (take_line(&lines, &line)) {
        if (voc_cue_plain(line, &start, &speaker, &rest)) {
            cue.text = voc_buffer_slice(&said);
            if (cue.speaker.len)
                handler->cue(&cue, handler->data);
            voc_buffer_reset(&said);
            cue.speaker = speaker;
            cue.start = cue.end = start;
            cue.line = lines.number;
            voc_buffer_add_slice(&said, rest);
        } else if (cue.speaker.len && voc_slice_strip(line).len) {
            voc_buffer_add_char(&said, ' ');
            voc_buffer_add_slice(&said, voc_slice_strip(line));
        }
    }
    cue.text = voc_buffer_slice(&said);
    if (cue.speaker.len)
        handler->cue(&cue, handler->data);
}
