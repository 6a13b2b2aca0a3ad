/* In which words people write a corpus's terms. */
#ifndef VOC_THEME_WORDING_H
#define VOC_THEME_WORDING_H

#include "theme/corpus.h"

G_BEGIN_DECLS

typedef struct VocWording VocWording;

/* `corpus` must be finished and outlive the wording. */
VocWording *voc_wording_new(const VocCorpus *corpus);
void voc_wording_free(VocWording *wording);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocWording, voc_wording_free)

/* The form in which texts of that language write the term of a column of the corpus's matrix: the base form
 * itself where they do or where it is known to be a word, else the commonest form. NULL where none of them
 * has it. Lives as long as the corpus. */
const char *voc_wording_form(const VocWording *wording, guint32 column, VocLang lang);

/* The language of most of the texts that have it. */
VocLang voc_wording_lang(const VocWording *wording, guint32 column);

/* voc_wording_form() in that language. Never NULL. */
const char *voc_wording_main_form(const VocWording *wording, guint32 column);

/* The form with the capitals that most texts give it: NHS, Helsinki. Free it. */
char *voc_wording_cased(const VocWording *wording, const char *form);

/* Whether the form mostly stands behind a number: min, kk, euros. */
gboolean voc_wording_is_unit(const VocWording *wording, const char *form);

G_END_DECLS

#endif
