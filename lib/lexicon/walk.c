#include "lexicon/walk.h"

#include <math.h>

/* How far, in words, a negator reaches to the right inside its clause. */
#define NEGATION_SCOPE 4u
/* A row of the same picture counts so often at most. */
#define REPEATS 3u
/* Hits of stop words that nobody weighed by hand are listed when they are heavier than others by this. */
#define SHOWN_STOP 2

/* --- what stands there --- */

static gboolean
is_element(const VocSense *sense, guint32 element)
{
    for (guint i = 0; i < sense->n_elements; i++)
        if (sense->entries->elements[i] == element)
            return TRUE;
    return FALSE;
}

static gboolean
phrase_stands(const VocWalk *walk, guint at, const VocEntry *entry)
{
    if (at + entry->n > walk->n)
        return FALSE;
    for (guint k = 2; k < entry->n; k++) {
        const VocSense *sense = walk->items[at + k].sense;
        if (!sense || !is_element(sense, entry->elements[k]))
            return FALSE;
    }
    return TRUE;
}

/* The longest phrase that begins with item `at`; NULL when none does. */
static const VocEntry *
find_phrase(const VocWalk *walk, guint at)
{
    const VocSense *first = walk->items[at].sense;
    const VocEntry *best = NULL;
    if (at + 1 >= walk->n || !walk->items[at + 1].sense)
        return NULL;
    const VocSense *second = walk->items[at + 1].sense;
    if (!(first->followers & second->own))
        return NULL;
    for (guint i = 0; i < first->n_elements; i++)
        for (guint k = 0; k < second->n_elements; k++) {
            guint found;
            const VocEntry *const *phrases = voc_lexicon_phrases(walk->lexicon, first->entries->elements[i],
                                                                 second->entries->elements[k], &found);
            for (guint j = 0; j < found && (!best || phrases[j]->n > best->n); j++)
                if (phrase_stands(walk, at, phrases[j]))
                    best = phrases[j];
        }
    return best;
}

/* What a word does by itself. */
static const VocEntry *
own_entry(const VocSense *sense)
{
    static const VocEffect ORDER[] = {VOC_EFFECT_NEUTRAL, VOC_EFFECT_WEIGHT, VOC_EFFECT_NEGATE,
                                      VOC_EFFECT_SCALE,   VOC_EFFECT_BUT,    VOC_EFFECT_ALTHOUGH};
    for (guint i = 0; sense->effects && i < G_N_ELEMENTS(ORDER); i++)
        if (sense->effects & 1u << ORDER[i])
            return sense->entries->entry[ORDER[i]];
    return NULL;
}

/* "hirveän hyvä": a word that both evaluates and strengthens only strengthens before an evaluating word. */
static gboolean
only_strengthens(const VocWalk *walk, guint at)
{
    const VocSense *sense = walk->items[at].sense,
                   *next = at + 1 < walk->n ? walk->items[at + 1].sense : NULL;
    return sense->effects & 1u << VOC_EFFECT_SCALE && next &&
           (next->effects & 1u << VOC_EFFECT_WEIGHT || find_phrase(walk, at + 1));
}

/* --- sums --- */

static void
trace(VocWalk *walk, const VocEntry *entry, float weight, float feeling)
{
    VocTrace made = {entry, weight, feeling};
    if (walk->scorer->tracing)
        g_array_append_val(walk->scorer->traces, made);
}

static inline void
add(VocWalk *walk, float weight, float feeling)
{
    walk->sentence.weight += weight;
    walk->sentence.feeling += feeling;
    walk->segment.weight += weight;
    walk->segment.feeling += feeling;
}

static void
add_hit(VocWalk *walk, guint from, guint to, const VocEntry *entry, float weight, guint rules)
{
    const VocItem *last = &walk->items[to - 1];
    VocHit hit = {walk->items[from].start, last->start + last->len, entry, weight, rules};
    if (fabsf(weight) >= walk->scorer->shown)
        g_array_append_val(walk->scorer->hits, hit);
}

