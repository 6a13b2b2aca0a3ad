#include "read/walk.h"

#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "read/pass-over.h"

struct VocWalk {
    GPtrArray *stack; /* of char *: what is left, the next one last */
    guint n_given;    /* how many of them, from the first on, were given */
    gboolean found;   /* the last path was found in a folder */
    guint64 size;
};

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)b, *(const char *const *)a);
}

VocWalk *
voc_walk_new(const char *const *paths)
{
    VocWalk *walk = g_new0(VocWalk, 1);
    guint n = g_strv_length((char **)paths);
    gboolean known = TRUE;

    walk->stack = g_ptr_array_new_with_free_func(g_free);
    for (guint i = n; i-- > 0;) {
        struct stat status;

        g_ptr_array_add(walk->stack, g_strdup(paths[i]));
        if (stat(paths[i], &status) == 0 && S_ISREG(status.st_mode))
            walk->size += (guint64)status.st_size;
        else
            known = FALSE;
    }
    if (!known)
        walk->size = 0;
    walk->n_given = n;
    return walk;
}

void
voc_walk_free(VocWalk *walk)
{
    if (!walk)
        return;
    g_ptr_array_unref(walk->stack);
    g_free(walk);
}

guint64
voc_walk_size(const VocWalk *walk)
{
    return walk->size;
}

/* Puts what the folder holds on the stack; FALSE and an error when it cannot be read. */
static gboolean
open_folder(VocWalk *walk, const char *path, GError **error)
{
    g_autoptr(GError) problem = NULL;
    g_autoptr(GDir) folder = g_dir_open(path, 0, &problem);
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const char *name;

    if (!folder) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "%s", problem->message);
        return FALSE;
    }
    while ((name = g_dir_read_name(folder)))
        g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *one = g_ptr_array_index(names, i);
        g_autofree char *whole = g_build_filename(path, one, NULL);
        struct stat link, target;

        if (lstat(whole, &link) != 0 || stat(whole, &target) != 0)
            continue; /* gone, or a link to nowhere */
        if ((S_ISREG(target.st_mode) || S_ISDIR(link.st_mode)) &&
            !voc_pass_over(path, one, S_ISDIR(link.st_mode)))
            g_ptr_array_add(walk->stack, g_steal_pointer(&whole));
    }
    return TRUE;
}

gboolean
voc_walk_found(const VocWalk *walk)
{
    return walk->found;
}

char *
voc_walk_next(VocWalk *walk, GError **error)
{
    while (walk->stack->len) {
        g_autofree char *path = g_ptr_array_steal_index(walk->stack, walk->stack->len - 1);
        struct stat status;

        walk->found = walk->stack->len >= walk->n_given;
        walk->n_given = MIN(walk->n_given, walk->stack->len);
        if (strcmp(path, "-") == 0 || stat(path, &status) != 0 || !S_ISDIR(status.st_mode))
            return g_steal_pointer(&path);
        if (!open_folder(walk, path, error))
            return g_steal_pointer(&path);
    }
    return NULL;
}
