#include "report/catalogue.h"

#include <glib/gstdio.h>

#include "base/slice.h"

/* A catalogue as msgfmt writes it: keys in their order, plurals with a NUL between their forms. */
static const struct {
    VocSlice key, text;
} ENTRIES[] = {
    {VOC_SLICE(""), VOC_SLICE("Content-Type: text/plain; charset=UTF-8\n")},
    {VOC_SLICE("May"), VOC_SLICE("toukokuu")},
    {VOC_SLICE("menu\004May"), VOC_SLICE("Saattaa")},
    {VOC_SLICE("one day\0%d days"), VOC_SLICE("yksi päivä\0%d päivää")},
    {VOC_SLICE("week"), VOC_SLICE("viikko")},
};

static void
put(GByteArray *bytes, gsize at, guint32 word, gboolean swapped)
{
    word = swapped ? GUINT32_SWAP_LE_BE(word) : word;
    memcpy(bytes->data + at, &word, sizeof word);
}

static GByteArray *
make(gboolean swapped)
{
    guint n = G_N_ELEMENTS(ENTRIES);
    GByteArray *bytes = g_byte_array_new();
    g_byte_array_set_size(bytes, 28 + 16 * n);
    memset(bytes->data, 0, bytes->len);
    put(bytes, 0, 0x950412deu, swapped);
    put(bytes, 8, n, swapped);
    put(bytes, 12, 28, swapped);
    put(bytes, 16, 28 + 8 * n, swapped);
    for (guint table = 0; table < 2; table++)
        for (guint i = 0; i < n; i++) {
            VocSlice string = table ? ENTRIES[i].text : ENTRIES[i].key;
            put(bytes, 28 + 8 * (table * n + i), (guint32)string.len, swapped);
            put(bytes, 32 + 8 * (table * n + i), bytes->len, swapped);
            g_byte_array_append(bytes, (const guint8 *)string.data, (guint)string.len + 1);
        }
    return bytes;
}

static const VocCatalogue *
load(const guint8 *data, gsize len, GError **error)
{
    g_autofree char *path = NULL;
    g_close(g_file_open_tmp("voc-catalogue-XXXXXX", &path, NULL), NULL);
    g_assert_true(g_file_set_contents(path, (const char *)data, (gssize)len, NULL));
    const VocCatalogue *catalogue = voc_catalogue_load(path, error);
    if (catalogue)
        g_assert_true(voc_catalogue_load(path, NULL) == catalogue);
    g_unlink(path);
    return catalogue;
}

static void
test_find(void)
{
    for (int swapped = 0; swapped < 2; swapped++) {
        g_autoptr(GByteArray) bytes = make(swapped != 0);
        const VocCatalogue *catalogue = load(bytes->data, bytes->len, NULL);
        g_assert_nonnull(catalogue);
        g_assert_cmpstr(voc_catalogue_find(catalogue, "May", 0), ==, "toukokuu");
        g_assert_cmpstr(voc_catalogue_find(catalogue, "menu\004May", 0), ==, "Saattaa");
        g_assert_cmpstr(voc_catalogue_find(catalogue, "one day", 0), ==, "yksi päivä");
        g_assert_cmpstr(voc_catalogue_find(catalogue, "one day", 1), ==, "%d päivää");
        g_assert_cmpstr(voc_catalogue_find(catalogue, "week", 0), ==, "viikko");
        static const char *const none[] = {"Ma", "May ", "menu", "one", "weeks", "zzz", "\001"};
        for (gsize i = 0; i < G_N_ELEMENTS(none); i++)
            g_assert_null(voc_catalogue_find(catalogue, none[i], 0));
        g_assert_null(voc_catalogue_find(catalogue, "week", 1));
        g_assert_null(voc_catalogue_find(catalogue, "one day", 2));
    }
}

/* Cut anywhere it is no catalogue, and whatever its bytes it is read within its bounds. */
static void
test_broken(void)
{
    g_autoptr(GByteArray) bytes = make(FALSE);
    for (gsize len = 0; len < bytes->len; len++) {
        g_autoptr(GError) error = NULL;
        g_assert_null(load(bytes->data, len, &error));
        g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
    }
    for (guint at = 0; at < 28 + 16 * G_N_ELEMENTS(ENTRIES); at++) {
        g_autoptr(GByteArray) hurt = make(FALSE);
        hurt->data[at] ^= 0xF3;
        const VocCatalogue *catalogue = load(hurt->data, hurt->len, NULL);
        if (catalogue)
            voc_catalogue_find(catalogue, "menu\004May", 1);
    }
    g_autoptr(GError) error = NULL;
    g_assert_null(voc_catalogue_load("/no/such/file", &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/catalogue/find", test_find);
    g_test_add_func("/catalogue/broken", test_broken);
    return g_test_run();
}
