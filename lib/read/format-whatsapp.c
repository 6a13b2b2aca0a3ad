/* Chats that WhatsApp exports as text. */
#include "read/format.h"
#include "read/turns.h"
#include "read/whatsapp.h"

#define MAX_MESSAGE ((gsize)4 << 20)
#define PAUSE (12 * 3600) /* seconds: what comes later is another conversation */

typedef struct State {
    VocReading *reading;
    VocWhatsappWords *words;
    VocLineSplit lines;
    VocDateOrders *orders;
    VocDateOrder usual, order; /* where nothing tells; of the last stamp */
    gboolean sure;
    const char *why;
    VocBuffer stamp, text, author, time, id, thread, source, fields;
    VocBuffer last_stamp; /* as written, of the message before */
    guint64 number, line; /* of the message being read; 0: none */
    gboolean marked, is_system;
    VocDate date;
    gint64 seconds; /* the date's */
    gint64 last;    /* of the message before */
} State;

static VocSlice
without_end(VocSlice line)
{
    while (line.len && (line.data[line.len - 1] == '\n' || line.data[line.len - 1] == '\r'))
        line.len--;
    return line;
}

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    int found = 0, lines = 0;

    (void)export;
    while (text.len && lines < 20 && found < 3) {
        const char *newline = memchr(text.data, '\n', text.len);
        gsize len = newline ? (gsize)(newline - text.data) + 1 : text.len;
        VocWhatsappLine parts;

        found += voc_whatsapp_line(without_end(voc_slice_of(text.data, len)), &parts);
        if (!found && lines > 2)
            break;
        lines++;
        text = voc_slice_of(text.data + len, text.len - len);
    }
    *why = "lines that begin with a date, a time and a name";
    return found >= 2 || (found && lines == 1) ? VOC_PROBE_SURE - 5 : VOC_PROBE_NO;
}

/* A new conversation is named by when it begins. */
static void
set_thread(State *state)
{
    gint64 now = state->seconds;

    if (!state->thread.len || now - state->last > PAUSE || now < state->last - PAUSE) {
        voc_buffer_reset(&state->thread);
        voc_buffer_add_string(&state->thread, voc_identity_name(state->reading->identity));
        voc_buffer_add_char(&state->thread, ':');
        voc_buffer_add_slice(&state->thread, voc_buffer_slice(&state->time));
    }
    state->last = now;
}

static void
set_fields(State *state, VocWhatsappKind kind, VocSlice placeholder, VocSlice file, gboolean edited)
{
    voc_list_open(&state->fields, '{');
    if (file.len) {
        g_auto(VocBuffer) list = VOC_BUFFER_INIT;

        voc_list_open(&list, '[');
        voc_list_add_item(&list, file);
        voc_list_add_raw_field(&state->fields, VOC_SLICE("attachments"), voc_list_close(&list));
    } else if (kind == VOC_WHATSAPP_MEDIA) {
        voc_list_add_field(&state->fields, VOC_SLICE("media"), placeholder);
    } else if (kind == VOC_WHATSAPP_DELETED) {
        voc_list_add_raw_field(&state->fields, VOC_SLICE("deleted"), VOC_SLICE("true"));
    }
    if (edited)
        voc_list_add_raw_field(&state->fields, VOC_SLICE("edited"), VOC_SLICE("true"));
}

/* Without --agent only those are told apart whose names say what they are. */
static void
set_role(const State *state, VocWhatsappKind kind, VocMessage *message)
{
    if (kind == VOC_WHATSAPP_SYSTEM) {
        message->role = VOC_SLICE("system");
        return;
    }
    message->role = voc_turns_role_of(state->reading, message->author, VOC_SLICE_NONE);
    if (voc_slice_equal_string(message->role, "customer"))
        message->customer = message->author;
}

