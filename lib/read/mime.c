#include "read/mime.h"

#include <gmime/gmime.h>

#include "read/mime-raw.h"
#include "text/charset.h"

struct VocMimeReader {
    GMimeParser *parser;
    GMimeParserOptions *options;
    GByteArray *bytes;
    GMimeMessage *message; /* the one last parsed */
    VocArena arena;
    GArray *parts;      /* of VocMimePart */
    GArray *to;         /* of VocMimeAddress */
    GArray *references; /* of VocSlice */
    GArray *raw;        /* of VocSlice: headers that GMime has not got, in the mail's own bytes */
    gboolean more_parts;
};

VocMimeReader *
voc_mime_reader_new(void)
{
    static gsize ready;
    static const char *charsets[] = {"utf-8", "windows-1252", NULL};
    VocMimeReader *reader = g_new0(VocMimeReader, 1);

    if (g_once_init_enter(&ready)) {
        g_mime_init();
        g_once_init_leave(&ready, 1);
    }
    reader->parser = g_mime_parser_new();
    reader->options = g_mime_parser_options_new();
    g_mime_parser_options_set_fallback_charsets(reader->options, charsets);
    g_mime_parser_options_set_allow_addresses_without_domain(reader->options, TRUE);
    reader->bytes = g_byte_array_new();
    voc_arena_init(&reader->arena, 0);
    reader->parts = g_array_new(FALSE, TRUE, sizeof(VocMimePart));
    reader->to = g_array_new(FALSE, TRUE, sizeof(VocMimeAddress));
    reader->references = g_array_new(FALSE, TRUE, sizeof(VocSlice));
    reader->raw = g_array_new(FALSE, TRUE, sizeof(VocSlice));
    return reader;
}

void
voc_mime_reader_free(VocMimeReader *reader)
{
    if (!reader)
        return;
    g_clear_object(&reader->message);
    g_object_unref(reader->parser);
    g_mime_parser_options_free(reader->options);
    g_byte_array_unref(reader->bytes);
    voc_arena_clear(&reader->arena);
    g_array_unref(reader->parts);
    g_array_unref(reader->to);
    g_array_unref(reader->references);
    g_array_unref(reader->raw);
    g_free(reader);
}

/* A copy as valid UTF-8. */
static VocSlice
keep_bytes(VocMimeReader *reader, VocSlice slice)
{
    g_auto(VocBuffer) valid = VOC_BUFFER_INIT;

    if (voc_utf8_valid_length(slice) < slice.len) {
        voc_charset_decode(slice, NULL, &valid);
        slice = voc_buffer_slice(&valid);
    }
    return voc_arena_copy(&reader->arena, slice);
}

/* GMime reads ISO-8859-1 as it says; who wrote it meant Windows-1252, whose characters are controls there. */
static char *
mend_controls(const char *string)
{
    GString *mended = g_string_new(NULL);

    for (; *string; string++) {
        if ((guchar)string[0] == 0xc2 && (guchar)string[1] >= 0x80 && (guchar)string[1] <= 0x9f) {
            g_auto(VocBuffer) one = VOC_BUFFER_INIT;

            voc_charset_decode(voc_slice_of(++string, 1), "WINDOWS-1252", &one);
            g_string_append_len(mended, one.data, (gssize)one.len);
        } else {
            g_string_append_c(mended, *string);
        }
    }
    return g_string_free(mended, FALSE);
}

/* A string of GMime's. */
static VocSlice
keep(VocMimeReader *reader, const char *string)
{
    g_autofree char *mended = NULL;

    for (const char *at = string; at && (at = strchr(at, 0xc2)) && !mended; at++)
        if ((guchar)at[1] >= 0x80 && (guchar)at[1] <= 0x9f)
            mended = mend_controls(string);
    return keep_bytes(reader, voc_slice_from_string(mended ? mended : string));
}

static VocSlice
keep_lower(VocMimeReader *reader, const char *string)
{
    VocSlice slice = keep(reader, string);
    char *at = (char *)slice.data; /* the arena's copy */

    for (gsize i = 0; i < slice.len; i++)
        at[i] = g_ascii_tolower(at[i]);
    return slice;
}

