/* Terms of records, counted: words and n-grams by their base forms, all and by group. What voc freq and voc
 * key stand on.
 *
 * An n-gram is n words that stand in a row: a mark that ends a sentence or a clause parts them, and so does
 * what is no word (a number, an address, an emoji). One that begins or ends with a stop word is no term, but
 * counts among all. */
#ifndef VOC_STAGE_FREQ_H
#define VOC_STAGE_FREQ_H

#include "stage/condition.h"
#include "stage/stage.h"
#include "stats/terms.h"
#include "text/words.h"

G_BEGIN_DECLS

#define VOC_FREQ_NGRAM 5

/* More values of the field that terms are counted by are refused. */
#define VOC_FREQ_GROUPS 10000u

typedef struct VocFreqSettings {
    guint n;                     /* words a term, 1 to VOC_FREQ_NGRAM */
    gboolean stop_words;         /* stop words are terms, too */
    gboolean pairs;              /* counts what G2 of pairs needs; n must be 2 */
    const char *by;              /* a path: every value is a group; NULL: none */
    const VocCondition *matches; /* the records that meet it are a group; NULL: none */
} VocFreqSettings;

/* All messages are group 0; what voc_freq_set_group() names comes after it. */
#define VOC_FREQ_ALL 0u

typedef struct VocFreq VocFreq;

/* The settings are copied; what they point to must outlive it. */
VocFreq *voc_freq_new(const VocFreqSettings *settings);
void voc_freq_free(VocFreq *freq); /* NULL is fine */

/* All records from here on belong to group `name` as well; NULL: to no such group. */
void voc_freq_set_group(VocFreq *freq, const char *name);

/* The stage that counts records into `freq`, which must outlive it; they go on unchanged. One thread at a
 * time. NULL and an error when the word model cannot be loaded. */
VocStage *voc_stage_freq_new(VocFreq *freq, VocContext *context, GError **error);

/* FALSE, and an error, when there were more than VOC_FREQ_GROUPS groups: those behind were not counted. */
gboolean voc_freq_check(const VocFreq *freq, GError **error);

const VocTerms *voc_freq_terms(const VocFreq *freq);

/* Groups have numbers from 0 to n - 1, and names; that of VOC_FREQ_ALL is empty, that of `matches` too. */
guint32 voc_freq_groups(const VocFreq *freq);
VocSlice voc_freq_group_name(const VocFreq *freq, guint32 group);

/* The groups other than VOC_FREQ_ALL in the order of their names: one less than there are. Free it. */
guint32 *voc_freq_sorted_groups(const VocFreq *freq);

/* n-grams of a group, terms or not, and its messages. */
guint64 voc_freq_grams(const VocFreq *freq, guint32 group);
guint64 voc_freq_messages(const VocFreq *freq, guint32 group);

typedef struct VocFreqRow {
    guint32 group, term;
    guint32 count, messages;
    double g2; /* of a pair: how sure it is that the two seek each other; else 0 */
} VocFreqRow;

/* The `top` (0: all) most frequent terms of every group, groups in the order of their names, VOC_FREQ_ALL
 * only when there are no others. Pairs: those with the highest G2, of pairs that are more frequent than
 * chance would have them and stand in two messages or more. An array of VocFreqRow; free it. */
GArray *voc_freq_rows(const VocFreq *freq, guint top);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocFreq, voc_freq_free)

G_END_DECLS

#endif
