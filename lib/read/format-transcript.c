/* Transcripts of calls: WebVTT, SRT, and plain "Name: text". */
#include <math.h>

#include "read/cues.h"
#include "read/format.h"

#define MAX_FILE ((gsize)16 << 20)

typedef enum { FORM_VTT, FORM_SRT, FORM_PLAIN } Form;

typedef struct State {
    VocReading *reading;
    Form form;
    VocBuffer file;   /* all of it */
    VocBuffer thread; /* of the call */
    VocDate begun;
    gboolean has_begun; /* the name or the first lines say when */
    VocBuffer speaker, said, id, source, time, fields;
    double start, end;
    guint64 line, turn;
} State;

static gboolean
is_vtt(VocSlice text)
{
    return voc_slice_starts_with(text, VOC_SLICE("WEBVTT")) &&
           (text.len == 6 || g_ascii_isspace(text.data[6]));
}

/* "1" and then times. */
static gboolean
is_srt(VocSlice text)
{
    const char *newline;
    VocSlice line;
    double start, end;

    for (int i = 0; i < 2; i++) {
        newline = text.len ? memchr(text.data, '\n', text.len) : NULL;
        if (!newline)
            return FALSE;
        line = voc_slice_strip(voc_slice_of(text.data, (gsize)(newline - text.data)));
        if (voc_cue_times(line, &start, &end))
            return TRUE;
        if (!line.len || !g_ascii_isdigit(line.data[0]))
            return FALSE;
        text = voc_slice_of(newline + 1, text.len - (gsize)(newline + 1 - text.data));
    }
    return FALSE;
}

/* A role by a name: "Asiakas", "Agent 2", "Asiakaspalvelija Sanna"; empty when the name says none. */
static VocSlice
role_of(const VocNames *names, VocSlice speaker)
{
    VocSlice role = voc_names_value(names, VOC_ROLE_ROLE, speaker);
    gsize n = 0;

    while (n < speaker.len && speaker.data[n] != ' ')
        n++;
    return role.len ? role : voc_names_value(names, VOC_ROLE_ROLE, voc_slice_of(speaker.data, n));
}

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    const char *base = voc_export_base(export);

    if (is_vtt(text))
        return *why = "its first line, WEBVTT", VOC_PROBE_SURE;
    if (is_srt(text))
        return *why = "a number and the times of a cue", VOC_PROBE_SURE;
    if (g_str_has_suffix(base, ".vtt") || g_str_has_suffix(base, ".srt"))
        return *why = "the file's name", VOC_PROBE_LIKELY;
    /* Two turns in the first lines, spoken by an agent or a customer. */
    for (int lines = 0, known = 0; text.len && lines < 30; lines++) {
        const char *newline = memchr(text.data, '\n', text.len);
        gsize len = newline ? (gsize)(newline - text.data) : text.len;
        VocSlice speaker, said;

        if (voc_cue_speaker(voc_slice_of(text.data, len), &speaker, &said)) {
            static const char *const roles[] = {"asiakas", "asiakaspalvelija", "agent", "customer",
                                                "kund",    "caller",           NULL};
            g_autofree char *small = g_utf8_strdown(speaker.data, (gssize)speaker.len);
            char *space = strchr(small, ' ');

            if (space)
                *space = 0;
            known += g_strv_contains(roles, small);
            if (known == 2)
                return *why = "lines that begin with who speaks", VOC_PROBE_LIKELY;
        }
        len += newline != NULL;
        text = voc_slice_of(text.data + len, text.len - len);
    }
    return VOC_PROBE_NO;
}

