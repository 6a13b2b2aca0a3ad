#include "read/reader.h"

#include <stdarg.h>

#include "read/format.h"
#include "read/mapping.h"
#include "read/walk.h"

#define BLOCK ((gsize)256 << 10)

/* A rejected piece, until the reader's user asks for it. */
typedef struct Reject {
    guint64 line;
    char *reason;
    VocBuffer raw;
} Reject;

struct VocReader {
    char *data_dir;
    VocWalk *walk;
    VocPack *pack;
    const VocReadOptions *options;
    const VocFormat *forced;
    VocNames *names;
    VocZone *zone;
    VocJsonReader *json;
    gboolean eager;
    gboolean (*wanted)(gpointer data, const char *path); /* NULL: all are */
    gpointer wanted_data;
    guint64 done, taken; /* raw bytes of finished exports; of all */
    VocReading reading;
    const VocFormat *format; /* of the open export; NULL: none is open */
    gpointer state;
    gboolean more; /* the format has not come to its end */
    const char *file;
    VocBuffer out;
    GArray *rejects;
    guint rejects_given;
};

static void
clear_reject(gpointer data)
{
    Reject *reject = data;

    g_free(reject->reason);
    voc_buffer_clear(&reject->raw);
}

void
voc_reading_reject(VocReading *reading, guint64 line, VocSlice raw, const char *format, ...)
{
    Reject reject = {.line = line};
    va_list args;

    va_start(args, format);
    reject.reason = g_strdup_vprintf(format, args);
    va_end(args);
    voc_buffer_add_slice(&reject.raw, raw);
    g_array_append_val(reading->rejects, reject);
}

void
voc_reading_reject_more(VocReading *reading, VocSlice raw)
{
    Reject reject = {0};

    voc_buffer_add_slice(&reject.raw, raw);
    g_array_append_val(reading->rejects, reject);
}

void
voc_reading_reject_line(VocReading *reading, const VocTextLine *line)
{
    if (line->too_long)
        voc_reading_reject(reading, line->number, VOC_SLICE_NONE, "line longer than 16 MiB");
    voc_reading_reject_more(reading, line->text);
}

typedef struct Memory {
    gpointer data;
    GDestroyNotify destroy;
} Memory;

static void
memory_free(gpointer data)
{
    Memory *memory = data;

    memory->destroy(memory->data);
    g_free(memory);
}

gpointer
voc_reading_memory(VocReading *reading, const char *key, gpointer (*make)(void), GDestroyNotify destroy)
{
    Memory *memory = g_hash_table_lookup(reading->memory, key);

    if (!memory) {
        memory = g_new0(Memory, 1);
        memory->data = make();
        memory->destroy = destroy;
        g_hash_table_insert(reading->memory, g_strdup(key), memory);
    }
    return memory->data;
}

void
voc_reading_note(VocReading *reading, const char *format, ...)
{
    g_autofree char *text = NULL;
    g_autofree char *named = NULL;
    va_list args;

    if (!reading->note)
        return;
    va_start(args, format);
    text = g_strdup_vprintf(format, args);
    va_end(args);
    named = g_strdup_printf("%s: %s", voc_export_path(reading->export), text);
    reading->note(reading->note_data, named);
}

/* The options that can be judged without a file. */
static gboolean
check_options(VocReader *reader, GError **error)
{
    const VocReadOptions *options = reader->options;
    if (options->format && !(reader->forced = voc_format_find(options->format))) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_USAGE,
                    "unknown format '%s'; voc read --list names those there are", options->format);
        return FALSE;
    }
    if (options->charset) {
        g_autoptr(VocDecoder) decoder = voc_decoder_new(options->charset, error);

        if (!decoder)
            return FALSE;
    }
    return voc_read_options_check(options, error);
}

