#include "stats/terms.h"

#include "base/symtab.h"

/* A word written for a term; its key in the table is the term's number and the word. */
typedef struct Word {
    guint32 count, titles, caps;
    guint32 next; /* of the same term; 0: none */
} Word;

/* A term's count in a group. */
typedef struct Cell {
    guint32 group, term; /* term 0: empty */
    guint32 count, messages, last;
} Cell;

struct VocTerms {
    guint32 max_terms;
    VocSymtab terms, words;
    GArray *first_words; /* guint32, by term */
    GArray *word_counts; /* Word, by number */
    Cell *cells;
    guint32 n_cells, mask;
    guint32 lost;
};

#define FIRST_CELLS 1024u

static void
init_tables(VocTerms *terms)
{
    voc_symtab_init(&terms->terms);
    voc_symtab_init(&terms->words);
    terms->first_words = g_array_new(FALSE, TRUE, sizeof(guint32));
    terms->word_counts = g_array_new(FALSE, TRUE, sizeof(Word));
    terms->mask = FIRST_CELLS - 1;
    terms->cells = g_new0(Cell, FIRST_CELLS);
    terms->n_cells = 0;
}

static void
clear_tables(VocTerms *terms)
{
    voc_symtab_clear(&terms->terms);
    voc_symtab_clear(&terms->words);
    g_array_unref(terms->first_words);
    g_array_unref(terms->word_counts);
    g_free(terms->cells);
}

VocTerms *
voc_terms_new(guint32 max_terms)
{
    VocTerms *terms = g_new0(VocTerms, 1);
    terms->max_terms = max_terms ? max_terms : VOC_TERMS_MAX;
    init_tables(terms);
    return terms;
}

void
voc_terms_free(VocTerms *terms)
{
    if (!terms)
        return;
    clear_tables(terms);
    g_free(terms);
}

/* --- counting --- */

static guint32
hash_cell(guint32 group, guint32 term)
{
    guint64 product = ((guint64)group << 32 | term) * G_GUINT64_CONSTANT(0x9E3779B97F4A7C15);
    return (guint32)(product >> 32);
}

/* The cell, or the empty one where it belongs. */
static Cell *
find_cell(const VocTerms *terms, guint32 group, guint32 term)
{
    guint32 at = hash_cell(group, term) & terms->mask;
    while (terms->cells[at].term && (terms->cells[at].term != term || terms->cells[at].group != group))
        at = (at + 1) & terms->mask;
    return &terms->cells[at];
}

static void
grow_cells(VocTerms *terms)
{
    Cell *old = terms->cells;
    guint32 n = terms->mask + 1;
    terms->cells = g_new0(Cell, n * 2);
    terms->mask = n * 2 - 1;
    for (guint32 i = 0; i < n; i++)
        if (old[i].term)
            *find_cell(terms, old[i].group, old[i].term) = old[i];
    g_free(old);
}

static Cell *
take_cell(VocTerms *terms, guint32 group, guint32 term)
{
    Cell *cell = find_cell(terms, group, term);
    if (cell->term)
        return cell;
    if (terms->n_cells >= (terms->mask + 1) / 4 * 3) {
        grow_cells(terms);
        cell = find_cell(terms, group, term);
    }
    terms->n_cells++;
    *cell = (Cell){.group = group, .term = term, .last = G_MAXUINT32};
    return cell;
}

static guint32
take_term(VocTerms *terms, VocSlice name)
{
    guint32 term = voc_symtab_intern(&terms->terms, name);
    if (term >= terms->first_words->len)
        g_array_set_size(terms->first_words, term + 1);
    return term;
}

static Word *
take_word(VocTerms *terms, guint32 term, VocSlice word)
{
    char near[256], *key = word.len + 4 <= sizeof near ? near : g_malloc(word.len + 4);
    memcpy(key, &term, 4);
    if (word.len)
        memcpy(key + 4, word.data, word.len);
    guint32 number = voc_symtab_intern(&terms->words, voc_slice_of(key, word.len + 4));
    if (key != near)
        g_free(key);
    if (number >= terms->word_counts->len) {
        guint32 *first = &g_array_index(terms->first_words, guint32, term);
        g_array_set_size(terms->word_counts, number + 1);
        g_array_index(terms->word_counts, Word, number).next = *first;
        *first = number;
    }
    return &g_array_index(terms->word_counts, Word, number);
}

/* --- forgetting --- */

static guint64 *
term_peaks(const VocTerms *terms)
{
    guint64 *peaks = g_new0(guint64, terms->terms.n + 1);
    for (guint32 i = 0; i <= terms->mask; i++)
        if (terms->cells[i].term)
            peaks[terms->cells[i].term] = MAX(peaks[terms->cells[i].term], terms->cells[i].count);
    return peaks;
}

/* The lowest count whose terms' going, and that of all rarer ones, leaves at most half of what is allowed. */
static guint32
find_threshold(const VocTerms *terms, const guint64 *peaks)
{
    enum { STEPS = 4096 };
    g_autofree guint32 *gone = g_new0(guint32, 3 * (STEPS + 1)); /* by count: terms, words, cells */
    guint32 left[3] = {terms->terms.n, terms->words.n, terms->n_cells};
    guint32 half[3] = {terms->max_terms / 2, terms->max_terms, terms->max_terms * 2};
    for (guint32 term = 1; term <= terms->terms.n; term++) {
        gsize step = MIN(peaks[term], STEPS);
        gone[3 * step]++;
        for (guint32 at = g_array_index(terms->first_words, guint32, term); at;
             at = g_array_index(terms->word_counts, Word, at).next)
            gone[3 * step + 1]++;
    }
    for (guint32 i = 0; i <= terms->mask; i++)
        if (terms->cells[i].term)
            gone[3 * MIN(peaks[terms->cells[i].term], STEPS) + 2]++;
    gsize step = 0;
    for (; step < STEPS && (left[0] > half[0] || left[1] > half[1] || left[2] > half[2]); step++)
        for (guint k = 0; k < 3; k++)
            left[k] -= gone[3 * step + k];
    return step ? (guint32)step - 1 : 0;
}

