#include "text/baseform-cache.h"

#include "base/buffer.h"

#define MAX_FORMS 500000u
#define MAX_STRING 1024u
#define MAX_FILE ((gsize)256 * 1024 * 1024)

static const char MAGIC[8] = {'v', 'o', 'c', 'f', 'o', 'r', 'm', '1'};

/* The file: a header, the entries by key, then strings that each end in a NUL; the first string is empty.
 * Numbers are as this machine has them: a file from another kind fails the check. */
typedef struct Header {
    char magic[8];
    guint64 identity;
    guint64 check; /* of all that follows the header */
    guint64 n;
    guint64 strings_len;
} Header;

typedef struct Entry {
    guint64 key;
    guint32 base, parts; /* offsets of strings */
} Entry;

/* A file's content in memory. */
typedef struct Stored {
    char *data; /* NULL: empty */
    const Entry *entries;
    const char *strings;
    gsize n;
} Stored;

struct VocFormCache {
    char *path;
    guint64 identity;
    Stored stored;     /* read-only */
    GMutex lock;       /* for what follows */
    GHashTable *added; /* key to Entry *, whose offsets are into `strings` */
    VocBuffer strings;
    GHashTable *offsets; /* string to its offset + 1 */
};

static guint64
mix(guint64 hash, guint64 value)
{
    hash = (hash ^ value) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 32);
}

static guint64
hash_bytes(const char *at, gsize len)
{
    guint64 hash = G_GUINT64_CONSTANT(0x2545F4914F6CDD1D) ^ len, word;
    for (; len >= 8; at += 8, len -= 8) {
        memcpy(&word, at, 8);
        hash = mix(hash, word);
    }
    word = 0;
    memcpy(&word, at, len);
    return mix(mix(hash, word), 0x51);
}

/* --- the file --- */

static gboolean
is_sound(const Stored *stored, gsize strings_len)
{
    if (strings_len == 0 || stored->strings[0] != '\0' || stored->strings[strings_len - 1] != '\0')
        return FALSE;
    for (gsize i = 0; i < stored->n; i++) {
        const Entry *entry = &stored->entries[i];
        if (entry->base >= strings_len || entry->parts >= strings_len)
            return FALSE;
        if (i > 0 && entry->key <= entry[-1].key)
            return FALSE;
    }
    return TRUE;
}

/* FALSE, and nothing in `stored`, for a file that is not there, not whole or not of this identity. */
static gboolean
read_file(const char *path, guint64 identity, Stored *stored)
{
    gsize len;
    Header header;
    memset(stored, 0, sizeof *stored);
    if (!path || !g_file_get_contents(path, &stored->data, &len, NULL))
        return FALSE;
    if (len >= sizeof header && len <= MAX_FILE) {
        memcpy(&header, stored->data, sizeof header);
        const char *rest = stored->data + sizeof header;
        gsize rest_len = len - sizeof header;
        stored->entries = (const Entry *)(const void *)rest;
        stored->n = (gsize)header.n;
        if (memcmp(header.magic, MAGIC, sizeof MAGIC) == 0 && header.identity == identity &&
            header.n <= MAX_FORMS && rest_len >= stored->n * sizeof(Entry) &&
            header.strings_len == rest_len - stored->n * sizeof(Entry) &&
            hash_bytes(rest, rest_len) == header.check) {
            stored->strings = rest + stored->n * sizeof(Entry);
            if (is_sound(stored, (gsize)header.strings_len))
                return TRUE;
        }
    }
    g_free(stored->data);
    memset(stored, 0, sizeof *stored);
    return FALSE;
}

static const Entry *
find_stored(const Stored *stored, guint64 key)
{
    gsize low = 0, high = stored->n;
    while (low < high) {
        gsize middle = low + (high - low) / 2;
        if (stored->entries[middle].key < key)
            low = middle + 1;
        else
            high = middle;
    }
    return low < stored->n && stored->entries[low].key == key ? &stored->entries[low] : NULL;
}

/* --- the cache --- */

VocFormCache *
voc_form_cache_load(const char *path, guint64 identity)
{
    VocFormCache *cache = g_new0(VocFormCache, 1);
    cache->path = g_strdup(path);
    cache->identity = identity;
    read_file(path, identity, &cache->stored);
    g_mutex_init(&cache->lock);
    cache->added = g_hash_table_new_full(g_int64_hash, g_int64_equal, NULL, g_free);
    cache->offsets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    voc_buffer_add_char(&cache->strings, '\0');
    return cache;
}

void
voc_form_cache_free(VocFormCache *cache)
{
    if (!cache)
        return;
    g_hash_table_unref(cache->added);
    g_hash_table_unref(cache->offsets);
    voc_buffer_clear(&cache->strings);
    g_mutex_clear(&cache->lock);
    g_free(cache->stored.data);
    g_free(cache->path);
    g_free(cache);
}

static void
copy_out(const char *strings, const Entry *entry, VocArena *arena, VocBaseform *out)
{
    out->base = voc_arena_copy(arena, voc_slice_from_string(strings + entry->base));
    out->parts = voc_arena_copy(arena, voc_slice_from_string(strings + entry->parts));
}

