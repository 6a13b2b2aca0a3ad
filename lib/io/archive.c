#include "io/archive.h"

#include <archive.h>
#include <archive_entry.h>
#include <sys/stat.h>

#define BLOCK ((gsize)64 << 10)

/* What an archive and those in it may still give. */
typedef struct Budget {
    gint refs;
    guint64 bytes, members;
} Budget;

struct VocArchive {
    struct archive *handle;
    char *path; /* NULL: in memory */
    GBytes *bytes;
    guint64 size;
    guint depth; /* from 1 */
    Budget *budget;
    GString *name;
    guint64 place;
    gboolean encrypted;
    gboolean ended;
};

static Budget *
budget_new(guint64 size)
{
    Budget *budget = g_new0(Budget, 1);

    budget->refs = 1;
    budget->members = VOC_ARCHIVE_MEMBERS;
    budget->bytes = MIN(VOC_ARCHIVE_TOTAL, MAX(VOC_ARCHIVE_FREE, size * VOC_ARCHIVE_RATIO));
    return budget;
}

static void
budget_unref(Budget *budget)
{
    if (budget && --budget->refs == 0)
        g_free(budget);
}

gboolean
voc_archive_begins(VocSlice bytes)
{
    return voc_slice_starts_with(bytes, VOC_SLICE("PK\003\004")) ||
           voc_slice_starts_with(bytes, VOC_SLICE("PK\005\006"));
}

static const char *
reason_of(struct archive *handle)
{
    const char *text = archive_error_string(handle);

    return text ? text : "it cannot be read";
}

/* Opens what `archive` names. Zip is all that is understood: fewer parsers, fewer surprises. */
static gboolean
open_handle(VocArchive *archive, GError **error)
{
    int result;

    archive->handle = archive_read_new();
    archive_read_support_format_zip(archive->handle);
    if (archive->path) {
        result = archive_read_open_filename(archive->handle, archive->path, BLOCK);
    } else {
        gsize size;
        const void *data = g_bytes_get_data(archive->bytes, &size);

        result = archive_read_open_memory(archive->handle, data, size);
    }
    if (result == ARCHIVE_OK)
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "broken zip archive: %s", reason_of(archive->handle));
    return FALSE;
}

VocArchive *
voc_archive_open(const char *path, GError **error)
{
    g_autoptr(VocArchive) archive = g_new0(VocArchive, 1);
    struct stat status;

    archive->path = g_strdup(path);
    archive->size = stat(path, &status) == 0 ? (guint64)status.st_size : 0;
    archive->depth = 1;
    archive->budget = budget_new(archive->size);
    archive->name = g_string_new(NULL);
    return open_handle(archive, error) ? g_steal_pointer(&archive) : NULL;
}

VocArchive *
voc_archive_open_bytes(VocBuffer *bytes, const VocArchive *outer, GError **error)
{
    g_autoptr(VocArchive) archive = g_new0(VocArchive, 1);

    archive->bytes = g_bytes_new_take(bytes->data, bytes->len);
    archive->size = bytes->len;
    *bytes = VOC_BUFFER_INIT;
    archive->depth = outer ? outer->depth + 1 : 1;
    archive->budget = outer ? outer->budget : budget_new(archive->size);
    archive->budget->refs += outer != NULL;
    archive->name = g_string_new(NULL);
    if (archive->depth > VOC_ARCHIVE_NESTING) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "an archive in %d others, not read",
                    VOC_ARCHIVE_NESTING);
        return NULL;
    }
    return open_handle(archive, error) ? g_steal_pointer(&archive) : NULL;
}

void
voc_archive_free(VocArchive *archive)
{
    if (!archive)
        return;
    if (archive->handle)
        archive_read_free(archive->handle);
    g_clear_pointer(&archive->bytes, g_bytes_unref);
    budget_unref(archive->budget);
    if (archive->name)
        g_string_free(archive->name, TRUE);
    g_free(archive->path);
    g_free(archive);
}

