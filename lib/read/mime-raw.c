#include "read/mime-raw.h"

#include "read/mime.h"

/* GMime reads groups of addresses in groups by calling itself. */
#define MAX_COLONS 500

/* Headers whose value is addresses. */
static gboolean
begins_addresses(const guint8 *line, gsize len)
{
    static const char *const names[] = {"from:",   "to:",         "cc:",          "bcc:",
                                        "sender:", "reply-to:",   "resent-",      "return-",
                                        "mail-",   "apparently-", "disposition-", NULL};

    for (const char *const *name = names; *name; name++)
        if (len >= strlen(*name) && g_ascii_strncasecmp((const char *)line, *name, strlen(*name)) == 0)
            return TRUE;
    return FALSE;
}

/* Makes groups within groups of addresses shallow, in the headers of nested mails too: what is beyond a few
 * hundred colons loses them. */
static void
flatten_groups(GByteArray *bytes)
{
    guint8 *at = bytes->data, *end = at + bytes->len;
    gboolean addresses = FALSE;
    guint colons = 0;

    if (voc_slice_count(voc_slice_of((const char *)bytes->data, bytes->len), ':') <= MAX_COLONS)
        return;
    while (at < end) {
        guint8 *newline = memchr(at, '\n', (gsize)(end - at)), *line_end = newline ? newline : end;

        if (*at != ' ' && *at != '\t') {
            addresses = begins_addresses(at, (gsize)(line_end - at));
            colons = 0;
        }
        for (guint8 *colon = at; addresses && (colon = memchr(colon, ':', (gsize)(line_end - colon)));
             colon++)
            if (++colons > MAX_COLONS)
                *colon = ' ';
        at = newline ? newline + 1 : end;
    }
}

/* The length of the headers, up to the empty line; of all when there is none. */
static gsize
headers_length(VocSlice bytes)
{
    const char *at = bytes.data, *end = at + bytes.len;

    while (at < end) {
        if (*at == '\n' || (*at == '\r' && end - at > 1 && at[1] == '\n'))
            return (gsize)(at - bytes.data);
        at = memchr(at, '\n', (gsize)(end - at));
        if (!at)
            break;
        at++;
    }
    return bytes.len;
}

VocSlice
voc_mime_headers(VocSlice bytes)
{
    return voc_slice_of(bytes.data, bytes.len ? MIN(bytes.len, headers_length(bytes) + 2) : 0);
}

static gboolean
is_one_of(VocSlice line, const char *const *names)
{
    char first = line.data[0] | 0x20;

    for (; *names; names++)
        if (**names == first && line.len >= strlen(*names) &&
            g_ascii_strncasecmp(line.data, *names, strlen(*names)) == 0)
            return TRUE;
    return FALSE;
}

/* Headers that GMime takes apart. */
static gboolean
is_for_gmime(VocSlice line)
{
    static const char *const names[] = {
        "from:", "sender:", "to:", "cc:", "subject:", "date:", "content-", NULL};

    return is_one_of(line, names);
}

/* Headers that are asked for as they are. */
static gboolean
is_raw(VocSlice line)
{
    static const char *const names[] = {"message-id:",          "in-reply-to:",
                                        "references:",          "received:",
                                        "return-path:",         "precedence:",
                                        "auto-submitted:",      "list-id:",
                                        "list-post:",           "list-unsubscribe:",
                                        "mailing-list:",        "x-auto",
                                        "x-failed-recipients:", NULL};

    return is_one_of(line, names);
}

/* Whether the line is a header with a name and a colon behind it. */
static gboolean
is_header(VocSlice line)
{
    gsize n = 0;

    while (n < line.len && line.data[n] > ' ' && line.data[n] != ':')
        n++;
    return n > 0 && n < line.len && line.data[n] == ':';
}

/* Gives GMime the mail without the headers that nobody asks for, of which a mail has dozens, and without
 * those that are only asked for as they are: it makes objects of all it gets. */
static void
copy_mail(VocSlice mail, gsize headers, GByteArray *bytes, GArray *raw)
{
    const char *at = mail.data, *end = at + headers;
    enum { GMIME, RAW, NOBODY } whose = GMIME;

    g_byte_array_set_size(bytes, 0);
    while (at < end) {
        const char *newline = memchr(at, '\n', (gsize)(end - at));
        VocSlice line = voc_slice_of(at, (gsize)((newline ? newline + 1 : end) - at));
        gboolean goes_on = *at == ' ' || *at == '\t';

        if (!goes_on)
            whose = !is_header(line) || is_for_gmime(line) ? GMIME : is_raw(line) ? RAW : NOBODY;
        if (whose == GMIME)
            g_byte_array_append(bytes, (const guint8 *)line.data, (guint)line.len);
        else if (whose == RAW && goes_on)
            g_array_index(raw, VocSlice, raw->len - 1).len += line.len;
        else if (whose == RAW)
            g_array_append_val(raw, line);
        at += line.len;
    }
    g_byte_array_append(bytes, (const guint8 *)end, (guint)(mail.len - headers));
}

gboolean
voc_mime_prepare(VocSlice mail, GByteArray *bytes, GArray *raw)
{
    gsize headers = mail.len ? headers_length(mail) : 0;

    g_byte_array_set_size(bytes, 0);
    g_array_set_size(raw, 0);
    if (headers > VOC_MIME_HEADERS_MAX)
        return FALSE;
    if (mail.len)
        copy_mail(mail, headers, bytes, raw);
    flatten_groups(bytes);
    return TRUE;
}
