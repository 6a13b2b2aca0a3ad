#include "read/mail-kind.h"

const char *
voc_mail_kind_name(VocMailKind kind)
{
    static const char *const names[] = {NULL,         "bounce",    "auto-reply", "calendar",
                                        "newsletter", "automatic", "list"};

    return names[kind];
}

static gboolean
begins_with_any(const char *text, const char *const *beginnings)
{
    for (; *beginnings; beginnings++)
        if (g_ascii_strncasecmp(text, *beginnings, strlen(*beginnings)) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
is_bounce(const VocMailSigns *signs)
{
    static const char *const senders[] = {"mailer-daemon@", "mailer-daemon", "postmaster@", NULL};
    static const char *const subjects[] = {"undeliver",
                                           "delivery status notification",
                                           "mail delivery fail",
                                           "returned mail",
                                           "failure notice",
                                           "delivery failure",
                                           "viestin toimitus ep",
                                           "ei toimitettu",
                                           "toimitusilmoitus",
                                           "palautettu:",
                                           "kan inte levereras",
                                           "oleverer",
                                           NULL};
    gboolean daemon = signs->from && begins_with_any(signs->from, senders);

    if (signs->is_report)
        return TRUE;
    return signs->subject && begins_with_any(signs->subject, subjects) &&
           (daemon || (signs->return_path && strcmp(signs->return_path, "<>") == 0));
}

static gboolean
is_auto_reply(const VocMailSigns *signs)
{
    static const char *const subjects[] = {"automaattinen vastaus",
                                           "automaattivastaus",
                                           "poissa:",
                                           "poissaoloilmoitus",
                                           "automatic reply",
                                           "auto:",
                                           "autoreply",
                                           "auto-reply",
                                           "out of office",
                                           "autosvar",
                                           "automatiskt svar",
                                           "fr\303\245nvarande",
                                           NULL};

    if (signs->auto_submitted &&
        begins_with_any(signs->auto_submitted, (const char *const[]){"auto-replied", NULL}))
        return TRUE;
    if (signs->auto_reply || (signs->precedence && g_ascii_strcasecmp(signs->precedence, "auto_reply") == 0))
        return TRUE;
    return signs->subject && begins_with_any(signs->subject, subjects);
}

VocMailKind
voc_mail_kind(const VocMailSigns *signs)
{
    static const char *const bulk[] = {"bulk", "junk", NULL};

    if (is_bounce(signs))
        return VOC_MAIL_BOUNCE;
    if (signs->is_calendar)
        return VOC_MAIL_CALENDAR;
    if (is_auto_reply(signs))
        return VOC_MAIL_AUTO_REPLY;
    if (signs->list_unsubscribe &&
        (!signs->list_id || (signs->precedence && begins_with_any(signs->precedence, bulk))))
        return VOC_MAIL_NEWSLETTER;
    if (signs->auto_submitted && begins_with_any(signs->auto_submitted, (const char *const[]){"auto-", NULL}))
        return VOC_MAIL_AUTOMATIC;
    if (signs->precedence && begins_with_any(signs->precedence, bulk))
        return VOC_MAIL_AUTOMATIC;
    if (signs->list_id ||
        (signs->precedence && begins_with_any(signs->precedence, (const char *const[]){"list", NULL})))
        return VOC_MAIL_LIST;
    return VOC_MAIL_WRITTEN;
}

static gsize
quote_depth(VocSlice line)
{
    gsize n = 0;

    while (n < line.len && line.data[n] == '>')
        n++;
    return n;
}

/* The next line of `text` without its end; `text` goes behind it. */
static VocSlice
take_line(VocSlice *text)
{
    const char *newline = memchr(text->data, '\n', text->len);
    gsize len = newline ? (gsize)(newline - text->data) : text->len, whole = newline ? len + 1 : len;
    VocSlice line = {text->data, len};

    *text = voc_slice_of(text->data + whole, text->len - whole);
    if (line.len && line.data[line.len - 1] == '\r')
        line.len--;
    return line;
}

/* A line of flowed text: joins it to the one before when that goes on. */
static gboolean
add_flowed(VocSlice line, gboolean goes_on, gsize *depth, gboolean delsp, VocBuffer *out)
{
    gsize own = quote_depth(line);
    gboolean signature;

    if (goes_on && own == *depth) {
        line = voc_slice_of(line.data + own, line.len - own);
        if (line.len && line.data[0] == ' ')
            line = voc_slice_of(line.data + 1, line.len - 1); /* space-stuffed */
    } else {
        if (goes_on)
            voc_buffer_add_char(out, '\n');
        if (!own && line.len && line.data[0] == ' ')
            line = voc_slice_of(line.data + 1, line.len - 1);
    }
    *depth = own;
    signature = voc_slice_equal_string(line, "-- ");
    goes_on = line.len && line.data[line.len - 1] == ' ' && !signature;
    if (goes_on && delsp)
        line.len--;
    voc_buffer_add_slice(out, line);
    if (!goes_on)
        voc_buffer_add_char(out, '\n');
    return goes_on;
}

void
voc_mail_add_text(VocSlice text, gboolean flowed, gboolean delsp, VocBuffer *out)
{
    gsize start = out->len, depth = 0;
    gboolean goes_on = FALSE;

    if (!flowed && (!text.len || !memchr(text.data, '\r', text.len))) {
        voc_buffer_add_slice(out, text);
        text.len = 0;
    }

    while (text.len) {
        VocSlice line = take_line(&text);

        if (flowed) {
            goes_on = add_flowed(line, goes_on, &depth, delsp, out);
        } else {
            voc_buffer_add_slice(out, line);
            voc_buffer_add_char(out, '\n');
        }
    }
    while (out->len > start && g_ascii_isspace(out->data[out->len - 1]))
        out->len--;
}

gboolean
voc_mail_begins(VocSlice text)
{
    static const char *const known[] = {"from",         "to",
                                        "subject",      "date",
                                        "message-id",   "received",
                                        "return-path",  "mime-version",
                                        "content-type", "delivered-to",
                                        "reply-to",     "cc",
                                        "sender",       "in-reply-to",
                                        "references",   "content-transfer-encoding",
                                        "x-mailer",     NULL};
    const char *at = text.data, *end = at + text.len;
    int n_known = 0, n_lines = 0;

    for (; at < end && n_lines < 100; n_lines++) {
        const char *newline = memchr(at, '\n', (gsize)(end - at)), *stop = newline ? newline : end,
                   *colon = at;
        char name[32];
        gsize len;

        if (at == stop || *at == '\r')
            break;
        if (*at == ' ' || *at == '\t') { /* a folded header goes on */
            if (!n_lines)
                return FALSE;
            at = newline ? newline + 1 : end;
            continue;
        }
        while (colon<stop && * colon> ' ' && *colon != ':' && (guchar)*colon < 0x7f)
            colon++;
        if (colon == at || colon == stop || *colon != ':')
            return n_lines == 0 &&
                   voc_slice_starts_with(voc_slice_of(at, (gsize)(stop - at)), VOC_SLICE("From ")) &&
                   newline && voc_mail_begins(voc_slice_of(newline + 1, (gsize)(end - newline - 1)));
        len = MIN((gsize)(colon - at), sizeof name - 1);
        for (gsize i = 0; i < len; i++)
            name[i] = g_ascii_tolower(at[i]);
        name[len] = 0;
        n_known += g_strv_contains(known, name);
        at = newline ? newline + 1 : end;
    }
    return n_known >= 2;
}
