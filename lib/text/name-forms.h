/* Forms of a name: "Virtasen", "Pekalle", "Mäellä", "Johnin". */
#ifndef VOC_TEXT_NAME_FORMS_H
#define VOC_TEXT_NAME_FORMS_H

#include "base/slice.h"

G_BEGIN_DECLS

/* Whether `word` is `name` or an inflected form of it, capitals aside: Finnish cases behind the stems that
 * its end allows (-nen: -se-; consonants between strong and weak grade; -i: -e-; -s: -kse-, long vowel), with
 * a clitic; an English or Swedish genitive. ä, ö and å count as a and o, for names out of addresses. Both are
 * single words, UTF-8. */
gboolean voc_name_matches(VocSlice name, VocSlice word);

G_END_DECLS

#endif
