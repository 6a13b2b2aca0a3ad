#include "theme/model.h"

#include <stdlib.h>
#include <string.h>

/* A theme far weaker in a sentence than the strongest there is an echo of it. */
#define ECHO 0.6f
/* A text has this many themes at most. */
#define MOST_THEMES 12u

/* What a word is to the themes. */
typedef struct Note {
    guint32 n;
    guint32 elements[];
} Note;

/* A word that has a note. */
typedef struct Item {
    const Note *note;
    guint32 position; /* counted in tokens */
    guint32 sentence;
} Item;

typedef struct Sentence {
    guint32 start, end; /* code points */
} Sentence;

struct VocAssigner {
    const VocThemeModel *model;
    VocWords *words;
    guint annotator;
    VocBuffer key;
    GArray *items, *sentences, *found, *candidates;
    GArray *touched;      /* themes with a sum */
    float *sum;           /* of each theme */
    gboolean *excluded;   /* of each theme */
    gboolean *is_touched; /* of each theme */
    guint64 *seen, stamp; /* of each rule: where it counted last */
    float surest;         /* the greatest sum of the text being read */
};

/* Sums below zero are no confidence at all. */
static float
confidence_of(float sum)
{
    return sum > 0 ? sum / (1 + sum) : 0;
}

static guint32
find_element(VocAssigner *assigner, char kind, VocLang lang, VocSlice form)
{
    voc_theme_element_key(&assigner->key, kind, lang, form);
    return GPOINTER_TO_UINT(
        g_hash_table_lookup(assigner->model->elements, voc_buffer_string(&assigner->key)));
}

static const void *
annotate(void *data, const VocToken *token, VocLang lang, VocArena *arena)
{
    VocAssigner *assigner = data;
    guint32 found[64], n = 0;
    if (token->raw.kind != VOC_TOKEN_WORD && token->raw.kind != VOC_TOKEN_HASHTAG &&
        token->raw.kind != VOC_TOKEN_NUMBER)
        return NULL;
    guint32 element = find_element(assigner, 'b', lang, token->base);
    if (element)
        found[n++] = element - 1;
    for (gsize len = 1; len <= MIN(token->norm.len, 254) && n < G_N_ELEMENTS(found); len++) {
        if (!assigner->model->prefix_length[len])
            continue;
        element = find_element(assigner, '*', lang, voc_slice_of(token->norm.data, len));
        if (element)
            found[n++] = element - 1;
    }
    if (!n)
        return NULL;
    Note *note = voc_arena_alloc(arena, sizeof(Note) + n * sizeof(guint32));
    note->n = n;
    memcpy(note->elements, found, n * sizeof(guint32));
    return note;
}

VocAssigner *
voc_assigner_new(const VocThemeModel *model, VocWords *words)
{
    VocAssigner *assigner = g_new0(VocAssigner, 1);
    assigner->model = model;
    assigner->words = words;
    assigner->items = g_array_new(FALSE, FALSE, sizeof(Item));
    assigner->sentences = g_array_new(FALSE, FALSE, sizeof(Sentence));
    assigner->found = g_array_new(FALSE, FALSE, sizeof(VocAssigned));
    assigner->candidates = g_array_new(FALSE, FALSE, sizeof(guint32));
    assigner->touched = g_array_new(FALSE, FALSE, sizeof(guint32));
    assigner->sum = g_new0(float, model->themes->themes->len + 1);
    assigner->excluded = g_new0(gboolean, model->themes->themes->len + 1);
    assigner->is_touched = g_new0(gboolean, model->themes->themes->len + 1);
    assigner->seen = g_new0(guint64, model->n_rules + 1);
    assigner->annotator = voc_words_add_annotator(words, annotate, assigner);
    return assigner;
}

void
voc_assigner_free(VocAssigner *assigner)
{
    if (!assigner)
        return;
    voc_buffer_clear(&assigner->key);
    g_array_unref(assigner->items);
    g_array_unref(assigner->sentences);
    g_array_unref(assigner->found);
    g_array_unref(assigner->candidates);
    g_array_unref(assigner->touched);
    g_free(assigner->sum);
    g_free(assigner->excluded);
    g_free(assigner->is_touched);
    g_free(assigner->seen);
    g_free(assigner);
}

/* Where the sentence being read begins and ends; `open` until something ends it. */
typedef struct Cutter {
    Sentence sentence;
    gboolean open;
} Cutter;

static void
close_sentence(VocAssigner *assigner, Cutter *cutter)
{
    if (cutter->open)
        g_array_append_val(assigner->sentences, cutter->sentence);
    cutter->open = FALSE;
}

static void
extend(Cutter *cutter, guint32 start, guint32 end)
{
    if (!cutter->open)
        cutter->sentence.start = start;
    cutter->sentence.end = end;
    cutter->open = TRUE;
}

