#include "stats/fdr.h"

#include <math.h>
#include <stdlib.h>

typedef struct Test {
    double p;
    gsize at;
} Test;

static int
by_p(const void *a, const void *b)
{
    const Test *x = a, *y = b;
    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

void
voc_fdr_adjust(const double *p, double *q, gsize n)
{
    g_autofree Test *tests = g_new(Test, n);
    gsize tested = 0;
    for (gsize i = 0; i < n; i++) {
        if (!isnan(p[i]))
            tests[tested++] = (Test){p[i], i};
        q[i] = NAN;
    }
    if (tested > 1)
        qsort(tests, tested, sizeof *tests, by_p);
    double least = 1;
    for (gsize i = tested; i-- > 0;) {
        least = MIN(least, tests[i].p * (double)tested / (double)(i + 1));
        q[tests[i].at] = least;
    }
}
