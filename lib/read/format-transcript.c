/* Transcripts of calls: WebVTT, SRT, and plain "Name: text". */
#include "read/turns.h"

#define MAX_FILE ((gsize)16 << 20)

typedef enum { FORM_VTT, FORM_SRT, FORM_PLAIN } Form;

typedef struct State {
    VocReading *reading;
    Form form;
    VocBuffer file; /* all of it */
    VocTurns *turns;
    gboolean looking; /* for who speaks: nothing is rejected */
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

/* Whether the first word of a name says what part somebody has in a call: "Asiakas", "Agent 2", "SPEAKER_00".
 */
static gboolean
is_role(VocSlice name)
{
    static const char *const roles[] = {"asiakas",
                                        "asiakaspalvelija",
                                        "asiakasneuvoja",
                                        "asiakaspalvelu",
                                        "soittaja",
                                        "myyj\303\244",
                                        "neuvoja",
                                        "agentti",
                                        "puhuja",
                                        "haastattelija",
                                        "haastateltava",
                                        "agent",
                                        "customer",
                                        "client",
                                        "caller",
                                        "advisor",
                                        "adviser",
                                        "operator",
                                        "representative",
                                        "rep",
                                        "support",
                                        "bot",
                                        "botti",
                                        "speaker",
                                        "interviewer",
                                        "interviewee",
                                        "kund",
                                        "handl\303\244ggare",
                                        "r\303\245dgivare",
                                        "talare",
                                        NULL};
    gsize n = 0;
    g_autofree char *small = NULL;

    while (n < name.len && !strchr(" _-0123456789", name.data[n]))
        n++;
    small = g_utf8_strdown(name.data, (gssize)n);
    return g_strv_contains(roles, small);
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

        double start;

        if (voc_cue_plain(voc_slice_of(text.data, len - (len && text.data[len - 1] == '\r')), &start,
                          &speaker, &said)) {
            known += is_role(speaker);
            if (known == 2)
                return *why = "lines that begin with who speaks", VOC_PROBE_LIKELY;
        }
        len += newline != NULL;
        text = voc_slice_of(text.data + len, text.len - len);
    }
    return VOC_PROBE_NO;
}

static void
take_cue(const VocCue *cue, gpointer data)
{
    voc_turns_add(((State *)data)->turns, cue, VOC_SLICE_NONE);
}

static void
take_problem(guint64 line, VocSlice raw, const char *reason, gpointer data)
{
    State *state = data;

    if (!state->looking)
        voc_reading_reject(state->reading, line, raw, "%s", reason);
}

static void
close_state(gpointer data)
{
    State *state = data;

    voc_buffer_clear(&state->file);
    voc_turns_free(state->turns);
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

static void
add_cues(State *state)
{
    VocCueHandler handler = {take_cue, take_problem, state};
    VocSlice text = voc_buffer_slice(&state->file);

    if (state->form == FORM_PLAIN)
        voc_cues_read_plain(text, &handler);
    else
        voc_cues_read(text, &handler);
    voc_turns_end(state->turns);
}

/* First who speaks, to tell the roles. */
static void
look_at_turns(State *state)
{
    VocSlice text = voc_buffer_slice(&state->file);

    state->turns = voc_turns_new(state->reading, text, text);
    voc_turns_look(state->turns);
    state->looking = TRUE;
    add_cues(state);
    state->looking = FALSE;
    voc_turns_settle(state->turns);
}

static gboolean
step(gpointer data, VocReading *reading, GError **error)
{
    State *state = data;

    if (voc_turns_read_file(reading, MAX_FILE, &state->file, error) || state->file.len) {
        look_at_turns(state);
        add_cues(state);
    }
    return FALSE;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    static const char *const forms[] = {"WebVTT", "SRT", "lines of \"Name: text\""};
    State *state = data;

    voc_buffer_add_printf(out, "  form       %s; cues of one speaker are joined to turns\n",
                          forms[state->form]);
    if (voc_turns_read_file(reading, MAX_FILE, &state->file, NULL)) {
        look_at_turns(state);
        voc_turns_explain(state->turns, out);
    }
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
