/* Clusters planted in a term matrix are found again; the decomposition gives what numpy.linalg.svd gives. */
#include "near.h"
#include "theme/cluster.h"
#include "theme/dense.h"
#include "theme/kmeans.h"
#include "theme/svd.h"

/* `n` documents of six terms: four of their own group's ten, two of forty that all groups share. */
static VocMatrix *
planted(guint n, guint groups)
{
    VocRandom random = {42};
    VocMatrix *m = voc_matrix_new(n, groups * 10 + 40, (gsize)n * 6);
    gsize at = 0;
    for (guint r = 0; r < n; r++) {
        guint group = r % groups;
        gboolean has[200] = {FALSE};
        for (guint i = 0; i < 4; i++)
            has[group * 10 + voc_random_bits(&random) % 10] = TRUE;
        for (guint i = 0; i < 2; i++)
            has[groups * 10 + voc_random_bits(&random) % 40] = TRUE;
        for (guint c = 0; c < m->n_columns; c++)
            if (has[c]) {
                m->column[at] = c;
                m->value[at++] = 1;
            }
        m->start[r + 1] = at;
    }
    return m;
}

/* How many rows are in another cluster than most of their group. */
static guint
misplaced(const guint32 *cluster, guint n, guint groups, guint k)
{
    guint wrong = 0;
    for (guint g = 0; g < groups; g++) {
        g_autofree guint *count = g_new0(guint, k);
        guint most = 0, all = 0;
        for (guint r = g; r < n; r += groups) {
            count[cluster[r]]++;
            most = MAX(most, count[cluster[r]]);
            all++;
        }
        wrong += all - most;
    }
    return wrong;
}

static void
test_planted(void)
{
    g_autoptr(VocMatrix) m = planted(600, 6);
    guint k = 6;
    g_autofree guint32 *cluster = voc_cluster(m, &k);

    g_assert_cmpuint(k, ==, 6);
    g_assert_cmpuint(misplaced(cluster, 600, 6, k), <, 6);
}

static void
test_chooses_k(void)
{
    g_autoptr(VocMatrix) m = planted(1200, 8);
    guint k = 0;
    g_autofree guint32 *cluster = voc_cluster(m, &k);

    /* A chance split more is forgiven. */
    g_assert_cmpuint(k, >=, 8);
    g_assert_cmpuint(k, <=, 10);
    g_assert_cmpuint(misplaced(cluster, 1200, 8, k), <, 120);
}

static void
test_small(void)
{
    g_autoptr(VocMatrix) none = voc_matrix_new(3, 5, 0);
    guint k = 4;
    g_autofree guint32 *cluster = voc_cluster(none, &k);
    g_assert_cmpuint(k, ==, 0);
    g_assert_cmpuint(cluster[2], ==, VOC_NO_CLUSTER);

    g_autoptr(VocMatrix) one = voc_matrix_new(2, 1, 1);
    one->start[1] = one->start[2] = 1;
    one->value[0] = 1;
    k = 3;
    g_autofree guint32 *single = voc_cluster(one, &k);
    g_assert_cmpuint(k, ==, 1);
    g_assert_cmpuint(single[0], ==, 0);
    g_assert_cmpuint(single[1], ==, VOC_NO_CLUSTER);
}

/* Singular values: numpy.linalg.svd of DENSE. */
static void
test_svd(void)
{
    static const float DENSE[5][4] = {{1, 0, 2, 0}, {0, 3, 0, 1}, {1, 1, 0, 0}, {0, 0, 1, 4}, {2, 0, 0, 0}};
    g_autoptr(VocMatrix) m = voc_matrix_new(5, 4, 20);
    gsize at = 0;
    guint rank = 3;
    for (guint r = 0; r < 5; r++) {
        for (guint c = 0; c < 4; c++)
            if (DENSE[r][c] != 0) {
                m->column[at] = c;
                m->value[at++] = DENSE[r][c];
            }
        m->start[r + 1] = at;
    }
    g_autofree float *rows = voc_svd_rows(m, &rank);
    static const double SINGULAR[] = {4.378625, 3.050976, 2.654648};
    g_assert_cmpuint(rank, ==, 3);
    for (guint j = 0; j < rank; j++) {
        double sum = 0;
        for (guint r = 0; r < 5; r++)
            sum += (double)rows[r * rank + j] * rows[r * rank + j];
        assert_near(sqrt(sum), SINGULAR[j], 1e-4);
    }
}

