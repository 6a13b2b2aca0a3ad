#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/lines.h"
#include "io/output.h"

static char *folder;

static char *
file_with(const char *name, const void *bytes, gssize len)
{
    char *path = g_build_filename(folder, name, NULL);
    g_assert_true(g_file_set_contents(path, bytes, len, NULL));
    return path;
}

/* `bytes` as gzip, through our own output. */
static VocSlice
packed(VocSlice bytes)
{
    g_autofree char *path = g_build_filename(folder, "packed", NULL);
    char *data;
    gsize len;
    VocOutput *out = voc_output_create(path, TRUE, NULL);
    g_assert_true(voc_output_write(out, bytes, NULL));
    g_assert_true(voc_output_close(out, NULL));
    voc_output_free(out);
    g_assert_true(g_file_get_contents(path, &data, &len, NULL));
    return voc_slice_of(data, len);
}

/* All blocks as text: "FILE:LINE KIND bytes" each. */
static char *
read_blocks(const char *const *paths, gsize block_size)
{
    g_autoptr(VocLines) lines = voc_lines_new(paths, block_size, FALSE);
    GString *seen = g_string_new(NULL);
    VocBlock block;
    voc_block_init(&block);
    while (voc_lines_next(lines, &block)) {
        static const char *const kinds[] = {"lines", "piece", "end", "error"};
        g_autofree char *name = g_path_get_basename(block.file);
        g_string_append_printf(seen, "%s:%d %s ", name, (int)block.first_line, kinds[block.kind]);
        if (block.kind == VOC_BLOCK_ERROR)
            g_string_append_printf(seen, "%s\n", block.error->message);
        else
            g_string_append_len(seen, block.data.data, (gssize)block.data.len);
        for (int i = 0; i < VOC_PADDING; i++)
            if (block.kind != VOC_BLOCK_ERROR)
                g_assert_cmpint(block.data.data[block.data.len + (gsize)i], ==, 0);
    }
    voc_block_clear(&block);
    return g_string_free(seen, FALSE);
}

static void
test_lines(void)
{
    g_autofree char *a = file_with("a", "one\ntwo\nthree", -1);
    g_autofree char *b = file_with("b", "", -1);
    g_autofree char *c = file_with("c", "four\n", -1);
    const char *paths[] = {a, b, c, NULL};
    g_autofree char *whole = read_blocks(paths, 0);
    g_assert_cmpstr(whole, ==, "a:1 lines one\ntwo\nthreec:1 lines four\n");
    g_autofree char *small = read_blocks(paths, 4);
    g_assert_cmpstr(small, ==, "a:1 lines one\na:2 lines two\na:3 lines threec:1 lines four\n");
}

/* However small the blocks, the bytes and their line numbers are the same. */
static void
test_block_sizes(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 200; i++)
        g_string_append_printf(text, "%*d\n", i % 37, i);
    g_autofree char *path = file_with("sizes", text->str, (gssize)text->len);
    const char *paths[] = {path, NULL};
    for (gsize size = 1; size < 90; size++) {
        g_autoptr(VocLines) lines = voc_lines_new(paths, size, FALSE);
        g_autoptr(GString) seen = g_string_new(NULL);
        guint64 line = 1;
        VocBlock block;
        voc_block_init(&block);
        while (voc_lines_next(lines, &block)) {
            g_assert_cmpint(block.kind, ==, VOC_BLOCK_LINES);
            g_assert_cmpuint(block.first_line, ==, line);
            for (gsize i = 0; i < block.data.len; i++)
                line += block.data.data[i] == '\n';
            g_string_append_len(seen, block.data.data, (gssize)block.data.len);
        }
        voc_block_clear(&block);
        g_assert_cmpstr(seen->str, ==, text->str);
    }
}

