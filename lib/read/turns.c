#include "read/turns.h"

#include <math.h>

#define MAX_SPEAKERS 1000 /* that are counted */

typedef struct Speaker {
    char *name;
    const char *role; /* static; NULL: not known */
    gboolean other;   /* it is only known of whom he speaks with */
    guint64 turns, words;
} Speaker;

struct VocTurns {
    VocReading *reading;
    VocBuffer thread;
    VocDate begun;
    gboolean has_begun;
    VocBuffer lang, tags;
    VocBuffer speaker, role, said; /* the turn so far */
    double start, end;
    guint64 line, turn;
    VocBuffer id, source, time, fields;
    gboolean looking, chat; /* nothing is written; there is no speech */
    GPtrArray *speakers;    /* of Speaker, as they begin to speak */
};

static void
free_speaker(gpointer data)
{
    Speaker *speaker = data;

    g_free(speaker->name);
    g_free(speaker);
}

/* 2026-09-16-0934, 2026-09-16T09_34_00, 2026-09-16 14.00.03 or 2026-09-16 in a name. */
static gboolean
find_in_name(VocTurns *turns, const char *name)
{
    for (const char *at = name; strlen(at) >= 10; at++) {
        int hour, minute;
        gsize n = 0;

        if (!g_ascii_isdigit(*at) || at[4] != '-' || (at > name && g_ascii_isdigit(at[-1])) ||
            !voc_date_parse(voc_slice_of(at, 10), VOC_DATE_YMD, &turns->begun))
            continue;
        at += 10;
        if (*at && strchr("-_T ", *at) && g_ascii_isdigit(at[1]) && g_ascii_isdigit(at[2])) {
            n = at[3] && strchr("._:-", at[3]) ? 4 : 3;
            if (g_ascii_isdigit(at[n]) && g_ascii_isdigit(at[n + 1])) {
                hour = (at[1] - '0') * 10 + at[2] - '0';
                minute = (at[n] - '0') * 10 + at[n + 1] - '0';
                if (hour < 24 && minute < 60) {
                    turns->begun.hour = hour;
                    turns->begun.minute = minute;
                }
            }
        }
        return TRUE;
    }
    return FALSE;
}

/* A date in one of the first lines. */
static gboolean
find_in_text(VocTurns *turns, VocSlice text)
{
    for (int lines = 0; text.len && lines < 5; lines++) {
        const char *newline = memchr(text.data, '\n', text.len);
        gsize len = newline ? (gsize)(newline - text.data) : text.len;

        for (gsize i = 0; i + 8 <= len; i++) {
            VocSlice rest = voc_slice_of(text.data + i, len - i);

            if (g_ascii_isdigit(text.data[i]) && (i == 0 || text.data[i - 1] == ' ') && rest.len < 200 &&
                voc_date_parse(rest, VOC_DATE_AUTO, &turns->begun) && !voc_date_is_number(rest))
                return TRUE;
        }
        len += newline != NULL;
        text = voc_slice_of(text.data + len, text.len - len);
    }
    return FALSE;
}

static void
find_time(VocTurns *turns, VocSlice when)
{
    g_autofree char *folder = g_path_get_dirname(voc_export_path(turns->reading->export));
    g_autofree char *last = g_path_get_basename(folder);

    turns->has_begun = find_in_name(turns, voc_export_base(turns->reading->export)) ||
                       find_in_text(turns, when) || find_in_name(turns, last);
}

static void
name_thread(VocTurns *turns, VocSlice content)
{
    g_autofree char *base = g_strdup(voc_export_base(turns->reading->export));
    char *dot = strrchr(base, '.');
    VocHash hash;
    guint64 result[2];

    if (dot && dot > base)
        *dot = 0;
    voc_hash_init(&hash);
    voc_hash_add(&hash, content);
    voc_hash_end(&hash, result);
    voc_buffer_add_printf(&turns->thread, "%s:%08x", base, (guint)(result[0] >> 32));
}

VocTurns *
voc_turns_new(VocReading *reading, VocSlice content, VocSlice when)
{
    VocTurns *turns = g_new0(VocTurns, 1);

    turns->reading = reading;
    turns->speakers = g_ptr_array_new_with_free_func(free_speaker);
    find_time(turns, when);
    name_thread(turns, content);
    return turns;
}

