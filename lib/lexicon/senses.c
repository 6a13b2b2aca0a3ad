#include "lexicon/senses.h"

#include <stddef.h>

VocSenses *
voc_senses_new(void)
{
    VocSenses *senses = g_new0(VocSenses, 1);
    voc_symtab_init(&senses->found);
    senses->senses = g_ptr_array_new();
    voc_arena_init(&senses->arena, 64 * 1024);
    return senses;
}

void
voc_senses_free(VocSenses *senses)
{
    if (!senses)
        return;
    voc_symtab_clear(&senses->found);
    g_ptr_array_unref(senses->senses);
    voc_arena_clear(&senses->arena);
    g_free(senses);
}

const VocSense *
voc_senses_find(VocSenses *senses, const VocFound *found)
{
    guint32 number = voc_symtab_intern(&senses->found, voc_slice_of((const char *)found, sizeof *found));
    return number <= senses->senses->len ? g_ptr_array_index(senses->senses, number - 1) : NULL;
}

const VocSense *
voc_senses_keep(VocSenses *senses, const VocSense *sense, const VocSenseEntries *entries)
{
    gsize size = offsetof(VocSenseEntries, entry);
    if (sense->n_learned)
        size = offsetof(VocSenseEntries, learned) + sense->n_learned * sizeof entries->learned[0];
    else if (sense->effects)
        size = offsetof(VocSenseEntries, learned);
    VocSense *kept = voc_arena_alloc_aligned(&senses->arena, sizeof *kept + size, sizeof *kept);
    *kept = *sense;
    kept->entries = memcpy(kept + 1, entries, size);
    g_ptr_array_add(senses->senses, kept);
    return kept;
}
