/* Ours, without the word table: every chunk is scored anew. ARGUMENT is the profile. */
#include <stdio.h>
#include <stdlib.h>

#include "detect.h"
#include "text/language.h"

static VocLangModel *model;

void
detect_open(const char *argument)
{
    GError *error = NULL;
    model = voc_lang_model_load(argument ? argument : "data/language.profile", &error);
    if (!model) {
        fprintf(stderr, "%s\n", error->message);
        exit(2);
    }
}

const char *
detect(const char *text, size_t len)
{
    VocLangScores sum = {0}, one;
    for (size_t i = 0; i < len;) {
        size_t start = i;
        while (i < len && (unsigned char)text[i] > ' ')
            i++;
        if (i > start) {
            voc_lang_model_score(model, voc_slice_of(text + start, i - start), &one);
            voc_lang_scores_add(&sum, &one);
        }
        i++;
    }
    return voc_lang_name(voc_lang_decide(model, &sum, NULL));
}