/* 2026-09-16-0934 or 2026-09-16 in the file's name, or a date in one of the first lines. */
static void
find_time(State *state)
{
    const char *base = voc_export_base(state->reading->export);
    VocSlice text = voc_buffer_slice(&state->file);

    for (const char *at = base; strlen(at) >= 10 && !state->has_begun; at++) {
        if (!g_ascii_isdigit(*at) || at[4] != '-' || (at > base && g_ascii_isdigit(at[-1])))
            continue;
        state->has_begun = voc_date_parse(voc_slice_of(at, 10), VOC_DATE_YMD, &state->begun);
        at += 10;
        if (state->has_begun && strlen(at) >= 5 && strchr("-_T", *at) && g_ascii_isdigit(at[1]) &&
            g_ascii_isdigit(at[4])) {
            int clock = (int)g_ascii_strtoull(at + 1, NULL, 10);

            if (clock < 2400 && clock % 100 < 60) {
                state->begun.hour = clock / 100;
                state->begun.minute = clock % 100;
            }
        }
        at--;
    }
    for (int lines = 0; !state->has_begun && text.len && lines < 5; lines++) {
        const char *newline = memchr(text.data, '\n', text.len);
        gsize len = newline ? (gsize)(newline - text.data) : text.len;

        for (gsize i = 0; i < len && !state->has_begun; i++)
            if (g_ascii_isdigit(text.data[i]) && (i == 0 || text.data[i - 1] == ' '))
                state->has_begun =
                    len - i >= 8 &&
                    voc_date_parse(voc_slice_of(text.data + i, len - i), VOC_DATE_AUTO, &state->begun) &&
                    !voc_date_is_number(voc_slice_of(text.data + i, len - i));
        len += newline != NULL;
        text = voc_slice_of(text.data + len, text.len - len);
    }
}

/* The call is named by its file and a hash of what is in it: two calls are not one because both are
 * transcript.vtt. */
static void
name_thread(State *state)
{
    g_autofree char *base = g_strdup(voc_export_base(state->reading->export));
    char *dot = strrchr(base, '.');
    VocHash hash;
    guint64 result[2];

    if (dot && dot > base)
        *dot = 0;
    voc_hash_init(&hash);
    voc_hash_add(&hash, voc_buffer_slice(&state->file));
    voc_hash_end(&hash, result);
    voc_buffer_add_printf(&state->thread, "%s:%08x", base, (guint)(result[0] >> 32));
}

static void
set_role(const State *state, VocMessage *message)
{
    message->role = role_of(state->reading->names, message->author);
    for (char **agent = state->reading->options->agent; agent && *agent; agent++) {
        if (voc_slice_equal_string(message->author, *agent)) {
            message->role = VOC_SLICE("agent");
            return;
        }
    }
    if (!message->role.len && state->reading->options->agent && message->author.len)
        message->role = VOC_SLICE("customer");
}

static void
write_turn(State *state)
{
    VocReading *reading = state->reading;
    VocMessage message;

    if (!state->said.len)
        return;
    voc_message_init(&message);
    voc_buffer_reset(&state->time);
    if (state->has_begun) {
        VocDate when = state->begun;

        if (!isnan(state->start))
            voc_date_set_seconds(&when, voc_date_seconds(&when) + (gint64)state->start);
        voc_date_add(&state->time, &when, reading->zone);
    }
    voc_list_open(&state->fields, '{');
    if (!isnan(state->start)) {
        g_auto(VocBuffer) number = VOC_BUFFER_INIT;

        voc_buffer_add_number(&number, state->start, 3);
        voc_list_add_raw_field(&state->fields, VOC_SLICE("start"), voc_buffer_slice(&number));
        voc_buffer_reset(&number);
        voc_buffer_add_number(&number, state->end, 3);
        voc_list_add_raw_field(&state->fields, VOC_SLICE("end"), voc_buffer_slice(&number));
    }
    message.channel = VOC_SLICE("call");
    message.time = voc_buffer_slice(&state->time);
    message.author = voc_buffer_slice(&state->speaker);
    message.thread = voc_buffer_slice(&state->thread);
    message.turn = ++state->turn;
    message.fields = voc_list_close(&state->fields);
    message.text = voc_buffer_slice(&state->said);
    set_role(state, &message);
    voc_buffer_reset(&state->id);
    voc_buffer_add_slice(&state->id, message.thread);
    voc_buffer_add_char(&state->id, '/');
    voc_buffer_add_int(&state->id, (gint64)state->turn);
    message.id = voc_buffer_slice(&state->id);
    voc_buffer_reset(&state->source);
    voc_buffer_add_printf(&state->source, "%s:%" G_GUINT64_FORMAT, voc_export_path(reading->export),
                          state->line);
    message.source = voc_buffer_slice(&state->source);
    voc_message_write(&message, reading->out);
    voc_buffer_reset(&state->said);
}

