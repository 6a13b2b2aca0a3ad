#include "read/mail.h"

#include <gmime/gmime.h>

#include "read/mail-kind.h"
#include "read/mail-parties.h"
#include "read/mail-thread.h"
#include "text/markup.h"

#define MAX_NESTING 64 /* multiparts in multiparts */

/* What all mailboxes of a reader share. */
typedef struct Memory {
    VocMailThreads *threads;
    VocMailParties *parties;
} Memory;

struct VocMails {
    VocReading *reading;
    Memory *memory;
    GMimeParserOptions *options;
    GMimeParser *parser;
    VocSlice mail; /* being read */
    VocBuffer text, html, raw, decoded, thread, time, id, fields, names, source, customer;
    guint n_names; /* attachments */
};

static gpointer
memory_new(void)
{
    Memory *memory = g_new0(Memory, 1);

    memory->threads = voc_mail_threads_new();
    memory->parties = voc_mail_parties_new();
    return memory;
}

static void
memory_free(gpointer data)
{
    Memory *memory = data;

    voc_mail_threads_free(memory->threads);
    voc_mail_parties_free(memory->parties);
    g_free(memory);
}

VocMails *
voc_mails_new(VocReading *reading)
{
    static const char *const fallbacks[] = {"utf-8", "windows-1252", NULL};
    static gsize ready;
    VocMails *mails = g_new0(VocMails, 1);

    if (g_once_init_enter(&ready)) {
        g_mime_init();
        g_once_init_leave(&ready, 1);
    }
    mails->reading = reading;
    mails->memory = voc_reading_memory(reading, "mail", memory_new, memory_free);
    mails->options = g_mime_parser_options_new();
    mails->parser = g_mime_parser_new();
    g_mime_parser_set_format(mails->parser, GMIME_FORMAT_MESSAGE);
    g_mime_parser_options_set_fallback_charsets(mails->options, (const char **)(gpointer)fallbacks);
    return mails;
}

void
voc_mails_free(VocMails *mails)
{
    if (!mails)
        return;
    g_object_unref(mails->parser);
    g_mime_parser_options_free(mails->options);
    voc_buffer_clear(&mails->text);
    voc_buffer_clear(&mails->html);
    voc_buffer_clear(&mails->raw);
    voc_buffer_clear(&mails->decoded);
    voc_buffer_clear(&mails->thread);
    voc_buffer_clear(&mails->time);
    voc_buffer_clear(&mails->id);
    voc_buffer_clear(&mails->fields);
    voc_buffer_clear(&mails->names);
    voc_buffer_clear(&mails->source);
    voc_buffer_clear(&mails->customer);
    g_free(mails);
}

/* A mail and the bytes that it points into. */
typedef struct Parsed {
    GMimeMessage *message;
    GByteArray *bytes;
} Parsed;

/* The mail as GMime sees it; `raw` must outlive it. FALSE when it is none. */
static gboolean
parse(VocMails *mails, VocSlice raw, Parsed *parsed)
{
    GMimeStream *stream = g_mime_stream_mem_new();

    mails->mail = raw;
    parsed->bytes = g_byte_array_new_take((guint8 *)(gpointer)raw.data, raw.len);
    g_mime_stream_mem_set_byte_array(GMIME_STREAM_MEM(stream), parsed->bytes);
    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    g_mime_parser_init_with_stream(mails->parser, stream);
    parsed->message = g_mime_parser_construct_message(mails->parser, mails->options);
    g_object_unref(stream);
    if (!parsed->message)
        g_byte_array_free(parsed->bytes, FALSE);
    return parsed->message != NULL;
}

static void
parsed_clear(Parsed *parsed)
{
    g_object_unref(parsed->message);
    g_byte_array_free(parsed->bytes, FALSE); /* the bytes are the caller's */
}

/* A header as it was sent, unfolded; NULL when there is none. */
static const char *
header(GMimeMessage *message, const char *name)
{
    return g_mime_object_get_header(GMIME_OBJECT(message), name);
}

