/* The rules as redact.c sees them. */
#ifndef VOC_TEXT_REDACT_RULES_H
#define VOC_TEXT_REDACT_RULES_H

#include "base/symtab.h"
#include "text/redact.h"
#include "text/regex.h"

G_BEGIN_DECLS

/* What a text must have before a pattern is tried, and where it is tried. */
typedef enum {
    VOC_NEEDS_AT,      /* @: around each */
    VOC_NEEDS_SLASHES, /* // or www.: the whole text */
    VOC_NEEDS_DIGITS,  /* five digits close together: around them */
    VOC_NEEDS_PLATE,   /* a digit behind a letter and a dash: around it */
    VOC_NEEDS_START,   /* nothing: the beginnings of the text and of its first lines */
    VOC_NEEDS_END,     /* nothing: the end of the text */
    VOC_NEEDS_WORDS,   /* one of some words: around each */
} VocNeeds;

typedef gsize (*VocCheck)(VocSlice text);

typedef struct VocPattern {
    guint kind;
    VocNeeds needs;
    char **words;   /* of VOC_NEEDS_WORDS, as they must stand */
    gboolean digit; /* a digit must be there too */
    gboolean name;  /* what was found must not be among the words that are no names */
    gboolean plate; /* nor what stands before the dash */
    VocCheck check; /* or NULL */
    VocRegex *regex;
} VocPattern;

/* A word that a pattern needs. */
typedef struct VocTrigger {
    const char *word;
    gsize len;
    guint rank;  /* the pattern's */
    guint8 next; /* place of another that begins with the same two bytes; 0: none */
} VocTrigger;

static inline guint
voc_trigger_pair(const char *at)
{
    return (guint)(guchar)at[0] << 8 | (guchar)at[1];
}

struct VocRedactRules {
    GPtrArray *names, *masks; /* by kind */
    guint wanted;             /* bits of kinds */
    GPtrArray *patterns;      /* VocPattern, the ones that win first */
    VocSymtab no_names, no_plates, columns;
    GArray *column_kinds; /* guint, by the number of the column */
    guint name_kind;
    GArray *triggers;      /* VocTrigger, the first one no word */
    guint8 pairs[1 << 16]; /* by the first two bytes: the trigger's place in `triggers`, 0: none */
};

G_END_DECLS

#endif
