/* What stands over a quoted or forwarded original: attribution lines ("... kirjoitti:"), blocks of header
 * lines, dividing lines. For quotes.c. */
#ifndef VOC_TEXT_ORIGINAL_H
#define VOC_TEXT_ORIGINAL_H

#include "text/mail.h"

G_BEGIN_DECLS

typedef struct VocOriginal {
    guint start, end;    /* lines, end exclusive */
    gboolean forwarded;  /* the lines say so */
    gboolean header;     /* a divider or header block: what follows is the original, quote marks or not */
    gboolean by_machine; /* an attribution as only a program writes them */
} VocOriginal;

/* Whether the lines at `i` introduce an original; they may have begun before `i`. An attribution that could
 * be a person's sentence is found only where quote marks follow. */
gboolean voc_original_at(const VocMail *mail, guint i, VocOriginal *found);

G_END_DECLS

#endif
