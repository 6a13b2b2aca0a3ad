/* The texts that themes are looked for in: their words as terms, a bounded sample of them, in an order of its
 * own, so that the order of the input changes nothing. */
#ifndef VOC_THEME_CORPUS_H
#define VOC_THEME_CORPUS_H

#include "text/words.h"
#include "theme/glossary.h"
#include "theme/matrix.h"

G_BEGIN_DECLS

/* In a document's terms: a word that is no term (a stop word, a number) or marks. In its forms: what is no
 * word, or stands in brackets. */
#define VOC_NO_TERM G_MAXUINT32

/* How a word is written; the lowest bits of a document's shapes. */
typedef enum {
    VOC_SHAPE_SMALL,
    VOC_SHAPE_TITLE, /* with a capital, inside a sentence */
    VOC_SHAPE_CAPS,
    VOC_SHAPE_START, /* with a capital where a sentence begins: that tells nothing */
    VOC_SHAPE_BITS = 3,
    VOC_SHAPE_UNIT = 4, /* a number stands before it */
} VocShape;

typedef struct VocDocument {
    guint64 hash;   /* of its text */
    guint32 copies; /* how often the same text came */
    guint32 n;
    guint32 *terms; /* numbers of terms in the order of the text, or VOC_NO_TERM */
    guint32 *forms; /* numbers of the forms in which the words are written, or VOC_NO_TERM */
    guint8 *shapes; /* of each word */
    char *text;
    VocLang lang;
    guint32 *labels; /* ascending */
    guint32 n_labels;
} VocDocument;

typedef struct VocCorpus VocCorpus;

/* Keeps at most `most` different texts: those of the smallest hashes, a sample that does not depend on the
 * order of the input. 0 picks 100,000. */
VocCorpus *voc_corpus_new(guint most);
void voc_corpus_free(VocCorpus *corpus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocCorpus, voc_corpus_free)

/* What a thread adds texts through: it leaves its notes in the thread's word table. */
typedef struct VocCorpusReader VocCorpusReader;

/* `corpus` and `words` must outlive the reader. Make it before `words` reads its first text. */
VocCorpusReader *voc_corpus_reader_new(VocCorpus *corpus, VocWords *words);
void voc_corpus_reader_free(VocCorpusReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocCorpusReader, voc_corpus_reader_free)

/* Takes in a text that the reader's table has read, and the numbers of its labels (may be NULL when there is
 * none); a text that comes again adds its labels. Not after voc_corpus_finish(), and not from two threads at
 * once. */
void voc_corpus_add(VocCorpusReader *reader, const VocText *text, const guint32 *labels, guint32 n_labels);

/* The number of a label, for voc_corpus_add(); under the same lock. Numbers change in voc_corpus_finish(), to
 * those of the labels' alphabetical order. */
guint32 voc_corpus_label(VocCorpus *corpus, VocSlice name);

guint voc_corpus_n_labels(const VocCorpus *corpus);
const char *voc_corpus_label_name(const VocCorpus *corpus, guint32 label);

/* Takes over a glossary (may be NULL): Finnish words whose translation is in the texts then count as that.
 * Before voc_corpus_finish(). */
void voc_corpus_take_glossary(VocCorpus *corpus, VocGlossary *glossary);

/* Puts documents and terms into the order they keep. Call once, before what is below. */
void voc_corpus_finish(VocCorpus *corpus);

/* Texts taken in, copies included. */
guint64 voc_corpus_seen(const VocCorpus *corpus);

guint voc_corpus_n_documents(const VocCorpus *corpus);
const VocDocument *voc_corpus_document(const VocCorpus *corpus, guint i);

guint voc_corpus_n_terms(const VocCorpus *corpus);
const char *voc_corpus_term(const VocCorpus *corpus, guint32 term);
guint voc_corpus_n_forms(const VocCorpus *corpus);
const char *voc_corpus_form(const VocCorpus *corpus, guint32 form);

/* What a term counts as: `*n` columns of the matrix, which have terms' numbers. Its own alone, without a
 * glossary. Lives as long as the corpus. */
const guint32 *voc_corpus_columns(const VocCorpus *corpus, guint32 term, guint *n);

/* Counts of terms, a row a document: terms of one document and of more than half of all documents are out. */
VocMatrix *voc_corpus_matrix(const VocCorpus *corpus);

/* The same for documents without a label; the others' rows are empty. How common a word is all documents say:
 * one that is common in these alone stays. With `dull` all words of more than one of them stay. */
VocMatrix *voc_corpus_unlabelled_matrix(const VocCorpus *corpus, gboolean dull);

/* The same for documents that have that label, without dull words. */
VocMatrix *voc_corpus_label_matrix(const VocCorpus *corpus, guint32 label);

/* The rows of `part`, and all terms of the documents that have none in it: what part of them is seen against.
 */
VocMatrix *voc_corpus_around(const VocCorpus *corpus, const VocMatrix *part);

/* The same with every term, but those of one message. */
VocMatrix *voc_corpus_full_matrix(const VocCorpus *corpus);

/* Whether the document has the label. */
gboolean voc_document_has(const VocDocument *document, guint32 label);

G_END_DECLS

#endif
