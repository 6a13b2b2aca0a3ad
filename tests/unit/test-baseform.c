/* Finnish base forms: forms we know, compounds, what is kept between runs and what becomes of it when it is
 * damaged, threads. Skipped where Voikko or its dictionary is missing. */
#include <glib/gstdio.h>

#include "text/baseform.h"

/* What the rule was made with, and a list that somebody else made. */
#define OWN_FORMS "baseform-fi.tsv"
#define OTHER_FORMS "words-fi.tsv"

static char *uses_path;
static char *folder; /* for caches */

static VocBaseforms *
open_baseforms(const char *cache_path)
{
    g_autoptr(GError) error = NULL;
    VocBaseforms *baseforms = voc_baseforms_open(uses_path, cache_path, &error);
    if (!baseforms) {
        g_assert_error(error, VOC_ERROR, VOC_ERROR_USAGE);
        g_test_skip(error->message);
    }
    return baseforms;
}

static void
save(VocBaseforms *baseforms)
{
    g_autoptr(GError) error = NULL;
    voc_baseforms_save(baseforms, &error);
    g_assert_no_error(error);
}

/* The base form, "" when the word is unknown; `*parts` (may be NULL) likewise. Lives in `arena`. */
static const char *
find(VocBaseformer *baseformer, const char *form, VocArena *arena, const char **parts)
{
    VocBaseform out;
    gboolean known = voc_baseformer_find(baseformer, voc_slice_from_string(form), arena, &out);
    g_assert_cmpint(known, ==, out.base.len > 0);
    if (parts)
        *parts = voc_arena_string(arena, out.parts);
    return voc_arena_string(arena, out.base);
}

/* Rows of form TAB base form and more, NULL at the end. */
static char **
read_forms(const char *table)
{
    g_autofree char *path = g_build_filename(TEST_SOURCE_DIR, "tests", "unit", table, NULL);
    g_autofree char *data = NULL;
    g_autoptr(GError) error = NULL;
    g_file_get_contents(path, &data, NULL, &error);
    g_assert_no_error(error);
    return g_strsplit(g_strchomp(data), "\n", -1);
}

/* Whether the row is for Voikko: what other tables and rules are for is not. */
static gboolean
is_ours(char **cell)
{
    static const char *const OTHERS[] = {"loan", "name", "spoken", "typo", NULL};
    return cell[0] && cell[1] && !(g_strv_length(cell) > 3 && g_strv_contains(OTHERS, cell[3]));
}

static void
count_forms(VocBaseformer *baseformer, const char *table, int *n, int *right)
{
    g_auto(VocArena) arena;
    g_auto(GStrv) rows = read_forms(table);
    voc_arena_init(&arena, 0);
    *n = *right = 0;
    for (char **row = rows; *row; row++) {
        g_auto(GStrv) cell = g_strsplit(*row, "\t", -1);
        if (**row == '#' || !is_ours(cell))
            continue;
        g_autofree char *form = g_utf8_strdown(cell[0], -1);
        const char *base = find(baseformer, form, &arena, NULL);
        ++*n;
        *right += strcmp(base, cell[1]) == 0;
        if (strcmp(base, cell[1]) != 0)
            g_test_message("%s: %s, not %s", cell[0], base, cell[1]);
    }
}

static void
test_forms(void)
{
    VocBaseforms *baseforms = open_baseforms(NULL);
    int n, right;
    if (!baseforms)
        return;
    VocBaseformer *baseformer = voc_baseformer_new(baseforms);
    count_forms(baseformer, OWN_FORMS, &n, &right);
    g_test_message("%d of %d forms right", right, n);
    g_assert_cmpint(n, >, 500);
    g_assert_cmpfloat(right, >=, 0.98 * n);
    count_forms(baseformer, OTHER_FORMS, &n, &right);
    g_test_message("%d of %d words right", right, n);
    g_assert_cmpint(n, >, 500);
    g_assert_cmpfloat(right, >=, 0.97 * n);
    voc_baseformer_free(baseformer);
    voc_baseforms_free(baseforms);
}

