/* What a column holds, as far as its first rows tell. */
#ifndef VOC_READ_PROFILE_H
#define VOC_READ_PROFILE_H

#include "read/dates.h"
#include "read/names.h"

G_BEGIN_DECLS

#define VOC_PROFILE_DISTINCT 256

typedef struct VocProfile {
    guint64 n, empty;          /* values; cells that are empty or stand for no answer */
    guint64 numbers, integers; /* values that can be ratings */
    double min, max;           /* of them */
    guint32 seen;              /* bit i: the number i, 0 to 10, occurs */
    guint64 labels;            /* steps of a scale in words */
    guint64 yes, no;           /* 1, x, yes; 0, no: flags */
    guint64 clocks;
    guint64 letters; /* values with a letter that are no number, date or label */
    guint64 words;   /* in those */
    VocDateEvidence dates;
    guint64 hashes[VOC_PROFILE_DISTINCT]; /* of the first different values; 0 is a free slot */
    guint n_distinct;                     /* how many, up to three quarters of the slots */
    gboolean repeats;                     /* a value occurred twice among those compared */
} VocProfile;

void voc_profile_add(VocProfile *profile, const VocNames *names, VocSlice cell);

/* The share of `part` in the column's values, 0..1. */
static inline double
voc_profile_share(const VocProfile *profile, guint64 part)
{
    return profile->n ? (double)part / (double)profile->n : 0;
}

/* Whether the values could be the role's; a column without values could be anything. */
gboolean voc_profile_fits(const VocProfile *profile, VocRole role);

/* Whether the values are free text that nobody chose from a list, of `min_words` words or more in the mean.
 */
gboolean voc_profile_is_free_text(const VocProfile *profile, double min_words);

/* Whether all values say that the column's name applies, or not. */
gboolean voc_profile_is_flag(const VocProfile *profile);

/* The number in a rating: "9", "4,5", "9/10", "10 - very likely", "5 stars", stars as characters. FALSE when
 * there is none. */
gboolean voc_rating_parse(VocSlice text, double *number);

/* Whether a cell says yes ("1", "x", "true", "kyllä") or no ("0", "-", "false", "ei"). */
gboolean voc_flag_parse(VocSlice text, gboolean *set);

G_END_DECLS

#endif
