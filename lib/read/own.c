#include "read/own.h"

#define MAX_COUNTED 100000 /* addresses */

struct VocOwnCount {
    GHashTable *seen; /* address -> number of mails */
    guint n;
};

static VocSlice
domain_of(VocSlice address)
{
    for (gsize i = address.len; i-- > 0;)
        if (address.data[i] == '@')
            return voc_slice_of(address.data + i + 1, address.len - i - 1);
    return VOC_SLICE_NONE;
}

static gboolean
same(VocSlice a, VocSlice b)
{
    return a.len == b.len && g_ascii_strncasecmp(a.data, b.data, a.len) == 0;
}

gboolean
voc_own_has(const char *const *own, VocSlice address)
{
    VocSlice domain = domain_of(address);

    for (; own && *own; own++) {
        VocSlice one = voc_slice_from_string(*own);

        if (one.len > 1 && one.data[0] == '@')
            one = voc_slice_of(one.data + 1, one.len - 1);
        else if (memchr(*own, '@', one.len)) {
            if (same(address, one))
                return TRUE;
            continue;
        }
        if (one.len && domain.len > one.len && domain.data[domain.len - one.len - 1] == '.')
            domain = voc_slice_of(domain.data + domain.len - one.len, one.len);
        if (one.len && same(domain, one))
            return TRUE;
        domain = domain_of(address);
    }
    return FALSE;
}

VocOwnCount *
voc_own_count_new(void)
{
    VocOwnCount *count = g_new0(VocOwnCount, 1);

    count->seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    return count;
}

void
voc_own_count_free(VocOwnCount *count)
{
    if (!count)
        return;
    g_hash_table_unref(count->seen);
    g_free(count);
}

guint
voc_own_count_mails(const VocOwnCount *count)
{
    return count->n;
}

static gboolean
is_among(VocSlice address, const VocMime *mime, guint n_to)
{
    for (guint i = 0; i < n_to; i++)
        if (voc_slice_equal(mime->to[i].address, address))
            return TRUE;
    return FALSE;
}

static void
count_one(VocOwnCount *count, VocSlice address)
{
    char *key;
    guint n;

    if (!address.len || g_hash_table_size(count->seen) >= MAX_COUNTED)
        return;
    key = voc_slice_dup(address);
    n = GPOINTER_TO_UINT(g_hash_table_lookup(count->seen, key));
    g_hash_table_replace(count->seen, key, GUINT_TO_POINTER(n + 1));
}

void
voc_own_count_add(VocOwnCount *count, const VocMime *mime)
{
    if (!mime->from.address.len)
        return;
    count->n++;
    count_one(count, mime->from.address);
    for (guint i = 0; i < mime->n_to; i++)
        if (!voc_slice_equal(mime->to[i].address, mime->from.address) &&
            !is_among(mime->to[i].address, mime, i))
            count_one(count, mime->to[i].address);
}

/* Domains where anybody may have an address. */
static gboolean
is_public(VocSlice domain)
{
    static const char *const names[] = {
        "gmail.com",     "googlemail.com",  "hotmail.com",     "hotmail.fi", "outlook.com",    "live.com",
        "live.fi",       "msn.com",         "yahoo.com",       "icloud.com", "me.com",         "mac.com",
        "aol.com",       "gmx.com",         "gmx.net",         "proton.me",  "protonmail.com", "mail.com",
        "elisanet.fi",   "kolumbus.fi",     "luukku.com",      "suomi24.fi", "pp.inet.fi",     "inet.fi",
        "saunalahti.fi", "dnainternet.net", "welho.com",       "netti.fi",   "jippii.fi",      "phnet.fi",
        "telia.com",     "spray.se",        "windowslive.com", NULL};

    for (const char *const *name = names; *name; name++)
        if (voc_slice_equal_string(domain, *name))
            return TRUE;
    return FALSE;
}

/* The address in most mails; of several the first by the alphabet, so that the same mails give the same. */
static const char *
most_seen(const VocOwnCount *count, VocSlice but_domain, const char *but, guint *n)
{
    const char *best = NULL;
    GHashTableIter iter;
    gpointer key, value;

    *n = 0;
    g_hash_table_iter_init(&iter, count->seen);
    while (g_hash_table_iter_next(&iter, &key, &value)) {
        guint times = GPOINTER_TO_UINT(value);

        if ((but && strcmp(key, but) == 0) ||
            (but_domain.len && voc_slice_equal(domain_of(voc_slice_from_string(key)), but_domain)))
            continue;
        if (times > *n || (times == *n && best && strcmp(key, best) < 0)) {
            best = key;
            *n = times;
        }
    }
    return best;
}

char *
voc_own_count_guess(const VocOwnCount *count, gboolean *sure)
{
    guint n, next;
    const char *best = most_seen(count, VOC_SLICE_NONE, NULL, &n);
    VocSlice domain = domain_of(voc_slice_from_string(best));
    gboolean private = domain.len && !is_public(domain);

    *sure = FALSE;
    if (!best || n < 2 || n * 2 < count->n)
        return NULL;
    most_seen(count, private ? domain : VOC_SLICE_NONE, best, &next);
    *sure = count->n >= 5 && n * 5 >= count->n * 4 && next * 2 < n;
    return private ? g_strdup_printf("@%.*s", (int)domain.len, domain.data) : g_strdup(best);
}

void
voc_own_count_explain(const VocOwnCount *count, VocBuffer *out)
{
    guint n;
    const char *best = most_seen(count, VOC_SLICE_NONE, NULL, &n);

    if (best)
        voc_buffer_add_printf(out, "%s takes part in %u of %u mails", best, n, count->n);
}
