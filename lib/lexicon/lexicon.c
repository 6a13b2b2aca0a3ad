#include "lexicon/lexicon.h"

#include "base/symtab.h"
#include "base/tsv.h"
#include "record/record.h"

struct VocLexicon {
    VocLang lang;
    VocWords *words;
    VocArena arena;
    GHashTable *terms;  /* effect and term as written: VocEntry, while loading */
    VocSymtab elements; /* kind and form */
    GPtrArray *entries;
    GPtrArray **single; /* by element number: entries of that one element; NULL where there are none */
    guint8 *begins;     /* by element number: phrases begin with it */
    GPtrArray *phrases; /* sorted by their first two elements, the longest first */
    guint32 *pairs;     /* by the hash of the two: place in `phrases` + 1 of the first; 0 is empty */
    guint32 pairs_mask;
    guint64 prefixes[256]; /* by first byte: bit n is set when a prefix has n bytes */
    VocBuffer key;
};

/* An element's kind is the first byte of its key. */
enum { KIND_BASE = 'b', KIND_SURFACE = '=', KIND_PREFIX = '*' };

VocLexicon *
voc_lexicon_new(VocLang lang, VocWords *words)
{
    VocLexicon *lexicon = g_new0(VocLexicon, 1);
    lexicon->lang = lang;
    lexicon->words = words;
    voc_arena_init(&lexicon->arena, 0);
    lexicon->terms = g_hash_table_new(g_str_hash, g_str_equal);
    voc_symtab_init(&lexicon->elements);
    lexicon->entries = g_ptr_array_new();
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
    g_free(lexicon->begins);
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

guint
voc_lexicon_size(const VocLexicon *lexicon)
{
    return lexicon->entries->len;
}

/* The number of an element, given out at first sight. */
static guint32
element_number(VocLexicon *lexicon, char kind, VocSlice form)
{
    voc_buffer_reset(&lexicon->key);
    voc_buffer_add_char(&lexicon->key, kind);
    voc_buffer_add_slice(&lexicon->key, form);
    return voc_symtab_intern(&lexicon->elements, voc_buffer_slice(&lexicon->key));
}

static guint32
parse_element(VocLexicon *lexicon, VocSlice written)
{
    gboolean surface = written.len > 1 && written.data[0] == '=';
    gboolean prefix = written.len > 1 && written.data[written.len - 1] == '*';
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
    /* Texts come as base forms or stems, whichever the word table makes; so must terms. */
    return element_number(lexicon, KIND_BASE,
                          voc_words_base(lexicon->words, form, lexicon->lang, &lexicon->arena));
}

static gboolean
parse_term(VocLexicon *lexicon, VocEntry *entry, VocSlice term)
{
    while (term.len) {
        const char *blank = memchr(term.data, ' ', term.len);
        gsize len = blank ? (gsize)(blank - term.data) : term.len;
        if (len) {
            if (entry->n == VOC_TERM_MAX)
                return FALSE;
            entry->elements[entry->n++] = parse_element(lexicon, voc_slice_of(term.data, len));
        }
        len += blank != NULL;
        term = voc_slice_of(term.data + len, term.len - len);
    }
    return entry->n > 0;
}

static VocSlice
as_json(VocLexicon *lexicon, VocSlice term)
{
    voc_buffer_reset(&lexicon->key);
    voc_json_add_string(&lexicon->key, term);
    return voc_arena_copy(&lexicon->arena, voc_buffer_slice(&lexicon->key));
}

static gboolean
add_entry(VocLexicon *lexicon, const VocTsv *tsv, VocEffect effect, double value, GError **error)
{
    VocSlice term = tsv->cell[0];
    g_autofree char *name = g_strdup_printf("%d%.*s", (int)effect, (int)term.len, term.data);
    VocEntry *entry = g_hash_table_lookup(lexicon->terms, name);
    if (entry) {
        entry->value = (float)value;
        return TRUE;
    }
    entry = voc_arena_new(&lexicon->arena, VocEntry);
    entry->effect = effect;
    entry->value = (float)value;
    if (!parse_term(lexicon, entry, term))
        return voc_tsv_fail(tsv, error, "a term has 1 to %d words", VOC_TERM_MAX);
    entry->term = voc_arena_copy(&lexicon->arena, term);
    entry->json = as_json(lexicon, term);
    g_hash_table_insert(lexicon->terms, voc_arena_string(&lexicon->arena, voc_slice_from_string(name)),
                        entry);
    g_ptr_array_add(lexicon->entries, entry);
    return TRUE;
}

gboolean
voc_lexicon_load(VocLexicon *lexicon, const char *path, VocEffect effect, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    while (voc_tsv_next(&tsv)) {
        double value = 0;
        VocEffect row = effect;
        if ((effect == VOC_EFFECT_WEIGHT || effect == VOC_EFFECT_SCALE) && !voc_tsv_number(&tsv, 1, &value))
            return voc_tsv_fail(&tsv, error, "'%.*s' is no number (a decimal point, not a comma)",
                                (int)tsv.cell[1].len, tsv.cell[1].data);
        if (effect == VOC_EFFECT_BUT && voc_slice_equal_string(tsv.cell[1], "although"))
            row = VOC_EFFECT_ALTHOUGH;
        if (!add_entry(lexicon, &tsv, row, value, error))
            return FALSE;
    }
    return TRUE;
}

static gboolean
load_if_there(VocLexicon *lexicon, const char *data_dir, const char *folder, const char *name,
              VocEffect effect, GError **error)
{
    g_autofree char *path = g_build_filename(data_dir, "lexicons", folder, name, NULL);
    return !g_file_test(path, G_FILE_TEST_EXISTS) || voc_lexicon_load(lexicon, path, effect, error);
}

gboolean
voc_lexicon_load_language(VocLexicon *lexicon, const char *data_dir, GError **error)
{
    static const struct {
        const char *name;
        VocEffect effect;
    } LISTS[] = {{"sentiment.tsv", VOC_EFFECT_WEIGHT},
                 {"negators.tsv", VOC_EFFECT_NEGATE},
                 {"intensifiers.tsv", VOC_EFFECT_SCALE},
                 {"contrast.tsv", VOC_EFFECT_BUT},
                 {"neutral.tsv", VOC_EFFECT_NEUTRAL}};
    const char *folder = voc_lang_name(lexicon->lang);
    for (guint i = 0; i < G_N_ELEMENTS(LISTS); i++)
        if (!load_if_there(lexicon, data_dir, folder, LISTS[i].name, LISTS[i].effect, error))
            return FALSE;
    return load_if_there(lexicon, data_dir, "common", "emoji.tsv", VOC_EFFECT_WEIGHT, error);
}

static int
by_pair(gconstpointer a, gconstpointer b)
{
    const VocEntry *left = *(const VocEntry *const *)a, *right = *(const VocEntry *const *)b;
    for (int i = 0; i < 2; i++)
        if (left->elements[i] != right->elements[i])
            return left->elements[i] < right->elements[i] ? -1 : 1;
    if (left->n != right->n)
        return (int)right->n - (int)left->n;
    return left->effect != right->effect ? (int)left->effect - (int)right->effect
                                         : memcmp(left->elements, right->elements, sizeof left->elements);
}

static guint32
hash_pair(guint32 first, guint32 second)
{
    guint64 product = ((guint64)first << 32 | second) * 0x9E3779B97F4A7C15u;
    return (guint32)(product >> 32);
}

static const VocEntry *
phrase_at(const VocLexicon *lexicon, guint i)
{
    return g_ptr_array_index(lexicon->phrases, i);
}

static void
index_phrases(VocLexicon *lexicon)
{
    guint slots = 16;
    while (slots < lexicon->phrases->len * 2)
        slots *= 2;
    lexicon->pairs = g_new0(guint32, slots);
    lexicon->pairs_mask = slots - 1;
    g_ptr_array_sort(lexicon->phrases, by_pair);
    for (guint i = 0; i < lexicon->phrases->len; i++) {
        const VocEntry *entry = phrase_at(lexicon, i), *before = i ? phrase_at(lexicon, i - 1) : NULL;
        lexicon->begins[entry->elements[0]] = TRUE;
        if (before && memcmp(before->elements, entry->elements, sizeof(guint32) * 2) == 0)
            continue;
        guint32 at = hash_pair(entry->elements[0], entry->elements[1]) & lexicon->pairs_mask;
        while (lexicon->pairs[at])
            at = (at + 1) & lexicon->pairs_mask;
        lexicon->pairs[at] = i + 1;
    }
}

const VocEntry *const *
voc_lexicon_phrases(const VocLexicon *lexicon, guint32 first, guint32 second, guint *n)
{
    guint32 at = hash_pair(first, second) & lexicon->pairs_mask;
    *n = 0;
    for (; lexicon->pairs[at]; at = (at + 1) & lexicon->pairs_mask) {
        guint from = lexicon->pairs[at] - 1, to = from;
        while (to < lexicon->phrases->len && phrase_at(lexicon, to)->elements[0] == first &&
               phrase_at(lexicon, to)->elements[1] == second)
            to++;
        *n = to - from;
        if (*n)
            return (const VocEntry *const *)lexicon->phrases->pdata + from;
    }
    return NULL;
}

void
voc_lexicon_freeze(VocLexicon *lexicon)
{
    lexicon->single = g_new0(GPtrArray *, lexicon->elements.n + 1);
    lexicon->begins = g_new0(guint8, lexicon->elements.n + 1);
    lexicon->phrases = g_ptr_array_new();
    for (guint i = 0; i < lexicon->entries->len; i++) {
        VocEntry *entry = g_ptr_array_index(lexicon->entries, i);
        if (entry->n > 1) {
            g_ptr_array_add(lexicon->phrases, entry);
            continue;
        }
        GPtrArray **list = &lexicon->single[entry->elements[0]];
        if (!*list)
            *list = g_ptr_array_new();
        g_ptr_array_add(*list, entry);
    }
    index_phrases(lexicon);
    lexicon->words = NULL;
}

static void
try_element(const VocLexicon *lexicon, char kind, VocSlice form, guint32 found[4], guint *n)
{
    char key[VOC_CHUNK_MAX * 4];
    if (*n == 4 || form.len + 1 > sizeof key)
        return;
    key[0] = kind;
    memcpy(key + 1, form.data, form.len);
    guint32 number = voc_symtab_find(&lexicon->elements, voc_slice_of(key, form.len + 1));
    if (number)
        found[(*n)++] = number;
}

/* The elements that a token is, the surest first: its surface, its base form, its longest known beginning. */
static guint
find_elements(const VocLexicon *lexicon, const VocToken *token, guint32 found[4])
{
    guint n = 0;
    try_element(lexicon, KIND_SURFACE, token->norm, found, &n);
    try_element(lexicon, KIND_BASE, token->base, found, &n);
    if (!token->norm.len)
        return n;
    /* Prefixes of this first byte and of these lengths exist; the longest that fits wins. */
    guint64 lengths = lexicon->prefixes[(guchar)token->norm.data[0]];
    if (token->norm.len < 63)
        lengths &= ((guint64)2 << token->norm.len) - 1;
    for (guint before = n; lengths && n == before;) {
        guint len = 63 - (guint)__builtin_clzll(lengths);
        lengths &= ~((guint64)1 << len);
        try_element(lexicon, KIND_PREFIX, voc_slice_of(token->norm.data, len), found, &n);
    }
    return n;
}

const VocSense *
voc_lexicon_sense(const VocLexicon *lexicon, const VocToken *token, VocArena *arena)
{
    VocSense sense = {0};
    sense.n_elements = (guint8)find_elements(lexicon, token, sense.elements);
    if (!sense.n_elements)
        return NULL;
    for (guint i = 0; i < sense.n_elements; i++) {
        const GPtrArray *list = lexicon->single[sense.elements[i]];
        sense.begins |= lexicon->begins[sense.elements[i]];
        for (guint k = 0; list && k < list->len; k++) {
            const VocEntry *entry = g_ptr_array_index(list, k);
            if (!sense.entry[entry->effect])
                sense.entry[entry->effect] = entry;
            sense.effects |= (guint8)(1u << entry->effect);
        }
    }
    VocSense *kept = voc_arena_alloc(arena, sizeof sense);
    *kept = sense;
    return kept;
}
