#include "read/mail.h"

#include "read/mail-body.h"
#include "read/mail-kind.h"
#include "read/mail-threads.h"

#define MAX_ID 240 /* bytes of a Message-ID that is kept as it is */

struct VocMails {
    VocReading *reading;
    VocMimeReader *mime;
    VocMailThreads *threads; /* kept over the run */
    const VocOwnCount *count;
    char *guess;
    gboolean sure;
    const char *guessed[2];
    const char *const *own; /* NULL: not known */
    VocMailBody body;
    VocBuffer id, source, time, thread, tags, fields, list;
};

static gpointer
make_threads(void)
{
    return voc_mail_threads_new();
}

static void
free_threads(gpointer threads)
{
    voc_mail_threads_free(threads);
}

VocMails *
voc_mails_new(VocReading *reading)
{
    VocMails *mails = g_new0(VocMails, 1);

    mails->reading = reading;
    mails->mime = voc_mime_reader_new();
    mails->threads = voc_reading_memory(reading, "mail-threads", make_threads, free_threads);
    mails->own = (const char *const *)reading->options->own;
    voc_mail_body_init(&mails->body);
    return mails;
}

void
voc_mails_free(VocMails *mails)
{
    VocBuffer *buffers[] = {&mails->id,   &mails->source, &mails->time, &mails->thread,
                            &mails->tags, &mails->fields, &mails->list};

    if (!mails)
        return;
    for (gsize i = 0; i < G_N_ELEMENTS(buffers); i++)
        voc_buffer_clear(buffers[i]);
    voc_mail_body_clear(&mails->body);
    voc_mime_reader_free(mails->mime);
    g_free(mails->guess);
    g_free(mails);
}

void
voc_mails_look(VocMails *mails, VocOwnCount *count, VocSlice bytes)
{
    const char *reason;
    VocMime mime;

    if (voc_mime_parse(mails->mime, voc_mime_headers(bytes), &mime, &reason))
        voc_own_count_add(count, &mime);
}

void
voc_mails_decide(VocMails *mails, const VocOwnCount *count)
{
    mails->count = count;
    mails->guess = voc_own_count_guess(count, &mails->sure);
    if (!mails->own && mails->guess && mails->sure) {
        mails->guessed[0] = mails->guess;
        mails->own = mails->guessed;
    }
}

/* A hash of what is told of the mail: without a Message-ID it is all there is, in whichever mailbox it lies.
 */
static void
hash_mail(VocMails *mails, const VocMime *mime, VocBuffer *out)
{
    VocHash hash;
    guint64 result[2];
    gint64 seconds = GINT64_TO_LE(mime->seconds);

    voc_hash_init(&hash);
    voc_hash_add_part(&hash, mime->from.address);
    voc_hash_add_part(&hash, mime->n_to ? mime->to[0].address : VOC_SLICE_NONE);
    voc_hash_add_part(&hash, voc_slice_of((const char *)&seconds, sizeof seconds));
    voc_hash_add_part(&hash, mime->subject);
    voc_hash_add_part(&hash, voc_buffer_slice(&mails->body.text));
    voc_hash_end(&hash, result);
    voc_buffer_add_printf(out, "%016" G_GINT64_MODIFIER "x%08x", result[0], (guint)(result[1] >> 32));
}

static gboolean
is_usable_id(VocSlice id)
{
    if (!id.len || id.len > MAX_ID)
        return FALSE;
    for (gsize i = 0; i < id.len; i++)
        if ((guchar)id.data[i] <= ' ' || id.data[i] == 0x7f)
            return FALSE;
    return TRUE;
}

static void
add_time(VocMails *mails, const VocMime *mime)
{
    VocDate date = {0};

    voc_buffer_reset(&mails->time);
    if (!mime->has_date)
        return;
    voc_date_set_seconds(&date, mime->seconds);
    date.has_time = date.has_offset = TRUE;
    voc_date_add(&mails->time, &date, mails->reading->zone);
}