void
voc_turns_free(VocTurns *turns)
{
    if (!turns)
        return;
    VocBuffer *buffers[] = {&turns->thread, &turns->lang, &turns->tags,   &turns->speaker, &turns->role,
                            &turns->said,   &turns->id,   &turns->source, &turns->time,    &turns->fields};

    for (gsize i = 0; i < G_N_ELEMENTS(buffers); i++)
        voc_buffer_clear(buffers[i]);
    g_ptr_array_unref(turns->speakers);
    g_free(turns);
}

void
voc_turns_set_call(VocTurns *turns, VocSlice id, VocSlice lang, VocSlice tags)
{
    if (id.len) {
        voc_buffer_reset(&turns->thread);
        voc_buffer_add_slice(&turns->thread, id);
    }
    voc_buffer_add_slice(&turns->lang, lang);
    voc_buffer_add_slice(&turns->tags, tags);
}

void
voc_turns_set_midnight(VocTurns *turns)
{
    turns->begun.hour = turns->begun.minute = turns->begun.second = 0;
}

gboolean
voc_turns_read_file(VocReading *reading, gsize max, VocBuffer *file, GError **error)
{
    VocSlice text;
    int got;

    while ((got = voc_export_text(reading->export, &text, error)) > 0) {
        if (file->len + text.len > max) {
            g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "longer than %d MiB, as no call is",
                        (int)(max >> 20));
            return FALSE;
        }
        voc_buffer_add_slice(file, text);
    }
    return got == 0;
}

/* "Hallavirta Asiakaspalvelu": staff and machines are named after what they are for; a customer who is named
 * like that is somebody's surname. */
static VocSlice
role_behind(const VocNames *names, VocSlice speaker)
{
    const char *end = speaker.data + speaker.len, *space = speaker.data;

    while (space < end && (space = memchr(space, ' ', (gsize)(end - space)))) {
        VocSlice role =
            voc_names_value(names, VOC_ROLE_ROLE, voc_slice_of(space + 1, (gsize)(end - space - 1)));

        if (voc_slice_equal_string(role, "agent") || voc_slice_equal_string(role, "bot"))
            return role;
        space++;
    }
    return VOC_SLICE_NONE;
}

VocSlice
voc_turns_role(const VocNames *names, VocSlice speaker)
{
    VocSlice role = voc_names_value(names, VOC_ROLE_ROLE, speaker);
    const char *open = speaker.len ? memchr(speaker.data, '(', speaker.len) : NULL;
    gsize n = 0;

    while (n < speaker.len && !strchr(" _-", speaker.data[n]))
        n++;
    if (!role.len && n && n < speaker.len)
        role = voc_names_value(names, VOC_ROLE_ROLE, voc_slice_of(speaker.data, n));
    if (!role.len && open && speaker.data[speaker.len - 1] == ')')
        role = voc_names_value(names, VOC_ROLE_ROLE,
                               voc_slice_of(open + 1, (gsize)(speaker.data + speaker.len - 2 - open)));
    return role.len || !speaker.len ? role : role_behind(names, speaker);
}

VocSlice
voc_turns_role_of(const VocReading *reading, VocSlice name, VocSlice given)
{
    char **agent = reading->options->agent;
    VocSlice role = given.len ? given : voc_turns_role(reading->names, name);

    for (char **one = agent; one && *one; one++)
        if (voc_slice_equal_string(name, *one))
            return VOC_SLICE("agent");
    return !role.len && agent && name.len ? VOC_SLICE("customer") : role;
}

static Speaker *
find_speaker(const VocTurns *turns, VocSlice name)
{
    for (guint i = 0; i < turns->speakers->len; i++) {
        Speaker *speaker = g_ptr_array_index(turns->speakers, i);

        if (voc_slice_equal_string(name, speaker->name))
            return speaker;
    }
    return NULL;
}

static VocSlice
role_of(const VocTurns *turns, VocSlice name, VocSlice given)
{
    VocSlice role = given.len ? given : voc_turns_role(turns->reading->names, name);
    const Speaker *speaker = role.len ? NULL : find_speaker(turns, name);

    if (speaker && speaker->other)
        role = voc_slice_from_string(speaker->role);
    return voc_turns_role_of(turns->reading, name, role);
}

