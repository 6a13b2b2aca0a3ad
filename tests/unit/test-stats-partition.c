/* Expected values: scikit-learn 1.9.1 (normalized_mutual_info_score, adjusted_rand_score, f1_score) and
 * scipy 1.17.1 (linear_sum_assignment) on the same arrays. */
#include "near.h"
#include "stats/labels.h"
#include "stats/partition.h"

static void
check(const guint32 *found, const guint32 *gold, gsize n, const double expected[5])
{
    VocPartition p;
    voc_partition_compare(found, gold, n, &p);
    assert_near(p.nmi, expected[0], 1e-9);
    assert_near(p.ari, expected[1], 1e-9);
    assert_near(p.accuracy, expected[2], 1e-9);
    assert_near(p.purity, expected[3], 1e-9);
    assert_near(p.inverse_purity, expected[4], 1e-9);
}

static void
test_small(void)
{
    static const guint32 A[] = {0, 0, 0, 1, 1, 1, 2, 2, 2, 2};
    static const guint32 B[] = {5, 5, 6, 6, 6, 7, 7, 7, 7, 5};
    static const guint32 ONE[10] = {0};
    static const guint32 EACH[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

    check(A, B, 10, (double[]){0.4427012833, 0.2045454545, 0.7, 0.7, 0.7});
    check(ONE, EACH, 10, (double[]){0, 0, 0.1, 0.1, 1});
    check(EACH, ONE, 10, (double[]){0, 0, 0.1, 1, 0.1});
    check(EACH, EACH, 10, (double[]){1, 1, 1, 1, 1});
    check(ONE, ONE, 10, (double[]){1, 1, 1, 1, 1});
}

static void
fill(guint32 seed, guint32 *out, gsize n, guint32 k)
{
    guint64 s = seed;
    for (gsize i = 0; i < n; i++) {
        s = (s * 1103515245 + 12345) % (1u << 31);
        out[i] = (guint32)(s >> 16) % k;
    }
}

static void
test_large(void)
{
    guint32 found[500], gold[500];
    fill(1, found, 500, 7);
    fill(2, gold, 500, 3);
    for (guint i = 0; i < 500; i++)
        gold[i] = (found[i] * found[i] + gold[i]) % 5;
    check(found, gold, 500, (double[]){0.2484028518, 0.0902564661, 0.268, 0.388, 0.272});
}

static void
test_empty(void)
{
    VocPartition p;
    voc_partition_compare(NULL, NULL, 0, &p);
    g_assert_cmpfloat(p.nmi, ==, 0);
    g_assert_cmpuint(p.n_found, ==, 0);
}

static void
test_match(void)
{
    static const double GAIN[] = {7, 4, 3, 6, 8, 5, 9, 4, 4};
    guint column[3];
    g_assert_cmpfloat(voc_partition_match(GAIN, 3, column), ==, 20);
    g_assert_cmpuint(column[0], ==, 2);
    g_assert_cmpuint(column[1], ==, 1);
    g_assert_cmpuint(column[2], ==, 0);
}

/* Gold {1}, {1,2}, {3}, {}; predicted {1}, {2,3}, {}, {2}. */
static void
test_labels(void)
{
    g_autoptr(VocLabelCounts) counts = voc_label_counts_new();
    voc_label_counts_add(counts, (guint32[]){1}, 1, (guint32[]){1}, 1);
    voc_label_counts_add(counts, (guint32[]){1, 2}, 2, (guint32[]){2, 3}, 2);
    voc_label_counts_add(counts, (guint32[]){3}, 1, NULL, 0);
    voc_label_counts_add(counts, NULL, 0, (guint32[]){2}, 1);
    assert_near(voc_label_counts_micro_f1(counts), 0.5, 1e-12);
    assert_near(voc_label_counts_macro_f1(counts), 0.4444444444444444, 1e-12);
    assert_near(voc_label_counts_exact(counts), 0.25, 1e-12);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/partition/small", test_small);
    g_test_add_func("/partition/large", test_large);
    g_test_add_func("/partition/empty", test_empty);
    g_test_add_func("/partition/match", test_match);
    g_test_add_func("/partition/labels", test_labels);
    return g_test_run();
}