/* The first mailbox of the list, groups included; NULL when there is none. */
static InternetAddress *
first_mailbox(InternetAddressList *list, int nesting)
{
    int n = list ? internet_address_list_length(list) : 0;

    for (int i = 0; i < n && nesting < 4; i++) {
        InternetAddress *address = internet_address_list_get_address(list, i), *member;

        if (INTERNET_ADDRESS_IS_MAILBOX(address))
            return address;
        member =
            first_mailbox(internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)), nesting + 1);
        if (member)
            return member;
    }
    return NULL;
}

/* The mailbox's address in small letters; free it. "" for none. */
static char *
bare_address(InternetAddress *address)
{
    const char *given = address ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)) : NULL;
    g_autofree char *valid = given ? g_utf8_make_valid(given, -1) : g_strdup("");

    return g_utf8_strdown(valid, -1);
}

static InternetAddress *
sender(GMimeMessage *message)
{
    InternetAddress *from = first_mailbox(g_mime_message_get_from(message), 0);

    return from ? from : first_mailbox(g_mime_message_get_sender(message), 0);
}

/* The bytes of a part as they stand in the mail. */
static VocSlice
part_bytes(VocMails *mails, GMimeDataWrapper *content)
{
    GMimeStream *stream = g_mime_data_wrapper_get_stream(content);
    gint64 start, end;

    if (!stream)
        return VOC_SLICE_NONE;
    start = stream->bound_start;
    end = stream->bound_end < 0 ? (gint64)mails->mail.len : stream->bound_end;
    start = CLAMP(start, 0, (gint64)mails->mail.len);
    end = CLAMP(end, start, (gint64)mails->mail.len);
    return voc_slice_of(mails->mail.data + start, (gsize)(end - start));
}

/* The same with its transfer encoding undone; may be put in `out`. */
static VocSlice
decoded_bytes(VocMails *mails, GMimePart *part, VocBuffer *out)
{
    GMimeDataWrapper *content = g_mime_part_get_content(part);
    VocSlice bytes = content ? part_bytes(mails, content) : VOC_SLICE_NONE;
    GMimeEncoding decoder;

    switch (content ? g_mime_data_wrapper_get_encoding(content) : GMIME_CONTENT_ENCODING_DEFAULT) {
    case GMIME_CONTENT_ENCODING_BASE64:
    case GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE:
    case GMIME_CONTENT_ENCODING_UUENCODE:
        break;
    default:
        return bytes;
    }
    g_mime_encoding_init_decode(&decoder, g_mime_data_wrapper_get_encoding(content));
    voc_buffer_reset(out);
    voc_buffer_reserve(out, g_mime_encoding_outlen(&decoder, bytes.len));
    out->len = g_mime_encoding_flush(&decoder, bytes.data, bytes.len, out->data);
    return voc_buffer_slice(out);
}

/* A part's text as UTF-8; lives until the next one is asked for. */
static VocSlice
decode_part(VocMails *mails, GMimeObject *part)
{
    VocSlice bytes = decoded_bytes(mails, GMIME_PART(part), &mails->decoded);

    voc_buffer_reset(&mails->raw);
    voc_charset_decode(bytes, g_mime_object_get_content_type_parameter(part, "charset"), &mails->raw);
    return voc_buffer_slice(&mails->raw);
}

static gboolean
is_type(GMimeObject *part, const char *type, const char *subtype)
{
    GMimeContentType *content_type = g_mime_object_get_content_type(part);

    return content_type && g_mime_content_type_is_type(content_type, type, subtype);
}

static const char *
file_name(GMimeObject *part)
{
    return GMIME_IS_PART(part) ? g_mime_part_get_filename(GMIME_PART(part))
                               : g_mime_object_get_content_disposition_parameter(part, "filename");
}

