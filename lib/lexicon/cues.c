#include "lexicon/cues.h"

#include "base/buffer.h"
#include "base/symtab.h"

/* An element's kind is the first byte of its key. */
enum { KIND_BASE = 'b', KIND_SURFACE = '=', KIND_PREFIX = '*', KIND_NEGATOR = '!' };

#define MAX_ITEMS 24
#define MAX_GAP 20
/* Sets of a word at most; more would mean that it is in hundreds of patterns' lists. */
#define MAX_SETS 512

/* How much commoner than others negators and stop words are taken to be. */
#define NEGATOR_WEIGHT 100u
#define COMMON_WEIGHT 20u

struct VocCues {
    VocLang lang;
    VocWords *words;
    VocArena arena;
    GArray *patterns; /* VocCuePattern */
    VocSymtab elements;
    GPtrArray *sets_of;    /* by element number: GArray of guint16 */
    VocSymtab sets;        /* by their text */
    GPtrArray *anchored;   /* by set number: GArray of guint16, or NULL */
    GHashTable *negators;  /* surface and base forms */
    GHashTable *common;    /* elements that are stop words */
    guint64 prefixes[256]; /* by first byte: bit n is set when a prefix has n bytes */
    VocBuffer key;
};

static void
free_array(gpointer array)
{
    if (array)
        g_array_unref(array);
}

VocCues *
voc_cues_new(VocLang lang, VocWords *words)
{
    VocCues *cues = g_new0(VocCues, 1);
    cues->lang = lang;
    cues->words = words;
    voc_arena_init(&cues->arena, 0);
    cues->patterns = g_array_new(FALSE, FALSE, sizeof(VocCuePattern));
    voc_symtab_init(&cues->elements);
    voc_symtab_init(&cues->sets);
    cues->sets_of = g_ptr_array_new_with_free_func(free_array);
    cues->anchored = g_ptr_array_new_with_free_func(free_array);
    cues->negators = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    cues->common = g_hash_table_new(NULL, NULL);
    return cues;
}

void
voc_cues_free(VocCues *cues)
{
    if (!cues)
        return;
    g_array_unref(cues->patterns);
    voc_symtab_clear(&cues->elements);
    voc_symtab_clear(&cues->sets);
    g_ptr_array_unref(cues->sets_of);
    g_ptr_array_unref(cues->anchored);
    g_hash_table_unref(cues->negators);
    g_hash_table_unref(cues->common);
    voc_buffer_clear(&cues->key);
    voc_arena_clear(&cues->arena);
    g_free(cues);
}

guint
voc_cues_blocks(const VocCues *cues)
{
    return cues->sets.n / 64 + 1;
}

guint
voc_cues_size(const VocCues *cues)
{
    return cues->patterns->len;
}

const VocCuePattern *
voc_cues_pattern(const VocCues *cues, guint i)
{
    return &g_array_index(cues->patterns, VocCuePattern, i);
}

/* --- reading patterns --- */

static guint32
element_number(VocCues *cues, char kind, VocSlice form)
{
    voc_buffer_reset(&cues->key);
    voc_buffer_add_char(&cues->key, kind);
    voc_buffer_add_slice(&cues->key, form);
    guint32 number = voc_symtab_intern(&cues->elements, voc_buffer_slice(&cues->key));
    while (cues->sets_of->len <= number)
        g_ptr_array_add(cues->sets_of, NULL);
    return number;
}

static guint32
parse_element(VocCues *cues, VocSlice written)
{
    if (voc_slice_equal_string(written, "NEG"))
        return element_number(cues, KIND_NEGATOR, VOC_SLICE_NONE);
    if (written.len > 1 && written.data[0] == '=')
        return element_number(cues, KIND_SURFACE,
                              voc_text_fold(voc_slice_of(written.data + 1, written.len - 1), &cues->arena));
    if (written.len > 1 && written.data[written.len - 1] == '*') {
        VocSlice form = voc_text_fold(voc_slice_of(written.data, written.len - 1), &cues->arena);
        form.len = MIN(form.len, 63);
        cues->prefixes[(guchar)form.data[0]] |= (guint64)1 << form.len;
        return element_number(cues, KIND_PREFIX, form);
    }
    VocSlice form = voc_text_fold(written, &cues->arena);
    return element_number(cues, KIND_BASE, voc_words_base(cues->words, form, cues->lang, &cues->arena));
}

