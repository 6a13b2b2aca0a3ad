#include "lexicon/tagger.h"

/* How far a forbidden word may stand. */
#define NOT_REACH 2u
/* A sentence is looked at in pieces of so many words at most. */
#define SENTENCE_MAX 256u

/* A word of the sentence. */
typedef struct Word {
    const VocCueSense *sense; /* NULL when no pattern knows it */
    guint32 start, end;
} Word;

struct VocTagger {
    const VocCues *const *cues;
    VocWords *words;
    guint annotator;
    Word sentence[SENTENCE_MAX];
    guint n;
    gboolean anchors;     /* the sentence has a word that is a pattern's anchor */
    guint32 *clause_ends; /* of the words: where the clause that they are in ends */
    GArray *hits;
    guint64 *bits; /* sets that the sentence has */
    GArray *tried; /* patterns that have been tried on the sentence */
};

static const void *
annotate(void *data, const VocToken *token, VocLang lang, VocArena *arena)
{
    VocTagger *tagger = data;
    return tagger->cues[lang] ? voc_cues_sense(tagger->cues[lang], token, arena) : NULL;
}

VocTagger *
voc_tagger_new(const VocCues *const cues[VOC_N_LANGS], VocWords *words)
{
    VocTagger *tagger = g_new0(VocTagger, 1);
    tagger->cues = cues;
    tagger->words = words;
    tagger->clause_ends = g_new(guint32, SENTENCE_MAX);
    guint blocks = 1;
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        blocks = MAX(blocks, cues[lang] ? voc_cues_blocks(cues[lang]) : 1);
    tagger->bits = g_new0(guint64, blocks);
    tagger->hits = g_array_new(FALSE, FALSE, sizeof(VocCueHit));
    tagger->tried = g_array_new(FALSE, FALSE, sizeof(guint16));
    tagger->annotator = voc_words_add_annotator(words, annotate, tagger);
    return tagger;
}

void
voc_tagger_free(VocTagger *tagger)
{
    if (!tagger)
        return;
    g_free(tagger->clause_ends);
    g_free(tagger->bits);
    g_array_unref(tagger->hits);
    g_array_unref(tagger->tried);
    g_free(tagger);
}

/* --- matching --- */

static gboolean
is_in(const Word *word, guint16 set)
{
    return word->sense && voc_cue_bit(word->sense->bits, set);
}

/* Whether none of the forbidden words stands within reach behind `at`, nor before it at a pattern's head. */
static gboolean
none_near(const VocTagger *tagger, guint16 set, guint at, gboolean head)
{
    for (guint i = at; i < tagger->n && i < at + NOT_REACH; i++)
        if (is_in(&tagger->sentence[i], set))
            return FALSE;
    for (guint i = at; head && i > 0 && i + NOT_REACH > at; i--)
        if (is_in(&tagger->sentence[i - 1], set))
            return FALSE;
    return TRUE;
}

/* The longest match of the items from `item` on at the words from `at` on: where it ends, 0 when there is
 * none. `started`: a word has been matched. Gaps at the ends do not stretch a match. */
static guint
match(const VocTagger *tagger, const VocCuePattern *pattern, guint item, guint at, gboolean started)
{
    guint best = 0;
    if (item == pattern->n)
        return started ? at : 0;
    const VocCueItem *this = &pattern->items[item];
    switch ((VocItemKind)this->kind) {
    case VOC_ITEM_NOT:
        return none_near(tagger, this->set, at, !started) ? match(tagger, pattern, item + 1, at, started) : 0;
    case VOC_ITEM_GAP:
        if (!started || item + 1 == pattern->n)
            return match(tagger, pattern, item + 1, at, started);
        for (guint skipped = 0; skipped <= this->gap && at + skipped <= tagger->n; skipped++)
            best = MAX(best, match(tagger, pattern, item + 1, at + skipped, started));
        return best;
    default:
        break;
    }
    if (this->optional)
        best = match(tagger, pattern, item + 1, at, started);
    if (at < tagger->n && (this->kind == VOC_ITEM_ANY || is_in(&tagger->sentence[at], this->set)))
        best = MAX(best, match(tagger, pattern, item + 1, at + 1, TRUE));
    return best;
}

/* Keeps a hit unless one of the same cue that it overlaps is as long; takes out those that are
 * shorter.
 */
static void
keep_hit(VocTagger *tagger, const VocCuePattern *pattern, guint from, guint to, guint first_hit)
{
    VocCueHit hit = {tagger->sentence[from].start, tagger->sentence[to - 1].end, pattern};
    if (g_str_equal(pattern->cue, "cause"))
        hit.end = MAX(hit.end, tagger->clause_ends[to - 1]);
    for (guint i = tagger->hits->len; i > first_hit; i--) {
        const VocCueHit *other = &g_array_index(tagger->hits, VocCueHit, i - 1);
        if (other->pattern->cue != pattern->cue || other->end <= hit.start || other->start >= hit.end)
            continue;
        if (other->end - other->start >= hit.end - hit.start)
            return;
        g_array_remove_index(tagger->hits, i - 1);
    }
    g_array_append_val(tagger->hits, hit);
}

static void
try_pattern(VocTagger *tagger, const VocCuePattern *pattern, guint first_hit)
{
    for (guint from = 0; from < tagger->n; from++) {
        guint to = match(tagger, pattern, 0, from, FALSE);
        if (to > from)
            keep_hit(tagger, pattern, from, to, first_hit);
    }
}

static int
by_pattern(const void *a, const void *b)
{
    return (int)*(const guint16 *)a - (int)*(const guint16 *)b;
}

