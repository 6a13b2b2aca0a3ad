#include "lexicon/score.h"

#include <math.h>

/* How far, in words, a negator reaches to the right inside its clause. */
#define NEGATION_SCOPE 4u
/* What negation leaves of a weight: "ei hyvä" is bad, but less so than "huono". */
#define NEGATION_FACTOR (-0.7f)
/* How far an intensifier reaches. */
#define SCALE_SCOPE 2u
#define BEFORE_BUT 0.6f
#define AFTER_BUT 1.3f
#define IN_ALTHOUGH 0.6f
#define EMPHASIS 1.2f
/* How fast the sum of weights saturates. */
#define SATURATION 12.0f

/* A word that the lexicon knows, or marks that part sentences and clauses. */
typedef struct Item {
    const VocSense *sense; /* NULL for marks */
    guint32 position;      /* counted in words */
    guint32 start, end;    /* code points */
    guint16 flags;
    const VocEntry *entry; /* chosen: see choose() */
    gboolean taken;        /* inside a phrase or a formula that begins before */
} Item;

struct VocScorer {
    const VocLexicon *const *lexicons;
    VocWords *words;
    guint annotator;
    GArray *items;
    GArray *hits;
};

static const void *
annotate(void *data, const VocToken *token, VocLang lang, VocArena *arena)
{
    VocScorer *scorer = data;
    const VocLexicon *lexicon = scorer->lexicons[lang];
    return lexicon ? voc_lexicon_sense(lexicon, token, arena) : NULL;
}

VocScorer *
voc_scorer_new(const VocLexicon *const lexicons[VOC_N_LANGS], VocWords *words)
{
    VocScorer *scorer = g_new0(VocScorer, 1);
    scorer->lexicons = lexicons;
    scorer->words = words;
    scorer->items = g_array_new(FALSE, FALSE, sizeof(Item));
    scorer->hits = g_array_new(FALSE, FALSE, sizeof(VocHit));
    scorer->annotator = voc_words_add_annotator(words, annotate, scorer);
    return scorer;
}

void
voc_scorer_free(VocScorer *scorer)
{
    if (!scorer)
        return;
    g_array_unref(scorer->items);
    g_array_unref(scorer->hits);
    g_free(scorer);
}

#define MARKS (VOC_TOKEN_END | VOC_TOKEN_COMMA | VOC_TOKEN_EXCLAIM)

/* Gathers the words that matter and the marks between them. */
static void
gather(VocScorer *scorer, const VocText *text)
{
    guint32 position = 0;
    guint32 continuation = 0; /* bytes so far that begin no code point */
    g_array_set_size(scorer->items, 0);
    for (guint i = 0; i < text->n; i++) {
        VocChunk *chunk = text->chunks[i];
        if (i + VOC_LIST_AHEAD < text->n && text->chunks[i + VOC_LIST_AHEAD]->marks)
            voc_text_ask(text, i + VOC_LIST_AHEAD);
        if (G_UNLIKELY(!chunk->words || chunk->lang != text->lang))
            voc_words_analyse(scorer->words, chunk, text->lang);
        guint32 base = VOC_CHUNK_START(text->starts[i]) - continuation;
        continuation += (guint32)(chunk->len - chunk->cp_len);
        if (!(chunk->marks & 1u << scorer->annotator) && !(chunk->flags & MARKS)) {
            position += chunk->n;
            continue;
        }
        const VocWordList *list = chunk->words;
        for (guint k = 0; k < list->n; k++) {
            const VocToken *token = &list->tokens[k];
            const VocSense *sense = voc_word_note(list, scorer->annotator, k);
            gboolean mark = token->raw.kind == VOC_TOKEN_PUNCT;
            if (sense || (mark && token->raw.flags & MARKS)) {
                guint32 start = base + token->raw.cp_start;
                Item item = {sense, position, start, start + token->raw.cp_len, token->raw.flags,
                             NULL,  FALSE};
                g_array_append_val(scorer->items, item);
            }
            position += !mark;
        }
    }
}

static gboolean
is_element(const VocSense *sense, guint32 element)
{
    for (guint i = 0; i < sense->n_elements; i++)
        if (sense->elements[i] == element)
            return TRUE;
    return FALSE;
}