/* Writes the message that has been read. */
static void
write_message(State *state)
{
    VocReading *reading = state->reading;
    VocMessage message;
    VocSlice text = voc_slice_strip(voc_buffer_slice(&state->text)), file, given = text;
    gboolean edited;
    VocWhatsappKind kind;

    if (!state->line)
        return;
    voc_message_init(&message);
    kind = state->is_system ? VOC_WHATSAPP_SYSTEM
                            : voc_whatsapp_kind(state->words, state->marked, &text, &file, &edited);
    if (state->is_system)
        file = VOC_SLICE_NONE, edited = FALSE;
    set_thread(state);
    set_fields(state, kind, given, file, edited);
    message.channel = VOC_SLICE("chat");
    message.time = voc_buffer_slice(&state->time);
    message.author = voc_buffer_slice(&state->author);
    message.thread = voc_buffer_slice(&state->thread);
    set_role(state, kind, &message);
    message.text = kind == VOC_WHATSAPP_MEDIA || kind == VOC_WHATSAPP_DELETED ? VOC_SLICE_NONE : text;
    message.fields = voc_list_close(&state->fields);
    voc_buffer_reset(&state->id);
    VocSlice parts[] = {message.time, message.author, given};
    voc_identity_add_hashed(reading->identity, parts, G_N_ELEMENTS(parts), &state->id);
    message.id = voc_buffer_slice(&state->id);
    voc_buffer_reset(&state->source);
    voc_buffer_add_string(&state->source, voc_export_path(reading->export));
    voc_buffer_add_char(&state->source, ':');
    voc_buffer_add_int(&state->source, (gint64)state->line);
    message.source = voc_buffer_slice(&state->source);
    voc_message_write(&message, reading->out);
    state->line = 0;
}

/* The time of the message that begins; FALSE when it is rejected. What was said in the same minute has the
 * same stamp, and is not parsed again. */
static gboolean
take_stamp(State *state, const VocTextLine *line, VocSlice stamp)
{
    VocDateOrder order = voc_date_orders_at(state->orders, state->number, state->usual);

    if (order == state->order && stamp.len && voc_slice_equal(stamp, voc_buffer_slice(&state->last_stamp)))
        return TRUE;
    voc_buffer_reset(&state->last_stamp);
    voc_buffer_reset(&state->stamp);
    voc_whatsapp_stamp(stamp, &state->stamp);
    if (!voc_date_parse(voc_buffer_slice(&state->stamp), order, &state->date) &&
        (state->reading->options->date_order ||
         !voc_date_parse(voc_buffer_slice(&state->stamp), VOC_DATE_AUTO, &state->date))) {
        voc_reading_reject(state->reading, line->number, line->text, "'%s' is no date",
                           voc_buffer_string(&state->stamp));
        return FALSE;
    }
    voc_buffer_add_slice(&state->last_stamp, stamp);
    state->order = order;
    state->seconds = voc_date_seconds(&state->date);
    voc_buffer_reset(&state->time);
    voc_date_add(&state->time, &state->date, state->reading->zone);
    return TRUE;
}

static void
begin_message(State *state, const VocTextLine *line, const VocWhatsappLine *parts)
{
    write_message(state);
    state->number++;
    if (!take_stamp(state, line, parts->stamp))
        return;
    state->line = line->number;
    state->marked = parts->marked;
    state->is_system = parts->author.len == 0;
    voc_buffer_reset(&state->author);
    voc_buffer_add_slice(&state->author, parts->author);
    voc_buffer_reset(&state->text);
    voc_buffer_add_slice(&state->text, parts->text);
}

/* Whether bytes of the line are no UTF-8; the export knows which bytes to look at. */
static gboolean
is_broken(State *state, const VocTextLine *line)
{
    gboolean bad = FALSE;
    VocBadByte one;

    while (voc_export_take_bad(state->reading->export, line->offset + line->text.len, &one))
        bad = TRUE;
    return bad && voc_utf8_valid_length(line->text) < line->text.len;
}

static void
read_line(const VocTextLine *line, gpointer data)
{
    State *state = data;
    VocSlice text = without_end(line->text);
    VocWhatsappLine parts;

    if (line->too_long || line->more) {
        voc_reading_reject_line(state->reading, line);
    } else if (is_broken(state, line)) {
        voc_reading_reject(state->reading, line->number, line->text, "bytes that are no %s",
                           voc_export_charset(state->reading->export).name);
    } else if (voc_whatsapp_line(text, &parts)) {
        begin_message(state, line, &parts);
    } else if (state->line && state->text.len + text.len < MAX_MESSAGE) {
        voc_buffer_add_char(&state->text, '\n');
        voc_buffer_add_slice(&state->text, text);
    } else if (voc_slice_strip(text).len) {
        voc_reading_reject(state->reading, line->number, line->text, "no message begins here");
    }
}

