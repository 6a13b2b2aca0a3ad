/* Mailboxes in one file. */
#include "read/mail.h"
#include "read/mbox-split.h"

#define SAMPLE 500 /* mails that the mailbox's owner is told from */

typedef struct State {
    VocReading *reading;
    VocMails *mails;
    VocOwnCount *count;
    guint looked; /* at mails, for it */
    VocMboxSplit *split;
} State;

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    (void)export;
    if (!voc_mbox_begins(text))
        return VOC_PROBE_NO;
    return *why = "a \"From \" line with mail headers behind it", VOC_PROBE_SURE;
}

static void
look_at_mail(const VocMboxMail *mail, gpointer data)
{
    State *state = data;

    if (state->looked++ < SAMPLE)
        voc_mails_look(state->mails, state->count, mail->bytes);
}

static void
add_mail(const VocMboxMail *mail, gpointer data)
{
    State *state = data;
    VocMailPlace place = {mail->line, mail->offset, mail->cut};

    voc_mails_add(state->mails, mail->bytes, &place);
}

static gpointer
open_mbox(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);
    g_autoptr(VocMboxSplit) sample = NULL;
    gboolean complete;
    VocSlice head = voc_export_head(reading->export, &complete);

    (void)error;
    state->reading = reading;
    state->mails = voc_mails_new(reading);
    state->count = voc_own_count_new();
    sample = voc_mbox_split_new(VOC_MAIL_MAX, look_at_mail, state);
    voc_mbox_split_feed(sample, head, complete);
    voc_mails_decide(state->mails, state->count);
    state->split = voc_mbox_split_new(VOC_MAIL_MAX, add_mail, state);
    return state;
}

static gboolean
step(gpointer data, VocReading *reading, GError **error)
{
    State *state = data;
    VocSlice bytes = VOC_SLICE_NONE;
    int got = voc_export_bytes(reading->export, &bytes, error);

    voc_mbox_split_feed(state->split, got > 0 ? bytes : VOC_SLICE_NONE, got <= 0);
    if (got <= 0 && voc_mbox_split_lost(state->split) > 0)
        voc_reading_note(reading, "%" G_GUINT64_FORMAT " bytes before the first mail are not read",
                         voc_mbox_split_lost(state->split));
    return got > 0;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    State *state = data;

    (void)reading;
    voc_mails_explain(state->mails, out);
}

static void
close_state(gpointer data)
{
    State *state = data;

    voc_mbox_split_free(state->split);
    voc_mails_free(state->mails);
    voc_own_count_free(state->count);
    g_free(state);
}

const VocFormat voc_format_mbox = {
    .name = "mbox",
    .summary = "a mailbox in one file: mboxo, mboxrd, mboxcl; of Thunderbird, Gmail's Takeout, Apple Mail",
    .recognised = "a \"From \" line with mail headers behind it",
    .probe = probe,
    .open = open_mbox,
    .step = step,
    .explain = explain,
    .close = close_state,
};
