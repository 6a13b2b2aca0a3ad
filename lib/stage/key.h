/* Keyness of a group's terms: what sets its messages apart from all the others. */
#ifndef VOC_STAGE_KEY_H
#define VOC_STAGE_KEY_H

#include "stage/freq.h"

G_BEGIN_DECLS

#define VOC_KEY_PRIOR 500

typedef enum {
    VOC_KEY_LOG_RATIO, /* G2 as the gate, the log ratio as the rank */
    VOC_KEY_FIGHTIN,   /* the z of Fightin' Words as both; a term's prior is its share of all words times
                          `prior` */
} VocKeyMethod;

typedef struct VocKeySettings {
    VocKeyMethod method;
    double level; /* 0.05, 0.01, 0.001 or 0.0001 */
    double prior; /* pseudo-words of the prior; 0: VOC_KEY_PRIOR, or a tenth of all words if they are fewer */
    guint min_messages; /* a term must be in so many messages of the side that has more of it */
    guint top;          /* rows a side; 0: all */
    gboolean less;      /* what the group has less of, too */
} VocKeySettings;

/* FALSE when `level` is none of the four. */
gboolean voc_key_level_is(double level);

typedef struct VocKeyRow {
    guint32 term;
    guint32 count, other, messages, other_messages;
    double g2, log_ratio, z;
} VocKeyRow;

/* What `group` has more of than the other messages, most first; then, if asked for, what it has less of,
 * least first. Empty when there are no other messages. An array of VocKeyRow; free it. */
GArray *voc_key_rows(const VocFreq *freq, guint32 group, const VocKeySettings *settings);

G_END_DECLS

#endif
