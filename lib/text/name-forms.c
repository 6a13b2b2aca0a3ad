#include "text/name-forms.h"

#define ROOM 64u    /* bytes of a folded word */
#define STEM_MIN 3u /* letters; a shorter stem with an ending may be anything: "Aki", "Aina" */

/* Grades of the consonants before a last vowel. */
static const struct {
    const char *strong, *weak;
} GRADES[] = {{"kk", "k"},  {"pp", "p"},  {"tt", "t"}, {"nk", "ng"}, {"nt", "nn"}, {"lt", "ll"},
              {"rt", "rr"}, {"mp", "mm"}, {"k", ""},   {"k", "j"},   {"p", "v"},   {"t", "d"}};

/* Ends of cases behind a stem, in folded letters; an s for the genitive of other languages. */
static const char *const ENDINGS[] = {"",    "n",    "t",   "a",   "an",  "en",  "in",  "on",
                                      "un",  "yn",   "ta",  "tta", "na",  "ssa", "sta", "lla",
                                      "lta", "lle",  "ksi", "hin", "han", "hen", "hon", "hun",
                                      "hyn", "seen", "ien", "s",   "ja",  "jen", "ita", "iden"};
static const char *const CLITICS[] = {"kin", "kaan", "ko", "han", "pa"};

/* Small letters without dots and rings; how many, 0 when the word is too long or has others. */
static gsize
fold(VocSlice word, char folded[ROOM])
{
    gsize n = 0;
    for (gsize at = 0; at < word.len; at += (gsize)g_utf8_skip[(guchar)word.data[at]]) {
        gunichar c = g_unichar_tolower(g_utf8_get_char(word.data + at));
        if (n + 8 > ROOM)
            return 0;
        if (c == 0xE4 || c == 0xE5)
            c = 'a';
        else if (c == 0xF6)
            c = 'o';
        n += (gsize)g_unichar_to_utf8(c, folded + n);
    }
    folded[n] = 0;
    return n;
}

static gboolean
is_vowel(char c)
{
    return c != 0 && strchr("aeiouy", c) != NULL;
}

static gboolean
is_case(const char *ending, gsize len)
{
    for (gsize i = 0; i < G_N_ELEMENTS(ENDINGS); i++)
        if (strlen(ENDINGS[i]) == len && memcmp(ENDINGS[i], ending, len) == 0)
            return TRUE;
    return FALSE;
}

static gboolean
is_ending(const char *ending)
{
    gsize len = strlen(ending);
    if (is_case(ending, len))
        return TRUE;
    for (gsize i = 0; i < G_N_ELEMENTS(CLITICS); i++)
        if (g_str_has_suffix(ending, CLITICS[i]) && is_case(ending, len - strlen(CLITICS[i])))
            return TRUE;
    return FALSE;
}

/* Whether the word is the stem made of `head` bytes of the name and `tail`, with an ending. */
static gboolean
has_stem(const char *word, const char *name, gsize head, const char *tail)
{
    gsize tail_len = strlen(tail);
    return head + tail_len >= STEM_MIN && strncmp(word, name, head) == 0 &&
           strncmp(word + head, tail, tail_len) == 0 && is_ending(word + head + tail_len);
}

/* The name's last vowel behind another grade of its consonants: "peka", "make", "rintee". */
static gboolean
has_grade(const char *word, const char *name, gsize len)
{
    char last = name[len - 1];
    for (gsize i = 0; i < G_N_ELEMENTS(GRADES); i++) {
        const char *from = last == 'e' ? GRADES[i].weak : GRADES[i].strong;
        const char *to = last == 'e' ? GRADES[i].strong : GRADES[i].weak;
        gsize n = strlen(from);
        if (n == 0 || len < n + 2 || strncmp(name + len - 1 - n, from, n) != 0)
            continue;
        char plain[8], other[8];
        g_snprintf(plain, sizeof plain, "%s%c%s", to, last, last == 'e' ? "e" : "");
        g_snprintf(other, sizeof other, "%s%c", to, 'e');
        if (has_stem(word, name, len - 1 - n, plain) ||
            (last == 'i' && has_stem(word, name, len - 1 - n, other)))
            return TRUE;
    }
    return FALSE;
}

static gboolean
has_vowel_stem(const char *word, const char *name, gsize len)
{
    if ((name[len - 1] == 'i' || name[len - 1] == 'e') && has_stem(word, name, len - 1, "ee"))
        return TRUE;
    return (name[len - 1] == 'i' && has_stem(word, name, len - 1, "e")) || has_grade(word, name, len);
}

static gboolean
has_consonant_stem(const char *word, const char *name, gsize len)
{
    char doubled[] = {name[len - 1], 'i', 0}, vowel[] = {name[len - 2], name[len - 2], 0};
    if (len > 4 && strcmp(name + len - 3, "nen") == 0 &&
        (has_stem(word, name, len - 3, "se") || has_stem(word, name, len - 3, "s") ||
         has_stem(word, name, len - 3, "si")))
        return TRUE;
    if (name[len - 1] == 's' && (has_stem(word, name, len - 1, "kse") ||
                                 (is_vowel(name[len - 2]) && has_stem(word, name, len - 2, vowel))))
        return TRUE;
    return has_stem(word, name, len, "i") || has_stem(word, name, len, doubled);
}

gboolean
voc_name_matches(VocSlice name, VocSlice word)
{
    char folded_name[ROOM], folded_word[ROOM];
    if (name.len < 2 || word.len < 2 ||
        ((name.data[0] ^ word.data[0]) & 0x1F && ((name.data[0] | word.data[0]) & 0x80) == 0))
        return FALSE;
    gsize len = fold(name, folded_name);
    if (len < 2 || !fold(word, folded_word) || folded_name[0] != folded_word[0])
        return FALSE;
    if (has_stem(folded_word, folded_name, len, "") || strcmp(folded_name, folded_word) == 0)
        return TRUE;
    return is_vowel(folded_name[len - 1]) ? has_vowel_stem(folded_word, folded_name, len)
                                          : has_consonant_stem(folded_word, folded_name, len);
}
