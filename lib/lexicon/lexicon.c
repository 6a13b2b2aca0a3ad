#include "lexicon/lexicon.h"

#include <math.h>

#include "lexicon/senses.h"
#include "lexicon/sign.h"
#include "record/record.h"

/* What may follow an element: see VocSense. */
typedef struct Followers {
    guint64 phrases, pairs;
    gboolean in_pair;
} Followers;

struct VocLexicon {
    VocLang lang;
    gboolean on_stems;
    VocWords *words;
    VocCalibration calibration;
    VocArena arena;
    GHashTable *terms;    /* effect and term as written: VocEntry, while loading */
    VocSymtab elements;   /* kind and form */
    GPtrArray *entries;   /* NULL where one was taken out */
    GPtrArray **single;   /* by element number: entries of that one element; NULL where there are none */
    Followers *followers; /* by element number */
    GPtrArray *phrases;   /* sorted by their first two elements, the longest first */
    guint32 *starts;      /* by the hash of the two: place in `phrases` + 1 of the first; 0 is empty */
    guint32 starts_mask;
    const VocEntry **pairs; /* learned; by the hash of their elements */
    guint32 pairs_mask;
    const VocEntry *signs[2][VOC_N_SIGNS]; /* learned; [1] at the end */
    VocSense sign_senses[VOC_N_SIGNS];
    VocSenseEntries sign_entries[VOC_N_SIGNS];
    guint64 prefixes[256]; /* by first byte: bit n is set when a prefix has n bytes */
    VocBuffer key;
};

/* An element's kind is the first byte of its key. An exact form stands for a plain word beside its base form,
 * so that of the entries with one stem the text's own wins. */
enum {
    KIND_BASE = 'b',
    KIND_EXACT = 'x',
    KIND_SURFACE = '=',
    KIND_PREFIX = '*',
    KIND_NEGATOR = '!',
    KIND_SIGN = '<',
};

/* Whether words come as stems though the language has an analyser that finds base forms. */
static gboolean
makes_stems(VocLexicon *lexicon)
{
    VocSlice base = voc_words_base(lexicon->words, VOC_SLICE("vettä"), VOC_LANG_FI, &lexicon->arena);
    return lexicon->lang == VOC_LANG_FI && !voc_slice_equal_string(base, "vesi");
}

VocLexicon *
voc_lexicon_new(VocLang lang, VocWords *words)
{
    VocLexicon *lexicon = g_new0(VocLexicon, 1);
    lexicon->lang = lang;
    lexicon->words = words;
    voc_calibration_init(&lexicon->calibration);
    voc_arena_init(&lexicon->arena, 0);
    lexicon->terms = g_hash_table_new(g_str_hash, g_str_equal);
    voc_symtab_init(&lexicon->elements);
    lexicon->entries = g_ptr_array_new();
    lexicon->on_stems = makes_stems(lexicon);
    return lexicon;
}

void
voc_lexicon_free(VocLexicon *lexicon)
{
    if (!lexicon)
        return;
    for (guint i = 0; lexicon->single && i <= lexicon->elements.n; i++)
        if (lexicon->single[i])
            g_ptr_array_unref(lexicon->single[i]);
    g_free(lexicon->single);
    g_free(lexicon->followers);
    g_free(lexicon->starts);
    g_free(lexicon->pairs);
    if (lexicon->phrases)
        g_ptr_array_unref(lexicon->phrases);
    g_hash_table_unref(lexicon->terms);
    voc_symtab_clear(&lexicon->elements);
    g_ptr_array_unref(lexicon->entries);
    voc_buffer_clear(&lexicon->key);
    voc_arena_clear(&lexicon->arena);
    g_free(lexicon);
}

VocLang
voc_lexicon_lang(const VocLexicon *lexicon)
{
    return lexicon->lang;
}

gboolean
voc_lexicon_on_stems(const VocLexicon *lexicon)
{
    return lexicon->on_stems;
}

guint
voc_lexicon_size(const VocLexicon *lexicon)
{
    return lexicon->entries->len;
}

const VocEntry *
voc_lexicon_entry(const VocLexicon *lexicon, guint i)
{
    return g_ptr_array_index(lexicon->entries, i);
}

VocCalibration *
voc_lexicon_calibration(VocLexicon *lexicon)
{
    return &lexicon->calibration;
}

const VocCalibration *
voc_lexicon_calibrated(const VocLexicon *lexicon)
{
    return &lexicon->calibration;
}

/* --- terms --- */

