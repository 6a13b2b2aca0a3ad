/* The inner loops over rows of floats. */
#ifndef VOC_THEME_KERNEL_H
#define VOC_THEME_KERNEL_H

#include <glib.h>

G_BEGIN_DECLS

/* y += x, y += a * x, over n elements. */
static inline void
voc_kernel_add(float *restrict y, const float *restrict x, gsize n)
{
    for (gsize i = 0; i < n; i++)
        y[i] += x[i];
}

static inline void
voc_kernel_add_scaled(float *restrict y, const float *restrict x, float a, gsize n)
{
    for (gsize i = 0; i < n; i++)
        y[i] += a * x[i];
}

/* The index of the greatest element, the first of equals; n is 1 or more. */
static inline gsize
voc_kernel_greatest(const float *x, gsize n)
{
    gsize best = 0;
    for (gsize i = 1; i < n; i++)
        if (x[i] > x[best])
            best = i;
    return best;
}

/* The sum of products, eight sums side by side: the same on every machine. */
static inline float
voc_kernel_dot(const float *restrict a, const float *restrict b, gsize n)
{
    float part[8] = {0};
    gsize i = 0;
    for (; i + 8 <= n; i += 8)
        for (guint j = 0; j < 8; j++)
            part[j] += a[i + j] * b[i + j];
    for (; i < n; i++)
        part[i % 8] += a[i] * b[i];
    return ((part[0] + part[4]) + (part[1] + part[5])) + ((part[2] + part[6]) + (part[3] + part[7]));
}

/* Scales x to unit length and returns the length it had; leaves a zero row alone. */
float voc_kernel_normalize(float *x, gsize n);

G_END_DECLS

#endif