/* A chunk's tokens, one by one: it has a note or ends a sentence. */
static void
gather_tokens(VocAssigner *assigner, const VocWordList *list, guint32 base, guint32 position, Cutter *cutter)
{
    for (guint k = 0; k < list->n; k++) {
        const VocToken *token = &list->tokens[k];
        const Note *note = voc_word_note(list, assigner->annotator, k);
        extend(cutter, base + token->raw.cp_start, base + token->raw.cp_start + token->raw.cp_len);
        if (note) {
            Item item = {note, position + k, assigner->sentences->len};
            g_array_append_val(assigner->items, item);
        }
        if (token->raw.kind == VOC_TOKEN_PUNCT && token->raw.flags & VOC_TOKEN_END)
            close_sentence(assigner, cutter);
    }
}

static void
gather(VocAssigner *assigner, const VocText *text)
{
    guint32 position = 0;
    guint32 continuation = 0; /* bytes so far that begin no code point */
    Cutter cutter = {{0, 0}, FALSE};
    g_array_set_size(assigner->items, 0);
    g_array_set_size(assigner->sentences, 0);
    for (guint i = 0; i < text->n; i++) {
        VocChunk *chunk = text->chunks[i];
        const VocWordList *list = voc_words_list(assigner->words, chunk, voc_text_lang(text, i));
        guint32 base = VOC_CHUNK_START(text->starts[i]) - continuation;
        continuation += (guint32)(chunk->len - chunk->cp_len);
        if (text->starts[i] & VOC_CHUNK_NEWLINE)
            close_sentence(assigner, &cutter);
        if (list->marks & 1u << assigner->annotator || list->flags & VOC_TOKEN_END)
            gather_tokens(assigner, list, base, position, &cutter);
        else
            extend(&cutter, base, base + chunk->cp_len);
        position += MAX(list->n, 1);
    }
    close_sentence(assigner, &cutter);
}

static gboolean
stands(const Item *items, guint n, guint at, const VocThemeUse *use)
{
    for (guint k = 1; k < use->n; k++) {
        gboolean found = FALSE;
        if (at + k >= n || items[at + k].position != items[at].position + k ||
            items[at + k].sentence != items[at].sentence)
            return FALSE;
        for (guint e = 0; e < items[at + k].note->n && !found; e++)
            found = items[at + k].note->elements[e] == use->elements[k];
        if (!found)
            return FALSE;
    }
    return TRUE;
}

static void
count(VocAssigner *assigner, const VocThemeUse *use)
{
    if (assigner->seen[use->rule] == assigner->stamp)
        return;
    assigner->seen[use->rule] = assigner->stamp;
    if (!assigner->is_touched[use->theme]) {
        assigner->is_touched[use->theme] = TRUE;
        assigner->sum[use->theme] = assigner->model->bias[use->theme];
        g_array_append_val(assigner->touched, use->theme);
    }
    if (use->excludes)
        assigner->excluded[use->theme] = TRUE;
    else
        assigner->sum[use->theme] += use->weight;
}

/* Sums the rules that items `from` to before `to` keep. */
static void
add_up(VocAssigner *assigner, guint from, guint to)
{
    const Item *items = (const Item *)(const void *)assigner->items->data;
    assigner->stamp++;
    for (guint i = from; i < to; i++)
        for (guint e = 0; e < items[i].note->n; e++) {
            const GPtrArray *uses = g_ptr_array_index(assigner->model->starts, items[i].note->elements[e]);
            for (guint u = 0; u < uses->len; u++) {
                const VocThemeUse *use = g_ptr_array_index(uses, u);
                if (use->n == 1 || stands(items, to, i, use))
                    count(assigner, use);
            }
        }
}

/* Adds what was found in sentence `s`, or lengthens the segment of the one before. */
static void
note_theme(VocAssigner *assigner, guint32 theme, float weight, Sentence segment, gboolean joins,
           guint32 before)
{
    const VocTheme *target = assigner->model->target[theme];
    for (guint i = 0; joins && i < assigner->found->len; i++) {
        VocAssigned *known = &g_array_index(assigner->found, VocAssigned, i);
        if (known->theme != target || known->end != before)
            continue;
        known->end = segment.end;
        known->weight = MAX(known->weight, weight);
        return;
    }
    VocAssigned found = {target, theme, weight, segment.start, segment.end};
    g_array_append_val(assigner->found, found);
}

/* Whether a child of `theme` is among the candidates: it says more. */
static gboolean
has_child(const VocAssigner *assigner, guint32 theme)
{
    for (guint i = 0; i < assigner->candidates->len; i++)
        if (assigner->model->parent[g_array_index(assigner->candidates, guint32, i)] == theme)
            return TRUE;
    return FALSE;
}

static void
clear_sums(VocAssigner *assigner)
{
    for (guint i = 0; i < assigner->touched->len; i++) {
        assigner->sum[g_array_index(assigner->touched, guint32, i)] = 0;
        assigner->excluded[g_array_index(assigner->touched, guint32, i)] = FALSE;
        assigner->is_touched[g_array_index(assigner->touched, guint32, i)] = FALSE;
    }
    g_array_set_size(assigner->touched, 0);
}

