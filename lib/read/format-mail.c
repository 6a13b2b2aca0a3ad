/* One mail a file: .eml, and what lies in a Maildir. */
#include "read/mail-kind.h"
#include "read/mail.h"
#include "read/mbox.h"

typedef struct State {
    VocMails *mails;
    VocBuffer mail;
} State;

static gboolean
in_maildir(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(folder);

    return strcmp(name, "cur") == 0 || strcmp(name, "new") == 0;
}

static int
probe(VocExport *export, VocSlice text, const char **why)
{
    const char *base = voc_export_base(export);

    if (voc_mail_begins(text)) {
        *why = "the headers of a mail";
        return VOC_PROBE_SURE - 10;
    }
    if (g_str_has_suffix(base, ".eml") || g_str_has_suffix(base, ".eml.gz")) {
        *why = "the file's name";
        return VOC_PROBE_LIKELY;
    }
    *why = "it lies in a Maildir";
    return in_maildir(voc_export_path(export)) ? VOC_PROBE_LIKELY : VOC_PROBE_NO;
}

static void
close_state(gpointer data)
{
    State *state = data;

    voc_mails_free(state->mails);
    voc_buffer_clear(&state->mail);
    g_free(state);
}

static gpointer
open_mail(VocReading *reading, GError **error)
{
    State *state = g_new0(State, 1);

    (void)error;
    state->mails = voc_mails_new(reading);
    return state;
}

static gboolean
step(gpointer data, VocReading *reading, GError **error)
{
    State *state = data;
    VocSlice bytes, date = VOC_SLICE_NONE;
    int got = voc_export_bytes(reading->export, &bytes, error);

    if (got > 0) {
        gsize room = VOC_MBOX_MAIL_MAX - MIN(VOC_MBOX_MAIL_MAX, state->mail.len);

        if (bytes.len > room && state->mail.len < VOC_MBOX_MAIL_MAX)
            voc_reading_note(reading, "longer than %u MiB; its beginning is read",
                             (guint)(VOC_MBOX_MAIL_MAX >> 20));
        voc_buffer_add(&state->mail, bytes.data, MIN(bytes.len, room));
        return TRUE;
    }
    bytes = voc_buffer_slice(&state->mail);
    if (voc_slice_starts_with(bytes, VOC_SLICE("From "))) {
        const char *newline = memchr(bytes.data, '\n', bytes.len);
        gsize len = newline ? (gsize)(newline - bytes.data) : bytes.len;

        date = voc_mbox_from_date(voc_slice_of(bytes.data, len));
        len += newline != NULL;
        bytes = voc_slice_of(bytes.data + len, bytes.len - len);
    }
    if (!voc_mails_add(state->mails, bytes, 0, date))
        voc_reading_reject(reading, 1, bytes, "an empty mail");
    return FALSE;
}

static void
explain(gpointer data, VocReading *reading, VocBuffer *out)
{
    State *state = data;
    const char *own;
    double share;

    voc_mails_look(state->mails, voc_export_head(reading->export, NULL));
    own = voc_mails_likely_own(state->mails, &share);
    if (reading->options->own)
        voc_buffer_add_string(out, "  own        as --own says\n");
    else if (own)
        voc_buffer_add_printf(
            out, "  own        not said; so far %s is on %d %% of the mails  (--own ADDRESS or @DOMAIN)\n",
            own, (int)(share * 100));
}

const VocFormat voc_format_mail = {
    .name = "mail",
    .summary = "a mail: .eml, or a file of a Maildir",
    .recognised = "headers of mails, its name, or the Maildir it lies in",
    .probe = probe,
    .open = open_mail,
    .step = step,
    .explain = explain,
    .close = close_state,
};
