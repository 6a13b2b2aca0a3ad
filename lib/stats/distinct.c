#include "stats/distinct.h"

#include <math.h>

#define REGISTERS (1u << VOC_DISTINCT_BITS)

/* FNV-1a, and a finish that makes every bit count (Steele, Lea and Flood 2014). */
static guint64
hash(VocSlice name)
{
    guint64 h = 0xcbf29ce484222325u;
    for (gsize i = 0; i < name.len; i++)
        h = (h ^ (guchar)name.data[i]) * 0x100000001b3u;
    h = (h ^ (h >> 30)) * 0xbf58476d1ce4e5b9u;
    h = (h ^ (h >> 27)) * 0x94d049bb133111ebu;
    return h ^ (h >> 31);
}

void
voc_distinct_clear(VocDistinct *distinct)
{
    g_free(distinct->keys);
    g_free(distinct->registers);
    *distinct = (VocDistinct){0};
}

static void
estimate(VocDistinct *distinct, guint64 h)
{
    guint64 rest = h << VOC_DISTINCT_BITS;
    guint at = (guint)(h >> (64 - VOC_DISTINCT_BITS));
    guint8 rank = rest ? (guint8)(__builtin_clzll(rest) + 1) : (guint8)(64 - VOC_DISTINCT_BITS + 1);
    distinct->registers[at] = MAX(distinct->registers[at], rank);
}

static void
give_up_exactness(VocDistinct *distinct)
{
    guint64 *keys = g_steal_pointer(&distinct->keys);
    distinct->registers = g_malloc0(REGISTERS);
    for (guint i = 0; i < distinct->capacity; i++)
        if (keys[i])
            estimate(distinct, keys[i]);
    if (distinct->has_zero)
        estimate(distinct, 0);
    g_free(keys);
    distinct->n = distinct->capacity = 0;
    distinct->has_zero = FALSE;
}

static gboolean
insert(guint64 *keys, guint capacity, guint64 h)
{
    guint at = (guint)h & (capacity - 1);
    while (keys[at] && keys[at] != h)
        at = (at + 1) & (capacity - 1);
    gboolean fresh = !keys[at];
    keys[at] = h;
    return fresh;
}

static void
grow(VocDistinct *distinct)
{
    guint capacity = distinct->capacity ? distinct->capacity * 2 : 8;
    guint64 *keys = g_new0(guint64, capacity);
    for (guint i = 0; i < distinct->capacity; i++)
        if (distinct->keys[i])
            insert(keys, capacity, distinct->keys[i]);
    g_free(distinct->keys);
    distinct->keys = keys;
    distinct->capacity = capacity;
}

static void
add_hash(VocDistinct *distinct, guint64 h)
{
    if (distinct->registers) {
        estimate(distinct, h);
        return;
    }
    if (2 * (distinct->n + 1) > distinct->capacity)
        grow(distinct);
    if (h == 0) {
        distinct->n += !distinct->has_zero;
        distinct->has_zero = TRUE;
    } else {
        distinct->n += insert(distinct->keys, distinct->capacity, h);
    }
    if (distinct->n > VOC_DISTINCT_EXACT)
        give_up_exactness(distinct);
}

void
voc_distinct_add(VocDistinct *distinct, VocSlice name)
{
    if (name.len)
        add_hash(distinct, hash(name));
}

void
voc_distinct_merge(VocDistinct *distinct, const VocDistinct *other)
{
    if (other->registers) {
        if (!distinct->registers)
            give_up_exactness(distinct);
        for (guint i = 0; i < REGISTERS; i++)
            distinct->registers[i] = MAX(distinct->registers[i], other->registers[i]);
        return;
    }
    for (guint i = 0; i < other->capacity; i++)
        if (other->keys[i])
            add_hash(distinct, other->keys[i]);
    if (other->has_zero)
        add_hash(distinct, 0);
}

gboolean
voc_distinct_is_exact(const VocDistinct *distinct)
{
    return !distinct->registers;
}

gint64
voc_distinct_count(const VocDistinct *distinct)
{
    if (!distinct->registers)
        return distinct->n;
    double sum = 0, m = REGISTERS;
    guint empty = 0;
    for (guint i = 0; i < REGISTERS; i++) {
        sum += ldexp(1, -distinct->registers[i]);
        empty += !distinct->registers[i];
    }
    double raw = 0.7213 / (1 + 1.079 / m) * m * m / sum;
    return (gint64)(raw <= 2.5 * m && empty ? m * log(m / empty) + 0.5 : raw + 0.5);
}

static int
by_value(gconstpointer a, gconstpointer b)
{
    guint64 x = *(const guint64 *)a, y = *(const guint64 *)b;
    return x < y ? -1 : x > y;
}

void
voc_distinct_write(const VocDistinct *distinct, VocBuffer *out)
{
    g_autofree char *text = NULL;
    voc_buffer_add_char(out, distinct->registers ? 'h' : 'x');
    if (distinct->registers) {
        text = g_base64_encode(distinct->registers, REGISTERS);
    } else {
        g_autofree guint64 *keys = g_new(guint64, distinct->n + 1);
        guint n = 0;
        for (guint i = 0; i < distinct->capacity; i++)
            if (distinct->keys[i])
                keys[n++] = GUINT64_TO_BE(distinct->keys[i]);
        if (distinct->has_zero)
            keys[n++] = 0;
        qsort(keys, n, sizeof *keys, by_value);
        text = g_base64_encode((const guchar *)keys, n * sizeof *keys);
    }
    voc_buffer_add_string(out, text);
}

gboolean
voc_distinct_read(VocDistinct *distinct, VocSlice text)
{
    if (!text.len || (text.data[0] != 'x' && text.data[0] != 'h'))
        return FALSE;
    gsize len = 0;
    g_autofree char *copy = voc_slice_dup(voc_slice_of(text.data + 1, text.len - 1));
    g_autofree guchar *bytes = g_base64_decode(copy, &len);
    g_autofree char *again = g_base64_encode(bytes, len);
    if (strcmp(copy, again) != 0)
        return FALSE;
    if (text.data[0] == 'h') {
        if (len != REGISTERS)
            return FALSE;
        distinct->registers = g_steal_pointer(&bytes);
        for (guint i = 0; i < REGISTERS; i++)
            distinct->registers[i] = MIN(distinct->registers[i], 64 - VOC_DISTINCT_BITS + 1);
        return TRUE;
    }
    if (len % sizeof(guint64) || len / sizeof(guint64) > VOC_DISTINCT_EXACT)
        return FALSE;
    for (gsize i = 0; i < len; i += sizeof(guint64)) {
        guint64 key;
        memcpy(&key, bytes + i, sizeof key);
        add_hash(distinct, GUINT64_FROM_BE(key));
    }
    return TRUE;
}