static void
add_address(VocMimeReader *reader, InternetAddress *address, GArray *list)
{
    VocMimeAddress one = {VOC_SLICE_NONE, VOC_SLICE_NONE};
    InternetAddressList *members;

    if (list->len >= VOC_MIME_ADDRESSES)
        return;
    if (INTERNET_ADDRESS_IS_MAILBOX(address)) {
        const char *at = internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address));

        one.name = keep(reader, internet_address_get_name(address));
        if (one.name.len || !at || strchr(at, '@'))
            one.address = keep_lower(reader, at);
        else
            one.name = keep(reader, at); /* "From: Moderator" */
        g_array_append_val(list, one);
        return;
    }
    members = internet_address_group_get_members(INTERNET_ADDRESS_GROUP(address));
    if (!members || !internet_address_list_length(members)) {
        one.name = keep(reader, internet_address_get_name(address));
        g_array_append_val(list, one);
        return;
    }
    for (int i = 0; i < internet_address_list_length(members) && i < VOC_MIME_ADDRESSES; i++) {
        InternetAddress *member = internet_address_list_get_address(members, i);

        if (INTERNET_ADDRESS_IS_MAILBOX(member))
            add_address(reader, member, list);
    }
}

static void
add_addresses(VocMimeReader *reader, InternetAddressList *addresses, GArray *list)
{
    int n = addresses ? internet_address_list_length(addresses) : 0;

    for (int i = 0; i < n && list->len < VOC_MIME_ADDRESSES; i++)
        add_address(reader, internet_address_list_get_address(addresses, i), list);
}

static VocMimeAddress
first_address(VocMimeReader *reader, InternetAddressList *addresses)
{
    VocMimeAddress first = {VOC_SLICE_NONE, VOC_SLICE_NONE};

    add_addresses(reader, addresses, reader->to);
    if (reader->to->len)
        first = g_array_index(reader->to, VocMimeAddress, 0);
    g_array_set_size(reader->to, 0);
    return first;
}

/* Message ids out of a header, without their brackets; those that reply to nothing are left out. */
static void
add_references(VocMimeReader *reader, const char *value)
{
    const char *at = value;

    while (at && (at = strchr(at, '<')) && reader->references->len < VOC_MIME_REFERENCES) {
        const char *end = strpbrk(at + 1, "<>");
        VocSlice id;

        if (!end)
            return;
        id = voc_slice_strip(voc_slice_of(at + 1, (gsize)(end - at - 1)));
        if (*end == '>' && id.len) {
            id = voc_arena_copy(&reader->arena, id);
            g_array_append_val(reader->references, id);
        }
        at = end;
    }
}

VocSlice
voc_mime_header(VocMimeReader *reader, const char *name)
{
    gsize len = strlen(name);

    for (guint i = 0; i < reader->raw->len; i++) {
        VocSlice header = g_array_index(reader->raw, VocSlice, i), value;
        char *at;
        gsize n = 0;

        if (header.len <= len || header.data[len] != ':' || g_ascii_strncasecmp(header.data, name, len) != 0)
            continue;
        value =
            keep_bytes(reader, voc_slice_strip(voc_slice_of(header.data + len + 1, header.len - len - 1)));
        at = (char *)value.data; /* the arena's copy */
        for (gsize k = 0; k < value.len; k++)
            if (at[k] != '\n' && at[k] != '\r')
                at[n++] = at[k];
        return voc_slice_of(at, n);
    }
    return VOC_SLICE_NONE;
}

/* The time that a Received header ends with. */
static GDateTime *
received_time(VocMimeReader *reader)
{
    VocSlice received = voc_mime_header(reader, "Received");
    const char *semicolon = NULL;
    g_autofree char *date = NULL;

    for (gsize i = received.len; i-- > 0 && !semicolon;)
        if (received.data[i] == ';')
            semicolon = received.data + i + 1;
    if (!semicolon)
        return NULL;
    date = voc_slice_dup(
        voc_slice_strip(voc_slice_of(semicolon, received.len - (gsize)(semicolon - received.data))));
    return g_mime_utils_header_decode_date(date);
}

static void
read_date(VocMimeReader *reader, VocMime *mime)
{
    GDateTime *date = g_mime_message_get_date(reader->message);
    g_autoptr(GDateTime) received = date ? NULL : received_time(reader);

    date = date ? date : received;
    if (!date)
        return;
    mime->seconds = g_date_time_to_unix(date);
    mime->has_date = g_date_time_get_year(date) >= 1970 && g_date_time_get_year(date) < 2200;
}

/* The file name of a part: GMime decodes it; a path in front goes. */
static VocSlice
part_name(VocMimeReader *reader, GMimeObject *object)
{
    const char *name = g_mime_object_get_content_disposition_parameter(object, "filename");

    if (!name)
        name = g_mime_object_get_content_type_parameter(object, "name");
    return voc_slice_strip(keep(reader, name));
}

