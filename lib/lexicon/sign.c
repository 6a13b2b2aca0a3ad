#include "lexicon/sign.h"

const char *
voc_sign_name(VocSign sign)
{
    static const char *const NAMES[VOC_N_SIGNS] = {
        "none", "word", ".", "...", "!", "!!",     "?",   "??",      "?!",      ",",
        ":",    ";",    "(", "\"",  "-", "number", "url", "mention", "picture", "capitals"};
    return NAMES[sign];
}

/* A run of marks by what is in it; of a mixed one the first mark counts. */
static VocSign
sign_of_marks(VocSlice marks)
{
    guint stops = 0, exclaims = 0, questions = 0, others = 0;
    for (gsize i = 0; i < marks.len; i++) {
        stops += marks.data[i] == '.';
        exclaims += marks.data[i] == '!';
        questions += marks.data[i] == '?';
        others += strchr(".!?", marks.data[i]) == NULL;
    }
    if (voc_slice_starts_with(marks, VOC_SLICE("\xE2\x80\xA6")) || (stops > 1 && stops == marks.len))
        return VOC_SIGN_ELLIPSIS;
    if (!others && exclaims && questions)
        return VOC_SIGN_INTERROBANG;
    if (!others && !stops && exclaims > 1)
        return VOC_SIGN_EXCLAIMS;
    if (!others && !stops && questions > 1)
        return VOC_SIGN_QUESTIONS;
    switch (marks.len ? marks.data[0] : '\0') {
    case '.':
        return VOC_SIGN_FULL_STOP;
    case '!':
        return VOC_SIGN_EXCLAIM;
    case '?':
        return VOC_SIGN_QUESTION;
    case ',':
        return VOC_SIGN_COMMA;
    case ':':
        return VOC_SIGN_COLON;
    case ';':
        return VOC_SIGN_SEMICOLON;
    case '(':
    case ')':
        return VOC_SIGN_BRACKET;
    case '"':
        return VOC_SIGN_QUOTE;
    case '-':
        return VOC_SIGN_DASH;
    default:
        return VOC_SIGN_NONE;
    }
}

VocSign
voc_sign_of(const VocToken *token)
{
    switch ((VocTokenKind)token->raw.kind) {
    case VOC_TOKEN_WORD:
    case VOC_TOKEN_HASHTAG:
        return VOC_SIGN_WORD;
    case VOC_TOKEN_NUMBER:
        return VOC_SIGN_NUMBER;
    case VOC_TOKEN_URL:
    case VOC_TOKEN_EMAIL:
        return VOC_SIGN_URL;
    case VOC_TOKEN_MENTION:
    case VOC_TOKEN_MASK:
        return VOC_SIGN_MENTION;
    case VOC_TOKEN_EMOJI:
    case VOC_TOKEN_EMOTICON:
        return VOC_SIGN_PICTURE;
    case VOC_TOKEN_PUNCT:
        return sign_of_marks(token->norm);
    }
    return VOC_SIGN_NONE;
}
