#include "stats/labels.h"

typedef struct Label {
    gint64 right, wrong, missed;
} Label;

struct VocLabelCounts {
    GHashTable *labels; /* number: Label */
    gint64 n, exact;
};

VocLabelCounts *
voc_label_counts_new(void)
{
    VocLabelCounts *counts = g_new0(VocLabelCounts, 1);
    counts->labels = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    return counts;
}

void
voc_label_counts_free(VocLabelCounts *counts)
{
    if (!counts)
        return;
    g_hash_table_unref(counts->labels);
    g_free(counts);
}

static Label *
label_at(VocLabelCounts *counts, guint32 number)
{
    Label *label = g_hash_table_lookup(counts->labels, GUINT_TO_POINTER(number));
    if (!label) {
        label = g_new0(Label, 1);
        g_hash_table_insert(counts->labels, GUINT_TO_POINTER(number), label);
    }
    return label;
}

static gboolean
has(const guint32 *labels, guint n, guint32 label)
{
    for (guint i = 0; i < n; i++)
        if (labels[i] == label)
            return TRUE;
    return FALSE;
}

void
voc_label_counts_add(VocLabelCounts *counts, const guint32 *gold, guint n_gold, const guint32 *predicted,
                     guint n_predicted)
{
    guint right = 0;
    for (guint i = 0; i < n_predicted; i++) {
        Label *label = label_at(counts, predicted[i]);
        gboolean is_right = has(gold, n_gold, predicted[i]);
        right += is_right;
        label->right += is_right;
        label->wrong += !is_right;
    }
    for (guint i = 0; i < n_gold; i++)
        label_at(counts, gold[i])->missed += !has(predicted, n_predicted, gold[i]);
    counts->n++;
    counts->exact += right == n_gold && right == n_predicted;
}

static double
f1(const Label *label)
{
    gint64 all = 2 * label->right + label->wrong + label->missed;
    return all ? 2 * (double)label->right / (double)all : 0;
}

double
voc_label_counts_micro_f1(const VocLabelCounts *counts)
{
    Label sum = {0};
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, counts->labels);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        const Label *label = value;
        sum.right += label->right;
        sum.wrong += label->wrong;
        sum.missed += label->missed;
    }
    return f1(&sum);
}

double
voc_label_counts_macro_f1(const VocLabelCounts *counts)
{
    g_autoptr(GList) keys = g_hash_table_get_keys(counts->labels);
    guint n = g_list_length(keys);
    double sum = 0;
    for (GList *key = keys; key; key = key->next)
        sum += f1(g_hash_table_lookup(counts->labels, key->data));
    return n ? sum / n : 0;
}

double
voc_label_counts_exact(const VocLabelCounts *counts)
{
    return counts->n ? (double)counts->exact / (double)counts->n : 0;
}
