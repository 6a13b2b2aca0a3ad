#include "theme/kernel.h"

#include <math.h>

#if defined(__GNUC__) && !defined(__clang__)
/* At -O2 loops of unknown length are left as they are. */
#pragma GCC optimize("O3")
#endif

void
voc_kernel_add(float *restrict y, const float *restrict x, gsize n)
{
    for (gsize i = 0; i < n; i++)
        y[i] += x[i];
}

void
voc_kernel_add_scaled(float *restrict y, const float *restrict x, float a, gsize n)
{
    for (gsize i = 0; i < n; i++)
        y[i] += a * x[i];
}

gsize
voc_kernel_greatest(const float *x, gsize n)
{
    gsize best = 0;
    for (gsize i = 1; i < n; i++)
        if (x[i] > x[best])
            best = i;
    return best;
}

float
voc_kernel_normalize(float *x, gsize n)
{
    double sum = 0;
    for (gsize i = 0; i < n; i++)
        sum += (double)x[i] * x[i];
    if (sum <= 0)
        return 0;
    float length = (float)sqrt(sum), scale = 1 / length;
    for (gsize i = 0; i < n; i++)
        x[i] *= scale;
    return length;
}
