/* Bytes of an unknown or named charset into UTF-8, as a stream. */
#ifndef VOC_TEXT_CHARSET_H
#define VOC_TEXT_CHARSET_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

#define VOC_CHARSET_AUTO "auto"

typedef struct VocCharsetGuess {
    const char *name; /* as voc_decoder_new takes it; static */
    const char *why;  /* an English clause for people; static */
    gsize bom;        /* bytes of the byte order mark in front, 0 to 4 */
    gboolean settled; /* FALSE: only ASCII so far, VOC_CHARSET_AUTO would go on looking */
} VocCharsetGuess;

/* What the stream that begins with `sample` is written in: a byte order mark decides; then zero bytes on
 * every other place (UTF-16); then whether it is valid UTF-8, a few broken characters among many good ones
 * forgiven; then Windows-1252, ISO-8859-15, Mac Roman or code page 850, by where their Finnish letters and
 * euro signs stand. `complete` says that nothing follows the sample. */
VocCharsetGuess voc_charset_guess(VocSlice sample, gboolean complete);

/* The name by which a charset label of a file is read: "latin1" and "iso-8859-1" are WINDOWS-1252, as
 * browsers have it, and "utf8" is UTF-8. Other labels come back as they are, and NULL as NULL. */
const char *voc_charset_canonical(const char *label);

/* Where `text` stops being UTF-8 (surrogates and overlong forms are none), or its length. */
gsize voc_utf8_valid_length(VocSlice text);

/* A byte that is no character of the charset. */
typedef struct VocBadByte {
    guint64 in;  /* its place in the stream, from 0 */
    guint64 out; /* its place in what came out, all feeds counted */
    guint8 byte;
} VocBadByte;

typedef struct VocDecoder VocDecoder;

/* A decoder from `charset`, a label or VOC_CHARSET_AUTO (ASCII until a byte shows what it is; it does not
 * find UTF-16). Returns NULL with VOC_ERROR_USAGE when the charset is not known. */
VocDecoder *voc_decoder_new(const char *charset, GError **error);
void voc_decoder_free(VocDecoder *decoder); /* NULL is fine */

/* The next bytes as UTF-8; `last` says that none follow. The result lives until the next call and may be
 * `bytes` itself. Bad bytes of UTF-8 go through as they are, those of other charsets become U+FFFD;
 * voc_decoder_bad tells. */
VocSlice voc_decoder_feed(VocDecoder *decoder, VocSlice bytes, gboolean last);

/* The bad bytes of the last feed, in order; lives until the next one. */
const VocBadByte *voc_decoder_bad(const VocDecoder *decoder, gsize *n_bad);

/* The charset in use: never VOC_CHARSET_AUTO once a byte has decided. Lives as long as the decoder. */
const char *voc_decoder_charset(const VocDecoder *decoder);

/* A whole text into `out` (added at its end) as valid UTF-8, bad bytes as U+FFFD. A NULL or unknown label, or
 * one that the bytes belie (UTF-8 that is none), is guessed. Returns how many bytes were bad. */
gsize voc_charset_decode(VocSlice bytes, const char *label, VocBuffer *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocDecoder, voc_decoder_free)

G_END_DECLS

#endif
