/* Golden values: NumPy and SciPy 1.17.1 on the answers written out as samples of 100, 0 and -100. */
#include "near.h"
#include "stats/nps.h"

static VocNps
nps_of(int promoters, int passives, int detractors)
{
    VocNps nps = {0, 0, 0};
    for (int i = 0; i < promoters; i++)
        voc_nps_add(&nps, i % 2 ? 9 : 10);
    for (int i = 0; i < passives; i++)
        voc_nps_add(&nps, i % 2 ? 7 : 8);
    for (int i = 0; i < detractors; i++)
        voc_nps_add(&nps, i % 7);
    return nps;
}

static void
test_nps(void)
{
    VocNps before = nps_of(45, 30, 25), after = nps_of(30, 20, 40);
    g_assert_cmpfloat(voc_nps_score(&before), ==, 20);
    assert_near(voc_nps_se(&before), 8.12403840463596, 1e-12);             /* numpy.std / sqrt(n) */
    assert_near(voc_nps_margin(&before, 0.95), 15.922822682106721, 1e-12); /* times norm.ppf(.975) */
    assert_near(voc_nps_difference_z(&before, &after), -2.5313839170105705, 1e-12);

    VocNps both = before, all = nps_of(75, 50, 65);
    voc_nps_merge(&both, &after);
    g_assert_cmpint(both.n, ==, all.n);
    g_assert_cmpint(both.promoters, ==, all.promoters);
    g_assert_cmpint(both.detractors, ==, all.detractors);

    VocNps none = {0, 0, 0}, one = nps_of(1, 0, 0), same = nps_of(5, 0, 0);
    g_assert_true(isnan(voc_nps_score(&none)));
    g_assert_true(isnan(voc_nps_margin(&one, 0.95)));
    g_assert_true(isnan(voc_nps_difference_z(&same, &same)));
}

static VocMoments
moments_of(const double *values, gsize n)
{
    VocMoments moments = {0, 0, 0};
    for (gsize i = 0; i < n; i++)
        voc_moments_add(&moments, values[i]);
    return moments;
}

static void
test_moments(void)
{
    static const double a[] = {5, 4, 4, 1, 5, 2, 3, 5}, b[] = {1, 2, 2, 4, 3, 1, 5};
    VocMoments ma = moments_of(a, G_N_ELEMENTS(a)), mb = moments_of(b, G_N_ELEMENTS(b));
    g_assert_cmpfloat(voc_moments_mean(&ma), ==, 3.625);
    assert_near(voc_moments_variance(&ma), 2.267857142857143, 1e-12);
    assert_near(3.625 - voc_moments_margin(&ma, 0.95), 2.3660021371987874, 1e-9); /* scipy.stats.t.interval */
    double t, p;
    g_assert_true(voc_moments_difference(&ma, &mb, &t, &p)); /* scipy.stats.ttest_ind(equal_var=False) */
    assert_near(t, -1.3489458818495692, 1e-9);
    assert_near(p, 0.20087640768866566, 1e-9);

    VocMoments halves = moments_of(a, 3), rest = moments_of(a + 3, 5);
    voc_moments_merge(&halves, &rest);
    g_assert_cmpfloat(halves.sum, ==, ma.sum);
    g_assert_cmpfloat(halves.squares, ==, ma.squares);
    VocMoments one = moments_of(a, 1);
    g_assert_true(isnan(voc_moments_margin(&one, 0.95)));
    g_assert_false(voc_moments_difference(&one, &ma, NULL, NULL));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stats/nps", test_nps);
    g_test_add_func("/stats/moments", test_moments);
    return g_test_run();
}