static guint32
parse_word(VocCues *cues, VocSlice written)
{
    guint32 element = parse_element(cues, written);
    VocSlice bare = written.data[0] == '=' ? voc_slice_of(written.data + 1, written.len - 1) : written;
    if (voc_words_is_stop(cues->words, bare, cues->lang))
        g_hash_table_add(cues->common, GUINT_TO_POINTER(element));
    return element;
}

static void
add_to_set(VocCues *cues, guint32 element, guint16 set)
{
    GArray **sets = (GArray **)&cues->sets_of->pdata[element];
    if (!*sets)
        *sets = g_array_new(FALSE, FALSE, sizeof(guint16));
    g_array_append_val(*sets, set);
}

/* The number of a set of words as written: a|b|c. 0 when a word is missing. */
static guint16
parse_set(VocCues *cues, VocSlice written)
{
    guint32 known = voc_symtab_find(&cues->sets, written);
    if (known)
        return (guint16)known;
    guint32 set = voc_symtab_intern(&cues->sets, written);
    if (set > G_MAXUINT16)
        return 0;
    while (written.len) {
        const char *bar = memchr(written.data, '|', written.len);
        gsize len = bar ? (gsize)(bar - written.data) : written.len;
        if (!len || (bar && len + 1 == written.len))
            return 0;
        add_to_set(cues, parse_word(cues, voc_slice_of(written.data, len)), (guint16)set);
        len += bar != NULL;
        written = voc_slice_of(written.data + len, written.len - len);
    }
    return (guint16)set;
}

static gboolean
parse_item(VocCues *cues, VocSlice written, VocCueItem *item)
{
    *item = (VocCueItem){.kind = VOC_ITEM_WORDS};
    if (written.data[0] == '~') {
        gint64 gap = written.len == 2 && g_ascii_isdigit(written.data[1]) ? written.data[1] - '0' : 0;
        if (written.len == 3 && g_ascii_isdigit(written.data[1]) && g_ascii_isdigit(written.data[2]))
            gap = (written.data[1] - '0') * 10 + written.data[2] - '0';
        item->kind = VOC_ITEM_GAP;
        item->gap = (guint8)gap;
        return gap >= 1 && gap <= MAX_GAP;
    }
    if (written.data[0] == '!') {
        item->kind = VOC_ITEM_NOT;
        item->set = parse_set(cues, voc_slice_of(written.data + 1, written.len - 1));
        return item->set > 0;
    }
    if (written.data[written.len - 1] == '?') {
        item->optional = TRUE;
        written.len--;
    }
    if (voc_slice_equal_string(written, "_")) {
        item->kind = VOC_ITEM_ANY;
        return TRUE;
    }
    item->set = parse_set(cues, written);
    return item->set > 0;
}

/* Cuts at blanks; FALSE when an item is none or there are too many. */
static gboolean
parse_items(VocCues *cues, VocSlice text, VocCueItem *items, guint *n)
{
    *n = 0;
    while (text.len) {
        const char *blank = memchr(text.data, ' ', text.len);
        gsize len = blank ? (gsize)(blank - text.data) : text.len;
        if (len && (*n == MAX_ITEMS || !parse_item(cues, voc_slice_of(text.data, len), &items[(*n)++])))
            return FALSE;
        len += blank != NULL;
        text = voc_slice_of(text.data + len, text.len - len);
    }
    return *n > 0;
}

static gboolean
has_anchor(const VocCueItem *items, guint n)
{
    for (guint i = 0; i < n; i++)
        if (items[i].kind == VOC_ITEM_WORDS && !items[i].optional)
            return TRUE;
    return FALSE;
}

static const char *
intern(VocSlice text)
{
    g_autofree char *copy = voc_slice_dup(text);
    return g_intern_string(copy);
}

