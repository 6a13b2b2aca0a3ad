#include "text/stem.h"

#include <libstemmer.h>

struct VocStemmer {
    struct sb_stemmer *of[VOC_N_LANGS];
};

static const char *const ALGORITHMS[VOC_N_LANGS] = {
    [VOC_LANG_FI] = "finnish", [VOC_LANG_EN] = "english", [VOC_LANG_SV] = "swedish"};

VocStemmer *
voc_stemmer_new(void)
{
    VocStemmer *stemmer = g_new0(VocStemmer, 1);
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        if (ALGORITHMS[lang])
            stemmer->of[lang] = sb_stemmer_new(ALGORITHMS[lang], "UTF_8");
    return stemmer;
}

void
voc_stemmer_free(VocStemmer *stemmer)
{
    if (!stemmer)
        return;
    for (int lang = 0; lang < VOC_N_LANGS; lang++)
        if (stemmer->of[lang])
            sb_stemmer_delete(stemmer->of[lang]);
    g_free(stemmer);
}

VocSlice
voc_stemmer_stem(VocStemmer *stemmer, VocSlice folded, VocLang lang, VocArena *arena)
{
    struct sb_stemmer *snowball = stemmer->of[lang];
    if (!snowball || !folded.len)
        return folded;
    const sb_symbol *stem = sb_stemmer_stem(snowball, (const sb_symbol *)folded.data, (int)folded.len);
    if (!stem)
        return folded;
    VocSlice made = voc_slice_of((const char *)stem, (gsize)sb_stemmer_length(snowball));
    /* Most stems are a word's beginning and need no room of their own. */
    return voc_slice_starts_with(folded, made) ? voc_slice_of(folded.data, made.len)
                                               : voc_arena_copy(arena, made);
}
