#include "stage/sample.h"

/* --- numbers --- */

static guint64
mix(guint64 z)
{
    /* SplitMix64's last step (Steele, Lea, Flood 2014). */
    z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

/* The record's number, of 64 bits. */
static guint64
number_of(guint64 seed, const VocRecord *record, guint64 place)
{
    VocSlice id = voc_record_string(record, VOC_KEY_ID);
    guint64 hash = mix(seed + G_GUINT64_CONSTANT(0x9e3779b97f4a7c15));
    if (!id.len)
        return mix(hash ^ mix(place + 1));
    for (gsize i = 0; i < id.len; i++) /* FNV-1a's step */
        hash = (hash ^ (guchar)id.data[i]) * G_GUINT64_CONSTANT(0x100000001b3);
    return mix(hash);
}

/* --- each with a chance --- */

typedef struct SampleStage {
    VocStage base;
    VocSampleSettings settings;
    guint64 place;
} SampleStage;

static VocVerdict
decide(VocStage *data, VocRecord *record, const char **reason)
{
    SampleStage *stage = (SampleStage *)data;
    (void)reason;
    double number =
        (double)(number_of(stage->settings.seed, record, stage->place++) >> 11) / 9007199254740992.0;
    return number < stage->settings.rate ? VOC_KEEP : VOC_DROP;
}

static void
stage_free(VocStage *stage)
{
    g_free(stage);
}

static const VocStageOps OPS = {.name = "sample", .ordered = decide, .free = stage_free};

VocStage *
voc_stage_sample_new(const VocSampleSettings *settings)
{
    SampleStage *stage = g_new0(SampleStage, 1);
    stage->base.ops = &OPS;
    stage->settings = *settings;
    return &stage->base;
}

/* --- so many --- */

typedef struct Item {
    guint64 number, place;
    VocSlice line; /* owned */
} Item;

/* A heap with the largest number on top. */
typedef struct Stratum {
    GArray *items;
} Stratum;

struct VocSample {
    const VocSampleSettings *settings;
    GHashTable *strata; /* char to Stratum */
    guint64 place;
    VocBuffer line;
};

static void
stratum_free(gpointer data)
{
    Stratum *stratum = data;
    for (guint i = 0; i < stratum->items->len; i++)
        g_free((char *)g_array_index(stratum->items, Item, i).line.data);
    g_array_unref(stratum->items);
    g_free(stratum);
}

VocSample *
voc_sample_new(const VocSampleSettings *settings)
{
    VocSample *sample = g_new0(VocSample, 1);
    sample->settings = settings;
    sample->strata = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, stratum_free);
    return sample;
}

void
voc_sample_free(VocSample *sample)
{
    if (!sample)
        return;
    g_hash_table_unref(sample->strata);
    voc_buffer_clear(&sample->line);
    g_free(sample);
}

static gboolean
is_larger(const Item *a, const Item *b)
{
    return a->number != b->number ? a->number > b->number : a->place > b->place;
}

static void
swap(Item *a, Item *b)
{
    Item kept = *a;
    *a = *b;
    *b = kept;
}

static void
rise(GArray *items, guint at)
{
    Item *all = (Item *)(gpointer)items->data;
    for (; at && is_larger(&all[at], &all[(at - 1) / 2]); at = (at - 1) / 2)
        swap(&all[at], &all[(at - 1) / 2]);
}

static void
sink(GArray *items)
{
    Item *all = (Item *)(gpointer)items->data;
    for (guint at = 0, child; (child = 2 * at + 1) < items->len; at = child) {
        if (child + 1 < items->len && is_larger(&all[child + 1], &all[child]))
            child++;
        if (!is_larger(&all[child], &all[at]))
            return;
        swap(&all[at], &all[child]);
    }
}

static Stratum *
find_stratum(VocSample *sample, const VocRecord *record, GError **error)
{
    const char *by = sample->settings->by;
    g_autofree char *name =
        voc_slice_dup(by ? voc_field_first(record, voc_slice_from_string(by)) : VOC_SLICE_NONE);
    Stratum *stratum = g_hash_table_lookup(sample->strata, name);
    if (stratum)
        return stratum;
    if (g_hash_table_size(sample->strata) == VOC_SAMPLE_STRATA) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                    "%s has more than %d values: too many to sample each of them", by, VOC_SAMPLE_STRATA);
        return NULL;
    }
    stratum = g_new0(Stratum, 1);
    stratum->items = g_array_new(FALSE, FALSE, sizeof(Item));
    g_hash_table_insert(sample->strata, g_steal_pointer(&name), stratum);
    return stratum;
}

static VocSlice
keep_line(VocSample *sample, const VocRecord *record)
{
    voc_buffer_reset(&sample->line);
    voc_record_write(record, &sample->line);
    return voc_slice_of(g_memdup2(sample->line.data, sample->line.len), sample->line.len);
}

gboolean
voc_sample_take(VocSample *sample, const VocRecord *record, GError **error)
{
    Stratum *stratum = find_stratum(sample, record, error);
    if (!stratum)
        return FALSE;
    Item item = {.place = sample->place};
    item.number = number_of(sample->settings->seed, record, sample->place++);
    if (stratum->items->len < sample->settings->n) {
        item.line = keep_line(sample, record);
        g_array_append_val(stratum->items, item);
        rise(stratum->items, stratum->items->len - 1);
        return TRUE;
    }
    Item *top = &g_array_index(stratum->items, Item, 0);
    if (!is_larger(top, &item))
        return TRUE;
    g_free((char *)top->line.data);
    item.line = keep_line(sample, record);
    *top = item;
    sink(stratum->items);
    return TRUE;
}

static int
compare_places(gconstpointer a, gconstpointer b)
{
    const Item *left = a, *right = b;
    return left->place < right->place ? -1 : left->place > right->place;
}

void
voc_sample_write(const VocSample *sample, VocBuffer *out)
{
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(Item));
    GHashTableIter iter;
    gpointer data;
    g_hash_table_iter_init(&iter, sample->strata);
    while (g_hash_table_iter_next(&iter, NULL, &data)) {
        const Stratum *stratum = data;
        if (stratum->items->len)
            g_array_append_vals(all, stratum->items->data, stratum->items->len);
    }
    g_array_sort(all, compare_places);
    for (guint i = 0; i < all->len; i++)
        voc_buffer_add_slice(out, g_array_index(all, Item, i).line);
}
