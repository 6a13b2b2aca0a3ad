/* Names that stand for customers and people: keyed hashes, the same in every export that is redacted with the
 * same key. For redact.c. */
#ifndef VOC_STAGE_PSEUDONYM_H
#define VOC_STAGE_PSEUDONYM_H

#include "base/buffer.h"
#include "base/error.h"

G_BEGIN_DECLS

/* A secret key; read-only, for any number of threads. */
typedef struct VocPseudonymKey VocPseudonymKey;

/* Reads the key: the bytes of the file without white space at its end. NULL and an error (VOC_ERROR_USAGE)
 * when it cannot be read or has fewer than 16 bytes. */
VocPseudonymKey *voc_pseudonym_key_load(const char *path, GError **error);
void voc_pseudonym_key_free(VocPseudonymKey *key); /* NULL is fine */

/* Adds "PREFIX-" and 16 hexadecimal digits: the beginning of HMAC-SHA-256 over `kind` and the value in a form
 * that its spellings share (small letters, single spaces, telephone numbers with their country code). */
void voc_pseudonym_add(const VocPseudonymKey *key, const char *kind, char prefix, VocSlice value,
                       VocBuffer *out);

/* The same for a name, whatever the order of its words. */
void voc_pseudonym_add_name(const VocPseudonymKey *key, char prefix, VocSlice name, VocBuffer *out);

/* Adds eight letters for a name in a text; those of the whole name begin its pseudonym. */
void voc_pseudonym_add_letters(const VocPseudonymKey *key, VocSlice name, VocBuffer *out);

/* Whether the value is a pseudonym already. */
gboolean voc_pseudonym_is(VocSlice value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocPseudonymKey, voc_pseudonym_key_free)

G_END_DECLS

#endif
