#include "theme/phrase.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Tokens in a phrase at most, stop words among them. */
#define MOST_TOKENS 5u
/* A phrase must have one of so many first terms; terms behind so many others say nothing for it. */
#define FIRST_TERMS 3u
#define GOOD_TERMS 10u
/* What a term that is none of the good ones costs, how much longer phrases lose, what is left for each word
 * between terms, and for words none of which is in its base form. */
#define STRANGER 0.2
#define LENGTH 0.4
#define BETWEEN 0.85
#define INFLECTED 0.6
/* Places that are looked at to learn how a phrase is written. */
#define MOST_PLACES 200u
/* The best phrases that are kept. */
#define MOST_PHRASES 20u

typedef struct Miner {
    const VocProfile *p;
    guint cluster;
    VocLang lang;
    float *relevance;    /* of each column: its rank against the first term's, 0 behind the good terms */
    GHashTable *phrases; /* by their terms: VocPhrase */
    GHashTable *places;  /* of the best ones, by their terms: an array of VocPhrase */
    guint document;
} Miner;

static guint
phrase_hash(const void *data)
{
    const VocPhrase *phrase = data;
    guint hash = phrase->n;
    for (guint i = 0; i < phrase->n; i++)
        hash = hash * 2654435761u + phrase->columns[i];
    return hash;
}

static gboolean
phrase_equal(const void *a, const void *b)
{
    const VocPhrase *x = a, *y = b;
    return x->n == y->n && memcmp(x->columns, y->columns, sizeof(guint32) * x->n) == 0;
}

/* What the term counts as, before all else. */
static guint32
column_of(const VocProfile *p, guint32 term)
{
    guint n = 0;
    return term == VOC_NO_TERM ? term : voc_corpus_columns(p->corpus, term, &n)[0];
}

static gboolean
has_column(const VocPhrase *phrase, guint32 column)
{
    for (guint i = 0; i < phrase->n; i++)
        if (phrase->columns[i] == column)
            return TRUE;
    return FALSE;
}

static gboolean
is_first_term(const Miner *m, guint32 column)
{
    for (guint i = 0; i < MIN(FIRST_TERMS, m->p->n_terms[m->cluster]); i++)
        if (m->p->terms[m->cluster][i].term == column)
            return TRUE;
    return FALSE;
}

static void
count_phrase(Miner *m, const VocPhrase *found)
{
    VocPhrase *known = g_hash_table_lookup(m->phrases, found);
    if (!known) {
        known = g_memdup2(found, sizeof *found);
        known->document = G_MAXUINT;
        g_hash_table_add(m->phrases, known);
    }
    if (known->document == m->document)
        return;
    known->document = m->document;
    known->texts++;
}

typedef void (*Visit)(Miner *m, const VocPhrase *found);

/* Visits the phrases that begin at token `from`. */
static void
visit_from(Miner *m, const VocDocument *d, guint from, Visit visit)
{
    VocPhrase found = {.document = m->document, .from = from};
    gboolean has_first = FALSE;
    for (guint i = from; i < MIN(d->n, from + MOST_TOKENS) && d->forms[i] != VOC_NO_TERM; i++) {
        guint32 column = column_of(m->p, d->terms[i]);
        if (column == VOC_NO_TERM)
            continue;
        if (d->shapes[i] & VOC_SHAPE_UNIT || found.n == VOC_PHRASE_TERMS || has_column(&found, column))
            return;
        found.columns[found.n++] = column;
        found.to = i;
        has_first = has_first || is_first_term(m, column);
        if (found.n > 1 && has_first)
            visit(m, &found);
    }
}

static void
visit_all(Miner *m, Visit visit)
{
    for (guint r = 0; r < m->p->counts->n_rows; r++) {
        const VocDocument *d = voc_corpus_document(m->p->corpus, r);
        if (m->p->cluster[r] != m->cluster || d->lang != m->lang)
            continue;
        m->document = r;
        for (guint i = 0; i < d->n; i++)
            if (d->terms[i] != VOC_NO_TERM)
                visit_from(m, d, i, visit);
    }
}

/* Few texts that join two of the first terms say more than many that join one of them to a word of no
 * weight. */
static void
rate(const Miner *m, VocPhrase *phrase)
{
    guint good = 0;
    double relevance = 0;
    for (guint i = 0; i < phrase->n; i++) {
        float own = m->relevance[phrase->columns[i]];
        good += own > 0;
        relevance += own > 0 ? own : -STRANGER;
    }
    phrase->score = relevance * (1 + log(phrase->texts)) / pow(phrase->n, LENGTH);
    if (phrase->texts < 2 && good < 2)
        phrase->score = 0;
}

static int
by_score(const void *a, const void *b)
{
    const VocPhrase *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    if (x->n != y->n)
        return x->n < y->n ? -1 : 1;
    return memcmp(x->columns, y->columns, sizeof x->columns);
}

static gboolean
written_alike(const VocProfile *p, const VocPhrase *a, const VocPhrase *b)
{
    const VocDocument *x = voc_corpus_document(p->corpus, a->document);
    const VocDocument *y = voc_corpus_document(p->corpus, b->document);
    return a->to - a->from == b->to - b->from &&
           memcmp(x->forms + a->from, y->forms + b->from, sizeof(guint32) * (a->to - a->from + 1)) == 0;
}

