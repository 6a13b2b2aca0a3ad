#include "base/symtab.h"

#define FIRST_SLOTS 256u

void
voc_symtab_init(VocSymtab *table)
{
    *table = (VocSymtab){.mask = FIRST_SLOTS - 1, .capacity = FIRST_SLOTS / 2};
    table->slots = g_new0(guint32, FIRST_SLOTS);
    table->tags = g_new0(guint32, FIRST_SLOTS);
    table->names = g_new0(VocSlice, table->capacity + 1);
    voc_arena_init(&table->arena, 0);
}

void
voc_symtab_clear(VocSymtab *table)
{
    g_free(table->slots);
    g_free(table->tags);
    g_free(table->names);
    voc_arena_clear(&table->arena);
    *table = (VocSymtab){0};
}

/* Eight bytes a step, each multiplied to 128 bits and folded. */
static guint64
hash_name(VocSlice name)
{
    guint64 hash = 0x2545F4914F6CDD1Du ^ name.len;
    while (name.len > 0) {
        guint64 word = 0;
        gsize step = MIN(name.len, 8);
        memcpy(&word, name.data, step);
        __uint128_t product = (__uint128_t)(hash ^ word) * 0x9E3779B97F4A7C15u;
        hash = (guint64)product ^ (guint64)(product >> 64);
        name = voc_slice_of(name.data + step, name.len - step);
    }
    return hash;
}

/* The slot that holds `name`, or the empty one where it belongs. */
static guint32
find_slot(const VocSymtab *table, VocSlice name, guint64 hash)
{
    guint32 tag = (guint32)(hash >> 32);
    guint32 at = (guint32)hash & table->mask;
    while (table->slots[at] &&
           (table->tags[at] != tag || !voc_slice_equal(table->names[table->slots[at]], name)))
        at = (at + 1) & table->mask;
    return at;
}

static void
grow(VocSymtab *table)
{
    guint32 slots = (table->mask + 1) * 2;
    g_free(table->slots);
    g_free(table->tags);
    table->slots = g_new0(guint32, slots);
    table->tags = g_new0(guint32, slots);
    table->mask = slots - 1;
    table->capacity = slots / 2;
    table->names = g_renew(VocSlice, table->names, table->capacity + 1);
    for (guint32 number = 1; number <= table->n; number++) {
        guint64 hash = hash_name(table->names[number]);
        guint32 at = find_slot(table, table->names[number], hash);
        table->slots[at] = number;
        table->tags[at] = (guint32)(hash >> 32);
    }
}

guint32
voc_symtab_intern(VocSymtab *table, VocSlice name)
{
    guint64 hash = hash_name(name);
    guint32 at = find_slot(table, name, hash);
    if (table->slots[at])
        return table->slots[at];
    if (table->n == table->capacity) {
        grow(table);
        at = find_slot(table, name, hash);
    }
    table->names[++table->n] = voc_arena_copy(&table->arena, name);
    table->slots[at] = table->n;
    table->tags[at] = (guint32)(hash >> 32);
    return table->n;
}

guint32
voc_symtab_find(const VocSymtab *table, VocSlice name)
{
    return table->n ? table->slots[find_slot(table, name, hash_name(name))] : 0;
}