static void
test_parts(void)
{
    static const char *const COMPOUNDS[][3] = {{"laskutusvirhe", "laskutusvirhe", "laskutus+virhe"},
                                               {"asiakaspalvelusta", "asiakaspalvelu", "asiakas+palvelu"},
                                               {"postikulut", "postikulu", "posti+kulu"},
                                               {"lastenvaunuja", "lastenvaunu", "lapsi+vaunu"},
                                               {"toimitus-", "toimitus", ""},
                                               {"lasku", "lasku", ""},
                                               {"eu:n", "eu", ""},
                                               {"helsingissä", "helsinki", ""},
                                               {"lskutsvrhe", "", ""},
                                               {"the", "", ""}};
    g_auto(VocArena) arena;
    VocBaseforms *baseforms = open_baseforms(NULL);
    if (!baseforms)
        return;
    voc_arena_init(&arena, 0);
    VocBaseformer *baseformer = voc_baseformer_new(baseforms);
    /* The second round comes out of the cache in memory. */
    for (gsize i = 0; i < 2 * G_N_ELEMENTS(COMPOUNDS); i++) {
        const char *const *row = COMPOUNDS[i % G_N_ELEMENTS(COMPOUNDS)];
        const char *parts;
        g_assert_cmpstr(find(baseformer, row[0], &arena, &parts), ==, row[1]);
        g_assert_cmpstr(parts, ==, row[2]);
    }
    voc_baseformer_free(baseformer);
    voc_baseforms_free(baseforms);
}

static void
learn(const char *path, const char *form)
{
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    VocBaseforms *baseforms = open_baseforms(path);
    VocBaseformer *baseformer = voc_baseformer_new(baseforms);
    find(baseformer, form, &arena, NULL);
    voc_baseformer_free(baseformer);
    save(baseforms);
    voc_baseforms_free(baseforms);
}

static guint
known(const char *path)
{
    VocBaseforms *baseforms = open_baseforms(path);
    guint n = voc_baseforms_known(baseforms);
    voc_baseforms_free(baseforms);
    return n;
}

static void
test_kept(void)
{
    g_autofree char *path = g_build_filename(folder, "deep", "er", "forms", NULL);
    VocBaseforms *a = open_baseforms(path);
    if (!a)
        return;
    VocBaseformer *baseformer = voc_baseformer_new(a);
    int n, right, again;
    g_autofree char *data = NULL;
    gsize len;
    GStatBuf info;
    count_forms(baseformer, OWN_FORMS, &n, &right);
    voc_baseformer_free(baseformer);
    save(a);
    save(a);
    g_assert_cmpuint(voc_baseforms_known(a), ==, n);
    voc_baseforms_free(a);
    g_assert_cmpuint(known(path), ==, n);
    /* What is read back says the same. */
    a = open_baseforms(path);
    baseformer = voc_baseformer_new(a);
    count_forms(baseformer, OWN_FORMS, &n, &again);
    g_assert_cmpint(again, ==, right);
    g_assert_cmpuint(voc_baseforms_known(a), ==, n);
    voc_baseformer_free(baseformer);
    voc_baseforms_free(a);
    /* A name or a typing error is not in the file, and the file is nobody else's. */
    learn(path, "kuukkelipuusto-wirtanen");
    g_assert_cmpuint(known(path), ==, n + 1);
    g_assert_true(g_file_get_contents(path, &data, &len, NULL));
    g_assert_null(memmem(data, len, "wirtanen", 8));
    g_assert_nonnull(memmem(data, len, "toimitus", 8));
    g_assert_cmpint(g_stat(path, &info), ==, 0);
    g_assert_cmpint(info.st_mode & 077, ==, 0);
}

/* Two that were open at the same time lose nothing of each other's. */
static void
test_joined(void)
{
    g_autofree char *path = g_build_filename(folder, "joined", NULL);
    g_auto(VocArena) arena;
    VocBaseforms *a = open_baseforms(path);
    if (!a)
        return;
    voc_arena_init(&arena, 0);
    VocBaseforms *b = open_baseforms(path);
    VocBaseformer *of_a = voc_baseformer_new(a), *of_b = voc_baseformer_new(b);
    find(of_a, "laskun", &arena, NULL);
    find(of_a, "virheen", &arena, NULL);
    find(of_b, "virheen", &arena, NULL);
    find(of_b, "paketin", &arena, NULL);
    voc_baseformer_free(of_a);
    voc_baseformer_free(of_b);
    save(a);
    save(b);
    g_assert_cmpuint(known(path), ==, 3);
    voc_baseforms_free(a);
    voc_baseforms_free(b);
}

