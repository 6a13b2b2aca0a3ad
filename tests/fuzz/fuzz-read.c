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

/* Every eighth line of a file of names and words will do: reading all of them takes longer than the input. */
static void
copy_some(const char *from, const char *to)
{
    g_autofree char *text = NULL;
    g_autoptr(GString) some = g_string_new(NULL);
    char **lines;

    if (!g_file_get_contents(from, &text, NULL, NULL))
        g_error("cannot read %s", from);
    lines = g_strsplit(text, "\n", -1);
    for (guint i = 0; lines[i]; i++)
        if (i % 8 == 0)
            g_string_append_printf(some, "%s\n", lines[i]);
    if (!g_file_set_contents(to, some->str, (gssize)some->len, NULL))
        g_error("cannot write %s", to);
    g_strfreev(lines);
}

static char folder[64];
static const char *const files[] = {"data/columns.tsv", "data/whatsapp.tsv"};

static void
remove_data(void)
{
    static const char *const folders[] = {"data/presets", "data", "."};

    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autofree char *path = g_build_filename(folder, files[i], NULL);

        unlink(path);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(folders); i++) {
        g_autofree char *path = g_canonicalize_filename(folders[i], folder);

        rmdir(path);
    }
}

/* A folder with little data in it. */
static const char *
small_data(void)
{
    if (!*folder) {
        g_autofree char *presets = NULL;

        g_snprintf(folder, sizeof folder, "%s/voc-fuzz-data-%d", g_get_tmp_dir(), (int)getpid());
        presets = g_build_filename(folder, "data", "presets", NULL);
        if (g_mkdir_with_parents(presets, 0700) != 0)
            g_error("cannot make %s", presets);
        for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
            g_autofree char *from = g_build_filename(TEST_DATA_DIR, files[i], NULL);
            g_autofree char *to = g_build_filename(folder, files[i], NULL);

            copy_some(from, to);
        }
        atexit(remove_data);
    }
    return folder;
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
    reader = voc_reader_new(paths, &options, small_data(), NULL);
    g_assert(reader);
    while (voc_reader_next(reader, &block))
        if (block.kind == VOC_BLOCK_LINES)
            check_records(&block, json, &arena);
    voc_block_clear(&block);
    unlink(path);
    return 0;
}
