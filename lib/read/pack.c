#include "read/pack.h"

#include <string.h>

#include "read/pass-over.h"

#define HELD ((gsize)32 << 20) /* bytes of a file that are kept while it is read */
#define PIECE ((gsize)128 << 10)
#define LOOK_AT 50 /* files by whose names a document of an office program is told */

typedef struct Level {
    VocArchive *archive;
    char *path;
} Level;

struct VocPack {
    GArray *levels; /* of Level, the outermost first */
};

struct VocPacked {
    VocArchive *archive; /* the pack's */
    char *archive_path;
    char *path;
    char *name; /* in the archive */
    guint64 place;
    VocBuffer held; /* its beginning */
    GError *error;  /* what comes behind that */
    gboolean whole; /* the beginning is all there is */
    gboolean begun; /* what comes behind has been asked for */
};

static void
clear_level(gpointer data)
{
    Level *level = data;

    voc_archive_free(level->archive);
    g_free(level->path);
}

VocPack *
voc_pack_new(void)
{
    VocPack *pack = g_new0(VocPack, 1);

    pack->levels = g_array_new(FALSE, FALSE, sizeof(Level));
    g_array_set_clear_func(pack->levels, clear_level);
    return pack;
}

void
voc_pack_free(VocPack *pack)
{
    if (!pack)
        return;
    g_array_unref(pack->levels);
    g_free(pack);
}

gboolean
voc_pack_is_open(const VocPack *pack)
{
    return pack->levels->len > 0;
}

/* Workbooks and documents are archives too, of parts that nobody wants one by one. */
static gboolean
is_document(const VocArchive *archive)
{
    g_autoptr(VocArchive) again = voc_archive_again(archive, NULL);

    for (int i = 0; again && i < LOOK_AT && voc_archive_next(again, NULL); i++)
        if (strcmp(voc_archive_name(again), "[Content_Types].xml") == 0 ||
            (i == 0 && strcmp(voc_archive_name(again), "mimetype") == 0))
            return TRUE;
    return FALSE;
}

gboolean
voc_pack_enter(VocPack *pack, const char *path, VocBuffer *bytes, GError **error)
{
    const VocArchive *outer =
        pack->levels->len ? g_array_index(pack->levels, Level, pack->levels->len - 1).archive : NULL;
    Level level = {bytes ? voc_archive_open_bytes(bytes, outer, error) : voc_archive_open(path, error),
                   g_strdup(path)};

    if (level.archive && is_document(level.archive)) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT,
                    "a document of an office program, so not read; save its sheet as CSV");
        g_clear_pointer(&level.archive, voc_archive_free);
    }
    if (!level.archive) {
        clear_level(&level);
        return FALSE;
    }
    g_array_append_val(pack->levels, level);
    return TRUE;
}

/* Reads until `max` bytes are held or the file ends; what breaks it off stays in `*error`. Returns whether it
 * has ended well. */
static gboolean
fill(VocArchive *archive, gsize max, VocBuffer *out, GError **error)
{
    gssize n = 1;

    while (n > 0 && out->len < max) {
        n = voc_archive_read(archive, voc_buffer_reserve(out, PIECE), PIECE, error);
        out->len += (gsize)MAX(n, 0);
    }
    return n == 0;
}

VocPacked *
voc_pack_next(VocPack *pack, char **path, GError **error)
{
    *path = NULL;
    while (pack->levels->len) {
        Level *level = &g_array_index(pack->levels, Level, pack->levels->len - 1);
        g_autoptr(GError) problem = NULL;

        while (voc_archive_next(level->archive, &problem)) {
            const char *name = voc_archive_name(level->archive);
            VocPacked *packed;

            if (voc_pass_over_packed(name))
                continue;
            packed = g_new0(VocPacked, 1);
            packed->archive = level->archive;
            packed->archive_path = g_strdup(level->path);
            packed->name = g_strdup(name);
            packed->path = g_strconcat(level->path, "/", name, NULL);
            packed->place = voc_archive_place(level->archive);
            packed->whole = fill(level->archive, HELD, &packed->held, &packed->error);
            return packed;
        }
        if (problem) {
            *path = g_strdup(level->path);
            g_propagate_error(error, g_steal_pointer(&problem));
        }
        g_array_set_size(pack->levels, pack->levels->len - 1);
        if (*path)
            return NULL;
    }
    return NULL;
}

