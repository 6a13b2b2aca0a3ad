/* One mail: parts, text, kinds and threads of whatever comes. */
#include "fuzz.h"
#include "read/mail-body.h"
#include "read/mail-kind.h"
#include "read/mail-threads.h"
#include "text/charset.h"

static void
check_text(VocSlice text)
{
    g_assert(voc_utf8_valid_length(text) == text.len);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static VocMimeReader *reader;
    g_autoptr(VocMailThreads) threads = voc_mail_threads_new();
    g_auto(VocBuffer) thread = VOC_BUFFER_INIT;
    const char *reason = NULL;
    VocMailBody body;
    VocMime mime;

    if (!reader)
        reader = voc_mime_reader_new();
    if (!voc_mime_parse(reader, voc_slice_of((const char *)data, size), &mime, &reason)) {
        g_assert(reason);
        return 0;
    }
    voc_mail_body_init(&body);
    voc_mail_body_read(&body, &mime);
    g_assert(body.text.len <= VOC_MAIL_TEXT_MAX);
    check_text(voc_buffer_slice(&body.text));
    check_text(mime.subject);
    check_text(mime.from.name);
    check_text(mime.from.address);
    for (guint i = 0; i < body.attached->len; i++) {
        guint part = g_array_index(body.attached, guint, i);

        g_assert(part < mime.n_parts);
        check_text(mime.parts[part].name);
        check_text(mime.parts[part].type);
    }
    voc_mail_kinds(reader, &mime);
    voc_mail_threads_find(threads, &mime, mime.message_id, mime.from.address, &thread);
    g_assert(thread.len == 24);
    voc_mail_body_clear(&body);
    return 0;
}