/* Takes the themes whose sums are enough, and clears the sums. */
static void
settle(VocAssigner *assigner, Sentence segment, gboolean joins, guint32 before)
{
    float best = 0, least = assigner->model->least;
    g_array_set_size(assigner->candidates, 0);
    for (guint i = 0; i < assigner->touched->len; i++) {
        guint32 theme = g_array_index(assigner->touched, guint32, i);
        if (!assigner->excluded[theme])
            best = MAX(best, assigner->sum[theme]);
    }
    assigner->surest = MAX(assigner->surest, best);
    for (guint i = 0; i < assigner->touched->len; i++) {
        guint32 theme = g_array_index(assigner->touched, guint32, i);
        if (!assigner->excluded[theme] && assigner->sum[theme] >= MAX(least, ECHO * best))
            g_array_append_val(assigner->candidates, theme);
    }
    for (guint i = 0; i < assigner->candidates->len; i++) {
        guint32 theme = g_array_index(assigner->candidates, guint32, i);
        float sum = assigner->sum[theme];
        if (!has_child(assigner, theme))
            note_theme(assigner, theme, confidence_of(sum), segment, joins, before);
    }
    clear_sums(assigner);
}

static int
by_strength(const void *a, const void *b, void *data)
{
    const VocAssigner *assigner = data;
    const VocAssigned *x = a, *y = b;
    float in_all = assigner->sum[y->number] - assigner->sum[x->number];
    if (in_all != 0)
        return in_all > 0 ? 1 : -1;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return strcmp(x->theme->id, y->theme->id);
}

static Sentence
sentence_of(const VocAssigner *assigner, guint item)
{
    return g_array_index(assigner->sentences, Sentence, g_array_index(assigner->items, Item, item).sentence);
}

/* The theme that the text as a whole says most of, with the sums in place; G_MAXUINT32 when that is not
 * enough. */
static guint32
main_theme(VocAssigner *assigner)
{
    guint32 best = G_MAXUINT32;
    float most = assigner->model->least_of_all;
    for (guint i = 0; i < assigner->touched->len; i++) {
        guint32 theme = g_array_index(assigner->touched, guint32, i);
        if (!assigner->excluded[theme])
            assigner->surest = MAX(assigner->surest, assigner->sum[theme]);
        if (assigner->excluded[theme] || assigner->sum[theme] < most ||
            (assigner->sum[theme] == most && theme > best))
            continue;
        most = assigner->sum[theme];
        best = theme;
    }
    /* At any price: a theme that is likelier before anything is said than any is after. */
    guint32 likeliest = assigner->model->likeliest;
    if (assigner->model->least_of_all == -G_MAXFLOAT && likeliest != G_MAXUINT32 &&
        !assigner->is_touched[likeliest] && assigner->model->bias[likeliest] > most)
        best = likeliest;
    return best;
}

static gboolean
is_found(const VocAssigner *assigner, guint32 theme)
{
    for (guint i = 0; i < assigner->found->len; i++) {
        const VocAssigned *found = &g_array_index(assigner->found, VocAssigned, i);
        if (found->number == theme || assigner->model->parent[found->number] == theme)
            return TRUE;
    }
    return FALSE;
}

/* What no sentence says by itself the text may say as a whole; and the theme that most of it speaks of comes
 * first. */
static void
weigh_whole(VocAssigner *assigner)
{
    guint n = assigner->items->len;
    if (!assigner->sentences->len)
        return;
    add_up(assigner, 0, n);
    guint32 theme = main_theme(assigner);
    if (theme != G_MAXUINT32 && !is_found(assigner, theme)) {
        float sum = assigner->is_touched[theme] ? assigner->sum[theme] : assigner->model->bias[theme];
        Sentence segment = n ? (Sentence){sentence_of(assigner, 0).start, sentence_of(assigner, n - 1).end}
                             : g_array_index(assigner->sentences, Sentence, 0);
        note_theme(assigner, theme, confidence_of(sum), segment, FALSE, 0);
    }
    if (assigner->found->len > 1)
        qsort_r(assigner->found->data, assigner->found->len, sizeof(VocAssigned), by_strength, assigner);
    clear_sums(assigner);
}

const VocAssigned *
voc_assigner_assign(VocAssigner *assigner, const VocText *text, guint *n)
{
    gather(assigner, text);
    g_array_set_size(assigner->found, 0);
    assigner->surest = 0;
    guint n_items = assigner->items->len;
    for (guint from = 0, to = 0; from < n_items; from = to) {
        guint32 s = g_array_index(assigner->items, Item, from).sentence;
        while (to < n_items && g_array_index(assigner->items, Item, to).sentence == s)
            to++;
        add_up(assigner, from, to);
        settle(assigner, g_array_index(assigner->sentences, Sentence, s), s > 0,
               s > 0 ? g_array_index(assigner->sentences, Sentence, s - 1).end : 0);
    }
    weigh_whole(assigner);
    *n = MIN(assigner->found->len, MOST_THEMES);
    return (const VocAssigned *)(const void *)assigner->found->data;
}

double
voc_assigner_surest(const VocAssigner *assigner)
{
    return voc_theme_confidence(assigner->surest);
}