VocArchive *
voc_archive_again(const VocArchive *archive, GError **error)
{
    g_autoptr(VocArchive) again = g_new0(VocArchive, 1);

    again->path = g_strdup(archive->path);
    again->bytes = archive->bytes ? g_bytes_ref(archive->bytes) : NULL;
    again->size = archive->size;
    again->depth = archive->depth;
    again->budget = budget_new(archive->size);
    again->name = g_string_new(NULL);
    return open_handle(again, error) ? g_steal_pointer(&again) : NULL;
}

/* What nobody should find in a name: controls, marks that turn the direction of what is shown. */
static gboolean
is_deceptive(gunichar c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

static void
escape(GString *out, const char *bytes, gsize n)
{
    for (gsize i = 0; i < n; i++)
        g_string_append_printf(out, "\\x%02x", (guint)(guchar)bytes[i]);
}

/* A part of the name, between slashes. */
static void
add_part(GString *out, const char *part, gsize len)
{
    const char *end = part + len;

    if ((len == 1 || len == 2) && strncmp(part, "..", len) == 0) {
        escape(out, part, len);
        return;
    }
    while (part < end) {
        gunichar c = g_utf8_get_char_validated(part, end - part);
        gsize n = c == (gunichar)-1 || c == (gunichar)-2 ? 1 : (gsize)(g_utf8_next_char(part) - part);

        if (c == (gunichar)-1 || c == (gunichar)-2 || is_deceptive(c))
            escape(out, part, n);
        else
            g_string_append_len(out, part, (gssize)n);
        part += n;
    }
}

static void
set_name(VocArchive *archive, struct archive_entry *entry)
{
    const char *name = archive_entry_pathname_utf8(entry), *slash;
    g_autofree char *turned = NULL;

    if (!name)
        name = archive_entry_pathname(entry);
    g_string_truncate(archive->name, 0);
    if (!name || !*name)
        name = "(no name)";
    if (!strchr(name, '/') && strchr(name, '\\')) /* as some programs for Windows write them */
        name = turned = g_strdelimit(g_strdup(name), "\\", '/');
    if (*name == '/') {
        escape(archive->name, "/", 1);
        name++;
    }
    for (; (slash = strchr(name, '/')); name = slash + 1) {
        add_part(archive->name, name, (gsize)(slash - name));
        g_string_append_c(archive->name, '/');
    }
    add_part(archive->name, name, strlen(name));
}

gboolean
voc_archive_next(VocArchive *archive, GError **error)
{
    while (!archive->ended) {
        struct archive_entry *entry;
        int result = archive_read_next_header(archive->handle, &entry);

        if (result == ARCHIVE_RETRY)
            continue;
        if (result == ARCHIVE_EOF || result < ARCHIVE_WARN) {
            archive->ended = TRUE;
            if (result != ARCHIVE_EOF)
                g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "broken zip archive: %s",
                            reason_of(archive->handle));
            return FALSE;
        }
        if (archive->budget->members-- == 0) {
            archive->budget->members = 0;
            archive->ended = TRUE;
            g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT,
                        "more than %d files in the archive: the rest is not read", VOC_ARCHIVE_MEMBERS);
            return FALSE;
        }
        if (archive_entry_filetype(entry) != AE_IFREG)
            continue;
        set_name(archive, entry);
        archive->place++;
        archive->encrypted = archive_entry_is_data_encrypted(entry) > 0;
        return TRUE;
    }
    return FALSE;
}

const char *
voc_archive_name(const VocArchive *archive)
{
    return archive->name->str;
}

guint64
voc_archive_place(const VocArchive *archive)
{
    return archive->place;
}

gssize
voc_archive_read(VocArchive *archive, void *data, gsize size, GError **error)
{
    gssize n = 0;

    if (archive->encrypted) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "encrypted, so not read");
        return -1;
    }
    do
        n = archive_read_data(archive->handle, data, size);
    while (n == ARCHIVE_RETRY);
    if (n < 0) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "broken in its archive: %s",
                    reason_of(archive->handle));
        return -1;
    }
    if ((guint64)n > archive->budget->bytes) {
        archive->ended = TRUE;
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT,
                    "its archive unpacks to more than %d times its size, or %d GiB: the rest is not read",
                    VOC_ARCHIVE_RATIO, (int)(VOC_ARCHIVE_TOTAL >> 30));
        return -1;
    }
    archive->budget->bytes -= (guint64)n;
    return n;
}
