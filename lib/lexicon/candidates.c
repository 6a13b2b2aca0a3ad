#include "lexicon/candidates.h"

#include "base/buffer.h"
#include "base/symtab.h"

/* A term's kind is the first byte of its key. */
enum { KIND_SURFACE = '=', KIND_BASE = 'b', KIND_PAIR = '2' };

/* What stands for a negator in a pair's key. */
#define NEGATOR '\x01'

typedef struct Count {
    guint texts;
    guint last; /* the last text that has it */
} Count;

struct VocCandidates {
    VocSymtab terms;
    GArray *counts;      /* Count, by term */
    VocSymtab bases;     /* base forms */
    VocSymtab forms;     /* base form and surface form */
    GArray *form_counts; /* guint, by form */
    GArray *best;        /* by base form: the form most seen */
    guint text;
    VocBuffer key;
};

VocCandidates *
voc_candidates_new(void)
{
    VocCandidates *candidates = g_new0(VocCandidates, 1);
    voc_symtab_init(&candidates->terms);
    voc_symtab_init(&candidates->bases);
    voc_symtab_init(&candidates->forms);
    candidates->counts = g_array_new(FALSE, TRUE, sizeof(Count));
    candidates->form_counts = g_array_new(FALSE, TRUE, sizeof(guint));
    candidates->best = g_array_new(FALSE, TRUE, sizeof(guint32));
    return candidates;
}

void
voc_candidates_free(VocCandidates *candidates)
{
    if (!candidates)
        return;
    voc_symtab_clear(&candidates->terms);
    voc_symtab_clear(&candidates->bases);
    voc_symtab_clear(&candidates->forms);
    g_array_unref(candidates->counts);
    g_array_unref(candidates->form_counts);
    g_array_unref(candidates->best);
    voc_buffer_clear(&candidates->key);
    g_free(candidates);
}

/* An array grows with its symbol table; new places are zero. */
static void *
at_number(GArray *array, guint32 number)
{
    if (array->len <= number)
        g_array_set_size(array, number + 1);
    return array->data + (gsize)number * g_array_get_element_size(array);
}

static VocSlice
start_key(VocCandidates *candidates, char kind, VocSlice form)
{
    voc_buffer_reset(&candidates->key);
    voc_buffer_add_char(&candidates->key, kind);
    voc_buffer_add_slice(&candidates->key, form);
    return voc_buffer_slice(&candidates->key);
}

static void
count(VocCandidates *candidates, VocSlice key)
{
    Count *counted = at_number(candidates->counts, voc_symtab_intern(&candidates->terms, key));
    counted->texts += counted->last != candidates->text;
    counted->last = candidates->text;
}

/* Keeps track of the form that a base form is most often seen in. */
static void
count_form(VocCandidates *candidates, const VocToken *token)
{
    start_key(candidates, KIND_BASE, token->base);
    voc_buffer_add_char(&candidates->key, '\n');
    voc_buffer_add_slice(&candidates->key, token->norm);
    guint32 form = voc_symtab_intern(&candidates->forms, voc_buffer_slice(&candidates->key));
    guint seen = ++*(guint *)at_number(candidates->form_counts, form);
    guint32 *best = at_number(candidates->best, voc_symtab_intern(&candidates->bases, token->base));
    if (!*best || seen > g_array_index(candidates->form_counts, guint, *best))
        *best = form;
}

static void
count_pair(VocCandidates *candidates, const VocToken *first, gboolean first_negates, const VocToken *second,
           gboolean second_negates)
{
    const VocSlice negator = VOC_SLICE("\x01");
    start_key(candidates, KIND_PAIR, first_negates ? negator : first->base);
    voc_buffer_add_char(&candidates->key, ' ');
    voc_buffer_add_slice(&candidates->key, second_negates ? negator : second->base);
    count(candidates, voc_buffer_slice(&candidates->key));
}

/* Words that a lexicon cannot write: those with its own marks. */
static gboolean
can_be_written(VocSlice word)
{
    return word.len > 0 && word.len < 60 && !strchr("=#<*", word.data[0]) && word.data[word.len - 1] != '*';
}