static guint64
count_words(VocSlice text)
{
    guint64 n = 0;
    gboolean in_word = FALSE;

    for (gsize i = 0; i < text.len; i++) {
        gboolean space = g_ascii_isspace(text.data[i]);

        n += !space && !in_word;
        in_word = !space;
    }
    return n;
}

static void
count_turn(VocTurns *turns, VocSlice name, VocSlice role, VocSlice text)
{
    static const char *const roles[] = {"agent", "customer", "bot", "system"};
    Speaker *speaker = find_speaker(turns, name);

    if (!speaker) {
        if (turns->speakers->len == MAX_SPEAKERS)
            return;
        speaker = g_new0(Speaker, 1);
        speaker->name = voc_slice_dup(name);
        g_ptr_array_add(turns->speakers, speaker);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(roles); i++)
        if (voc_slice_equal_string(role, roles[i]))
            speaker->role = roles[i];
    speaker->turns++;
    speaker->words += count_words(text);
}

/* Whether the name is one that a program gave ("SPEAKER_01", "Puhuja 2"): another call's is somebody else. */
static gboolean
is_label(VocSlice name)
{
    static const char *const words[] = {"speaker", "puhuja", "talare", "spk", "unknown", "tuntematon"};
    gsize digits = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(words); i++)
        if (name.len >= strlen(words[i]) && g_ascii_strncasecmp(name.data, words[i], strlen(words[i])) == 0)
            return TRUE;
    while (digits < name.len && g_ascii_isdigit(name.data[digits]))
        digits++;
    return digits == name.len || name.len == 1;
}

/* Speech of the same call is told apart by its place, so that a call that is read twice has the same ids. */
static void
write_record(VocTurns *turns, const VocCue *cue, VocSlice role, VocSlice fields, gboolean chat)
{
    VocReading *reading = turns->reading;
    VocMessage message;

    voc_message_init(&message);
    voc_buffer_reset(&turns->time);
    if (turns->has_begun) {
        VocDate when = turns->begun;

        if (!isnan(cue->start))
            voc_date_set_seconds(&when, voc_date_seconds(&when) + (gint64)cue->start);
        voc_date_add(&turns->time, &when, reading->zone);
    }
    message.channel = chat ? VOC_SLICE("chat") : VOC_SLICE("call");
    message.time = voc_buffer_slice(&turns->time);
    message.author = cue->speaker;
    message.role = role_of(turns, cue->speaker, role);
    message.thread = voc_buffer_slice(&turns->thread);
    /* A customer who is only called Asiakas is no customer that could be known again. */
    if (voc_slice_equal_string(message.role, "customer") && !role.len && !is_label(cue->speaker) &&
        !voc_turns_role(reading->names, cue->speaker).len)
        message.customer = cue->speaker;
    message.turn = ++turns->turn;
    message.tags = turns->turn == 1 ? voc_buffer_slice(&turns->tags) : VOC_SLICE_NONE;
    message.fields = fields;
    message.text = cue->text;
    message.lang = voc_buffer_slice(&turns->lang);
    voc_buffer_reset(&turns->id);
    voc_buffer_add_slice(&turns->id, message.thread);
    voc_buffer_add_char(&turns->id, '/');
    voc_buffer_add_int(&turns->id, (gint64)turns->turn);
    message.id = voc_buffer_slice(&turns->id);
    voc_buffer_reset(&turns->source);
    voc_buffer_add_printf(&turns->source, "%s:%" G_GUINT64_FORMAT, voc_export_path(reading->export),
                          cue->line);
    message.source = voc_buffer_slice(&turns->source);
    if (turns->looking)
        count_turn(turns, message.author, message.role, message.text);
    else
        voc_message_write(&message, reading->out);
}

static void
add_seconds(VocBuffer *fields, VocSlice name, double seconds)
{
    g_auto(VocBuffer) number = VOC_BUFFER_INIT;

    if (isnan(seconds))
        return;
    voc_buffer_add_number(&number, seconds, 3);
    voc_list_add_raw_field(fields, name, voc_buffer_slice(&number));
}

void
voc_turns_end(VocTurns *turns)
{
    VocCue cue = {turns->start, turns->end, voc_buffer_slice(&turns->speaker), voc_buffer_slice(&turns->said),
                  turns->line};

    if (!turns->said.len)
        return;
    voc_list_open(&turns->fields, '{');
    add_seconds(&turns->fields, VOC_SLICE("start"), cue.start);
    add_seconds(&turns->fields, VOC_SLICE("end"), cue.end);
    write_record(turns, &cue, voc_buffer_slice(&turns->role), voc_list_close(&turns->fields), FALSE);
    voc_buffer_reset(&turns->said);
}