static VocSlice
parameter(VocMimeReader *reader, GMimeObject *object, const char *name)
{
    const char *value = g_mime_object_get_content_type_parameter(object, name);

    return value ? voc_slice_strip(keep_lower(reader, value)) : VOC_SLICE_NONE;
}

/* The bytes of the mail that the part's content is. */
static VocSlice
content_of(VocMimeReader *reader, GMimeDataWrapper *content)
{
    GMimeStream *stream = content ? g_mime_data_wrapper_get_stream(content) : NULL;
    gint64 start, end;

    if (!stream || !GMIME_IS_STREAM_MEM(stream) ||
        g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream)) != reader->bytes)
        return VOC_SLICE_NONE;
    start = stream->bound_start;
    end = stream->bound_end < 0 ? (gint64)reader->bytes->len : stream->bound_end;
    end = MIN(end, (gint64)reader->bytes->len);
    return start < end ? voc_slice_of((const char *)reader->bytes->data + start, (gsize)(end - start))
                       : VOC_SLICE_NONE;
}

/* Some programs put no line end before the boundary that ends all parts, so that GMime does not see it. */
static void
cut_boundary(VocSlice *content, GMimeMultipart *around)
{
    const char *boundary = g_mime_multipart_get_boundary(around);
    VocSlice text = voc_slice_strip(*content);
    gsize n = boundary ? strlen(boundary) : 0;

    if (n && text.len >= n + 4 && memcmp(text.data + text.len - 2, "--", 2) == 0 &&
        memcmp(text.data + text.len - n - 2, boundary, n) == 0 &&
        memcmp(text.data + text.len - n - 4, "--", 2) == 0)
        *content = voc_slice_of(content->data, (gsize)(text.data - content->data) + text.len - n - 4);
}

static void
fill_part(VocMimeReader *reader, VocMimePart *part, GMimeObject *object)
{
    GMimeContentType *type = g_mime_object_get_content_type(object);
    const char *disposition = g_mime_object_get_disposition(object);
    g_autofree char *name = g_mime_content_type_get_mime_type(type);

    part->type = keep_lower(reader, name);
    part->name = part_name(reader, object);
    part->attached = disposition && g_ascii_strcasecmp(disposition, "attachment") == 0;
    part->charset = parameter(reader, object, "charset");
    if (GMIME_IS_MULTIPART(object)) {
        part->kind = VOC_MIME_MULTIPART;
        part->report = parameter(reader, object, "report-type");
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        part->kind = VOC_MIME_MESSAGE;
    } else if (GMIME_IS_PART(object)) {
        part->kind = VOC_MIME_LEAF;
        part->report = parameter(reader, object, "method");
        part->flowed = voc_slice_equal_string(parameter(reader, object, "format"), "flowed");
        part->delsp = voc_slice_equal_string(parameter(reader, object, "delsp"), "yes");
        part->encoding = (int)g_mime_part_get_content_encoding(GMIME_PART(object));
        part->content = content_of(reader, g_mime_part_get_content(GMIME_PART(object)));
    }
}

/* Adds the part; its index, or -1 when there are enough. */
static int
add_part(VocMimeReader *reader, GMimeObject *object, int parent)
{
    VocMimePart part = {.parent = parent};

    if (reader->parts->len >= VOC_MIME_PARTS) {
        reader->more_parts = TRUE;
        return -1;
    }
    if (parent >= 0)
        part.place = g_array_index(reader->parts, VocMimePart, parent).n_children++;
    fill_part(reader, &part, object);
    g_array_append_val(reader->parts, part);
    return (int)reader->parts->len - 1;
}

/* GMime bounds how deep parts nest (1024 in its parser), and we how many there are. */
static void
add_parts(VocMimeReader *reader, GMimeObject *object, GMimeMultipart *around, int parent)
{
    int index = object ? add_part(reader, object, parent) : -1;

    if (index < 0)
        return;
    if (around)
        cut_boundary(&g_array_index(reader->parts, VocMimePart, index).content, around);
    if (GMIME_IS_MULTIPART(object)) {
        GMimeMultipart *multipart = GMIME_MULTIPART(object);
        int n = g_mime_multipart_get_count(multipart);

        for (int i = 0; i < n && reader->parts->len < VOC_MIME_PARTS; i++)
            add_parts(reader, g_mime_multipart_get_part(multipart, i), multipart, index);
    } else if (GMIME_IS_MESSAGE_PART(object)) {
        GMimeMessage *nested = g_mime_message_part_get_message(GMIME_MESSAGE_PART(object));

        if (nested)
            add_parts(reader, g_mime_message_get_mime_part(nested), NULL, index);
    }
}

