/* Golden values: scikit-learn 1.9.1 (precision_recall_fscore_support, matthews_corrcoef, cohen_kappa_score)
 * and SciPy 1.17.1 (pearsonr). */
#include "near.h"
#include "stats/accuracy.h"
#include "stats/minimise.h"

static const VocConfusion THREE = {3, {{50, 8, 12}, {20, 100, 30}, {5, 10, 65}}};

static void
test_confusion(void)
{
    assert_near(voc_confusion_precision(&THREE, 0), 0.66666666666666663, 1e-12);
    assert_near(voc_confusion_precision(&THREE, 2), 0.6074766355140187, 1e-12);
    assert_near(voc_confusion_recall(&THREE, 1), 0.66666666666666663, 1e-12);
    assert_near(voc_confusion_f1(&THREE, 1), 0.74626865671641791, 1e-12);
    assert_near(voc_confusion_macro_f1(&THREE), 0.710370331635204, 1e-12);
    assert_near(voc_confusion_accuracy(&THREE), 0.7166666666666667, 1e-12);
    assert_near(voc_confusion_mcc(&THREE), 0.5729025972710321, 1e-12);
    assert_near(voc_confusion_kappa(&THREE), 0.5640280389810224, 1e-12);
    g_assert_cmpint(voc_confusion_total(&THREE), ==, 300);
}

static void
test_nothing_there(void)
{
    VocConfusion none = {.n = 3}, one = {.n = 3};
    g_assert_true(isnan(voc_confusion_accuracy(&none)));
    g_assert_true(isnan(voc_confusion_macro_f1(&none)));
    g_assert_true(isnan(voc_confusion_mcc(&none)));
    voc_confusion_add(&one, 1, 1);
    g_assert_cmpfloat(voc_confusion_mcc(&one), ==, 0);
    g_assert_true(isnan(voc_confusion_kappa(&one)));
    g_assert_true(isnan(voc_confusion_precision(&one, 0)));
    g_assert_cmpfloat(voc_confusion_f1(&one, 0), ==, 0);
    /* Classes that nobody names do not lower the mean. */
    g_assert_cmpfloat(voc_confusion_macro_f1(&one), ==, 1);
}

static void
test_pearson(void)
{
    double x[] = {1, 2, 3, 4, 5, 6, 7.5}, y[] = {2, 1, 4, 3, 7, 8, 8}, flat[7] = {0};
    assert_near(voc_pearson(x, y, 7), 0.914556200284193, 1e-12);
    g_assert_true(isnan(voc_pearson(x, flat, 7)));
    g_assert_true(isnan(voc_pearson(x, y, 1)));
}

static double
mean(const void *data, const guint32 *sample, gsize n)
{
    const double *values = data;
    double sum = 0;
    for (gsize i = 0; i < n; i++)
        sum += values[sample[i]];
    return sum / (double)n;
}

static void
test_bootstrap(void)
{
    double values[400];
    for (int i = 0; i < 400; i++)
        values[i] = i % 20;
    VocInterval found = voc_bootstrap(mean, values, 400, 2000, 1, 0.95);
    VocInterval again = voc_bootstrap(mean, values, 400, 2000, 1, 0.95);
    g_assert_cmpfloat(found.low, ==, again.low);
    g_assert_cmpfloat(found.high, ==, again.high);
    /* The normal interval: 9.5 +- 1.96 sqrt(33.25 / 400). */
    assert_near(found.low, 9.5 - 0.5651, 0.05);
    assert_near(found.high, 9.5 + 0.5651, 0.05);
    g_assert_true(isnan(voc_bootstrap(mean, values, 0, 10, 1, 0.95).low));
}

/* Rosenbrock's valley; its minimum is 0 at (1, 1, ...). */
static double
rosenbrock(void *data, const double *x, double *gradient, gsize n)
{
    double sum = 0;
    (void)data;
    for (gsize i = 0; i < n; i++)
        gradient[i] = 0;
    for (gsize i = 0; i + 1 < n; i++) {
        double a = x[i + 1] - x[i] * x[i], b = 1 - x[i];
        sum += 100 * a * a + b * b;
        gradient[i] += -400 * a * x[i] - 2 * b;
        gradient[i + 1] += 200 * a;
    }
    return sum;
}

static void
test_minimise(void)
{
    double x[10] = {-1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1, -1.2, 1};
    double value = voc_minimise(rosenbrock, NULL, x, 10, 1000, 1e-15);
    g_assert_cmpfloat(value, <, 1e-8);
    for (int i = 0; i < 10; i++)
        assert_near(x[i], 1, 1e-3);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/stats/confusion", test_confusion);
    g_test_add_func("/stats/confusion/nothing", test_nothing_there);
    g_test_add_func("/stats/pearson", test_pearson);
    g_test_add_func("/stats/bootstrap", test_bootstrap);
    g_test_add_func("/stats/minimise", test_minimise);
    return g_test_run();
}