static void
add_attachment(VocMails *mails, GMimeObject *part)
{
    const char *name = file_name(part);
    g_autofree char *type = NULL;

    if (!name || !*name) {
        GMimeContentType *content_type = g_mime_object_get_content_type(part);
        name = type = content_type ? g_mime_content_type_get_mime_type(content_type) : g_strdup("attachment");
    }
    g_autofree char *valid = g_utf8_make_valid(name, -1);
    voc_list_add_item(&mails->names, voc_slice_from_string(valid));
    mails->n_names++;
}

/* Whether the part is text to be read, and no file: RFC 8621's rule of what stands in line. */
static gboolean
is_body(GMimeObject *part, int index, gboolean related)
{
    const char *disposition = g_mime_object_get_disposition(part);

    if (!GMIME_IS_PART(part) || !is_type(part, "text", "*") || is_type(part, "text", "calendar") ||
        (disposition && g_ascii_strcasecmp(disposition, "attachment") == 0))
        return FALSE;
    return index == 0 || (!related && !file_name(part));
}

static void
add_text_part(VocMails *mails, GMimeObject *part)
{
    const char *format = g_mime_object_get_content_type_parameter(part, "format");
    const char *delsp = g_mime_object_get_content_type_parameter(part, "delsp");
    VocSlice text = decode_part(mails, part);
    gsize before = mails->text.len, start;

    if (before)
        voc_buffer_add_literal(&mails->text, "\n\n");
    start = mails->text.len;
    if (is_type(part, "text", "html")) {
        voc_buffer_reset(&mails->html);
        voc_markup_to_text(text, &mails->html);
        voc_mail_add_text(voc_buffer_slice(&mails->html), FALSE, FALSE, &mails->text);
    } else {
        voc_mail_add_text(text, format && g_ascii_strcasecmp(format, "flowed") == 0,
                          delsp && g_ascii_strcasecmp(delsp, "yes") == 0, &mails->text);
    }
    if (mails->text.len == start)
        mails->text.len = before;
}

/* Whether the part has text of that kind to read; plain text must say something. */
static gboolean
has_text(VocMails *mails, GMimeObject *part, const char *subtype, int nesting)
{
    if (GMIME_IS_MULTIPART(part) && nesting < MAX_NESTING) {
        GMimeMultipart *multipart = GMIME_MULTIPART(part);

        for (int i = 0; i < g_mime_multipart_get_count(multipart); i++)
            if (has_text(mails, g_mime_multipart_get_part(multipart, i), subtype, nesting + 1))
                return TRUE;
        return FALSE;
    }
    return is_type(part, "text", subtype) && is_body(part, 0, FALSE) &&
           (strcmp(subtype, "plain") != 0 || voc_slice_strip(decode_part(mails, part)).len > 0);
}

static void add_part(VocMails *mails, GMimeObject *part, int index, gboolean related, gboolean text,
                     int nesting);

/* Of alternatives the plain one is read if it says anything, else the HTML, else the first. The others' files
 * are listed all the same. */
static void
add_alternatives(VocMails *mails, GMimeMultipart *multipart, gboolean text, int nesting)
{
    int n = g_mime_multipart_get_count(multipart), chosen = -1;

    for (int i = 0; i < n && chosen < 0; i++)
        if (has_text(mails, g_mime_multipart_get_part(multipart, i), "plain", nesting))
            chosen = i;
    for (int i = 0; i < n && chosen < 0; i++)
        if (has_text(mails, g_mime_multipart_get_part(multipart, i), "html", nesting))
            chosen = i;
    for (int i = 0; i < n; i++)
        add_part(mails, g_mime_multipart_get_part(multipart, i), 0, FALSE,
                 text && (i == chosen || (chosen < 0 && i == 0)), nesting + 1);
}

