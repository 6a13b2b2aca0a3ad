/* Ids: the same message gets the same id in whichever export it is read, and no two messages of an export
 * share one. */
#ifndef VOC_READ_IDENTITY_H
#define VOC_READ_IDENTITY_H

#include "base/buffer.h"
#include "base/slice.h"

G_BEGIN_DECLS

/* A hash of parts, each told apart from the next: SipHash-2-4 with 128 bits of output (Aumasson and
 * Bernstein, 2012) under a fixed key. It keeps accidents away, not forgers. */
typedef struct VocHash {
    guint64 v[4];
    guint64 tail; /* bytes that wait for eight to be full */
    guint64 len;
} VocHash;

void voc_hash_init(VocHash *hash);
void voc_hash_add(VocHash *hash, VocSlice bytes); /* bytes alone, without telling parts apart */
void voc_hash_add_part(VocHash *hash, VocSlice part);
void voc_hash_end(VocHash *hash, guint64 result[2]);

/* The export that a file is a copy of: its base name without .gz and extension, dates, week numbers and the
 * marks of copies, in small letters: "Palaute_2026-W47 (1).csv" and "palaute_2026-W48.csv.gz" are both
 * "palaute". Never empty. Free it. */
char *voc_export_name(const char *path);

/* What tells the messages of one export apart. */
typedef struct VocIdentity VocIdentity;

/* `export_name` is copied. */
VocIdentity *voc_identity_new(const char *export_name);
void voc_identity_free(VocIdentity *identity); /* NULL is fine */

/* The export's name; lives as long as the identity. */
const char *voc_identity_name(const VocIdentity *identity);

/* Adds the id of a message that its export calls `own`, as it is, but behind the export's name when it is
 * shorter than eight characters: a bare row number is some other export's too. */
void voc_identity_add_own(VocIdentity *identity, VocSlice own, VocBuffer *id);

/* Adds the id of a message that has none, from all that is told of it: 24 hexadecimal digits of the hash of
 * the export's name and the parts. */
void voc_identity_add_hashed(VocIdentity *identity, const VocSlice *parts, gsize n_parts, VocBuffer *id);

/* The same for messages that are the same in whatever export they are: `realm` stands for the export's name.
 */
void voc_identity_add_hashed_in(VocIdentity *identity, const char *realm, const VocSlice *parts,
                                gsize n_parts, VocBuffer *id);

/* Both add "~2" to the second message of the export with the same id, "~3" to the third. Memory for this is
 * fixed: once in thousands of messages (in exports of millions) one that has no double is taken for a second.
 */

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocIdentity, voc_identity_free)

G_END_DECLS

#endif
