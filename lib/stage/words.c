#include "stage/words.h"

/* What the record says of its language; VOC_N_LANGS when it says nothing. */
static VocLang
said_lang(const VocRecord *record)
{
    VocSlice name = voc_record_string(record, VOC_KEY_LANG);
    return name.len ? voc_lang_from_name(name) : VOC_N_LANGS;
}

const VocText *
voc_record_words(VocRecord *record, VocWords *words)
{
    VocText *known = record->analysis;
    VocSlice text = voc_record_string(record, VOC_KEY_TEXT);
    if (known && known->text.len == text.len &&
        (known->text.data == text.data || voc_slice_equal(known->text, text)))
        return known;
    VocText *made = (VocText *)voc_words_read(words, text, record->arena);
    VocLang said = said_lang(record);
    if (said != VOC_N_LANGS)
        made->lang = said;
    record->analysis = made;
    return made;
}

VocLang
voc_record_lang(VocRecord *record, VocWords *words)
{
    return voc_record_words(record, words)->lang;
}
