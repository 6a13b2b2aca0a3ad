#include "read/identity.h"

#define OWN_IS_UNIQUE 8 /* characters */

/* SipHash's key: the digits of pi, so that nobody need ask. */
#define KEY_0 G_GUINT64_CONSTANT(0x243f6a8885a308d3)
#define KEY_1 G_GUINT64_CONSTANT(0x13198a2e03707344)

static inline guint64
rotate(guint64 x, int by)
{
    return x << by | x >> (64 - by);
}

static inline void
sip_round(guint64 v[4])
{
    v[0] += v[1];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[0] = rotate(v[0], 32);
    v[2] += v[3];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] += v[3];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[2] = rotate(v[2], 32);
}

static void
init_keyed(VocHash *hash, guint64 k0, guint64 k1)
{
    hash->v[0] = k0 ^ G_GUINT64_CONSTANT(0x736f6d6570736575);
    hash->v[1] = k1 ^ G_GUINT64_CONSTANT(0x646f72616e646f6d) ^ 0xee;
    hash->v[2] = k0 ^ G_GUINT64_CONSTANT(0x6c7967656e657261);
    hash->v[3] = k1 ^ G_GUINT64_CONSTANT(0x7465646279746573);
    hash->tail = hash->len = 0;
}

void
voc_hash_init(VocHash *hash)
{
    init_keyed(hash, KEY_0, KEY_1);
}

static inline void
add_word(VocHash *hash, guint64 word)
{
    hash->v[3] ^= word;
    sip_round(hash->v);
    sip_round(hash->v);
    hash->v[0] ^= word;
}

void
voc_hash_add(VocHash *hash, VocSlice bytes)
{
    const guchar *at = (const guchar *)bytes.data, *end = at + bytes.len;

    for (; at < end && (hash->len & 7); at++) {
        hash->tail |= (guint64)*at << (8 * (hash->len & 7));
        if ((++hash->len & 7) == 0) {
            add_word(hash, hash->tail);
            hash->tail = 0;
        }
    }
    for (; end - at >= 8; at += 8, hash->len += 8) {
        guint64 word;

        memcpy(&word, at, 8);
        add_word(hash, GUINT64_FROM_LE(word));
    }
    for (; at < end; at++, hash->len++)
        hash->tail |= (guint64)*at << (8 * (hash->len & 7));
}

void
voc_hash_add_part(VocHash *hash, VocSlice part)
{
    guint64 len = GUINT64_TO_LE((guint64)part.len);

    voc_hash_add(hash, voc_slice_of((const char *)&len, sizeof len));
    voc_hash_add(hash, part);
}

void
voc_hash_end(VocHash *hash, guint64 result[2])
{
    add_word(hash, hash->tail | hash->len << 56);
    hash->v[2] ^= 0xee;
    for (int i = 0; i < 4; i++)
        sip_round(hash->v);
    result[0] = hash->v[0] ^ hash->v[1] ^ hash->v[2] ^ hash->v[3];
    hash->v[1] ^= 0xdd;
    for (int i = 0; i < 4; i++)
        sip_round(hash->v);
    result[1] = hash->v[0] ^ hash->v[1] ^ hash->v[2] ^ hash->v[3];
}

static gsize
count_digits(const char *at)
{
    gsize n = 0;

    while (g_ascii_isdigit(at[n]))
        n++;
    return n;
}

/* The length of the date, week number or copy mark that begins at `at`; 0 when there is none. */
static gsize
dated_part(const char *at, gboolean word_start)
{
    gsize n = count_digits(at), all = n;

    if (at[0] == '(' && (n = count_digits(at + 1)) && at[1 + n] == ')')
        return n + 2;
    if (word_start && (at[0] == 'w' || at[0] == 'v') && (n = count_digits(at + (at[1] == 'k' ? 2 : 1))) &&
        n <= 2)
        return n + (at[1] == 'k' ? 2 : 1);
    if (n != 4 && n != 6 && n != 8 && n != 12 && n != 14 &&
        !(n >= 1 && n <= 2 && strchr(".-_", at[n]) && at[n]))
        return 0;
    for (int parts = 1; parts < 7 && at[all] && strchr(".-_ t", at[all]); parts++) {
        gsize mark = all + 1;

        if (at[mark] == 'w' || at[mark] == 'v')
            mark += at[mark + 1] == 'k' ? 2 : 1;
        if (!(n = count_digits(at + mark)) || n > 8)
            break;
        all = mark + n;
    }
    /* A lone small number is part of the name: myymala_2.csv is not myymala_1.csv. */
    return all > 3 ? all : 0;
}

char *
voc_export_name(const char *path)
{
    static const char *const packed[] = {".gz", ".gzip", ".zip", NULL};
    g_autofree char *base = g_path_get_basename(path);
    g_autofree char *lower =
        g_utf8_validate(base, -1, NULL) ? g_utf8_strdown(base, -1) : g_ascii_strdown(base, -1);
    GString *name = g_string_new(NULL);
    char *dot;

    for (const char *const *end = packed; *end; end++)
        if (g_str_has_suffix(lower, *end))
            lower[strlen(lower) - strlen(*end)] = 0;
    if ((dot = strrchr(lower, '.')) && dot > lower && strlen(dot) <= 6)
        *dot = 0;
    for (const char *at = lower; *at;) {
        gboolean word_start = at == lower || !g_ascii_isalnum(at[-1]);
        gsize n = word_start || *at == '(' ? dated_part(at, word_start) : 0;

        if (!n)
            g_string_append_c(name, *at++);
        at += n;
    }
    while (name->len && strchr(" _-.", name->str[name->len - 1]))
        g_string_truncate(name, name->len - 1);
    while (name->len && strchr(" _-.", name->str[0]))
        g_string_erase(name, 0, 1);
    if (!name->len)
        g_string_append(name, "export");
    return g_string_free(name, FALSE);
}

