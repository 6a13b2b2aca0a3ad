/* Mailboxes: however the bytes are cut, the mails are the same, in order, and lie where they say. */
#include "fuzz.h"
#include "read/identity.h"
#include "read/mbox.h"

typedef struct Seen {
    VocHash hash;
    VocSlice whole;
    guint64 end;
} Seen;

static void
on_mail(const VocMboxMail *mail, gpointer data)
{
    Seen *seen = data;
    g_auto(VocBuffer) unquoted = VOC_BUFFER_INIT;

    g_assert(mail->offset >= seen->end &&
             mail->offset + mail->from_line.len + mail->mail.len <= seen->whole.len);
    g_assert(memcmp(seen->whole.data + mail->offset, mail->from_line.data, mail->from_line.len) == 0);
    voc_mbox_unquote(mail->mail, &unquoted);
    g_assert(unquoted.len <= mail->mail.len && (mail->quoted || unquoted.len == mail->mail.len));
    voc_hash_add_part(&seen->hash, mail->mail);
    voc_hash_add_part(&seen->hash, voc_slice_of((const char *)&mail->line, sizeof mail->line));
    seen->end = mail->offset + mail->mail.len;
}

static void
split(VocSlice text, gsize piece, guint64 result[2])
{
    Seen seen = {.whole = text};
    g_autoptr(VocMbox) mbox = voc_mbox_new(on_mail, &seen);

    voc_hash_init(&seen.hash);
    for (gsize at = 0; at < text.len; at += piece)
        voc_mbox_feed(mbox, voc_slice_of(text.data + at, MIN(piece, text.len - at)));
    voc_mbox_finish(mbox);
    voc_hash_end(&seen.hash, result);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    VocSlice text = {(const char *)data + 1, size - 1};
    guint64 whole[2], cut[2];

    if (size < 1)
        return 0;
    split(text, MAX(text.len, 1), whole);
    split(text, 1u + data[0] % 32, cut);
    g_assert(whole[0] == cut[0] && whole[1] == cut[1]);
    return 0;
}
