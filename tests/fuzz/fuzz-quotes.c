/* Mails: what is cut lies in the text, in order, and what is left is UTF-8 without controls; cleaning twice
 * gives what cleaning once did not change. The first byte says what is known of the mail. */
#include "stage/clean-text.h"
#include "text/duplicates.h"
#include "text/token.h"

#include "fuzz.h"

static void
check_cuts(const VocCleaned *cleaned, VocSlice text)
{
    gsize at = 0;
    must(cleaned->length == voc_text_length(text));
    for (guint i = 0; i < cleaned->cuts->len; i++) {
        const VocCleanCut *cut = &g_array_index(cleaned->cuts, VocCleanCut, i);
        must(cut->start >= at && cut->end >= cut->start && cut->end <= cleaned->length);
        must(voc_cut_name(cut->kind) != NULL);
        at = cut->end;
    }
}

static void
check_signature(VocSlice text)
{
    static VocDuplicates *duplicates;
    g_auto(VocBuffer) scratch = VOC_BUFFER_INIT;
    VocSignature signature;
    double similarity;
    if (!duplicates)
        duplicates = voc_duplicates_new(&(VocDuplicateRules){.similarity = 0.5, .capacity = 100});
    voc_signature_make(text, &scratch, &signature);
    voc_duplicates_find(duplicates, 0, &signature, text, &similarity);
    must(similarity >= 0 && similarity <= 1);
    must(!signature.hash || voc_duplicates_find(duplicates, 0, &signature, text, &similarity) != NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static VocPhrases *phrases;
    static VocCleaner *cleaner;
    VocCleaned cleaned;
    VocSlice line;
    if (!cleaner) {
        phrases = voc_phrases_load(TEST_DATA_DIR "/data/quotes.tsv", NULL);
        must(phrases != NULL);
        cleaner = voc_cleaner_new(phrases);
    }
    if (size < 1)
        return 0;
    g_autofree char *valid = g_utf8_make_valid((const char *)data + 1, (gssize)size - 1);
    gsize len = strlen(valid);
    g_autofree char *copy = g_memdup2(valid, MAX(len, 1)); /* of its own size: nothing may be read beyond */
    VocSlice text = voc_slice_of(copy, len);
    VocQuoteHints hints = {.author = data[0] & 1 ? VOC_SLICE("Maija Meikäläinen") : VOC_SLICE_NONE,
                           .mail = (data[0] & 2) != 0};
    check_signature(text);
    if (voc_cleaner_clean_line(cleaner, text, &line))
        must(g_utf8_validate_len(line.data ? line.data : "", line.len, NULL));
    if (!voc_cleaner_clean(cleaner, text, &hints, 0, &cleaned))
        return 0;
    check_cuts(&cleaned, text);
    must(g_utf8_validate_len(cleaned.text.data ? cleaned.text.data : "", cleaned.text.len, NULL));
    for (gsize i = 0; i < cleaned.text.len; i++)
        must((guchar)cleaned.text.data[i] >= ' ' || strchr("\n\t", cleaned.text.data[i]));
    return 0;
}
