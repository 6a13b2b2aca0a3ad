/* Several labels a thing: how well predicted sets agree with gold ones. */
#ifndef VOC_STATS_LABELS_H
#define VOC_STATS_LABELS_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct VocLabelCounts VocLabelCounts;

VocLabelCounts *voc_label_counts_new(void);
void voc_label_counts_free(VocLabelCounts *counts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocLabelCounts, voc_label_counts_free)

/* Adds a thing: its gold and predicted labels, numbers of any size below G_MAXUINT32, no label twice. */
void voc_label_counts_add(VocLabelCounts *counts, const guint32 *gold, guint n_gold, const guint32 *predicted,
                          guint n_predicted);

/* F1 over all labels' decisions together; 0 when nothing is right. */
double voc_label_counts_micro_f1(const VocLabelCounts *counts);

/* The mean of the labels' F1, over labels that are gold or predicted somewhere; 0 when there is none. */
double voc_label_counts_macro_f1(const VocLabelCounts *counts);

/* Things whose gold and predicted labels are the same set, as a share of all. */
double voc_label_counts_exact(const VocLabelCounts *counts);

G_END_DECLS

#endif
