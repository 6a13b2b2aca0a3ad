#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

struct VocLock {
    int fd;
};

/* The process number in the file; 0 when there is none. */
static gint64
owner(int fd)
{
    char text[32];
    gssize n = pread(fd, text, sizeof text - 1, 0);
    text[MAX(n, 0)] = '\0';
    return g_ascii_strtoll(text, NULL, 10);
}

static gboolean
lock(int fd, const char *path, gboolean wait, GError **error)
{
    while (flock(fd, wait ? LOCK_EX : LOCK_EX | LOCK_NB) != 0) {
        if (errno == EINTR)
            continue;
        if (errno == EWOULDBLOCK)
            g_set_error(error, VOC_ERROR, VOC_ERROR_BUSY, _("another run is at work (process %ld holds %s)"),
                        (long)owner(fd), path);
        else
            g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s: %s", path, g_strerror(errno));
        return FALSE;
    }
    return TRUE;
}

VocLock *
voc_lock_take(const char *path, gboolean wait, gint64 *left, GError **error)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s: %s", path, g_strerror(errno));
        return NULL;
    }
    if (!lock(fd, path, wait, error)) {
        close(fd);
        return NULL;
    }
    if (left)
        *left = owner(fd);
    if (ftruncate(fd, 0) != 0 || dprintf(fd, "%ld\n", (long)getpid()) < 0) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s: %s", path, g_strerror(errno));
        close(fd);
        return NULL;
    }
    VocLock *taken = g_new(VocLock, 1);
    taken->fd = fd;
    return taken;
}

void
voc_lock_release(VocLock *taken)
{
    if (!taken)
        return;
    /* An empty file says that its last owner came to its end. */
    if (ftruncate(taken->fd, 0) != 0)
        errno = 0;
    close(taken->fd);
    g_free(taken);
}
