/* Texts: cut into chunks and tokens, brought to base forms, scored, in every language. */
#include "lexicon/lists.h"
#include "lexicon/score.h"

#include "fuzz.h"

typedef struct Bench {
    VocWordModel *model;
    VocWords *words;
    VocLexicon *lexicons[VOC_N_LANGS];
    VocScorer *scorer;
} Bench;

static Bench *
bench_new(void)
{
    Bench *bench = g_new0(Bench, 1);
    bench->model = voc_word_model_load(TEST_DATA_DIR, VOC_MORPHOLOGY_SNOWBALL, NULL, NULL);
    must(bench->model != NULL);
    bench->words = voc_words_new(bench->model);
    for (int lang = 0; lang < VOC_N_LANGS; lang++) {
        bench->lexicons[lang] = voc_lexicon_new((VocLang)lang, bench->words);
        must(voc_lexicon_load_language(bench->lexicons[lang], TEST_DATA_DIR, VOC_LISTS_ALL, NULL));
        voc_lexicon_freeze(bench->lexicons[lang]);
    }
    bench->scorer = voc_scorer_new((const VocLexicon *const *)bench->lexicons, bench->words);
    return bench;
}

static void
check_list(const VocChunk *chunk, const VocWordList *list)
{
    guint end = 0, cp_end = 0;
    for (guint i = 0; i < list->n; i++) {
        const VocToken *token = &list->tokens[i];
        must(token->raw.len > 0 && token->raw.start >= end && token->raw.cp_start >= cp_end);
        end = (guint)token->raw.start + token->raw.len;
        cp_end = (guint)token->raw.cp_start + token->raw.cp_len;
        must(end <= chunk->len && cp_end <= chunk->cp_len);
        must(token->norm.len == 0 || g_utf8_validate_len(token->norm.data, token->norm.len, NULL));
        must(token->base.len == 0 || g_utf8_validate_len(token->base.data, token->base.len, NULL));
    }
}

static void
check_score(const VocScore *score, VocSlice text)
{
    guint length = voc_text_length(text);
    must(score->value >= -1 && score->value <= 1);
    for (int i = 0; i < 3; i++)
        must(score->p[i] >= 0 && score->p[i] <= 1);
    for (guint i = 0; i < score->n_hits; i++)
        must(score->hits[i].start < score->hits[i].end && score->hits[i].end <= length);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static Bench *bench;
    if (!bench)
        bench = bench_new();
    g_auto(VocArena) arena;
    voc_arena_init(&arena, 0);
    g_autofree char *valid = g_utf8_make_valid((const char *)data, (gssize)size);
    gsize len = strlen(valid);
    char *copy = fuzz_padded(valid, len);
    VocSlice text = voc_slice_of(copy, len);
    VocText read = *voc_words_read(bench->words, text, &arena);
    must(read.confidence >= 0 && read.confidence <= 1);
    for (int lang = 0; lang < VOC_N_LANGS; lang++) {
        VocScore score;
        read.lang = (VocLang)lang;
        for (guint i = 0; i < read.n; i++)
            check_list(read.chunks[i], voc_words_list(bench->words, read.chunks[i], read.lang));
        voc_scorer_score(bench->scorer, &read, &score);
        check_score(&score, text);
    }
    voc_words_settle(bench->words);
    g_free(copy);
    return 0;
}