/* The number of an element, given out at first sight. */
static guint32
element_number(VocLexicon *lexicon, char kind, VocSlice form)
{
    voc_buffer_reset(&lexicon->key);
    voc_buffer_add_char(&lexicon->key, kind);
    voc_buffer_add_slice(&lexicon->key, form);
    return voc_symtab_intern(&lexicon->elements, voc_buffer_slice(&lexicon->key));
}

/* The word that stands for every negator in a phrase. */
static gboolean
is_any_negator(const VocLexicon *lexicon, VocSlice form)
{
    return voc_slice_equal_string(form, lexicon->lang == VOC_LANG_FI   ? "ei"
                                        : lexicon->lang == VOC_LANG_SV ? "inte"
                                                                       : "not");
}

static gboolean
is_sign(VocSlice term)
{
    return term.len > 2 && term.data[0] == '<' && term.data[term.len - 1] == '>';
}

static guint32
parse_element(VocLexicon *lexicon, VocSlice written, gboolean in_phrase)
{
    gboolean surface = written.len > 1 && written.data[0] == '=';
    gboolean prefix = !surface && written.len > 1 && written.data[written.len - 1] == '*';
    if (surface)
        written = voc_slice_of(written.data + 1, written.len - 1);
    if (prefix)
        written.len--;
    VocSlice form = voc_text_fold(written, &lexicon->arena);
    if (prefix) {
        form.len = MIN(form.len, 63);
        lexicon->prefixes[form.len ? (guchar)form.data[0] : 0] |= (guint64)1 << form.len;
        return element_number(lexicon, KIND_PREFIX, form);
    }
    if (surface)
        return element_number(lexicon, KIND_SURFACE, form);
    if (in_phrase && is_any_negator(lexicon, form))
        return element_number(lexicon, KIND_NEGATOR, VOC_SLICE_NONE);
    /* Texts come as base forms or stems, whichever the word table makes; so must terms. */
    return element_number(lexicon, KIND_BASE,
                          voc_words_base(lexicon->words, form, lexicon->lang, &lexicon->arena));
}

static gboolean
parse_term(VocLexicon *lexicon, VocEntry *entry, VocSlice term)
{
    gboolean in_phrase = memchr(term.data, ' ', term.len) != NULL;
    if (is_sign(term)) {
        entry->elements[entry->n++] = element_number(lexicon, KIND_SIGN, term);
        return TRUE;
    }
    while (term.len) {
        const char *blank = memchr(term.data, ' ', term.len);
        gsize len = blank ? (gsize)(blank - term.data) : term.len;
        if (len) {
            if (entry->n == VOC_TERM_MAX)
                return FALSE;
            entry->elements[entry->n++] = parse_element(lexicon, voc_slice_of(term.data, len), in_phrase);
        }
        len += blank != NULL;
        term = voc_slice_of(term.data + len, term.len - len);
    }
    return entry->n > 0 && (entry->effect != VOC_EFFECT_LEARNED || entry->n <= 2);
}

static VocSlice
as_json(VocLexicon *lexicon, VocSlice term)
{
    voc_buffer_reset(&lexicon->key);
    voc_json_add_string(&lexicon->key, term);
    return voc_arena_copy(&lexicon->arena, voc_buffer_slice(&lexicon->key));
}

static char *
entry_name(VocEffect effect, VocSlice term)
{
    return g_strdup_printf("%d%.*s", (int)effect, (int)term.len, term.data);
}

VocEntry *
voc_lexicon_add(VocLexicon *lexicon, VocEffect effect, VocSlice term, double value, double feeling,
                const char *path, guint line)
{
    g_autofree char *name = entry_name(effect, term);
    VocEntry *entry = g_hash_table_lookup(lexicon->terms, name);
    if (!entry) {
        entry = voc_arena_new(&lexicon->arena, VocEntry);
        entry->effect = effect;
        if (!term.len || !parse_term(lexicon, entry, term))
            return NULL;
        entry->term = voc_arena_copy(&lexicon->arena, term);
        entry->json = as_json(lexicon, term);
        entry->number = lexicon->entries->len;
        g_hash_table_insert(lexicon->terms, voc_arena_string(&lexicon->arena, voc_slice_from_string(name)),
                            entry);
        g_ptr_array_add(lexicon->entries, entry);
    }
    entry->value = (float)value;
    entry->feeling = (float)feeling;
    entry->path = path;
    entry->line = line;
    return entry;
}

const VocEntry *
voc_lexicon_find(const VocLexicon *lexicon, VocEffect effect, VocSlice term)
{
    g_autofree char *name = entry_name(effect, term);
    return g_hash_table_lookup(lexicon->terms, name);
}

