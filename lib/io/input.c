#include "io/input.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define RAW_SIZE ((gsize)128 * 1024)

struct VocInput {
    int fd; /* -1: `read` gives the bytes */
    gssize (*read)(gpointer data, void *bytes, gsize size, GError **error);
    gpointer data;
    GDestroyNotify destroy;
    char *name;
    guint64 taken;
    guint64 size;
    unsigned char *raw; /* bytes read and not yet given */
    gsize raw_start, raw_end;
    gboolean at_end; /* the descriptor is exhausted */
    gboolean sniffed;
    gboolean packed;    /* gzip */
    gboolean in_member; /* inside a gzip member */
    gboolean failed;
    z_stream z;
};

VocInput *
voc_input_open(const char *path, GError **error)
{
    gboolean is_stdin = strcmp(path, "-") == 0;
    int fd = is_stdin ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat status = {0};
    int problem = fd < 0 ? errno : fstat(fd, &status) != 0 ? errno : S_ISDIR(status.st_mode) ? EISDIR : 0;
    if (problem) {
        if (fd > STDIN_FILENO)
            close(fd);
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "%s", g_strerror(problem));
        return NULL;
    }
    VocInput *input = g_new0(VocInput, 1);
    input->fd = fd;
    input->name = g_strdup(is_stdin ? "(stdin)" : path);
    input->size = S_ISREG(status.st_mode) ? (guint64)status.st_size : 0;
    input->raw = g_malloc(RAW_SIZE);
    return input;
}

VocInput *
voc_input_new(const char *name, gssize (*read)(gpointer data, void *bytes, gsize size, GError **error),
              gpointer data, GDestroyNotify destroy)
{
    VocInput *input = g_new0(VocInput, 1);
    input->fd = -1;
    input->read = read;
    input->data = data;
    input->destroy = destroy;
    input->name = g_strdup(name);
    input->raw = g_malloc(RAW_SIZE);
    return input;
}

void
voc_input_free(VocInput *input)
{
    if (!input)
        return;
    if (input->packed)
        inflateEnd(&input->z);
    if (input->destroy)
        input->destroy(input->data);
    if (input->fd > STDIN_FILENO)
        close(input->fd);
    g_free(input->raw);
    g_free(input->name);
    g_free(input);
}

gboolean
voc_input_is_packed(const VocInput *input)
{
    return input->packed;
}

const char *
voc_input_name(const VocInput *input)
{
    return input->name;
}

guint64
voc_input_taken(const VocInput *input)
{
    return input->taken;
}

guint64
voc_input_size(const VocInput *input)
{
    return input->size;
}

static gssize
read_descriptor(VocInput *input, void *data, gsize size, GError **error)
{
    if (input->read) {
        gssize n = input->read(input->data, data, size, error);
        input->taken += (guint64)MAX(n, 0);
        input->at_end = n == 0;
        return n;
    }
    for (;;) {
        gssize n = read(input->fd, data, size);
        if (n >= 0) {
            input->taken += (guint64)n;
            input->at_end = n == 0;
            return n;
        }
        if (errno == EINTR)
            continue;
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "%s", g_strerror(errno));
        return -1;
    }
}

/* Reads more raw bytes behind those that wait; FALSE on failure. */
static gboolean
fill_raw(VocInput *input, GError **error)
{
    gsize waiting = input->raw_end - input->raw_start;
    if (input->raw_start > 0) {
        memmove(input->raw, input->raw + input->raw_start, waiting);
        input->raw_start = 0;
        input->raw_end = waiting;
    }
    if (input->at_end || waiting == RAW_SIZE)
        return TRUE;
    gssize n = read_descriptor(input, input->raw + waiting, RAW_SIZE - waiting, error);
    if (n < 0)
        return FALSE;
    input->raw_end += (gsize)n;
    return TRUE;
}

/* Waits until two raw bytes, a gzip magic's length, are there or the end is. */
static gboolean
want_magic(VocInput *input, GError **error)
{
    while (!input->at_end && input->raw_end - input->raw_start < 2)
        if (!fill_raw(input, error))
            return FALSE;
    return TRUE;
}

static gboolean
has_magic(const VocInput *input)
{
    const unsigned char *at = input->raw + input->raw_start;
    return input->raw_end - input->raw_start >= 2 && at[0] == 0x1f && at[1] == 0x8b;
}

static gboolean
sniff(VocInput *input, GError **error)
{
    input->sniffed = TRUE;
    if (!want_magic(input, error))
        return FALSE;
    if (!has_magic(input))
        return TRUE;
    /* 16 asks zlib for a gzip header and trailer. */
    if (inflateInit2(&input->z, 15 + 16) != Z_OK) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "cannot start unpacking");
        return FALSE;
    }
    input->packed = input->in_member = TRUE;
    return TRUE;
}

static gssize
unpack_failed(const char *reason, GError **error)
{
    g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT, "broken gzip: %s", reason);
    return -1;
}

/* At the end of a member: 1 another one begins, 0 the file ends, -1 neither. */
static int
next_member(VocInput *input, GError **error)
{
    if (!want_magic(input, error))
        return -1;
    if (has_magic(input)) {
        inflateReset(&input->z);
        input->in_member = TRUE;
        return 1;
    }
    /* Zero padding, as tapes leave it, is no rubbish. */
    while (input->raw_end > input->raw_start) {
        for (; input->raw_start < input->raw_end; input->raw_start++)
            if (input->raw[input->raw_start] != 0)
                return (int)unpack_failed("something else follows its end", error);
        if (!fill_raw(input, error))
            return -1;
    }
    return 0;
}

static gssize
read_packed(VocInput *input, void *data, gsize size, GError **error)
{
    uInt wanted = (uInt)MIN(size, (gsize)1 << 30);
    for (;;) {
        if (!input->in_member) {
            int more = next_member(input, error);
            if (more <= 0)
                return more;
        }
        if (input->raw_start == input->raw_end && !fill_raw(input, error))
            return -1;
        if (input->raw_start == input->raw_end && input->at_end)
            return unpack_failed("it ends too early", error);
        input->z.next_in = input->raw + input->raw_start;
        input->z.avail_in = (uInt)(input->raw_end - input->raw_start);
        input->z.next_out = data;
        input->z.avail_out = wanted;
        int result = inflate(&input->z, Z_NO_FLUSH);
        input->raw_start = input->raw_end - input->z.avail_in;
        gsize given = wanted - input->z.avail_out;
        if (result == Z_STREAM_END)
            input->in_member = FALSE;
        else if (result != Z_OK && result != Z_BUF_ERROR && given == 0)
            return unpack_failed(input->z.msg ? input->z.msg : "bad data", error);
        if (given > 0)
            return (gssize)given;
    }
}

gssize
voc_input_read(VocInput *input, void *data, gsize size, GError **error)
{
    gssize n = 0;
    if (input->failed)
        return 0;
    if (!input->sniffed && !sniff(input, error)) {
        n = -1;
    } else if (input->packed) {
        n = read_packed(input, data, size, error);
    } else if (input->raw_end > input->raw_start) {
        n = (gssize)MIN(input->raw_end - input->raw_start, size);
        memcpy(data, input->raw + input->raw_start, (gsize)n);
        input->raw_start += (gsize)n;
    } else if (!input->at_end) {
        n = read_descriptor(input, data, size, error);
    }
    input->failed = n < 0;
    return n;
}
