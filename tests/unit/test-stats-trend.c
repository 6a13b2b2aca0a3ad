/* Benjamini-Hochberg and EWMA against statsmodels 0.15.0 and pandas, and published figures. */
#include "near.h"
#include "stats/ewma.h"
#include "stats/fdr.h"
#include "stats/trend.h"

static void
test_fdr(void)
{
    /* statsmodels.stats.multitest.multipletests(method='fdr_bh') */
    static const double p[] = {0.001, 0.008, 0.039, 0.041, 0.042, 0.06,  0.074, 0.205,
                               0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34};
    static const double gold[] = {0.015,
                                  0.06,
                                  0.126,
                                  0.126,
                                  0.126,
                                  0.15,
                                  0.15857142857142856,
                                  0.29464285714285715,
                                  0.29464285714285715,
                                  0.29464285714285715,
                                  0.29464285714285715,
                                  0.29464285714285715,
                                  0.29464285714285715,
                                  0.29464285714285715,
                                  0.34};
    double q[15], shuffled[16], r[16];
    voc_fdr_adjust(p, q, 15);
    for (int i = 0; i < 15; i++)
        assert_near(q[i], gold[i], 1e-12);
    shuffled[15] = NAN; /* not tested: does not count */
    for (int i = 0; i < 15; i++)
        shuffled[i] = p[(i * 4 + 3) % 15];
    voc_fdr_adjust(shuffled, r, 16);
    for (int i = 0; i < 15; i++)
        assert_near(r[i], gold[(i * 4 + 3) % 15], 1e-12);
    g_assert_true(isnan(r[15]));
    voc_fdr_adjust(NULL, NULL, 0);
}

static void
test_ewma(void)
{
    /* Montgomery, Introduction to Statistical Quality Control, the EWMA example: lambda 0.1, L 2.7, centre
     * 10, sigma 1; checked with pandas Series.ewm(alpha=.1, adjust=False). */
    static const double x[] = {9.45, 7.99,  9.29,  11.66, 12.16, 10.18, 8.04,  11.46, 9.2,   10.34,
                               9.03, 11.47, 10.51, 9.4,   10.08, 9.37,  10.62, 10.31, 8.52,  10.84,
                               10.9, 9.33,  12.29, 11.5,  10.6,  11.08, 10.38, 11.62, 11.31, 10.52};
    VocEwmaPoint points[30];
    voc_ewma(x, 30, 10, 1, 0.1, 2.7, points);
    assert_near(points[0].value, 9.945, 1e-12);
    assert_near(points[9].value, 10.023159729995005, 1e-12);
    assert_near(points[28].value, 10.646823454576364, 1e-12);
    assert_near(points[29].value, 10.634141109118728, 1e-12);
    assert_near(points[0].high, 10.27, 1e-12);
    assert_near(points[29].high, 10 + 0.6188656769025777, 1e-12);
    assert_near(points[29].low, 10 - 0.6188656769025777, 1e-12);
    g_assert_true(points[28].value > points[28].high && points[26].value < points[26].high);

    static const double gaps[] = {12, NAN, 12};
    voc_ewma(gaps, 3, 10, 1, 0.5, 3, points);
    assert_near(points[1].value, 11, 1e-12);
    assert_near(points[2].value, 11.5, 1e-12);
}

static void
test_share(void)
{
    static const gint64 ns[] = {100, 110, 90, 100, 120, 95, 105, 100};
    static const gint64 calm[] = {3, 3, 3, 3, 3, 3, 3, 3}, wild[] = {2, 12, 1, 9, 0, 14, 3, 8};
    VocTrend trend;
    voc_trend_share(20, 100, calm, ns, 8, 0.95, &trend);
    g_assert_cmpfloat(trend.dispersion, ==, 1);
    assert_near(trend.change, 0.2 - 24.0 / 820, 1e-12);
    assert_near(trend.interval.low, 0.10266174871488755,
                1e-9); /* statsmodels confint_proportions_2indep newcomb */
    assert_near(trend.interval.high, 0.2600698156169895, 1e-9);
    assert_relative(trend.p_rise, 9.770501077185204e-10,
                    1e-9); /* scipy.stats.hypergeom: sf(19) - pmf(20) / 2 */
    assert_near(trend.p_fall, 0.9999999990229499, 1e-12);
    assert_relative(trend.p, 2 * 9.770501077185204e-10, 1e-9);

    voc_trend_share(20, 110, wild, ns, 8, 0.95, &trend);
    assert_near(trend.dispersion, 5.1640990743881785, 1e-9); /* Pearson's chi-squared / 7, NumPy */
    assert_near(trend.p, 0.08332971245055683, 1e-9); /* scipy.stats.t.sf twice; Fisher alone would say 5e-5 */

    voc_trend_share(1, 0, calm, ns, 8, 0.95, &trend);
    g_assert_true(isnan(trend.now) && isnan(trend.p));
    voc_trend_share(1, 5, calm, ns, 0, 0.95, &trend);
    g_assert_true(isnan(trend.usual) && isnan(trend.p));
}

static void
test_slope(void)
{
    /* sqrt(N) times numpy.corrcoef of week and answer: Cochran-Armitage without correction */
    static const gint64 ks[] = {2, 3, 1, 4, 5, 4, 7, 8}, ns[] = {100, 110, 90, 100, 120, 95, 105, 100};
    assert_near(voc_trend_slope_z(ks, ns, 8, FALSE), 2.7491561525449097, 1e-9);
    g_assert_true(isnan(voc_trend_slope_z(ks, ns, 1, FALSE)));
    assert_near(voc_trend_slope_z(ks, ns, 8, TRUE), 2.7491561525449097,
                1e-9); /* it jumps no more than chance */
    static const gint64 spike[] = {0, 0, 0, 0, 0, 40, 10, 5};
    assert_near(voc_trend_slope_z(spike, ns, 8, TRUE), 1.1104414822863593, 1e-9); /* the same, NumPy */
    /* mean -+ scipy.stats.t.ppf(.975, 4) sd sqrt(1.2) */
    static const gint64 counts[] = {90, 110, 100, 130, 95};
    VocInterval expected = voc_trend_expected_count(counts, 5, 0.95);
    assert_near(expected.low, 56.91056013371506, 1e-9);
    assert_near(expected.high, 153.08943986628495, 1e-9);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stats/fdr", test_fdr);
    g_test_add_func("/stats/ewma", test_ewma);
    g_test_add_func("/stats/trend/share", test_share);
    g_test_add_func("/stats/trend/slope", test_slope);
    return g_test_run();
}
