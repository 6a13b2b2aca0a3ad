#include "stage/words.h"

/* What the record says of its language; VOC_N_LANGS when it says nothing. */
static VocLang
said_lang(const VocRecord *record)
{
    VocSlice name = voc_record_string(record, VOC_KEY_LANG);
    return name.len ? voc_lang_from_name(name) : VOC_N_LANGS;
}

/* How many texts are read at once. */
#define GROUP 32u

static gboolean
is_current(const VocRecord *record, VocSlice text)
{
    const VocText *known = record->analysis;
    return known && known->text.len == text.len &&
           (known->text.data == text.data || voc_slice_equal(known->text, text));
}

/* Reads the texts of a record and of those that follow it in its batch: their turn comes soon, and together
 * they wait less for memory. */
static void
read_group(VocRecord *record, VocWords *words)
{
    VocRecord *records[GROUP];
    VocSlice texts[GROUP];
    VocText *made[GROUP];
    guint n = 0;
    for (guint i = 0; i <= record->followers && n < GROUP; i++) {
        VocSlice text = voc_record_string(&record[i], VOC_KEY_TEXT);
        if (record[i].dropped || (i > 0 && is_current(&record[i], text)))
            continue;
        records[n] = &record[i];
        texts[n++] = text;
    }
    voc_words_read_many(words, texts, n, record->arena, made);
    for (guint i = 0; i < n; i++) {
        VocLang said = said_lang(records[i]);
        if (said != VOC_N_LANGS && said != made[i]->lang) {
            made[i]->lang = said;
            made[i]->langs = NULL;
        }
        records[i]->analysis = made[i];
    }
}

const VocText *
voc_record_words(VocRecord *record, VocWords *words)
{
    if (!is_current(record, voc_record_string(record, VOC_KEY_TEXT)))
        read_group(record, words);
    return record->analysis;
}

VocLang
voc_record_lang(VocRecord *record, VocWords *words)
{
    return voc_record_words(record, words)->lang;
}
