/* Finnish words: what the word table makes of 920 forms whose base forms are known, with Voikko and the table
 * of spoken forms, and with Snowball alone. The shares are printed; only a fall is a failure. */
#include "base/tsv.h"
#include "text/stem.h"
#include "text/words.h"

typedef struct Share {
    guint right, all;
} Share;

static GHashTable *
new_shares(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

static void
count(GHashTable *shares, const char *kind, gboolean right)
{
    Share *share = g_hash_table_lookup(shares, kind);
    if (!share) {
        share = g_new0(Share, 1);
        g_hash_table_insert(shares, g_strdup(kind), share);
    }
    share->right += right;
    share->all++;
}

/* The word list through one model; `shares` by kind and for all of them together. FALSE when the morphology
 * is not there. */
static gboolean
read_list(VocMorphology morphology, GHashTable *shares)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(TEST_SOURCE_DIR, "tests", "unit", "words-fi.tsv", NULL);
    g_auto(VocTsv) tsv = {0};
    VocWordModel *model = voc_word_model_load(TEST_SOURCE_DIR, morphology, NULL, &error);
    if (!model)
        return FALSE;
    VocWords *words = voc_words_new(model);
    VocArena arena;
    voc_arena_init(&arena, 0);
    voc_tsv_open(&tsv, path, &error);
    g_assert_no_error(error);
    while (voc_tsv_next(&tsv)) {
        VocSlice folded = voc_text_fold(tsv.cell[1], &arena);
        VocSlice base = voc_words_base(words, tsv.cell[0], VOC_LANG_FI, &arena);
        gboolean right = voc_slice_equal(base, folded);
        count(shares, voc_arena_string(&arena, tsv.cell[3]), right);
        count(shares, "all", right);
    }
    voc_arena_clear(&arena);
    voc_words_free(words);
    voc_word_model_free(model);
    return TRUE;
}

static void
test_shares(void)
{
    g_autoptr(GHashTable) voikko = new_shares();
    g_autoptr(GHashTable) snowball = new_shares();
    gboolean there = read_list(VOC_MORPHOLOGY_VOIKKO, voikko);
    g_assert_true(read_list(VOC_MORPHOLOGY_SNOWBALL, snowball));
    g_autoptr(GList) kinds = g_list_sort(g_hash_table_get_keys(snowball), (GCompareFunc)strcmp);
    for (GList *at = kinds; at; at = at->next) {
        Share *stems = g_hash_table_lookup(snowball, at->data);
        Share *bases = there ? g_hash_table_lookup(voikko, at->data) : NULL;
        g_test_message("%-12s Voikko and the table %3u, Snowball %3u of %3u", (char *)at->data,
                       bases ? bases->right : 0, stems->right, stems->all);
    }
    Share *stems = g_hash_table_lookup(snowball, "all");
    g_assert_cmpuint(stems->all, >=, 400);
    if (!there) {
        g_test_skip("Voikko is not installed");
        return;
    }
    Share *bases = g_hash_table_lookup(voikko, "all");
    g_assert_cmpuint(bases->right * 100, >=, bases->all * 90);
}

/* The list's third column is what libstemmer makes of each form. */
static void
test_stems(void)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = g_build_filename(TEST_SOURCE_DIR, "tests", "unit", "words-fi.tsv", NULL);
    g_auto(VocTsv) tsv = {0};
    VocStemmer *stemmer = voc_stemmer_new();
    VocArena arena;
    voc_arena_init(&arena, 0);
    voc_tsv_open(&tsv, path, &error);
    g_assert_no_error(error);
    while (voc_tsv_next(&tsv)) {
        VocSlice folded = voc_text_fold(tsv.cell[0], &arena);
        VocSlice stem = voc_stemmer_stem(stemmer, folded, VOC_LANG_FI, &arena);
        if (!voc_slice_equal(stem, tsv.cell[2]))
            g_test_fail_printf("line %u: %.*s", tsv.line, (int)stem.len, stem.data);
    }
    voc_arena_clear(&arena);
    voc_stemmer_free(stemmer);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/words-fi/shares", test_shares);
    g_test_add_func("/words-fi/stems", test_stems);
    return g_test_run();
}
