/* Files below paths, in the order of their names. */
#ifndef VOC_READ_WALK_H
#define VOC_READ_WALK_H

#include <glib.h>

G_BEGIN_DECLS

typedef struct VocWalk VocWalk;

/* `paths` is NULL-terminated and copied. */
VocWalk *voc_walk_new(const char *const *paths);
void voc_walk_free(VocWalk *walk); /* NULL is fine */

/* The next file, free it; NULL at the end. A path that was given is returned whatever it is, "-" too, unless
 * it is a folder; below a folder only regular files are, those left out that voc_pass_over names, and links
 * to folders are not followed. A folder that cannot be read gives its path and an error. */
char *voc_walk_next(VocWalk *walk, GError **error);

/* Whether the last path was found in a folder that was given, not given itself. */
gboolean voc_walk_found(const VocWalk *walk);

/* The size of all regular files that were given, 0 as soon as one is something else. */
guint64 voc_walk_size(const VocWalk *walk);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocWalk, voc_walk_free)

G_END_DECLS

#endif
