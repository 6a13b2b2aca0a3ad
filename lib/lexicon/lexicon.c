#include "lexicon/lexicon.h"

#include "base/tsv.h"
#include "record/record.h"

struct VocLexicon {
    VocLang lang;
    VocWords *words;
    VocArena arena;
    GHashTable *terms;    /* effect and term as written: VocEntry, while loading */
    GHashTable *elements; /* kind and form: element number */
    GPtrArray *entries;
    GPtrArray **starts; /* by element number: entries that begin with it; NULL where none do */
    guint n_elements;
    gsize longest_prefix; /* bytes */
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
    lexicon->elements = g_hash_table_new(g_str_hash, g_str_equal);
    lexicon->entries = g_ptr_array_new();
    return lexicon;
}

void
voc_lexicon_free(VocLexicon *lexicon)
{
    if (!lexicon)
        return;
    for (guint i = 0; lexicon->starts && i <= lexicon->n_elements; i++)
        if (lexicon->starts[i])
            g_ptr_array_unref(lexicon->starts[i]);
    g_free(lexicon->starts);
    g_hash_table_unref(lexicon->terms);
    g_hash_table_unref(lexicon->elements);
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
    const char *key = voc_buffer_string(&lexicon->key);
    gpointer known = g_hash_table_lookup(lexicon->elements, key);
    if (!known) {
        known = GUINT_TO_POINTER(++lexicon->n_elements);
        g_hash_table_insert(lexicon->elements,
                            voc_arena_string(&lexicon->arena, voc_buffer_slice(&lexicon->key)), known);
    }
    return GPOINTER_TO_UINT(known);
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
        lexicon->longest_prefix = MAX(lexicon->longest_prefix, form.len);
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
longer_first(gconstpointer a, gconstpointer b)
{
    const VocEntry *left = *(const VocEntry *const *)a, *right = *(const VocEntry *const *)b;
    if (left->n != right->n)
        return (int)right->n - (int)left->n;
    return (int)left->effect - (int)right->effect;
}

void
voc_lexicon_freeze(VocLexicon *lexicon)
{
    lexicon->starts = g_new0(GPtrArray *, lexicon->n_elements + 1);
    for (guint i = 0; i < lexicon->entries->len; i++) {
        VocEntry *entry = g_ptr_array_index(lexicon->entries, i);
        GPtrArray **list = &lexicon->starts[entry->elements[0]];
        if (!*list)
            *list = g_ptr_array_new();
        g_ptr_array_add(*list, entry);
    }
    for (guint i = 0; i <= lexicon->n_elements; i++)
        if (lexicon->starts[i])
            g_ptr_array_sort(lexicon->starts[i], longer_first);
    lexicon->words = NULL;
}

static void
try_element(const VocLexicon *lexicon, char kind, VocSlice form, guint32 found[4], guint *n)
{
    char key[VOC_CHUNK_MAX * 4];
    if (*n == 4 || form.len + 2 > sizeof key)
        return;
    key[0] = kind;
    memcpy(key + 1, form.data, form.len);
    key[1 + form.len] = '\0';
    guint32 number = GPOINTER_TO_UINT(g_hash_table_lookup(lexicon->elements, key));
    for (guint i = 0; i < *n; i++)
        if (found[i] == number)
            return;
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
    for (gsize len = MIN(token->norm.len, lexicon->longest_prefix); len >= 2; len--) {
        guint before = n;
        if (len < token->norm.len && ((guchar)token->norm.data[len] & 0xC0) == 0x80)
            continue;
        try_element(lexicon, KIND_PREFIX, voc_slice_of(token->norm.data, len), found, &n);
        if (n > before)
            break;
    }
    return n;
}

const VocSense *
voc_lexicon_sense(const VocLexicon *lexicon, const VocToken *token, VocArena *arena)
{
    VocSense sense = {0};
    guint n_starts = 0;
    sense.n_elements = find_elements(lexicon, token, sense.elements);
    if (!sense.n_elements)
        return NULL;
    for (guint i = 0; i < sense.n_elements; i++)
        n_starts += lexicon->starts[sense.elements[i]] ? lexicon->starts[sense.elements[i]]->len : 0;
    sense.phrases = voc_arena_new_array(arena, const VocEntry *, n_starts + 1);
    for (guint i = 0; i < sense.n_elements; i++) {
        const GPtrArray *list = lexicon->starts[sense.elements[i]];
        for (guint k = 0; list && k < list->len; k++) {
            const VocEntry *entry = g_ptr_array_index(list, k);
            if (entry->n > 1) {
                sense.phrases[sense.n_phrases++] = entry;
            } else if (!sense.single[entry->effect]) {
                sense.single[entry->effect] = entry;
                sense.any = TRUE;
            }
        }
    }
    qsort(sense.phrases, sense.n_phrases, sizeof *sense.phrases, longer_first);
    VocSense *kept = voc_arena_new(arena, VocSense);
    *kept = sense;
    return kept;
}