/* Who is not the company: the author, or to whom the company writes. */
static VocSlice
customer_of(const VocMails *mails, const VocMime *mime, guint kinds)
{
    if (kinds & (VOC_MAIL_BOUNCE | VOC_MAIL_NEWSLETTER))
        return VOC_SLICE_NONE;
    if (!voc_own_has(mails->own, mime->from.address))
        return mime->from.address;
    for (guint i = 0; i < mime->n_to; i++)
        if (mime->to[i].address.len && !voc_own_has(mails->own, mime->to[i].address))
            return mime->to[i].address;
    return VOC_SLICE_NONE;
}

static VocSlice
role_of(const VocMails *mails, const VocMime *mime, guint kinds)
{
    if (kinds & VOC_MAIL_NOBODYS)
        return VOC_SLICE("system");
    if (!mails->own || !mime->from.address.len)
        return VOC_SLICE_NONE;
    return voc_own_has(mails->own, mime->from.address) ? VOC_SLICE("agent") : VOC_SLICE("customer");
}

static VocSlice
list_tags(VocMails *mails, guint kinds)
{
    voc_list_open(&mails->tags, '[');
    for (guint bit = 0; bit < 8; bit++)
        if (kinds & 1u << bit)
            voc_list_add_item(&mails->tags,
                              voc_slice_from_string(voc_mail_kind_name((VocMailKind)(1 << bit))));
    return voc_list_close(&mails->tags);
}

/* Names of the attachments that have one, or the types of all. */
static void
add_attachments(VocMails *mails, const VocMime *mime, gboolean names)
{
    const GArray *attached = mails->body.attached;
    VocSlice list;

    voc_list_open(&mails->list, '[');
    for (guint i = 0; i < attached->len; i++) {
        const VocMimePart *part = &mime->parts[g_array_index(attached, guint, i)];

        if (!names || part->name.len)
            voc_list_add_item(&mails->list, names ? part->name : part->type);
    }
    list = voc_list_close(&mails->list);
    if (list.len)
        voc_list_add_raw_field(&mails->fields,
                               names ? VOC_SLICE("attachments") : VOC_SLICE("attachment_types"), list);
}

static void
add_recipients(VocMails *mails, const VocMime *mime)
{
    VocSlice list;

    voc_list_open(&mails->list, '[');
    for (guint i = 0; i < mime->n_to; i++)
        if (mime->to[i].address.len)
            voc_list_add_item(&mails->list, mime->to[i].address);
    list = voc_list_close(&mails->list);
    if (list.len)
        voc_list_add_raw_field(&mails->fields, VOC_SLICE("to"), list);
}

static VocSlice
list_fields(VocMails *mails, const VocMime *mime, const VocMailPlace *place)
{
    voc_list_open(&mails->fields, '{');
    if (mime->from.address.len)
        voc_list_add_field(&mails->fields, VOC_SLICE("from"), mime->from.address);
    add_recipients(mails, mime);
    add_attachments(mails, mime, TRUE);
    add_attachments(mails, mime, FALSE);
    if (place->offset) {
        voc_buffer_reset(&mails->list);
        voc_buffer_add_int(&mails->list, (gint64)place->offset);
        voc_list_add_field(&mails->fields, VOC_SLICE("offset"), voc_buffer_slice(&mails->list));
    }
    return voc_list_close(&mails->fields);
}

static void
fill_ids(VocMails *mails, const VocMime *mime, VocMessage *message)
{
    g_auto(VocBuffer) hashed = VOC_BUFFER_INIT;
    VocSlice own = mime->message_id;

    if (!is_usable_id(own)) {
        hash_mail(mails, mime, &hashed);
        own = voc_buffer_slice(&hashed);
    }
    voc_buffer_reset(&mails->id);
    voc_identity_add_own(mails->reading->identity, own, &mails->id);
    voc_buffer_reset(&mails->thread);
    voc_mail_threads_find(mails->threads, mime, own, mails->own ? message->customer : VOC_SLICE_NONE,
                          &mails->thread);
    message->id = voc_buffer_slice(&mails->id);
    message->thread = voc_buffer_slice(&mails->thread);
}