/* Whether the form looks like a Finnish verb that is no name by itself: -maan, -kaa, -isi, -tte. */
static gboolean
is_verb_form(const char *form)
{
    static const char *const ENDINGS[] = {"maan", "mään", "kaa", "kää", "isi", "mme", "tte"};
    for (guint i = 0; i < G_N_ELEMENTS(ENDINGS); i++)
        if (g_str_has_suffix(form, ENDINGS[i]))
            return TRUE;
    return FALSE;
}

/* What a way to write the phrase is worth: names are short, and made of words as they stand in a dictionary.
 */
static double
worth(const Miner *m, const VocPhrase *phrase)
{
    const VocDocument *d = voc_corpus_document(m->p->corpus, phrase->document);
    guint n = phrase->to - phrase->from + 1, bases = 0;
    double verbs = 1;
    for (guint i = phrase->from; i <= phrase->to; i++) {
        const char *form = voc_corpus_form(m->p->corpus, d->forms[i]);
        gboolean is_term = d->terms[i] != VOC_NO_TERM;
        bases += is_term && strcmp(voc_corpus_term(m->p->corpus, d->terms[i]), form) == 0;
        if (is_term && m->lang == VOC_LANG_FI && is_verb_form(form))
            verbs *= INFLECTED;
    }
    double inflected = m->lang == VOC_LANG_FI ? INFLECTED + (1 - INFLECTED) * bases / phrase->n : 1;
    return inflected * verbs * pow(BETWEEN, n - phrase->n);
}

/* Finds where the phrase stands in the words that most write it in, the better of these if it is as common.
 */
static void
find_writing(Miner *m, VocPhrase *phrase, const GArray *places)
{
    double most = 0;
    for (guint i = 0; i < places->len; i++) {
        const VocPhrase *place = &g_array_index(places, VocPhrase, i);
        guint others = 0;
        for (guint j = 0; j < places->len; j++)
            others += j != i && written_alike(m->p, place, &g_array_index(places, VocPhrase, j));
        double value = worth(m, place) * (1 + log1p(others));
        if (value <= most)
            continue;
        most = value;
        phrase->document = place->document;
        phrase->from = place->from;
        phrase->to = place->to;
    }
    phrase->score *= worth(m, phrase);
    /* One text that says so, and not in two words, is a sentence of one. */
    if (phrase->texts < 2 && phrase->to - phrase->from > 1)
        phrase->score = 0;
}

static void
note_place(Miner *m, const VocPhrase *found)
{
    GArray *places = g_hash_table_lookup(m->places, found);
    if (places && places->len < MOST_PLACES)
        g_array_append_val(places, *found);
}

static void
free_places(void *places)
{
    g_array_unref(places);
}

static void
find_writings(Miner *m, GArray *best)
{
    m->places = g_hash_table_new_full(phrase_hash, phrase_equal, g_free, free_places);
    for (guint i = 0; i < best->len; i++)
        g_hash_table_insert(m->places, g_memdup2(&g_array_index(best, VocPhrase, i), sizeof(VocPhrase)),
                            g_array_new(FALSE, FALSE, sizeof(VocPhrase)));
    visit_all(m, note_place);
    for (guint i = 0; i < best->len; i++) {
        VocPhrase *phrase = &g_array_index(best, VocPhrase, i);
        find_writing(m, phrase, g_hash_table_lookup(m->places, phrase));
    }
    g_hash_table_unref(m->places);
    g_array_sort(best, by_score);
    while (best->len && g_array_index(best, VocPhrase, best->len - 1).score <= 0)
        g_array_set_size(best, best->len - 1);
}

static GArray *
choose_best(Miner *m)
{
    GArray *best = g_array_new(FALSE, FALSE, sizeof(VocPhrase));
    GHashTableIter iter;
    gpointer phrase;
    g_hash_table_iter_init(&iter, m->phrases);
    while (g_hash_table_iter_next(&iter, &phrase, NULL)) {
        rate(m, phrase);
        if (((VocPhrase *)phrase)->score > 0)
            g_array_append_vals(best, phrase, 1);
    }
    if (best->len)
        qsort(best->data, best->len, sizeof(VocPhrase), by_score);
    g_array_set_size(best, MIN(best->len, MOST_PHRASES));
    return best;
}

GArray *
voc_phrases_find(const VocProfile *profile, guint cluster, VocLang lang)
{
    Miner m = {.p = profile, .cluster = cluster, .lang = lang};
    const VocWeighted *terms = profile->terms[cluster];
    m.relevance = g_new0(float, MAX(profile->counts->n_columns, 1));
    m.phrases = g_hash_table_new_full(phrase_hash, phrase_equal, g_free, NULL);
    for (guint i = 0; i < MIN(GOOD_TERMS, profile->n_terms[cluster]); i++)
        m.relevance[terms[i].term] = terms[i].rank / terms[0].rank;
    visit_all(&m, count_phrase);
    GArray *best = choose_best(&m);
    find_writings(&m, best);
    g_hash_table_unref(m.phrases);
    g_free(m.relevance);
    return best;
}

void
voc_phrase_write(const VocProfile *profile, const VocPhrase *phrase, GString *out)
{
    const VocDocument *d = voc_corpus_document(profile->corpus, phrase->document);
    for (guint i = phrase->from; i <= phrase->to; i++) {
        g_autofree char *word =
            voc_wording_cased(profile->wording, voc_corpus_form(profile->corpus, d->forms[i]));
        g_string_append_printf(out, "%s%s", i > phrase->from ? " " : "", word);
    }
}
