/* Mailboxes: however the bytes are cut, the mails are the same, and no byte is handed on twice. The first
 * byte chooses how they are cut, the second the longest mail. */
#include "fuzz.h"
#include "read/identity.h"
#include "read/mbox-split.h"

typedef struct Sum {
    VocHash hash;
    guint64 offset, line;
    guint n;
} Sum;

static void
add_mail(const VocMboxMail *mail, gpointer data)
{
    Sum *sum = data;

    g_assert(mail->offset >= sum->offset && mail->line >= sum->line);
    sum->offset = mail->offset + mail->bytes.len;
    sum->line = mail->line;
    sum->n++;
    voc_hash_add_part(&sum->hash, mail->bytes);
    voc_hash_add_part(&sum->hash, voc_slice_of((const char *)&mail->line, sizeof mail->line));
    voc_hash_add_part(&sum->hash, voc_slice_of((const char *)&mail->offset, sizeof mail->offset));
}

static void
split(VocSlice bytes, gsize piece, gsize max, guint64 result[2])
{
    Sum sum = {.n = 0};
    g_autoptr(VocMboxSplit) mbox = voc_mbox_split_new(max, add_mail, &sum);

    voc_hash_init(&sum.hash);
    for (gsize at = 0; at < bytes.len; at += piece)
        voc_mbox_split_feed(mbox, voc_slice_of(bytes.data + at, MIN(piece, bytes.len - at)), FALSE);
    voc_mbox_split_feed(mbox, VOC_SLICE_NONE, TRUE);
    g_assert(sum.offset <= bytes.len);
    voc_hash_end(&sum.hash, result);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    guint64 whole[2], cut[2];
    VocSlice bytes;
    gsize max;

    if (size < 2)
        return 0;
    max = data[1] & 1 ? (gsize)64 << 20 : 1 + (gsize)data[1] * 8;
    bytes = voc_slice_of((const char *)data + 2, size - 2);
    voc_mbox_begins(bytes);
    split(bytes, bytes.len + 1, max, whole);
    split(bytes, 1 + data[0], max, cut);
    g_assert((data[1] & 1) == 0 || (whole[0] == cut[0] && whole[1] == cut[1]));
    return 0;
}
