/* voc weekly: what is new in the sources. */
#include <glob.h>
#include <sys/stat.h>

#include "read/pass-over.h"
#include "read/reader.h"
#include "weekly.h"

struct VocWeeklyReading {
    VocWeekly *weekly;
    GPtrArray *readers; /* VocReader, one a source */
    guint at;
};

static void
free_reader(gpointer reader)
{
    voc_reader_free(reader);
}

static void
file_free(gpointer data)
{
    VocWeeklyFile *file = data;
    g_free(file->path);
    g_free(file->key);
    g_free(file->reason);
    g_free(file);
}

/* A mail in a Maildir moves from new to cur and changes its name as it is read and answered; what it is known
 * by stays. */
static char *
key_of(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *box = g_path_get_dirname(folder);
    if (!voc_is_maildir(box))
        return g_strdup(path);
    g_autofree char *name = g_path_get_basename(path);
    char *flags = strstr(name, ":2,");
    if (flags)
        *flags = '\0';
    return g_strdup_printf("%s/*/%s", box, name);
}

/* What a run writes itself is no export, wherever it lies. */
static gboolean
is_ours(const VocConfig *config, const char *path)
{
    const char *const ours[] = {config->path, config->themes, config->actions, config->key};
    for (gsize i = 0; i < G_N_ELEMENTS(ours); i++)
        if (ours[i] && strcmp(path, ours[i]) == 0)
            return TRUE;
    gsize reports = strlen(config->reports), themes = strlen(config->themes), store = strlen(config->store);
    if (strncmp(path, config->themes, themes) == 0 && strcmp(path + themes, ".new") == 0)
        return TRUE;
    if (strncmp(path, config->reports, reports) == 0 && path[reports] == '/')
        return TRUE;
    return strncmp(path, config->store, store) == 0 &&
           (!path[store] || path[store] == '-' || strcmp(path + store, ".lock") == 0);
}

static gboolean
is_same(const VocReadFile *a, const VocReadFile *b)
{
    return a->size == b->size && a->mtime == b->mtime && a->inode == b->inode;
}

/* Whether to read the file: it is new or has changed. */
static gboolean
wanted(gpointer data, const char *path)
{
    VocWeekly *weekly = data;
    struct stat status;
    g_autoptr(GMutexLocker) locker = g_mutex_locker_new(&weekly->mutex);
    if (is_ours(weekly->config, path) || g_hash_table_contains(weekly->by_path, path))
        return FALSE;
    VocWeeklyFile *file = g_new0(VocWeeklyFile, 1);
    file->path = g_strdup(path);
    file->key = key_of(path);
    /* What cannot be looked at is left to the reader, which says why. */
    if (stat(path, &status) == 0)
        file->now =
            (VocReadFile){status.st_size, (gint64)status.st_mtim.tv_sec * 1000000000 + status.st_mtim.tv_nsec,
                          (gint64)status.st_ino, 0};
    const VocReadFile *known = g_hash_table_lookup(weekly->known, file->key);
    g_hash_table_insert(weekly->by_path, file->path, file);
    if (known && is_same(known, &file->now)) {
        weekly->unchanged++;
        g_hash_table_remove(weekly->by_path, file->path);
        file_free(file);
        return FALSE;
    }
    file->changed = known != NULL;
    g_ptr_array_add(weekly->files, file);
    return !weekly->dry;
}

/* The file by its name, or the archive in which it lies. */
static VocWeeklyFile *
find_file(VocWeekly *weekly, const char *path)
{
    VocWeeklyFile *file = g_hash_table_lookup(weekly->by_path, path);
    g_autofree char *at = g_strdup(path);
    for (char *cut; !file && (cut = strrchr(at, '/')) && cut > at;) {
        *cut = '\0';
        file = g_hash_table_lookup(weekly->by_path, at);
    }
    return file;
}

