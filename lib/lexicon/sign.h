/* Which sign a token is. */
#ifndef VOC_LEXICON_SIGN_H
#define VOC_LEXICON_SIGN_H

#include "lexicon/lexicon.h"

G_BEGIN_DECLS

/* VOC_SIGN_WORD for words; VOC_SIGN_NONE for marks that tell nothing. */
VocSign voc_sign_of(const VocToken *token);

G_END_DECLS

#endif
