/* What in a mail's body is not its writer's own words: quoted replies, forwarded originals, signatures, small
 * print. */
#ifndef VOC_TEXT_QUOTES_H
#define VOC_TEXT_QUOTES_H

#include "text/phrases.h"

G_BEGIN_DECLS

typedef enum {
    VOC_CUT_QUOTE,      /* the original that the mail answers, with the lines that introduce it */
    VOC_CUT_FORWARD,    /* an original that is passed on */
    VOC_CUT_SIGNATURE,  /* closing phrase, name, address */
    VOC_CUT_DEVICE,     /* "Lähetetty iPhonesta" */
    VOC_CUT_DISCLAIMER, /* small print */
    VOC_N_CUTS,
} VocCutKind;

/* "quote", "forward", "signature", "device", "disclaimer". */
const char *voc_cut_name(VocCutKind kind);

/* Bytes of the text, whole lines with the empty lines behind them. */
typedef struct VocCut {
    gsize start, end;
    VocCutKind kind;
} VocCut;

/* What is known of the text besides its words. */
typedef struct VocQuoteHints {
    VocSlice author; /* a name or an address; empty: unknown */
    gboolean mail;   /* it is a mail: quote marks are enough by themselves */
} VocQuoteHints;

/* A thread's finder. `phrases` must outlive it. */
typedef struct VocQuotes VocQuotes;

VocQuotes *voc_quotes_new(const VocPhrases *phrases);
void voc_quotes_free(VocQuotes *quotes); /* NULL is fine */

/* What to cut of `text` (UTF-8, lines ended by "\n"), in order; lives until the next call. Where it is not
 * sure, nothing is cut: quote marks behind a colon, closing words with sentences behind them, "kirjoitti:"
 * without a date or an address. */
const VocCut *voc_quotes_find(VocQuotes *quotes, VocSlice text, const VocQuoteHints *hints, guint *n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC(VocQuotes, voc_quotes_free)

G_END_DECLS

#endif
