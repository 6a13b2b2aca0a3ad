/* What mail programs and people write around the words that matter: the phrases of data/quotes.tsv. */
#ifndef VOC_TEXT_PHRASES_H
#define VOC_TEXT_PHRASES_H

#include "base/error.h"
#include "base/slice.h"

G_BEGIN_DECLS

/* The kinds of phrase, explained in the file. */
typedef enum {
    VOC_PHRASE_FROM,
    VOC_PHRASE_DATE,
    VOC_PHRASE_TO,
    VOC_PHRASE_CC,
    VOC_PHRASE_SUBJECT,
    VOC_PHRASE_OTHER,
    VOC_PHRASE_ORIGINAL,
    VOC_PHRASE_FORWARDED,
    VOC_PHRASE_WROTE,
    VOC_PHRASE_TOLD,
    VOC_PHRASE_ON,
    VOC_PHRASE_QUOTING,
    VOC_PHRASE_WEEKDAY,
    VOC_PHRASE_YOURS,
    VOC_PHRASE_CLOSING,
    VOC_PHRASE_GREETINGS,
    VOC_PHRASE_THANKS,
    VOC_PHRASE_POSTSCRIPT,
    VOC_PHRASE_DEVICE,
    VOC_PHRASE_GADGET,
    VOC_PHRASE_DISCLAIMER,
    VOC_PHRASE_CONTACT,
    VOC_PHRASE_COMPANY,
    VOC_N_PHRASES,
} VocPhraseKind;

#define VOC_PHRASE_BIT(kind) ((guint32)1 << (kind))

/* The fields of a header block. */
#define VOC_PHRASE_FIELDS                                                                                    \
    (VOC_PHRASE_BIT(VOC_PHRASE_FROM) | VOC_PHRASE_BIT(VOC_PHRASE_DATE) | VOC_PHRASE_BIT(VOC_PHRASE_TO) |     \
     VOC_PHRASE_BIT(VOC_PHRASE_CC) | VOC_PHRASE_BIT(VOC_PHRASE_SUBJECT) | VOC_PHRASE_BIT(VOC_PHRASE_OTHER))

/* Read-only once loaded, for any number of threads. */
typedef struct VocPhrases VocPhrases;

/* NULL and an error (VOC_ERROR_FATAL) when the file cannot be read or has a kind that nobody knows. */
VocPhrases *voc_phrases_load(const char *path, GError **error);
void voc_phrases_free(VocPhrases *phrases); /* NULL is fine */

/* The functions below take text that voc_phrase_fold() has folded. */

/* `text` in small letters, white space as single spaces, into `folded`, which has room for `room` bytes; what
 * does not fit is left out. Enough for the languages of the file: ASCII and Latin-1 letters. */
VocSlice voc_phrase_fold(VocSlice text, char *folded, gsize room);

/* The kinds that have the whole of `text` as a phrase, as bits. */
guint32 voc_phrases_kinds(const VocPhrases *phrases, VocSlice text);

/* The length of the longest phrase of `kind` that `text` begins with, a word boundary behind it; 0: none. */
gsize voc_phrases_prefix(const VocPhrases *phrases, VocPhraseKind kind, VocSlice text);

/* How many phrases of `kind` stand anywhere in `text`. */
guint voc_phrases_count(const VocPhrases *phrases, VocPhraseKind kind, VocSlice text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocPhrases, voc_phrases_free)

G_END_DECLS

#endif
