#include "lexicon/score.h"

#include "lexicon/walk.h"

/* Lighter hits are not listed. */
#define SHOWN 0.4f

static const void *
annotate(void *data, const VocToken *token, VocLang lang, VocArena *arena)
{
    VocScorer *scorer = data;
    const VocLexicon *lexicon = scorer->lexicons[lang];
    (void)arena;
    return lexicon ? voc_lexicon_sense(lexicon, token, scorer->senses[lang]) : NULL;
}

VocScorer *
voc_scorer_new(const VocLexicon *const lexicons[VOC_N_LANGS], VocWords *words)
{
    VocScorer *scorer = g_new0(VocScorer, 1);
    scorer->lexicons = lexicons;
    scorer->words = words;
    scorer->shown = SHOWN;
    scorer->hits = g_array_new(FALSE, FALSE, sizeof(VocHit));
    scorer->pieces = g_array_new(FALSE, FALSE, sizeof(VocPiece));
    scorer->segments = g_array_new(FALSE, FALSE, sizeof(VocSegment));
    scorer->traces = g_array_new(FALSE, FALSE, sizeof(VocTrace));
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        scorer->senses[lang] = voc_senses_new();
    scorer->annotator = voc_words_add_annotator(words, annotate, scorer);
    return scorer;
}

void
voc_scorer_free(VocScorer *scorer)
{
    if (!scorer)
        return;
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        voc_senses_free(scorer->senses[lang]);
    g_free(scorer->items);
    g_array_unref(scorer->hits);
    g_array_unref(scorer->pieces);
    g_array_unref(scorer->segments);
    g_array_unref(scorer->traces);
    g_free(scorer);
}

void
voc_scorer_set_shown(VocScorer *scorer, float weight)
{
    scorer->shown = weight;
}

void
voc_scorer_set_conversation(VocScorer *scorer, gboolean conversation)
{
    scorer->conversation = conversation;
}

/* --- the text's tokens --- */

/* The tokens of a chunk whose first code point is `base`; returns how many of them the lexicon knows. */
static guint
add_items(const VocScorer *scorer, const VocWordList *list, guint32 base, VocItem *item)
{
    guint known = 0;
    for (guint k = 0; k < list->n; k++, item++) {
        const VocRawToken *raw = &list->tokens[k].raw;
        const VocSense *sense = voc_word_note(list, scorer->annotator, k);
        *item = (VocItem){sense, base + raw->cp_start, raw->cp_len, raw->flags};
        known += sense && sense->n_elements;
        if (sense && sense->effects)
            __builtin_prefetch(sense->entries);
    }
    return known;
}

/* Room for `n` items behind the first `used`. */
static VocItem *
room_for(VocScorer *scorer, guint used, guint n)
{
    if (G_UNLIKELY(used + n > scorer->room)) {
        scorer->room = (used + n) * 2;
        scorer->items = g_renew(VocItem, scorer->items, scorer->room);
    }
    return scorer->items + used;
}

/* Chunks of a text that are in one language, and where they begin. */
typedef struct Part {
    VocLang lang;
    guint from, to;
    guint32 continuation;     /* bytes before it that begin no code point */
    guint32 end_continuation; /* the same at its end, once it has been gathered */
} Part;

/* Gathers the tokens of a part; returns how many of its words the lexicon of `lang` knows. */
static guint
gather(VocScorer *scorer, const VocText *text, Part *part, VocLang lang)
{
    guint32 continuation = part->continuation;
    guint known = 0, mark = 1u << scorer->annotator, used = 0;
    for (guint i = part->from; i < part->to; i++) {
        VocChunk *chunk = text->chunks[i];
        if (G_UNLIKELY(!chunk->words || chunk->lang != lang))
            voc_words_analyse(scorer->words, chunk, lang);
        VocItem *item = room_for(scorer, used, chunk->n);
        used += chunk->n;
        if (!(chunk->marks & mark) && !(chunk->flags & VOC_TOKEN_CAPS)) {
            /* Words that the lexicon does not know: nobody asks where they stand. */
            memset(item, 0, sizeof *item * chunk->n);
        } else if (chunk->whole && !scorer->annotator) {
            const VocSense *sense = chunk->note;
            *item = (VocItem){sense, VOC_CHUNK_START(text->starts[i]) - continuation, chunk->cp_len,
                              chunk->flags};
            known += sense && sense->n_elements;
        } else {
            known += add_items(scorer, chunk->words, VOC_CHUNK_START(text->starts[i]) - continuation, item);
        }
        continuation += (guint32)(chunk->len - chunk->cp_len);
    }
    scorer->n_items = used;
    part->end_continuation = continuation;
    return known;
}

/* A text of unknown language is read in the one whose lexicon knows most of it. */
static VocLang
best_lang(VocScorer *scorer, const VocText *text)
{
    VocLang best = VOC_LANG_UND;
    guint most = 0;
    Part all = {.to = text->n};
    for (VocLang lang = VOC_LANG_FI; lang < VOC_N_LANGS; lang++) {
        guint known = scorer->lexicons[lang] ? gather(scorer, text, &all, lang) : 0;
        if (known > most) {
            most = known;
            best = lang;
        }
    }
    return best;
}