static void
tell_losses(VocMails *mails, const VocMime *mime, const VocMailPlace *place)
{
    const char *what = NULL;

    if (place->cut)
        what = "is longer than 64 MiB; what is behind is not read";
    else if (mails->body.cut)
        what = "has more than 2 MiB of text; what is behind is not read";
    else if (mime->more_parts)
        what = "has more than 1000 parts; those behind are not read";
    if (what)
        voc_reading_note(mails->reading, "the mail of line %" G_GUINT64_FORMAT " %s", place->line, what);
}

void
voc_mails_add(VocMails *mails, VocSlice bytes, const VocMailPlace *place)
{
    VocReading *reading = mails->reading;
    const char *reason = "", *channel = reading->options->channel;
    VocMessage message;
    VocMime mime;
    guint kinds;

    if (!voc_slice_strip(bytes).len)
        reason = "an empty mail";
    if (*reason || !voc_mime_parse(mails->mime, bytes, &mime, &reason)) {
        voc_reading_reject(reading, place->line, bytes, "%s", reason);
        return;
    }
    voc_mail_body_read(&mails->body, &mime);
    kinds = voc_mail_kinds(mails->mime, &mime);
    voc_message_init(&message);
    voc_buffer_reset(&mails->source);
    voc_buffer_add_string(&mails->source, voc_export_path(reading->export));
    if (place->offset) {
        voc_buffer_add_char(&mails->source, ':');
        voc_buffer_add_int(&mails->source, (gint64)place->line);
    }
    add_time(mails, &mime);
    message.source = voc_buffer_slice(&mails->source);
    message.channel = channel ? voc_slice_from_string(channel) : VOC_SLICE("email");
    message.time = voc_buffer_slice(&mails->time);
    message.role = role_of(mails, &mime, kinds);
    message.author = mime.from.name.len ? mime.from.name : mime.from.address;
    message.customer = customer_of(mails, &mime, kinds);
    message.tags = list_tags(mails, kinds);
    message.fields = list_fields(mails, &mime, place);
    message.subject = mime.subject;
    message.text = voc_buffer_slice(&mails->body.text);
    fill_ids(mails, &mime, &message);
    voc_message_write(&message, reading->out);
    tell_losses(mails, &mime, place);
}

void
voc_mails_explain(VocMails *mails, VocBuffer *out)
{
    voc_buffer_add_literal(out, "  own        ");
    if (mails->reading->options->own) {
        g_autofree char *given = g_strjoinv(", ", mails->reading->options->own);

        voc_buffer_add_printf(out, "%s: --own\n", given);
    } else if (mails->guess) {
        voc_buffer_add_printf(out, "%s%s: ", mails->guess, mails->sure ? "" : " perhaps, not used");
        voc_own_count_explain(mails->count, out);
        voc_buffer_add_printf(out, "  (--own %s)\n", mails->guess);
    } else {
        voc_buffer_add_literal(out, "not told by the mails, so nobody is an agent  (--own @DOMAIN)\n");
    }
}

gboolean
voc_mail_is_header(VocSlice line)
{
    gsize n = 0;

    while (n < line.len && line.data[n] > ' ' && line.data[n] < 0x7f && line.data[n] != ':')
        n++;
    while (n && n < line.len && (line.data[n] == ' ' || line.data[n] == '\t'))
        n++;
    return n > 0 && n < line.len && line.data[n] == ':';
}

gboolean
voc_mail_is_known_header(VocSlice line)
{
    static const char *const names[] = {"from:",
                                        "to:",
                                        "cc:",
                                        "bcc:",
                                        "subject:",
                                        "date:",
                                        "message-id:",
                                        "received:",
                                        "return-path:",
                                        "sender:",
                                        "reply-to:",
                                        "in-reply-to:",
                                        "references:",
                                        "mime-version:",
                                        "content-type:",
                                        "content-",
                                        "delivered-to:",
                                        "envelope-to:",
                                        "resent-",
                                        "list-",
                                        "dkim-",
                                        "arc-",
                                        "authentication-",
                                        "received-spf:",
                                        "precedence:",
                                        "status:",
                                        "auto-submitted:",
                                        "user-agent:",
                                        "organization:",
                                        "x-",
                                        NULL};

    for (const char *const *name = names; *name; name++)
        if (line.len >= strlen(*name) && g_ascii_strncasecmp(line.data, *name, strlen(*name)) == 0)
            return TRUE;
    return FALSE;
}
