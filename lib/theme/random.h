/* Random numbers that are the same everywhere: from a fixed seed, so that the same input gives the same
 * themes. */
#ifndef VOC_THEME_RANDOM_H
#define VOC_THEME_RANDOM_H

#include <glib.h>

G_BEGIN_DECLS

/* SplitMix64 (Steele, Lea, Flood 2014): any seed will do. */
typedef struct VocRandom {
    guint64 state;
} VocRandom;

static inline guint64
voc_random_bits(VocRandom *random)
{
    guint64 z = random->state += G_GUINT64_CONSTANT(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* Uniform in [0, 1). */
static inline double
voc_random_uniform(VocRandom *random)
{
    return (double)(voc_random_bits(random) >> 11) * (1.0 / 9007199254740992.0);
}

G_END_DECLS

#endif
