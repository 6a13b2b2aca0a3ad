/* Golden values: SciPy 1.17.1 (scipy.stats) and statsmodels 0.15.0, named at each block. */
#include "near.h"
#include "stats/tails.h"

#define CLOSE 1e-9

static void
test_normal(void)
{
    /* scipy.stats.norm.sf, norm.ppf */
    assert_relative(voc_normal_tail(1.5), 0.06680720126885807, 1e-12);
    assert_relative(voc_normal_tail(6), 9.865876450376946e-10, 1e-12);
    assert_relative(voc_normal_tail(10), 7.61985302416047e-24, 1e-12);
    assert_near(voc_normal_cdf(-1.5), 0.06680720126885807, 1e-15);
    assert_near(voc_normal_two_sided(-1.5), 2 * 0.06680720126885807, 1e-15);
    assert_near(voc_normal_quantile(0.975), 1.959963984540054, 1e-14);
    assert_near(voc_normal_quantile(0.4), -0.2533471031357997, 1e-14);
    assert_near(voc_normal_quantile(0.001), -3.090232306167813, 1e-14);
    assert_near(voc_normal_quantile(1e-12), -7.034483825301131, 1e-13);
    assert_near(voc_normal_critical(0.95), 1.959963984540054, 1e-13);
    g_assert_true(isinf(voc_normal_quantile(0)) && isnan(voc_normal_quantile(1.5)));
}

static void
test_t(void)
{
    /* scipy.stats.t.sf, t.ppf */
    assert_relative(voc_t_tail(2.1, 7), 0.036935598106461326, CLOSE);
    assert_relative(voc_t_tail(-1.3, 3), 0.8577662456360515, CLOSE);
    assert_relative(voc_t_tail(40, 2.5), 7.09781714524669e-05, CLOSE);
    assert_near(voc_t_critical(0.95, 1), 12.706204736174694, CLOSE);
    assert_near(voc_t_critical(0.95, 4), 2.7764451051977934, CLOSE);
    assert_near(voc_t_critical(0.95, 29), 2.045229642132703, CLOSE);
    assert_near(voc_t_critical(0.95, 999.5), 1.9623402703838457, CLOSE);
    assert_near(voc_t_critical(0.99, 11), 3.1058065155392804, CLOSE);
    g_assert_true(isnan(voc_t_two_sided(1, 0)));
}

static void
test_chi_squared(void)
{
    /* scipy.stats.chi2.sf */
    assert_relative(voc_chi_squared_tail(3.84, 1), 0.05004352124870519, CLOSE);
    assert_relative(voc_chi_squared_tail(20, 5), 0.0012497305630313773, CLOSE);
    assert_relative(voc_chi_squared_tail(1000, 900), 0.010994608942135844, CLOSE);
}

static void
test_poisson(void)
{
    /* scipy.stats.poisson.sf(k - 1, mu), poisson.cdf(k, mu) */
    assert_relative(voc_poisson_upper(3, 0.5), 0.014387677966970684, CLOSE);
    assert_relative(voc_poisson_upper(12, 4.2), 0.0013738596159008673, CLOSE);
    assert_relative(voc_poisson_upper(150, 100), 1.8842104660386844e-06, CLOSE);
    assert_relative(voc_poisson_upper(100200, 1e5), 0.2639576028221954, CLOSE);
    assert_relative(voc_poisson_upper(1, 1e-9), 9.999999995000006e-10, CLOSE);
    assert_relative(voc_poisson_lower(0, 3.3), 0.03688316740124002, CLOSE);
    assert_relative(voc_poisson_lower(4, 12), 0.007600390681066992, CLOSE);
    assert_relative(voc_poisson_lower(99000, 1e5), 0.0007742008294447384, CLOSE);
    g_assert_cmpfloat(voc_poisson_upper(0, 3), ==, 1);
    g_assert_cmpfloat(voc_poisson_upper(1, 0), ==, 0);
    g_assert_cmpfloat(voc_poisson_lower(0, 0), ==, 1);
    g_assert_true(isnan(voc_poisson_upper(1, -1)));
}

static void
test_binomial(void)
{
    /* scipy.stats.binom.sf(k - 1, n, p), binom.cdf(k, n, p) */
    assert_relative(voc_binomial_upper(7, 10, 0.3), 0.010592078399999996, CLOSE);
    assert_relative(voc_binomial_upper(40, 1000, 0.02), 4.339875894746424e-05, CLOSE);
    assert_relative(voc_binomial_upper(5200, 100000, 0.05), 0.001995480069652547, CLOSE);
    assert_relative(voc_binomial_upper(3, 3, 0.01), 1e-6, CLOSE);
    assert_relative(voc_binomial_lower(1, 10, 0.3), 0.14930834589999992, CLOSE);
    assert_relative(voc_binomial_lower(8, 1000, 0.02), 0.0019336859643194126, CLOSE);
    assert_relative(voc_binomial_lower(4800, 100000, 0.05), 0.0018013236697115536, CLOSE);
    g_assert_cmpfloat(voc_binomial_upper(0, 10, 0.3), ==, 1);
    g_assert_cmpfloat(voc_binomial_upper(11, 10, 0.3), ==, 0);
    g_assert_cmpfloat(voc_binomial_lower(10, 10, 0.3), ==, 1);
    g_assert_true(isnan(voc_binomial_upper(1, 10, 1.2)));
}