static gboolean
phrase_stands(const Item *items, guint n, guint at, const VocEntry *entry)
{
    if (at + entry->n > n)
        return FALSE;
    for (guint k = 2; k < entry->n; k++) {
        const Item *item = &items[at + k];
        if (!item->sense || item->position != items[at].position + k ||
            !is_element(item->sense, entry->elements[k]))
            return FALSE;
    }
    return TRUE;
}

/* The longest phrase that begins with item `at`; NULL when none does. */
static const VocEntry *
find_phrase(const VocLexicon *lexicon, const Item *items, guint n, guint at)
{
    const VocSense *first = items[at].sense;
    const VocEntry *best = NULL;
    if (!first->begins || at + 1 >= n || !items[at + 1].sense ||
        items[at + 1].position != items[at].position + 1)
        return NULL;
    const VocSense *second = items[at + 1].sense;
    for (guint i = 0; i < first->n_elements; i++)
        for (guint k = 0; k < second->n_elements; k++) {
            guint found;
            const VocEntry *const *phrases =
                voc_lexicon_phrases(lexicon, first->elements[i], second->elements[k], &found);
            for (guint j = 0; j < found && (!best || phrases[j]->n > best->n); j++)
                if (phrase_stands(items, n, at, phrases[j]))
                    best = phrases[j];
        }
    return best;
}

/* Chooses what each word does: the longest phrase that begins with it, else its own entry. */
static void
choose(const VocLexicon *lexicon, Item *items, guint n)
{
    static const VocEffect ORDER[] = {VOC_EFFECT_NEUTRAL, VOC_EFFECT_WEIGHT, VOC_EFFECT_NEGATE,
                                      VOC_EFFECT_SCALE,   VOC_EFFECT_BUT,    VOC_EFFECT_ALTHOUGH};
    for (guint i = 0; i < n; i++) {
        const VocSense *sense = items[i].sense;
        if (!sense || items[i].taken)
            continue;
        items[i].entry = find_phrase(lexicon, items, n, i);
        for (guint k = 0; sense->effects && k < G_N_ELEMENTS(ORDER) && !items[i].entry; k++)
            items[i].entry = sense->entry[ORDER[k]];
        guint words = items[i].entry ? items[i].entry->n : 0;
        for (guint k = 1; k < words; k++)
            items[i + k].taken = TRUE;
        if (words > 1)
            items[i].end = items[i + words - 1].end;
    }
}

/* "hirveän hyvä": a word that both evaluates and strengthens only strengthens before an evaluating word. */
static gboolean
only_strengthens(const Item *items, guint n, guint at)
{
    return items[at].sense && items[at].sense->entry[VOC_EFFECT_SCALE] && items[at].entry->n == 1 &&
           at + 1 < n && items[at + 1].entry && items[at + 1].entry->effect == VOC_EFFECT_WEIGHT &&
           items[at + 1].position == items[at].position + 1;
}

static void
apply_before(const Item *items, guint n, guint from, guint at, VocHit *hit)
{
    gboolean negated = FALSE;
    for (guint i = at; i-- > from;) {
        const Item *item = &items[i];
        if (!item->sense || item->flags & VOC_TOKEN_END)
            break;
        guint distance = items[at].position - item->position;
        const VocEntry *entry = item->entry;
        if (entry && entry->effect == VOC_EFFECT_WEIGHT && only_strengthens(items, n, i))
            entry = item->sense->entry[VOC_EFFECT_SCALE];
        if (!entry)
            continue;
        if (entry->effect == VOC_EFFECT_SCALE && distance <= SCALE_SCOPE) {
            hit->weight *= entry->value;
            hit->rules |= entry->value >= 1 ? VOC_RULE_BOOSTED : VOC_RULE_WEAKENED;
        }
        if (entry->effect == VOC_EFFECT_NEGATE && distance <= NEGATION_SCOPE)
            negated = !negated;
        if (entry->effect == VOC_EFFECT_BUT || entry->effect == VOC_EFFECT_ALTHOUGH)
            break;
    }
    if (negated) {
        hit->weight *= NEGATION_FACTOR;
        hit->rules |= VOC_RULE_NEGATED;
    }
}

