#include "read/mail-kind.h"

static gboolean
equals(VocSlice value, const char *string)
{
    return value.len == strlen(string) && g_ascii_strncasecmp(value.data, string, value.len) == 0;
}

static gboolean
begins(VocSlice value, const char *string)
{
    gsize len = strlen(string);

    return value.len >= len && (value.data[0] | 0x20) == (string[0] | 0x20) &&
           g_ascii_strncasecmp(value.data, string, len) == 0;
}

static gboolean
has_header(VocMimeReader *reader, const char *name)
{
    return voc_mime_header(reader, name).len > 0;
}

static gboolean
has_type(const VocMime *mime, const char *type)
{
    for (guint i = 0; i < mime->n_parts; i++)
        if (voc_slice_equal_string(mime->parts[i].type, type))
            return TRUE;
    return FALSE;
}

/* Letters beyond ASCII must be small. */
static gboolean
subject_begins(const VocMime *mime, const char *const *beginnings)
{
    for (; *beginnings; beginnings++)
        if (begins(mime->subject, *beginnings))
            return TRUE;
    return FALSE;
}

static gboolean
is_bounce(VocMimeReader *reader, const VocMime *mime)
{
    static const char *const beginnings[] = {"undelivered mail",
                                             "undeliverable",
                                             "delivery status notification",
                                             "returned mail",
                                             "mail delivery failed",
                                             "failure notice",
                                             "delivery failure",
                                             "viestiä ei voitu toimittaa",
                                             "ei toimitettavissa",
                                             "toimittaminen epäonnistui",
                                             "kunde inte leverera",
                                             "gick inte att leverera",
                                             NULL};
    gboolean daemon = begins(mime->from.address, "mailer-daemon") ||
                      begins(mime->from.address, "postmaster@") ||
                      equals(voc_mime_header(reader, "Return-Path"), "<>");

    if (mime->n_parts && equals(mime->parts[0].type, "multipart/report") &&
        (equals(mime->parts[0].report, "delivery-status") || has_type(mime, "message/delivery-status")))
        return TRUE;
    return has_header(reader, "X-Failed-Recipients") || (daemon && subject_begins(mime, beginnings));
}

static gboolean
is_auto_reply(VocMimeReader *reader, const VocMime *mime)
{
    static const char *const beginnings[] = {"automaattinen vastaus",
                                             "automatic reply",
                                             "automatiskt svar",
                                             "autosvar",
                                             "autoreply",
                                             "auto:",
                                             "out of office",
                                             "out-of-office",
                                             "poissaoloviesti",
                                             "poissaolo:",
                                             "poissa:",
                                             "frånvaro",
                                             NULL};

    return begins(voc_mime_header(reader, "Auto-Submitted"), "auto-replied") ||
           has_header(reader, "X-Autoreply") || has_header(reader, "X-Autorespond") ||
           has_header(reader, "X-Autoresponder") ||
           begins(voc_mime_header(reader, "Precedence"), "auto_reply") || subject_begins(mime, beginnings);
}

/* An invitation is a part that programs read, not a file that somebody attached. */
static gboolean
is_calendar(const VocMime *mime)
{
    for (guint i = 0; i < mime->n_parts; i++) {
        const VocMimePart *part = &mime->parts[i];

        if (equals(part->type, "text/calendar") && !part->attached &&
            (part->report.len || mime->n_parts == 1))
            return TRUE;
    }
    return FALSE;
}

/* Mailing lists that people write to tell where to post; newsletters only how to get rid of them. */
static gboolean
is_newsletter(VocMimeReader *reader, const VocMime *mime)
{
    VocSlice precedence = voc_mime_header(reader, "Precedence");

    if (mime->in_reply_to.len || mime->n_references)
        return FALSE;
    if (begins(precedence, "bulk") || begins(precedence, "junk"))
        return TRUE;
    return has_header(reader, "List-Unsubscribe") && !has_header(reader, "List-Post") &&
           !begins(precedence, "list");
}

static gboolean
is_list(VocMimeReader *reader)
{
    return has_header(reader, "List-Id") || has_header(reader, "List-Post") ||
           has_header(reader, "Mailing-List") || begins(voc_mime_header(reader, "Precedence"), "list");
}

guint
voc_mail_kinds(VocMimeReader *reader, const VocMime *mime)
{
    VocSlice automatic = voc_mime_header(reader, "Auto-Submitted");
    guint kinds = 0;

    if (is_bounce(reader, mime))
        kinds |= VOC_MAIL_BOUNCE;
    else if (mime->n_parts && equals(mime->parts[0].report, "disposition-notification"))
        kinds |= VOC_MAIL_RECEIPT;
    else if (is_auto_reply(reader, mime))
        kinds |= VOC_MAIL_AUTO_REPLY;
    else if (automatic.len && !begins(automatic, "no"))
        kinds |= VOC_MAIL_AUTOMATIC;
    if (is_calendar(mime))
        kinds |= VOC_MAIL_CALENDAR;
    if (!(kinds & VOC_MAIL_NOBODYS) && is_newsletter(reader, mime))
        kinds |= VOC_MAIL_NEWSLETTER;
    if (!(kinds & VOC_MAIL_NEWSLETTER) && is_list(reader))
        kinds |= VOC_MAIL_LIST;
    if (has_type(mime, "application/pgp-encrypted") || has_type(mime, "application/pkcs7-mime"))
        kinds |= VOC_MAIL_ENCRYPTED;
    return kinds;
}

const char *
voc_mail_kind_name(VocMailKind kind)
{
    switch (kind) {
    case VOC_MAIL_BOUNCE:
        return "bounce";
    case VOC_MAIL_RECEIPT:
        return "receipt";
    case VOC_MAIL_AUTO_REPLY:
        return "auto-reply";
    case VOC_MAIL_AUTOMATIC:
        return "automatic";
    case VOC_MAIL_CALENDAR:
        return "calendar";
    case VOC_MAIL_NEWSLETTER:
        return "newsletter";
    case VOC_MAIL_LIST:
        return "mailing-list";
    case VOC_MAIL_ENCRYPTED:
        return "encrypted";
    default:
        return "";
    }
}