VocReader *
voc_reader_new(const char *const *paths, const VocReadOptions *options, const char *data_dir, GError **error)
{
    static const char *const stdin_only[] = {"-", NULL};
    g_autoptr(VocReader) reader = g_new0(VocReader, 1);

    reader->data_dir = g_build_filename(data_dir, "data", NULL);
    reader->options = options;
    reader->walk = voc_walk_new(paths && paths[0] ? paths : stdin_only);
    reader->pack = voc_pack_new();
    reader->json = voc_json_reader_new();
    reader->rejects = g_array_new(FALSE, FALSE, sizeof(Reject));
    g_array_set_clear_func(reader->rejects, clear_reject);
    if (!check_options(reader, error) || !(reader->zone = voc_zone_new(options->timezone, error)) ||
        !(reader->names = voc_names_load(reader->data_dir, error)))
        return NULL;
    reader->reading =
        (VocReading){.options = options,
                     .names = reader->names,
                     .data_dir = reader->data_dir,
                     .zone = reader->zone,
                     .json = reader->json,
                     .out = &reader->out,
                     .memory = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, memory_free),
                     .rejects = reader->rejects};
    return g_steal_pointer(&reader);
}

static void
close_export(VocReader *reader)
{
    VocReading *reading = &reader->reading;

    if (reader->format && reader->state)
        reader->format->close(reader->state);
    reader->format = NULL;
    reader->state = NULL;
    if (reading->export && !voc_export_packed(reading->export))
        reader->done += voc_export_taken(reading->export);
    g_clear_pointer(&reading->export, voc_export_free);
    g_clear_pointer(&reading->identity, voc_identity_free);
}

void
voc_reader_free(VocReader *reader)
{
    if (!reader)
        return;
    close_export(reader);
    g_clear_pointer(&reader->reading.memory, g_hash_table_destroy);
    voc_walk_free(reader->walk);
    voc_pack_free(reader->pack);
    voc_names_free(reader->names);
    voc_zone_free(reader->zone);
    voc_json_reader_free(reader->json);
    voc_buffer_clear(&reader->out);
    g_array_unref(reader->rejects);
    g_free(reader->data_dir);
    g_free(reader);
}

void
voc_reader_set_note(VocReader *reader, void (*note)(gpointer data, const char *text), gpointer data)
{
    reader->reading.note = note;
    reader->reading.note_data = data;
}

void
voc_reader_set_filter(VocReader *reader, gboolean (*wanted)(gpointer data, const char *path), gpointer data)
{
    reader->wanted = wanted;
    reader->wanted_data = data;
}

void
voc_reader_set_eager(VocReader *reader, gboolean eager)
{
    reader->eager = eager;
}

void
voc_reader_position(VocReader *reader, guint64 *taken, guint64 *size)
{
    *taken = __atomic_load_n(&reader->taken, __ATOMIC_RELAXED);
    *size = voc_walk_size(reader->walk);
}

/* What the messages of an export are known by: its name, but of "_chat.txt", which WhatsApp calls all of
 * them, its archive's. */
static VocIdentity *
make_identity(const VocExport *export)
{
    const VocPacked *packed = voc_export_packed(export);
    gboolean nameless = packed && strcmp(voc_export_base(export), "_chat.txt") == 0;
    const char *path = strcmp(voc_export_path(export), "(stdin)") == 0 ? "-" : voc_export_path(export);
    g_autofree char *name = voc_export_name(nameless ? voc_packed_archive(packed) : path);

    return voc_identity_new(name);
}

/* Goes into the archive that the open export is. */
static gboolean
enter_archive(VocReader *reader, GError **error)
{
    g_autoptr(VocExport) export = g_steal_pointer(&reader->reading.export);
    g_auto(VocBuffer) bytes = VOC_BUFFER_INIT;
    g_autofree char *path = g_strdup(voc_export_path(export));
    VocSlice piece;
    int got = 0;

    /* A file of its own is read where it lies; what is gzipped, piped or in another archive, in memory. */
    if (voc_export_is_plain_file(export)) {
        reader->done += voc_export_size(export);
        return voc_pack_enter(reader->pack, path, NULL, error);
    }
    while (bytes.len <= VOC_ARCHIVE_IN_MEMORY && (got = voc_export_bytes(export, &piece, error)) > 0)
        voc_buffer_add_slice(&bytes, piece);
    if (got < 0)
        return FALSE;
    if (got > 0) {
        g_set_error(error, VOC_ERROR, VOC_ERROR_INPUT,
                    "an archive longer than %d MiB that is no file of its own, not read",
                    (int)(VOC_ARCHIVE_IN_MEMORY >> 20));
        return FALSE;
    }
    return voc_pack_enter(reader->pack, path, &bytes, error);
}