/* The part that begins where `before` ends; FALSE at the end of the text. */
static gboolean
next_part(const VocText *text, VocLang whole, Part *part)
{
    *part = (Part){.from = part->to, .to = part->to, .continuation = part->end_continuation};
    if (part->from == text->n)
        return FALSE;
    part->lang = text->langs ? voc_text_lang(text, part->from) : whole;
    do
        part->to++;
    while (part->to < text->n && (!text->langs || voc_text_lang(text, part->to) == part->lang));
    return TRUE;
}

/* --- the result --- */

static VocLabel
likeliest(const float p[3])
{
    VocLabel best = VOC_NEUTRAL;
    for (int label = VOC_NEGATIVE; label <= VOC_POSITIVE; label++)
        if (p[label] > p[best])
            best = (VocLabel)label;
    return best;
}

static void
conclude(const VocWalk *walk, VocScore *score)
{
    *score = (VocScore){.words = walk->text.words,
                        .known = walk->text.known,
                        .weight = walk->text.weight,
                        .feeling = walk->text.feeling};
    voc_calibration_apply(walk->calibration, walk->text.weight, walk->text.feeling, walk->text.words,
                          walk->scorer->conversation, score->p);
    score->label = score->known ? likeliest(score->p) : VOC_NEUTRAL;
    score->value = score->known ? score->p[VOC_POSITIVE] - score->p[VOC_NEGATIVE] : 0;
    score->hits = (const VocHit *)(const void *)walk->scorer->hits->data;
    score->n_hits = walk->scorer->hits->len;
}

/* The lexicon that the sums are judged by: the main language's, or else that of a part. */
static const VocLexicon *
main_lexicon(const VocScorer *scorer, const VocText *text, VocLang lang)
{
    const VocLexicon *found = scorer->lexicons[lang];
    for (guint i = 0; text->langs && !found && i < text->n; i++)
        found = scorer->lexicons[text->langs[i]];
    return found;
}

/* Walks over a part; where its language has no lexicon it only ends a segment. */
static void
score_part(VocWalk *walk, const VocText *text, Part *part)
{
    VocScorer *scorer = walk->scorer;
    walk->lexicon = scorer->lexicons[part->lang];
    gather(scorer, text, part, part->lang);
    walk->items = scorer->items;
    walk->n = walk->lexicon ? scorer->n_items : 0;
    walk->last = part->to == text->n;
    gsize end = walk->last ? text->text.len : VOC_CHUNK_START(text->starts[part->to]);
    walk->length = (guint32)end - part->end_continuation;
    voc_walk_text(walk);
}

void
voc_scorer_score(VocScorer *scorer, const VocText *text, VocScore *score)
{
    VocLang lang = text->lang == VOC_LANG_UND && !text->langs ? best_lang(scorer, text) : text->lang;
    const VocLexicon *lexicon = main_lexicon(scorer, text, lang);
    g_array_set_size(scorer->hits, 0);
    g_array_set_size(scorer->pieces, 0);
    g_array_set_size(scorer->traces, 0);
    scorer->lang = lang;
    if (!lexicon) {
        *score = (VocScore){.label = VOC_NEUTRAL, .p = {0, 1, 0}};
        return;
    }
    scorer->calibration = voc_lexicon_calibrated(lexicon);
    VocWalk walk = {.scorer = scorer, .calibration = scorer->calibration};
    for (Part part = {0}; next_part(text, lang, &part);)
        score_part(&walk, text, &part);
    conclude(&walk, score);
}

VocLang
voc_scorer_lang(const VocScorer *scorer)
{
    return scorer->lang;
}

const VocSegment *
voc_scorer_segments(VocScorer *scorer, guint *n)
{
    guint32 start = 0;
    g_array_set_size(scorer->segments, 0);
    for (guint i = 0; i < scorer->pieces->len; i++) {
        const VocPiece *piece = &g_array_index(scorer->pieces, VocPiece, i);
        const VocSums *sums = &piece->sums;
        VocSegment segment = {.start = start, .end = piece->end};
        voc_calibration_apply(scorer->calibration, sums->weight, sums->feeling, sums->words,
                              scorer->conversation, segment.p);
        segment.label = likeliest(segment.p);
        segment.value = segment.p[VOC_POSITIVE] - segment.p[VOC_NEGATIVE];
        g_array_append_val(scorer->segments, segment);
        start = piece->end;
    }
    *n = scorer->segments->len;
    return (const VocSegment *)(const void *)scorer->segments->data;
}

const VocTrace *
voc_scorer_trace(VocScorer *scorer, const VocText *text, VocScore *score, guint *n)
{
    scorer->tracing = TRUE;
    voc_scorer_score(scorer, text, score);
    scorer->tracing = FALSE;
    *n = scorer->traces->len;
    return (const VocTrace *)(const void *)scorer->traces->data;
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
