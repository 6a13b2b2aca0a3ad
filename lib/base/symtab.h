/* A symbol table: strings get numbers, counted from 1, and are found again fast. */
#ifndef VOC_BASE_SYMTAB_H
#define VOC_BASE_SYMTAB_H

#include "base/arena.h"

G_BEGIN_DECLS

typedef struct VocSymtab {
    guint32 *slots; /* numbers; 0 is empty */
    guint32 *tags;  /* the upper half of each slot's hash */
    guint32 mask;
    guint32 n;
    guint32 capacity;
    VocSlice *names; /* by number; [0] is empty */
    VocArena arena;
} VocSymtab;

void voc_symtab_init(VocSymtab *table);
void voc_symtab_clear(VocSymtab *table);

/* The number of `name`, which is copied at first sight. */
guint32 voc_symtab_intern(VocSymtab *table, VocSlice name);

/* Its number, or 0 when it is not there. Any number of threads may look up while nobody interns. */
guint32 voc_symtab_find(const VocSymtab *table, VocSlice name);

/* The name of a number that the table gave; lives as long as the table. */
static inline VocSlice
voc_symtab_name(const VocSymtab *table, guint32 number)
{
    return table->names[number];
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VocSymtab, voc_symtab_clear)

G_END_DECLS

#endif
