/* What is wrong with lexicons: rows that cannot be read, entries that stand there twice or against each
 * other, and entries that no text can reach.
 *
 * Whether an entry can be reached is found out by trying: a text is made of its own words and read as any
 * text is, with all lists loaded that the scorer loads. */
#ifndef VOC_LEXICON_CHECK_H
#define VOC_LEXICON_CHECK_H

#include "lexicon/lexicon.h"

G_BEGIN_DECLS

typedef struct VocProblem {
    const char *path; /* interned */
    guint line;
    char *reason;
} VocProblem;

/* A check of files of one language. */
typedef struct VocLexiconCheck VocLexiconCheck;

/* With the language's shipped lists of `data_dir` loaded. NULL and an error when they cannot be. */
VocLexiconCheck *voc_lexicon_check_new(VocLang lang, const VocWordModel *model, const char *data_dir,
                                       GError **error);
void voc_lexicon_check_free(VocLexiconCheck *check);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocLexiconCheck, voc_lexicon_check_free)

/* Reads a file: a list of any format (lexicon/formats.h), cues.tsv, calibration.tsv or stopwords.tsv. FALSE
 * and an error when it cannot be read at all. */
gboolean voc_lexicon_check_file(VocLexiconCheck *check, const char *path, GError **error);

/* Tries all entries of the files; the problems (VocProblem) by path and line. Call once; they live as long as
 * the check. `*n_entries` (may be NULL): how many entries were tried. */
const GArray *voc_lexicon_check_finish(VocLexiconCheck *check, guint *n_entries);

G_END_DECLS

#endif
