#include "theme/kernel.h"

#include <math.h>

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