static gboolean
is_negator(VocCandidates *candidates, const VocLexicon *lexicon, const VocToken *token)
{
    return voc_lexicon_find(lexicon, VOC_EFFECT_NEGATE, token->norm) ||
           voc_lexicon_find(lexicon, VOC_EFFECT_NEGATE, token->base) ||
           voc_lexicon_find(lexicon, VOC_EFFECT_NEGATE, start_key(candidates, KIND_SURFACE, token->norm));
}

void
voc_candidates_add(VocCandidates *candidates, VocWords *words, const VocText *text, const VocLexicon *lexicon)
{
    const VocToken *before = NULL;
    gboolean before_negates = FALSE;
    candidates->text++;
    for (guint i = 0; i < text->n; i++) {
        const VocWordList *list = voc_words_list(words, text->chunks[i], voc_lexicon_lang(lexicon));
        for (guint k = 0; k < list->n; k++) {
            const VocToken *token = &list->tokens[k];
            gboolean word = token->raw.kind == VOC_TOKEN_WORD || token->raw.kind == VOC_TOKEN_HASHTAG;
            if (!word || !can_be_written(token->norm) || !can_be_written(token->base)) {
                before = NULL;
                continue;
            }
            gboolean negates = is_negator(candidates, lexicon, token);
            count(candidates, start_key(candidates, KIND_SURFACE, token->norm));
            count(candidates, start_key(candidates, KIND_BASE, token->base));
            count_form(candidates, token);
            if (before)
                count_pair(candidates, before, before_negates, token, negates);
            before = token;
            before_negates = negates;
        }
    }
}

/* A word that people wrote for a base form: itself where they did, else the commonest of its forms. */
static void
add_written(const VocCandidates *candidates, VocBuffer *out, VocSlice base, VocLang lang)
{
    if (base.len == 1 && base.data[0] == NEGATOR) {
        voc_buffer_add_string(out, lang == VOC_LANG_FI ? "ei" : lang == VOC_LANG_SV ? "inte" : "not");
        return;
    }
    g_autofree char *itself =
        g_strdup_printf("b%.*s\n%.*s", (int)base.len, base.data, (int)base.len, base.data);
    if (voc_symtab_find(&candidates->forms, voc_slice_from_string(itself))) {
        voc_buffer_add_slice(out, base);
        return;
    }
    guint32 number = voc_symtab_find(&candidates->bases, base);
    guint32 form = number ? g_array_index(candidates->best, guint32, number) : 0;
    VocSlice key = form ? voc_symtab_name(&candidates->forms, form) : VOC_SLICE_NONE;
    const char *end = form ? memchr(key.data, '\n', key.len) : NULL;
    if (end)
        voc_buffer_add(out, end + 1, key.len - (gsize)(end + 1 - key.data));
    else
        voc_buffer_add_slice(out, base);
}

static void
write_term(const VocCandidates *candidates, VocBuffer *out, VocSlice key, VocLang lang)
{
    VocSlice form = voc_slice_of(key.data + 1, key.len - 1);
    voc_buffer_reset(out);
    if (key.data[0] == KIND_SURFACE) {
        voc_buffer_add_slice(out, key);
    } else if (key.data[0] == KIND_BASE) {
        add_written(candidates, out, form, lang);
    } else {
        const char *blank = memchr(form.data, ' ', form.len);
        gsize first = (gsize)(blank - form.data);
        add_written(candidates, out, voc_slice_of(form.data, first), lang);
        voc_buffer_add_char(out, ' ');
        add_written(candidates, out, voc_slice_of(blank + 1, form.len - first - 1), lang);
    }
}

void
voc_candidates_put(const VocCandidates *candidates, VocLexicon *lexicon, guint min_count)
{
    g_auto(VocBuffer) term = {0};
    for (guint32 number = 1; number <= candidates->terms.n; number++) {
        if (g_array_index(candidates->counts, Count, number).texts < min_count)
            continue;
        write_term(candidates, &term, voc_symtab_name(&candidates->terms, number), voc_lexicon_lang(lexicon));
        if (!voc_lexicon_find(lexicon, VOC_EFFECT_LEARNED, voc_buffer_slice(&term)))
            voc_lexicon_add(lexicon, VOC_EFFECT_LEARNED, voc_buffer_slice(&term), 0, 0, NULL, 0);
    }
}
