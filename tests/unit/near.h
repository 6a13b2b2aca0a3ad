/* Comparing doubles in unit tests. */
#ifndef TESTS_NEAR_H
#define TESTS_NEAR_H

#include <glib.h>
#include <math.h>

/* Relative to the expected value's size, absolute below one. */
#define assert_near(actual, expected, tolerance)                                                             \
    do {                                                                                                     \
        double near_a = (actual), near_e = (expected);                                                       \
        if (!(fabs(near_a - near_e) <= (tolerance)*MAX(1.0, fabs(near_e))))                                  \
            g_error("%s:%d: %s is %.17g, not %.17g", __FILE__, __LINE__, #actual, near_a, near_e);           \
    } while (0)

/* Relative only: for tails that are tiny. */
#define assert_relative(actual, expected, tolerance)                                                         \
    do {                                                                                                     \
        double near_a = (actual), near_e = (expected);                                                       \
        if (!(fabs(near_a - near_e) <= (tolerance)*fabs(near_e)))                                            \
            g_error("%s:%d: %s is %.17g, not %.17g", __FILE__, __LINE__, #actual, near_a, near_e);           \
    } while (0)

#endif