gboolean
voc_weekly_reject(void *data, const char *path, guint64 line, const char *reason, VocSlice raw,
                  GError **error)
{
    VocWeekly *weekly = data;
    g_mutex_lock(&weekly->mutex);
    VocWeeklyFile *file = find_file(weekly, path);
    if (reason && file) {
        file->now.rejected++;
        /* What is wrong with the whole file says more than what is wrong with a row. */
        if (line == 0 && !file->failed)
            g_clear_pointer(&file->reason, g_free);
        file->failed |= line == 0;
        if (!file->reason)
            file->reason =
                line ? g_strdup_printf("%" G_GUINT64_FORMAT ": %s", line, reason) : g_strdup(reason);
    } else if (reason) {
        g_ptr_array_add(weekly->notes, g_strdup_printf("%s: %s", path, reason));
    }
    g_mutex_unlock(&weekly->mutex);
    return voc_program_reject(weekly->program, path, line, reason, raw, error);
}

static void
on_note(gpointer data, const char *text)
{
    VocWeekly *weekly = data;
    g_mutex_lock(&weekly->mutex);
    g_ptr_array_add(weekly->notes, g_strdup(text));
    g_mutex_unlock(&weekly->mutex);
    voc_program_say(weekly->program, "%s", text);
}

/* The path, or what it stands for as a glob, in the order of names. */
static void
add_path(VocWeekly *weekly, const char *path, GPtrArray *paths)
{
    glob_t found = {0};
    if (!strpbrk(path, "*?[") || g_file_test(path, G_FILE_TEST_EXISTS)) {
        g_ptr_array_add(paths, g_strdup(path));
        return;
    }
    if (glob(path, 0, NULL, &found) == 0) {
        for (gsize i = 0; i < found.gl_pathc; i++)
            g_ptr_array_add(paths, g_strdup(found.gl_pathv[i]));
    } else {
        g_autofree char *note = g_strdup_printf(_("%s: no file is called so"), path);
        on_note(weekly, note);
    }
    globfree(&found);
}

static gboolean
add_source(VocWeeklyReading *reading, const VocConfigSource *source, GError **error)
{
    VocWeekly *weekly = reading->weekly;
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    for (char **path = source->paths; *path; path++)
        add_path(weekly, *path, paths);
    if (!paths->len)
        return TRUE;
    g_ptr_array_add(paths, NULL);
    VocReader *reader = voc_reader_new((const char *const *)paths->pdata, &source->read,
                                       voc_context_data_dir(weekly->program->context), error);
    if (!reader) {
        g_prefix_error(error, "[source %s] ", source->name);
        return FALSE;
    }
    voc_reader_set_note(reader, on_note, weekly);
    voc_reader_set_filter(reader, wanted, weekly);
    g_ptr_array_add(reading->readers, reader);
    return TRUE;
}

VocWeeklyReading *
voc_weekly_reading_new(VocWeekly *weekly, GError **error)
{
    VocWeeklyReading *reading = g_new0(VocWeeklyReading, 1);
    reading->weekly = weekly;
    reading->readers = g_ptr_array_new_with_free_func(free_reader);
    g_clear_pointer(&weekly->by_path, g_hash_table_unref);
    g_clear_pointer(&weekly->files, g_ptr_array_unref);
    g_clear_pointer(&weekly->notes, g_ptr_array_unref);
    weekly->files = g_ptr_array_new_with_free_func(file_free);
    weekly->by_path = g_hash_table_new(g_str_hash, g_str_equal);
    weekly->notes = g_ptr_array_new_with_free_func(g_free);
    if (!weekly->known)
        weekly->known = weekly->store ? voc_ledger_files(weekly->store, error)
                                      : g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    gboolean good = weekly->known != NULL;
    for (guint i = 0; i < weekly->config->sources->len && good; i++)
        good = add_source(reading, g_ptr_array_index(weekly->config->sources, i), error);
    if (!good)
        g_clear_pointer(&reading, voc_weekly_reading_free);
    return reading;
}

void
voc_weekly_reading_free(VocWeeklyReading *reading)
{
    if (!reading)
        return;
    g_ptr_array_unref(reading->readers);
    g_free(reading);
}

static gboolean
next(void *data, VocBlock *block)
{
    VocWeeklyReading *reading = data;
    for (; reading->at < reading->readers->len; reading->at++)
        if (voc_reader_next(g_ptr_array_index(reading->readers, reading->at), block))
            return TRUE;
    return FALSE;
}

VocSource
voc_weekly_reading_source(VocWeeklyReading *reading)
{
    return (VocSource){next, reading};
}
