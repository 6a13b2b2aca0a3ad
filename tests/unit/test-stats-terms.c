#include "stats/terms.h"

#include <stdio.h>

static void
add(VocTerms *terms, const char *term, const char *word, VocTermStyle style, guint32 group, guint32 message)
{
    voc_terms_add(terms, voc_slice_from_string(term), voc_slice_from_string(word), style, &group, 1, message);
}

static void
check(const VocTerms *terms, guint32 group, const char *term, guint32 count, guint32 messages)
{
    guint32 number = voc_terms_find(terms, voc_slice_from_string(term));
    VocTermCount got = voc_terms_count(terms, group, number);
    g_assert_cmpuint(got.count, ==, count);
    g_assert_cmpuint(got.messages, ==, messages);
}

static void
test_counts(void)
{
    g_autoptr(VocTerms) terms = voc_terms_new(0);
    const guint32 both[] = {0, 7};
    add(terms, "lasku", "laskun", VOC_TERM_PLAIN, 0, 1);
    add(terms, "lasku", "laskun", VOC_TERM_PLAIN, 0, 1);
    add(terms, "lasku", "laskut", VOC_TERM_PLAIN, 0, 2);
    voc_terms_add(terms, VOC_SLICE("lasku"), VOC_SLICE("laskun"), VOC_TERM_TITLE, both, 2, 3);
    add(terms, "jono", "jono", VOC_TERM_PLAIN, 7, 3);
    check(terms, 0, "lasku", 4, 3);
    check(terms, 7, "lasku", 1, 1);
    check(terms, 7, "jono", 1, 1);
    check(terms, 0, "jono", 0, 0);
    check(terms, 3, "lasku", 0, 0);
    check(terms, 0, "muu", 0, 0);
    g_assert_cmpuint(voc_terms_size(terms), ==, 2);
    g_assert_cmpuint(voc_terms_lost(terms), ==, 0);
}

static void
check_word(VocTerms *terms, const char *term, const char *word)
{
    g_autofree char *got = voc_terms_word(terms, voc_terms_find(terms, voc_slice_from_string(term)));
    g_assert_cmpstr(got, ==, word);
}

static void
test_words(void)
{
    g_autoptr(VocTerms) terms = voc_terms_new(0);
    add(terms, "lasku", "laskut", VOC_TERM_PLAIN, 0, 1);
    add(terms, "lasku", "laskun", VOC_TERM_PLAIN, 0, 1);
    check_word(terms, "lasku", "laskun"); /* a tie */
    add(terms, "lasku", "laskut", VOC_TERM_TITLE, 0, 2);
    check_word(terms, "lasku", "laskut");
    add(terms, "ärrä", "ärrän", VOC_TERM_TITLE, 0, 1);
    check_word(terms, "ärrä", "Ärrän");
    add(terms, "ärrä", "ärrän", VOC_TERM_CAPS, 0, 1);
    add(terms, "ärrä", "ärrän", VOC_TERM_CAPS, 0, 1);
    check_word(terms, "ärrä", "ÄRRÄN");
    voc_terms_add(terms, VOC_SLICE("x"), VOC_SLICE_NONE, VOC_TERM_PLAIN, NULL, 0, 1);
    check_word(terms, "x", "x");
}

/* A text of a few frequent and very many rare terms against plain counting: what the bound takes is what it
 * says. */
static void
test_bound(void)
{
    enum { BOUND = 2000, N = 200000, KINDS = 40000 };
    g_autoptr(VocTerms) terms = voc_terms_new(BOUND);
    g_autofree guint32 *exact = g_new0(guint32, KINDS);
    guint32 state = 12345;
    for (guint32 i = 0; i < N; i++) {
        state = state * 1664525u + 1013904223u;
        double u = (state >> 8) / 16777216.0;
        guint32 kind = (guint32)(KINDS * u * u * u * u * u * u);
        char name[16];
        snprintf(name, sizeof name, "t%u", kind);
        add(terms, name, name, VOC_TERM_PLAIN, kind % 3, i);
        exact[kind]++;
        g_assert_cmpuint(voc_terms_size(terms), <=, BOUND);
    }
    guint32 lost = voc_terms_lost(terms);
    g_assert_cmpuint(lost, >, 0);
    g_assert_cmpuint(lost, <, N / BOUND * 4);
    for (guint32 kind = 0; kind < KINDS; kind++) {
        char name[16];
        snprintf(name, sizeof name, "t%u", kind);
        guint32 got =
            voc_terms_count(terms, kind % 3, voc_terms_find(terms, voc_slice_from_string(name))).count;
        g_assert_cmpuint(got, <=, exact[kind]);
        g_assert_cmpuint(got + lost, >=, exact[kind]);
    }
    check_word(terms, "t0", "t0");
}

static void
sum(VocTermCount count, gpointer data)
{
    *(guint64 *)data += count.count;
}

/* Terms that are all frequent are kept, whatever the bound. */
static void
test_all_frequent(void)
{
    g_autoptr(VocTerms) terms = voc_terms_new(8);
    for (guint32 i = 0; i < 50000; i++) {
        char name[16];
        snprintf(name, sizeof name, "t%u", i % 7);
        add(terms, name, name, VOC_TERM_PLAIN, i % 11, i);
    }
    guint64 all = 0;
    voc_terms_each(terms, sum, &all);
    g_assert_cmpuint(all, <=, 50000);
    g_assert_cmpuint(all + voc_terms_lost(terms) * 7 * 11, >=, 50000);
}

int
main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/terms/counts", test_counts);
    g_test_add_func("/terms/words", test_words);
    g_test_add_func("/terms/bound", test_bound);
    g_test_add_func("/terms/all-frequent", test_all_frequent);
    return g_test_run();
}
