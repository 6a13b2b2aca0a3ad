#include "text/similar.h"

/* A shingle is so many bytes. */
#define SHINGLE 7
#define SHINGLE_MASK (((guint64)1 << (8 * SHINGLE)) - 1)

#define BIN_SHIFT 58 /* 64 bins: the upper six bits */
#define VALUE_SHIFT 26

/* The upper bits depend on all of `x`. */
static inline guint64
mix(guint64 x)
{
    return (x ^ G_GUINT64_CONSTANT(0x2545F4914F6CDD1D)) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
}

/* Writes the text in small letters, white space as spaces, and counts letters and spaces. Without branches:
 * the compiler does many bytes a step. */
static void
level(VocSlice text, guint8 *out, guint32 *letters, guint32 *spaces)
{
    const guint8 *in = (const guint8 *)text.data;
    guint32 n_letters = 0, n_spaces = 0;
    for (gsize i = 0; i < text.len; i++) {
        guint8 c = in[i];
        guint8 capital = (guint8)(c - 'A') < 26, space = c <= ' ';
        c = (guint8)(c + (capital << 5));
        c = space ? ' ' : c;
        out[i] = c;
        n_letters += ((guint8)(c - 'a') < 26) | ((guint8)(c - '0') < 10) | (c >= 0xC3);
        n_spaces += space;
    }
    *letters = n_letters;
    *spaces = n_spaces;
}

static inline guint64
window_at(const guint8 *at)
{
    guint64 window;
    memcpy(&window, at, sizeof window);
    return GUINT64_FROM_LE(window) & SHINGLE_MASK;
}

/* Empty bins borrow from others, each from where its own number leads. */
static void
fill(const guint32 least[VOC_SIGNATURE_BINS], guint8 bins[VOC_SIGNATURE_BINS])
{
    for (guint i = 0; i < VOC_SIGNATURE_BINS; i++) {
        guint from = i;
        for (guint64 attempt = 1; least[from] == G_MAXUINT32 && attempt < 4096; attempt++)
            from = (guint)(mix(attempt << 32 | i) >> BIN_SHIFT);
        bins[i] = (guint8)(least[from] ^ least[from] >> 8);
    }
}

void
voc_signature_make(VocSlice text, VocBuffer *scratch, VocSignature *signature)
{
    guint32 least[VOC_SIGNATURE_BINS], letters, spaces;
    guint64 hash = 0;
    text = voc_slice_strip(text);
    /* Windows reach over the start and the end: the first and last letters are in as many as all others. */
    voc_buffer_reset(scratch);
    guint8 *levelled = (guint8 *)voc_buffer_reserve(scratch, text.len + 32);
    memset(levelled, 0, SHINGLE - 1);
    level(text, levelled + SHINGLE - 1, &letters, &spaces);
    memset(levelled + SHINGLE - 1 + text.len, 0, 16);
    memset(least, 0xFF, sizeof least);
    for (gsize i = 0; text.len && i < text.len + SHINGLE - 1; i++) {
        guint64 h = mix(window_at(levelled + i));
        guint32 value = (guint32)(h >> VALUE_SHIFT);
        guint bin = (guint)(h >> BIN_SHIFT);
        least[bin] = MIN(least[bin], value);
        hash += h ^ h >> 29;
    }
    *signature = (VocSignature){.letters = letters, .words = letters ? spaces + 1 : 0};
    signature->hash = text.len ? MAX(mix(hash), 1) : 0;
    fill(least, signature->bins);
}

double
voc_signature_similarity(const guint8 a[VOC_SIGNATURE_BINS], const guint8 b[VOC_SIGNATURE_BINS])
{
    guint same = 0;
    for (guint i = 0; i < VOC_SIGNATURE_BINS; i++)
        same += a[i] == b[i];
    /* One bin in 256 is the same by accident. */
    double share = ((double)same / VOC_SIGNATURE_BINS - 1.0 / 256) / (1 - 1.0 / 256);
    return MAX(share, 0);
}