/* Cues of one speaker, one after the other, are one turn. */
static void
take_cue(const VocCue *cue, gpointer data)
{
    State *state = data;

    if (!cue->text.len)
        return;
    if (!state->said.len || !voc_slice_equal(cue->speaker, voc_buffer_slice(&state->speaker))) {
        write_turn(state);
        voc_buffer_reset(&state->speaker);
        voc_buffer_add_slice(&state->speaker, cue->speaker);
        state->start = cue->start;
        state->line = cue->line;
    } else {
        voc_buffer_add_char(&state->said, ' ');
    }
    voc_buffer_add_slice(&state->said, cue->text);
    state->end = cue->end;
}

static void
take_problem(guint64 line, VocSlice raw, const char *reason, gpointer data)
{
    State *state = data;

    voc_reading_reject(state->reading, line, raw, "%s", reason);
}

static void
close_state(gpointer data)
{
    State *state = data;
    VocBuffer *buffers[] = {&state->file, &state->thread, &state->speaker, &state->said,
                            &state->id,   &state->source, &state->time,    &state->fields};

    for (gsize i = 0; i < G_N_ELEMENTS(buffers); i++)
        voc_buffer_clear(buffers[i]);
    g_free(state);
}

static gpointer
open_transcript(VocReading *reading, GError **error)
{
    State *state;
    VocSlice text = voc_export_head_text(reading->export);
    gboolean named_vtt = g_str_has_suffix(voc_export_base(reading->export), ".vtt");

    if (named_vtt && !is_vtt(text)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "not WebVTT: its first line is not WEBVTT");
        return NULL;
    }
    state = g_new0(State, 1);
    state->reading = reading;
    state->form = is_vtt(text) ? FORM_VTT : is_srt(text) ? FORM_SRT : FORM_PLAIN;
    return state;
}

static gboolean
step(gpointer data, VocReading *reading, GError **error)
{
    State *state = data;
    VocCueHandler handler = {take_cue, take_problem, state};
    VocSlice text;
    int got = voc_export_text(reading->export, &text, error);

    if (got > 0) {
        if (state->file.len + text.len > MAX_FILE) {
            g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "a transcript longer than 16 MiB");
            return FALSE;
        }
        voc_buffer_add_slice(&state->file, text);
        return TRUE;
    }
    find_time(state);
    name_thread(state);
    if (state->form == FORM_PLAIN)
        voc_cues_read_plain(voc_buffer_slice(&state->file), &handler);
    else
        voc_cues_read(voc_buffer_slice(&state->file), &handler);
    write_turn(state);
    return FALSE;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    static const char *const forms[] = {"WebVTT", "SRT", "lines of \"Name: text\""};
    State *state = data;

    (void)reading;
    voc_buffer_add_printf(out, "  form       %s; cues of one speaker are joined to turns\n",
                          forms[state->form]);
    voc_buffer_add_string(
        out, "  speakers   told by words like Asiakas and Agent in their names  (--agent NAME)\n");
}

const VocFormat voc_format_transcript = {
    .name = "transcript",
    .summary = "a call's transcript: WebVTT, SRT, lines of \"Name: text\"",
    .recognised = "WEBVTT, times of cues, or lines that begin with Asiakas:, Agent: or their like",
    .probe = probe,
    .open = open_transcript,
    .step = step,
    .explain = explain,
    .close = close_state,
};
