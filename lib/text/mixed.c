#include "text/mixed.h"

#define LEAST_WORDS 3u
#define LEAST_LETTERS 15

/* A text that one language explains loses less evidence than this (12 nats); most do, and cost no more than
 * this comparison. */
#define SUSPECT (12 * VOC_LANG_UNITS)

/* A word that looks like none of the text's language has lost so much. */
#define STRANGE (2 * VOC_LANG_UNITS)

static int
likeliest_class(const VocLangScores *sum)
{
    int top = 0;
    for (int i = 1; i < VOC_LANG_CLASSES; i++)
        top = sum->v[i] > sum->v[top] ? i : top;
    return top;
}

/* Whether strange words stand together somewhere: more of them than of others, by as many as make a part. */
static gboolean
has_strangers(const VocText *text, int class)
{
    guint strangers = 0;
    for (guint i = 0; i < text->n && strangers < LEAST_WORDS; i++) {
        const VocChunk *chunk = text->chunks[i];
        if (chunk->scores[class] < -STRANGE)
            strangers++;
        else if (chunk->letters && strangers)
            strangers--;
    }
    return strangers == LEAST_WORDS;
}

static gboolean
is_part(const VocLangScores *chunks, guint from, guint to)
{
    guint words = 0;
    gint32 letters = 0;
    for (guint i = from; i < to; i++) {
        words += chunks[i].letters > 0;
        letters += chunks[i].letters;
    }
    return words >= LEAST_WORDS && letters >= LEAST_LETTERS;
}

void
voc_text_part_languages(VocText *text, const VocLangModel *model, const VocLangScores *sum, VocArena *arena)
{
    int class = likeliest_class(sum);
    if (sum->v[class] > -SUSPECT || !has_strangers(text, class))
        return;
    VocLangScores *chunks = voc_arena_new_array(arena, VocLangScores, text->n);
    VocLang *told = voc_arena_new_array(arena, VocLang, text->n);
    guint8 *langs = voc_arena_alloc(arena, text->n);
    for (guint i = 0; i < text->n; i++) {
        chunks[i].letters = text->chunks[i]->letters;
        for (int k = 0; k < VOC_LANG_CLASSES; k++)
            chunks[i].v[k] = text->chunks[i]->scores[k];
    }
    voc_lang_segments(model, chunks, text->n, told);
    gboolean mixed = FALSE;
    for (guint from = 0, to; from < text->n; from = to) {
        for (to = from + 1; to < text->n && told[to] == told[from];)
            to++;
        VocLang lang = told[from] != VOC_LANG_UND && is_part(chunks, from, to) ? told[from] : text->lang;
        memset(langs + from, (int)lang, to - from);
        mixed |= lang != text->lang;
    }
    text->langs = mixed ? langs : NULL;
}