/* Reads the part's text if `text`, and lists its files. */
static void
add_part(VocMails *mails, GMimeObject *part, int index, gboolean related, gboolean text, int nesting)
{
    if (!part || nesting > MAX_NESTING)
        return;
    if (GMIME_IS_MULTIPART(part)) {
        GMimeMultipart *multipart = GMIME_MULTIPART(part);
        gboolean is_related = is_type(part, "multipart", "related");

        if (g_mime_multipart_get_count(multipart) == 0 && text) {
            /* No boundary: all of it stands where a note to old programs would be. */
            const char *note = g_mime_multipart_get_prologue(multipart);

            voc_buffer_reset(&mails->raw);
            voc_charset_decode(voc_slice_from_string(note), NULL, &mails->raw);
            voc_mail_add_text(voc_buffer_slice(&mails->raw), FALSE, FALSE, &mails->text);
        }
        if (is_type(part, "multipart", "alternative")) {
            add_alternatives(mails, multipart, text, nesting);
            return;
        }
        for (int i = 0; i < g_mime_multipart_get_count(multipart); i++)
            add_part(mails, g_mime_multipart_get_part(multipart, i), i, is_related, text, nesting + 1);
    } else if (is_body(part, index, related)) {
        if (text)
            add_text_part(mails, part);
    } else {
        add_attachment(mails, part);
    }
}

/* When it was sent: the Date, else when the last server had it, else what the mailbox says. */
static void
read_time(VocMails *mails, GMimeMessage *message, VocSlice arrival)
{
    const char *received = header(message, "Received"), *given = header(message, "Date");
    const char *semicolon = received ? strrchr(received, ';') : NULL;
    VocSlice sources[] = {voc_slice_from_string(given),
                          voc_slice_from_string(semicolon ? semicolon + 1 : NULL), arrival};

    voc_buffer_reset(&mails->time);
    for (gsize i = 0; i < G_N_ELEMENTS(sources); i++) {
        g_autofree char *text = voc_slice_dup(sources[i]);
        g_autoptr(GDateTime) decoded = NULL;
        VocDate date = {0};

        if (!*text)
            continue;
        if (voc_date_parse(voc_slice_from_string(text), VOC_DATE_AUTO, &date)) {
            voc_date_add(&mails->time, &date, mails->reading->zone);
            return;
        }
        decoded = g_mime_utils_header_decode_date(text);
        if (decoded && g_date_time_get_year(decoded) >= 1970 && g_date_time_get_year(decoded) < 2200) {
            voc_date_set_seconds(&date, g_date_time_to_unix(decoded));
            date.has_time = date.has_offset = TRUE;
            voc_date_add(&mails->time, &date, mails->reading->zone);
            return;
        }
    }
}

static VocMailKind
read_kind(GMimeMessage *message, const char *subject, const char *from)
{
    VocMailSigns signs = {
        .subject = subject,
        .from = from,
        .auto_submitted = header(message, "Auto-Submitted"),
        .auto_reply = header(message, "X-Autoreply"),
        .precedence = header(message, "Precedence"),
        .list_id = header(message, "List-Id"),
        .list_unsubscribe = header(message, "List-Unsubscribe"),
        .return_path = header(message, "Return-Path"),
    };
    GMimeObject *body = g_mime_message_get_mime_part(message);
    const char *report = body ? g_mime_object_get_content_type_parameter(body, "report-type") : NULL;
    const char *content_class = header(message, "Content-Class");

    if (!signs.auto_reply)
        signs.auto_reply = header(message, "X-Autorespond");
    signs.is_report = body && is_type(body, "multipart", "report") &&
                      (!report || g_ascii_strcasecmp(report, "delivery-status") == 0);
    signs.is_calendar = content_class && strstr(content_class, "calendarmessage");
    if (body && is_type(body, "text", "calendar"))
        signs.is_calendar = TRUE;
    if (body && GMIME_IS_MULTIPART(body)) {
        GMimeMultipart *multipart = GMIME_MULTIPART(body);

        for (int i = 0; i < g_mime_multipart_get_count(multipart); i++)
            signs.is_calendar |= is_type(g_mime_multipart_get_part(multipart, i), "text", "calendar");
    }
    return voc_mail_kind(&signs);
}