static void
test_unreadable(void)
{
    g_autofree char *a = file_with("a", "one\n", -1);
    g_autofree char *none = g_build_filename(folder, "none", NULL);
    const char *paths[] = {none, a, folder, a, NULL};
    g_autofree char *seen = read_blocks(paths, 0);
    g_auto(GStrv) parts = g_strsplit(seen, "\n", -1);
    g_assert_cmpstr(parts[0], ==, "none:0 error No such file or directory");
    g_assert_cmpstr(parts[1], ==, "a:1 lines one");
    g_assert_true(g_str_has_suffix(parts[2], ":0 error Is a directory"));
    g_assert_cmpstr(parts[3], ==, "a:1 lines one");
}

/* A line over the bound comes in pieces; what stands around it is whole. */
static void
test_overlong_line(void)
{
    for (int ends = 0; ends < 2; ends++) {
        gsize len = VOC_LINE_MAX + 100000;
        g_autoptr(GString) text = g_string_new("before\n");
        g_autofree char *line = g_malloc(len);
        memset(line, 'x', len);
        g_string_append_len(text, line, (gssize)len);
        if (ends)
            g_string_append(text, "\nafter\n");
        g_autofree char *path = file_with("long", text->str, (gssize)text->len);
        const char *paths[] = {path, NULL};
        g_autoptr(VocLines) lines = voc_lines_new(paths, 0, FALSE);
        g_autoptr(GString) pieces = g_string_new(NULL), rest = g_string_new(NULL);
        guint n_ends = 0;
        VocBlock block;
        voc_block_init(&block);
        while (voc_lines_next(lines, &block)) {
            gboolean piece = block.kind != VOC_BLOCK_LINES;
            g_assert_cmpuint(block.first_line, ==, piece ? 2 : rest->len ? 3 : 1);
            g_assert_cmpuint(block.data.len, <=, VOC_LINE_MAX);
            n_ends += block.kind == VOC_BLOCK_PIECE_END;
            g_string_append_len(piece ? pieces : rest, block.data.data, (gssize)block.data.len);
        }
        voc_block_clear(&block);
        g_assert_cmpuint(n_ends, ==, 1);
        g_assert_cmpuint(pieces->len, ==, len + 1);
        g_assert_cmpint(pieces->str[len], ==, '\n');
        g_assert_cmpstr(rest->str, ==, ends ? "before\nafter\n" : "before\n");
    }
}

/* A line as long as the bound, newline included, is a line; one byte more is not. */
static void
test_line_at_the_bound(void)
{
    for (gsize over = 0; over < 2; over++) {
        gsize len = VOC_LINE_MAX - 1 + over;
        g_autofree char *text = g_malloc(len + 1);
        memset(text, 'x', len);
        text[len] = '\n';
        g_autofree char *path = file_with("bound", text, (gssize)len + 1);
        const char *paths[] = {path, NULL};
        g_autoptr(VocLines) lines = voc_lines_new(paths, 0, FALSE);
        VocBlock block;
        voc_block_init(&block);
        g_assert_true(voc_lines_next(lines, &block));
        g_assert_cmpint(block.kind, ==, over ? VOC_BLOCK_PIECE : VOC_BLOCK_LINES);
        voc_block_clear(&block);
    }
}

static void
test_gzip(void)
{
    VocSlice one = packed(VOC_SLICE("one\ntw")), two = packed(VOC_SLICE("o\nthree\n"));
    g_autoptr(GString) both = g_string_new_len(one.data, (gssize)one.len);
    g_string_append_len(both, two.data, (gssize)two.len);
    g_autofree char *members = file_with("members", both->str, (gssize)both->len);
    g_string_append_len(both, "\0\0\0\0", 4);
    g_autofree char *padded = file_with("padded", both->str, (gssize)both->len);
    g_string_append(both, "rubbish");
    g_autofree char *tailed = file_with("tailed", both->str, (gssize)both->len);
    const char *paths[] = {members, padded, tailed, NULL};
    g_autofree char *seen = read_blocks(paths, 0);
    g_assert_cmpstr(seen, ==,
                    "members:1 lines one\ntwo\nthree\npadded:1 lines one\ntwo\nthree\n"
                    "tailed:1 lines one\ntwo\nthree\n"
                    "tailed:4 error broken gzip: something else follows its end\n");
    g_free((char *)one.data);
    g_free((char *)two.data);
}