/* Whatever is in the file, forms are analysed and the next run finds a sound one. */
static void
test_damaged(void)
{
    g_autofree char *path = g_build_filename(folder, "damaged", NULL);
    g_autofree char *whole = NULL;
    gsize len;
    VocBaseforms *baseforms = open_baseforms(NULL);
    if (!baseforms)
        return;
    voc_baseforms_free(baseforms);
    learn(path, "laskutusvirheestä");
    g_assert_true(g_file_get_contents(path, &whole, &len, NULL));
    for (gsize i = 0; i < len; i++) {
        g_autofree char *broken = g_memdup2(whole, len);
        broken[i] = (char)(broken[i] ^ 0x5A);
        g_assert_true(g_file_set_contents(path, broken, (gssize)len, NULL));
        g_assert_cmpuint(known(path), ==, 0);
    }
    for (gsize cut = 0; cut < len; cut++) {
        g_assert_true(g_file_set_contents(path, whole, (gssize)cut, NULL));
        g_assert_cmpuint(known(path), ==, 0);
    }
    learn(path, "laskutusvirheestä");
    g_assert_cmpuint(known(path), ==, 1);
    g_assert_cmpint(g_unlink(path), ==, 0);
    g_assert_cmpuint(known(path), ==, 0);
}

static void
test_refusals(void)
{
    g_autoptr(GError) error = NULL;
    g_auto(VocArena) arena;
    g_autofree char *endless = g_strnfill(100000, 'a');
    VocBaseforms *baseforms = open_baseforms("/proc/voc/forms");
    if (!baseforms)
        return;
    voc_arena_init(&arena, 0);
    VocBaseformer *baseformer = voc_baseformer_new(baseforms);
    g_assert_cmpstr(find(baseformer, "", &arena, NULL), ==, "");
    g_assert_cmpstr(find(baseformer, endless, &arena, NULL), ==, "");
    g_assert_cmpstr(find(baseformer, "\xC3", &arena, NULL), ==, "");
    g_assert_cmpstr(find(baseformer, "(((", &arena, NULL), ==, "");
    g_assert_cmpstr(find(baseformer, "laskun", &arena, NULL), ==, "lasku");
    g_assert_false(voc_baseforms_save(baseforms, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
    voc_baseformer_free(baseformer);
    voc_baseforms_free(baseforms);
    g_clear_error(&error);
    g_assert_null(voc_baseforms_open("/nonexistent.tsv", NULL, &error));
    g_assert_error(error, VOC_ERROR, VOC_ERROR_FATAL);
}

static void *
work(void *baseforms)
{
    VocBaseformer *baseformer = voc_baseformer_new(baseforms);
    int n, right;
    count_forms(baseformer, OWN_FORMS, &n, &right);
    voc_baseformer_free(baseformer);
    return GINT_TO_POINTER(right);
}

static void
test_threads(void)
{
    VocBaseforms *baseforms = open_baseforms(NULL);
    GThread *threads[4];
    gpointer right[4];
    if (!baseforms)
        return;
    for (int i = 0; i < 4; i++)
        threads[i] = g_thread_new("work", work, baseforms);
    for (int i = 0; i < 4; i++)
        right[i] = g_thread_join(threads[i]);
    for (int i = 1; i < 4; i++)
        g_assert_true(right[i] == right[0]);
    voc_baseforms_free(baseforms);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    uses_path = g_build_filename(TEST_SOURCE_DIR, "data", "baseforms-fi.tsv", NULL);
    folder = g_dir_make_tmp("voc-baseform-XXXXXX", NULL);
    g_test_add_func("/baseform/forms", test_forms);
    g_test_add_func("/baseform/parts", test_parts);
    g_test_add_func("/baseform/kept", test_kept);
    g_test_add_func("/baseform/joined", test_joined);
    g_test_add_func("/baseform/damaged", test_damaged);
    g_test_add_func("/baseform/refusals", test_refusals);
    g_test_add_func("/baseform/threads", test_threads);
    int status = g_test_run();
    g_autofree char *command = g_strdup_printf("rm -rf '%s'", folder);
    status |= system(command) != 0;
    g_free(folder);
    g_free(uses_path);
    return status;
}
