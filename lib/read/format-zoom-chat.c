/* The chat beside a Zoom meeting: chat.txt of its recordings, and what "save chat" writes. */
#include <math.h>

#include "read/turns.h"

#define MAX_FILE ((gsize)16 << 20)

typedef struct State {
    VocReading *reading;
    VocBuffer file; /* all of it */
    VocTurns *turns;
    VocBuffer author, text, fields;
    double start;
    guint64 line; /* of the message that is read; 0: none */
    gboolean looking;
} State;

/* A line on which a message begins. */
typedef struct Head {
    double seconds;  /* since the recording began, or of the day */
    gboolean of_day; /* "From … to …" with the clock's time */
    VocSlice author, text;
    gboolean private; /* not to everyone */
} Head;

/* "00:02:53", with a date in front or not; how many bytes, 0 when it is none. */
static gsize
take_clock(VocSlice line, double *seconds)
{
    gsize at = line.len > 11 && line.data[4] == '-' && line.data[10] == ' ' ? 11 : 0;
    const char *c = line.data + at;

    if (line.len < at + 9 || c[2] != ':' || c[5] != ':' || (c[8] != '\t' && c[8] != ' '))
        return 0;
    for (int i = 0; i < 8; i++)
        if (i % 3 != 2 && !g_ascii_isdigit(c[i]))
            return 0;
    *seconds = ((c[0] - '0') * 10 + c[1] - '0') * 3600 + ((c[3] - '0') * 10 + c[4] - '0') * 60 +
               (c[6] - '0') * 10 + c[7] - '0';
    return at + 8;
}

static const char *
find_word(VocSlice text, const char *word)
{
    return text.len ? memmem(text.data, text.len, word, strlen(word)) : NULL;
}

/* "From Name to Everyone: text", "From  Name : text" */
static gboolean
take_from(VocSlice rest, Head *head)
{
    const char *colon, *to;
    VocSlice names;

    rest = voc_slice_of(rest.data + 5, rest.len - 5);
    colon = rest.len ? memchr(rest.data, ':', rest.len) : NULL;
    if (!colon)
        return FALSE;
    names = voc_slice_of(rest.data, (gsize)(colon - rest.data));
    head->text = voc_slice_strip(voc_slice_of(colon + 1, rest.len - names.len - 1));
    to = find_word(names, " to ");
    if (!to)
        to = find_word(names, " To ");
    head->private = to && !find_word(names, "veryone");
    head->author = voc_slice_strip(to ? voc_slice_of(names.data, (gsize)(to - names.data)) : names);
    head->of_day = TRUE;
    return head->author.len > 0;
}

static gboolean
take_head(VocSlice line, Head *head)
{
    gsize n = take_clock(line, &head->seconds);
    VocSlice rest;
    const char *end;

    head->of_day = head->private = FALSE;
    if (!n)
        return FALSE;
    rest = voc_slice_strip(voc_slice_of(line.data + n, line.len - n));
    if (voc_slice_starts_with(rest, VOC_SLICE("From ")))
        return take_from(rest, head);
    if (line.data[n] != '\t')
        return FALSE;
    end = find_word(rest, ":\t");
    if (!end && rest.len && rest.data[rest.len - 1] == ':')
        end = rest.data + rest.len - 1;
    if (!end || end == rest.data)
        return FALSE;
    head->author = voc_slice_of(rest.data, (gsize)(end - rest.data));
    head->text = voc_slice_strip(voc_slice_of(end + 1, (gsize)(rest.data + rest.len - end - 1)));
    return TRUE;
}

static VocSlice
next_line(VocSlice *rest)
{
    const char *newline = memchr(rest->data, '\n', rest->len);
    gsize len = newline ? (gsize)(newline - rest->data) : rest->len;
    VocSlice line = voc_slice_of(rest->data, len);

    len += newline != NULL;
    *rest = voc_slice_of(rest->data + len, rest->len - len);
    if (line.len && line.data[line.len - 1] == '\r')
        line.len--;
    return line;
}

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    int heads = 0;

    (void)export;
    for (int lines = 0; text.len && lines < 30; lines++) {
        VocSlice line = next_line(&text);
        Head head;

        if (lines == 0 && !take_head(line, &head))
            return VOC_PROBE_NO;
        heads += take_head(line, &head);
    }
    *why = "times, names and tabs, as Zoom writes them";
    return heads >= 2 ? VOC_PROBE_SURE : heads ? VOC_PROBE_LIKELY : VOC_PROBE_NO;
}