static int
by_place(gconstpointer a, gconstpointer b)
{
    const VocCueHit *left = a, *right = b;
    if (left->start != right->start)
        return left->start < right->start ? -1 : 1;
    if (left->end != right->end)
        return left->end > right->end ? -1 : 1;
    return left->pattern < right->pattern ? -1 : left->pattern > right->pattern;
}

/* The sets that the sentence's words are in. */
static void
gather_bits(VocTagger *tagger, const VocCues *cues)
{
    guint blocks = voc_cues_blocks(cues);
    memset(tagger->bits, 0, sizeof(guint64) * blocks);
    for (guint i = 0; i < tagger->n; i++) {
        const VocCueSense *sense = tagger->sentence[i].sense;
        for (guint k = 0; sense && k < blocks; k++)
            tagger->bits[k] |= sense->bits[k];
    }
}

static gboolean
can_match(const VocTagger *tagger, const VocCuePattern *pattern)
{
    for (guint i = 1; i < pattern->n_must; i++)
        if (!voc_cue_bit(tagger->bits, pattern->must[i]))
            return FALSE;
    return TRUE;
}

/* The patterns that have all their words in the sentence. */
static void
find_patterns(VocTagger *tagger, const VocCues *cues)
{
    g_array_set_size(tagger->tried, 0);
    gather_bits(tagger, cues);
    for (guint i = 0; i < tagger->n; i++) {
        const VocCueSense *sense = tagger->sentence[i].sense;
        for (guint k = 0; sense && k < sense->n_anchors; k++) {
            guint n;
            const guint16 *patterns = voc_cues_anchored(cues, sense->anchors[k], &n);
            for (guint p = 0; p < n; p++)
                if (can_match(tagger, voc_cues_pattern(cues, patterns[p])))
                    g_array_append_val(tagger->tried, patterns[p]);
        }
    }
    if (tagger->tried->len > 1)
        qsort(tagger->tried->data, tagger->tried->len, sizeof(guint16), by_pattern);
}

/* Tries the patterns in the order of the list. */
static void
finish_sentence(VocTagger *tagger, const VocCues *cues)
{
    guint first_hit = tagger->hits->len;
    if (tagger->anchors)
        find_patterns(tagger, cues);
    else
        g_array_set_size(tagger->tried, 0);
    for (guint i = 0; i < tagger->tried->len; i++) {
        guint16 pattern = g_array_index(tagger->tried, guint16, i);
        if (i == 0 || pattern != g_array_index(tagger->tried, guint16, i - 1))
            try_pattern(tagger, voc_cues_pattern(cues, pattern), first_hit);
    }
    tagger->n = 0;
    tagger->anchors = FALSE;
}

/* --- the text --- */

/* Words so far that belong to the clause that ends here. */
static void
finish_clause(VocTagger *tagger, guint *clause, guint32 end)
{
    for (; *clause < tagger->n; (*clause)++)
        tagger->clause_ends[*clause] = end;
}

/* The parts of a text that are in `lang`; of a text of unknown language all of it. */
static void
tag_in(VocTagger *tagger, const VocText *text, VocLang lang)
{
    const VocCues *cues = tagger->cues[lang];
    guint32 continuation = 0, end = 0;
    guint clause = 0;
    for (guint i = 0; cues && i < text->n; i++) {
        VocChunk *chunk = text->chunks[i];
        guint32 base = VOC_CHUNK_START(text->starts[i]) - continuation;
        continuation += (guint32)(chunk->len - chunk->cp_len);
        if (text->langs && text->langs[i] != lang) {
            finish_clause(tagger, &clause, end);
            finish_sentence(tagger, cues);
            clause = 0;
            continue;
        }
        const VocWordList *list = voc_words_list(tagger->words, chunk, lang);
        for (guint k = 0; k < list->n; k++) {
            const VocRawToken *raw = &list->tokens[k].raw;
            guint32 start = base + raw->cp_start;
            if (raw->kind == VOC_TOKEN_PUNCT) {
                if (raw->flags & (VOC_TOKEN_END | VOC_TOKEN_COMMA))
                    finish_clause(tagger, &clause, end);
                if (raw->flags & VOC_TOKEN_END) {
                    finish_sentence(tagger, cues);
                    clause = 0;
                }
                continue;
            }
            if (raw->kind == VOC_TOKEN_EMOJI || raw->kind == VOC_TOKEN_EMOTICON)
                continue;
            if (tagger->n == SENTENCE_MAX) {
                finish_clause(tagger, &clause, end);
                finish_sentence(tagger, cues);
                clause = 0;
            }
            const VocCueSense *sense = voc_word_note(list, tagger->annotator, k);
            end = start + raw->cp_len;
            tagger->anchors |= sense && sense->n_anchors;
            tagger->sentence[tagger->n++] = (Word){sense, start, end};
        }
    }
    finish_clause(tagger, &clause, end);
    if (cues)
        finish_sentence(tagger, cues);
}

const VocCueHit *
voc_tagger_tag(VocTagger *tagger, const VocText *text, guint *n)
{
    g_array_set_size(tagger->hits, 0);
    if (text->lang != VOC_LANG_UND && !text->langs)
        tag_in(tagger, text, text->lang);
    else
        for (VocLang lang = VOC_LANG_FI; lang < VOC_N_LANGS; lang++)
            tag_in(tagger, text, lang);
    g_array_sort(tagger->hits, by_place);
    *n = tagger->hits->len;
    return (const VocCueHit *)(const void *)tagger->hits->data;
}