void
voc_lexicon_remove(VocLexicon *lexicon, VocEffect effect, VocSlice term)
{
    g_autofree char *name = entry_name(effect, term);
    VocEntry *entry = g_hash_table_lookup(lexicon->terms, name);
    if (!entry)
        return;
    g_hash_table_remove(lexicon->terms, name);
    lexicon->entries->pdata[entry->number] = NULL;
}

/* --- freezing --- */

static int
compare_numbers(guint32 a, guint32 b)
{
    return (a > b) - (a < b);
}

/* Of phrases with the same elements the one that weighs something is found, and of those the one that came
 * last: a company's own. */
static int
by_start(gconstpointer a, gconstpointer b)
{
    const VocEntry *left = *(const VocEntry *const *)a, *right = *(const VocEntry *const *)b;
    for (int i = 0; i < 2; i++)
        if (left->elements[i] != right->elements[i])
            return compare_numbers(left->elements[i], right->elements[i]);
    if (left->n != right->n)
        return (int)right->n - (int)left->n;
    if ((left->effect == VOC_EFFECT_WEIGHT) != (right->effect == VOC_EFFECT_WEIGHT))
        return left->effect == VOC_EFFECT_WEIGHT ? -1 : 1;
    return compare_numbers(right->number, left->number);
}

/* The bit of an element in a mask of followers. */
static inline guint64
element_bit(guint32 element)
{
    return (guint64)1 << (element * 0x9E3779B1u >> 26);
}

static inline guint32
hash_pair(guint32 first, guint32 second)
{
    guint64 product = ((guint64)first << 32 | second) * 0x9E3779B97F4A7C15u;
    return (guint32)(product >> 32);
}

/* Slots for a table of `n` that is at most half full. */
static guint32
slots_for(guint n)
{
    guint32 slots = 16;
    while (slots < n * 2)
        slots *= 2;
    return slots;
}

static const VocEntry *
phrase_at(const VocLexicon *lexicon, guint i)
{
    return g_ptr_array_index(lexicon->phrases, i);
}

static void
index_phrases(VocLexicon *lexicon)
{
    guint32 slots = slots_for(lexicon->phrases->len);
    lexicon->starts = g_new0(guint32, slots);
    lexicon->starts_mask = slots - 1;
    g_ptr_array_sort(lexicon->phrases, by_start);
    for (guint i = 0; i < lexicon->phrases->len; i++) {
        const VocEntry *entry = phrase_at(lexicon, i), *before = i ? phrase_at(lexicon, i - 1) : NULL;
        lexicon->followers[entry->elements[0]].phrases |= element_bit(entry->elements[1]);
        if (before && memcmp(before->elements, entry->elements, sizeof(guint32) * 2) == 0)
            continue;
        guint32 at = hash_pair(entry->elements[0], entry->elements[1]) & lexicon->starts_mask;
        while (lexicon->starts[at])
            at = (at + 1) & lexicon->starts_mask;
        lexicon->starts[at] = i + 1;
    }
}

static void
index_pairs(VocLexicon *lexicon, const GPtrArray *pairs)
{
    guint32 slots = slots_for(pairs->len);
    lexicon->pairs = g_new0(const VocEntry *, slots);
    lexicon->pairs_mask = slots - 1;
    for (guint i = 0; i < pairs->len; i++) {
        const VocEntry *entry = g_ptr_array_index(pairs, i);
        guint32 at = hash_pair(entry->elements[0], entry->elements[1]) & lexicon->pairs_mask;
        while (lexicon->pairs[at])
            at = (at + 1) & lexicon->pairs_mask;
        lexicon->pairs[at] = entry;
        lexicon->followers[entry->elements[0]].pairs |= element_bit(entry->elements[1]);
        lexicon->followers[entry->elements[0]].in_pair = TRUE;
        lexicon->followers[entry->elements[1]].in_pair = TRUE;
    }
}

static void
add_single(VocLexicon *lexicon, guint32 element, VocEntry *entry)
{
    GPtrArray **list = &lexicon->single[element];
    if (!*list)
        *list = g_ptr_array_new();
    g_ptr_array_add(*list, entry);
}

/* A plain word of one's own is found by the very form it is written in, too. */
static guint32
exact_element(VocLexicon *lexicon, const VocEntry *entry)
{
    VocSlice key = voc_symtab_name(&lexicon->elements, entry->elements[0]);
    if (entry->effect == VOC_EFFECT_LEARNED || key.data[0] != KIND_BASE)
        return 0;
    return element_number(lexicon, KIND_EXACT, voc_text_fold(entry->term, &lexicon->arena));
}