/* "ei hyvä" is bad; "ei huono" is not yet good. A weight that is only learned may turn out either way. */
static float
negation(const VocCalibration *calibration, float weight)
{
    double positive = calibration->negated_positive, negative = calibration->negated_negative;
    return (float)(weight > 0 ? positive : weight < 0 ? negative : (positive + negative) / 2);
}

/* What the rules make of a weight that stands at `item`. */
static float
rule_factor(const VocWalk *walk, const VocItem *item, float weight, gboolean negated, guint *rules)
{
    float factor = walk->contrast;
    *rules = walk->contrast_rule;
    if (walk->scale != 1) {
        factor *= walk->scale;
        *rules |= walk->scale > 1 ? VOC_RULE_BOOSTED : VOC_RULE_WEAKENED;
    }
    if (item->flags & (VOC_TOKEN_CAPS | VOC_TOKEN_ELONGATED)) {
        factor *= (float)walk->calibration->emphasis;
        *rules |= VOC_RULE_EMPHASIS;
    }
    if (negated) {
        factor *= negation(walk->calibration, weight);
        *rules |= VOC_RULE_NEGATED;
    }
    return factor;
}

/* The learned entries of a token, and of the pair that it makes with the word before it. */
static float
add_learned(VocWalk *walk, const VocSense *sense, float factor)
{
    float weight = sense->weight * factor, feeling = sense->feeling;
    for (guint i = 0; walk->scorer->tracing && i < sense->n_learned; i++)
        trace(walk, sense->entries->learned[i], factor, 1);
    add(walk, weight, feeling);
    return weight;
}

static void
add_pair(VocWalk *walk, guint at, guint32 first, guint32 second)
{
    const VocEntry *entry = voc_lexicon_pair(walk->lexicon, first, second);
    if (!entry)
        return;
    trace(walk, entry, walk->contrast, 1);
    add(walk, entry->value * walk->contrast, entry->feeling);
    walk->sentence.known++;
    add_hit(walk, at - 1, at + 1, entry, entry->value * walk->contrast, walk->contrast_rule);
}

/* A hand-written weight, of `entry` at the items from `at`, and the learned ones of its first word. */
static void
add_weight(VocWalk *walk, guint at, const VocEntry *entry, gboolean negated)
{
    const VocItem *item = &walk->items[at];
    guint rules;
    float factor = rule_factor(walk, item, entry->value, negated, &rules);
    float weight = entry->value * factor, feeling = entry->feeling * walk->scale;
    trace(walk, entry, factor, walk->scale);
    add(walk, weight, feeling);
    walk->sentence.known++;
    if (entry->n == 1)
        weight += add_learned(walk, item->sense, factor);
    add_hit(walk, at, at + entry->n, entry, weight, rules);
}

/* --- the walk --- */

/* `but`: what stands before it in the sentence counts less, what follows more. */
static void
turn(VocWalk *walk)
{
    VocScorer *scorer = walk->scorer;
    float factor = (float)walk->calibration->before_but;
    walk->sentence.weight *= factor;
    for (guint i = walk->first_hit; i < scorer->hits->len; i++) {
        VocHit *hit = &g_array_index(scorer->hits, VocHit, i);
        hit->weight *= factor;
        hit->rules |= VOC_RULE_BEFORE_BUT;
    }
    for (guint i = walk->first_trace; i < scorer->traces->len; i++)
        g_array_index(scorer->traces, VocTrace, i).weight *= factor;
    walk->contrast = (float)walk->calibration->after_but;
    walk->contrast_rule = VOC_RULE_AFTER_BUT;
    walk->behind_although = FALSE;
}

/* Keeps the sums of a segment; few ask what they come to. */
static void
finish_segment(VocWalk *walk, guint32 end)
{
    GArray *pieces = walk->scorer->pieces;
    VocPiece piece = {end, walk->segment};
    if (pieces->len ? end <= g_array_index(pieces, VocPiece, pieces->len - 1).end : end == 0)
        return;
    g_array_append_val(pieces, piece);
    walk->segment = (VocSums){0};
}

