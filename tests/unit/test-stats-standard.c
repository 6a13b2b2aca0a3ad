/* Direct standardisation against statsmodels 0.15.0 (proportion_confint(method="wilson"),
 * confint_proportions_2indep(method="newcomb", compare="diff")), SciPy 1.17.1 (t.interval, norm.sf) and the
 * square-and-add rule written out in NumPy. */
#include "near.h"

#include "stats/standard.h"

static void
test_one_stratum(void)
{
    VocStratum one = voc_stratum_share(56, 70, 3, 0.95), two = voc_stratum_share(48, 80, 3, 0.95);
    VocStandardised a = voc_standardise(&one, 1), b = voc_standardise(&two, 1);
    VocStandardDifference d = voc_standard_difference(&a, &b);
    assert_near(d.value, 0.2, 1e-12);
    assert_near(d.interval.low, 0.05243147240236498, 1e-9); /* Newcombe's */
    assert_near(d.interval.high, 0.33387265403690614, 1e-9);
}

static void
test_shares(void)
{
    const gint64 k[] = {30, 5, 0}, n[] = {200, 20, 9}, k2[] = {12, 40, 3}, n2[] = {60, 150, 30};
    const double weights[] = {300, 100, 50};
    VocStratum one[3], two[3];
    for (int i = 0; i < 3; i++) {
        one[i] = voc_stratum_share(k[i], n[i], weights[i], 0.95);
        two[i] = voc_stratum_share(k2[i], n2[i], weights[i], 0.95);
    }
    VocStandardised a = voc_standardise(one, 3), b = voc_standardise(two, 3);
    assert_near(a.value, 0.15555555555555556, 1e-12);
    assert_near(a.interval.low, 0.11361606847680972, 1e-9);
    assert_near(a.interval.high, 0.22529308147925486, 1e-9);
    assert_near(a.variance, 0.0007462962962962962, 1e-12);
    assert_near(b.value, 0.2037037037037037, 1e-12);
    VocStandardDifference d = voc_standard_difference(&a, &b);
    assert_near(d.value, -0.048148148148148134, 1e-12);
    assert_near(d.interval.low, -0.14042163427378518, 1e-9);
    assert_near(d.interval.high, 0.04178500159087016, 1e-9);
    assert_near(d.p, 0.28557548862303916, 1e-9);
}

/* Simpson: each stratum the same, the mixes far apart; standardised, nothing is left of the difference. */
static void
test_mix(void)
{
    VocStratum one[] = {voc_stratum_share(90, 900, 500, 0.95), voc_stratum_share(50, 100, 500, 0.95)};
    VocStratum two[] = {voc_stratum_share(10, 100, 500, 0.95), voc_stratum_share(450, 900, 500, 0.95)};
    VocStandardised a = voc_standardise(one, 2), b = voc_standardise(two, 2);
    assert_near(voc_standard_difference(&a, &b).value, 0, 1e-12);
    assert_near(a.value, 0.3, 1e-12);
}

static void
test_means(void)
{
    VocStratum s = voc_stratum_mean(3.142857142857143, 2.4761904761904763, 7, 1, 0.95);
    assert_near(s.interval.low, 1.6875276559373609, 1e-9);
    assert_near(s.interval.high, 4.598186629776925, 1e-9);
    VocStandardised a = voc_standardise(&s, 1);
    assert_near(a.interval.high, 4.598186629776925, 1e-9);
    VocStratum none = voc_stratum_mean(1, NAN, 1, 1, 0.95);
    g_assert_true(isnan(voc_standardise(&none, 1).value));
    g_assert_true(isnan(voc_standardise(NULL, 0).value));
    VocStratum weightless[] = {s, none};
    weightless[1].weight = 0;
    assert_near(voc_standardise(weightless, 2).value, 3.142857142857143, 1e-12);
}

/* Bounds of 30 promoters and 10 detractors of 60 from NumPy; the score test is statsmodels'
 * proportions_ztest([56, 48], [70, 80]). */
static void
test_nps_and_pool(void)
{
    VocStratum s = voc_stratum_nps(30, 10, 60, 1, 0.95);
    assert_near(s.value, 100.0 / 3, 1e-12);
    assert_near(s.interval.low, 13.301182535638198, 1e-6);
    assert_near(s.interval.high, 50.19088095642529, 1e-6);
    assert_near(s.variance, 88.56335009018304, 1e-9);
    VocStratum all = voc_stratum_nps(20, 0, 20, 1, 0.95);
    assert_near(all.interval.high, 100, 1e-12);
    g_assert_cmpfloat(all.interval.low, <, 80);
    g_assert_true(isnan(voc_stratum_nps(0, 0, 0, 1, 0.95).value));
    VocStratum one = voc_stratum_share(56, 70, 1, 0.95), two = voc_stratum_share(48, 80, 1, 0.95);
    voc_strata_pool(&one, 56, 70, &two, 48, 80);
    VocStandardised a = voc_standardise(&one, 1), b = voc_standardise(&two, 1);
    assert_near(voc_standard_difference(&a, &b).p, 0.00804508136819656, 1e-9);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/standard/one-stratum", test_one_stratum);
    g_test_add_func("/standard/shares", test_shares);
    g_test_add_func("/standard/mix", test_mix);
    g_test_add_func("/standard/means", test_means);
    g_test_add_func("/standard/nps-and-pool", test_nps_and_pool);
    return g_test_run();
}
