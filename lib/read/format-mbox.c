/* Mailboxes in one file. */
#include "read/mail-kind.h"
#include "read/mail.h"
#include "read/mbox.h"

#define LOOK_AT 200 /* mails that the company's own address is told from */

typedef struct State {
    VocReading *reading;
    VocMails *mails;
    VocMbox *mbox;
    VocBuffer mail;
    guint64 looked;
} State;

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    const char *newline;

    (void)export;
    while (text.len && (text.data[0] == '\n' || text.data[0] == '\r'))
        text = voc_slice_of(text.data + 1, text.len - 1);
    newline = text.len ? memchr(text.data, '\n', text.len) : NULL;
    if (!newline || !voc_mbox_is_from_line(voc_slice_of(text.data, (gsize)(newline - text.data))))
        return VOC_PROBE_NO;
    *why = "a From line and headers";
    return voc_mail_begins(voc_slice_of(newline + 1, text.len - (gsize)(newline + 1 - text.data)))
               ? VOC_PROBE_SURE
               : VOC_PROBE_PERHAPS;
}

static VocSlice
unquoted(State *state, const VocMboxMail *mail)
{
    if (!mail->quoted)
        return mail->mail;
    voc_buffer_reset(&state->mail);
    voc_mbox_unquote(mail->mail, &state->mail);
    return voc_buffer_slice(&state->mail);
}

static void
look_at_mail(const VocMboxMail *mail, gpointer data)
{
    State *state = data;

    if (state->looked++ < LOOK_AT)
        voc_mails_look(state->mails, unquoted(state, mail));
}

static void
read_mail(const VocMboxMail *mail, gpointer data)
{
    State *state = data;

    if (mail->cut)
        voc_reading_note(state->reading,
                         "mail %" G_GUINT64_FORMAT " is longer than %u MiB; its beginning is read",
                         mail->number, (guint)(VOC_MBOX_MAIL_MAX >> 20));
    if (!voc_mails_add(state->mails, unquoted(state, mail), mail->number,
                       voc_mbox_from_date(mail->from_line)))
        voc_reading_reject(state->reading, mail->line, mail->mail, "mail %" G_GUINT64_FORMAT " is empty",
                           mail->number);
}

static void
close_state(gpointer data)
{
    State *state = data;

    voc_mbox_free(state->mbox);
    voc_mails_free(state->mails);
    voc_buffer_clear(&state->mail);
    g_free(state);
}

static gpointer
open_mbox(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);

    (void)error;
    state->reading = reading;
    state->mails = voc_mails_new(reading);
    state->mbox = voc_mbox_new(read_mail, state);
    return state;
}

static gboolean
step(gpointer data, VocReading *reading, GError **error)
{
    State *state = data;
    VocSlice bytes;
    int got = voc_export_bytes(reading->export, &bytes, error);

    if (got > 0)
        voc_mbox_feed(state->mbox, bytes);
    else
        voc_mbox_finish(state->mbox);
    return got > 0;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    State *state = data;
    g_autoptr(VocMbox) mbox = voc_mbox_new(look_at_mail, state);
    gboolean complete;
    const char *own;
    double share;

    voc_mbox_feed(mbox, voc_export_head(reading->export, &complete));
    if (complete)
        voc_mbox_finish(mbox);
    voc_buffer_add_printf(out, "  mails      %" G_GUINT64_FORMAT "%s\n", state->looked,
                          complete ? "" : " or more");
    own = voc_mails_likely_own(state->mails, &share);
    if (reading->options->own)
        voc_buffer_add_string(out, "  own        as --own says\n");
    else if (own)
        voc_buffer_add_printf(
            out, "  own        not said; %s is on %d %% of the mails  (--own ADDRESS or @DOMAIN)\n", own,
            (int)(share * 100));
}

const VocFormat voc_format_mbox = {
    .name = "mbox",
    .summary = "a mailbox in one file: mboxo, mboxrd, mboxcl",
    .recognised = "its first line, From and a date, and headers behind it",
    .probe = probe,
    .open = open_mbox,
    .step = step,
    .explain = explain,
    .close = close_state,
};