static VocSlice
take_single_id(VocMimeReader *reader, const char *header)
{
    VocSlice value = voc_mime_header(reader, header), id;
    g_autofree char *string = voc_slice_dup(value);

    g_array_set_size(reader->references, 0);
    add_references(reader, string);
    id = reader->references->len ? g_array_index(reader->references, VocSlice, 0) : value;
    g_array_set_size(reader->references, 0);
    /* Without brackets it is an id if it is one word with an @ or so. */
    return memchr(id.data ? id.data : "", ' ', id.len) ? VOC_SLICE_NONE : id;
}

static void
read_headers(VocMimeReader *reader, VocMime *mime)
{
    g_autofree char *references = NULL;
    const char *subject = g_mime_message_get_subject(reader->message);

    mime->subject = voc_slice_strip(keep(reader, subject));
    mime->from = first_address(reader, g_mime_message_get_from(reader->message));
    if (!mime->from.address.len && !mime->from.name.len)
        mime->from = first_address(reader, g_mime_message_get_sender(reader->message));
    add_addresses(reader, g_mime_message_get_to(reader->message), reader->to);
    add_addresses(reader, g_mime_message_get_cc(reader->message), reader->to);
    mime->to = (const VocMimeAddress *)(void *)reader->to->data;
    mime->n_to = reader->to->len;
    mime->message_id = take_single_id(reader, "Message-ID");
    mime->in_reply_to = take_single_id(reader, "In-Reply-To");
    references = voc_slice_dup(voc_mime_header(reader, "References"));
    add_references(reader, references);
    mime->references = (const VocSlice *)(void *)reader->references->data;
    mime->n_references = reader->references->len;
    read_date(reader, mime);
}

static void
reset(VocMimeReader *reader)
{
    g_clear_object(&reader->message);
    voc_arena_reset(&reader->arena);
    g_array_set_size(reader->parts, 0);
    g_array_set_size(reader->to, 0);
    g_array_set_size(reader->references, 0);
    g_array_set_size(reader->raw, 0);
    reader->more_parts = FALSE;
}

/* Has GMime read what is in reader->bytes; FALSE when it finds no headers in front. */
static gboolean
construct(VocMimeReader *reader)
{
    GMimeStream *stream = g_mime_stream_mem_new_with_byte_array(reader->bytes);

    g_mime_stream_mem_set_owner(GMIME_STREAM_MEM(stream), FALSE);
    g_mime_parser_init_with_stream(reader->parser, stream);
    g_object_unref(stream);
    reader->message = g_mime_parser_construct_message(reader->parser, reader->options);
    return reader->message != NULL;
}

gboolean
voc_mime_parse(VocMimeReader *reader, VocSlice bytes, VocMime *mime, const char **reason)
{
    memset(mime, 0, sizeof *mime);
    reset(reader);
    if (!voc_mime_prepare(bytes, reader->bytes, reader->raw)) {
        *reason = "headers longer than 1 MiB";
        return FALSE;
    }
    if (!construct(reader)) {
        g_byte_array_prepend(reader->bytes, (const guint8 *)"\n", 1); /* all of it is body */
        if (!construct(reader)) {
            *reason = "not a mail";
            return FALSE;
        }
    }
    read_headers(reader, mime);
    add_parts(reader, g_mime_message_get_mime_part(reader->message), NULL, -1);
    mime->parts = (const VocMimePart *)(void *)reader->parts->data;
    mime->n_parts = reader->parts->len;
    mime->more_parts = reader->more_parts;
    return TRUE;
}

VocSlice
voc_mime_decode(const VocMimePart *part, VocSlice content, VocBuffer *buffer)
{
    GMimeContentEncoding encoding = (GMimeContentEncoding)part->encoding;
    GMimeEncoding state;

    if (!content.len ||
        (encoding != GMIME_CONTENT_ENCODING_BASE64 && encoding != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE &&
         encoding != GMIME_CONTENT_ENCODING_UUENCODE))
        return content;
    g_mime_encoding_init_decode(&state, encoding);
    voc_buffer_reset(buffer);
    voc_buffer_reserve(buffer, g_mime_encoding_outlen(&state, content.len));
    buffer->len = g_mime_encoding_flush(&state, content.data, content.len, buffer->data);
    return voc_buffer_slice(buffer);
}
