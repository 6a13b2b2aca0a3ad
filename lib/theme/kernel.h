/* The inner loops over rows of floats. */
#ifndef VOC_THEME_KERNEL_H
#define VOC_THEME_KERNEL_H

#include <glib.h>

G_BEGIN_DECLS

/* y += x, y += a * x, over n elements. */
void voc_kernel_add(float *restrict y, const float *restrict x, gsize n);
void voc_kernel_add_scaled(float *restrict y, const float *restrict x, float a, gsize n);

/* The index of the greatest element, the first of equals; n is 1 or more. */
gsize voc_kernel_greatest(const float *x, gsize n);

/* Scales x to unit length and returns the length it had; leaves a zero row alone. */
float voc_kernel_normalize(float *x, gsize n);

G_END_DECLS

#endif