/* What has been seen: Bloom filters in blocks of a cache line, the next one larger when one is full, and
 * exact counts of what they knew already. A small export keeps to memory that the processor has at hand. */
#define N_FILTERS 3
#define BITS_A_MESSAGE 48
#define FILTER_PROBES 6

static const gsize FILTER_WORDS[N_FILTERS] = {(gsize)1 << 16, (gsize)1 << 19,
                                              (gsize)1 << 21}; /* 0.5, 4, 16 MiB */

struct VocIdentity {
    char *name;
    guint64 *filters[N_FILTERS];
    guint n_filters;
    guint64 n_in_last;
    GHashTable *repeated; /* the first half of the hash -> how many times seen */
};

VocIdentity *
voc_identity_new(const char *export_name)
{
    VocIdentity *identity = g_new0(VocIdentity, 1);

    identity->name = g_strdup(export_name);
    identity->repeated = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL);
    return identity;
}

void
voc_identity_free(VocIdentity *identity)
{
    if (!identity)
        return;
    g_free(identity->name);
    for (guint i = 0; i < identity->n_filters; i++)
        g_free(identity->filters[i]);
    g_hash_table_destroy(identity->repeated);
    g_free(identity);
}

const char *
voc_identity_name(const VocIdentity *identity)
{
    return identity->name;
}

static gboolean
is_in(const guint64 *filter, gsize words, const guint64 hash[2])
{
    const guint64 *block = filter + (hash[0] & (words / 8 - 1)) * 8;
    guint64 bits = hash[1];

    for (int i = 0; i < FILTER_PROBES; i++, bits >>= 9)
        if (!(block[bits >> 6 & 7] >> (bits & 63) & 1))
            return FALSE;
    return TRUE;
}

static void
put_in(guint64 *filter, gsize words, const guint64 hash[2])
{
    guint64 *block = filter + (hash[0] & (words / 8 - 1)) * 8;
    guint64 bits = hash[1];

    for (int i = 0; i < FILTER_PROBES; i++, bits >>= 9)
        block[bits >> 6 & 7] |= G_GUINT64_CONSTANT(1) << (bits & 63);
}

/* Marks a hash as seen; whether it was before. */
static gboolean
mark_seen(VocIdentity *identity, const guint64 hash[2])
{
    guint last;

    /* A large filter is in no cache: all are asked for at once, not one after the other. */
    for (guint i = 0; i < identity->n_filters; i++)
        __builtin_prefetch(identity->filters[i] + (hash[0] & (FILTER_WORDS[i] / 8 - 1)) * 8, 1);
    for (guint i = 0; i < identity->n_filters; i++)
        if (is_in(identity->filters[i], FILTER_WORDS[i], hash))
            return TRUE;
    if (identity->n_filters == 0 ||
        (identity->n_filters < N_FILTERS &&
         identity->n_in_last * BITS_A_MESSAGE > FILTER_WORDS[identity->n_filters - 1] * 64)) {
        identity->filters[identity->n_filters] =
            g_malloc0(FILTER_WORDS[identity->n_filters] * sizeof(guint64));
        identity->n_filters++;
        identity->n_in_last = 0;
    }
    last = identity->n_filters - 1;
    put_in(identity->filters[last], FILTER_WORDS[last], hash);
    identity->n_in_last++;
    return FALSE;
}

static void
add_repeat(VocIdentity *identity, const guint64 hash[2], VocBuffer *id)
{
    gint64 key = (gint64)hash[0];
    guint times;

    if (!mark_seen(identity, hash))
        return;
    times = GPOINTER_TO_UINT(g_hash_table_lookup(identity->repeated, &key));
    times = times ? times + 1 : 2;
    g_hash_table_replace(identity->repeated, g_memdup2(&key, sizeof key), GUINT_TO_POINTER(times));
    voc_buffer_add_char(id, '~');
    voc_buffer_add_int(id, times);
}

void
voc_identity_add_own(VocIdentity *identity, VocSlice own, VocBuffer *id)
{
    VocHash hash;
    guint64 result[2];

    if (own.len < OWN_IS_UNIQUE) {
        voc_buffer_add_string(id, identity->name);
        voc_buffer_add_char(id, ':');
    }
    voc_buffer_add_slice(id, own);
    voc_hash_init(&hash);
    voc_hash_add(&hash, own);
    voc_hash_end(&hash, result);
    add_repeat(identity, result, id);
}

void
voc_identity_add_hashed(VocIdentity *identity, const VocSlice *parts, gsize n_parts, VocBuffer *id)
{
    voc_identity_add_hashed_in(identity, identity->name, parts, n_parts, id);
}

void
voc_identity_add_hashed_in(VocIdentity *identity, const char *realm, const VocSlice *parts, gsize n_parts,
                           VocBuffer *id)
{
    static const char digits[] = "0123456789abcdef";
    VocHash hash;
    guint64 result[2];
    char *at;

    voc_hash_init(&hash);
    voc_hash_add_part(&hash, voc_slice_from_string(realm));
    for (gsize i = 0; i < n_parts; i++)
        voc_hash_add_part(&hash, parts[i]);
    voc_hash_end(&hash, result);
    at = voc_buffer_reserve(id, 24);
    for (int i = 0; i < 24; i++)
        at[i] = digits[result[i / 16] >> (60 - 4 * (i % 16)) & 15];
    id->len += 24;
    add_repeat(identity, result, id);
}
