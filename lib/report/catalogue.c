#include "report/catalogue.h"

#include <string.h>

/* The format is that of the GNU gettext manual, "The Format of GNU MO Files". */
#define MAGIC 0x950412deu
#define HEADER 20u

struct VocCatalogue {
    char *data; /* a NUL behind it */
    gsize len;
    gboolean swapped;
    guint32 n, keys, texts; /* the two tables: where they begin */
};

static guint32
word_at(const VocCatalogue *catalogue, gsize at)
{
    guint32 word;
    memcpy(&word, catalogue->data + at, sizeof word);
    return catalogue->swapped ? GUINT32_SWAP_LE_BE(word) : word;
}

/* Entry `i` of the table at `table`, its length in `*len`; NULL when it is not wholly in the file. */
static const char *
string_at(const VocCatalogue *catalogue, guint32 table, guint32 i, guint32 *len)
{
    gsize at = (gsize)table + 8 * (gsize)i;
    guint32 from = word_at(catalogue, at + 4);
    *len = word_at(catalogue, at);
    if ((gsize)from + *len >= catalogue->len || catalogue->data[from + *len] != '\0')
        return NULL;
    return catalogue->data + from;
}

static gboolean
check(VocCatalogue *catalogue)
{
    guint32 len;
    if (catalogue->len < HEADER)
        return FALSE;
    catalogue->swapped = word_at(catalogue, 0) == GUINT32_SWAP_LE_BE(MAGIC);
    if (word_at(catalogue, 0) != MAGIC || word_at(catalogue, 4) >> 16 > 1)
        return FALSE;
    catalogue->n = word_at(catalogue, 8);
    catalogue->keys = word_at(catalogue, 12);
    catalogue->texts = word_at(catalogue, 16);
    gsize size = 8 * (gsize)catalogue->n;
    if (catalogue->keys + size > catalogue->len || catalogue->texts + size > catalogue->len)
        return FALSE;
    for (guint32 i = 0; i < catalogue->n; i++)
        if (!string_at(catalogue, catalogue->keys, i, &len) ||
            !string_at(catalogue, catalogue->texts, i, &len))
            return FALSE;
    return TRUE;
}

const VocCatalogue *
voc_catalogue_load(const char *path, GError **error)
{
    static GHashTable *known;
    g_autoptr(GError) problem = NULL;
    if (!known)
        known = g_hash_table_new(g_str_hash, g_str_equal);
    VocCatalogue *catalogue = g_hash_table_lookup(known, path);
    if (catalogue)
        return catalogue;
    catalogue = g_new0(VocCatalogue, 1);
    if (g_file_get_contents(path, &catalogue->data, &catalogue->len, &problem) && check(catalogue)) {
        g_hash_table_insert(known, g_strdup(path), catalogue);
        return catalogue;
    }
    g_set_error(error, VOC_ERROR, VOC_ERROR_FATAL, "%s: %s", path,
                problem ? problem->message : "not a catalogue of texts");
    g_free(catalogue->data);
    g_free(catalogue);
    return NULL;
}

const char *
voc_catalogue_find(const VocCatalogue *catalogue, const char *key, guint form)
{
    guint32 len, low = 0, high = catalogue->n;
    while (low < high) {
        guint32 middle = low + (high - low) / 2;
        /* The key of a plural holds both its forms, a NUL between them: the first one is it. */
        int order = strcmp(key, string_at(catalogue, catalogue->keys, middle, &len));
        if (order < 0) {
            high = middle;
        } else if (order > 0) {
            low = middle + 1;
        } else {
            const char *text = string_at(catalogue, catalogue->texts, middle, &len), *end = text + len;
            for (; form > 0 && text < end; form--)
                text += strlen(text) + 1;
            return text < end ? text : NULL;
        }
    }
    return NULL;
}
