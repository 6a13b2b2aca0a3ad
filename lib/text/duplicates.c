#include "text/duplicates.h"

/* Locality-sensitive hashing: 6 bands of 4 bins. Two texts that share 0.85 of their shingles meet in a band
 * with a probability of 0.99, two that share a fifth of them with 0.01. */
#define BANDS 6u
#define ROWS 4u

#define WAYS 4u /* places that a key may be in; the oldest of them makes room */
#define FIRST_TEXTS 1024u

const VocDuplicateRules VOC_DUPLICATE_RULES = {
    .similarity = 0.85, .exact_letters = 12, .exact_words = 3, .near_letters = 60, .capacity = 131072};

/* A text that was seen. */
typedef struct Seen {
    guint64 hash, key;
    char *id;
    guint8 *bins; /* of a text long enough to have near copies, else NULL */
} Seen;

/* A text's number, from 1, and bits of the hash under which it is found. */
typedef struct Place {
    guint32 number, tag;
} Place;

/* Where texts are found: places in groups of WAYS. */
typedef struct Index {
    Place *places;
    gsize n_groups; /* a power of two */
} Index;

struct VocDuplicates {
    VocDuplicateRules rules;
    Seen *seen; /* a ring: text n is at n % room */
    guint room;
    guint64 n; /* texts so far; the first has number 1 */
    Index exact, keys, near;
};

static guint64
scatter(guint64 x)
{
    x ^= x >> 31;
    x *= G_GUINT64_CONSTANT(0x94D049BB133111EB);
    return x ^ x >> 30;
}

static void
index_init(Index *index, gsize places)
{
    index->n_groups = 1;
    while (index->n_groups * WAYS < places)
        index->n_groups *= 2;
    index->places = g_new0(Place, index->n_groups * WAYS);
}

static Place *
group_of(const Index *index, guint64 hash, guint32 *tag)
{
    guint64 scattered = scatter(hash);
    *tag = (guint32)(scattered >> 32);
    return index->places + (scattered & (index->n_groups - 1)) * WAYS;
}

/* The text of that number; NULL when it has been forgotten. Numbers are kept in 32 bits: of two texts that
 * are 2^32 apart the older is long forgotten. */
static Seen *
seen_at(const VocDuplicates *duplicates, guint32 number)
{
    guint32 age = (guint32)duplicates->n - number;
    if (!number || age >= duplicates->room || age >= duplicates->n)
        return NULL;
    return &duplicates->seen[number % duplicates->room];
}

/* Puts the number in the first free place of its group, or in that of the oldest text. */
static void
index_put(VocDuplicates *duplicates, Index *index, guint64 hash, guint32 number)
{
    guint32 tag, now = (guint32)duplicates->n;
    Place *group = group_of(index, hash, &tag), *oldest = group;
    for (guint i = 0; i < WAYS; i++) {
        if (!seen_at(duplicates, group[i].number)) {
            oldest = &group[i];
            break;
        }
        if (now - group[i].number > now - oldest->number)
            oldest = &group[i];
    }
    *oldest = (Place){number, tag};
}

static guint64
band_hash(const guint8 *bins, guint band)
{
    guint32 rows;
    memcpy(&rows, bins + band * ROWS, sizeof rows);
    return rows + (band + 1) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
}

G_STATIC_ASSERT(ROWS == sizeof(guint32) && BANDS * ROWS <= VOC_SIGNATURE_BINS);

static void
index_all(VocDuplicates *duplicates, guint32 number)
{
    const Seen *seen = seen_at(duplicates, number);
    if (seen->hash)
        index_put(duplicates, &duplicates->exact, seen->hash, number);
    if (seen->key)
        index_put(duplicates, &duplicates->keys, seen->key, number);
    for (guint band = 0; seen->bins && band < BANDS; band++)
        index_put(duplicates, &duplicates->near, band_hash(seen->bins, band), number);
}

