#include "io/output.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/buffer.h"

#define FLUSH_AT ((gsize)256 * 1024)

struct VocOutput {
    int fd;
    char *name;
    char *path;      /* of a created file, else NULL */
    char *temporary; /* its name until it is closed */
    VocBuffer waiting;
    gboolean packed;
    z_stream z;
    int failed; /* errno of the first failure */
};

VocOutput *
voc_output_new(int fd, const char *name, gboolean packed)
{
    VocOutput *output = g_new0(VocOutput, 1);
    output->fd = fd;
    output->name = g_strdup(name);
    output->packed = packed;
    if (packed && deflateInit2(&output->z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        output->failed = ENOMEM;
    return output;
}

/* Our own standard output and errors under their names keep their place in the file; -1 for other paths. */
static int
standard_descriptor(const char *path)
{
    if (strcmp(path, "/dev/stdout") == 0)
        return fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    if (strcmp(path, "/dev/stderr") == 0)
        return fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    return -1;
}

/* Renaming over a device, a pipe, or a name that stands for a descriptor would be absurd. */
static gboolean
is_special(const char *path)
{
    struct stat status;
    return g_str_has_prefix(path, "/dev/") || g_str_has_prefix(path, "/proc/") ||
           (stat(path, &status) == 0 && !S_ISREG(status.st_mode));
}

/* Opens a file beside `path` that will take its place: one of a name of its own, or, for who is `alone`,
 * always the same. */
static int
open_beside(const char *path, gboolean alone, char **temporary)
{
    if (!alone) {
        *temporary = g_strdup_printf("%s.XXXXXX", path);
        return g_mkstemp_full(*temporary, O_WRONLY | O_CLOEXEC, 0600);
    }
    *temporary = g_strconcat(path, ".new", NULL);
    if (unlink(*temporary) != 0 && errno != ENOENT)
        return -1;
    return open(*temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

static VocOutput *
create(const char *path, gboolean packed, gboolean alone, GError **error)
{
    g_autofree char *temporary = NULL;
    /* A symbolic link stays, what it points to is replaced. */
    char *target = realpath(path, NULL);
    int fd = standard_descriptor(path);
    if (fd < 0 && is_special(path)) {
        fd = open(path, O_WRONLY | O_CLOEXEC);
    } else if (fd < 0) {
        fd = open_beside(target ? target : path, alone, &temporary);
    }
    if (fd < 0) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s: %s", path, g_strerror(errno));
        free(target);
        return NULL;
    }
    VocOutput *output = voc_output_new(fd, path, packed);
    output->path = g_strdup(target ? target : path);
    output->temporary = g_steal_pointer(&temporary);
    free(target);
    return output;
}

VocOutput *
voc_output_create(const char *path, gboolean packed, GError **error)
{
    return create(path, packed, FALSE, error);
}

VocOutput *
voc_output_create_alone(const char *path, GError **error)
{
    return create(path, FALSE, TRUE, error);
}

static gboolean
fail(VocOutput *output, int problem, GError **error)
{
    if (!output->failed)
        output->failed = problem;
    VocErrorCode code = output->failed == EPIPE ? VOC_ERROR_CLOSED : VOC_ERROR_FATAL;
    g_set_error(error, VOC_ERROR, code, "%s: %s", output->name, g_strerror(output->failed));
    return FALSE;
}

static gboolean
write_all(VocOutput *output, const char *data, gsize len, GError **error)
{
    while (len > 0) {
        gssize n = write(output->fd, data, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail(output, n < 0 ? errno : EIO, error);
        data += n;
        len -= (gsize)n;
    }
    return TRUE;
}

static gboolean
pack(VocOutput *output, VocSlice bytes, int flush, GError **error)
{
    char packed[32 * 1024];
    output->z.next_in = (Bytef *)(guintptr)bytes.data;
    output->z.avail_in = (uInt)bytes.len;
    do {
        output->z.next_out = (Bytef *)packed;
        output->z.avail_out = sizeof packed;
        deflate(&output->z, flush);
        if (!write_all(output, packed, sizeof packed - output->z.avail_out, error))
            return FALSE;
    } while (output->z.avail_out == 0);
    return TRUE;
}

static gboolean
write_waiting(VocOutput *output, int flush, GError **error)
{
    if (output->failed)
        return fail(output, output->failed, error);
    VocSlice waiting = voc_buffer_slice(&output->waiting);
    gboolean good = output->packed ? pack(output, waiting, flush, error)
                                   : write_all(output, waiting.data, waiting.len, error);
    voc_buffer_reset(&output->waiting);
    return good;
}

gboolean
voc_output_write(VocOutput *output, VocSlice bytes, GError **error)
{
    if (output->failed)
        return fail(output, output->failed, error);
    /* A large piece behind an empty buffer needs no copy. */
    if (output->waiting.len == 0 && bytes.len >= FLUSH_AT && !output->packed)
        return write_all(output, bytes.data, bytes.len, error);
    voc_buffer_add_slice(&output->waiting, bytes);
    return output->waiting.len < FLUSH_AT || write_waiting(output, Z_NO_FLUSH, error);
}

gboolean
voc_output_flush(VocOutput *output, GError **error)
{
    return write_waiting(output, Z_SYNC_FLUSH, error);
}

/* A created file gets the mode that open() would have given it, reaches the disk, and takes its name. */
static gboolean
put_in_place(VocOutput *output, GError **error)
{
    mode_t mask = umask(0);
    umask(mask);
    if (fchmod(output->fd, 0666 & ~mask) != 0 || fsync(output->fd) != 0 ||
        g_rename(output->temporary, output->path) != 0)
        return fail(output, errno, error);
    g_clear_pointer(&output->temporary, g_free);
    return TRUE;
}

gboolean
voc_output_close(VocOutput *output, GError **error)
{
    if (!write_waiting(output, Z_FINISH, error))
        return FALSE;
    if (output->temporary && !put_in_place(output, error))
        return FALSE;
    /* close() tells of a full disk on some file systems, and of a descriptor that never was open. */
    int problem = close(output->fd) != 0 && errno != EINTR ? errno : 0;
    output->fd = -1;
    return problem ? fail(output, problem, error) : TRUE;
}

void
voc_output_free(VocOutput *output)
{
    if (!output)
        return;
    if (output->path && output->fd >= 0)
        close(output->fd);
    if (output->temporary)
        g_unlink(output->temporary);
    if (output->packed)
        deflateEnd(&output->z);
    voc_buffer_clear(&output->waiting);
    g_free(output->temporary);
    g_free(output->path);
    g_free(output->name);
    g_free(output);
}