/* The words between the first two quotes. */
static VocSlice
quoted(VocSlice text)
{
    const char *open = memchr(text.data, '"', text.len), *end = text.data + text.len, *close = NULL;

    for (const char *at = open; at && at + 1 < end && at[1] != '\n'; at++)
        close = at[1] == '"' ? at + 1 : close;
    return close ? voc_slice_of(open + 1, (gsize)(close - open - 1)) : VOC_SLICE_NONE;
}

/* Reactions are no words of anybody; a reply begins with a line that says to what. */
static VocSlice
take_marks(VocSlice *text, VocBuffer *fields)
{
    gboolean reacted =
        voc_slice_starts_with(*text, VOC_SLICE("Reacted to \"")) ||
        (voc_slice_starts_with(*text, VOC_SLICE("Removed a ")) && find_word(*text, " reaction from \""));

    if (reacted) {
        voc_list_add_raw_field(fields, VOC_SLICE("reaction"), VOC_SLICE("true"));
        return VOC_SLICE("system");
    }
    if (voc_slice_starts_with(*text, VOC_SLICE("Replying to \""))) {
        const char *newline = memchr(text->data, '\n', text->len);
        VocSlice to = quoted(*text);

        if (newline && to.len) {
            voc_list_add_field(fields, VOC_SLICE("reply_to"), to);
            *text = voc_slice_strip(voc_slice_of(newline, (gsize)(text->data + text->len - newline)));
        }
    }
    return VOC_SLICE_NONE;
}

static void
write_message(State *state)
{
    VocCue cue = {state->start, NAN, voc_buffer_slice(&state->author),
                  voc_slice_strip(voc_buffer_slice(&state->text)), state->line};
    VocSlice role;

    if (!state->line)
        return;
    role = take_marks(&cue.text, &state->fields);
    voc_turns_add_chat(state->turns, &cue, role, voc_list_close(&state->fields));
    state->line = 0;
}

static void
begin_message(State *state, const Head *head, guint64 line)
{
    g_auto(VocBuffer) number = VOC_BUFFER_INIT;

    write_message(state);
    state->line = line;
    state->start = head->seconds;
    voc_buffer_reset(&state->author);
    voc_buffer_add_slice(&state->author, head->author);
    voc_buffer_reset(&state->text);
    voc_buffer_add_slice(&state->text, head->text);
    voc_list_open(&state->fields, '{');
    if (head->of_day) {
        voc_turns_set_midnight(state->turns);
    } else {
        voc_buffer_add_number(&number, head->seconds, 0);
        voc_list_add_raw_field(&state->fields, VOC_SLICE("start"), voc_buffer_slice(&number));
    }
    if (head->private)
        voc_list_add_raw_field(&state->fields, VOC_SLICE("private"), VOC_SLICE("true"));
}

static void
read_messages(State *state)
{
    VocSlice rest = voc_buffer_slice(&state->file);
    guint64 number = 0;
    Head head;

    state->turns = voc_turns_new(state->reading, rest, VOC_SLICE_NONE);
    if (state->looking)
        voc_turns_look(state->turns);
    while (rest.len) {
        VocSlice line = next_line(&rest);

        number++;
        if (take_head(line, &head)) {
            begin_message(state, &head, number);
        } else if (state->line) {
            voc_buffer_add_char(&state->text, '\n');
            voc_buffer_add_slice(&state->text, voc_slice_strip(line));
        } else if (voc_slice_strip(line).len && !state->looking) {
            voc_reading_reject(state->reading, number, line, "no message begins here");
        }
    }
    write_message(state);
}

static gpointer
open_zoom_chat(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);

    (void)error;
    state->reading = reading;
    return state;
}

static gboolean
step(gpointer data, VocReading *reading, GError **error)
{
    State *state = data;

    if (voc_turns_read_file(reading, MAX_FILE, &state->file, error) || state->file.len)
        read_messages(state);
    return FALSE;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    State *state = data;

    state->looking = TRUE;
    if (voc_turns_read_file(reading, MAX_FILE, &state->file, NULL)) {
        read_messages(state);
        voc_turns_explain(state->turns, out);
    }
}

static void
close_state(gpointer data)
{
    State *state = data;
    VocBuffer *buffers[] = {&state->file, &state->author, &state->text, &state->fields};

    for (gsize i = 0; i < G_N_ELEMENTS(buffers); i++)
        voc_buffer_clear(buffers[i]);
    voc_turns_free(state->turns);
    g_free(state);
}

const VocFormat voc_format_zoom_chat = {
    .name = "zoom-chat",
    .summary = "the chat of a Zoom meeting: chat.txt",
    .recognised = "lines of a time, a tab and a name; or a time and \"From Name to Everyone:\"",
    .probe = probe,
    .open = open_zoom_chat,
    .step = step,
    .explain = explain,
    .close = close_state,
};
