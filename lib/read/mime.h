/* One mail taken apart: its headers and its tree of parts. GMime does it; nobody else sees GMime. */
#ifndef VOC_READ_MIME_H
#define VOC_READ_MIME_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

G_BEGIN_DECLS

/* What hostile mails are held to. Addresses and parts behind these are not looked at. */
#define VOC_MIME_HEADERS_MAX ((gsize)1 << 20) /* bytes of a mail's headers: more are rejected */
#define VOC_MIME_PARTS 1000
#define VOC_MIME_ADDRESSES 64
#define VOC_MIME_REFERENCES 256

typedef struct VocMimeAddress {
    VocSlice name;    /* decoded; empty when the mail has none */
    VocSlice address; /* in small letters; may be empty */
} VocMimeAddress;

typedef enum {
    VOC_MIME_LEAF,
    VOC_MIME_MULTIPART,
    VOC_MIME_MESSAGE, /* a mail in the mail; its own root part follows it as its child */
} VocMimeKind;

typedef struct VocMimePart {
    VocMimeKind kind;
    int parent;        /* index of the part it is in; -1 of the root */
    guint place;       /* among its siblings, from 0 */
    guint n_children;  /* that were looked at */
    VocSlice type;     /* "text/plain", in small letters */
    VocSlice charset;  /* label as given; empty: none */
    VocSlice name;     /* of the file, decoded; of a nested mail without one, empty */
    VocSlice report;   /* report-type of multipart/report, method of text/calendar */
    gboolean attached; /* Content-Disposition: attachment */
    gboolean flowed, delsp;
    int encoding;     /* for voc_mime_decode */
    VocSlice content; /* of a leaf, as it stands in the mail */
} VocMimePart;

typedef struct VocMime {
    VocSlice message_id, in_reply_to; /* without angle brackets */
    const VocSlice *references;       /* the same, the oldest first */
    guint n_references;
    VocSlice subject; /* decoded, unfolded */
    VocMimeAddress from;
    const VocMimeAddress *to; /* To, then Cc */
    guint n_to;
    gboolean has_date;
    gint64 seconds;           /* since 1970, UTC: of the Date header, else when it was received */
    const VocMimePart *parts; /* the root first, children behind their parent */
    guint n_parts;
    gboolean more_parts; /* than VOC_MIME_PARTS */
} VocMime;

typedef struct VocMimeReader VocMimeReader;

/* Not for two threads at once. */
VocMimeReader *voc_mime_reader_new(void);
void voc_mime_reader_free(VocMimeReader *reader); /* NULL is fine */

/* Takes the mail in `bytes` apart. FALSE when it cannot be, with `*reason` (static). All of `mime` lives
 * until the next call. */
gboolean voc_mime_parse(VocMimeReader *reader, VocSlice bytes, VocMime *mime, const char **reason);

/* The beginning of a mail that holds its headers, with the empty line behind them. */
VocSlice voc_mime_headers(VocSlice bytes);

/* The first such header of the mail last parsed, raw and unfolded, if it is one of those in mime-raw.c's
 * is_raw; VOC_SLICE_NONE when there is none. Lives until the next parse, the mail's bytes being needed for
 * it. */
VocSlice voc_mime_header(VocMimeReader *reader, const char *name);

/* `content`, which is the leaf's or the beginning of it, without its transfer encoding: bytes in the part's
 * charset. They are in `buffer`, which is emptied first, or where they were. */
VocSlice voc_mime_decode(const VocMimePart *part, VocSlice content, VocBuffer *buffer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocMimeReader, voc_mime_reader_free)

G_END_DECLS

#endif