static void
fill_signs(VocLexicon *lexicon)
{
    for (guint sign = 0; sign < VOC_N_SIGNS; sign++) {
        VocSense *sense = &lexicon->sign_senses[sign];
        sense->sign = (guint8)sign;
        sense->entries = &lexicon->sign_entries[sign];
        for (int end = 0; end < 2; end++) {
            g_autofree char *term =
                g_strdup_printf(end ? "%d<end %s>" : "%d<%s>", VOC_EFFECT_LEARNED, voc_sign_name(sign));
            lexicon->signs[end][sign] = g_hash_table_lookup(lexicon->terms, term);
        }
        if (lexicon->signs[0][sign]) {
            sense->weight = lexicon->signs[0][sign]->value;
            sense->feeling = lexicon->signs[0][sign]->feeling;
            sense->heaviest = lexicon->signs[0][sign];
            lexicon->sign_entries[sign].learned[sense->n_learned++] = lexicon->signs[0][sign];
        }
    }
}

void
voc_lexicon_freeze(VocLexicon *lexicon)
{
    g_autoptr(GPtrArray) pairs = g_ptr_array_new();
    g_autofree guint32 *exact = g_new0(guint32, lexicon->entries->len + 1);
    for (guint i = 0; i < lexicon->entries->len; i++) {
        VocEntry *entry = g_ptr_array_index(lexicon->entries, i);
        if (entry && entry->n == 1)
            exact[i] = exact_element(lexicon, entry);
    }
    lexicon->single = g_new0(GPtrArray *, lexicon->elements.n + 1);
    lexicon->followers = g_new0(Followers, lexicon->elements.n + 1);
    lexicon->phrases = g_ptr_array_new();
    for (guint i = 0; i < lexicon->entries->len; i++) {
        VocEntry *entry = g_ptr_array_index(lexicon->entries, i);
        if (!entry)
            continue;
        if (entry->n > 1) {
            g_ptr_array_add(entry->effect == VOC_EFFECT_LEARNED ? pairs : lexicon->phrases, entry);
            continue;
        }
        add_single(lexicon, entry->elements[0], entry);
        if (exact[i])
            add_single(lexicon, exact[i], entry);
    }
    index_phrases(lexicon);
    index_pairs(lexicon, pairs);
    fill_signs(lexicon);
    voc_calibration_prepare(&lexicon->calibration);
    lexicon->words = NULL;
}

/* --- looking up --- */

const VocEntry *const *
voc_lexicon_phrases(const VocLexicon *lexicon, guint32 first, guint32 second, guint *n)
{
    guint32 at = hash_pair(first, second) & lexicon->starts_mask;
    *n = 0;
    for (; lexicon->starts[at]; at = (at + 1) & lexicon->starts_mask) {
        guint from = lexicon->starts[at] - 1, to = from;
        while (to < lexicon->phrases->len && phrase_at(lexicon, to)->elements[0] == first &&
               phrase_at(lexicon, to)->elements[1] == second)
            to++;
        *n = to - from;
        if (*n)
            return (const VocEntry *const *)lexicon->phrases->pdata + from;
    }
    return NULL;
}

const VocEntry *
voc_lexicon_pair(const VocLexicon *lexicon, guint32 first, guint32 second)
{
    guint32 at = hash_pair(first, second) & lexicon->pairs_mask;
    for (; lexicon->pairs[at]; at = (at + 1) & lexicon->pairs_mask) {
        const VocEntry *entry = lexicon->pairs[at];
        if (entry->elements[0] == first && entry->elements[1] == second)
            return entry;
    }
    return NULL;
}

const VocEntry *
voc_lexicon_sign(const VocLexicon *lexicon, VocSign sign, gboolean end)
{
    return lexicon->signs[end ? 1 : 0][sign];
}

static guint32
find_element(const VocLexicon *lexicon, char kind, VocSlice form)
{
    char key[VOC_CHUNK_MAX * 4];
    if (form.len + 1 > sizeof key)
        return 0;
    key[0] = kind;
    if (form.len)
        memcpy(key + 1, form.data, form.len);
    return voc_symtab_find(&lexicon->elements, voc_slice_of(key, form.len + 1));
}

static guint32
find_prefix(const VocLexicon *lexicon, VocSlice norm)
{
    if (!norm.len)
        return 0;
    /* Prefixes of this first byte and of these lengths exist; the longest that fits wins. */
    guint64 lengths = lexicon->prefixes[(guchar)norm.data[0]];
    guint32 found = 0;
    if (norm.len < 63)
        lengths &= ((guint64)2 << norm.len) - 1;
    while (lengths && !found) {
        guint len = 63 - (guint)__builtin_clzll(lengths);
        lengths &= ~((guint64)1 << len);
        found = find_element(lexicon, KIND_PREFIX, voc_slice_of(norm.data, len));
    }
    return found;
}

