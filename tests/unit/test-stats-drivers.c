/* Drivers by their identities; regression against statsmodels 0.15.0 OLS(...).fit(cov_type=..., use_t=True);
 * keyness against scipy.special.xlogy (SciPy 1.17.1) and the formulas of the papers in NumPy. */
#include "near.h"
#include "stats/drivers.h"
#include "stats/keyness.h"
#include "stats/regression.h"

static void
test_keyness(void)
{
    assert_near(voc_keyness_g2(40, 1000, 20, 1000), 6.79596147181589, 1e-9);
    assert_near(voc_keyness_g2(5, 200, 0, 3000), 27.725887222397812, 1e-9);
    g_assert_cmpfloat(voc_keyness_g2(0, 1000, 0, 500), ==, 0);
    assert_near(voc_keyness_log_ratio(40, 1000, 20, 1000), 1, 1e-12);
    assert_near(voc_keyness_log_ratio(5, 200, 0, 3000), 7.22881869049588, 1e-9);
    assert_near(voc_keyness_fightin(40, 1000, 20, 1000, 6, 200), 2.395384794643906, 1e-9);
    assert_near(voc_keyness_fightin(5, 200, 0, 3000, 0.4, 50), 3.1280751413377446, 1e-9);
}

/* The table of Dunning, Accurate Methods for the Statistics of Surprise and Coincidence (1993), with its
 * figures to the two decimals printed; the other digits from SciPy 1.17.1,
 * chi2_contingency(lambda_="log-likelihood", correction=False). */
static void
test_collocation(void)
{
    static const struct {
        double g2, both, first_only, second_only, neither;
    } PRINTED[] = {
        {270.72, 110, 2442, 111, 29114}, /* the swiss */
        {263.90, 29, 13, 123, 31612},    /* can be */
        {256.84, 31, 23, 139, 31584},    /* previous year */
        {167.23, 10, 0, 3, 31764},       /* mineral water */
        {157.21, 76, 104, 2476, 29121},  /* at the */
        {157.03, 16, 16, 51, 31694},     /* real terms */
        {146.80, 9, 0, 5, 31763},        /* natural gas */
        {115.02, 16, 0, 865, 30896},     /* owing to */
        {104.53, 10, 9, 41, 31717},      /* health insurance */
        {100.96, 8, 2, 27, 31740},       /* stiff competition */
    };
    for (guint i = 0; i < G_N_ELEMENTS(PRINTED); i++) {
        double both = PRINTED[i].both, first = both + PRINTED[i].first_only,
               second = both + PRINTED[i].second_only;
        double n = first + PRINTED[i].second_only + PRINTED[i].neither;
        g_assert_cmpfloat(fabs(voc_collocation_g2(both, first, second, n) - PRINTED[i].g2), <, 0.005);
    }
    assert_near(voc_collocation_g2(110, 2552, 221, 31777), 270.721876936225, 1e-9);
    assert_near(voc_collocation_g2(2, 2, 2, 31777), 42.693277544475926, 1e-9);
    assert_near(voc_collocation_g2(48, 60, 50, 250000), 840.7177277042495, 1e-9);
    assert_near(voc_collocation_g2(20, 100, 200, 1000), 0, 1e-9);
}

static void
test_leave_out(void)
{
    /* 10 answers of NPS -50 among 100 of NPS 20: the other 90 have (100 x 20 + 10 x 50) / 90 = 27.777... */
    assert_near(voc_drivers_leave_out(10, -50, 100, 20), 20 - 2500.0 / 90, 1e-12);
    g_assert_true(isnan(voc_drivers_leave_out(0, 0, 10, 5)));
    g_assert_true(isnan(voc_drivers_leave_out(10, 5, 10, 5)));
}

