/* Finnish base forms through Voikko: huonommin and huonosti are huono, laskutettiin is laskuttaa.
 *
 * A form often has several analyses. The one taken has the most of
 *
 *     log(uses of its base form + 0.3) - cost
 *
 * where the uses are those of data/baseforms-fi.tsv (counted on Finnish subtitles and forum sentences; a
 * compound has the uses of its last part) and the cost, in nats, is 3 for every joint of a compound, 0.7 for
 * every derivation, 3 for a possessive suffix, 1.5 for an imperative (the form of "en halua" too), 3 for
 * instructive, abessive and comitative, 4 for a pronoun's essive, 2 for an inflected past participle, 1 for a
 * name, 3 for a prefix. A word that does not inflect (ilman, eli, vastaan) counts like a base form with 730
 * uses, 55 where its base form is another. Ties go to the shorter base form, then by alphabet. The table also
 * has a few forms that the rule would miss, with their base forms.
 *
 * A past or agent participle is its verb (laskutettu: laskuttaa, ostamani: ostaa) unless the dictionary has
 * it as a word of its own (elämä); present participles (loistava, luotettava) and adjectives in -tOn
 * (toimimaton) stay as they are. All of it is in lower case. */
#ifndef VOC_TEXT_BASEFORM_H
#define VOC_TEXT_BASEFORM_H

#include "text/baseform-cache.h"

G_BEGIN_DECLS

/* What threads share: the uses of base forms, what is known already. */
typedef struct VocBaseforms VocBaseforms;

/* `uses_path` is data/baseforms-fi.tsv; `cache_path` the file that keeps answers between runs, NULL for none.
 * NULL and an error (VOC_ERROR_USAGE) when voc was built without Voikko or no Finnish dictionary is
 * installed; VOC_ERROR_FATAL when the table is broken. */
VocBaseforms *voc_baseforms_open(const char *uses_path, const char *cache_path, GError **error);

/* Keeps what was learnt for the next run, see voc_form_cache_save(). */
gboolean voc_baseforms_save(VocBaseforms *baseforms, GError **error);

/* All analysers must be freed before. Does not save. */
void voc_baseforms_free(VocBaseforms *baseforms);

/* Forms in the cache. */
guint voc_baseforms_known(VocBaseforms *baseforms);

/* A thread's analyser. Voikko itself starts with the first form that is not in the cache. */
typedef struct VocBaseformer VocBaseformer;

VocBaseformer *voc_baseformer_new(VocBaseforms *baseforms);
void voc_baseformer_free(VocBaseformer *baseformer);

/* The analysis of `folded` (a word in normal form, UTF-8), copied to `arena`; FALSE, and empty slices, when
 * the dictionary does not know the word. */
gboolean voc_baseformer_find(VocBaseformer *baseformer, VocSlice folded, VocArena *arena, VocBaseform *out);

G_END_DECLS

#endif