/* A sense in the making. */
typedef struct Draft {
    VocSense sense;
    VocSenseEntries entries;
} Draft;

static void
add_element(const VocLexicon *lexicon, Draft *draft, guint32 element)
{
    if (!element)
        return;
    draft->entries.elements[draft->sense.n_elements++] = element;
    draft->sense.followers |= lexicon->followers[element].phrases;
    draft->sense.own |= element_bit(element);
}

static void
add_learned(Draft *draft, const VocEntry *entry)
{
    VocSense *sense = &draft->sense;
    if (sense->n_learned == VOC_LEARNED_MAX)
        return;
    draft->entries.learned[sense->n_learned++] = entry;
    sense->weight += entry->value;
    sense->feeling += entry->feeling;
    if (!sense->heaviest || fabsf(entry->value) >= fabsf(sense->heaviest->value))
        sense->heaviest = entry;
}

/* Of entries with the same effect the surest element's counts, and of one element's the shortest term. */
static void
add_entries(const VocLexicon *lexicon, Draft *draft, guint32 element)
{
    const GPtrArray *list = element ? lexicon->single[element] : NULL;
    guint8 before = draft->sense.effects;
    for (guint k = 0; list && k < list->len; k++) {
        const VocEntry *entry = g_ptr_array_index(list, k);
        const VocEntry **known = draft->entries.entry;
        if (entry->effect == VOC_EFFECT_LEARNED) {
            add_learned(draft, entry);
        } else if (!(before & 1u << entry->effect) &&
                   (!known[entry->effect] || entry->term.len < known[entry->effect]->term.len)) {
            known[entry->effect] = entry;
            draft->sense.effects |= (guint8)(1u << entry->effect);
        }
    }
}

/* A number with entries of its own (5/5; the 100 % of a phrase) is a word that still counts as a number. */
static void
make_word(const VocLexicon *lexicon, Draft *draft)
{
    draft->sense.sign = VOC_SIGN_WORD;
    if (lexicon->signs[0][VOC_SIGN_NUMBER])
        add_learned(draft, lexicon->signs[0][VOC_SIGN_NUMBER]);
}

static const VocSense *
make_sense(const VocLexicon *lexicon, const VocFound *found, VocSenses *senses)
{
    Draft draft = {.sense = {.sign = (guint8)found->sign}};
    guint32 elements[] = {found->surface, found->exact, found->base, found->prefix}, base = found->base;
    for (guint i = 0; i < G_N_ELEMENTS(elements); i++) {
        add_element(lexicon, &draft, elements[i]);
        add_entries(lexicon, &draft, elements[i]);
    }
    if (draft.sense.effects & 1u << VOC_EFFECT_NEGATE) {
        base = find_element(lexicon, KIND_NEGATOR, VOC_SLICE_NONE);
        add_element(lexicon, &draft, base);
    }
    if (base && lexicon->followers[base].in_pair) {
        draft.sense.pair = base;
        draft.sense.pair_own = element_bit(base);
        draft.sense.pair_followers = lexicon->followers[base].pairs;
    }
    if (found->sign == VOC_SIGN_NUMBER)
        make_word(lexicon, &draft);
    if (found->sign == VOC_SIGN_PICTURE)
        draft.sense.sign = VOC_SIGN_NONE; /* a picture that has a weight needs no sign's */
    return voc_senses_keep(senses, &draft.sense, &draft.entries);
}

const VocSense *
voc_lexicon_sense(const VocLexicon *lexicon, const VocToken *token, VocSenses *senses)
{
    VocSign sign = voc_sign_of(token);
    if (sign != VOC_SIGN_WORD && sign != VOC_SIGN_PICTURE && sign != VOC_SIGN_NUMBER)
        return &lexicon->sign_senses[sign];
    VocFound found = {.surface = find_element(lexicon, KIND_SURFACE, token->norm),
                      .exact = find_element(lexicon, KIND_EXACT, token->norm),
                      .base = find_element(lexicon, KIND_BASE, token->base),
                      .prefix = find_prefix(lexicon, token->norm),
                      .sign = sign};
    if (!(found.surface | found.exact | found.base | found.prefix))
        return sign == VOC_SIGN_WORD ? NULL : &lexicon->sign_senses[sign];
    const VocSense *known = voc_senses_find(senses, &found);
    return known ? known : make_sense(lexicon, &found, senses);
}
