#include "stats/keyness.h"

#include <math.h>

static double
x_log_ratio(double x, double expected)
{
    return x > 0 ? x * log(x / expected) : 0;
}

double
voc_keyness_g2(double a, double n1, double b, double n2)
{
    double rate = (a + b) / (n1 + n2);
    return MAX(0, 2 * (x_log_ratio(a, n1 * rate) + x_log_ratio(b, n2 * rate)));
}

double
voc_collocation_g2(double pair, double first, double second, double n)
{
    double other_first = n - first, other_second = n - second;
    double sum = x_log_ratio(pair, first * second / n);
    sum += x_log_ratio(first - pair, first * other_second / n);
    sum += x_log_ratio(second - pair, other_first * second / n);
    sum += x_log_ratio(n - first - second + pair, other_first * other_second / n);
    return MAX(0, 2 * sum);
}

double
voc_keyness_log_ratio(double a, double n1, double b, double n2)
{
    return log2((a > 0 ? a : 0.5) / n1) - log2((b > 0 ? b : 0.5) / n2);
}

double
voc_keyness_fightin(double a, double n1, double b, double n2, double prior, double prior_total)
{
    double y1 = a + prior, y2 = b + prior;
    double delta = log(y1 / (n1 + prior_total - y1)) - log(y2 / (n2 + prior_total - y2));
    return delta / sqrt(1 / y1 + 1 / y2);
}