/* Cut anywhere, gzip gives a beginning of its text and then an error. */
static void
test_cut_gzip(void)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (int i = 0; i < 500; i++)
        g_string_append_printf(text, "%d %x\n", i, i * 7919);
    VocSlice whole = packed(voc_slice_of(text->str, text->len));
    for (gsize len = 2; len < whole.len; len += len < 40 ? 1 : 37) {
        g_autofree char *path = file_with("cut", whole.data, (gssize)len);
        g_autoptr(VocInput) input = voc_input_open(path, NULL);
        g_autoptr(GError) error = NULL;
        g_autoptr(GString) seen = g_string_new(NULL);
        char piece[100];
        gssize n;
        while ((n = voc_input_read(input, piece, sizeof piece, &error)) > 0)
            g_string_append_len(seen, piece, n);
        g_assert_cmpint(n, ==, -1);
        g_assert_error(error, VOC_ERROR, VOC_ERROR_INPUT);
        g_assert_true(g_str_has_prefix(text->str, seen->str));
        g_assert_cmpint(voc_input_read(input, piece, sizeof piece, NULL), ==, 0);
        if (len > 1000)
            g_assert_cmpuint(seen->len, >, 0);
    }
    g_free((char *)whole.data);
}

static void
test_one_byte_inputs(void)
{
    static const char *const contents[] = {"\037", "\037\n", "x"};
    for (gsize i = 0; i < G_N_ELEMENTS(contents); i++) {
        g_autofree char *path = file_with("tiny", contents[i], -1);
        g_autoptr(VocInput) input = voc_input_open(path, NULL);
        char got[8] = "";
        g_assert_cmpint(voc_input_read(input, got, sizeof got, NULL), ==, (gssize)strlen(contents[i]));
        g_assert_cmpstr(got, ==, contents[i]);
        g_assert_cmpint(voc_input_read(input, got, sizeof got, NULL), ==, 0);
    }
}

/* The magic of gzip may come a byte at a time. */
static void
test_slow_pipe(void)
{
    int ends[2];
    VocSlice bytes = packed(VOC_SLICE("slow\n"));
    g_assert_cmpint(pipe(ends), ==, 0);
    g_autofree char *path = g_strdup_printf("/dev/fd/%d", ends[0]);
    g_autoptr(VocInput) input = voc_input_open(path, NULL);
    pid_t child = fork();
    if (child == 0) {
        for (gsize i = 0; i < bytes.len; i++)
            if (write(ends[1], bytes.data + i, 1) != 1)
                break;
        _exit(0);
    }
    close(ends[1]);
    close(ends[0]);
    char got[64] = "";
    gsize len = 0;
    gssize n;
    while ((n = voc_input_read(input, got + len, sizeof got - len, NULL)) > 0)
        len += (gsize)n;
    g_assert_cmpstr(got, ==, "slow\n");
    g_free((char *)bytes.data);
}

static void
test_output_is_atomic(void)
{
    g_autofree char *path = file_with("kept", "old", -1);
    g_autofree char *text = NULL;
    VocOutput *out = voc_output_create(path, FALSE, NULL);
    g_assert_true(voc_output_write(out, VOC_SLICE("new"), NULL));
    g_assert_true(voc_output_flush(out, NULL));
    voc_output_free(out);
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "old");
    g_clear_pointer(&text, g_free);
    out = voc_output_create(path, FALSE, NULL);
    g_assert_true(voc_output_write(out, VOC_SLICE("new"), NULL));
    g_assert_true(voc_output_close(out, NULL));
    voc_output_free(out);
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "new");
    /* Nothing temporary is left behind. */
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));)
        g_assert_null(strstr(name, "kept."));
}

static void
test_output_through_a_link(void)
{
    g_autofree char *path = file_with("target", "old", -1);
    g_autofree char *link = g_build_filename(folder, "link", NULL);
    g_autofree char *text = NULL;
    g_assert_cmpint(symlink("target", link), ==, 0);
    VocOutput *out = voc_output_create(link, FALSE, NULL);
    g_assert_true(voc_output_write(out, VOC_SLICE("new"), NULL));
    g_assert_true(voc_output_close(out, NULL));
    voc_output_free(out);
    g_assert_true(g_file_test(link, G_FILE_TEST_IS_SYMLINK));
    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_cmpstr(text, ==, "new");
}

