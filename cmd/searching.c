#include "searching.h"

void
voc_searching_options(VocSearchSettings *search, GArray *entries)
{
    voc_option(entries, "pattern", 'e', G_OPTION_ARG_STRING_ARRAY, &search->patterns,
               N_("Look for a regular expression (PCRE2); several: any of them"), N_("PATTERN"));
    voc_option(entries, "stem", 's', G_OPTION_ARG_STRING_ARRAY, &search->words,
               N_("Look for a word, or words in a row, in any inflection"), N_("WORD"));
    voc_option(entries, "parts", 'p', G_OPTION_ARG_NONE, &search->parts,
               N_("--stem finds compounds with the word, too"), NULL);
    voc_option(entries, "field", 'f', G_OPTION_ARG_STRING_ARRAY, &search->fields,
               N_("Where to look (subject and text): text, subject, fields.X ..."), N_("FIELD"));
    voc_option(entries, "ignore-case", 'i', G_OPTION_ARG_NONE, &search->ignore_case,
               N_("Capitals and small letters are the same"), NULL);
}

char **
voc_searching_append(char **list, const char *text)
{
    guint n = list ? g_strv_length(list) : 0;
    list = g_renew(char *, list, n + 2);
    list[n] = g_strdup(text);
    list[n + 1] = NULL;
    return list;
}
