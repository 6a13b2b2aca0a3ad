/* Replays corpora through a fuzz target: every file of the folders that are given, in the order of their
 * names. */
#include "fuzz.h"

#include <glib.h>
#include <stdio.h>

static int
compare_names(gconstpointer a, gconstpointer b)
{
    return g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

static guint
replay(const char *path)
{
    g_autoptr(GDir) folder = g_dir_open(path, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    const char *name;

    while (folder && (name = g_dir_read_name(folder)))
        g_ptr_array_add(names, g_build_filename(path, name, NULL));
    g_ptr_array_sort(names, compare_names);
    for (guint i = 0; i < names->len; i++) {
        g_autofree char *data = NULL;
        gsize size;

        if (!g_file_get_contents(g_ptr_array_index(names, i), &data, &size, NULL))
            g_error("cannot read %s", (char *)g_ptr_array_index(names, i));
        /* A copy of its own size, so that a sanitizer sees a read behind it. */
        g_autofree uint8_t *copy = g_memdup2(data, MAX(size, 1));
        LLVMFuzzerTestOneInput(copy, size);
    }
    return names->len;
}

int
main(int argc, char **argv)
{
    guint n = 0;

    for (int i = 1; i < argc; i++)
        n += replay(argv[i]);
    LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    printf("%u inputs\n", n);
    return n ? 0 : 1;
}