/* The date of a stamp, "7.9.2026" of "7.9.2026 klo 9.15"; all of it where that is not sure. */
static VocSlice
date_of(VocSlice stamp)
{
    gsize n = 0, digits = 0;

    for (; n < stamp.len; n++) {
        char c = stamp.data[n];

        if (g_ascii_isdigit(c))
            digits++;
        else if (c != '.' && c != '/' && c != '-')
            break;
    }
    return digits >= 4 && n >= digits + 2 ? voc_slice_of(stamp.data, n) : stamp;
}

/* For the order of day and month: all dates of the file, once where they follow on each other. */
static void
look_at_line(const VocTextLine *line, gpointer data)
{
    State *state = data;
    VocWhatsappLine parts;
    VocSlice date;

    if (line->too_long || line->more || !voc_whatsapp_line(without_end(line->text), &parts))
        return;
    date = date_of(parts.stamp);
    if (voc_slice_equal(date, voc_buffer_slice(&state->last_stamp))) {
        state->number++;
        return;
    }
    voc_buffer_reset(&state->last_stamp);
    voc_buffer_add_slice(&state->last_stamp, date);
    voc_buffer_reset(&state->stamp);
    voc_whatsapp_stamp(parts.stamp, &state->stamp);
    voc_date_orders_add(state->orders, ++state->number, voc_buffer_slice(&state->stamp));
}

static void
look_at_dates(State *state)
{
    VocExport *export = state->reading->export;
    VocLineSplit lines = {.max = MAX_MESSAGE};
    gboolean complete;
    VocSlice text = voc_export_head_text(export);

    voc_export_head(export, &complete);
    if (complete || !voc_export_rewind(export)) {
        voc_line_split_feed(&lines, text, complete, look_at_line, state);
    } else {
        while (voc_export_text(export, &text, NULL) > 0)
            voc_line_split_feed(&lines, text, FALSE, look_at_line, state);
        voc_line_split_feed(&lines, VOC_SLICE_NONE, TRUE, look_at_line, state);
        voc_export_rewind(export);
    }
    voc_line_split_clear(&lines);
    voc_buffer_reset(&state->last_stamp);
    state->number = 0;
    state->usual =
        voc_date_evidence_order(voc_date_orders_evidence(state->orders), &state->sure, &state->why);
}

static void
close_state(gpointer data)
{
    State *state = data;
    VocBuffer *buffers[] = {&state->stamp, &state->last_stamp, &state->text,   &state->author, &state->time,
                            &state->id,    &state->thread,     &state->source, &state->fields};

    for (gsize i = 0; i < G_N_ELEMENTS(buffers); i++)
        voc_buffer_clear(buffers[i]);
    voc_line_split_clear(&state->lines);
    voc_date_orders_free(state->orders);
    voc_whatsapp_words_free(state->words);
    g_free(state);
}

static gpointer
open_whatsapp(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);
    VocDateOrder given = VOC_DATE_AUTO;

    state->reading = reading;
    state->lines.max = MAX_MESSAGE;
    state->orders = voc_date_orders_new();
    state->words = voc_whatsapp_words_load(reading->data_dir, error);
    if (!state->words) {
        close_state(state);
        return NULL;
    }
    look_at_dates(state);
    if (reading->options->date_order && voc_date_order_from_name(reading->options->date_order, &given)) {
        voc_date_orders_free(state->orders);
        state->orders = voc_date_orders_new();
        state->usual = given;
        state->sure = TRUE;
        state->why = "--date-order";
    }
    return state;
}

static gboolean
step(gpointer data, VocReading *reading, GError **error)
{
    State *state = data;
    VocSlice text = VOC_SLICE_NONE;
    int got = voc_export_text(reading->export, &text, error);

    voc_line_split_feed(&state->lines, got > 0 ? text : VOC_SLICE_NONE, got <= 0, read_line, state);
    if (got <= 0)
        write_message(state);
    return got > 0;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    State *state = data;

    voc_buffer_add_printf(out, "  dates      %s%s: %s  (--date-order dmy|mdy|ymd)\n",
                          voc_date_order_name(state->usual), state->sure ? "" : ", uncertain", state->why);
    voc_buffer_add_printf(out, "  time zone  %s  (--timezone ZONE)\n",
                          reading->options->timezone ? reading->options->timezone : VOC_ZONE_DEFAULT);
}

const VocFormat voc_format_whatsapp = {
    .name = "whatsapp",
    .summary = "a chat that WhatsApp exported as text",
    .recognised = "lines that begin with a date, a time and a name",
    .probe = probe,
    .open = open_whatsapp,
    .step = step,
    .explain = explain,
    .close = close_state,
};