static void
test_rate(void)
{
    /* scipy.stats.binomtest(12, 116, 1/27, 'greater'), binomtest(1, 201, 1/27, 'less') */
    assert_relative(voc_rate_upper(12, 1, 104, 26), 0.0012888469455865073, CLOSE);
    assert_relative(voc_rate_lower(1, 1, 200, 26), 0.004431786756989699, CLOSE);
    g_assert_true(isnan(voc_rate_upper(1, 0, 1, 1)));
}

static void
test_fisher(void)
{
    /* scipy.stats.fisher_exact(alternative='greater', 'less', 'two-sided') */
    static const struct {
        gint64 a, n1, b, n2;
        double greater, less, both;
    } gold[] = {
        {8, 10, 1, 6, 0.024475524475524483, 0.9991258741258742, 0.034965034965034975},
        {40, 1000, 20, 1000, 0.006069770757779359, 0.9972604078774276, 0.012139541515558717},
        {0, 12, 5, 14, 1.0, 0.03043478260869565, 0.04247491638795986},
        {3, 3000, 90, 40000, 0.9617134490385828, 0.10384749232658665, 0.21740477032846617},
        {700, 1000, 650, 1000, 0.009642160807256807, 0.9925658430470854, 0.019284321614513614},
        {5, 10, 5, 10, 0.6718591006516703, 0.6718591006516703, 1.0},
        {1, 50, 3, 1000, 0.17753308608543544, 0.9874552617409567, 0.17753308608543544},
        {20, 1000, 520, 26000, 0.5323059381206252, 0.5591400192933205, 1.0},
    };
    for (gsize i = 0; i < G_N_ELEMENTS(gold); i++) {
        assert_relative(voc_fisher_greater(gold[i].a, gold[i].n1, gold[i].b, gold[i].n2), gold[i].greater,
                        CLOSE);
        assert_relative(voc_fisher_less(gold[i].a, gold[i].n1, gold[i].b, gold[i].n2), gold[i].less, CLOSE);
        assert_relative(voc_fisher_two_sided(gold[i].a, gold[i].n1, gold[i].b, gold[i].n2), gold[i].both,
                        CLOSE);
    }
    g_assert_true(isnan(voc_fisher_greater(5, 3, 1, 1)));
}

/* scipy.stats.hypergeom(n1 + n2, a + b, n1): sf(a - 1) - pmf(a) / 2 and cdf(a) - pmf(a) / 2 (SciPy 1.17.1).
 */
static void
test_mid_p(void)
{
    static const struct {
        gint64 a, n1, b, n2;
        double greater, less;
    } gold[] = {{0, 50, 10, 100, 0.9925996127401904, 0.007400387259809651},
                {3, 40, 9, 30, 0.9909404100280693, 0.009059589971930616},
                {40, 1000, 520, 26000, 4.7920522653174444e-05, 0.9999520794773468},
                {34, 1000, 520, 26000, 0.0023220936116251944, 0.9976779063883748},
                {5, 5, 0, 7, 0.0006313131313131311, 0.9993686868686869}};
    for (gsize i = 0; i < G_N_ELEMENTS(gold); i++) {
        assert_relative(voc_fisher_mid_greater(gold[i].a, gold[i].n1, gold[i].b, gold[i].n2), gold[i].greater,
                        1e-9);
        assert_relative(voc_fisher_mid_less(gold[i].a, gold[i].n1, gold[i].b, gold[i].n2), gold[i].less,
                        1e-9);
    }
}

static void
assert_interval(VocInterval interval, double low, double high)
{
    assert_near(interval.low, low, CLOSE);
    assert_near(interval.high, high, CLOSE);
}

static void
test_intervals(void)
{
    /* statsmodels proportion_confint(method='wilson') */
    assert_interval(voc_wilson(0, 10, 0.95), 0.0, 0.27753279986288926);
    assert_interval(voc_wilson(3, 10, 0.95), 0.10779126740630104, 0.6032218525388546);
    assert_interval(voc_wilson(10, 10, 0.95), 0.7224672001371106, 1.0);
    assert_interval(voc_wilson(137, 4196, 0.95), 0.027685795539445585, 0.038469429972022004);
    /* statsmodels confint_proportions_2indep(method='newcomb', compare='diff') */
    assert_interval(voc_newcombe(56, 70, 48, 80, 0.95), 0.05243147240236498, 0.33387265403690614);
    assert_interval(voc_newcombe(9, 10, 3, 10, 0.95), 0.1705227239345029, 0.809017973535488);
    assert_interval(voc_newcombe(0, 20, 4, 25, 0.95), -0.34653621607178864, 0.02753850525154186);
    assert_interval(voc_newcombe(40, 1000, 20, 1000, 0.95), 0.00502348889631974, 0.035668402401703325);
    g_assert_true(isnan(voc_wilson(0, 0, 0.95).low) && isnan(voc_newcombe(0, 0, 1, 2, 0.95).high));
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stats/tails/normal", test_normal);
    g_test_add_func("/stats/tails/t", test_t);
    g_test_add_func("/stats/tails/chi-squared", test_chi_squared);
    g_test_add_func("/stats/tails/poisson", test_poisson);
    g_test_add_func("/stats/tails/binomial", test_binomial);
    g_test_add_func("/stats/tails/rate", test_rate);
    g_test_add_func("/stats/tails/fisher", test_fisher);
    g_test_add_func("/stats/tails/intervals", test_intervals);
    g_test_add_func("/tails/mid-p", test_mid_p);
    return g_test_run();
}
