/* An arena: memory that is given back all at once.
 *
 * A batch of records has one arena; what a stage allocates for a record lives
 * until the batch is written and voc_arena_reset() is called. */
#ifndef VOC_BASE_ARENA_H
#define VOC_BASE_ARENA_H

#include "base/slice.h"

G_BEGIN_DECLS

typedef struct VocArenaBlock VocArenaBlock;

typedef struct VocArena {
    VocArenaBlock *block; /* the block in use; older ones hang behind it */
    char *next;           /* first free byte of the block in use */
    char *end;
    gsize block_size;
    gsize held; /* bytes of all blocks */
} VocArena;

/* `block_size` is the size of the first block in bytes; 0 picks a default. */
void voc_arena_init(VocArena *arena, gsize block_size);

/* Gives everything back to the system; the arena may be used again. */
void voc_arena_clear(VocArena *arena);

/* Forgets every allocation but keeps one block, so that a reused arena settles. */
void voc_arena_reset(VocArena *arena);

/* Bytes that the arena holds of the system, used or not. */
static inline gsize
voc_arena_size(const VocArena *arena)
{
    return arena->held;
}

/* `size` bytes aligned for any type, not zeroed; never NULL (aborts as g_malloc does). */
void *voc_arena_alloc(VocArena *arena, gsize size);

/* The same on an address that is a multiple of `alignment`, a power of two. */
void *voc_arena_alloc_aligned(VocArena *arena, gsize size, gsize alignment);

/* `size` bytes, zeroed. */
void *voc_arena_alloc0(VocArena *arena, gsize size);

/* Bytes without alignment or NUL. */
VocSlice voc_arena_copy(VocArena *arena, VocSlice slice);

/* A NUL-terminated copy. */
char *voc_arena_string(VocArena *arena, VocSlice slice);

/* `a` followed by `b`. */
VocSlice voc_arena_concat(VocArena *arena, VocSlice a, VocSlice b);

/* Shrinks the arena's last allocation (at `at`, of `old_size`) to `new_size` bytes. */
void voc_arena_trim(VocArena *arena, void *at, gsize old_size, gsize new_size);

#define voc_arena_new(arena, type) ((type *)voc_arena_alloc0((arena), sizeof(type)))
#define voc_arena_new_array(arena, type, n) ((type *)voc_arena_alloc0((arena), sizeof(type) * (gsize)(n)))

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VocArena, voc_arena_clear)

G_END_DECLS

#endif