/* Finds the format of the export that is open and begins to read it. FALSE without an error: there is nothing
 * to read in it. */
static gboolean
open_format(VocReader *reader, int *confidence, const char **why, GError **error)
{
    VocReading *reading = &reader->reading;
    gboolean complete;
    VocSlice head = voc_export_head(reading->export, &complete);

    if (!head.len && complete)
        return FALSE;
    if (voc_archive_begins(head)) {
        enter_archive(reader, error);
        return FALSE;
    }
    if (!voc_export_set_charset(reading->export, reader->options->charset, error))
        return FALSE;
    reader->format = reader->forced;
    *confidence = 100;
    *why = "--format";
    if (!reader->format)
        reader->format = voc_format_probe(reading->export, confidence, why);
    if (!reader->format) {
        g_set_error(
            error, VOC_ERROR, VOC_ERROR_INPUT,
            "not recognised, so not read; voc read --list names what is, --format NAME says what it is");
        return FALSE;
    }
    reading->identity = make_identity(reading->export);
    reader->state = reader->format->open(reading, error);
    return reader->state != NULL;
}

/* Opens `path`, or a file of an archive, and its format; what is wrong with it is rejected. `*why` may be
 * left behind for --explain. */
static gboolean
open_export(VocReader *reader, const char *path, VocPacked *packed, int *confidence, const char **why)
{
    VocReading *reading = &reader->reading;
    g_autoptr(GError) error = NULL;

    reader->file = g_intern_string(packed                   ? voc_packed_path(packed)
                                   : strcmp(path, "-") == 0 ? "(stdin)"
                                                            : path);
    reading->found = packed || voc_walk_found(reader->walk);
    reading->export = packed ? voc_export_open_packed(packed, reader->eager, &error)
                             : voc_export_open(path, reader->eager, &error);
    reader->more = reading->export && open_format(reader, confidence, why, &error);
    if (error)
        voc_reading_reject(reading, 0, VOC_SLICE_NONE, "%s", error->message);
    return reader->more;
}

/* Opens the next file; FALSE when there is none left. `*opened` says whether there is something to read. */
static gboolean
open_next(VocReader *reader, gboolean *opened, int *confidence, const char **why)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = NULL;
    VocPacked *packed = voc_pack_next(reader->pack, &path, &error);

    *opened = FALSE;
    if (!packed && !path && !(path = voc_walk_next(reader->walk, &error)))
        return FALSE;
    if (error) {
        reader->file = g_intern_string(path);
        voc_reading_reject(&reader->reading, 0, VOC_SLICE_NONE, "%s", error->message);
    } else if (packed || !reader->wanted || reader->wanted(reader->wanted_data, path)) {
        *opened = open_export(reader, path, packed, confidence, why);
    }
    return TRUE;
}

/* Reads until there is a block's worth, a reject or the end of the export. */
static void
read_on(VocReader *reader)
{
    VocReading *reading = &reader->reading;
    g_autoptr(GError) error = NULL;

    while (reader->more && reader->rejects->len == 0) {
        reader->more = reader->format->step(reader->state, reading, &error);
        /* Of an archive all is taken as soon as it is entered: how far in it one is, nobody knows. */
        __atomic_store_n(&reader->taken,
                         reader->done +
                             (voc_export_packed(reading->export) ? 0 : voc_export_taken(reading->export)),
                         __ATOMIC_RELAXED);
        if (error)
            voc_reading_reject(reading, 0, VOC_SLICE_NONE, "%s", error->message);
        if (reader->out.len >= (reader->eager ? 1 : BLOCK))
            return;
    }
}

static void
give_lines(VocReader *reader, VocBlock *block)
{
    VocBuffer empty = block->data;

    block->kind = VOC_BLOCK_LINES;
    block->data = reader->out;
    reader->out = empty;
    voc_buffer_reset(&reader->out);
    memset(voc_buffer_reserve(&block->data, VOC_PADDING), 0, VOC_PADDING);
    voc_block_count_lines(block);
    block->file = reader->file;
    block->first_line = 1;
}

