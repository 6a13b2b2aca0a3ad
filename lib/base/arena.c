#include "base/arena.h"

#include <stdlib.h>
#include <sys/mman.h>

#define DEFAULT_BLOCK ((gsize)64 * 1024)
#define ALIGNMENT ((gsize)8)

struct VocArenaBlock {
    VocArenaBlock *older;
    gsize size;
};

/* The payload begins on an aligned address behind the header. */
#define HEADER ((sizeof(VocArenaBlock) + ALIGNMENT - 1) & ~(ALIGNMENT - 1))

void
voc_arena_init(VocArena *arena, gsize block_size)
{
    *arena = (VocArena){.block_size = block_size ? block_size : DEFAULT_BLOCK};
}

static void
free_older(VocArenaBlock *block)
{
    while (block) {
        VocArenaBlock *older = block->older;
        free(block);
        block = older;
    }
}

void
voc_arena_clear(VocArena *arena)
{
    free_older(arena->block);
    arena->block = NULL;
    arena->next = arena->end = NULL;
    arena->held = 0;
}

void
voc_arena_reset(VocArena *arena)
{
    if (!arena->block)
        return;
    /* A block grown for one huge record is not kept for ever. */
    if (arena->block->size > 16 * arena->block_size) {
        voc_arena_clear(arena);
        return;
    }
    free_older(arena->block->older);
    arena->block->older = NULL;
    arena->held = arena->block->size;
    arena->next = (char *)arena->block + HEADER;
}

/* Large blocks stand on large pages where the system has them: an arena that is read all over, as the word
 * table's is, would else miss the processor's page table as often as its caches. */
#define LARGE_PAGE ((gsize)2 * 1024 * 1024)

static VocArenaBlock *
allocate(gsize size)
{
    void *block;
    if (size < LARGE_PAGE)
        return g_malloc(size); /* which is malloc(): free() takes both */
    if (posix_memalign(&block, LARGE_PAGE, size) != 0)
        g_error("out of memory: %" G_GSIZE_FORMAT " bytes", size);
    madvise(block, size / LARGE_PAGE * LARGE_PAGE, MADV_HUGEPAGE);
    return block;
}

static void
add_block(VocArena *arena, gsize size)
{
    gsize usual = arena->block ? MIN(arena->block->size * 2, 16 * arena->block_size) : arena->block_size;
    gsize payload = MAX(usual, size + ALIGNMENT);
    VocArenaBlock *block = allocate(HEADER + payload);
    block->older = arena->block;
    block->size = payload;
    arena->held += payload;
    arena->block = block;
    arena->next = (char *)block + HEADER;
    arena->end = arena->next + payload;
}

static char *
take(VocArena *arena, gsize size)
{
    if ((gsize)(arena->end - arena->next) < size)
        add_block(arena, size);
    char *at = arena->next;
    arena->next += size;
    return at;
}

void *
voc_arena_alloc_aligned(VocArena *arena, gsize size, gsize alignment)
{
    gsize skip = (alignment - ((gsize)(guintptr)arena->next & (alignment - 1))) & (alignment - 1);
    if ((gsize)(arena->end - arena->next) < skip + size) {
        add_block(arena, size + alignment);
        skip = (alignment - ((gsize)(guintptr)arena->next & (alignment - 1))) & (alignment - 1);
    }
    arena->next += skip;
    return take(arena, size);
}

void *
voc_arena_alloc(VocArena *arena, gsize size)
{
    return voc_arena_alloc_aligned(arena, MAX(size, 1), ALIGNMENT);
}

void *
voc_arena_alloc0(VocArena *arena, gsize size)
{
    return memset(voc_arena_alloc(arena, size), 0, size);
}

VocSlice
voc_arena_copy(VocArena *arena, VocSlice slice)
{
    if (!slice.len)
        return (VocSlice){"", 0};
    char *at = take(arena, slice.len);
    memcpy(at, slice.data, slice.len);
    return voc_slice_of(at, slice.len);
}

char *
voc_arena_string(VocArena *arena, VocSlice slice)
{
    char *at = take(arena, slice.len + 1);
    if (slice.len)
        memcpy(at, slice.data, slice.len);
    at[slice.len] = '\0';
    return at;
}

VocSlice
voc_arena_concat(VocArena *arena, VocSlice a, VocSlice b)
{
    char *at = take(arena, a.len + b.len + 1);
    if (a.len)
        memcpy(at, a.data, a.len);
    if (b.len)
        memcpy(at + a.len, b.data, b.len);
    return voc_slice_of(at, a.len + b.len);
}

void
voc_arena_trim(VocArena *arena, void *at, gsize old_size, gsize new_size)
{
    if ((char *)at + old_size == arena->next && new_size <= old_size)
        arena->next = (char *)at + new_size;
}