static void
add_addresses(VocMails *mails, VocBuffer *list, InternetAddressList *addresses, int nesting)
{
    int n = addresses ? internet_address_list_length(addresses) : 0;

    for (int i = 0; i < n && nesting < 4; i++) {
        InternetAddress *address = internet_address_list_get_address(addresses, i);

        if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
            g_autofree char *bare = bare_address(address);

            voc_list_add_item(list, voc_slice_from_string(bare));
            if (!mails->customer.len && *bare && !voc_mail_is_own(mails->reading->options->own, bare))
                voc_buffer_add_string(&mails->customer, bare);
        } else {
            add_addresses(mails, list, internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address)),
                          nesting + 1);
        }
    }
}

/* Who is the customer when one of the company's people writes: the first receiver who is none. */
static void
read_parties(VocMails *mails, GMimeMessage *message, const char *from, VocMailKind kind, VocMessage *record,
             VocBuffer *list)
{
    gboolean known = mails->reading->options->own != NULL,
             own = known && voc_mail_is_own(mails->reading->options->own, from);

    voc_buffer_reset(&mails->customer);
    if (!own && known && *from && kind != VOC_MAIL_BOUNCE && kind != VOC_MAIL_NEWSLETTER)
        voc_buffer_add_string(&mails->customer, from);
    voc_list_open(list, '[');
    add_addresses(mails, list, g_mime_message_get_to(message), 0);
    if (kind != VOC_MAIL_WRITTEN && kind != VOC_MAIL_LIST && !(kind == VOC_MAIL_AUTOMATIC && own))
        record->role = VOC_SLICE("system");
    else if (known)
        record->role = own ? VOC_SLICE("agent") : VOC_SLICE("customer");
    if (known)
        record->customer = voc_buffer_slice(&mails->customer);
}

static void
read_thread(VocMails *mails, GMimeMessage *message, const char *id, const char *subject, const char *from)
{
    const char *references = header(message, "References"), *reply = header(message, "In-Reply-To");
    GMimeReferences *chain = references ? g_mime_references_parse(mails->options, references) : NULL;
    GMimeReferences *parents = reply ? g_mime_references_parse(mails->options, reply) : NULL;
    int n = chain ? g_mime_references_length(chain) : 0,
        n_parents = parents ? g_mime_references_length(parents) : 0;
    g_autofree char *to = bare_address(first_mailbox(g_mime_message_get_to(message), 0));
    VocMailLinks links = {.id = voc_slice_from_string(id),
                          .subject = voc_slice_from_string(subject),
                          .from = voc_slice_from_string(from),
                          .to = voc_slice_from_string(to)};

    if (n) {
        links.root = voc_slice_from_string(g_mime_references_get_message_id(chain, 0));
        links.parent = voc_slice_from_string(g_mime_references_get_message_id(chain, n - 1));
    }
    if (n_parents)
        links.parent = voc_slice_from_string(g_mime_references_get_message_id(parents, 0));
    voc_buffer_reset(&mails->thread);
    voc_mail_threads_find(mails->memory->threads, &links, &mails->thread);
    if (chain)
        g_mime_references_free(chain);
    if (parents)
        g_mime_references_free(parents);
}

static void
read_fields(VocMails *mails, const char *from, VocSlice to, VocMailKind kind, VocMessage *record)
{
    VocSlice names = voc_list_close(&mails->names);

    voc_list_open(&mails->fields, '{');
    if (*from)
        voc_list_add_field(&mails->fields, VOC_SLICE("from"), voc_slice_from_string(from));
    if (to.len)
        voc_list_add_raw_field(&mails->fields, VOC_SLICE("to"), to);
    if (voc_mail_kind_name(kind))
        voc_list_add_field(&mails->fields, VOC_SLICE("mail"),
                           voc_slice_from_string(voc_mail_kind_name(kind)));
    if (names.len)
        voc_list_add_raw_field(&mails->fields, VOC_SLICE("attachments"), names);
    record->fields = voc_list_close(&mails->fields);
}

