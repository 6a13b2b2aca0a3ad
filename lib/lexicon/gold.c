#include "lexicon/gold.h"

#include <math.h>

/* Whole steps on either side of 0: ratings like -1, 0, 1. */
#define SMALLEST 1e-9

void
voc_gold_init(VocGold *gold, const char *field, double negative, double positive)
{
    *gold = (VocGold){field, -SMALLEST, SMALLEST};
    if (g_str_equal(field, "rating.nps")) {
        gold->negative = 6;
        gold->positive = 9;
    } else if (g_str_equal(field, "rating.stars") || g_str_equal(field, "rating.csat")) {
        gold->negative = 2;
        gold->positive = 4;
    }
    if (!isnan(negative))
        gold->negative = negative;
    if (!isnan(positive))
        gold->positive = positive;
}

static gboolean
read_word(VocSlice word, VocLabel *label)
{
    static const char *const NAMES[] = {"negative", "neutral", "positive"};
    g_autofree char *lower = g_ascii_strdown(word.data ? word.data : "", (gssize)word.len);
    for (int i = 0; i < 3; i++)
        if (g_str_equal(lower, NAMES[i]) || (strlen(lower) == 3 && g_str_has_prefix(NAMES[i], lower))) {
            *label = (VocLabel)i;
            return TRUE;
        }
    return FALSE;
}

gboolean
voc_gold_read(const VocGold *gold, const VocRecord *record, VocLabel *label, double *number)
{
    const VocJson *value = voc_record_find(record, voc_slice_from_string(gold->field));
    *number = NAN;
    if (!value)
        return FALSE;
    if (voc_json_number(value, number) && isfinite(*number)) {
        *label = *number <= gold->negative   ? VOC_NEGATIVE
                 : *number >= gold->positive ? VOC_POSITIVE
                                             : VOC_NEUTRAL;
        return TRUE;
    }
    *number = NAN;
    return value->type == VOC_JSON_STRING && read_word(value->text, label);
}
