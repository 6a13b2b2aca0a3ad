/* The files of a lexicon, row by row: the house's own lists, and those of others as they come.
 *
 * What a file is, its name tells where the name is one that its makers gave (negators.tsv;
 * EmotionLookupTable.txt, NegatingWordList.txt, BoosterWordList.txt, IdiomLookupTable.txt and
 * EmoticonLookupTable.txt of SentiStrength), else its content: VADER's lexicon has the single ratings in a
 * fourth column, NRC's word lists an emotion and 0 or 1 (or a column an emotion); SentiStrength's weights are
 * whole numbers up to 5 without 0, some terms ending in *. All else is term, value, note, as AFINN is. */
#ifndef VOC_LEXICON_FORMATS_H
#define VOC_LEXICON_FORMATS_H

#include "base/tsv.h"
#include "lexicon/lexicon.h"

G_BEGIN_DECLS

typedef enum {
    VOC_FORMAT_LIST,      /* term, value, note; or as its first row says */
    VOC_FORMAT_VADER,     /* form, mean valence, deviation, [ratings] */
    VOC_FORMAT_STRENGTH,  /* form or beginning*, 1 to 5 or -1 to -5, where 1 and -1 are nothing */
    VOC_FORMAT_BOOSTERS,  /* form, what it adds to a strength */
    VOC_FORMAT_EMOTICONS, /* emoticon, strength */
    VOC_FORMAT_NRC,       /* word, emotion, 0 or 1 */
    VOC_FORMAT_NRC_WIDE,  /* word, and a column an emotion, as its first row says */
} VocFormat;

/* A file that is being read. */
typedef struct VocLexiconFile {
    VocTsv tsv;
    VocFormat format;
    VocEffect effect;
    gboolean first;      /* the next row may name the columns */
    gboolean named;      /* a row has named them */
    guint columns;       /* of that row */
    int value, feeling;  /* columns; -1: there is none */
    int word, good, bad; /* columns of VOC_FORMAT_NRC_WIDE */
    GHashTable *sums;    /* VOC_FORMAT_NRC: a word's rows so far */
    GString *form;
} VocLexiconFile;

/* What a row says. */
typedef struct VocLexiconRow {
    VocEffect effect;
    VocSlice term; /* as the house writes terms; until the next row */
    double value, feeling;
    gboolean repeats; /* a later row of the same term adds to an earlier one, and is no repetition */
} VocLexiconRow;

typedef enum { VOC_ROW_END, VOC_ROW_GOOD, VOC_ROW_BAD } VocRowKind;

/* Opens a list whose rows have `effect`. FALSE and an error when it cannot be read or is not UTF-8. */
gboolean voc_lexicon_file_open(VocLexiconFile *file, const char *path, VocEffect effect, GError **error);

/* Opens a file of any format; VOC_EFFECT_WEIGHT unless its name says something else. */
gboolean voc_lexicon_file_open_any(VocLexiconFile *file, const char *path, GError **error);

/* The next row. VOC_ROW_BAD sets an error that names file and line; reading may go on behind it. */
VocRowKind voc_lexicon_file_next(VocLexiconFile *file, VocLexiconRow *row, GError **error);

void voc_lexicon_file_close(VocLexiconFile *file);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(VocLexiconFile, voc_lexicon_file_close)

/* Whether a file of this name is a list of a lexicon, of the house's or of SentiStrength. */
gboolean voc_lexicon_file_is_known(const char *path);

G_END_DECLS

#endif
