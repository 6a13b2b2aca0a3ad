/* Benjamini-Hochberg and EWMA against statsmodels 0.15.0 and pandas, and published figures. */
#include "near.h"
#include "stats/ewma.h"
#include "stats/fdr.h"

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

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stats/fdr", test_fdr);
    g_test_add_func("/stats/ewma", test_ewma);
    return g_test_run();
}
