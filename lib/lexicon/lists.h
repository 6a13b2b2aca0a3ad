/* The files of a lexicon: TSV lists, those that ship and a company's own. */
#ifndef VOC_LEXICON_LISTS_H
#define VOC_LEXICON_LISTS_H

#include "lexicon/lexicon.h"

G_BEGIN_DECLS

/* Adds the rows of a file. Its columns are term, value, note, unless its first row names them (`term` first):
 * then `weight` (or `value`), `feeling` and any others stand where it says, and a file with `feeling` holds
 * learned entries (VOC_EFFECT_LEARNED). For VOC_EFFECT_WEIGHT and VOC_EFFECT_SCALE the value is a number; for
 * the others the second column is a note, but for contrast.tsv (VOC_EFFECT_BUT), where it says `but` or
 * `although`. A term that is there already gets the new value. FALSE and an error that names file and line
 * when a row is broken. */
gboolean voc_lexicon_load(VocLexicon *lexicon, const char *path, VocEffect effect, GError **error);

/* The parts of a language's folder. */
typedef enum {
    VOC_LISTS_RULES = 1 << 0,   /* negators, intensifiers, contrast, neutral formulas */
    VOC_LISTS_WEIGHTS = 1 << 1, /* sentiment.tsv, and the emoji of lexicons/common */
    VOC_LISTS_LEARNED = 1 << 2, /* learned.tsv; where words come as stems learned-stems.tsv, if it is there */
    VOC_LISTS_CALIBRATION = 1 << 3,
    VOC_LISTS_ALL = (1 << 4) - 1,
} VocLists;

/* Loads lists of the folder `data_dir`/lexicons/LANG. Those that are missing are passed over. */
gboolean voc_lexicon_load_language(VocLexicon *lexicon, const char *data_dir, VocLists lists, GError **error);

/* Adds a user's own lexicon, or another's: a file of whichever format (see lexicon/formats.h), or a folder of
 * lists that go by their known names. Its weights win over those that are there, the learned ones of the same
 * terms included. */
gboolean voc_lexicon_load_own(VocLexicon *lexicon, const char *path, GError **error);

/* Takes out the form of a word that `own` weighs where another file weighs it, so that the word's own entry
 * counts. */
void voc_lexicon_give_way(VocLexicon *lexicon, const VocEntry *own);

/* The lists in a folder, paths in byte order; NULL and an error when there are none. */
GPtrArray *voc_lexicon_folder_lists(const char *path, GError **error);

/* A frozen lexicon for scoring: the language's lists (without the shipped weights and what was learned when
 * `only` is set), then the files of `own` (NULL-terminated, or NULL). NULL and an error when one cannot be
 * loaded. */
VocLexicon *voc_lexicon_for_scoring(VocLang lang, VocWords *words, const char *data_dir, char *const *own,
                                    gboolean only, GError **error);

G_END_DECLS

#endif
