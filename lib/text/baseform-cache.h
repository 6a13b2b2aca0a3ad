/* What Voikko said, kept between runs: a file that may be deleted at any time.
 *
 * It holds hashes of forms, never the forms themselves, and base forms, which are words of the dictionary: a
 * customer's name or typing error cannot be read from it. */
#ifndef VOC_TEXT_BASEFORM_CACHE_H
#define VOC_TEXT_BASEFORM_CACHE_H

#include "base/arena.h"
#include "base/error.h"

G_BEGIN_DECLS

/* A word's analysis; empty slices for a word that the dictionary does not have. */
typedef struct VocBaseform {
    VocSlice base;  /* folded */
    VocSlice parts; /* of a compound, base forms with + between them; empty for a simple word */
} VocBaseform;

typedef struct VocFormCache VocFormCache;

/* Reads the file at `path` (NULL: none). A file that is missing, damaged, or written under another `identity`
 * (of the dictionary and the rules) counts as empty. Never NULL; free with voc_form_cache_free(). All
 * functions but load and free may be called from several threads. */
VocFormCache *voc_form_cache_load(const char *path, guint64 identity);
void voc_form_cache_free(VocFormCache *cache);

/* Whether `form` is known to the cache; then its analysis, copied to `arena`, is in `*out`. */
gboolean voc_form_cache_find(VocFormCache *cache, VocSlice form, VocArena *arena, VocBaseform *out);

/* Remembers an analysis; passed over when the cache is full (500,000 forms) or a string longer than 1 KiB. */
void voc_form_cache_add(VocFormCache *cache, VocSlice form, const VocBaseform *analysis);

/* Joins what is new with what the file holds by now and puts a new file in its place at once (rename), for
 * nobody else to read; makes the folder. Does nothing when nothing is new or there is no path. */
gboolean voc_form_cache_save(VocFormCache *cache, GError **error);

/* Forms in the cache: read, and added since. */
guint voc_form_cache_size(VocFormCache *cache);

G_END_DECLS

#endif