gboolean
voc_form_cache_find(VocFormCache *cache, VocSlice form, VocArena *arena, VocBaseform *out)
{
    guint64 key = hash_bytes(form.data, form.len);
    const Entry *entry = find_stored(&cache->stored, key);
    if (entry) {
        copy_out(cache->stored.strings, entry, arena, out);
        return TRUE;
    }
    g_mutex_lock(&cache->lock);
    entry = g_hash_table_lookup(cache->added, &key);
    if (entry)
        copy_out(cache->strings.data, entry, arena, out);
    g_mutex_unlock(&cache->lock);
    return entry != NULL;
}

/* The offset of a string in `strings`, where each string stands once. */
static guint32
intern(VocBuffer *strings, GHashTable *offsets, VocSlice string)
{
    if (!string.len)
        return 0;
    char *key = voc_slice_dup(string);
    gpointer known = g_hash_table_lookup(offsets, key);
    if (known) {
        g_free(key);
        return GPOINTER_TO_UINT(known) - 1;
    }
    guint32 offset = (guint32)strings->len;
    g_hash_table_insert(offsets, key, GUINT_TO_POINTER(offset + 1));
    voc_buffer_add_slice(strings, string);
    voc_buffer_add_char(strings, '\0');
    return offset;
}

static gboolean
fits(VocSlice string)
{
    return string.len <= MAX_STRING && (!string.len || !memchr(string.data, '\0', string.len));
}

void
voc_form_cache_add(VocFormCache *cache, VocSlice form, const VocBaseform *analysis)
{
    if (!fits(analysis->base) || !fits(analysis->parts))
        return;
    guint64 key = hash_bytes(form.data, form.len);
    g_mutex_lock(&cache->lock);
    if (cache->stored.n + g_hash_table_size(cache->added) < MAX_FORMS &&
        !g_hash_table_contains(cache->added, &key)) {
        Entry *entry = g_new(Entry, 1);
        entry->key = key;
        entry->base = intern(&cache->strings, cache->offsets, analysis->base);
        entry->parts = intern(&cache->strings, cache->offsets, analysis->parts);
        g_hash_table_insert(cache->added, &entry->key, entry);
    }
    g_mutex_unlock(&cache->lock);
}

guint
voc_form_cache_size(VocFormCache *cache)
{
    g_mutex_lock(&cache->lock);
    guint n = (guint)cache->stored.n + g_hash_table_size(cache->added);
    g_mutex_unlock(&cache->lock);
    return n;
}

/* --- saving --- */

typedef struct Image {
    GArray *entries;
    VocBuffer strings;
    GHashTable *offsets;
} Image;

static void
add_entry(Image *image, const Entry *entry, const char *strings)
{
    VocSlice base = voc_slice_from_string(strings + entry->base);
    VocSlice parts = voc_slice_from_string(strings + entry->parts);
    Entry made = {.key = entry->key};
    made.base = intern(&image->strings, image->offsets, base);
    made.parts = intern(&image->strings, image->offsets, parts);
    g_array_append_val(image->entries, made);
}

static int
compare_entries(const void *a, const void *b)
{
    guint64 x = ((const Entry *)a)->key, y = ((const Entry *)b)->key;
    return (x > y) - (x < y);
}

/* Ours first; of the file's what we have not, as far as there is room. */
static void
join(VocFormCache *cache, const Stored *stored, Image *image)
{
    GHashTableIter iter;
    gpointer value;
    g_hash_table_iter_init(&iter, cache->added);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        add_entry(image, value, cache->strings.data);
    for (gsize i = 0; i < stored->n && image->entries->len < MAX_FORMS; i++)
        if (!g_hash_table_contains(cache->added, &stored->entries[i].key))
            add_entry(image, &stored->entries[i], stored->strings);
    g_array_sort(image->entries, compare_entries);
}

static gboolean
write_file(const char *path, guint64 identity, const Image *image, GError **error)
{
    g_auto(VocBuffer) file = VOC_BUFFER_INIT;
    Header header = {.identity = identity, .n = image->entries->len, .strings_len = image->strings.len};
    memcpy(header.magic, MAGIC, sizeof MAGIC);
    voc_buffer_add(&file, &header, sizeof header);
    voc_buffer_add(&file, image->entries->data, image->entries->len * sizeof(Entry));
    voc_buffer_add_slice(&file, voc_buffer_slice(&image->strings));
    header.check = hash_bytes(file.data + sizeof header, file.len - sizeof header);
    memcpy(file.data, &header, sizeof header);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GError) cause = NULL;
    g_mkdir_with_parents(folder, 0700);
    if (g_file_set_contents_full(path, file.data, (gssize)file.len, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 &cause))
        return TRUE;
    g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s", cause->message);
    return FALSE;
}

gboolean
voc_form_cache_save(VocFormCache *cache, GError **error)
{
    gboolean good = TRUE;
    g_mutex_lock(&cache->lock);
    if (cache->path && g_hash_table_size(cache->added)) {
        Stored stored;
        Image image = {.entries = g_array_new(FALSE, FALSE, sizeof(Entry)),
                       .offsets = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL)};
        voc_buffer_add_char(&image.strings, '\0');
        /* Another process may have saved since we read. */
        read_file(cache->path, cache->identity, &stored);
        join(cache, &stored, &image);
        good = write_file(cache->path, cache->identity, &image, error);
        g_free(stored.data);
        g_array_unref(image.entries);
        g_hash_table_unref(image.offsets);
        voc_buffer_clear(&image.strings);
    }
    g_mutex_unlock(&cache->lock);
    return good;
}