static void
give_reject(VocReader *reader, VocBlock *block)
{
    Reject *reject = &g_array_index(reader->rejects, Reject, reader->rejects_given++);
    VocBuffer empty = block->data;

    block->kind = VOC_BLOCK_ERROR;
    block->data = reject->raw;
    reject->raw = empty;
    memset(voc_buffer_reserve(&block->data, VOC_PADDING), 0, VOC_PADDING);
    block->file = reader->file;
    block->first_line = reject->line;
    g_clear_error(&block->error);
    if (reject->reason)
        block->error = g_error_new_literal(VOC_ERROR, VOC_ERROR_INPUT, reject->reason);
    if (reader->rejects_given == reader->rejects->len) {
        g_array_set_size(reader->rejects, 0);
        reader->rejects_given = 0;
    }
}

gboolean
voc_reader_next(VocReader *reader, VocBlock *block)
{
    const char *why;
    int confidence;
    gboolean opened;

    for (;;) {
        if (reader->rejects_given == 0 && reader->rejects->len == 0 && reader->out.len < BLOCK)
            read_on(reader);
        if (reader->out.len) {
            give_lines(reader, block);
            return TRUE;
        }
        if (reader->rejects->len) {
            give_reject(reader, block);
            return TRUE;
        }
        if (reader->more)
            continue;
        close_export(reader);
        if (!open_next(reader, &opened, &confidence, &why))
            return FALSE;
    }
}

static void
explain_charset(VocReading *reading, VocBuffer *out)
{
    VocCharsetGuess charset = voc_export_charset(reading->export);

    voc_buffer_add_printf(out, "  charset    %s: %s  (--charset NAME)\n",
                          strcmp(charset.name, VOC_CHARSET_AUTO) == 0 ? "UTF-8" : charset.name, charset.why);
}

/* Names of columns and speakers come from the export, and may hold what a terminal would obey. */
static void
disarm(VocBuffer *out, gsize from)
{
    for (gsize i = from; i < out->len; i++) {
        guchar c = (guchar)out->data[i];

        if ((c < 0x20 && c != '\n') || c == 0x7f ||
            (c >= 0x80 && c < 0xa0 && i > from && (guchar)out->data[i - 1] == 0xc2))
            out->data[i] =
                c < 0x80 ? '?' : (char)0xbf; /* U+0080 to U+009F become an inverted question mark */
    }
}

gboolean
voc_reader_explain(VocReader *reader, VocBuffer *out)
{
    gsize from = out->len;
    VocReading *reading = &reader->reading;
    gboolean good = TRUE, opened;

    for (;;) {
        const char *why = "";
        int confidence = 0;

        disarm(out, from);
        from = out->len;
        if (!open_next(reader, &opened, &confidence, &why))
            return good;
        if (opened) {
            voc_buffer_add_printf(out, "%s\n  format     %s: %s  (--format NAME)\n", reader->file,
                                  reader->format->name, why);
            explain_charset(reading, out);
            reader->format->explain(reader->state, reading, out);
        }
        close_export(reader);
        for (guint i = 0; i < reader->rejects->len; i++, good = FALSE)
            if (g_array_index(reader->rejects, Reject, i).reason)
                voc_buffer_add_printf(out, "%s\n  %s\n", reader->file,
                                      g_array_index(reader->rejects, Reject, i).reason);
        g_array_set_size(reader->rejects, 0);
        reader->more = FALSE;
    }
}

gboolean
voc_reader_list(const char *data_dir, VocBuffer *out, GError **error)
{
    g_autofree char *data = g_build_filename(data_dir, "data", NULL);
    g_autoptr(VocNames) names = voc_names_load(data, error);

    if (!names)
        return FALSE;
    for (const VocFormat *const *format = voc_formats; *format; format++)
        voc_buffer_add_printf(out, "%-10s %s\n           told by %s\n", (*format)->name, (*format)->summary,
                              (*format)->recognised);
    voc_buffer_add_string(out, "\nAll of them also gzipped, in folders and in zip archives.\n");
    voc_buffer_add_string(out, "\nTables with names of their own for the columns of:\n");
    for (gsize i = 0; voc_names_tool(names, i); i++)
        voc_buffer_add_printf(out, "  %s\n", voc_names_tool(names, i));
    return TRUE;
}