/* Takes over a term of the old tables with its words. */
static guint32
move_term(VocTerms *terms, const VocTerms *old, guint32 term)
{
    guint32 moved = take_term(terms, voc_symtab_name(&old->terms, term));
    for (guint32 at = g_array_index(old->first_words, guint32, term); at;) {
        const Word *word = &g_array_index(old->word_counts, Word, at);
        VocSlice key = voc_symtab_name(&old->words, at);
        Word *to = take_word(terms, moved, voc_slice_of(key.data + 4, key.len - 4));
        to->count = word->count;
        to->titles = word->titles;
        to->caps = word->caps;
        at = word->next;
    }
    return moved;
}

static void
forget(VocTerms *terms)
{
    VocTerms old = *terms;
    g_autofree guint64 *peaks = term_peaks(&old);
    guint32 threshold = find_threshold(&old, peaks);
    g_autofree guint32 *moved = g_new0(guint32, old.terms.n + 1);
    init_tables(terms);
    for (guint32 term = 1; term <= old.terms.n; term++)
        if (peaks[term] > threshold)
            moved[term] = move_term(terms, &old, term);
    for (guint32 i = 0; i <= old.mask; i++) {
        const Cell *cell = &old.cells[i];
        if (!cell->term || !moved[cell->term])
            continue;
        Cell *to = take_cell(terms, cell->group, moved[cell->term]);
        guint32 term = to->term;
        *to = *cell;
        to->term = term;
    }
    terms->lost += threshold;
    /* Terms that are all frequent cannot be forgotten: they get more room. */
    guint32 held = MAX(terms->terms.n, MAX(terms->words.n / 2, terms->n_cells / 4));
    if (held > terms->max_terms / 4 * 3)
        terms->max_terms = held * 2;
    clear_tables(&old);
}

void
voc_terms_add(VocTerms *terms, VocSlice term, VocSlice word, VocTermStyle style, const guint32 *groups,
              guint n_groups, guint32 message)
{
    if (terms->terms.n >= terms->max_terms || terms->words.n / 2 >= terms->max_terms ||
        terms->n_cells / 4 >= terms->max_terms)
        forget(terms);
    guint32 number = take_term(terms, term);
    Word *written = take_word(terms, number, word);
    written->count++;
    written->titles += style == VOC_TERM_TITLE;
    written->caps += style == VOC_TERM_CAPS;
    for (guint i = 0; i < n_groups; i++) {
        Cell *cell = take_cell(terms, groups[i], number);
        cell->count++;
        cell->messages += cell->last != message;
        cell->last = message;
    }
}

/* --- telling --- */

guint32
voc_terms_lost(const VocTerms *terms)
{
    return terms->lost;
}

guint32
voc_terms_size(const VocTerms *terms)
{
    return terms->terms.n;
}

VocSlice
voc_terms_name(const VocTerms *terms, guint32 term)
{
    return voc_symtab_name(&terms->terms, term);
}

guint32
voc_terms_find(const VocTerms *terms, VocSlice name)
{
    return voc_symtab_find(&terms->terms, name);
}

static VocSlice
word_text(const VocTerms *terms, guint32 number)
{
    VocSlice key = voc_symtab_name(&terms->words, number);
    return voc_slice_of(key.data + 4, key.len - 4);
}

/* `text` with a capital at its beginning. */
static char *
with_capital(const char *text)
{
    const char *rest = *text ? g_utf8_next_char(text) : text;
    g_autofree char *first = g_utf8_strup(text, rest - text);
    return g_strconcat(first, rest, NULL);
}

char *
voc_terms_word(const VocTerms *terms, guint32 term)
{
    guint32 best = g_array_index(terms->first_words, guint32, term);
    const Word *words = (const Word *)(gpointer)terms->word_counts->data;
    for (guint32 at = best; at; at = words[at].next) {
        VocSlice a = word_text(terms, at), b = word_text(terms, best);
        int order = memcmp(a.data, b.data, MIN(a.len, b.len));
        gboolean earlier = order ? order < 0 : a.len < b.len;
        if (words[at].count > words[best].count || (words[at].count == words[best].count && earlier))
            best = at;
    }
    g_autofree char *text = voc_slice_dup(best ? word_text(terms, best) : VOC_SLICE_NONE);
    if (!*text)
        return voc_slice_dup(voc_terms_name(terms, term));
    if (words[best].caps * 2 > words[best].count)
        return g_utf8_strup(text, -1);
    if ((words[best].titles + words[best].caps) * 2 > words[best].count)
        return with_capital(text);
    return g_steal_pointer(&text);
}

VocTermCount
voc_terms_count(const VocTerms *terms, guint32 group, guint32 term)
{
    const Cell *cell = find_cell(terms, group, term);
    return (VocTermCount){group, term, cell->count, cell->messages};
}

void
voc_terms_each(const VocTerms *terms, void (*func)(VocTermCount count, gpointer data), gpointer data)
{
    for (guint32 i = 0; i <= terms->mask; i++)
        if (terms->cells[i].term)
            func((VocTermCount){terms->cells[i].group, terms->cells[i].term, terms->cells[i].count,
                                terms->cells[i].messages},
                 data);
}