static gboolean
ends_sentence(VocSlice text)
{
    static const char ellipsis[] = "\342\200\246";

    return text.len && (strchr(".?!", text.data[text.len - 1]) ||
                        (text.len >= 3 && memcmp(text.data + text.len - 3, ellipsis, 3) == 0));
}

void
voc_turns_add(VocTurns *turns, const VocCue *cue, VocSlice role)
{
    VocSlice text = voc_slice_strip(cue->text), said = voc_buffer_slice(&turns->said);

    if (!text.len)
        return;
    if (said.len && voc_slice_equal(cue->speaker, voc_buffer_slice(&turns->speaker)) &&
        (cue->speaker.len || !ends_sentence(said))) {
        voc_buffer_add_char(&turns->said, ' ');
    } else {
        voc_turns_end(turns);
        voc_buffer_reset(&turns->speaker);
        voc_buffer_add_slice(&turns->speaker, cue->speaker);
        voc_buffer_reset(&turns->role);
        voc_buffer_add_slice(&turns->role, role);
        turns->start = cue->start;
        turns->line = cue->line;
    }
    voc_buffer_add_slice(&turns->said, text);
    turns->end = cue->end;
}

void
voc_turns_add_chat(VocTurns *turns, const VocCue *cue, VocSlice role, VocSlice fields)
{
    voc_turns_end(turns);
    turns->chat = TRUE;
    write_record(turns, cue, role, fields, TRUE);
}

void
voc_turns_look(VocTurns *turns)
{
    turns->looking = TRUE;
}

void
voc_turns_settle(VocTurns *turns)
{
    turns->looking = FALSE;
    turns->turn = 0;
    if (turns->speakers->len != 2 || turns->chat)
        return;
    for (guint i = 0; i < 2; i++) {
        Speaker *one = g_ptr_array_index(turns->speakers, i),
                *other = g_ptr_array_index(turns->speakers, 1 - i);

        if (one->role || !*one->name || !other->role || other->other)
            continue;
        one->role = strcmp(other->role, "agent") == 0      ? "customer"
                    : strcmp(other->role, "customer") == 0 ? "agent"
                                                           : NULL;
        one->other = one->role != NULL;
    }
}

/* Whoever answers a call speaks first; where a name says that he is a customer, it is the other. */
static const Speaker *
propose(const VocTurns *turns)
{
    const Speaker *other = NULL;
    guint known = 0;

    for (guint i = 0; i < turns->speakers->len; i++) {
        const Speaker *speaker = g_ptr_array_index(turns->speakers, i);

        if (speaker->role && strcmp(speaker->role, "agent") == 0)
            return NULL;
        known += speaker->role != NULL;
        if (!speaker->role && !other && *speaker->name)
            other = speaker;
    }
    return turns->speakers->len > 1 && (known || turns->speakers->len == 2) ? other : NULL;
}

void
voc_turns_explain(const VocTurns *turns, VocBuffer *out)
{
    const Speaker *proposed = turns->chat ? NULL : propose(turns);

    for (guint i = 0; i < turns->speakers->len && i < 20; i++) {
        const Speaker *speaker = g_ptr_array_index(turns->speakers, i);

        voc_buffer_add_printf(out,
                              "  %-10s %s: %s, %" G_GUINT64_FORMAT " turns, %" G_GUINT64_FORMAT " words%s\n",
                              i ? "" : "speakers", *speaker->name ? speaker->name : "(nobody is named)",
                              speaker->role ? speaker->role : "no role", speaker->turns, speaker->words,
                              speaker->other ? ", as the other is not" : "");
    }
    if (turns->speakers->len > 20)
        voc_buffer_add_printf(out, "             and %u more\n", turns->speakers->len - 20);
    if (proposed)
        voc_buffer_add_printf(out,
                              "             %s speaks first, as who answers a call does: --agent '%s'?\n",
                              proposed->name, proposed->name);
    else
        voc_buffer_add_string(out,
                              "             told by words like Asiakas and Agent in names  (--agent NAME)\n");
}