static void
test_output_failures(void)
{
    g_autoptr(GError) error = NULL;
    g_assert_null(voc_output_create("/no/such/folder/file", FALSE, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
    g_clear_error(&error);
    for (int zip = 0; zip < 2; zip++) {
        VocOutput *full = voc_output_create("/dev/full", zip, NULL);
        g_assert_true(voc_output_write(full, VOC_SLICE("x"), NULL));
        g_assert_false(voc_output_close(full, &error));
        g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
        g_clear_error(&error);
        g_assert_false(voc_output_write(full, VOC_SLICE("x"), &error));
        g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
        g_clear_error(&error);
        voc_output_free(full);
    }
}

static void
test_output_closed_pipe(void)
{
    g_autoptr(GError) error = NULL;
    int ends[2];
    g_assert_cmpint(pipe(ends), ==, 0);
    close(ends[0]);
    VocOutput *out = voc_output_new(ends[1], "pipe", FALSE);
    g_assert_true(voc_output_write(out, VOC_SLICE("x"), NULL));
    g_assert_false(voc_output_flush(out, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_CLOSED);
    voc_output_free(out);
    close(ends[1]);
}

/* Many pieces of all sizes come out as they went in, packed or not. */
static void
test_output_pieces(void)
{
    for (int zip = 0; zip < 2; zip++) {
        g_autofree char *path = g_build_filename(folder, "pieces", NULL);
        g_autoptr(GString) text = g_string_new(NULL);
        VocOutput *out = voc_output_create(path, zip != 0, NULL);
        for (gsize size = 1; size < 2000000; size = size * 3 + 1) {
            g_autofree char *piece = g_malloc(size);
            memset(piece, (int)size % 251, size);
            g_string_append_len(text, piece, (gssize)size);
            g_assert_true(voc_output_write(out, voc_slice_of(piece, size), NULL));
            if (size % 2)
                g_assert_true(voc_output_flush(out, NULL));
        }
        g_assert_true(voc_output_close(out, NULL));
        voc_output_free(out);
        g_autoptr(VocInput) input = voc_input_open(path, NULL);
        g_autofree char *got = g_malloc(text->len + 1);
        gsize len = 0;
        gssize n;
        while ((n = voc_input_read(input, got + len, text->len + 1 - len, NULL)) > 0)
            len += (gsize)n;
        g_assert_true(len == text->len && memcmp(got, text->str, len) == 0);
    }
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    signal(SIGPIPE, SIG_IGN);
    folder = g_dir_make_tmp("voc-io-XXXXXX", NULL);
    g_test_add_func("/io/lines", test_lines);
    g_test_add_func("/io/block-sizes", test_block_sizes);
    g_test_add_func("/io/unreadable", test_unreadable);
    g_test_add_func("/io/overlong-line", test_overlong_line);
    g_test_add_func("/io/line-at-the-bound", test_line_at_the_bound);
    g_test_add_func("/io/gzip", test_gzip);
    g_test_add_func("/io/cut-gzip", test_cut_gzip);
    g_test_add_func("/io/one-byte-inputs", test_one_byte_inputs);
    g_test_add_func("/io/slow-pipe", test_slow_pipe);
    g_test_add_func("/io/output/atomic", test_output_is_atomic);
    g_test_add_func("/io/output/through-a-link", test_output_through_a_link);
    g_test_add_func("/io/output/failures", test_output_failures);
    g_test_add_func("/io/output/closed-pipe", test_output_closed_pipe);
    g_test_add_func("/io/output/pieces", test_output_pieces);
    int result = g_test_run();
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    for (const char *name; (name = g_dir_read_name(dir));) {
        g_autofree char *path = g_build_filename(folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(folder);
    g_free(folder);
    return result;
}