gboolean
voc_cues_add(VocCues *cues, const VocTsv *tsv, GError **error)
{
    VocCueItem items[MAX_ITEMS];
    VocCuePattern pattern = {.cue = intern(tsv->cell[0]),
                             .kind = intern(tsv->cell[1]),
                             .path = g_intern_string(tsv->path),
                             .line = tsv->line};
    if (!tsv->cell[0].len)
        return voc_tsv_fail(tsv, error, "a pattern needs the name of its cue");
    if (!parse_items(cues, tsv->cell[2], items, &pattern.n))
        return voc_tsv_fail(tsv, error, "'%.*s' is no pattern", (int)tsv->cell[2].len, tsv->cell[2].data);
    if (!has_anchor(items, pattern.n))
        return voc_tsv_fail(tsv, error, "a pattern needs a word that must be there");
    if (cues->patterns->len == G_MAXUINT16)
        return voc_tsv_fail(tsv, error, "too many patterns");
    pattern.items = voc_arena_alloc(&cues->arena, sizeof(VocCueItem) * pattern.n);
    memcpy(pattern.items, items, sizeof(VocCueItem) * pattern.n);
    g_array_append_val(cues->patterns, pattern);
    return TRUE;
}

gboolean
voc_cues_load(VocCues *cues, const char *path, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    while (voc_tsv_next(&tsv))
        if (!voc_cues_add(cues, &tsv, error))
            return FALSE;
    return TRUE;
}

/* What NEG stands for: in Finnish the forms of the negation verb, elsewhere all negators of one word. */
static gboolean
load_negators(VocCues *cues, const char *path, GError **error)
{
    g_auto(VocTsv) tsv = {0};
    if (!voc_tsv_open(&tsv, path, error))
        return FALSE;
    while (voc_tsv_next(&tsv)) {
        VocSlice term = tsv.cell[0];
        if (term.len && term.data[0] == '=')
            term = voc_slice_of(term.data + 1, term.len - 1);
        if (memchr(term.data, ' ', term.len) || (cues->lang == VOC_LANG_FI && term.data[0] != 'e'))
            continue;
        g_hash_table_add(cues->negators, voc_slice_dup(term));
    }
    return TRUE;
}

gboolean
voc_cues_load_language(VocCues *cues, const char *data_dir, gboolean patterns, GError **error)
{
    const char *folder = voc_lang_name(cues->lang);
    g_autofree char *negators = g_build_filename(data_dir, "lexicons", folder, "negators.tsv", NULL);
    g_autofree char *list = g_build_filename(data_dir, "lexicons", folder, "cues.tsv", NULL);
    if (g_file_test(negators, G_FILE_TEST_EXISTS) && !load_negators(cues, negators, error))
        return FALSE;
    return !patterns || !g_file_test(list, G_FILE_TEST_EXISTS) || voc_cues_load(cues, list, error);
}

/* How often a set's words are to be expected: a guess. */
static guint *
set_weights(const VocCues *cues)
{
    guint *weights = g_new0(guint, cues->sets.n + 1);
    for (guint32 element = 1; element < cues->sets_of->len; element++) {
        const GArray *sets = g_ptr_array_index(cues->sets_of, element);
        VocSlice key = voc_symtab_name(&cues->elements, element);
        guint weight = key.data[0] == KIND_NEGATOR ? NEGATOR_WEIGHT : 1;
        if (g_hash_table_contains(cues->common, GUINT_TO_POINTER(element)))
            weight = COMMON_WEIGHT;
        for (guint k = 0; sets && k < sets->len; k++)
            weights[g_array_index(sets, guint16, k)] += weight;
    }
    return weights;
}

/* The sets that a match needs, the rarest to the front. */
static void
find_must(VocCues *cues, VocCuePattern *pattern, const guint *weights)
{
    pattern->must = voc_arena_alloc(&cues->arena, sizeof(guint16) * pattern->n);
    for (guint i = 0; i < pattern->n; i++) {
        const VocCueItem *item = &pattern->items[i];
        if (item->kind != VOC_ITEM_WORDS || item->optional)
            continue;
        guint at = pattern->n_must++;
        for (; at > 0 && weights[pattern->must[at - 1]] > weights[item->set]; at--)
            pattern->must[at] = pattern->must[at - 1];
        pattern->must[at] = item->set;
    }
}