static void
finish_sentence(VocWalk *walk)
{
    walk->text.weight += walk->sentence.weight;
    walk->text.feeling += walk->sentence.feeling;
    walk->text.words += walk->sentence.words;
    walk->text.known += walk->sentence.known;
    walk->sentence = (VocSums){0};
    walk->scale = 1;
    walk->negated = 0;
    walk->contrast = 1;
    walk->contrast_rule = 0;
    walk->behind_although = FALSE;
    walk->first_hit = walk->scorer->hits->len;
    walk->first_trace = walk->scorer->traces->len;
}

/* What an entry does to the words behind it. */
static void
apply_effect(VocWalk *walk, const VocEntry *entry, guint at)
{
    if (walk->scorer->shown <= 0)
        add_hit(walk, at, at + entry->n, entry, 0, 0);
    switch (entry->effect) {
    case VOC_EFFECT_NEGATE:
        walk->negated = NEGATION_SCOPE + entry->n;
        break;
    case VOC_EFFECT_SCALE:
        walk->scale = entry->value;
        break;
    case VOC_EFFECT_BUT:
        finish_segment(walk, walk->items[at].start);
        turn(walk);
        walk->negated = 0;
        break;
    case VOC_EFFECT_ALTHOUGH:
        walk->contrast = (float)walk->calibration->although;
        walk->contrast_rule = VOC_RULE_ALTHOUGH;
        walk->behind_although = TRUE;
        walk->negated = 0;
        break;
    case VOC_EFFECT_NEUTRAL:
        walk->silent_until = at + entry->n;
        break;
    default:
        break;
    }
}

static gboolean
negates(const VocSense *sense)
{
    return sense && sense->effects & 1u << VOC_EFFECT_NEGATE;
}

/* A phrase that begins at `at`. */
static void
visit_phrase(VocWalk *walk, guint at, const VocEntry *entry)
{
    if (entry->effect != VOC_EFFECT_WEIGHT) {
        apply_effect(walk, entry, at);
        return;
    }
    /* A negator inside has been weighed with the phrase. */
    gboolean negated = walk->negated > 0;
    for (guint k = 0; k < entry->n; k++)
        negated = negated && !negates(walk->items[at + k].sense);
    add_weight(walk, at, entry, negated);
    walk->scale = 1;
}

/* A word by itself; inside a phrase only the learned weights of what is no stop word count. */
static void
visit_word(VocWalk *walk, guint at, gboolean inside)
{
    const VocItem *item = &walk->items[at];
    const VocSense *sense = item->sense;
    const VocEntry *own = inside ? NULL : own_entry(sense);
    gboolean negated = walk->negated > 0 && !negates(sense);
    float scale = walk->scale;
    guint rules;
    if (own && own->effect == VOC_EFFECT_NEUTRAL) {
        apply_effect(walk, own, at);
        return;
    }
    if (inside && (negates(sense) || item->flags & VOC_TOKEN_STOP)) /* the phrase has it in its weight */
        return;
    walk->sentence.known += sense->n_learned > 0;
    if (negates(sense))
        walk->negated = NEGATION_SCOPE + 1;
    if (own && own->effect == VOC_EFFECT_WEIGHT && !only_strengthens(walk, at)) {
        add_weight(walk, at, own, negated);
        walk->scale = 1;
        return;
    }
    if (sense->n_learned) {
        float weight = add_learned(walk, sense, rule_factor(walk, item, 0, negated, &rules));
        if (!(item->flags & VOC_TOKEN_STOP) || fabsf(weight) >= SHOWN_STOP * walk->scorer->shown)
            add_hit(walk, at, at + 1, sense->heaviest, weight, rules);
    }
    if (scale == walk->scale && !inside) /* else it may be the phrase that scales */
        walk->scale = 1;
    if (own && own->effect == VOC_EFFECT_WEIGHT)
        own = sense->entries->entry[VOC_EFFECT_SCALE];
    if (own)
        apply_effect(walk, own, at);
}