static void
make_room(VocDuplicates *duplicates, guint room)
{
    Seen *old = duplicates->seen;
    guint old_room = duplicates->room;
    g_free(duplicates->exact.places);
    g_free(duplicates->keys.places);
    g_free(duplicates->near.places);
    duplicates->seen = g_new0(Seen, room);
    duplicates->room = room;
    index_init(&duplicates->exact, room * (gsize)2);
    index_init(&duplicates->keys, room * (gsize)2);
    index_init(&duplicates->near, room * (gsize)2 * BANDS);
    for (guint64 number = 1; old && number <= duplicates->n; number++) {
        duplicates->seen[number % room] = old[number % old_room];
        index_all(duplicates, (guint32)number);
    }
    g_free(old);
}

VocDuplicates *
voc_duplicates_new(const VocDuplicateRules *rules)
{
    VocDuplicates *duplicates = g_new0(VocDuplicates, 1);
    duplicates->rules = *rules;
    duplicates->rules.capacity = MAX(rules->capacity, 1);
    make_room(duplicates, MIN(duplicates->rules.capacity, FIRST_TEXTS) + 1);
    return duplicates;
}

static void
forget(Seen *seen)
{
    g_free(seen->id);
    g_free(seen->bins);
    *seen = (Seen){0};
}

void
voc_duplicates_free(VocDuplicates *duplicates)
{
    if (!duplicates)
        return;
    for (guint i = 0; i < duplicates->room; i++)
        forget(&duplicates->seen[i]);
    g_free(duplicates->seen);
    g_free(duplicates->exact.places);
    g_free(duplicates->keys.places);
    g_free(duplicates->near.places);
    g_free(duplicates);
}

static const Seen *
find_equal(const VocDuplicates *duplicates, const Index *index, guint64 hash)
{
    guint32 tag;
    const Place *group = group_of(index, hash, &tag);
    for (guint i = 0; i < WAYS; i++) {
        const Seen *seen = group[i].tag == tag ? seen_at(duplicates, group[i].number) : NULL;
        if (seen && (index == &duplicates->keys ? seen->key : seen->hash) == hash)
            return seen;
    }
    return NULL;
}

/* The nearest text, the first among equals. */
static const Seen *
find_near(const VocDuplicates *duplicates, const guint8 *bins, double *similarity)
{
    const Seen *best = NULL;
    guint32 tag, oldest = 0, now = (guint32)duplicates->n;
    for (guint band = 0; band < BANDS; band++) {
        const Place *group = group_of(&duplicates->near, band_hash(bins, band), &tag);
        for (guint i = 0; i < WAYS; i++) {
            const Seen *seen = group[i].tag == tag ? seen_at(duplicates, group[i].number) : NULL;
            if (!seen || !seen->bins || seen == best)
                continue;
            double share = voc_signature_similarity(bins, seen->bins);
            guint32 age = now - group[i].number;
            if (share < duplicates->rules.similarity ||
                (best && (share < *similarity || (share <= *similarity && age < oldest))))
                continue;
            best = seen;
            oldest = age;
            *similarity = share;
        }
    }
    return best;
}

const char *
voc_duplicates_find(VocDuplicates *duplicates, guint64 key, const VocSignature *signature, VocSlice id,
                    double *similarity)
{
    const VocDuplicateRules *rules = &duplicates->rules;
    gboolean telling = signature->letters >= rules->exact_letters && signature->words >= rules->exact_words;
    gboolean long_enough = signature->letters >= rules->near_letters && rules->similarity <= 1;
    guint64 hash = telling ? signature->hash : 0;
    *similarity = 1;
    const Seen *found = key ? find_equal(duplicates, &duplicates->keys, key) : NULL;
    if (!found && hash)
        found = find_equal(duplicates, &duplicates->exact, hash);
    if (!found && long_enough)
        found = find_near(duplicates, signature->bins, similarity);
    if (found)
        return found->id;
    if (!key && !hash)
        return NULL;
    if (duplicates->n + 1 >= duplicates->room && duplicates->room <= duplicates->rules.capacity)
        make_room(duplicates, MIN(duplicates->room * 2, duplicates->rules.capacity + 1));
    duplicates->n++;
    Seen *seen = &duplicates->seen[duplicates->n % duplicates->room];
    forget(seen);
    *seen = (Seen){.hash = hash, .key = key, .id = g_strndup(id.data ? id.data : "", id.len)};
    if (long_enough)
        seen->bins = g_memdup2(signature->bins, VOC_SIGNATURE_BINS);
    index_all(duplicates, (guint32)duplicates->n);
    return NULL;
}