static void
test_orthonormal(void)
{
    VocRandom random = {1};
    float y[50 * 4];
    double g[16];
    for (guint i = 0; i < G_N_ELEMENTS(y); i++)
        y[i] = (float)voc_random_uniform(&random);
    g_assert_true(voc_dense_orthonormalize(y, 50, 4));
    voc_dense_gram(y, 50, 4, g);
    for (guint i = 0; i < 4; i++)
        for (guint j = i; j < 4; j++)
            assert_near(g[i * 4 + j], i == j, 1e-5);
    for (guint i = 0; i < 50; i++)
        y[i * 4 + 3] = y[i * 4 + 2] = 0;
    g_assert_false(voc_dense_orthonormalize(y, 50, 4));
}

static void
test_merge_keeps_numbers(void)
{
    g_autoptr(VocMatrix) m = planted(400, 4);
    g_autofree guint32 *cluster = g_new(guint32, 400);
    for (guint r = 0; r < 400; r++)
        cluster[r] = r % 8; /* each group in two */
    g_autoptr(VocMixture) mixture = voc_mixture_new(m, 8, cluster);
    double before = voc_mixture_likelihood(mixture);
    g_assert_cmpuint(voc_mixture_merge(mixture, 0, 0.05), ==, 4);
    g_assert_cmpuint(misplaced(cluster, 400, 4, 4), ==, 0);
    g_autoptr(VocMixture) merged = voc_mixture_new(m, 4, cluster);
    g_assert_cmpfloat(voc_mixture_likelihood(merged), >, before);
}

static void
test_same_again(void)
{
    g_autoptr(VocMatrix) m = planted(900, 9);
    guint k = 9;
    g_autofree guint32 *first = voc_cluster(m, &k);
    g_autofree guint32 *second = voc_cluster(m, &k);

    g_assert_cmpmem(first, sizeof(guint32) * 900, second, sizeof(guint32) * 900);
}

/* Each group in two clusters, and one group in one: two heads' worth of two, and one without a head. */
static void
test_heads(void)
{
    g_autoptr(VocMatrix) m = planted(300, 3);
    g_autofree guint32 *cluster = g_new(guint32, 300);
    guint n = 0;
    for (guint r = 0; r < 300; r++)
        cluster[r] = r % 3 == 2 ? 2 : r % 6;
    g_autofree guint32 *heads = voc_cluster_heads(m, cluster, 5, &n);
    g_assert_cmpuint(n, ==, 2);
    g_assert_cmpuint(heads[0], ==, heads[3]);
    g_assert_cmpuint(heads[1], ==, heads[4]);
    g_assert_cmpuint(heads[0], !=, heads[1]);
    g_assert_cmpuint(heads[2], ==, VOC_NO_CLUSTER);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/theme-cluster/planted", test_planted);
    g_test_add_func("/theme-cluster/chooses-k", test_chooses_k);
    g_test_add_func("/theme-cluster/small", test_small);
    g_test_add_func("/theme-cluster/svd", test_svd);
    g_test_add_func("/theme-cluster/orthonormal", test_orthonormal);
    g_test_add_func("/theme-cluster/merge", test_merge_keeps_numbers);
    g_test_add_func("/theme-cluster/heads", test_heads);
    g_test_add_func("/theme-cluster/same-again", test_same_again);
    return g_test_run();
}