void
voc_cues_freeze(VocCues *cues)
{
    g_autofree guint *weights = set_weights(cues);
    g_ptr_array_set_size(cues->anchored, (gint)cues->sets.n + 1);
    for (guint16 i = 0; i < cues->patterns->len; i++) {
        VocCuePattern *pattern = &g_array_index(cues->patterns, VocCuePattern, i);
        find_must(cues, pattern, weights);
        GArray **list = (GArray **)&cues->anchored->pdata[pattern->must[0]];
        if (!*list)
            *list = g_array_new(FALSE, FALSE, sizeof(guint16));
        g_array_append_val(*list, i);
    }
    cues->words = NULL;
}

/* --- looking up --- */

const guint16 *
voc_cues_anchored(const VocCues *cues, guint16 set, guint *n)
{
    const GArray *list = g_ptr_array_index(cues->anchored, set);
    *n = list ? list->len : 0;
    return list ? (const guint16 *)(const void *)list->data : NULL;
}

static void
collect(const VocCues *cues, char kind, VocSlice form, guint16 *sets, guint *n)
{
    char key[VOC_CHUNK_MAX * 4];
    if (form.len + 1 > sizeof key)
        return;
    key[0] = kind;
    if (form.len)
        memcpy(key + 1, form.data, form.len);
    guint32 element = voc_symtab_find(&cues->elements, voc_slice_of(key, form.len + 1));
    const GArray *found = element ? g_ptr_array_index(cues->sets_of, element) : NULL;
    for (guint i = 0; found && i < found->len && *n < MAX_SETS; i++)
        sets[(*n)++] = g_array_index(found, guint16, i);
}

static gboolean
is_negator(const VocCues *cues, const VocToken *token)
{
    g_autofree char *norm = voc_slice_dup(token->norm);
    g_autofree char *base = voc_slice_dup(token->base);
    return g_hash_table_contains(cues->negators, norm) ||
           (cues->lang == VOC_LANG_FI && g_hash_table_contains(cues->negators, base));
}

const VocCueSense *
voc_cues_sense(const VocCues *cues, const VocToken *token, VocArena *arena)
{
    guint16 sets[MAX_SETS];
    guint n = 0;
    if (token->raw.kind != VOC_TOKEN_WORD && token->raw.kind != VOC_TOKEN_HASHTAG &&
        token->raw.kind != VOC_TOKEN_NUMBER)
        return NULL;
    collect(cues, KIND_SURFACE, token->norm, sets, &n);
    collect(cues, KIND_BASE, token->base, sets, &n);
    if (is_negator(cues, token))
        collect(cues, KIND_NEGATOR, VOC_SLICE_NONE, sets, &n);
    guint64 lengths = token->norm.len ? cues->prefixes[(guchar)token->norm.data[0]] : 0;
    for (; lengths; lengths &= lengths - 1) {
        guint len = (guint)__builtin_ctzll(lengths);
        if (len <= token->norm.len)
            collect(cues, KIND_PREFIX, voc_slice_of(token->norm.data, len), sets, &n);
    }
    if (!n)
        return NULL;
    VocCueSense *sense =
        voc_arena_alloc0(arena, sizeof(VocCueSense) + sizeof(guint64) * voc_cues_blocks(cues));
    guint16 *anchors = voc_arena_alloc(arena, sizeof(guint16) * n);
    for (guint i = 0; i < n; i++) {
        guint anchored;
        if (voc_cue_bit(sense->bits, sets[i]))
            continue;
        sense->bits[sets[i] / 64] |= (guint64)1 << sets[i] % 64;
        voc_cues_anchored(cues, sets[i], &anchored);
        if (anchored)
            anchors[sense->n_anchors++] = sets[i];
    }
    sense->anchors = anchors;
    return sense;
}
