/* Input: lines of a file that may be gzip, whole or broken. */
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "io/lines.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int fd = -1;
    if (fd < 0)
        fd = memfd_create("fuzz", 0);
    must(ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", fd);
    const char *paths[] = {path, "/dev/null", NULL};
    g_autoptr(VocLines) lines = voc_lines_new(paths, size > 1 ? data[1] + 1 : 0, FALSE);
    guint64 line = 1;
    guint n_errors = 0;
    gsize total = 0;
    VocBlock block;
    voc_block_init(&block);
    while (total < 1 << 24 && voc_lines_next(lines, &block)) {
        n_errors += block.kind == VOC_BLOCK_ERROR;
        if (block.kind != VOC_BLOCK_LINES)
            continue;
        must(block.first_line == line && block.data.len > 0);
        for (gsize i = 0; i < block.data.len; i++)
            line += block.data.data[i] == '\n';
        for (gsize i = 0; i < VOC_PADDING; i++)
            must(block.data.data[block.data.len + i] == 0);
        total += block.data.len;
    }
    must(n_errors <= 1);
    voc_block_clear(&block);
    return 0;
}