static void
apply_contrast(const Item *items, guint from, guint to, guint at, VocHit *hit)
{
    for (guint i = from; i < to; i++) {
        if (!items[i].entry)
            continue;
        if (items[i].entry->effect == VOC_EFFECT_BUT) {
            hit->weight *= at < i ? BEFORE_BUT : AFTER_BUT;
            hit->rules |= at < i ? VOC_RULE_BEFORE_BUT : VOC_RULE_AFTER_BUT;
            return;
        }
        if (items[i].entry->effect == VOC_EFFECT_ALTHOUGH && at > i) {
            hit->weight *= IN_ALTHOUGH;
            hit->rules |= VOC_RULE_ALTHOUGH;
            return;
        }
    }
}

/* One sentence: the items from `from` to before `to`; returns the sum of its hits. */
static float
score_sentence(VocScorer *scorer, const Item *items, guint from, guint to)
{
    float sum = 0;
    gboolean exclaims = FALSE;
    guint first = scorer->hits->len;
    for (guint i = from; i < to; i++)
        exclaims |= (items[i].flags & VOC_TOKEN_EXCLAIM) != 0;
    for (guint i = from; i < to; i++) {
        if (items[i].taken || !items[i].entry || items[i].entry->effect != VOC_EFFECT_WEIGHT ||
            only_strengthens(items, to, i))
            continue;
        VocHit hit = {items[i].start, items[i].end, items[i].entry, items[i].entry->value, 0};
        apply_before(items, to, from, i, &hit);
        apply_contrast(items, from, to, i, &hit);
        if (exclaims || items[i].flags & (VOC_TOKEN_CAPS | VOC_TOKEN_ELONGATED)) {
            hit.weight *= EMPHASIS;
            hit.rules |= VOC_RULE_EMPHASIS;
        }
        g_array_append_val(scorer->hits, hit);
    }
    for (guint i = first; i < scorer->hits->len; i++)
        sum += g_array_index(scorer->hits, VocHit, i).weight;
    return sum;
}

/* A first calibration, to be replaced by a learned one: the stronger the sum, the less likely neutral. */
static void
calibrate(float sum, VocScore *score)
{
    score->value = sum / sqrtf(sum * sum + SATURATION);
    float negative = expf(-2.2f * score->value * 2), positive = expf(2.2f * score->value * 2), neutral = 2.4f;
    float total = negative + neutral + positive;
    score->p[VOC_NEGATIVE] = negative / total;
    score->p[VOC_NEUTRAL] = neutral / total;
    score->p[VOC_POSITIVE] = positive / total;
    score->label = VOC_NEUTRAL;
    for (int label = VOC_NEGATIVE; label <= VOC_POSITIVE; label++)
        if (score->p[label] > score->p[score->label])
            score->label = (VocLabel)label;
}

void
voc_scorer_score(VocScorer *scorer, const VocText *text, VocScore *score)
{
    float sum = 0;
    gather(scorer, text);
    g_array_set_size(scorer->hits, 0);
    Item *items = (Item *)(void *)scorer->items->data;
    guint n = scorer->items->len;
    if (scorer->lexicons[text->lang])
        choose(scorer->lexicons[text->lang], items, n);
    for (guint from = 0; from < n;) {
        guint to = from;
        while (to < n && (items[to].sense || !(items[to].flags & VOC_TOKEN_END)))
            to++;
        to = MIN(to + 1, n);
        sum += score_sentence(scorer, items, from, to);
        from = to;
    }
    calibrate(sum, score);
    score->hits = (const VocHit *)(const void *)scorer->hits->data;
    score->n_hits = scorer->hits->len;
}

const char *
voc_label_name(VocLabel label)
{
    static const char *const NAMES[] = {"negative", "neutral", "positive"};
    return NAMES[label];
}

const char *
voc_rule_name(guint rules)
{
    static const char *const NAMES[] = {"negated",   "boosted",  "weakened", "before-but",
                                        "after-but", "emphasis", "although"};
    for (guint i = 0; i < G_N_ELEMENTS(NAMES); i++)
        if (rules & 1u << i)
            return NAMES[i];
    return NULL;
}