const char *
voc_packed_path(const VocPacked *packed)
{
    return packed->path;
}

const char *
voc_packed_archive(const VocPacked *packed)
{
    return packed->archive_path;
}

void
voc_packed_free(VocPacked *packed)
{
    if (!packed)
        return;
    voc_buffer_clear(&packed->held);
    g_clear_error(&packed->error);
    g_free(packed->archive_path);
    g_free(packed->path);
    g_free(packed->name);
    g_free(packed);
}

/* What reads a file: its beginning from memory, then the archive. */
typedef struct Source {
    VocPacked *packed;
    gsize taken;
    VocArchive *archive; /* where to read on; NULL: nowhere */
    VocArchive *own;     /* freed with the source */
} Source;

static void
free_source(gpointer data)
{
    Source *source = data;

    voc_archive_free(source->own);
    g_free(source);
}

static gssize
read_source(gpointer data, void *bytes, gsize size, GError **error)
{
    Source *source = data;
    const VocPacked *packed = source->packed;

    if (!source->own && source->taken < packed->held.len) {
        gsize n = MIN(size, packed->held.len - source->taken);

        memcpy(bytes, packed->held.data + source->taken, n);
        source->taken += n;
        return (gssize)n;
    }
    if (packed->error) {
        g_propagate_error(error, g_error_copy(packed->error));
        return -1;
    }
    return source->archive ? voc_archive_read(source->archive, bytes, size, error) : 0;
}

VocInput *
voc_packed_open(VocPacked *packed, GError **error)
{
    Source *source = g_new0(Source, 1);

    source->packed = packed;
    if (!packed->whole && !packed->error && packed->begun) {
        source->own = source->archive = voc_archive_again(packed->archive, error);
        while (source->own && voc_archive_place(source->own) < packed->place)
            if (!voc_archive_next(source->own, error))
                break;
        if (!source->own || voc_archive_place(source->own) != packed->place) {
            free_source(source);
            if (error && !*error)
                g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "gone from its archive");
            return NULL;
        }
    } else if (!packed->whole) {
        source->archive = packed->archive;
        packed->begun = TRUE;
    }
    return voc_input_new(packed->path, read_source, source, free_source);
}

gboolean
voc_packed_beside(const VocPacked *packed, const char *name, gsize max, VocBuffer *out)
{
    g_autoptr(VocArchive) archive = voc_archive_again(packed->archive, NULL);
    g_autofree char *folder = g_path_get_dirname(packed->name);
    g_autofree char *wanted = NULL;

    while (g_str_has_prefix(name, "../")) {
        char *up = g_path_get_dirname(folder);

        if (strcmp(folder, ".") == 0) {
            g_free(up);
            return FALSE;
        }
        g_free(folder);
        folder = up;
        name += 3;
    }
    wanted = strcmp(folder, ".") == 0 ? g_strdup(name) : g_strconcat(folder, "/", name, NULL);
    while (archive && voc_archive_next(archive, NULL)) {
        g_autoptr(GError) error = NULL;
        gsize start = out->len;

        if (strcmp(voc_archive_name(archive), wanted) != 0)
            continue;
        fill(archive, start + max, out, &error);
        out->len = MIN(out->len, start + max);
        return error == NULL;
    }
    return FALSE;
}

void
voc_packed_each(const VocPacked *packed, gsize max, gboolean (*func)(VocSlice bytes, gpointer data),
                gpointer data)
{
    g_autoptr(VocArchive) archive = voc_archive_again(packed->archive, NULL);
    g_auto(VocBuffer) bytes = VOC_BUFFER_INIT;

    while (archive && voc_archive_next(archive, NULL)) {
        if (voc_pass_over_packed(voc_archive_name(archive)))
            continue;
        voc_buffer_reset(&bytes);
        fill(archive, max, &bytes, NULL);
        if (!func(voc_slice_of(bytes.data, MIN(bytes.len, max)), data))
            return;
    }
}