static void
test_split(void)
{
    enum { THEMES = 5 };
    VocDriverCell before[THEMES], after[THEMES];
    VocDriverEffect effects[THEMES];
    g_autoptr(GRand) random = g_rand_new_with_seed(20);
    for (int round = 0; round < 200; round++) {
        double w0 = 0, w1 = 0, s0 = 0, s1 = 0, change = 0, centred = 0, c0 = 0, c1 = 0;
        for (int i = 0; i < THEMES; i++) {
            gboolean new_theme = i == 1, ended = i == 2 && round % 2, never = i == 3;
            before[i] = after[i] = (VocDriverCell){0, 0};
            if (!new_theme && !never) {
                before[i].weight = g_rand_int_range(random, 1, 40) / 3.0;
                before[i].sum = before[i].weight * g_rand_double_range(random, -100, 100);
            }
            if (!ended && !never) {
                after[i].weight = g_rand_int_range(random, 1, 40) / 2.0;
                after[i].sum = after[i].weight * g_rand_double_range(random, -100, 100);
            }
            w0 += before[i].weight, w1 += after[i].weight, s0 += before[i].sum, s1 += after[i].sum;
        }
        g_assert_true(voc_drivers_split(before, after, THEMES, effects));
        for (int i = 0; i < THEMES; i++) {
            change += effects[i].by_score + effects[i].by_share;
            centred += effects[i].by_score + effects[i].by_share_centred;
            c0 += effects[i].contribution_before;
            c1 += effects[i].contribution_after;
        }
        assert_near(c0, s0 / w0, 1e-9);
        assert_near(c1, s1 / w1, 1e-9);
        assert_near(change, s1 / w1 - s0 / w0, 1e-9);
        assert_near(centred, s1 / w1 - s0 / w0, 1e-9);
    }
    g_assert_true(isnan(effects[1].score_before) && effects[1].by_score == 0);
    memset(after, 0, sizeof after);
    g_assert_false(voc_drivers_split(before, after, THEMES, effects));
}

enum { N = 24, K = 4 };

static void
design(double *x, double *y, gsize k)
{
    for (int i = 0; i < N; i++) {
        double *row = x + (gsize)i * k;
        row[0] = 1;
        row[1] = i % 2;
        row[2] = (i * 7 % 5) / 2.0;
        row[3] = i % 3 == 0;
        y[i] = 3 + 0.7 * row[1] - 1.1 * row[2] + (i * 13 % 7 - 3) * 0.4 * (1 + row[2]);
        if (k > K)
            row[4] = 2 * row[1] - row[3]; /* explained by the others */
    }
}

static void
test_regression(void)
{
    static const double beta[] = {3.3541374781085835, 0.5339754816112103, -1.0845884413309994,
                                  -0.6086471103327494};
    static const double hc1[] = {0.6692143502501149, 0.7813207792626558, 0.5749766138668495,
                                 0.7310847064708044};
    static const double p1[] = {6.685277009577884e-05, 0.5021787587978565, 0.07385831822589302,
                                0.41494316277888477};
    static const double hc3[] = {0.738385555410863, 0.8556600146719474, 0.6430344153702844,
                                 0.8182513806306018};
    double x[N * (K + 1)], y[N];
    VocCoefficient c[K + 1];
    design(x, y, K);
    g_assert_cmpuint(voc_regression(x, y, N, K, VOC_REGRESSION_HC1, 0.95, c), ==, K);
    for (int j = 0; j < K; j++) {
        assert_near(c[j].value, beta[j], 1e-9);
        assert_near(c[j].se, hc1[j], 1e-9);
        assert_near(c[j].p, p1[j], 1e-9);
    }
    assert_near(c[1].low, -1.0958311045199702, 1e-9);
    assert_near(c[1].high, 2.1637820677423907, 1e-9);
    g_assert_cmpuint(voc_regression(x, y, N, K, VOC_REGRESSION_HC3, 0.95, c), ==, K);
    for (int j = 0; j < K; j++)
        assert_near(c[j].se, hc3[j], 1e-9);

    design(x, y, K + 1);
    g_assert_cmpuint(voc_regression(x, y, N, K + 1, VOC_REGRESSION_HC3, 0.95, c), ==, K);
    g_assert_true(isnan(c[K].value));
    assert_near(c[1].value, beta[1], 1e-9);
    assert_near(c[1].se, hc3[1], 1e-9);
    g_assert_cmpuint(voc_regression(x, y, 3, K, VOC_REGRESSION_HC3, 0.95, c), ==, 0);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stats/keyness", test_keyness);
    g_test_add_func("/stats/collocation", test_collocation);
    g_test_add_func("/stats/drivers/leave-out", test_leave_out);
    g_test_add_func("/stats/drivers/split", test_split);
    g_test_add_func("/stats/regression", test_regression);
    return g_test_run();
}
