/* A slice: bytes that somebody else owns. Never NUL-terminated by promise. */
#ifndef VOC_BASE_SLICE_H
#define VOC_BASE_SLICE_H

#include <glib.h>
#include <string.h>

G_BEGIN_DECLS

typedef struct VocSlice {
    const char *data; /* may be NULL when len is 0 */
    gsize len;
} VocSlice;

#define VOC_SLICE(literal) ((VocSlice){"" literal, sizeof(literal) - 1})
#define VOC_SLICE_NONE ((VocSlice){NULL, 0})

static inline VocSlice
voc_slice_of(const char *data, gsize len)
{
    return (VocSlice){data, len};
}

/* The slice of a NUL-terminated string; NULL gives the empty slice. */
static inline VocSlice
voc_slice_from_string(const char *string)
{
    return (VocSlice){string, string ? strlen(string) : 0};
}

static inline gboolean
voc_slice_equal(VocSlice a, VocSlice b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

static inline gboolean
voc_slice_equal_string(VocSlice a, const char *string)
{
    return voc_slice_equal(a, voc_slice_from_string(string));
}

static inline gboolean
voc_slice_starts_with(VocSlice a, VocSlice prefix)
{
    return a.len >= prefix.len && (prefix.len == 0 || memcmp(a.data, prefix.data, prefix.len) == 0);
}

/* The slice without ASCII white space at its ends. */
static inline VocSlice
voc_slice_strip(VocSlice a)
{
    while (a.len > 0 && g_ascii_isspace(a.data[0])) {
        a.data++;
        a.len--;
    }
    while (a.len > 0 && g_ascii_isspace(a.data[a.len - 1]))
        a.len--;
    return a;
}

/* How many of its bytes are `byte`. */
static inline gsize
voc_slice_count(VocSlice a, char byte)
{
    gsize n = 0;

    while (a.len) {
        gsize piece = a.len < 255 ? a.len : 255;
        guint8 some = 0; /* so narrow that many are added at once */

        for (gsize i = 0; i < piece; i++)
            some = (guint8)(some + (a.data[i] == byte));
        n += some;
        a = voc_slice_of(a.data + piece, a.len - piece);
    }
    return n;
}

/* A fresh NUL-terminated copy; free with g_free. */
static inline char *
voc_slice_dup(VocSlice a)
{
    return a.len ? g_strndup(a.data, a.len) : g_strdup("");
}

/* FNV-1a of 64 bits (Fowler, Noll, Vo); 0 for an empty slice and for no other. Not against those who look for
 * collisions. */
static inline guint64
voc_slice_hash64(VocSlice slice)
{
    guint64 hash = G_GUINT64_CONSTANT(0xCBF29CE484222325);
    for (gsize i = 0; i < slice.len; i++)
        hash = (hash ^ (guchar)slice.data[i]) * G_GUINT64_CONSTANT(0x100000001B3);
    return slice.len ? MAX(hash, 1) : 0;
}

G_END_DECLS

#endif
