/* The whole of voc read on one file: no format may fall over it, and what comes out is a JSON object a line.
 * An input that begins with '@' and a letter is read as the format of that place in the registry, whatever it
 * looks like. */
#include "fuzz.h"
#include "read/format.h"
#include "read/reader.h"
#include "record/record.h"

#include <stdio.h>
#include <unistd.h>

static void
check_records(const VocBlock *block, VocJsonReader *json, VocArena *arena)
{
    const char *at = block->data.data, *end = at + block->data.len;

    while (at < end) {
        const char *newline = memchr(at, '\n', (gsize)(end - at));
        const char *reason = "";
        VocRecord record;

        g_assert(newline);
        if (!voc_record_parse(&record, json, arena, voc_slice_of(at, (gsize)(newline - at)), &reason))
            g_error("no record: %s: %.*s", reason, (int)(newline - at), at);
        voc_arena_reset(arena);
        at = newline + 1;
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char path[64];
    const char *paths[] = {path, NULL};
    VocReadOptions options = {0};
    g_autoptr(VocJsonReader) json = voc_json_reader_new();
    g_autoptr(VocReader) reader = NULL;
    g_auto(VocArena) arena;
    VocBlock block;

    if (size > 2 && data[0] == '@') {
        gsize n = 0;

        while (voc_formats[n])
            n++;
        options.format = (char *)voc_formats[data[1] % n]->name;
        data += 2;
        size -= 2;
    }
    if (!*path)
        g_snprintf(path, sizeof path, "%s/voc-fuzz-%d", g_get_tmp_dir(), (int)getpid());
    if (!g_file_set_contents(path, (const char *)data, (gssize)size, NULL))
        g_error("cannot write %s", path);
    voc_arena_init(&arena, 0);
    voc_block_init(&block);
    reader = voc_reader_new(paths, &options, TEST_DATA_DIR, NULL);
    g_assert(reader);
    while (voc_reader_next(reader, &block))
        if (block.kind == VOC_BLOCK_LINES)
            check_records(&block, json, &arena);
    voc_block_clear(&block);
    unlink(path);
    return 0;
}
