/* Where the program lies, and with it its data and translations. */
#include "filter.h"

static char *
program_dir(void)
{
    g_autofree char *path = g_file_read_link("/proc/self/exe", NULL);
    return path ? g_path_get_dirname(path) : g_strdup("/usr/bin");
}

char *
voc_data_dir(void)
{
    const char *chosen = g_getenv("VOC_DATADIR");
    if (chosen && *chosen)
        return g_strdup(chosen);
    g_autofree char *bin = program_dir();
    g_autofree char *beside = g_build_filename(bin, "..", "share", "voc", NULL);
    return g_canonicalize_filename(beside, NULL);
}