/* A mark, number or picture. */
static void
visit_sign(VocWalk *walk, guint at)
{
    const VocItem *item = &walk->items[at];
    walk->previous = NULL;
    walk->scale = 1;
    walk->repeats = at && item->sense == walk->items[at - 1].sense ? walk->repeats + 1 : 0;
    if (item->flags & VOC_TOKEN_COMMA)
        walk->negated = 0;
    if (item->flags & VOC_TOKEN_COMMA && walk->behind_although) {
        walk->contrast = 1;
        walk->contrast_rule = 0;
        walk->behind_although = FALSE;
    }
    if (item->sense && walk->repeats < REPEATS) {
        const VocEntry *own = own_entry(item->sense);
        if (own && own->effect == VOC_EFFECT_WEIGHT) {
            add_weight(walk, at, own, FALSE);
        } else if (item->sense->n_learned) {
            float weight = add_learned(walk, item->sense, 1);
            if (walk->scorer->shown <= 0)
                add_hit(walk, at, at + 1, item->sense->heaviest, weight, 0);
        }
    }
    if (item->flags & VOC_TOKEN_END) {
        finish_segment(walk, item->start + item->len);
        finish_sentence(walk);
    }
}

static void
add_sign(VocWalk *walk, guint at, VocSign sign, gboolean end)
{
    const VocEntry *entry = voc_lexicon_sign(walk->lexicon, sign, end);
    if (!entry)
        return;
    trace(walk, entry, 1, 1);
    add(walk, entry->value, entry->feeling);
    if (walk->scorer->shown > 0)
        return;
    const VocItem *item = &walk->items[at];
    VocHit hit = {end ? walk->length : item->start, end ? walk->length : item->start + item->len, entry,
                  entry->value, 0};
    g_array_append_val(walk->scorer->hits, hit);
}

/* A word or a sign that is one; returns where a phrase that begins here ends. */
static guint
visit(VocWalk *walk, guint at, guint phrase_end)
{
    const VocItem *item = &walk->items[at];
    const VocSense *sense = item->sense;
    walk->sentence.words++;
    walk->segment.words++;
    if (item->flags & VOC_TOKEN_CAPS && item->len > 2)
        add_sign(walk, at, VOC_SIGN_CAPS, FALSE);
    if (sense) {
        const VocEntry *phrase = at >= phrase_end && sense->followers ? find_phrase(walk, at) : NULL;
        if (phrase) {
            phrase_end = at + phrase->n;
            visit_phrase(walk, at, phrase);
        }
        if (at >= walk->silent_until) {
            visit_word(walk, at, at < phrase_end);
            if (walk->previous && walk->previous->pair_followers & sense->pair_own)
                add_pair(walk, at, walk->previous->pair, sense->pair);
        }
    } else {
        walk->scale = 1;
    }
    walk->previous = at >= walk->silent_until ? sense : NULL;
    if (walk->negated)
        walk->negated--;
    return phrase_end;
}

void
voc_walk_text(VocWalk *walk)
{
    guint phrase_end = 0;
    finish_sentence(walk);
    walk->previous = NULL;
    walk->silent_until = 0;
    for (guint at = 0; at < walk->n; at++) {
        const VocItem *item = &walk->items[at];
        if (!item->sense || item->sense->sign == VOC_SIGN_WORD)
            phrase_end = visit(walk, at, phrase_end);
        else
            visit_sign(walk, at);
    }
    if (walk->last && walk->n) {
        const VocSense *last = walk->items[walk->n - 1].sense;
        add_sign(walk, walk->n - 1, last ? (VocSign)last->sign : VOC_SIGN_WORD, TRUE);
    }
    if (walk->last || walk->segment.words)
        finish_segment(walk, walk->length);
    finish_sentence(walk);
}