static void
write_record(VocMails *mails, GMimeMessage *message, guint64 number, VocSlice arrival)
{
    VocReading *reading = mails->reading;
    const char *given_subject = g_mime_message_get_subject(message),
               *given_id = g_mime_message_get_message_id(message);
    g_autofree char *subject = g_utf8_make_valid(given_subject ? given_subject : "", -1);
    g_autofree char *id = g_utf8_make_valid(given_id ? given_id : "", -1);
    InternetAddress *from_address = sender(message);
    const char *given_name = from_address ? internet_address_get_name(from_address) : NULL;
    g_autofree char *name = g_utf8_make_valid(given_name ? given_name : "", -1);
    g_autofree char *from = bare_address(from_address);
    VocMailKind kind = read_kind(message, subject, from);
    g_auto(VocBuffer) to = VOC_BUFFER_INIT;
    VocMessage record;

    voc_message_init(&record);
    voc_buffer_reset(&mails->text);
    voc_list_open(&mails->names, '[');
    add_part(mails, g_mime_message_get_mime_part(message), 0, FALSE, TRUE, 0);
    read_time(mails, message, arrival);
    read_thread(mails, message, id, subject, from);
    read_parties(mails, message, from, kind, &record, &to);
    read_fields(mails, from, voc_list_close(&to), kind, &record);
    record.channel = VOC_SLICE("email");
    record.time = voc_buffer_slice(&mails->time);
    record.author = voc_slice_strip(voc_slice_from_string(*name ? name : from));
    record.thread = voc_buffer_slice(&mails->thread);
    record.subject = voc_slice_strip(voc_slice_from_string(subject));
    record.text = voc_buffer_slice(&mails->text);
    voc_buffer_reset(&mails->id);
    if (*id) {
        voc_identity_add_own(reading->identity, voc_slice_from_string(id), &mails->id);
    } else {
        VocSlice parts[] = {record.time, voc_slice_from_string(from), record.subject, record.text};
        voc_identity_add_hashed_in(reading->identity, "mail", parts, G_N_ELEMENTS(parts), &mails->id);
    }
    record.id = voc_buffer_slice(&mails->id);
    voc_buffer_reset(&mails->source);
    voc_buffer_add_string(&mails->source, voc_export_path(reading->export));
    if (number) {
        voc_buffer_add_char(&mails->source, ':');
        voc_buffer_add_int(&mails->source, (gint64)number);
    }
    record.source = voc_buffer_slice(&mails->source);
    voc_message_write(&record, reading->out);
}

gboolean
voc_mails_add(VocMails *mails, VocSlice raw, guint64 number, VocSlice date)
{
    Parsed parsed;
    gboolean good = voc_slice_strip(raw).len > 0 && parse(mails, raw, &parsed);

    if (!good)
        return FALSE;
    write_record(mails, parsed.message, number, date);
    parsed_clear(&parsed);
    return TRUE;
}

static void
count_list(Memory *memory, InternetAddressList *list)
{
    int n = list ? internet_address_list_length(list) : 0;

    for (int i = 0; i < MIN(n, 20); i++) {
        InternetAddress *address = internet_address_list_get_address(list, i);

        if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
            g_autofree char *bare = bare_address(address);
            voc_mail_parties_add(memory->parties, bare);
        }
    }
}

void
voc_mails_look(VocMails *mails, VocSlice raw)
{
    Parsed parsed;

    if (voc_slice_strip(raw).len && parse(mails, raw, &parsed)) {
        voc_mail_parties_add_mail(mails->memory->parties);
        count_list(mails->memory, g_mime_message_get_from(parsed.message));
        count_list(mails->memory, g_mime_message_get_to(parsed.message));
        count_list(mails->memory, g_mime_message_get_cc(parsed.message));
        parsed_clear(&parsed);
    }
}

const char *
voc_mails_likely_own(VocMails *mails, double *share)
{
    return voc_mail_parties_likely_own(mails->memory->parties, share);
}
