/* Counts of terms by group, in bounded memory: how often, in how many messages, and as which word people
 * wrote them.
 *
 * The counts are exact while there are no more than VOC_TERMS_MAX different terms. When there would be more,
 * the rarest terms are forgotten until half are left; a term that comes again begins anew. No count is too
 * high, and none is too low by more than voc_terms_lost(), the sum of the highest counts that were forgotten
 * each time (lossy counting: Manku and Motwani 2002). */
#ifndef VOC_STATS_TERMS_H
#define VOC_STATS_TERMS_H

#include "base/arena.h"

G_BEGIN_DECLS

/* Different terms, words that were written for them, and counts of a term in a group: about 600 MB when all
 * are reached. */
#define VOC_TERMS_MAX 1000000u
#define VOC_TERM_WORDS_MAX 2000000u
#define VOC_TERM_CELLS_MAX 4000000u

typedef struct VocTerms VocTerms;

/* `max_terms` (and twice and four times as many words and cells) are the bound; 0: VOC_TERMS_MAX. */
VocTerms *voc_terms_new(guint32 max_terms);
void voc_terms_free(VocTerms *terms); /* NULL is fine */

/* How a word was written. */
typedef enum {
    VOC_TERM_PLAIN,
    VOC_TERM_TITLE, /* with a capital at its beginning */
    VOC_TERM_CAPS,  /* in capitals */
} VocTermStyle;

/* One occurrence of `term` in message number `message` (numbers rise), which belongs to `groups` (numbers
 * below 2^32, each once). `word` is what was written, folded; empty: the term itself. */
void voc_terms_add(VocTerms *terms, VocSlice term, VocSlice word, VocTermStyle style, const guint32 *groups,
                   guint n_groups, guint32 message);

guint32 voc_terms_lost(const VocTerms *terms);

/* Terms have numbers from 1 to this; they are those of the last voc_terms_add(). */
guint32 voc_terms_size(const VocTerms *terms);
VocSlice voc_terms_name(const VocTerms *terms, guint32 term);
guint32 voc_terms_find(const VocTerms *terms, VocSlice name); /* 0: not there */

/* The word that was written most for the term (ties: the first by bytes), as it was written most; free it. */
char *voc_terms_word(const VocTerms *terms, guint32 term);

typedef struct VocTermCount {
    guint32 group, term;
    guint32 count, messages;
} VocTermCount;

/* The term's count in a group; all zero but the names where there is none. */
VocTermCount voc_terms_count(const VocTerms *terms, guint32 group, guint32 term);

/* Calls `func` for every count there is, in no order. */
void voc_terms_each(const VocTerms *terms, void (*func)(VocTermCount count, gpointer data), gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocTerms, voc_terms_free)

G_END_DECLS

#endif
